"""How the fields of a household go together: what the contract of a household refuses beyond single fields.

The same checks run on a checked :class:`Household` and on a sketch of one in which some fields could not be read:
those are passed over, so that every other fault is still told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, Final, get_args

from hongqiao_rules.border.fields import UNKNOWN, parse_date
from hongqiao_rules.engines.facts import Facts
from hongqiao_rules.errors import Fault, nearest
from hongqiao_rules.household import Absence, MaritalStatus, Member, Relationship
from hongqiao_rules.rulebook.definitions import iso, ordinal

ADULT, EARNING = 18, 16
"""The birthdays from which the marital status, and incomes, have to be stated."""

UNREADABLE: Final = object()
"""A field that was stated, but not so that it can be judged."""

MANY = 1000
_CODES: Mapping[str, tuple[str, ...]] = {
    "relationship": get_args(Relationship),
    "marital_status": get_args(MaritalStatus),
    "absence": get_args(Absence),
}


def sketch(value: Mapping[str, Any]) -> Any:
    """What can be read of a refused household, with ``UNREADABLE`` for what cannot."""
    members = value.get("members")
    # Far too many are refused for their number; comparing each with each other would only take long.
    listed = members if isinstance(members, list | tuple) and len(members) <= MANY else UNREADABLE
    return SimpleNamespace(
        id=value.get("id"),
        members=UNREADABLE if listed is UNREADABLE else [_sketch_member(member) for member in members or ()],
    )


def _sketch_member(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value if isinstance(value, Member) else None
    known: Any = SimpleNamespace()
    for name in ("id", "parent", *_CODES):
        found = value.get(name)
        readable = isinstance(found, str) and (name not in _CODES or found in _CODES[name])
        setattr(known, name, found if readable or name not in value else UNREADABLE)
    if "absence" not in value:
        known.absence = "none"
    known.birth_date = parse_date(value.get("birth_date")) or UNREADABLE
    known.incomes = UNREADABLE if "incomes" in value else None
    return known


def plainly_right(ids: Sequence[str], facts: Facts, stated: Sequence[Mapping[str, Any]], on: int) -> bool:
    """Whether a household is right at first sight, as most are: then no fault has to be looked for.

    May say no of a right household, never says yes of a wrong one.

    Args:
        ids: the ids of its members.
        facts: its facts.
        stated: the members as they were stated.
        on: the assessment date (yyyymmdd).

    """
    relationships, births = facts.each["relationship"], facts.each["birth_date"]
    statuses, absences = facts.each["marital_status"], facts.each["absence"]
    if (
        len(set(ids)) < len(ids)
        or relationships.count("applicant") != 1
        or relationships.count("spouse") > 1
        or max(births) > on
    ):
        return False
    applicant = relationships.index("applicant")
    status = statuses[applicant]
    if absences[applicant] != "none" or status is None:
        return False
    if status != "married" and "spouse" in relationships:
        return False
    for parent, children in enumerate(facts.children["parent"]):
        for child in children:
            if statuses[parent] is None or births[parent] > births[child] or parent == child:
                return False
    for number, born in enumerate(births):
        if "incomes" not in stated[number] and on - born >= EARNING * 10000 and absences[number] == "none":
            return False
    return True


def faults(household: Any, on: int | None) -> Iterator[Fault]:
    """What is wrong with how the fields go together, in the order of members; *on* is the assessment date."""
    members: Sequence[Any] = household.members
    if household.id == UNKNOWN:
        yield Fault("UNKNOWN_VALUE", "/id")
    if members is UNREADABLE or not members:
        return
    readable: list[Any] = [member for member in members if member is not None]
    by_id: dict[str, Any] = {member.id: member for member in reversed(readable) if isinstance(member.id, str)}
    applicant = next((member for member in readable if member.relationship == "applicant"), None)
    if applicant is None and len(readable) == len(members) and not _unsure_of_applicant(readable):
        yield Fault("NO_APPLICANT", "/members")
    parents = [None if m is None else _parent(m, by_id, applicant) for m in members]
    member: Any
    for number, member in enumerate(members):
        if member is None:
            continue
        relationship = member.relationship
        if relationship == "applicant" or relationship == "spouse":
            yield from _relationship_faults(member, members, applicant, on, number)
        if member.id == UNKNOWN or by_id.get(member.id) is not member:
            yield from _id_faults(member, number)
        if member.parent is not None or parents[number] is not None:
            yield from _parent_faults(member, parents[number], by_id, number)
        if on is not None and member.birth_date is not UNREADABLE:
            born = ordinal(member.birth_date)
            if born > on:
                yield Fault("BORN_LATER", f"/members/{number}/birth_date", on=iso(on))
            if member.marital_status is None and on - born >= ADULT * 10000:
                if member is applicant or any(member is parent for parent in parents):
                    yield Fault("MARITAL_STATUS_NEEDED", f"/members/{number}/marital_status")
            if member.incomes is None and member.absence == "none" and on - born >= EARNING * 10000:
                yield Fault("INCOMES_NEEDED", f"/members/{number}/incomes")


def _unsure_of_applicant(members: Sequence[Any]) -> bool:
    return any(member.relationship is UNREADABLE or member.relationship is None for member in members)


def _id_faults(member: Any, number: int) -> Iterator[Fault]:
    if member.id == UNKNOWN:
        yield Fault("UNKNOWN_VALUE", f"/members/{number}/id")
    elif isinstance(member.id, str):
        yield Fault("DUPLICATE_ID", f"/members/{number}/id", name=member.id)


def _relationship_faults(
    member: Any, members: Sequence[Any], applicant: Any, on: int | None, number: int
) -> Iterator[Fault]:
    here = f"/members/{number}"
    if member.relationship == "applicant":
        if member is not applicant:
            yield Fault("SEVERAL_APPLICANTS", f"{here}/relationship")
        if member.absence is not UNREADABLE and member.absence != "none":
            yield Fault("APPLICANT_NOT_COUNTED", f"{here}/absence")
        return
    if any(other is not None and other.relationship == "spouse" for other in members[:number]):
        yield Fault("SEVERAL_SPOUSES", f"{here}/relationship")
    if applicant is not None and not _may_be_married(applicant, on):
        yield Fault("SPOUSE_OF_UNMARRIED", f"{here}/relationship")


def _parent(member: Any, by_id: Mapping[Any, Any], applicant: Any) -> Any:
    """The member whose child *member* is, as stated or by default; ``None`` for nobody."""
    if member.parent is None:
        return applicant if member.relationship == "child" else None
    return by_id.get(member.parent) if isinstance(member.parent, str) else None


def _may_be_married(applicant: Any, on: int | None) -> bool:
    status = applicant.marital_status
    if status is None:
        # Under 18 an absent status is "never married"; from 18 on its absence is a fault of its own.
        return (
            on is None
            or applicant.birth_date is UNREADABLE
            or on - ordinal(applicant.birth_date) >= ADULT * 10000
        )
    return status is UNREADABLE or status == "married"


def _parent_faults(member: Any, parent: Any, by_id: Mapping[Any, Any], number: int) -> Iterator[Fault]:
    path = f"/members/{number}/parent"
    if member.parent == UNKNOWN:
        yield Fault("UNKNOWN_VALUE", path)
    elif isinstance(member.parent, str) and member.parent not in by_id:
        yield Fault("PARENT_NOT_A_MEMBER", path, name=member.parent, meant=nearest(member.parent, by_id))
    elif parent is member:
        yield Fault("PARENT_OF_ITSELF", path)
    elif parent is not None and parent.birth_date is not UNREADABLE and member.birth_date is not UNREADABLE:
        if parent.birth_date > member.birth_date:
            yield Fault("PARENT_YOUNGER", path, name=parent.id)
