"""What an assessment rests on, and how it is written out: made once with a rulebook, filled in for each household."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from hongqiao_rules.assessment import Notice
from hongqiao_rules.engines.direct import DirectEngine, Run, decode
from hongqiao_rules.engines.trace import TraceWriter, parameter_value, quote
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Citation, iso
from hongqiao_rules.rulebook.nodes import Parameter, walk

if TYPE_CHECKING:
    from hongqiao_rules.assessment import Assessment, Entry, Line
    from hongqiao_rules.engines.inference import Inference
    from hongqiao_rules.household import Household


class Compiled:
    """A dated rulebook with its engine and everything about it that is the same for every household."""

    def __init__(self, dated: Dated, overlays: tuple[str, ...], digest: str) -> None:
        self.dated = dated
        self.overlays = overlays
        self.definitions = dated.linked.definitions
        self.engine = DirectEngine(dated)
        self.complete = all(self.definitions.overlays[name].complete for name in overlays)
        self.readings: Mapping[str, str] = dict(dated.readings)
        self.readings_json = json.dumps(self.readings, separators=(",", ":"))
        self.overlays_json = json.dumps(overlays)
        seed = [digest, sorted(self.readings.items()), overlays]
        self.seed = json.dumps(seed, ensure_ascii=False, separators=(",", ":")).encode()
        root, slots = dated.root, self.engine.slots
        self.figures = {name: slots[root, name] for name in self.definitions.head.figures}
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
        self._notices = [
            Notice(notice.code, notice.message.zh, notice.rule, notice.message.en)
            for notice, _ in dated.notices
        ]
        self._citations: dict[tuple[object, ...], str] = {}
        self._contested = [
            (number, conclusion)
            for number, conclusion in enumerate(dated.conclusions)
            if conclusion.name in self.figures and len(conclusion.candidates) > 1
        ]

    @cached_property
    def tracer(self) -> TraceWriter:
        """Writes the traces of this engine's runs."""
        return TraceWriter(self.engine)

    @cached_property
    def inference(self) -> Inference:
        """Keeps the conclusions of living cases, by durable-rules."""
        from hongqiao_rules.engines.inference import Inference

        return Inference(self.engine)

    def lines(self, run: Run, name: str) -> list[tuple[str, int | None, int]]:
        """The entries of a list that hold, or are more than zero: rule, position of the member or ``None``, value."""
        found: list[tuple[str, int | None, int]] = []
        state = run.state
        for _, rule, slot, of_root in self.lists.get(name, ()):
            value = state[slot]
            if of_root:
                if value > 0:
                    found.append((rule, None, value))
            elif any(value):
                found += [(rule, number, amount) for number, amount in enumerate(value) if amount > 0]
        return found

    def notices(self, run: Run) -> tuple[Notice, ...]:
        """The notices that go with a run."""
        return tuple([notice for notice, held in zip(self._notices, run.noticed, strict=True) if held])

    def settled(self, run: Run) -> list[str]:
        """The rules that settled those figures which several rules could have settled."""
        return [
            decode(conclusion, run.failed[number])[-1][0].rule.id for number, conclusion in self._contested
        ]

    def citations(self, run: Run, rules: tuple[str, ...]) -> str:
        """The citations of *rules*, and of those behind the figures of *run*, as the text of a JSON list."""
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
        nodes = [candidate.typed.value, *(node for _, node in candidate.typed.conditions)]
        names = dict.fromkeys(n.name for node in nodes for n in walk(node) if isinstance(n, Parameter))
        entry = {
            "rule": rule_id,
            "title": {"zh": rule.title.zh, "en": rule.title.en},
            "basis": rule.basis,
            "confidence": rule.confidence,
            "cites": [self._cite(citation) for citation in rule.citations],
            "parameters": [self._parameter(name) for name in names if name in self.dated.parameters],
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
            "cites": [self._cite(citation) for citation in value.citations],
        }

    def _cite(self, citation: Citation) -> dict[str, Any]:
        source = self.definitions.sources[citation.source]
        return {
            "source": source.id,
            "title": source.title.zh,
            "place": citation.place,
            "words": citation.words,
            "copy_quality": source.copy_quality,
        }


@lru_cache(maxsize=512)
def compiled(dated: Dated, overlays: tuple[str, ...], digest: str) -> Compiled:
    """The compiled form of a dated rulebook, made once and shared by all calculators."""
    return Compiled(dated, overlays, digest)


@dataclass(frozen=True, slots=True)
class Basis:
    """One household's run: from it the trace, the citations and the JSON of its assessment are written."""

    compiled: Compiled
    run: Run
    household: Household

    def figure(self, name: str) -> Any:
        """A figure of the rulebook by its name; ``None`` where the rulebook has none of that name."""
        slot = self.compiled.figures.get(name)
        return None if slot is None else self.run.state[slot]

    def trace_json(self) -> str:
        """The trace as the text of a JSON list."""
        return self.compiled.tracer.write(self.run, [quote(member.id) for member in self.household.members])

    def citations_json(self, assessment: Assessment) -> str:
        """The citations as the text of a JSON list."""
        a = assessment
        lines = [line.rule for line in (*a.deductions, *a.benefits)]
        entries = [entry.rule for entry in (*a.registers, *a.services, *a.referrals)]
        return self.compiled.citations(self.run, (*lines, *entries))

    def json(self, a: Assessment, lang: str, *, trace: bool) -> str:
        """The assessment as JSON text."""
        c = self.compiled
        notices = ",".join([_notice(n.code, n.say(lang), n.rule) for n in a.notices])
        assumed = '"%s"' % '","'.join(a.assumed) if a.assumed else ""
        text = (
            f'{{"household":{quote(a.household)},"on":"{a.on!s}","programme":"{a.programme}",'
            f'"counted_members":{a.counted_members},"standard":"{a.standard!s}","income":"{a.income!s}",'
            f'"deductions":[{_lines(a.deductions)}],"countable_income":"{a.countable_income!s}",'
            f'"per_capita_income":"{a.per_capita_income!s}","benefits":[{_lines(a.benefits)}],'
            f'"monthly_total":"{a.monthly_total!s}","complete":{"true" if a.complete else "false"},'
            f'"readings":{c.readings_json},"overlays":{c.overlays_json},"notices":[{notices}],'
            f'"assumed":[{assumed}],"policy_version":"{a.policy_version}",'
            f'"receipt":"{a.receipt}","registers":[{_entries(a.registers)}],'
            f'"services":[{_entries(a.services)}],"referrals":[{_entries(a.referrals)}]'
        )
        if not trace:
            return text + "}"
        return f'{text},"citations":{self.citations_json(a)},"trace":{self.trace_json()}}}'


@lru_cache(maxsize=1024)
def _notice(code: str, message: str, rule: str | None) -> str:
    return f'{{"code":"{code}","message":{quote(message)},"rule":{quote(rule) if rule else "null"}}}'


def _lines(lines: tuple[Line, ...]) -> str:
    return ",".join(
        [
            f'{{"rule":"{line.rule}","member":{"null" if line.member is None else quote(line.member)},'
            f'"amount":"{line.amount!s}"}}'
            for line in lines
        ]
    )


def _entries(entries: tuple[Entry, ...]) -> str:
    return ",".join(
        [
            f'{{"rule":"{entry.rule}","member":{"null" if entry.member is None else quote(entry.member)}}}'
            for entry in entries
        ]
    )
