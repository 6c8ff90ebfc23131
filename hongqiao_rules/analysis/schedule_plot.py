"""The plot of a schedule. Needs the extra ``plots``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

Point = tuple[Decimal, Decimal]
"""An amount and the total at it, yuan."""


def schedule(
    lines: Sequence[tuple[Point, Point]], jumps: Iterable[Decimal], stated: Point, varying: str, path: Path
) -> None:
    """Draw the total over an amount, up to a little past the last breakpoint, into a file (.png or .svg).

    Args:
        lines: the first and the last point of each piece.
        jumps: the amounts at which the total jumps.
        stated: the point as stated.
        varying: the amount, as a JSON pointer.
        path: the file.
    """
    (last, _), (most, _) = lines[-1]
    end = min(float(most), float(last) * 1.2 + 100)
    figure = Figure(figsize=(8, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for (start, at_start), (stop, at_end) in lines:
        right = min(float(stop), end)
        slope = (at_end - at_start) / (stop - start or 1)
        height = float(at_start) + (right - float(start)) * float(slope)
        axes.plot([float(start), right], [float(at_start), height], color="C0")
    for jump in jumps:
        axes.axvline(float(jump), color="0.7", linestyle=":", linewidth=1)
    axes.plot(*([float(value)] for value in stated), "o", color="C1", label="as stated")
    axes.set_xlabel(f"{varying}, yuan a month")
    axes.set_ylabel("monthly total, yuan")
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.savefig(path)
