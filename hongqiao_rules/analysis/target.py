"""Targets of a question: a programme or an entry of a list, and the conditions that block it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hongqiao_rules.analysis.situation import Situation
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.language.nodes import Constant, Read, walk


@dataclass(frozen=True, slots=True)
class Failure:
    """A condition that did not hold.

    Attributes:
        rule: the rule of the condition.
        member: the id of the member that the rule is about; ``None`` for the household.
        condition: the condition, as in the policy file; ``None`` if another rule settled the conclusion first.
        looked_at: the values that the rule read, as in a trace.

    """

    rule: str
    member: str | None
    condition: str | None
    looked_at: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a question: a programme, or a rule of a list."""

    target: str
    rules: tuple[str, ...]
    programme: bool
    list: str = ""
    conclusion: str = ""

    def holds(self, assessment: Assessment) -> bool:
        """Whether an assessment has the target."""
        if self.programme:
            return assessment.basis.outcome == self.target
        return any(line.rule == self.target for line in assessment.lists[self.list])

    def term(self, symbols: Any) -> Truth:
        """The formula that a household has the target."""
        if self.programme:
            return terms.compare("==", symbols.value(self.conclusion), self.target)
        return terms.disjunction(
            terms.nonzero(entry) for name, _, entry in symbols.lines(self.list) if name == self.conclusion
        )


def targeted(situation: Situation, target: str) -> Target:
    """Find the programme or the rule that *target* names.

    Raises:
        RequestError: no assessment shows one of that name.

    """
    dated, programmes = situation.compiled.dated, situation.edition.outcomes
    outcome = situation.result.outcome
    if target in programmes:
        settling = next(c for c in dated.conclusions if c.name == outcome).candidates
        givers = [
            n for n, c in enumerate(settling) if isinstance(c.value, Constant) and c.value.value == target
        ]
        tried = settling[: givers[-1] + 1] if givers else settling
        rules = tuple(c.rule.id for c in reversed(tried))
        return Target(target, rules, programme=True, conclusion=outcome)
    listed = [c for c in dated.conclusions if c.list is not None]
    for conclusion in listed:
        for candidate in conclusion.candidates:
            if conclusion.list is not None and candidate.rule.id == target:
                return Target(
                    target, (target,), programme=False, list=conclusion.list, conclusion=conclusion.name
                )
    known = [*programmes, *(c.candidates[0].rule.id for c in listed)]
    raise RequestError("UNKNOWN_TARGET", name=target, known=tuple(known), meant=nearest(target, known))


def failures(situation: Situation, assessment: Assessment, target: Target) -> Iterator[Failure]:
    """Yield the failed conditions of the target, and those of the programme and the truths that they read."""
    steps: dict[str, list[dict[str, Any]]] = {}
    for step in assessment.trace:
        steps.setdefault(step["rule"], []).append(step)
    waiting, told = list(target.rules), set[str]()
    while waiting:
        rule = waiting.pop(0)
        if rule in told:
            continue
        told.add(rule)
        found = [step for step in steps.get(rule, ()) if not step["applied"]]
        for step in found:
            yield Failure(rule, step["member"], step["failed"], step["looked_at"])
            waiting += _behind(situation, rule, step["failed"])
        for step in steps.get(rule, ())[:1] if not found else ():
            if step["value"] is False or target.programme:
                text = _value_of(situation, rule) if step["value"] is False else None
                yield Failure(rule, step["member"], text, step["looked_at"])


def _behind(situation: Situation, rule: str, words: str) -> Iterator[str]:
    """The rules of the household that settle a code or a truth which a failed condition reads."""
    dated = situation.compiled.dated
    conclusions = {c.name: c for c in dated.conclusions if c.entity == dated.root}
    for conclusion in dated.conclusions:
        for candidate in conclusion.candidates:
            for text, node in candidate.typed.conditions if candidate.rule.id == rule else ():
                for read in walk(node) if text == words else ():
                    behind = conclusions.get(read.name) if isinstance(read, Read) else None
                    if behind is not None and behind.type.kind in ("truth", "code"):
                        yield from (
                            other.rule.id
                            for other in behind.candidates
                            if other.conditions or len(behind.candidates) == 1
                        )


def _value_of(situation: Situation, rule: str) -> str:
    return next(
        candidate.typed.version.value
        for conclusion in situation.compiled.dated.conclusions
        for candidate in conclusion.candidates
        if candidate.rule.id == rule
    )
