"""What a caller gets: an answer for every standard, and for every community where it is one of communities."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from hongqiao_rules.decision.lines import Notice
from hongqiao_rules.rulebook.definitions import Citation, Rule

State = Literal["met", "short", "not_known", "not_applicable"]
STATES: tuple[State, ...] = ("met", "short", "not_known", "not_applicable")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that a standard asks for: the id of its parameter, and its value as policies write it."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether one standard is met.

    Attributes:
        rule: the id of the rule that states the standard.
        community: the id of the community; ``None`` for a standard of the whole district.
        state: ``"met"``, ``"short"``, ``"not_known"``, or ``"not_applicable"`` where its condition does not hold.
        short_by: how much is wanting, where the state is ``"short"``.
        unit: what is counted, a code of the list ``unit``; ``None`` where single things are.
        missing: JSON pointers to the facts that were not stated, where the state is ``"not_known"``.

    """

    rule: str
    community: str | None
    state: State
    short_by: int | None
    unit: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """Every standard for one district on one day.

    Attributes:
        district: the id of the district.
        on: the day.
        answers: in the order of the rulebook, then of the communities as stated.
        figures: the figures of the rulebook; ``None`` where something they rest on was not stated.
        targets: for each rule the figures that it asks for.
        due: for each rule the day on which it has to hold.
        notices: what does not add up in what was stated, and what else has to be known.
        policy_version: the version of the rulebook.
        receipt: a digest of the rulebook, the day and the facts.
        rules: the rules behind the answers, by id.
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
        """How many answers of a rule there are in each state."""
        counted = Counter(answer.state for answer in self.answers if answer.rule == rule)
        return {state: counted[state] for state in STATES if counted[state]}

    def cited(self, rule: Rule) -> list[Citation]:
        """What a rule cites on the day that was asked about."""
        day = int(f"{self.on:%Y%m%d}")
        return [citation for citation in rule.citations if citation.on(day)]

    def to_json(self, *, lang: Literal["zh", "en"] = "zh") -> str:
        """The judgement as JSON; *lang* is the language of titles and notices."""
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

    def statement(self, lang: Literal["zh", "en"] = "zh") -> str:
        """The judgement as a text to hand over."""
        from hongqiao_rules.standards.statement import statement

        return statement(self, lang)
