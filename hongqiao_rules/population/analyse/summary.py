"""Summarize a population: counts, spending by rule, distribution of totals, households near a threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.population.runs import Run

Pair = tuple[int, int]

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
        paid: what each of the recipients is paid, from the least on.

    """

    households: int
    rejected: int
    programmes: Mapping[str, int]
    recipients: int
    spending: Mapping[str, Pair]
    total: int
    quantiles: Mapping[int, int]
    near: Mapping[str, Pair]
    margin: int
    paid: Array


def summarize(runs: Iterable[Run], margin: int) -> Summary:
    """Sum up the batches of a register; *margin* is how near a line counts as near, in fen."""
    households = rejected = total = 0
    programmes = Counter[str]()
    spending, near = dict[str, Pair](), dict[str, Pair]()
    paid = [np.zeros(0, np.int64)]
    for run in runs:
        totals = run.figures[run.result.total]
        households += len(totals)
        rejected += run.rejected
        total += int(totals.sum())
        paid.append(totals[totals > 0])
        for item in run.outcome.value_counts().to_pylist():
            programmes[item["values"]] += item["counts"]
        for name, rule in run.rules[run.result.pays].items():
            amounts = run.figures[name]
            _add(spending, rule, amounts.sum(), (amounts != 0).sum())
        for line, figure in run.thresholds.items():
            below = run.figures[line] - run.figures[figure]
            _add(
                near, line, ((below > 0) & (below <= margin)).sum(), ((below <= 0) & (below > -margin)).sum()
            )
    spread = np.sort(np.concatenate(paid))
    # Nearest rank: an amount that is paid, never one between two.
    quantiles = {q: int(spread[-(-q * len(spread) // 100) - 1]) for q in QUANTILES} if len(spread) else {}
    return Summary(
        households, rejected, programmes, len(spread), spending, total, quantiles, near, margin, spread
    )


def _add(sums: dict[str, Pair], key: str, first: np.integer, second: np.integer) -> None:
    """Add a pair to the one of *key*."""
    one, other = sums.get(key, (0, 0))
    sums[key] = one + int(first), other + int(second)
