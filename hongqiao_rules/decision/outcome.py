"""The compiled rules of a period, and the run of one household under them: fields, trace, citations, JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from hongqiao_rules.decision.json_writer import writer
from hongqiao_rules.decision.lines import Entry, Line, Notice
from hongqiao_rules.engines.direct.direct_engine import DATE, DirectEngine, Run, decode
from hongqiao_rules.engines.direct.trace import TraceWriter
from hongqiao_rules.household.declared_models import model_of
from hongqiao_rules.household.facts_reader import Checked, reader_of
from hongqiao_rules.household.fields import yuan
from hongqiao_rules.household.json_text import parse
from hongqiao_rules.household.reader import validated
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Citation, calendar, iso, ordinal
from hongqiao_rules.rulebook.figures_behind import figures_behind
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.shown_fields import Field, Fields
from hongqiao_rules.rulebook.value_text import parameter_value, quote

if TYPE_CHECKING:
    from hongqiao_rules.engines.inference.inference_engine import Inference


def _notice(notice: Notice, lang: str) -> str:
    rule = "null" if notice.rule is None else quote(notice.rule)
    return f'{{"code":"{notice.code}","message":{quote(notice.say(lang))},"rule":{rule}}}'


class Compiled:
    """A dated rulebook with its engine and the data that all its assessments share.

    ``shown`` has the figures and lists of its assessments.
    """

    def __init__(self, rulebook: Rulebook, dated: Dated, overlays: tuple[str, ...], shown: Fields) -> None:
        self.dated, self.rulebook, self.shown = dated, rulebook, shown
        self.overlays = overlays
        self.definitions = dated.linked.definitions
        self.engine = DirectEngine(dated)
        self.complete = all(self.definitions.overlays[name].complete for name in overlays)
        self.readings: Mapping[str, str] = dict(dated.readings)
        self.choices_json = (
            f'"complete":{"true" if self.complete else "false"},'
            f'"readings":{json.dumps(self.readings, separators=(",", ":"))},"overlays":{json.dumps(overlays)}'
        )
        self.version_json = f'"policy_version":{quote(self.definitions.head.version)}'
        seed = [rulebook.digest, sorted(self.readings.items()), overlays]
        self.seed = json.dumps(seed, ensure_ascii=False, separators=(",", ":")).encode()
        root, slots = dated.root, self.engine.slots
        self.figures = {name: slots[root, name] for name in self.definitions.head.figures}
        self.listed = [field.name for field in shown.lists]
        self.lists = {
            name: sorted(
                (
                    c.candidates[0].rule.order,
                    c.candidates[0].rule.id,
                    slots[c.entity, c.name],
                    c.entity == root,
                )
                for c in dated.conclusions
                if c.list == name
            )
            for name in self.definitions.head.lists
        }
        self.write = writer(shown, self.figures, self.lists)
        self._notices = [Notice.of(notice) for notice, _ in dated.notices]
        self._notices_json: dict[str, list[str]] = {}
        self._citations: dict[tuple[object, ...], str] = {}
        self._contested = [
            (number, conclusion)
            for number, conclusion in enumerate(dated.conclusions)
            if conclusion.name in self.figures and len(conclusion.candidates) > 1
        ]

    def __deepcopy__(self, _memo: object) -> Compiled:
        """The object itself, which is immutable and shared by all assessments of the period."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle support: recreate from the rulebook, a day of the period and the choices."""
        return _compiled_on, (self.rulebook, self.dated.start, self.readings, self.overlays, self.shown)

    @cached_property
    def tracer(self) -> TraceWriter:
        """The writer of traces for this engine."""
        return TraceWriter(self.engine)

    @cached_property
    def inference(self) -> Inference:
        """The durable-rules engine that keeps the conclusions of living cases."""
        from hongqiao_rules.engines.inference.inference_engine import Inference

        return Inference(self.engine)

    def lines(self, run: Run, name: str) -> list[tuple[str, int | None, int]]:
        """The non-zero or true entries of a list: rule id, position of the member or ``None``, value (fen, a count, or true)."""
        found: list[tuple[str, int | None, int]] = []
        state = run.state
        for _, rule, slot, of_root in self.lists.get(name, ()):
            value = state[slot]
            if of_root:
                if value:
                    found.append((rule, None, value))
            elif any(value):
                found += [(rule, number, amount) for number, amount in enumerate(value) if amount]
        return found

    def notices(self, run: Run) -> tuple[Notice, ...]:
        """The notices of a run."""
        return tuple([notice for notice, held in zip(self._notices, run.noticed, strict=True) if held])

    def notices_json(self, run: Run, lang: str) -> str:
        """The notices of a run as the items of a JSON list."""
        texts = self._notices_json.get(lang)
        if texts is None:
            texts = self._notices_json[lang] = [_notice(notice, lang) for notice in self._notices]
        return ",".join([text for text, held in zip(texts, run.noticed, strict=True) if held])

    def settled(self, run: Run) -> list[str]:
        """The ids of the rules that gave the figures, for figures that more than one rule can give."""
        return [
            decode(conclusion, run.failed[number])[-1][0].rule.id for number, conclusion in self._contested
        ]

    def citations(self, run: Run, rules: tuple[str, ...]) -> str:
        """The text of a JSON list with the citations of *rules* and of the rules that gave the figures of *run*."""
        key = (rules, *[run.failed[number] for number, _ in self._contested])
        if key not in self._citations:
            wanted = {*rules, *self.settled(run)}
            entries = [
                self._entry(candidate.rule.id, candidate)
                for conclusion in self.dated.conclusions
                for candidate in conclusion.candidates
                if candidate.rule.id in wanted
                or (conclusion.name in self.figures and len(conclusion.candidates) == 1)
            ]
            self._citations[key] = "[%s]" % ",".join(entries)
        return self._citations[key]

    def _entry(self, rule_id: str, candidate: Any) -> str:
        rule = candidate.rule
        entry = {
            "rule": rule_id,
            "title": {"zh": rule.title.zh, "en": rule.title.en},
            "basis": rule.basis,
            "confidence": rule.confidence,
            "cites": self._cites(rule.citations),
            "parameters": [self._parameter(name) for name in figures_behind(self.dated, candidate)],
        }
        return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))

    def _parameter(self, name: str) -> dict[str, Any]:
        parameter, value = self.dated.linked.parameters[name], self.dated.parameters[name]
        return {
            "parameter": parameter.id,
            "value": json.loads(parameter_value(parameter, value.value)),
            "from": iso(value.start),
            "basis": value.basis,
            "start_basis": value.start_basis or value.basis,
            "confidence": value.confidence,
            "cites": self._cites(value.citations),
        }

    def _cites(self, citations: tuple[Citation, ...]) -> list[dict[str, Any]]:
        return [self._cite(citation) for citation in citations if citation.on(self.dated.start)]

    def _cite(self, citation: Citation) -> dict[str, Any]:
        source = self.definitions.sources[citation.source]
        return {
            "source": source.id,
            "title": source.title.zh,
            "place": citation.place,
            "words": citation.words,
            "copy_quality": source.copy_quality,
        }


