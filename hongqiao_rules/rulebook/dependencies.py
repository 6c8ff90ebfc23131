"""The dependency graph of a linked rulebook: what each conclusion and notice reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from hongqiao_rules.language.nodes import Node, named
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.link import Linked


def notice_name(code: str) -> str:
    """The name of a notice in the graph; no conclusion has a space in its name."""
    return f" {code}"


def trees(linked: Linked) -> dict[str, list[Node]]:
    """The expressions of each conclusion and the condition of each notice, by name in the graph."""
    found = {
        name: [tree for rule in one.rules for typed in linked.versions[rule.id] for tree in typed.trees]
        for name, one in linked.conclusions.items()
    }
    return found | {notice_name(notice.code): [when] if when else [] for notice, when in linked.notices}


def signature(dated: Dated, names: Collection[str] | None = None) -> tuple[Any, ...]:
    """The expressions of the conclusions and notices *names* (by default all), to compare two rulebooks for equality."""
    conclusions = sorted(dated.conclusions, key=lambda c: (c.entity, c.name))
    said = [
        (c.entity, c.name, c.type, c.list, tuple((k.conditions, k.value) for k in c.candidates))
        for c in conclusions
        if names is None or c.name in names
    ]
    noticed = [(notice_name(notice.code), when) for notice, when in dated.notices]
    return tuple(said), tuple(one for one in noticed if names is None or one[0] in names)


class Dependencies:
    """The union of the dependency graphs of one or more linked rulebooks.

    Attributes:
        reads: for each conclusion and notice, the conclusions, facts and relations that it reads directly.
        readings: for each conclusion and notice, the readings that it reads or whose choices select its rules.
    """

    def __init__(self, *books: Linked) -> None:
        self.reads: dict[str, set[str]] = {}
        self.readings: dict[str, set[str]] = {}
        for linked in books:
            for name, found in trees(linked).items():
                self._add(linked, name, found)
            for name, conclusion in linked.conclusions.items():
                for rule in conclusion.rules:
                    for typed in linked.versions[rule.id]:
                        self.readings[name] |= typed.version.under.keys()

    def _add(self, linked: Linked, name: str, found: list[Node]) -> None:
        reads, readings = self.reads.setdefault(name, set()), self.readings.setdefault(name, set())
        lists = set(named("list", found))
        reads.update(named("fact", found), (o.name for o in linked.conclusions.values() if o.list in lists))
        readings.update(named("reading", found))

    def upstream(self, names: Iterable[str]) -> set[str]:
        """*names* and all names that they depend on, directly or indirectly."""
        return _closure(names, lambda name: self.reads.get(name, ()))

    def downstream(self, names: Iterable[str]) -> set[str]:
        """*names* and all names that depend on them, directly or indirectly."""
        return _closure(names, self.readers)

    def readers(self, name: str) -> set[str]:
        """The conclusions and notices that read *name* directly."""
        return {reader for reader, reads in self.reads.items() if name in reads}

    def heard_by(self, names: Iterable[str]) -> set[str]:
        """The readings that *names* can depend on."""
        return {reading for name in self.upstream(names) for reading in self.readings.get(name, ())}


def _closure(names: Iterable[str], following: Callable[[str], Iterable[str]]) -> set[str]:
    found = set[str]()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += following(name)
    return found
