"""``hongqiao-rules why-not``: see :meth:`hongqiao_rules.Calculator.why_not`."""

from __future__ import annotations

from typing import Any

import click

from hongqiao_rules.analysis import MOST_CHANGES
from hongqiao_rules.cli.asking import answer, question


@click.command("why-not")
@click.argument("target")
@click.option("--most", type=int, default=MOST_CHANGES, show_default=True, metavar="N")
@question
def command(target: str, most: int, **options: Any) -> None:
    """Show why the household of FILE does not get TARGET (a programme, a benefit or a deduction), and what would change that."""
    answer(lambda calculator, household, on: calculator.why_not(household, target, on, most=most), **options)
