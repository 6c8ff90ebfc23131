"""Plots of a comparison and of a summary. Needs the extra ``plots``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hongqiao_rules.population.compare import KINDS, Comparison, Run


def comparison(found: Comparison, path: Path) -> None:
    """How many households change, and what each rule pays before and after, in one picture (.png or .svg)."""
    figure = Figure(figsize=(11, 4), layout="constrained")
    FigureCanvasAgg(figure)
    left, right = figure.subplots(1, 2)
    left.bar(KINDS, [found.counts[kind] for kind in KINDS])
    left.set_title("households that change")
    rows = [row for row in found.by_rule.to_pylist() if row["list"] == "benefits"]
    places = np.arange(len(rows))
    right.barh(places - 0.2, [float(row["before"]) for row in rows], 0.4, label="before")
    right.barh(places + 0.2, [float(row["after"]) for row in rows], 0.4, label="after")
    right.set_yticks(places, [row["rule"] for row in rows])
    right.set_title("yuan a month by rule")
    right.legend()
    figure.savefig(path)


def spread(run: Run, path: Path) -> None:
    """How the totals of those who are paid are spread (.png or .svg)."""
    figure = Figure(figsize=(7, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    totals = run.figures["monthly_total"]
    axes.hist(totals[totals > 0] / 100, bins=60)
    axes.set_title("yuan a month to a household that is paid")
    figure.savefig(path)
