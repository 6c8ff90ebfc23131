"""Plots of a comparison and of a summary. Needs the extra ``plots``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from hongqiao_rules.population.analyse import plot_fonts
from hongqiao_rules.population.analyse.comparison import KINDS, Comparison
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.population.analyse.summary import Summary

BLUE, GREY, ORANGE = "#1f6f8b", "#b8c4c9", "#d9822b"
_PLAIN = frozenset(map(chr, range(32, 127)))


def readable(page: Page, texts: Iterable[str] = ()) -> Page:
    """*page*, or the same page in English if no installed font has the characters of its words and *texts*."""
    return (
        page
        if plot_fonts.having(_characters(page, texts)) is not None
        else Page(page.edition, "en", page.other)
    )


def _characters(page: Page, texts: Iterable[str] = ()) -> frozenset[str]:
    return _PLAIN.union(*page.words(), *texts)


def comparison(found: Comparison, path: Path, page: Page) -> None:
    """Plot how many households change and what each rule pays before and after (.png or .svg)."""
    page = readable(page)
    with mpl.rc_context(_style(page)):
        figure = Figure(figsize=(11, 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        left, right = figure.subplots(1, 2, width_ratios=[2, 3])
        bars = left.bar(
            [page.word(kind) for kind in KINDS], [found.counts[kind] for kind in KINDS],
            color=[BLUE, ORANGE, BLUE, ORANGE],
        )  # fmt: skip
        left.bar_label(bars, fmt="{:,.0f}", padding=2)
        left.set_title(page.word("changing"))
        left.margins(y=0.12)
        rows = [row for row in found.by_rule.to_pylist() if row["list"] == page.pays][::-1]
        places = np.arange(len(rows))
        right.barh(places + 0.2, [float(r["before"]) for r in rows], 0.4, label=page.word("was"), color=GREY)
        right.barh(places - 0.2, [float(r["after"]) for r in rows], 0.4, label=page.word("is"), color=BLUE)
        right.set_yticks(places, [page.rules.get(row["rule"], row["rule"]) for row in rows])
        right.set_title(page.word("by_rule"))
        right.legend(loc="lower right", frameon=False)
        for axis in (left.yaxis, right.xaxis):
            axis.set_major_formatter(_amounts(page))
        figure.savefig(path, dpi=150)


def spread(found: Summary, path: Path, page: Page) -> None:
    """Plot the distribution of totals above zero (.png or .svg)."""
    page = readable(page)
    with mpl.rc_context(_style(page)):
        figure = Figure(figsize=(8, 4.2), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        axes.hist(found.paid / 100, bins=60, color=BLUE)
        axes.set_title(page.word("spread"))
        axes.set_xlabel(page.word("amount"))
        axes.set_ylabel(page.word("households"))
        axes.yaxis.set_major_formatter(_amounts(page))
        figure.savefig(path, dpi=150)


def _style(page: Page) -> Any:
    return {
        "font.family": [plot_fonts.having(_characters(page)) or "sans-serif"],
        "axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": False,
    }  # fmt: skip


def _amounts(page: Page) -> Any:
    """A formatter of large numbers with the units of the language, such as thousands or ten thousands."""
    named = (step.split() for step in page.word("steps").split(";"))
    steps = [(int(size), name) for size, name in named]

    def written(value: float, _: object) -> str:
        size, name = max((step for step in steps if step[0] <= abs(value)), default=(1, ""))
        return f"{value / size:g}{name}"

    return FuncFormatter(written)
