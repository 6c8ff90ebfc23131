"""Fold the event log into a timeline of facts, and check each event against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hongqiao_rules.case import events as e
from hongqiao_rules.errors import EventError, Fault
from hongqiao_rules.household import models
from hongqiao_rules.rulebook.definitions import FOREVER, iso, ordinal


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is valid after all events: the number of its event, the fact, and its days (yyyymmdd, inclusive)."""

    number: int
    since: int
    until: int
    fact: e.Fact
    item: Any = None
    """The fact as an item of a household's list; ``None`` if it is not an item."""

    def holds(self, day: int) -> bool:
        """True if the fact is in force on *day* (yyyymmdd)."""
        return self.since <= day <= self.until


class Ledger:
    """The valid statements after the events so far, by event number."""

    def __init__(self, events: Iterable[e.AnyEvent] = ()) -> None:
        self.standing: dict[int, Statement] = {}
        self.events = 0
        self._known: date | None = None
        self._last: dict[int, int] = {}
        self.made: dict[str, tuple[dict[str, Any], models.Member]] = {}
        """The members as last built, each with the facts it was built from."""
        for event in events:
            self.apply(event)

    def apply(self, event: e.AnyEvent) -> None:
        """Add *event*, which must be valid, as the next one."""
        self.events += 1
        self._known = event.known
        if isinstance(event, e.Stated):
            self.standing[self.events] = _statement(self.events, event)
        elif isinstance(event, e.Withdrawn):
            del self.standing[event.of]
            self._last[event.of] = self.events
        else:
            self.standing[event.of] = self._changed(event)

    def faults(self, event: e.AnyEvent) -> Iterator[Fault]:
        """The faults by which *event* contradicts the timeline; empty if it is valid."""
        if self._known is not None and event.known < self._known:
            yield Fault("KNOWN_EARLIER", "/known", last=self._known.isoformat())
        if isinstance(event, e.Stated):
            yield from self._misfits(_statement(self.events + 1, event))
            return
        if (wrong := self._reference(event.of)) is not None:
            yield wrong
            return
        before = self.standing[event.of]
        after = None if isinstance(event, e.Withdrawn) else self._changed(event)
        if isinstance(event, e.Corrected) and not _same_subject(before.fact, event.fact):
            yield Fault("OTHER_FACT", "/fact", number=event.of)
            return
        if after is not None:
            yield from self._misfits(after)
        if isinstance(before.fact, e.Joins | e.Death):
            yield from self._orphaned(before, after)

    # --- events that change an earlier one --------------------------------------------------------------------

    def _reference(self, number: int) -> Fault | None:
        if number in self.standing:
            return None
        if not 1 <= number <= self.events:
            return Fault("NO_SUCH_EVENT", "/of", number=number)
        if number in self._last:
            return Fault("WITHDRAWN_ALREADY", "/of", number=number, by=self._last[number])
        meaning = tuple(self.standing)[-10:] or ("–",)
        return Fault("NOT_A_STATEMENT", "/of", number=number, meaning=meaning)

    def _changed(self, event: e.Corrected | e.Lapsed) -> Statement:
        if isinstance(event, e.Corrected):
            return _statement(event.of, event)
        return replace(self.standing[event.of], until=_end(event.until))

    def _orphaned(self, before: Statement, after: Statement | None) -> Iterator[Fault]:
        """The other statements about the member that this event would make impossible."""
        others = dict(self.standing)
        del others[before.number]
        if after is not None:
            others[before.number] = after
        for other in others.values():
            if other is after or _member(other.fact) != _member(before.fact):
                continue
            if any(self._misfits(other)):
                continue  # the fault is not of this event
            for fault in _misfits(other, others):
                yield Fault("CONTRADICTS", "", number=other.number, reason=fault.code)

    def _misfits(self, statement: Statement) -> Iterator[Fault]:
        return _misfits(statement, self.standing)

    # --- the statements of a day ------------------------------------------------------------------------------------

    def on(self, day: int) -> Iterator[Statement]:
        """The statements that hold on *day*, in the order of their first statement."""
        return (statement for statement in self.standing.values() if statement.holds(day))


