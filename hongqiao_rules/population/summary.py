"""What a population comes to: counts, spending by rule, how totals are spread, and who stands near a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hongqiao_rules.population.compare import Run
from hongqiao_rules.population.results import THRESHOLDS

QUANTILES = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True)
class Summary:
    """Amounts are fen a month.

    Attributes:
        households: how many were assessed.
        rejected: how many were refused.
        programmes: how many households are in each programme.
        recipients: how many households are paid something.
        spending: for each rule of a benefit what it pays, and to how many households.
        total: what is paid in all.
        quantiles: of what the recipients are paid; the least total that so many percent do not exceed.
        near: for each line, how many households are within the margin below it, and at or above it.
        margin: the margin, in fen.

    """

    households: int
    rejected: int
    programmes: Mapping[str, int]
    recipients: int
    spending: Mapping[str, tuple[int, int]]
    total: int
    quantiles: Mapping[int, int]
    near: Mapping[str, tuple[int, int]]
    margin: int


def summarize(run: Run, margin: int) -> Summary:
    """Sum up *run*; *margin* is how near a line counts as near, in fen."""
    totals = run.figures["monthly_total"]
    paid = np.sort(totals[totals > 0])
    programmes = {item["values"]: item["counts"] for item in run.programme.value_counts().to_pylist()}
    spending = {
        rule: (int(run.figures[name].sum()), int((run.figures[name] > 0).sum()))
        for name, rule in run.rules["benefits"].items()
    }
    income, near = run.figures["countable_income"], {}
    for line in THRESHOLDS:
        below = run.figures[line] - income
        near[line] = (
            int(((below > 0) & (below <= margin)).sum()),
            int(((below <= 0) & (below > -margin)).sum()),
        )
    # Nearest rank: an amount that is paid, never one between two.
    quantiles = {q: int(paid[-(-q * len(paid) // 100) - 1]) for q in QUANTILES} if len(paid) else {}
    return Summary(
        len(totals), run.rejected, programmes, len(paid), spending, int(totals.sum()), quantiles, near, margin
    )
