"""``hongqiao-rules rules``: list the rulebook, or show some of its definitions in full."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.explanation.rulebook_text import Reference
from hongqiao_rules.language.names import snake
from hongqiao_rules.rulebook.definitions import ordinal
from hongqiao_rules.rulebook.load import Rulebook


@click.command("rules")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--on", "on", metavar="YYYY-MM-DD")
@options.policies
@options.lang
def command(names: tuple[str, ...], on: str | None, policies: tuple[Path, ...], lang: str) -> None:
    """List rules, parameters, readings, overlays, properties and sources, or show those that are named."""
    calculator = Calculator(policies=policies or None)
    day = None
    if on is not None:
        chosen = options.day(on)
        day = ordinal(chosen)
        if not _valued(calculator.rulebook, names, day):
            calculator.check_date(chosen)
    reference = Reference(calculator.rulebook, lang, day)
    lines = _shown(reference, names) if names else reference.listing()
    for line in lines:
        put(line)


def _valued(rulebook: Rulebook, names: tuple[str, ...], day: int) -> bool:
    """True if all names are parameters with a value on *day*; some have values from before the first rule."""
    parameters = rulebook.definitions.parameters.items()
    valued = {snake(id_) for (_, id_), parameter in parameters if parameter.on(day) is not None}
    return bool(names) and all(snake(name) in valued for name in names)


def _shown(reference: Reference, names: tuple[str, ...]) -> Iterator[str]:
    known = reference.names()
    for name in names:
        if name not in known and snake(name) not in {snake(other) for other in known}:
            raise RequestError("UNKNOWN_NAME", name=name, meant=nearest(name, known))
    for number, name in enumerate(names):
        if number:
            yield ""
        yield from reference.show(next(k for k in known if snake(k) == snake(name)))
