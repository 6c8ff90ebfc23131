"""Assess one household under every combination of readings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer import noticed
from hongqiao_rules.analysis.answer_words import Speaker, text
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.rulebook.dependencies import Dependencies

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition

Choices = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadingOutcome:
    """One result, and the readings that give it.

    Attributes:
        choices: the combinations of choices, for only the readings that can change the result.
        assessment: the assessment under the first combination; all other readings as in the edition.

    """

    choices: tuple[Choices, ...]
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Readings:
    """The results of a household under every combination of readings.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        agree: whether every combination gives the same programme and the same benefits.
        turns_on: the readings that can change the programme or a benefit, under some choice of the others.
        outcomes: each result once, first that of the edition's own readings.

    """

    household: str
    on: date
    agree: bool
    turns_on: tuple[str, ...]
    outcomes: tuple[ReadingOutcome, ...]

    def to_json(self, *, lang: str = "zh", trace: bool = False) -> str:
        """The result as JSON text; each outcome has its choices and its assessment."""
        outcomes = ",".join(
            f'{{"choices":{_json([dict(c) for c in outcome.choices])},'
            f'"assessment":{outcome.assessment.to_json(lang=lang, trace=trace)}}}'
            for outcome in self.outcomes
        )
        return (
            f'{{"household":{_json(self.household)},"on":"{self.on}","agree":{_json(self.agree)},'
            f'"turns_on":{_json(self.turns_on)},"outcomes":[{outcomes}]}}'
        )

    def statement(self, lang: str = "zh") -> str:
        """The result in words in the language *lang*."""
        linked = self.outcomes[0].assessment.basis.compiled.dated.linked
        notices = noticed(*(outcome.assessment for outcome in self.outcomes))
        return text(self._lines(Speaker(lang, linked)), notices, lang)

    def _lines(self, say: Speaker) -> Iterator[str]:
        questions = say.definitions.readings
        yield from say.about("readings", self.household, self.on)
        first = self.outcomes[0].assessment
        if self.agree:
            yield say("readings.agree", programme=say.programme(first.basis.outcome), total=first.basis.total)
            return
        yield say("readings.differ", readings=[questions[name].title for name in self.turns_on])
        for outcome in self.outcomes:
            yield ""
            basis = outcome.assessment.basis
            yield "  " + say("readings.outcome", programme=say.programme(basis.outcome), total=basis.total)
            for choices in outcome.choices:
                parts = [
                    say("pair", name=questions[n].title, text=questions[n].choices[c].title)
                    for n, c in choices.items()
                ]
                yield "    " + say.words.join(parts, "list.semicolon")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def every_reading(edition: Edition, value: Any, on: date) -> Readings:
    """The assessments of *value* under every combination of readings; errors as for ``assess``."""
    own = edition.assess_plain(value, on)
    readings = edition.rulebook.definitions.readings
    result = edition.fields.result
    heard = touching_amounts(edition)
    known = {name: reading for name, reading in readings.items() if name in heard}
    found: dict[tuple[str, ...], Assessment] = {}

    def given(assessment: Assessment) -> Any:
        return assessment.basis.outcome, assessment.lists[result.pays]

    # For each reading, the edition's own choice comes first.
    choices = [
        [own.readings[name], *(c for c in reading.choices if c != own.readings[name])]
        for name, reading in known.items()
    ]
    for combination in product(*choices):
        other = edition.with_choices(
            readings={**own.readings, **dict(zip(known, combination, strict=True))},
            overlays=edition.overlays,
        )
        found[combination] = other.assess_plain(value, on)
    turning = [
        name
        for number, name in enumerate(known)
        if any(
            given(said) != given(found[(*combination[:number], choice, *combination[number + 1 :])])
            for combination, said in found.items()
            for choice in known[name].choices
        )
    ]
    outcomes: dict[Any, list[tuple[Choices, Assessment]]] = {}
    for combination, said in found.items():
        taken = dict(zip(known, combination, strict=True))
        if all(taken[name] == own.readings[name] for name in known if name not in turning):
            outcomes.setdefault(given(said), []).append(({name: taken[name] for name in turning}, said))
    return Readings(
        own.basis.checked.id, on, len(outcomes) == 1, tuple(turning),
        tuple(ReadingOutcome(tuple(c for c, _ in same), same[0][1]) for same in outcomes.values()),
    )  # fmt: skip


def touching_amounts(edition: Edition) -> set[str]:
    """The readings on which the programme or a benefit can depend."""
    linked, result = edition.linked, edition.fields.result
    paid = (name for name, conclusion in linked.conclusions.items() if conclusion.list == result.pays)
    return Dependencies(linked).heard_by([result.outcome, *paid])
