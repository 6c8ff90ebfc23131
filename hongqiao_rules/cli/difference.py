"""``hongqiao-rules difference``: see :func:`hongqiao_rules.proofs.difference`."""

from __future__ import annotations

from pathlib import Path

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put


def _side(prefix: str, which: str) -> list[click.Option]:
    return [
        click.Option([f"--{prefix}reading", f"{which}_readings"], multiple=True, metavar="NAME=CHOICE"),
        click.Option([f"--{prefix}overlay", f"{which}_overlays"], multiple=True, metavar="NAME"),
        click.Option([f"--{prefix}policies", f"{which}_policies"], type=options.Existing(folder=True), multiple=True, metavar="DIR"),
    ]  # fmt: skip


@click.command("difference")
@options.on
@click.option("--other-on", metavar="YYYY-MM-DD")
@click.option("--members", type=int, default=3, show_default=True)
@options.shape
@options.lang
def command(
    on: str, other_on: str | None, members: int, shape: str, lang: str,
    first_readings: tuple[str, ...], first_overlays: tuple[str, ...], first_policies: tuple[Path, ...],
    second_readings: tuple[str, ...], second_overlays: tuple[str, ...], second_policies: tuple[Path, ...],
) -> None:  # fmt: skip
    """Prove that two rulebooks give every household the same result, or show households for which they differ.

    The second differs from the first by its date, its readings, its overlays or its policies (--other-…).
    """
    from hongqiao_rules.proofs import difference

    one, other = (
        Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
        for readings, overlays, policies in (
            (first_readings, first_overlays, first_policies),
            (second_readings, second_overlays, second_policies),
        )
    )
    later = None if other_on is None else options.day(other_on)
    found = difference(one, other, options.day(on), later, members=members)
    put(found.to_json() if shape == "json" else found.statement(lang).rstrip("\n"))


command.params += [*_side("", "first"), *_side("other-", "second")]
