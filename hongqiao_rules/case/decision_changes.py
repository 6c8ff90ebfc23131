"""Compute past and upcoming changes of a case's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hongqiao_rules.case.causes import Cause, contributing, known_causes
from hongqiao_rules.case.decisions import Decision, RuleChange, decide, differences
from hongqiao_rules.case.events import AnyEvent, Lapsed, Withdrawn
from hongqiao_rules.case.timeline import Ledger
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.rulebook.definitions import calendar, next_day, ordinal


@dataclass(frozen=True, slots=True)
class Change:
    """The effect of one event.

    Attributes:
        number: the number of the event.
        event: the event.
        on: the day of both decisions: the first on which the event was known and its fact held.
        before: the decision without the event.
        after: the decision with it.
        rules: the rules whose results differ, in rulebook order.
    """

    number: int
    event: AnyEvent
    on: date
    before: Decision
    after: Decision
    rules: tuple[RuleChange, ...]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A day on which the decision changes, by what is known now: its causes and the decisions before and after."""

    on: date
    causes: tuple[Cause, ...]
    before: Decision
    after: Decision
    rules: tuple[RuleChange, ...]


def changes(edition: Edition, case: str, events: Sequence[AnyEvent]) -> list[Change]:
    """The effect of each of *events*, in order."""
    found, ledger = [], Ledger()
    first = _first(edition)
    for number, event in enumerate(events, 1):
        matters = [event.known, calendar(first)]
        if isinstance(event, Lapsed):
            if event.until < date.max:
                matters.append(calendar(next_day(ordinal(event.until))))
        elif isinstance(event, Withdrawn):
            matters.append(calendar(ledger.standing[event.of].since))
        else:
            matters.append(event.since)
        on = max(matters)
        before = decide(edition, case, ledger, on)
        ledger.apply(event)
        after = decide(edition, case, ledger, on)
        found.append(Change(number, event, on, before, after, differences(before, after)))
    return found


def upcoming(edition: Edition, case: str, ledger: Ledger, after: date, until: date) -> list[Upcoming]:
    """The days after *after*, up to and including *until*, on which the decision changes if no event is added."""
    found: list[Upcoming] = []
    after = max(after, calendar(_first(edition)))
    causes: dict[int, list[Cause]] = {}
    last = ordinal(until)
    for day, cause in known_causes(edition, ledger, ordinal(after), last):
        if ordinal(after) < day <= last:
            causes.setdefault(day, []).append(cause)
    before = decide(edition, case, ledger, after)
    for day in sorted(causes):
        on = calendar(day)
        decision = decide(edition, case, ledger, on)
        if _essence(before) != _essence(decision):
            rules = differences(before, decision)

            def decided(other: Ledger, on: date = on) -> object:
                return _essence(decide(edition, case, other, on))

            told = contributing(causes[day], ledger, day, rules, decision.assessment, decided)
            found.append(Upcoming(on, tuple(told), before, decision, rules))
        before = decision
    return found


def _first(edition: Edition) -> int:
    """The first day (yyyymmdd) that the edition can assess."""
    definitions = edition.rulebook.definitions
    return max([definitions.head.modelled_from, *(definitions.overlays[o].start for o in edition.overlays)])


def _essence(decision: Decision) -> object:
    """The values that distinguish one decision from another: the declared figures and all lists, or the faults."""
    a = decision.assessment
    if a is None:
        return [(fault.code, fault.path) for fault in decision.faults]
    compiled, basis = a.basis.compiled, a.basis
    result = compiled.shown.result
    figures = (result.outcome, result.total, *result.decisive)
    return [basis.figure(name) for name in figures], [basis.entries(field) for field in compiled.shown.lists]
