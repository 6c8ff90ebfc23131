"""``hongqiao-rules schedule``: see :meth:`hongqiao_rules.Calculator.schedule`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hongqiao_rules.cli import options as shared
from hongqiao_rules.cli.asking import answer, question


@click.command("schedule")
@question
@click.option("--varying", metavar="AMOUNT")
@click.option("--most", metavar="YUAN")
@click.option("--plot", type=shared.Picture())
def command(varying: str | None, most: str | None, plot: Path | None, **options: Any) -> None:
    """Show the monthly total of the household of FILE as one amount varies: pieces, rates, cliffs."""
    found = answer(
        lambda calculator, household, on: calculator.schedule(household, varying, on, most), **options
    )
    if plot is not None:
        found.plot(plot)