def _compiled_on(
    rulebook: Rulebook, day: int, readings: Mapping[str, str], overlays: tuple[str, ...], shown: Fields
) -> Compiled:
    return rulebook.once(Compiled, rulebook.dated(day, readings, overlays), overlays, shown)


@dataclass(frozen=True, slots=True)
class Basis:
    """The run of one household, from which the fields, trace, citations and JSON of its assessment are made."""

    compiled: Compiled
    run: Run
    checked: Checked
    on: date

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle support: recreate from the facts by another run of the direct engine."""
        return _basis_of, (self.compiled, self.checked.text, self.on)

    @property
    def household(self) -> Any:
        """The household as an object."""
        return self.checked.stated or validated(model_of(self.compiled.rulebook), parse(self.checked.text))

    def figure(self, name: str) -> Any:
        """The value of a figure (fen, a count, a code, yyyymmdd, a truth); ``None`` if the rulebook has no such figure."""
        slot = self.compiled.figures.get(name)
        return None if slot is None else self.run.state[slot]

    @property
    def outcome(self) -> str:
        """The code of the declared outcome."""
        return str(self.figure(self.compiled.shown.result.outcome))

    @property
    def total(self) -> Decimal:
        """Yuan a month: the declared total of the list that is paid."""
        return yuan(self.figure(self.compiled.shown.result.total))

    def receipt(self) -> str:
        """The digest of the rulebook, the readings, the overlays, the date and the facts."""
        text = b"%b\n%d\n%b" % (self.compiled.seed, self.run.state[DATE], self.checked.text)
        return "sha256:" + sha256(text).hexdigest()

    def fields(self) -> dict[str, Any]:
        """The fields of the assessment."""
        c = self.compiled
        return {
            c.shown.root: self.checked.id,
            "on": self.on,
            **{field.name: self._figure(field) for field in c.shown.figures},
            **{field.name: self.entries(field) for field in c.shown.lists},
            "complete": c.complete,
            "readings": dict(c.readings),  # a copy: the compiled rules are shared
            "overlays": c.overlays,
            "notices": c.notices(self.run),
            "assumed": self.checked.assumed,
            "policy_version": c.definitions.head.version,
            "receipt": self.receipt(),
        }

    def _figure(self, field: Field) -> Decimal | date | Any:
        """A figure as a caller gets it: ``Decimal`` yuan, a ``date``, or the value itself."""
        value, kind = self.figure(field.name), field.type.kind
        return yuan(value) if kind == "money" else calendar(value) if kind == "date" else value

    def entries(self, field: Field) -> tuple[Line | Entry, ...]:
        """The entries of a list, in rulebook order, with the ids of their members."""
        kind, ids = field.type.kind, self.checked.members
        found = self.compiled.lines(self.run, field.name)
        named = [(rule, None if number is None else ids[number], value) for rule, number, value in found]
        if kind == "truth":
            return tuple(Entry(rule, member) for rule, member, _ in named)
        return tuple(
            Line(rule, of, yuan(value) if kind == "money" else Decimal(value)) for rule, of, value in named
        )

    def trace_json(self) -> str:
        """The trace as the text of a JSON list."""
        return self.compiled.tracer.write(self.run, [*map(quote, self.checked.members)])

    def citations_json(self) -> str:
        """The citations as the text of a JSON list."""
        c = self.compiled
        lists = [c.lines(self.run, name) for name in c.listed]
        return c.citations(self.run, tuple([rule for lines in lists for rule, _, _ in lines]))

    def json(self, lang: str, *, trace: bool) -> str:
        """The assessment as JSON text."""
        c, run = self.compiled, self.run
        ids = [*map(quote, self.checked.members)]
        ordered, others, rules = c.write(run.state, ids)
        text = (
            f'{{"{c.shown.root}":{quote(self.checked.id)},"on":"{self.on!s}"{ordered},{c.choices_json},'
            f'"notices":[{c.notices_json(run, lang)}],"assumed":[{_texts(self.checked.assumed)}],{c.version_json},'
            f'"receipt":"{self.receipt()}"{others}'
        )
        if not trace:
            return text + "}"
        entries = c.tracer.items(run, ids)
        entries[0] = f'{text},"citations":{c.citations(run, rules)},"trace":[{entries[0]}'
        entries[-1] += "]}"
        return ",".join(entries)  # one join, because the text is long


def _basis_of(compiled: Compiled, text: bytes, on: date) -> Basis:
    day = ordinal(on)
    rulebook = compiled.rulebook
    checked = reader_of(rulebook, model_of(rulebook)).checked(parse(text), day)
    return Basis(compiled, compiled.engine.run(checked.facts, day), checked, on)


def _texts(texts: tuple[str, ...]) -> str:
    return '"%s"' % '","'.join(texts) if texts else ""
