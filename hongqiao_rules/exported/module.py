"""The rulebook as one ES module: every date, reading and overlay, with the checks at the border and its messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import combinations, product
from typing import Any

from hongqiao_rules.assessment import Assessment
from hongqiao_rules.engines.javascript import TraceWriter, Writer
from hongqiao_rules.engines.trace import parameter_value
from hongqiao_rules.errors import RequestError
from hongqiao_rules.messages import _MEANT, HOUSEHOLD, REQUEST
from hongqiao_rules.rulebook.dating import Candidate, Dated
from hongqiao_rules.rulebook.definitions import Citation, Entity, FactDefinition, iso, snake
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.nodes import Parameter, Read, Reading, Total, walk

_REQUESTS = (
    "NOT_MODELLED", "BAD_ASSESSMENT_DATE", "UNKNOWN_READING", "UNKNOWN_CHOICE", "UNKNOWN_OVERLAY",
    "OVERLAY_NOT_IN_FORCE", "OVERLAY_TWICE", "OVERLAYS_CONFLICT",
)  # fmt: skip
Choices = tuple[list[str], dict[str, Any]]
"""What is taken under which readings: the readings that matter, and what their choices, joined, come to."""


class Pool:
    """Values kept once, called by their numbers."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, value: Any, key: object = None) -> int:
        """The number of *value*, which is the same as an earlier one where it (or its *key*) reads the same."""
        text = json.dumps(value if key is None else key, ensure_ascii=False)
        if text not in self._numbers:
            self._numbers[text] = len(self.values)
            self.values.append(value)
        return self._numbers[text]


def module(book: Rulebook) -> str:
    """The text of the module."""
    return _Exporter(book).text()


def types() -> str:
    """The TypeScript declarations of the module."""
    return files(__package__).joinpath("module.d.ts").read_text(encoding="utf-8")


