"""How the rules depend on each other, in diagrams small enough for a phone: one for each figure that much leads to.

Rules that many others use would tie everything to everything. Each of them has a number instead, which stands on the boxes of
the rules that use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from reference.book import Book
from reference.diagram import Box, diagram
from reference.texts import Texts

_MANY = 5
"""From so many users on, a rule is told by its number instead of by arrows."""
_ENOUGH = 4
"""Of so many rules that are not drawn yet, a figure has a diagram of its own."""


class Dependencies:
    """The diagrams of one rulebook in one language."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, Texts(lang)
        self.definitions = book.definitions

    def lines(self) -> Iterator[str]:
        """The diagrams with what explains them, each under its heading where there are several."""
        texts, parts = self.texts, list(self._parts())
        yield from (texts("diagram_note"), "", self._legend(parts))
        if self.marks:
            yield from ("", texts("marks_note"), "")
            for name, number in self.marks.items():
                box = self.boxes[name]
                yield f'* <span class="legend-mark">{number}</span> [{box.title}]({box.link.rstrip("/")}.md)'
        for number, (title, boxes) in enumerate(parts, 1):
            if len(parts) > 1:
                yield from ("", f"### {title}")
            label = f"{texts('diagram_title')}{texts('colon')}{title}"
            yield from ("", f'<div class="wide">{diagram(label, boxes, number)}</div>')

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """A box for each rule, and one for each name that several rules settle, between them and those that use it."""
        root, linked = self.definitions.head.root, self.book.linked(None)
        shared = {
            f"={c.name}": [r.id for r in c.rules] for c in linked.conclusions.values() if len(c.rules) > 1
        }
        through = {id_: name for name, ids in shared.items() for id_ in ids}
        boxes = {}
        for rule_id in self.book.rule_ids:
            rule = self.definitions.rules.get((None, rule_id))
            if rule is not None:
                kind = "line" if rule.list else "root" if rule.versions[0].about == root else "inside"
                used = (through.get(u, u) for u in self.book.rules_used(rule) if u != rule_id)
                title = rule.title.say(self.lang)
                boxes[rule_id] = Box(title, kind, f"{rule_id}/", list(dict.fromkeys(used)))
        for name, ids in shared.items():
            if any(name in box.uses for box in boxes.values()):
                title = self.book.sentences(None, self.lang).name(name.removeprefix("="))
                boxes[name] = Box(_capital(title), "shared", f"{ids[0]}/", ids)
        return boxes

    @cached_property
    def marks(self) -> dict[str, int]:
        """The numbers of the rules that many others use."""
        users = dict.fromkeys(self.boxes, 0)
        for box in self.boxes.values():
            for used in box.uses:
                users[used] += 1
        many = (name for name, number in users.items() if number >= _MANY)
        return {name: number for number, name in enumerate(many, 1)}

    def _parts(self) -> Iterator[tuple[str, dict[str, Box]]]:
        """Every rule that uses another, or is used, in one diagram: by the figure it leads to, else among the lists."""
        linked = self.book.linked(None)
        used = {name for box in self.boxes.values() for name in box.uses}
        left = {n for n, box in self.boxes.items() if box.uses or (n in used and n not in self.marks)}
        figures = [name for name in linked.conclusions if name in self.definitions.head.figures]
        for figure in figures:
            ids = [rule.id for rule in linked.conclusions[figure].rules]
            names = [f"={figure}"] if f"={figure}" in self.boxes else ids
            found = self._leading_to(names) & left
            if len(found) >= _ENOUGH:
                left -= found
                yield self.boxes[names[0]].title, self._part(found)
        lines = {name for name in left if self.boxes[name].kind == "line"}
        found = self._leading_to(lines) & left
        if found:
            lists = {self.definitions.rules[None, name].list for name in lines}
            titles = [t.say(self.lang) for name, t in self.definitions.head.lists.items() if name in lists]
            yield self.texts("list").join(titles), self._part(found)
        if left - found:
            yield self.texts("further_figures"), self._part(left - found)

    def _leading_to(self, names: set[str] | list[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting.extend(self.boxes[name].uses)
        return found

    def _part(self, names: set[str]) -> dict[str, Box]:
        """The boxes of a diagram: its own, and those of other diagrams that they use, unless these have numbers."""
        made: dict[str, Box] = {}
        for name, box in self.boxes.items():
            if name in names:
                drawn = [used for used in box.uses if used not in self.marks]
                marks = sorted(self.marks[used] for used in box.uses if used in self.marks)
                made[name] = box._replace(uses=drawn, marks=marks, mark=self.marks.get(name))
                for used in drawn:
                    if used not in names:
                        made[used] = self.boxes[used]._replace(kind="other", uses=[])
        return made

    def _legend(self, parts: list[tuple[str, dict[str, Box]]]) -> str:
        entities = self.definitions.entities
        root = entities[self.definitions.head.root]
        said = [("root", self.texts("of_member", entity=self._entity(root.name)))]
        if root.contains is not None:
            said.insert(0, ("inside", self.texts("of_member", entity=self._entity(root.contains.entity))))
        said += [(kind, self.texts(f"of_{kind}")) for kind in ("line", "shared", "other")]
        drawn = {box.kind for _, boxes in parts for box in boxes.values()}
        return " ".join(f'<span class="legend {kind}">{text}</span>' for kind, text in said if kind in drawn)

    def _entity(self, name: str) -> str:
        title = self.definitions.entities[name].title.say(self.lang)
        return title if self.lang == "zh" else title.lower()


def _capital(title: str) -> str:
    title = title.removeprefix("the ").strip("“”")
    return title[:1].upper() + title[1:]
