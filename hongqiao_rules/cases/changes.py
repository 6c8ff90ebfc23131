"""What has changed in a case, event by event, and what is already known to change in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from hongqiao_rules.assessment import Assessment
from hongqiao_rules.border.checks import ordinal
from hongqiao_rules.cases.composing import household
from hongqiao_rules.cases.events import AnyEvent, Joins, Lapsed, Withdrawn
from hongqiao_rules.cases.ledger import Ledger
from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.rulebook.build import next_day
from hongqiao_rules.rulebook.definitions import FOREVER

if TYPE_CHECKING:
    from hongqiao_rules.calculator import Calculator


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that came to something else: for which member, and what it gave before and after.

    A value is as in a trace; ``None`` where the rule did not apply.
    """

    rule: str
    member: str | None
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a day: an assessment, or what is in its way."""

    assessment: Assessment | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What one event changed.

    Attributes:
        number: the number of the event.
        event: the event.
        on: the day for which both decisions are taken: the first on which it was known and true.
        before: the decision without the event.
        after: the decision with it.
        rules: the rules through which they differ, in rulebook order.

    """

    number: int
    event: AnyEvent
    on: date
    before: Decision
    after: Decision
    rules: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something changes on a day.

    ``kind`` is ``birthday`` (``what`` is the member, ``number`` the age), ``begins`` or ``ends`` (``number`` is the
    event that stated the fact, ``what`` its type; it ends with the day before) or ``rules`` (``what`` is the parameter
    or the rule that is another from then on).
    """

    kind: Literal["birthday", "begins", "ends", "rules"]
    what: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A day from which the decision is another, as far as is known: why, and the decision from then on."""

    on: date
    causes: tuple[Cause, ...]
    before: Decision
    after: Decision
    rules: tuple[RuleChange, ...]


def decide(calculator: Calculator, case: str, ledger: Ledger, on: date) -> Decision:
    """The decision by *ledger* as of *on*, worked out by the direct engine."""
    try:
        return Decision(calculator.assess(household(case, ledger, calculator._day(on)), on))
    except HouseholdError as error:
        return Decision(None, error.faults)


def differences(before: Decision, after: Decision) -> tuple[RuleChange, ...]:
    """The rules that came to something else, in rulebook order."""
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


def changes(calculator: Calculator, case: str, events: Sequence[AnyEvent]) -> list[Change]:
    """What each of *events* changed."""
    found, ledger = [], Ledger()
    first = _first(calculator)
    for number, event in enumerate(events, 1):
        matters = [event.known, _date(first)]
        if isinstance(event, Lapsed):
            if event.until < date.max:
                matters.append(_date(next_day(ordinal(event.until))))
        elif isinstance(event, Withdrawn):
            matters.append(_date(ledger.standing[event.of].since))
        else:
            matters.append(event.since)
        on = max(matters)
        before = decide(calculator, case, ledger, on)
        ledger.apply(event)
        after = decide(calculator, case, ledger, on)
        found.append(Change(number, event, on, before, after, differences(before, after)))
    return found


def upcoming(calculator: Calculator, case: str, ledger: Ledger, after: date, until: date) -> list[Upcoming]:
    """The days after *after*, up to *until*, from which the decision is another."""
    found: list[Upcoming] = []
    after = max(after, _date(_first(calculator)))
    causes: dict[int, list[Cause]] = {}
    last = ordinal(until)
    for day, cause in _causes(calculator, ledger, ordinal(after), last):
        if ordinal(after) < day <= last:
            causes.setdefault(day, []).append(cause)
    before = decide(calculator, case, ledger, after)
    for day in sorted(causes):
        decision = decide(calculator, case, ledger, _date(day))
        rules = differences(before, decision)
        if _essence(before) != _essence(decision):
            found.append(Upcoming(_date(day), tuple(causes[day]), before, decision, rules))
        before = decision
    return found


def _first(calculator: Calculator) -> int:
    """The first day that can be assessed under the calculator's rules."""
    definitions = calculator.rulebook.definitions
    return max(
        [definitions.head.modelled_from, *(definitions.overlays[o].start for o in calculator.overlays)]
    )


def _essence(decision: Decision) -> object:
    """What makes a decision another one: its amounts, what they come from, or what is in its way."""
    a = decision.assessment
    if a is None:
        return [(fault.code, fault.path) for fault in decision.faults]
    return (a.programme, a.deductions, a.benefits, a.monthly_total, a.standard, a.countable_income)


def _causes(calculator: Calculator, ledger: Ledger, after: int, last: int) -> Iterator[tuple[int, Cause]]:
    for statement in ledger.standing.values():
        fact = statement.fact
        yield statement.since, Cause("begins", fact.type, statement.number)
        if statement.until != FOREVER:
            yield next_day(statement.until), Cause("ends", fact.type, statement.number)
        if isinstance(fact, Joins):
            born = ordinal(fact.birth_date)
            for year in range(max(after, born + 10000) // 10000, last // 10000 + 1):
                day = year * 10000 + born % 10000
                yield _existing(day), Cause("birthday", fact.member, year - born // 10000)
    linked = calculator.rulebook.linked(calculator.overlays)
    for parameter in linked.parameters.values():
        for value in parameter.values:
            yield value.start, Cause("rules", parameter.id)
            if value.end != FOREVER and parameter.on(next_day(value.end)) is None:
                yield next_day(value.end), Cause("rules", parameter.id)
    for rule, versions in linked.versions.items():
        for start in dict.fromkeys(typed.version.start for typed in versions):
            yield start, Cause("rules", rule)


def _existing(day: int) -> int:
    """A birthday; in a common year that of 29 February is reached on 1 March."""
    year = day // 10000
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year * 10000 + 301 if day % 10000 == 229 and not leap else day


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
