"""The plot of a schedule. Needs the extra ``plots``."""

from __future__ import annotations

from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from hongqiao_rules.questions.schedule import Schedule


def schedule(found: Schedule, path: Path) -> None:
    """The total over the amount, with its jumps, up to a little past the last breakpoint (.png or .svg)."""
    last = found.pieces[-1]
    end = min(float(last.end), float(last.start) * 1.2 + 100)
    figure = Figure(figsize=(8, 4), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    for piece in found.pieces:
        right = min(float(piece.end), end)
        height = float(piece.at_start) + (right - float(piece.start)) * piece.rate
        axes.plot([float(piece.start), right], [float(piece.at_start), height], color="C0")
    for cliff in found.cliffs:
        axes.axvline(float(cliff.at), color="0.7", linestyle=":", linewidth=1)
    axes.plot(
        [float(found.stated)], [float(found.total_at(found.stated))], "o", color="C1", label="as stated"
    )
    axes.set_xlabel(f"{found.varying}, yuan a month")
    axes.set_ylabel("monthly total, yuan")
    axes.set_ylim(bottom=0)
    axes.legend()
    figure.savefig(path)
