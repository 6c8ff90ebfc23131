"""Rules as boxes and arrows, drawn as SVG.

Each rule is one level above the nearest rule that uses it. Each level is sorted repeatedly by the mean position of its
neighbours, to reduce crossings; a level that is too wide is split into rows. An arrow is left out if a longer path leads to the
same rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from site_templates import Templates

BOX, LINE, GAP, ROOM, PAD, MOST = 102, 15, 6, 38, 9, 4
"""The sizes of the drawing. A row has at most four boxes, so that it is legible on a phone."""
_FITS = 7.4
"""The width of a line of a box, in Chinese characters."""


class Box(NamedTuple):
    """A rule in the diagram: its title, its kind, the page that it opens, and the rules that it uses.

    ``mark`` is its own number, if it has one; ``marks`` are the numbers of the rules that it uses.
    """

    title: str
    kind: str
    link: str
    uses: Sequence[str]
    mark: int | None = None
    marks: Sequence[int] = ()


def diagram(templates: Templates, title: str, boxes: Mapping[str, Box], number: int = 1) -> str:
    """Return the diagram of *boxes* as one line of SVG, the *number*-th of its page."""
    rows = [part for row in _rows(boxes) for part in _split(row)]
    lines = {name: _wrapped(box.title) for name, box in boxes.items()}
    width = max(len(row) for row in rows) * (BOX + GAP) - GAP + 2 * PAD
    edge = {name: 8 if box.marks or box.mark else 0 for name, box in boxes.items()}
    tall = [max(len(lines[name]) * LINE + edge[name] for name in row) + 12 for row in rows]
    places: dict[str, dict[str, Any]] = {}
    y = PAD
    for row, height in zip(rows, tall, strict=True):
        left = (width - len(row) * (BOX + GAP) + GAP) // 2
        for nth, name in enumerate(row):
            top = y + (height + edge[name] - len(lines[name]) * LINE) // 2 + 11
            x = left + nth * (BOX + GAP)
            places[name] = {"x": x, "y": y, "width": BOX, "height": height, "top": top, "lines": lines[name]}
        y += height + ROOM
    arrows = [
        (used, name, _path(places[used], places[name])) for name in boxes for used in _nearest(boxes, name)
    ]
    return templates.line(
        "diagram.svg",
        title=title, width=width, height=y - ROOM + PAD, arrow=f"arrow-{number}", arrows=arrows, line_height=LINE,
        boxes=[(name, box, places[name]) for name, box in boxes.items()],
    )  # fmt: skip


def _path(start: Mapping[str, Any], end: Mapping[str, Any]) -> str:
    """Return the curve from the bottom of one box to the top of another, as SVG."""
    x1, y1, x2, y2 = start["x"] + BOX // 2, start["y"] + start["height"], end["x"] + BOX // 2, end["y"] - 1
    bend = max(20, (y2 - y1) * 2 // 5)
    return f"M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"


def _nearest(boxes: Mapping[str, Box], name: str) -> list[str]:
    """Return the rules that a rule uses, without those that it also uses through another."""
    beyond: set[str] = set()
    waiting = [further for used in boxes[name].uses for further in boxes[used].uses]
    while waiting:
        used = waiting.pop()
        if used not in beyond:
            beyond.add(used)
            waiting.extend(boxes[used].uses)
    return [used for used in dict.fromkeys(boxes[name].uses) if used not in beyond]


def _rows(boxes: Mapping[str, Box]) -> list[list[str]]:
    """Return the boxes by level, each above the boxes that use it; boxes without arrows come first."""
    users: dict[str, list[str]] = {name: [] for name in boxes}
    for name, box in boxes.items():
        for used in box.uses:
            users[used].append(name)
    height: dict[str, int] = {}

    def high(name: str) -> int:
        if name not in height:
            height[name] = max((high(user) + 1 for user in users[name]), default=0)
        return height[name]

    alone = [name for name, box in boxes.items() if not box.uses and not users[name]]
    joined = [name for name in boxes if name not in alone]
    rows: list[list[str]] = [[] for _ in range(max(map(high, joined), default=-1) + 1)]
    for name in joined:
        rows[-1 - high(name)].append(name)
    for turn in range(12):
        across = {name: (i + 0.5) / len(row) for row in rows for i, name in enumerate(row)}
        near = {name: boxes[name].uses if turn % 2 == 0 else users[name] for name in joined}
        for row in rows:
            row.sort(key=lambda name: _mean([across[n] for n in near[name]] or [across[name]]))
    return [alone, *rows] if alone else rows


def _split(row: list[str]) -> list[list[str]]:
    """Return a level as rows of at most :data:`MOST` boxes."""
    number = -(-len(row) // MOST)
    return [row[start::number] for start in range(number)]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _wrapped(text: str) -> list[str]:
    """Return the text as lines that fit a box: English broken between words, Chinese between characters."""
    lines, line, room = [], "", 0.0
    words = text.replace(" ", " \0").split("\0") if text.isascii() else list(text)
    for word in words:
        wide = sum(0.58 if c.isascii() else 1 for c in word)
        if line and room + wide > _FITS and word not in "，、。：；）”":
            lines.append(line.strip())
            line, room = "", 0.0
        line += word
        room += wide
    return [*lines, line.strip()]
