"""Date a linked rulebook: the rules in force on a day under readings, in the form that engines read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hongqiao_rules.language.nodes import Node, Type
from hongqiao_rules.language.values import Value
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.consistency import in_force
from hongqiao_rules.rulebook.definitions import FOREVER, NoticeDefinition, ParameterValue, Rule, next_day
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.lowering import Lowering, nothing


class Candidate(NamedTuple):
    """A rule that may decide a conclusion: it does if all its conditions are true and no earlier candidate does."""

    rule: Rule
    typed: TypedVersion
    conditions: tuple[Node, ...]
    value: Node

    @property
    def trees(self) -> tuple[Node, ...]:
        """The conditions and the value."""
        return (*self.conditions, self.value)


class Memory:
    """Cache of dated versions of rules, keyed by the values that they read: most days change little."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked
        self._known: dict[int, list[tuple[Lowering, Candidate]]] = {}

    def recall(self, lower: Lowering) -> Candidate | None:
        """The cached candidate for the version of *lower* if all values that it reads are equal; else ``None``."""
        for before, candidate in self._known.get(id(lower.typed), ()):
            if (
                before.abouts == lower.abouts
                and all(lower.readings[name] == choice for name, choice in before.looked_up.items())
                and all(self._linked.parameters[n].on(lower.day) is v for n, v in before.used.items())
            ):
                lower.used = before.used
                return candidate
        return None

    def keep(self, lower: Lowering, candidate: Candidate) -> None:
        """Cache *candidate* unless it had a fault, which must be reported again."""
        if not lower.refused:
            self._known.setdefault(id(lower.typed), []).append((lower, candidate))


class DatedConclusion(NamedTuple):
    """A conclusion on a day. The first candidate whose conditions hold decides it; without one it is ``otherwise``."""

    name: str
    entity: str
    type: Type
    list: str | None
    candidates: tuple[Candidate, ...]

    @property
    def otherwise(self) -> int:
        """The value of the conclusion if no rule applies: 0, or False for a truth."""
        return nothing(self.type)


class Dated(Value):
    """A rulebook in the period from ``start`` to ``end`` (yyyymmdd), under readings and overlays.

    An object is equal only to itself, so that it can be the key of a cache.
    """

    start: int
    end: int
    readings: Mapping[str, str]
    linked: Linked
    parameters: Mapping[str, ParameterValue]
    conclusions: tuple[DatedConclusion, ...]
    notices: tuple[tuple[NoticeDefinition, Node | None], ...]

    __eq__, __hash__ = object.__eq__, object.__hash__

    @property
    def root(self) -> str:
        """The name of the assessed entity, for example ``household``."""
        return self.linked.definitions.head.root


def changes(linked: Linked) -> list[int]:
    """The days (yyyymmdd, sorted) on which something in the rulebook differs from the day before."""
    spans = [(v.start, v.end) for p in linked.parameters.values() for v in p.values]
    spans += [(v.version.start, v.version.end) for versions in linked.versions.values() for v in versions]
    spans += [(notice.start, notice.end) for notice, _ in linked.notices]
    spans += [(overlay.start, overlay.end) for overlay in linked.definitions.overlays.values()]
    resting = [c for rule in linked.rules.values() for c in rule.citations]
    resting += [c for p in linked.parameters.values() for v in p.values for c in v.citations]
    spans += [(citation.start, citation.end) for citation in resting]
    first = linked.definitions.head.modelled_from
    days = {first, *(start for start, _ in spans), *(next_day(end) for _, end in spans if end < FOREVER)}
    return sorted(day for day in days if first <= day < FOREVER)


def date(
    linked: Linked, start: int, end: int, readings: Mapping[str, str], refuse: Refuse, memory: Memory | None = None
) -> Dated:  # fmt: skip
    """The rulebook from *start* to *end* (yyyymmdd), a period in which nothing changes, under *readings*."""
    memory = memory or Memory(linked)
    chosen: list[tuple[str, list[TypedVersion]]] = []
    for name, conclusion in linked.conclusions.items():
        versions = [
            typed
            for rule in conclusion.rules
            for typed in linked.versions[rule.id]
            if in_force(typed.version, start, readings)
        ]
        if versions:
            chosen.append((name, versions))
    abouts = {name: versions[0].version.about for name, versions in chosen}
    conclusions = []
    used: dict[str, ParameterValue] = {}
    for name, versions in chosen:
        conclusion = linked.conclusions[name]
        candidates = []
        for typed in versions:
            lower = Lowering(linked, start, readings, abouts, typed, refuse)
            candidate = memory.recall(lower)
            if candidate is None:
                conditions = tuple([lower.truth(node) for _, node in typed.conditions])
                candidate = Candidate(typed.rule, typed, conditions, lower.value())
                memory.keep(lower, candidate)
            used.update(lower.used)
            candidates.append(candidate)
        conclusions.append(
            DatedConclusion(name, abouts[name], conclusion.type, conclusion.list, tuple(candidates))
        )
    notices = []
    for notice, when in linked.notices:
        if notice.start <= start <= notice.end and notice.unless_overlay not in linked.overlays:
            lower = Lowering(linked, start, readings, abouts, None, refuse)
            notices.append((notice, None if when is None else lower.truth(when)))
            used.update(lower.used)
    return Dated(
        start=start, end=end, readings=dict(readings), linked=linked, parameters=used,
        conclusions=tuple(conclusions), notices=tuple(notices),
    )  # fmt: skip
