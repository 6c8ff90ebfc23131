"""The history of a figure as a step chart: SVG that stands in the page, readable in light and dark and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 240, 16, 24, 30, 34


class Step(NamedTuple):
    """A value (only its height matters), as it is written, and the days (yyyymmdd) on which it begins and ends."""

    start: int
    end: int
    height: float
    label: str


def chart(title: str, steps: Sequence[Step], last_day: int) -> str:
    """The chart of *steps* up to the end of the year of *last_day*, as one line of SVG."""
    first = _day(steps[0].start)
    end = date(last_day // 10000, 12, 31).toordinal()
    top = max(step.height for step in steps) or 1

    def x(day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (end - first), 1)

    def y(height: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height / top, 1)

    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f'<path class="axis" d="M{LEFT} {y(0)}H{WIDTH - RIGHT}"/>',
    ]
    for year in range(steps[0].start // 10000, last_day // 10000 + 1):
        start = date(year, 1, 1).toordinal()
        if start >= first:
            parts.append(f'<path class="tick" d="M{x(start)} {y(0)}v5"/>')
            parts.append(f'<text class="year" x="{x(start)}" y="{y(0) + 20}">{year}</text>')
    for step in steps:
        left, right = x(_day(step.start)), x(min(_day(step.end) + 1 if step.end < 99991231 else end, end))
        parts.append(
            f'<rect class="bar" x="{left}" y="{y(step.height)}" width="{round(right - left, 1)}" height="{round(y(0) - y(step.height), 1)}"/>'
        )
        parts.append(f'<path class="step" d="M{left} {y(step.height)}H{right}"/>')
        parts.append(
            f'<text class="value" x="{round((left + right) / 2, 1)}" y="{round(y(step.height) - 7, 1)}">{escape(step.label)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _day(day: int) -> int:
    return date(day // 10000, day // 100 % 100, day % 100).toordinal() if day < 99991231 else 10**7
