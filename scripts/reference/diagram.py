"""The rules as boxes and arrows: SVG laid out here, so that nothing has to be installed or fetched to read it.

Each rule stands just above the first rule that uses it. Rules of one height are ordered by where those that they use stand, a
few times over, so that few arrows cross; where they are too many for one row, every second one goes into the next. An arrow
is left out where a longer way leads to the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

BOX, LINE, GAP, ROOM, PAD, MOST = 102, 15, 6, 38, 9, 4
"""Four boxes beside each other are as wide as a phone: their letters stay legible there."""
_FITS = 7.4
"""So many Chinese characters, or the room of so many, fit a line of a box."""

_HEAD = (
    '<defs><marker id="{arrow}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
    '<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>'
)


class Box(NamedTuple):
    """A rule in the diagram: what it is called, what kind of rule it is, the page it opens, what it uses.

    ``mark`` is its number where others name it by one; ``marks`` are the numbers of those that it uses.
    """

    title: str
    kind: str
    link: str
    uses: Sequence[str]
    mark: int | None = None
    marks: Sequence[int] = ()


def diagram(title: str, boxes: Mapping[str, Box], number: int = 1) -> str:
    """The diagram of *boxes* as one line of SVG, the *number*-th of its page."""
    arrow = f"arrow-{number}"
    rows = [part for row in _rows(boxes) for part in _split(row)]
    lines = {name: _wrapped(box.title) for name, box in boxes.items()}
    width = max(len(row) for row in rows) * (BOX + GAP) - GAP + 2 * PAD
    edge = {name: 8 if box.marks or box.mark else 0 for name, box in boxes.items()}
    tall = [max(len(lines[name]) * LINE + edge[name] for name in row) + 12 for row in rows]
    place: dict[str, tuple[int, int, int]] = {}
    y = PAD
    for row, height in zip(rows, tall, strict=True):
        x = (width - len(row) * (BOX + GAP) + GAP) // 2
        for number, name in enumerate(row):
            place[name] = (x + number * (BOX + GAP), y, height)
        y += height + ROOM
    parts = [
        f'<svg class="diagram" viewBox="0 0 {width} {y - ROOM + PAD}" style="max-width:{width * 5 // 4}px" role="group" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>{_HEAD.format(arrow=arrow)}",
    ]
    for name in boxes:
        for used in _nearest(boxes, name):
            (x1, y1, height), (x2, y2, _) = place[used], place[name]
            x1, y1, x2, y2 = x1 + BOX // 2, y1 + height, x2 + BOX // 2, y2 - 1
            bend = max(20, (y2 - y1) * 2 // 5)
            parts.append(
                f'<path class="arrow" data-from="{used}" data-to="{name}" d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}" marker-end="url(#{arrow})"/>'
            )
    for name, box in boxes.items():
        x, y, height = place[name]
        parts.append(
            f'<a href="{escape(box.link)}"><g class="rule {box.kind}" data-rule="{name}"><title>{escape(box.title)}</title>'
        )
        parts.append(f'<rect x="{x}" y="{y}" width="{BOX}" height="{height}" rx="5"/>')
        top = y + (height + edge[name] - len(lines[name]) * LINE) // 2 + 11
        for number, text in enumerate(lines[name]):
            parts.append(f'<text x="{x + BOX // 2}" y="{top + number * LINE}">{escape(text)}</text>')
        if box.mark is not None:
            parts.append(_mark(x + 2, y, box.mark, "own"))
        for nth, mark in enumerate(reversed(box.marks)):
            parts.append(_mark(x + BOX - 10 - 17 * nth, y, mark, "used"))
        parts.append("</g></a>")
    return "".join([*parts, "</svg>"])


def _mark(x: int, y: int, number: int, kind: str) -> str:
    """A number in a circle on the edge of a box."""
    return f'<g class="mark {kind}"><circle cx="{x}" cy="{y}" r="8"/><text x="{x}" y="{y + 4}">{number}</text></g>'


def _nearest(boxes: Mapping[str, Box], name: str) -> list[str]:
    """What a rule uses, without what it also uses by way of another."""
    beyond: set[str] = set()
    waiting = [further for used in boxes[name].uses for further in boxes[used].uses]
    while waiting:
        used = waiting.pop()
        if used not in beyond:
            beyond.add(used)
            waiting.extend(boxes[used].uses)
    return [used for used in dict.fromkeys(boxes[name].uses) if used not in beyond]


def _rows(boxes: Mapping[str, Box]) -> list[list[str]]:
    """Boxes by height: each just above the first that uses it; those without an arrow in rows of their own at the top."""
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
    """A row in as many rows as it needs."""
    number = -(-len(row) // MOST)
    return [row[start::number] for start in range(number)]


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def _wrapped(text: str) -> list[str]:
    """The text in lines that fit a box: English between words, Chinese between characters."""
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
