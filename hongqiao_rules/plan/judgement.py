"""Results for a district: an answer for every standard and community."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from hongqiao_rules.decision.lines import Notice
from hongqiao_rules.errors import catalogue
from hongqiao_rules.plan.bundled_standards import bundled_standards
from hongqiao_rules.rulebook.definitions import Citation, Rule

State = Literal["met", "short", "not_known", "not_applicable"]
_MANY = 10
"""The most communities that are named; the others are counted."""
STATES: tuple[State, ...] = ("met", "short", "not_known", "not_applicable")


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a standard: the id of its parameter, and its value as policies write it."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one standard is met.

    Attributes:
        rule: the id of the rule that states the standard.
        community: the id of the community; ``None`` for a standard of the whole district.
        state: ``"met"``, ``"short"``, ``"not_known"``, or ``"not_applicable"`` if its condition is false.
        short_by: the shortfall, if the state is ``"short"``.
        unit: the unit of the shortfall, a code of the list ``unit``; None for a plain count.
        missing: JSON pointers to the absent facts, if the state is ``"not_known"``.
    """

    rule: str
    community: str | None
    state: State
    short_by: int | None
    unit: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """The results of all standards for one district on one day.

    Attributes:
        district: the id of the district.
        on: the day.
        answers: the answers, in the order of the rulebook, then of the communities.
        figures: the figures of the rulebook; None for one that depends on an absent fact.
        targets: the targets of each rule.
        due: the day on which each rule must be met.
        notices: inconsistencies in the input, and further notes.
        policy_version: the version of the rulebook.
        receipt: a digest of the rulebook, the day and the facts.
        rules: the rules of the answers, by id.
        communities: the ids of the communities, as stated.
    """

    district: str
    on: date
    answers: tuple[Answer, ...]
    figures: Mapping[str, int | None]
    targets: Mapping[str, tuple[Target, ...]]
    due: Mapping[str, date | None]
    notices: tuple[Notice, ...]
    policy_version: str
    receipt: str
    rules: Mapping[str, Rule]
    communities: tuple[str, ...]

    def states(self, rule: str) -> Mapping[State, int]:
        """Count the answers of a rule by state."""
        counted = Counter(answer.state for answer in self.answers if answer.rule == rule)
        return {state: counted[state] for state in STATES if counted[state]}

    def cited(self, rule: Rule) -> list[Citation]:
        """Return the citations of a rule on the day of the judgement."""
        day = int(f"{self.on:%Y%m%d}")
        return [citation for citation in rule.citations if citation.on(day)]

    def to_json(self, *, lang: str = "zh") -> str:
        """Return the judgement as JSON, with titles and notices in *lang*."""
        return json.dumps(self._document(lang), ensure_ascii=False)

    def _document(self, lang: str) -> dict[str, Any]:
        return {
            "district": self.district,
            "on": self.on.isoformat(),
            "standards": [self._standard(rule, lang) for rule in self.rules.values()],
            "figures": dict(self.figures),
            "notices": [{"code": n.code, "message": n.say(lang), "rule": n.rule} for n in self.notices],
            "policy_version": self.policy_version,
            "receipt": self.receipt,
        }

    def _standard(self, rule: Rule, lang: str) -> dict[str, Any]:
        due = self.due[rule.id]
        return {
            "rule": rule.id,
            "title": rule.title.say(lang),
            "due": None if due is None else due.isoformat(),
            "targets": [asdict(target) for target in self.targets[rule.id]],
            "cites": [{"source": c.source, "place": c.place, "words": c.words} for c in self.cited(rule)],
            "answers": [
                {name: value for name, value in asdict(answer).items() if name != "rule"}
                for answer in self.answers
                if answer.rule == rule.id
            ],
        }

    def statement(self, lang: str = "zh") -> str:
        """Return the judgement as text in *lang*."""
        return "\n".join(_Statement(self, lang).lines()) + "\n"


class _Statement:
    def __init__(self, judgement: Judgement, lang: str) -> None:
        self.j, self.lang, self.words = judgement, lang, catalogue(lang)
        self.definitions = bundled_standards().definitions
        self.units = self.definitions.codes["unit"].values

    def say(self, key: str, **arguments: object) -> str:
        return self.words.say(f"standards.{key}", **arguments)

    def pair(self, name: object, text: object) -> str:
        return self.words.say("pair", name=name, text=text)

    def lines(self) -> Iterator[str]:
        yield self.say("heading")
        yield self.say("district", district=self.j.district, on=self.j.on)
        for rule in self.j.rules.values():
            yield ""
            yield from self.standard(rule)
        yield from ["", self.say("figures")]
        rules = {rule.concludes: rule for rule in self.definitions.rules.values()}
        for name, value in self.j.figures.items():
            shown = self.say("unknown") if value is None else value
            yield "  " + self.pair(rules[name].title, shown)
        if self.j.notices:
            yield from ["", self.words.say("notices"), *(f"  {n.say(self.lang)}" for n in self.j.notices)]
        yield from ["", self.words.say("receipt", receipt=self.j.receipt)]

    def standard(self, rule: Rule) -> Iterator[str]:
        title, due = rule.title.say(self.lang), self.j.due[rule.id]
        yield self.say("due", title=title, due=due) if due else title
        answers = [answer for answer in self.j.answers if answer.rule == rule.id]
        if len(answers) == 1 and answers[0].community is None:
            yield "  " + self.said(answers[0])
        else:
            states = self.j.states(rule.id).items()
            yield "  " + self.words.join([self.say(f"state_{state}", number=n) for state, n in states])
            told = [a for a in answers if a.state in ("short", "not_known")]
            for answer in told[:_MANY]:
                yield "    " + self.pair(answer.community, self.said(answer))
            if len(told) > _MANY:
                yield "    " + self.say("more", number=len(told) - _MANY)
        for citation in self.j.cited(rule):
            yield "  " + self.say("cited", words=citation.words, place=citation.place)

    def fact(self, pointer: str, answer: Answer) -> str:
        """Return the title of a missing fact, with its community if that is not the one of the answer."""
        *place, name = pointer.split("/")[1:]
        root, inside = self.definitions.root, self.definitions.contained
        assert inside is not None
        if not place:
            title = root.facts[name].title if name in root.facts else inside.title
            return title.say(self.lang)
        text = inside.facts[name].title.say(self.lang)
        community = self.j.communities[int(place[1])]
        return text if community == answer.community else self.pair(community, text)

    def said(self, answer: Answer) -> str:
        unit = self.units[answer.unit] if answer.unit else None
        if unit is None:
            by = self.say("items", number=answer.short_by)
        else:
            by = self.say("unit", number=answer.short_by, unit=unit)
        missing = [self.fact(pointer, answer) for pointer in answer.missing[:_MANY]]
        if len(answer.missing) > _MANY:
            missing.append(self.say("more", number=len(answer.missing) - _MANY))
        return self.say(answer.state, by=by, missing=missing)
