"""``hongqiao-rules explore``: see :meth:`hongqiao_rules.Calculator.explore`."""

from __future__ import annotations

from typing import Any

import click

from hongqiao_rules.cli.asking import answer, question


@click.command("explore")
@question
def command(**options: Any) -> None:
    """Show the possible results of the household of FILE, some of whose fields are "unknown", and what to ask next."""
    answer(lambda calculator, household, on: calculator.explore(household, on), **options)