class _Exporter:
    def __init__(self, book: Rulebook) -> None:
        self.book, self.definitions = book, book.definitions
        head = self.definitions.head
        self.root = self.definitions.entities[head.root]
        assert self.root.contains is not None
        self.each = self.definitions.entities[self.root.contains.entity]
        self.slots: dict[tuple[str, str], int] = {}
        for entity in (self.root, self.each):
            for fact in entity.facts.values():
                if fact.type.kind != "text":
                    self.slots[entity.name, fact.name] = len(self.slots) + 1
        self.run, self.trace, self.variants = Pool(), Pool(), Pool()
        self.conclusions, self.notices, self.taken = Pool(), Pool(), Pool()
        self.cites, self.values, self.citations = Pool(), Pool(), Pool()
        self.rules: dict[str, dict[str, Any]] = {}
        self.lists = {name: head.entries.get(name, "money") for name in head.lists}

    def text(self) -> str:
        head, contains = self.definitions.head, self.root.contains
        assert contains is not None
        plans = {" ".join(names): list(self.plans(names)) for names in self.combinations()}
        messages = {**HOUSEHOLD, **{code: REQUEST[code] for code in _REQUESTS}}
        constants: dict[str, Any] = {
            "SENTENCES": messages,
            "MEANT": _MEANT,
            "HOUSEHOLD": self.entity(self.root),
            "MEMBER": self.entity(self.each),
            "CONTAINED": contains.named,
            "LEAST": contains.least,
            "MOST": contains.most,
            "READINGS": {name: list(reading.choices) for name, reading in self.definitions.readings.items()},
            "OVERLAYS": {
                o.id: {"start": o.start, "end": o.end, "complete": o.complete}
                for o in self.definitions.overlays.values()
            },
            "MODELLED_FROM": head.modelled_from,
            "NOT_MODELLED": head.not_modelled._asdict(),
            "VERSION": head.version,
            "DIGEST": self.book.digest,
            "LAYOUT": list(self.layout()),
            "LISTS": self.lists,
            "FIGURES": {name: self.slots[self.root.name, name] for name in head.figures},
            "SIZE": len(self.slots) + 1,
            "CITES": self.cites.values,
            "VALUES": self.values.values,
            "RULES": self.rules,
            "CITATIONS": self.citations.values,
            "CONCLUSIONS": self.conclusions.values,
            "NOTICES": self.notices.values,
            "VARIANTS": self.variants.values,
            "TAKEN": self.taken.values,
            "PLANS": plans,
        }
        lines = [
            f"// {head.title.en} {head.version}. Written by hongqiao-rules export javascript; do not edit."
        ]
        lines += [f"const {name}={_json(value)};" for name, value in constants.items()]
        lines.append(f"const RUN=[{','.join(self.run.values)}];")
        lines.append(f"const TRACE=[{','.join(self.trace.values)}];")
        lines += [f"export const about={_json(self.about())};"]
        return "\n".join(lines) + "\n" + _runtime()

    # --- rules ----------------------------------------------------------------------------------------------

    def combinations(self) -> Iterator[tuple[str, ...]]:
        """Every set of overlays that go together."""
        names = list(self.definitions.overlays)
        for size in range(len(names) + 1):
            for chosen in combinations(names, size):
                try:
                    self.book.linked(chosen)
                except RequestError:
                    continue
                yield chosen

    def plans(self, overlays: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """The rules of each period under *overlays*."""
        linked = self.book.linked(overlays)
        matter = {name: self.turning_on(linked, name) for name in linked.conclusions}
        noticed = sorted({reading for names in matter.values() for reading in names})
        defaults = {name: reading.default for name, reading in self.definitions.readings.items()}
        asked = {tuple(names) for names in [*matter.values(), noticed if linked.notices else []]}
        wanted = dict.fromkeys(tuple(c.items()) for names in sorted(asked) for c in self.choices(names))
        for day in self.book.change_dates(overlays):
            try:
                self.book.check_day(day, overlays)
            except RequestError:
                continue
            kept: dict[str, dict[tuple[str, ...], int]] = {name: {} for name in linked.conclusions}
            told: dict[int, dict[tuple[str, ...], Any]] = {}
            for chosen in map(dict, wanted):
                one = self.book.dated(day, {**defaults, **chosen}, overlays)
                for conclusion in one.conclusions:
                    self.slots.setdefault((conclusion.entity, conclusion.name), len(self.slots) + 1)
                for conclusion in one.conclusions:
                    if list(chosen) != matter[conclusion.name]:
                        continue
                    kept[conclusion.name][tuple(chosen.values())] = self.variant(one, conclusion)
                for notice, when in one.notices if list(chosen) == noticed else ():
                    number = self.notices.add(
                        {"code": notice.code, "message": notice.message._asdict(), "rule": notice.rule}
                    )
                    writer = Writer(one, self.slots)
                    text = writer.notice(when)
                    told.setdefault(number, {})[tuple(chosen.values())] = [
                        self.run.add(text), writer.figures, number,
                    ]  # fmt: skip
            end = one.end
            yield {
                "start": day,
                "end": end,
                "conclusions": [
                    self.taken.add(_choices(matter[name], found)) for name, found in kept.items() if found
                ],
                "notices": [self.taken.add(_choices(noticed, found)) for found in told.values()],
            }

    def choices(self, names: Sequence[str]) -> Iterator[dict[str, str]]:
        """Every way to choose for *names*."""
        for chosen in product(*(self.definitions.readings[name].choices for name in names)):
            yield dict(zip(names, chosen, strict=True))

    def turning_on(self, linked: Linked, name: str) -> list[str]:
        """The readings on which a conclusion can turn: those its rules name, and those that decide what they read is."""
        found: set[str] = set()
        for rule in linked.conclusions[name].rules:
            for typed in linked.versions[rule.id]:
                nodes = [n for t in (typed.value, *(c for _, c in typed.conditions)) for n in walk(t)]
                found |= {snake(n.name) for n in nodes if isinstance(n, Reading)} | set(
                    map(snake, typed.version.under)
                )
                read = {n.name for n in nodes if isinstance(n, Read)} | {
                    other
                    for other, conclusion in linked.conclusions.items()
                    for n in nodes
                    if isinstance(n, Total) and conclusion.list == n.name
                }
                for other in linked.conclusions[name].rules + tuple(
                    r for o in sorted(read) if o in linked.conclusions for r in linked.conclusions[o].rules
                ):
                    found |= {snake(u) for v in linked.versions[other.id] for u in v.version.under}
        return [reading for reading in self.definitions.readings if snake(reading) in found]

    def conclusion(self, dated: Dated, conclusion: Any) -> int:
        return self.conclusions.add(
            {
                "slot": self.slots[conclusion.entity, conclusion.name],
                "each": conclusion.entity != dated.root,
                "list": conclusion.list,
                "figure": conclusion.name in self.definitions.head.figures,
            }
        )

    def variant(self, dated: Dated, conclusion: Any) -> int:
        writer, tracer = Writer(dated, self.slots), TraceWriter(dated, self.slots)
        run, trace = self.run.add(writer.run(conclusion)), self.trace.add(tracer.trace(conclusion))
        cited = [self.citation(dated, candidate) for candidate in conclusion.candidates]
        rules = [candidate.rule.id for candidate in conclusion.candidates]
        order = conclusion.candidates[0].rule.order
        about = self.conclusion(dated, conclusion)
        return self.variants.add([about, run, writer.figures, trace, tracer.figures, cited, rules, order])

    # --- citations ------------------------------------------------------------------------------------------

    def citation(self, dated: Dated, candidate: Candidate) -> int:
        rule = candidate.rule
        key = f"{rule.overlay}/{rule.id}"
        self.rules[key] = {
            "rule": rule.id,
            "title": rule.title._asdict(),
            "basis": rule.basis,
            "confidence": rule.confidence,
            "cites": [self.cite(citation) for citation in rule.citations],
        }
        nodes = [candidate.typed.value, *(node for _, node in candidate.typed.conditions)]
        names = dict.fromkeys(n.name for node in nodes for n in walk(node) if isinstance(n, Parameter))
        used = [self.value(dated, name) for name in names if name in dated.parameters]
        return self.citations.add([key, used])

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
                "cites": [self.cite(citation) for citation in value.citations],
            }
        )

    def cite(self, citation: Citation) -> int:
        source = self.definitions.sources[citation.source]
        return self.cites.add(
            {
                "source": source.id,
                "title": source.title.zh,
                "place": citation.place,
                "words": citation.words,
                "copy_quality": source.copy_quality,
            }
        )

    # --- declarations ---------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> dict[str, Any]:
        return {name: self.fact(entity, fact) for name, fact in entity.facts.items()}

    def fact(self, entity: Entity, fact: FactDefinition) -> dict[str, Any]:
        made = self.field(fact)
        taken = not fact.required and (fact.default is not None or fact.assumed_as is not None)
        made |= {"slot": self.slots.get((entity.name, fact.name)), "required": fact.required, "taken": taken}
        if fact.default is not None:
            made["default"] = (
                list(fact.default) if isinstance(fact.default, tuple | frozenset) else fact.default
            )
        if fact.fields:
            made["fields"] = {name: {**self.field(f), "required": True} for name, f in fact.fields.items()}
        return made

    def field(self, fact: Any) -> dict[str, Any]:
        made: dict[str, Any] = {"kind": fact.type.kind, "least": fact.least, "most": fact.most}
        if fact.type.kind in ("code", "codes"):
            made["codes"] = list(self.definitions.codes[fact.type.of].values)
        return made

    def layout(self) -> Iterator[tuple[str, str]]:
        """The fields of an assessment in their order, each with how it is written."""
        money = {c.name for dated in [self.first()] for c in dated.conclusions if c.type.kind == "money"}
        for name in Assessment.__dataclass_fields__:
            if name in self.definitions.head.figures:
                yield name, "money" if name in money else "figure"
            elif name in self.lists:
                yield name, "list"
            elif name not in ("household", "on", "basis"):
                yield name, "told"

    def first(self) -> Dated:
        """The rulebook as it stands at first."""
        defaults = {name: reading.default for name, reading in self.definitions.readings.items()}
        return self.book.dated(self.definitions.head.modelled_from, defaults, ())

    def about(self) -> dict[str, Any]:
        """What a page needs to make a form: titles in both languages, codes, readings, overlays, dates of change."""

        def facts(entity: Entity) -> dict[str, Any]:
            return {
                fact.name: {
                    "title": fact.title._asdict(),
                    "codes": fact.type.of if fact.type.kind in ("code", "codes") else None,
                    "fields": {
                        f.name: {
                            "title": f.title._asdict(),
                            "codes": f.type.of if f.type.kind == "code" else None,
                        }
                        for f in fact.fields.values()
                    },
                }
                for fact in entity.facts.values()
            }

        d = self.definitions
        used = {
            f.type.of
            for e in (self.root, self.each)
            for f in e.facts.values()
            if f.type.kind in ("code", "codes")
        }
        used |= {
            i.type.of
            for e in (self.root, self.each)
            for f in e.facts.values()
            for i in f.fields.values()
            if i.type.kind == "code"
        }
        return {
            "title": d.head.title._asdict(),
            "modelled_from": iso(d.head.modelled_from),
            "checked_to": iso(d.head.checked_to),
            "changes": [iso(day) for day in self.book.change_dates()],
            "household": facts(self.root),
            "member": facts(self.each),
            "codes": {
                name: {code: title._asdict() for code, title in codes.values.items()}
                for name, codes in d.codes.items()
                if name in used or name == "programme"
            },
            "readings": {
                name: {
                    "title": reading.title._asdict(),
                    "choices": {choice: c.title._asdict() for choice, c in reading.choices.items()},
                }
                for name, reading in d.readings.items()
            },
            "overlays": {
                o.id: {"title": o.title._asdict(), "start": iso(o.start)} for o in d.overlays.values()
            },
            "rules": {rule.id: rule.title._asdict() for rule in d.rules.values()},
        }


def _choices(names: list[str], found: Mapping[tuple[str, ...], Any]) -> Choices:
    """*found*, by what is chosen for each of *names*, told by those alone on which it turns."""
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
    return [names[n] for n in kept], {" ".join(c[n] for n in kept): value for c, value in found.items()}


def _runtime() -> str:
    """What does not depend on the rules, without its indentation and comment lines."""
    text = files(__package__).joinpath("runtime.js").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
