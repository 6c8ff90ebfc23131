"""The decision of a case on a day, and the rules through which two decisions differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hongqiao_rules.case.household_of_day import household
from hongqiao_rules.case.timeline import Ledger
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import Fault, HouseholdError


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule whose result differs between two decisions, with the member and both values.

    Values are as in a trace; ``None`` means that the rule did not apply.
    """

    rule: str
    member: str | None
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision of a day: an assessment, or the faults that prevent one."""

    assessment: Assessment | None
    faults: tuple[Fault, ...] = ()


def decide(edition: Edition, case: str, ledger: Ledger, on: date) -> Decision:
    """The decision for the facts of *ledger* on *on*, made by the direct engine."""
    try:
        return Decision(edition.assess(household(case, ledger, edition.day(on)), on))
    except HouseholdError as error:
        return Decision(None, error.faults)


def differences(before: Decision, after: Decision) -> tuple[RuleChange, ...]:
    """The rules whose results differ, in rulebook order."""
    if before.assessment and after.assessment and before.assessment.receipt == after.assessment.receipt:
        return ()  # the same household, day and rules
    was, now = _applied(before), _applied(after)
    return tuple(
        RuleChange(rule, member, was.get((rule, member)), now.get((rule, member)))
        for rule, member in dict.fromkeys([*was, *now])
        if was.get((rule, member)) != now.get((rule, member))
    )


def _applied(decision: Decision) -> Mapping[tuple[str, str | None], Any]:
    if decision.assessment is None:
        return {}
    return {(e["rule"], e["member"]): e["value"] for e in decision.assessment.trace if e["applied"]}
