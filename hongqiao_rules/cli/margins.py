"""``hongqiao-rules margins``: see :meth:`hongqiao_rules.Calculator.margins`."""

from __future__ import annotations

from typing import Any

import click

from hongqiao_rules.cli.asking import answer, question


@click.command("margins")
@question
def command(**options: Any) -> None:
    """Show how far each stated amount of the household of FILE is from a change of the result."""
    answer(lambda calculator, household, on: calculator.margins(household, on), **options)
