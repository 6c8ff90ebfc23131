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
    """A summary of a population. Amounts are fen a month.

    Attributes:
        households: the number of assessed households.
        rejected: the number of refused households.
        programmes: the number of households of each outcome.
        recipients: the number of households with a positive total.
        spending: for each rule of the paid list, its sum and its number of households.
        total: the sum of all totals.
        quantiles: for each percentage, the nearest-rank quantile of the recipients' totals.
        near: for each threshold, the households within the margin below it, and within the margin from it upwards.
        margin: the margin, in fen.
        paid: the totals of the recipients, sorted.
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
    """Summarize the batches of a register; a threshold is near within *margin* fen."""
    households = rejected = total = 0
    programmes = Counter[str]()
    spending, near = dict[str, Pair](), dict[str, Pair]()
    paid = [np.zeros(0, np.int64)]
    for run in runs:
        totals = run.figures[run.fields.result.total]
        households += len(totals)
        rejected += run.rejected
        total += int(totals.sum())
        paid.append(totals[totals > 0])
        for item in run.outcome.value_counts().to_pylist():
            programmes[item["values"]] += item["counts"]
        for name, rule in run.rules[run.fields.result.pays].items():
            amounts = run.figures[name]
            _add(spending, rule, amounts.sum(), (amounts != 0).sum())
        for line, figure in run.thresholds.items():
            below = run.figures[line] - run.figures[figure]
            _add(
                near, line, ((below > 0) & (below <= margin)).sum(), ((below <= 0) & (below > -margin)).sum()
            )
    spread = np.sort(np.concatenate(paid))
    # Nearest rank: always an actual total, never an interpolation.
    quantiles = {q: int(spread[-(-q * len(spread) // 100) - 1]) for q in QUANTILES} if len(spread) else {}
    return Summary(
        households, rejected, programmes, len(spread), spending, total, quantiles, near, margin, spread
    )


def _add(sums: dict[str, Pair], key: str, first: np.integer, second: np.integer) -> None:
    """Add a pair to the one of *key*."""
    one, other = sums.get(key, (0, 0))
    sums[key] = one + int(first), other + int(second)
