"""The dependencies between rules as diagrams that fit a phone: one for each figure that depends on many rules.

Arrows from rules with many users would connect everything. Such a rule has a number instead, on the boxes of the rules that
use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from site_templates import Templates

from reference.book import Book
from reference.diagram import Box, diagram

_MANY = 5
"""The least number of users of a rule that is shown by a number instead of arrows."""
_ENOUGH = 4
"""The least number of rules not yet drawn for which a figure has its own diagram."""


class Dependencies:
    """The diagrams of one rulebook in one language."""

    def __init__(self, book: Book, templates: Templates) -> None:
        self.book, self.templates, self.word = book, templates, templates.word
        self.definitions = book.definitions

    def legend(self) -> list[tuple[str, str]]:
        """Return the kinds of boxes that are drawn, each with its text."""
        root, entities = self.definitions.entities[self.definitions.head.root], self.definitions.entities
        said = [("root", self.word("of_member", entity=root.title))]
        if root.contains is not None:
            inside = entities[root.contains.entity].title
            said.insert(0, ("inside", self.word("of_member", entity=inside)))
        said += [(kind, self.word(f"of_{kind}")) for kind in ("line", "shared", "other")]
        drawn = {box.kind for _, boxes in self.parts for box in boxes.values()}
        return [(kind, text) for kind, text in said if kind in drawn]

    def marked(self) -> list[tuple[Box, int]]:
        """Return the boxes of the rules that have a number."""
        return [(self.boxes[name], number) for name, number in self.marks.items()]

    def drawn(self) -> Iterator[tuple[str, str]]:
        """Yield each diagram with its title."""
        for number, (title, boxes) in enumerate(self.parts, 1):
            label = self.templates.words.say("pair", name=self.word("diagram_title"), text=title)
            yield title, diagram(self.templates, label, boxes, number)

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """A box for each rule, and one for each name that several rules conclude, between these rules and its users."""
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
                title = self.templates.title(rule.title)
                boxes[rule_id] = Box(title, kind, f"{rule_id}/", list(dict.fromkeys(used)))
        for name, ids in shared.items():
            if any(name in box.uses for box in boxes.values()):
                title = self.book.sentences(None, self.templates.lang).name(name.removeprefix("="))
                boxes[name] = Box(_capital(title), "shared", f"{ids[0]}/", ids)
        return boxes

    @cached_property
    def marks(self) -> dict[str, int]:
        """The numbers of the rules with many users."""
        users = dict.fromkeys(self.boxes, 0)
        for box in self.boxes.values():
            for used in box.uses:
                users[used] += 1
        many = (name for name, number in users.items() if number >= _MANY)
        return {name: number for number, name in enumerate(many, 1)}

    @cached_property
    def parts(self) -> list[tuple[str, dict[str, Box]]]:
        """The diagrams: each rule that uses another, or is used, is in one, by its figure or else with the lists."""
        linked, parts = self.book.linked(None), []
        used = {name for box in self.boxes.values() for name in box.uses}
        left = {n for n, box in self.boxes.items() if box.uses or (n in used and n not in self.marks)}
        figures = [name for name in linked.conclusions if name in self.definitions.head.figures]
        for figure in figures:
            ids = [rule.id for rule in linked.conclusions[figure].rules]
            names = [f"={figure}"] if f"={figure}" in self.boxes else ids
            found = self._leading_to(names) & left
            if len(found) >= _ENOUGH:
                left -= found
                parts.append((self.boxes[names[0]].title, self._part(found)))
        lines = {name for name in left if self.boxes[name].kind == "line"}
        found = self._leading_to(lines) & left
        if found:
            lists = {self.definitions.rules[None, name].list for name in lines}
            titles = [title for name, title in self.definitions.head.lists.items() if name in lists]
            parts.append((self.templates.words.join(titles), self._part(found)))
        if left - found:
            parts.append((self.word("further_figures"), self._part(left - found)))
        return parts

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
        """Return the boxes of a diagram: its own, and the boxes of other diagrams that these use, unless they have numbers."""
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


def _capital(title: str) -> str:
    title = title.removeprefix("the ").strip("“”")
    return title[:1].upper() + title[1:]
