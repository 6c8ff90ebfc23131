"""Collect the compiled rules of each period for the JavaScript module; equal texts are kept once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from hongqiao_rules.engines.javascript.javascript_compiler import Writer
from hongqiao_rules.errors import RequestError
from hongqiao_rules.language.names import snake
from hongqiao_rules.language.nodes import Node, named
from hongqiao_rules.rulebook import ranges
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion
from hongqiao_rules.rulebook.definitions import Citation, NoticeDefinition, iso
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.figures_behind import figures_behind
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.value_text import parameter_value

Choices = tuple[list[str], dict[str, Any]] | tuple[Any]
"""The value under each choice of readings: the readings that matter, and the value by their joined choices; or the one value."""


class Pool:
    """A list of distinct values, each identified by its index."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, value: Any, key: object = None) -> int:
        """The index of *value*; equal JSON of it (or of its *key*) gives the same index."""
        text = json.dumps(value if key is None else key, ensure_ascii=False)
        if text not in self._numbers:
            self._numbers[text] = len(self.values)
            self.values.append(value)
        return self._numbers[text]


class Plans:
    """Collects the compiled rules. The module uses :meth:`constants` and :meth:`functions`.

    Raises:
        PolicyError: POLICY_OVERFLOW; a value may exceed the integers that JavaScript represents exactly. POLICY_NEEDS_DEFAULT.
    """

    def __init__(self, book: Rulebook) -> None:
        book.check_values()
        self.book, self.definitions = book, book.definitions
        head = self.definitions.head
        self.root, each = self.definitions.root, self.definitions.contained
        self.entities = [self.root] if each is None else [self.root, each]
        facts = [(e.name, fact.name) for e in self.entities for fact in e.facts.values()]
        self.facts = {fact: number for number, fact in enumerate(facts, 1)}
        self.slots = dict(self.facts)
        self.run, self.variants = Pool(), Pool()
        self.conclusions, self.notices, self.taken = Pool(), Pool(), Pool()
        self.places, self.cites, self.values = Pool(), Pool(), Pool()
        self.rules, self.citations = Pool(), Pool()
        self.sources: dict[str, list[str]] = {}
        self.lists = {name: head.entries.get(name, "money") for name in head.lists}
        self.plans = {" ".join(names): list(self.periods(names)) for names in self.book.overlay_sets()}

    def constants(self) -> dict[str, Any]:
        """The data that the functions of the module use, by constant name."""
        head = self.definitions.head
        return {
            "READINGS": {name: list(reading.choices) for name, reading in self.definitions.readings.items()},
            "OVERLAYS": {
                o.id: {"start": o.start, "end": o.end, "complete": o.complete}
                for o in self.definitions.overlays.values()
            },
            "MODELLED_FROM": head.modelled_from,
            "NOT_MODELLED": head.not_modelled.by_language(),
            "VERSION": head.version,
            "DIGEST": self.book.digest,
            "LISTS": self.lists,
            "SIZE": len(self.slots) + 1,
            "SOURCES": self.sources,
            "PLACES": self.places.values,
            "CITES": self.cites.values,
            "VALUES": self.values.values,
            "RULES": self.rules.values,
            "CITATIONS": self.citations.values,
            "CONCLUSIONS": self.conclusions.values,
            "NOTICES": self.notices.values,
            "VARIANTS": self.variants.values,
            "TAKEN": self.taken.values,
            "PLANS": self.plans,
        }

    def functions(self) -> str:
        """The constant ``RUN``: the functions of the conclusions and notices, one on each line."""
        return "const RUN=[\n" + ",\n".join(self.run.values) + "];\n"

    def periods(self, overlays: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Yield the conclusions and notices of each period under *overlays*, by their indices in the pools."""
        faults = Faults(self.book.files)
        linked = self.book.linked(overlays)
        matter = {name: self.turning_on(linked, name) for name in linked.conclusions}
        noticed = {
            notice: self.in_order(self.naming(linked, [] if when is None else [when]))
            for notice, when in linked.notices
        }
        asked = sorted({tuple(names) for names in (*matter.values(), *noticed.values())})
        wanted = [chosen for names in asked for chosen in self.choices(names)]
        defaults = {name: reading.default for name, reading in self.definitions.readings.items()}
        for day in self.book.change_dates(overlays):
            try:
                self.book.check_day(day, overlays)
            except RequestError:
                continue
            kept: dict[str, dict[tuple[str, ...], int]] = {name: {} for name in linked.conclusions}
            told: dict[str, dict[tuple[str, ...], Any]] = {notice.code: {} for notice in noticed}
            for chosen in wanted:
                one = self.book.dated(day, {**defaults, **chosen}, overlays)
                ranges.check(one, faults, ranges.LARGEST_IN_JAVASCRIPT)
                for conclusion in one.conclusions:
                    self.slots.setdefault((conclusion.entity, conclusion.name), len(self.slots) + 1)
                for conclusion in one.conclusions:
                    if list(chosen) == matter[conclusion.name]:
                        kept[conclusion.name][tuple(chosen.values())] = self.variant(one, conclusion)
                for notice, when in one.notices:
                    if list(chosen) == noticed[notice]:
                        told[notice.code][tuple(chosen.values())] = self.notice(one, notice, when)
            taken = [_choices(matter[name], found) for name, found in kept.items() if found]
            notices = [_choices(noticed[n], told[n.code]) for n in noticed if told[n.code]]
            yield {
                "start": day,
                "end": one.end,
                "conclusions": list(map(self.taken.add, taken)),
                "notices": list(map(self.taken.add, notices)),
            }
        faults.settle()

    def notice(self, dated: Dated, notice: NoticeDefinition, when: Node | None) -> list[Any]:
        """The indices of the function and of the words of a notice, and the figures of the function."""
        number = self.notices.add(
            {"code": notice.code, "message": notice.message.by_language(), "rule": notice.rule}
        )
        writer = Writer(dated, self.slots)
        return [self.run.add(writer.notice(when)), writer.figures, number]

    def choices(self, names: Sequence[str]) -> Iterator[dict[str, str]]:
        """Yield every combination of choices for the readings *names*."""
        for chosen in product(*(self.definitions.readings[name].choices for name in names)):
            yield dict(zip(names, chosen, strict=True))

    def turning_on(self, linked: Linked, name: str) -> list[str]:
        """The readings that a conclusion can depend on: those of its rules, and those that decide the values they read."""
        found: set[str] = set()
        for rule in linked.conclusions[name].rules:
            for typed in linked.versions[rule.id]:
                found |= self.naming(linked, typed.trees) | set(map(snake, typed.version.under))
        return self.in_order(found)

    def naming(self, linked: Linked, trees: Sequence[Node]) -> set[str]:
        """The readings that expressions name, or that select the rules of the conclusions that they read."""
        totals, read = set(named("list", trees)), set(named("fact", trees))
        settled = [c for name, c in linked.conclusions.items() if name in read or c.list in totals]
        under = {
            snake(u) for c in settled for r in c.rules for v in linked.versions[r.id] for u in v.version.under
        }
        return under | set(map(snake, named("reading", trees)))

    def in_order(self, found: set[str]) -> list[str]:
        """The readings whose names are in *found*, in declared order."""
        return [reading for reading in self.definitions.readings if snake(reading) in found]

    def conclusion(self, dated: Dated, conclusion: DatedConclusion) -> int:
        return self.conclusions.add(
            {
                "slot": self.slots[conclusion.entity, conclusion.name],
                "each": conclusion.entity != dated.root,
                "list": conclusion.list,
                "figure": conclusion.name in self.definitions.head.figures,
            }
        )

    def variant(self, dated: Dated, conclusion: DatedConclusion) -> int:
        writer = Writer(dated, self.slots)
        run = self.run.add(writer.run(conclusion))
        cited = [self.citation(dated, candidate) for candidate in conclusion.candidates]
        order = conclusion.candidates[0].rule.order
        about = self.conclusion(dated, conclusion)
        return self.variants.add([about, run, writer.figures, cited, order])

    # --- citations ------------------------------------------------------------------------------------------

    def citation(self, dated: Dated, candidate: Candidate) -> int:
        rule = candidate.rule
        number = self.rules.add(
            [rule.overlay or "", rule.id, rule.title.zh, rule.title.en, rule.basis, rule.confidence]
        )
        used = [self.value(dated, name) for name in figures_behind(dated, candidate)]
        return self.citations.add([number, self.cited(dated, rule.citations), used])

    def value(self, dated: Dated, name: str) -> int:
        parameter, value = dated.linked.parameters[name], dated.parameters[name]
        return self.values.add(
            {
                "parameter": parameter.id,
                "value": json.loads(parameter_value(parameter, value.value)),
                "from": iso(value.start),
                "basis": value.basis,
                "start_basis": value.start_basis or value.basis,
                "confidence": value.confidence,
                "cites": self.cited(dated, value.citations),
            }
        )

    def cited(self, dated: Dated, citations: Sequence[Citation]) -> list[int]:
        return [self.cite(citation) for citation in citations if citation.on(dated.start)]

    def cite(self, citation: Citation) -> int:
        source = self.definitions.sources[citation.source]
        self.sources[source.id] = [source.title.zh, source.title.en, source.copy_quality]
        return self.cites.add([self.places.add([source.id, citation.place]), citation.words])


def _choices(names: list[str], found: Mapping[tuple[str, ...], Any]) -> Choices:
    """*found*, a value for each choice of the readings *names*, reduced to the readings that change the value."""
    kept = list(range(len(names)))
    for number in range(len(names)):
        left = [n for n in kept if n != number]
        seen: dict[tuple[str, ...], str] = {}
        every = {tuple(c[n] for n in range(len(names)) if n != number) for c in found}
        whole = len(found) == 0 or len(found) % len(every) == 0
        same = all(
            seen.setdefault(tuple(c[n] for n in left), json.dumps(value)) == json.dumps(value)
            for c, value in found.items()
        )
        if same and whole:
            kept = left
    if not kept:
        return (next(iter(found.values())),)
    return [names[n] for n in kept], {" ".join(c[n] for n in kept): value for c, value in found.items()}
