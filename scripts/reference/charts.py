"""The history of a figure as a step chart: SVG in the page, readable in light, in dark and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from site_templates import Templates

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 240, 16, 24, 30, 34


class Step(NamedTuple):
    """A value: the days (yyyymmdd) on which it begins and ends, its height, and how it is written."""

    start: int
    end: int
    height: float
    label: str


def chart(templates: Templates, title: str, steps: Sequence[Step], last_day: int) -> str:
    """Return the chart of *steps* up to the end of the year of *last_day* (yyyymmdd), as one line of SVG."""
    first = _day(steps[0].start)
    end = date(last_day // 10000, 12, 31).toordinal()
    top = max(step.height for step in steps) or 1

    def x(day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - first) / (end - first), 1)

    def y(height: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * height / top, 1)

    floor, years, bars = y(0), [], []
    for year in range(steps[0].start // 10000, last_day // 10000 + 1):
        start = date(year, 1, 1).toordinal()
        if start >= first:
            years.append((year, x(start)))
    for step in steps:
        until = min(_day(step.end) + 1 if step.end < 99991231 else end, end)
        bars.append(
            {"left": x(_day(step.start)), "right": x(until), "top": y(step.height), "label": step.label}
        )
    return templates.line(
        "chart.svg",
        title=title, width=WIDTH, height=HEIGHT, left=LEFT, right=WIDTH - RIGHT, floor=floor, years=years, bars=bars,
    )  # fmt: skip


def _day(day: int) -> int:
    return date(day // 10000, day // 100 % 100, day % 100).toordinal() if day < 99991231 else 10**7
