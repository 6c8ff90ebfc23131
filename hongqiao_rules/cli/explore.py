"""``hongqiao-rules explore``: see :meth:`hongqiao_rules.Calculator.explore`."""

from __future__ import annotations

from typing import Any

import click

from hongqiao_rules.cli.asking import answer, question


@click.command("explore")
@question
def command(**options: Any) -> None:
    """Say what the household of FILE can come to, where fields in it are "unknown", and what to ask next."""
    answer(lambda calculator, household, on: calculator.explore(household, on), **options)