def check(ledger: Ledger, event: e.AnyEvent) -> None:
    """Refuse *event* where it contradicts *ledger*.

    Raises:
        EventError: with every contradiction.
    """
    faults = list(ledger.faults(event))
    if faults:
        raise EventError(faults)


def _statement(number: int, event: e.Stated | e.Corrected) -> Statement:
    return Statement(number, ordinal(event.since), _end(event.until), event.fact, _item(event.fact))


def _item(fact: e.Fact) -> Any:
    match fact:
        case e.Income():
            return models.Income.model_construct(kind=fact.kind, monthly=fact.monthly)
        case e.Disability():
            return models.Disability.model_construct(kind=fact.kind, grade=fact.grade)
        case e.Illness():
            return fact.illness
    return None


def _end(until: date | None) -> int:
    """The last day as yyyymmdd, at most the last day of the calendar."""
    return FOREVER if until is None or until == date.max else ordinal(until)


def _member(fact: e.Fact) -> str | None:
    return None if isinstance(fact, e.Circumstance) else fact.member


def _subject(fact: e.Fact) -> tuple[object, ...]:
    """The type of a fact and its member or circumstance; at most one fact with the same subject can begin on a day."""
    return (fact.type, fact.circumstance) if isinstance(fact, e.Circumstance) else (fact.type, fact.member)


def _same_subject(one: e.Fact, other: e.Fact) -> bool:
    return _subject(one) == _subject(other)


_SEVERAL = (e.Income, e.Illness, e.Disability, e.NoneOf, e.Joins)
"""Facts that a member can have several of at once; also membership, which has its own check."""
_LISTS: dict[type[object], str] = {e.Income: "incomes", e.Illness: "illnesses", e.Disability: "disabilities"}


def _misfits(statement: Statement, standing: dict[int, Statement]) -> Iterator[Fault]:
    """The ways in which a statement contradicts the other valid statements."""
    fact, since = statement.fact, statement.since
    others = [other for other in standing.values() if other.number != statement.number]
    if statement.until < since:
        yield Fault("ENDS_BEFORE_SINCE", "/until", since=iso(since))
    if isinstance(fact, e.Death) and statement.until != FOREVER:
        yield Fault("DEATH_ENDS", "/until")
    if not isinstance(fact, e.Circumstance):
        about = [other for other in others if _member(other.fact) == fact.member]
        yield from _of_a_person(statement, fact.member, about)
        others = about
    if not isinstance(fact, _SEVERAL):
        for other in others:
            if _same_subject(other.fact, fact) and (other.since == since or isinstance(fact, e.Death)):
                yield Fault("ALREADY_STATED", "/since", number=other.number)
    if isinstance(fact, e.NoneOf):
        for other in others:
            if _LISTS.get(type(other.fact)) == fact.field and other.holds(since):
                yield Fault("STILL_HAS", "/since", number=other.number)


def _of_a_person(statement: Statement, name: str, about: list[Statement]) -> Iterator[Fault]:
    fact, since = statement.fact, statement.since
    joins = [(other.number, other, other.fact) for other in about if isinstance(other.fact, e.Joins)]
    if isinstance(fact, e.Joins):
        born = ordinal(fact.birth_date)
        for number, other, joined in joins:
            if joined.birth_date != fact.birth_date:
                yield Fault(
                    "OTHER_BIRTH_DATE", "/fact/birth_date", name=name, born=joined.birth_date, number=number
                )
            if other.since <= statement.until and since <= other.until:
                yield Fault("ALREADY_A_MEMBER", "/since", name=name, number=number)
    elif joins:
        born = ordinal(joins[0][2].birth_date)
    else:
        yield Fault("NEVER_JOINED", "/fact/member", name=name)
        return
    if since < born:
        yield Fault("BEFORE_BIRTH", "/since", since=iso(since), name=name, born=iso(born))
    died = next((other.since for other in about if isinstance(other.fact, e.Death)), FOREVER)
    if since >= died:
        yield Fault("AFTER_DEATH", "/since", name=name, died=iso(died))
