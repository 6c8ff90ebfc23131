"""``hongqiao-rules population ledger``: the classified ledgers of a register, and their difference from earlier ones."""

from __future__ import annotations

from pathlib import Path

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options, registers
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import RequestError, catalogue
from hongqiao_rules.text.catalogue import Phrase

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("ledger")
@click.argument("households", type=registers.IN)
@options.on
@click.option("--output", required=True, type=_FOLDER)
@click.option("--before", type=_FOLDER)
@click.option("--format", "shape", type=click.Choice(["csv", "parquet"]), default="csv", show_default=True)
@registers.allowing
@registers.source
@options.choices
@options.lang
def ledger(
    households: Path, on: str, output: Path, before: Path | None, shape: str, members: Path | None,
    mapping: Path | None, encoding: str, readings: tuple[str, ...], overlays: tuple[str, ...],
    policies: tuple[Path, ...], lang: str, *, allow_rejects: bool,
) -> None:  # fmt: skip
    """Write the ledgers of HOUSEHOLDS: who is registered, served or referred, by class, with the reason."""
    from hongqiao_rules.population.analyse import register_ledger as ledgers

    if before is not None and before.resolve() == output.resolve():
        raise RequestError("LEDGER_IN_PLACE", folder=output)
    calculator = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    earlier = None if before is None else ledgers.read(before, calculator.fields.root)
    source = registers.opened(calculator, households, members, mapping, encoding)
    with registers.bar(source.count) as progress:
        made = ledgers.ledgers(calculator, options.day(on), source, lang, progress)
    say = catalogue(lang).say
    counts = ledgers.write(made, output, f".{shape}", earlier)
    for rule in ledgers.classes(calculator.linked):
        entries, added, removed, refused = counts[rule.id]
        of_refused = Phrase("ledger.of_refused", number=refused) if refused else ""
        difference = (
            ""
            if earlier is None
            else say("ledger.difference", added=added, removed=removed, refused=of_refused)
        )
        put(f"{rule.title.say(lang)}: {entries}{difference}  {rule.id}.{shape}")
    registers.end(made.rejected + source.orphans, lang, allowed=allow_rejects)
