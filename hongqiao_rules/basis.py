"""What an assessment rests on, and how it is written out: made once with a rulebook, filled in for each household."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from hongqiao_rules.assessment import Entry, Line, Notice
from hongqiao_rules.border.facts import Checked
from hongqiao_rules.border.fields import yuan
from hongqiao_rules.engines.direct import DATE, DirectEngine, Run, decode
from hongqiao_rules.engines.trace import MONEY, TraceWriter, parameter_value, quote
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Citation, iso
from hongqiao_rules.rulebook.nodes import MONEY as MONEY_TYPE
from hongqiao_rules.rulebook.resting import figures_behind

if TYPE_CHECKING:
    from hongqiao_rules.engines.inference import Inference
    from hongqiao_rules.household import Household
    from hongqiao_rules.rulebook.load import Rulebook


FIGURES = (
    "programme", "counted_members", "standard", "income", "countable_income", "per_capita_income", "monthly_total",
)  # fmt: skip
"""The figures of an assessment."""
AMOUNTS = ("deductions", "benefits")
"""Its lists of amounts."""
ENTRIES = ("registers", "services", "referrals")
"""Its lists of entries without an amount; a rulebook may do without them."""


def _notice(notice: Notice, lang: str) -> str:
    rule = "null" if notice.rule is None else quote(notice.rule)
    return f'{{"code":"{notice.code}","message":{quote(notice.say(lang))},"rule":{rule}}}'


class Compiled:
    """A dated rulebook with its engine and everything about it that is the same for every household."""

    def __init__(self, dated: Dated, overlays: tuple[str, ...], rulebook: Rulebook) -> None:
        self.dated, self.rulebook = dated, rulebook
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
        self.head = itemgetter(*[self.figures[name] for name in FIGURES])
        self.amounts = {c.name for c in dated.conclusions if c.type == MONEY_TYPE}
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
        self._notices_json = {
            lang: [_notice(notice, lang) for notice in self._notices] for lang in ("zh", "en")
        }
        self._citations: dict[tuple[object, ...], str] = {}
        self._contested = [
            (number, conclusion)
            for number, conclusion in enumerate(dated.conclusions)
            if conclusion.name in self.figures and len(conclusion.candidates) > 1
        ]

    def __deepcopy__(self, _memo: object) -> Compiled:
        """Itself: nothing in it changes, and all assessments of a period share it."""
        return self

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
        """The entries of a list that hold or are not zero: rule, position of the member or ``None``, value."""
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
        """The notices that go with a run."""
        return tuple([notice for notice, held in zip(self._notices, run.noticed, strict=True) if held])

    def notices_json(self, run: Run, lang: str) -> str:
        """The same as the items of a JSON list."""
        return ",".join(
            [text for text, held in zip(self._notices_json[lang], run.noticed, strict=True) if held]
        )

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


@lru_cache(maxsize=512)
def compiled(dated: Dated, overlays: tuple[str, ...], rulebook: Rulebook) -> Compiled:
    """The compiled form of a dated rulebook, made once and shared by all calculators."""
    return Compiled(dated, overlays, rulebook)


@dataclass(frozen=True, slots=True)
class Basis:
    """One household's run: from it the fields of its assessment, its trace, citations and JSON are made."""

    compiled: Compiled
    run: Run
    checked: Checked
    on: date

    @property
    def household(self) -> Household:
        """The household as an object."""
        return self.checked.household

    def figure(self, name: str) -> Any:
        """A figure of the rulebook by its name; ``None`` where the rulebook has none of that name."""
        slot = self.compiled.figures.get(name)
        return None if slot is None else self.run.state[slot]

    def receipt(self) -> str:
        """The digest of the rulebook, the readings, the overlays, the date and the facts."""
        text = b"%b\n%d\n%b" % (self.compiled.seed, self.run.state[DATE], self.checked.text)
        return "sha256:" + sha256(text).hexdigest()

    def fields(self) -> dict[str, Any]:
        """The fields of the assessment."""
        c, ids = self.compiled, self.checked.members

        def member(number: int | None) -> str | None:
            return None if number is None else ids[number]

        figures = {
            name: yuan(value) if name in c.amounts else value
            for name, value in zip(FIGURES, c.head(self.run.state), strict=True)
        }
        lines = {name: c.lines(self.run, name) for name in (*AMOUNTS, *ENTRIES)}
        return {
            "household": self.checked.id,
            "on": self.on,
            **figures,
            **{
                name: tuple(Line(rule, member(number), yuan(fen)) for rule, number, fen in lines[name])
                for name in AMOUNTS
            },
            **{
                name: tuple(Entry(rule, member(number)) for rule, number, _ in lines[name])
                for name in ENTRIES
            },
            "complete": c.complete,
            "readings": dict(c.readings),  # an assessment's own: the compiled rules are shared by all
            "overlays": c.overlays,
            "notices": c.notices(self.run),
            "assumed": self.checked.assumed,
            "policy_version": c.definitions.head.version,
            "receipt": self.receipt(),
        }

    def trace_json(self) -> str:
        """The trace as the text of a JSON list."""
        return self.compiled.tracer.write(self.run, [*map(quote, self.checked.members)])

    def citations_json(self) -> str:
        """The citations as the text of a JSON list."""
        c = self.compiled
        return c.citations(
            self.run, tuple([rule for name in (*AMOUNTS, *ENTRIES) for rule, _, _ in c.lines(self.run, name)])
        )

    def json(self, lang: str, *, trace: bool) -> str:
        """The assessment as JSON text."""
        c, run = self.compiled, self.run
        programme, counted, standard, income, countable, per_capita, total = c.head(run.state)
        ids = [*map(quote, self.checked.members)]
        lists = [c.lines(run, name) for name in (*AMOUNTS, *ENTRIES)]
        deductions, benefits = [_lines(lines, ids) for lines in lists[: len(AMOUNTS)]]
        registers, services, referrals = [_entries(lines, ids) for lines in lists[len(AMOUNTS) :]]
        text = (
            f'{{"household":{quote(self.checked.id)},"on":"{self.on!s}","programme":"{programme}",'
            f'"counted_members":{counted},"standard":"{MONEY(standard)}","income":"{MONEY(income)}",'
            f'"deductions":[{deductions}],"countable_income":"{MONEY(countable)}",'
            f'"per_capita_income":"{MONEY(per_capita)}","benefits":[{benefits}],'
            f'"monthly_total":"{MONEY(total)}",{c.choices_json},'
            f'"notices":[{c.notices_json(run, lang)}],"assumed":[{_texts(self.checked.assumed)}],{c.version_json},'
            f'"receipt":"{self.receipt()}","registers":[{registers}],'
            f'"services":[{services}],"referrals":[{referrals}]'
        )
        if not trace:
            return text + "}"
        rules = tuple([rule for lines in lists for rule, _, _ in lines])
        entries = c.tracer.items(run, ids)
        entries[0] = f'{text},"citations":{c.citations(run, rules)},"trace":[{entries[0]}'
        entries[-1] += "]}"
        return ",".join(entries)  # all at once, since the text is long


def _texts(texts: tuple[str, ...]) -> str:
    return '"%s"' % '","'.join(texts) if texts else ""


def _lines(lines: list[tuple[str, int | None, int]], ids: list[str]) -> str:
    return ",".join(
        [
            f'{{"rule":"{rule}","member":{"null" if number is None else ids[number]},"amount":"{MONEY(fen)}"}}'
            for rule, number, fen in lines
        ]
    )


def _entries(entries: list[tuple[str, int | None, int]], ids: list[str]) -> str:
    return ",".join(
        [
            f'{{"rule":"{rule}","member":{"null" if number is None else ids[number]}}}'
            for rule, number, _ in entries
        ]
    )
