"""Build the household of a day from the timeline, and the events that state a household."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hongqiao_rules.case import events
from hongqiao_rules.case.timeline import Ledger, Statement
from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.fields import MOST_ITEMS, MOST_MEMBERS
from hongqiao_rules.household.models import Household, Member

_SINGLE: Mapping[type[Any], str] = {
    events.Schooling: "schooling", events.Guardianship: "guardianship", events.Marriage: "marital_status", events.Absence: "absence",
    events.SelfCare: "self_care", events.Living: "living_arrangement", events.Destitution: "destitute_support",
    events.Admission: "university_admission",
}  # fmt: skip
_LISTS: Mapping[type[Any], str] = {
    events.Income: "incomes",
    events.Illness: "illnesses",
    events.Disability: "disabilities",
}


def household(case: str, ledger: Ledger, day: int) -> Household:
    """The household on *day*, with its members in the order of their first statement.

    Of facts that exclude each other, the one that began last holds. Once incomes, illnesses or disabilities of a member
    have been stated or denied, the statements that hold on the day are complete; before that they count as not asked.

    Raises:
        HouseholdError: there is no member, or more than the vocabulary allows.
    """
    members: dict[str, dict[str, Any]] = {}
    own: dict[str, Any] = {}
    began: dict[tuple[str, str], int] = {}
    standing = ledger.standing.values()
    dead = {s.fact.member for s in standing if isinstance(s.fact, events.Death) and s.since <= day}
    for statement in standing:
        fact = statement.fact
        if isinstance(fact, events.Joins) and statement.holds(day) and fact.member not in dead:
            values = {"id": fact.member, "relationship": fact.relationship, "birth_date": fact.birth_date}
            members[fact.member] = values if fact.parent is None else values | {"parent": fact.parent}
    for statement in standing:
        fact = statement.fact
        if statement.since > day or isinstance(fact, events.Joins | events.Death):
            continue
        if isinstance(fact, events.Circumstance):
            _latest(own, began, "", fact.circumstance, fact.holds, statement, day)
        elif (member := members.get(fact.member)) is None:
            continue
        elif isinstance(fact, events.NoneOf):
            member.setdefault(fact.field, [])
        elif (listed := _LISTS.get(type(fact))) is not None:
            items = member.setdefault(listed, [])
            if statement.holds(day) and (isinstance(fact, events.Income) or statement.item not in items):
                items.append(statement.item)
        else:
            name = _SINGLE[type(fact)]
            _latest(member, began, fact.member, name, getattr(fact, name), statement, day)
    _within_limits(members, case)
    listed_members = tuple(_member(ledger, values) for values in members.values())
    return Household.model_construct(id=case, members=listed_members, **own)


def _latest(
    into: dict[str, Any], began: dict[tuple[str, str], int], of: str, name: str, value: object,
    statement: Statement, day: int,
) -> None:  # fmt: skip
    if statement.until >= day and began.get((of, name), 0) <= statement.since:
        began[of, name] = statement.since
        into[name] = value


def _member(ledger: Ledger, values: dict[str, Any]) -> Member:
    """The member of these facts; the same object as before if nothing changed."""
    before = ledger.made.get(values["id"])
    if before is not None and before[0] == values:
        return before[1]
    lists = {name: tuple(values[name]) for name in _LISTS.values() if name in values}
    member = Member.model_construct(**{**values, **lists})
    ledger.made[values["id"]] = values, member
    return member


def _within_limits(members: Mapping[str, Mapping[str, Any]], case: str) -> None:
    faults = []
    if not members:
        faults.append(Fault("TOO_FEW", "/members", limit=1))
    if len(members) > MOST_MEMBERS:
        faults.append(Fault("TOO_MANY", "/members", limit=MOST_MEMBERS))
    for number, member in enumerate(members.values()):
        faults += [
            Fault("TOO_MANY", f"/members/{number}/{name}", limit=MOST_ITEMS)
            for name in _LISTS.values()
            if len(member.get(name, ())) > MOST_ITEMS
        ]
    if faults:
        raise HouseholdError(faults, case)


def statements(stated: Household, since: date, known: date) -> Iterator[events.Stated]:
    """The events that state a whole *household* from *since* on, or from a later birth date.

    Facts that the household does not state get no event.
    """

    def say(fact: events.Fact, born: date = since) -> events.Stated:
        return events.Stated(known=known, since=max(since, born), fact=fact)

    for member in stated.members:
        fields = {"member": member.id, "relationship": member.relationship, "birth_date": member.birth_date}
        if member.parent is not None:
            fields["parent"] = member.parent
        yield say(events.Joins.model_validate(fields), member.birth_date)
    for member in stated.members:
        said, name, born = member.model_fields_set, member.id, member.birth_date
        for field in _LISTS.values():
            if field in said and not getattr(member, field):
                yield say(events.NoneOf.model_validate({"member": name, "field": field}), born)
        for income in member.incomes or ():
            yield say(events.Income(member=name, kind=income.kind, monthly=income.monthly), born)
        for illness in member.illnesses:
            yield say(events.Illness(member=name, illness=illness), born)
        for disability in member.disabilities:
            yield say(events.Disability(member=name, kind=disability.kind, grade=disability.grade), born)
        for kind, field in _SINGLE.items():
            if field in said:
                yield say(kind(**{"member": name, field: getattr(member, field)}), born)
    for name in sorted(stated.model_fields_set - {"id", "members"}):
        yield say(events.Circumstance.model_validate({"circumstance": name, "holds": getattr(stated, name)}))
