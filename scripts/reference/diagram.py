"""The rules as boxes and arrows: SVG laid out here, so that nothing has to be installed or fetched to read it.

Each rule stands below the last rule that it uses. Rules of one depth are ordered by where those that they use stand, a
few times over, so that few arrows cross; where they are too many for one row, every second one goes into the next. An arrow is left out where a longer way leads to the same rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

BOX, LINE, GAP, ROOM, PAD, MOST = 122, 14, 10, 44, 8, 7

_HEAD = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
    '<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>'
)


class Box(NamedTuple):
    """A rule in the diagram: what it is called, what kind of rule it is, the page it opens, what it uses."""

    title: str
    kind: str
    link: str
    uses: Sequence[str]


def diagram(title: str, boxes: Mapping[str, Box]) -> str:
    """The diagram of *boxes* as one line of SVG."""
    rows = [part for row in _rows(boxes) for part in _split(row)]
    lines = {name: _wrapped(box.title) for name, box in boxes.items()}
    width = max(len(row) for row in rows) * (BOX + GAP) - GAP + 2 * PAD
    tall = [max(len(lines[name]) for name in row) * LINE + 12 for row in rows]
    place: dict[str, tuple[int, int, int]] = {}
    y = PAD
    for row, height in zip(rows, tall, strict=True):
        x = (width - len(row) * (BOX + GAP) + GAP) // 2
        for number, name in enumerate(row):
            place[name] = (x + number * (BOX + GAP), y, height)
        y += height + ROOM
    parts = [
        f'<svg class="diagram" viewBox="0 0 {width} {y - ROOM + PAD}" style="min-width:{width * 4 // 5}px" role="group" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>{_HEAD}",
    ]
    for name in boxes:
        for used in _nearest(boxes, name):
            (x1, y1, height), (x2, y2, _) = place[used], place[name]
            x1, y1, x2, y2 = x1 + BOX // 2, y1 + height, x2 + BOX // 2, y2 - 1
            bend = max(20, (y2 - y1) * 2 // 5)
            parts.append(
                f'<path class="arrow" d="M{x1} {y1}C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}" marker-end="url(#arrow)"/>'
            )
    for name, box in boxes.items():
        x, y, height = place[name]
        parts.append(
            f'<a href="{escape(box.link)}"><g class="rule {box.kind}"><title>{escape(box.title)}</title>'
        )
        parts.append(f'<rect x="{x}" y="{y}" width="{BOX}" height="{height}" rx="5"/>')
        top = y + (height - len(lines[name]) * LINE) // 2 + 11
        for number, text in enumerate(lines[name]):
            parts.append(f'<text x="{x + BOX // 2}" y="{top + number * LINE}">{escape(text)}</text>')
        parts.append("</g></a>")
    return "".join([*parts, "</svg>"])


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
    depth: dict[str, int] = {}

    def deep(name: str) -> int:
        if name not in depth:
            depth[name] = max((deep(used) + 1 for used in boxes[name].uses), default=0)
        return depth[name]

    rows: list[list[str]] = [[] for _ in range(max(map(deep, boxes)) + 1)]
    users: dict[str, list[str]] = {name: [] for name in boxes}
    for name, box in boxes.items():
        for used in box.uses:
            users[used].append(name)
    for name in boxes:
        # A rule that rests on nothing stands just above the first that uses it.
        if not boxes[name].uses and users[name]:
            depth[name] = min(depth[user] for user in users[name]) - 1
        rows[depth[name]].append(name)
    for turn in range(12):
        across = {name: (i + 0.5) / len(row) for row in rows for i, name in enumerate(row)}
        near = {name: boxes[name].uses if turn % 2 == 0 else users[name] for name in boxes}
        for row in rows:
            row.sort(key=lambda name: _mean([across[n] for n in near[name]] or [across[name]]))
    return rows


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
        wide = sum(0.54 if c.isascii() else 1 for c in word)
        if line and room + wide > 9.6 and word not in "，、。：；）”":
            lines.append(line.strip())
            line, room = "", 0.0
        line += word
        room += wide
    return [*lines, line.strip()]
