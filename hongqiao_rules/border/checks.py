"""How the fields of a household go together: what the contract of a household refuses beyond single fields.

The same checks run on a checked :class:`Household` and on a sketch of one in which some fields could not be read:
those are passed over, so that every other fault is still told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from hongqiao_rules.border.fields import UNKNOWN, parse_date
from hongqiao_rules.errors import Fault
from hongqiao_rules.rulebook.definitions import iso

ADULT, EARNING = 18, 16
"""The birthdays from which the marital status, and incomes, have to be stated."""

UNREADABLE: Final = object()
"""A field that was stated, but not so that it can be judged."""


def ordinal(day: date) -> int:
    """A date as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def sketch(value: Mapping[str, Any]) -> Any:
    """What can be read of a refused household, with ``UNREADABLE`` for what cannot."""
    members = value.get("members")
    listed = members if isinstance(members, list | tuple) else UNREADABLE
    return SimpleNamespace(
        members=UNREADABLE if listed is UNREADABLE else [_sketch_member(member) for member in members or ()]
    )


def _sketch_member(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return None
    known = SimpleNamespace()
    for name in ("id", "relationship", "parent", "marital_status", "absence"):
        found = value.get(name, None)
        readable = found is None and name not in value or isinstance(found, str) and found != UNKNOWN
        setattr(known, name, found if readable else UNREADABLE)
    if "absence" not in value:
        known.absence = "none"
    known.birth_date = parse_date(value["birth_date"]) or UNREADABLE if "birth_date" in value else UNREADABLE
    if not isinstance(known.birth_date, date):
        known.birth_date = UNREADABLE
    known.incomes = value["incomes"] if "incomes" in value else None
    if "incomes" in value and known.incomes is None:
        known.incomes = UNREADABLE
    return known


def faults(household: Any, on: int | None) -> Iterator[Fault]:
    """What is wrong with how the fields go together, in the order of members; *on* is the assessment date."""
    members: Sequence[Any] = household.members
    if members is UNREADABLE or not members:
        return
    applicant = next((m for m in members if m is not None and m.relationship == "applicant"), None)
    if applicant is None and not any(m is None or m.relationship is UNREADABLE or m.relationship is None for m in members):
        yield Fault("NO_APPLICANT", "/members")
    by_id: dict[Any, Any] = {}
    for member in members:
        if member is not None and isinstance(member.id, str):
            by_id.setdefault(member.id, member)
    parents = [None if m is None else _parent(m, by_id, applicant) for m in members]
    spouse = None
    for number, member in enumerate(members):
        if member is None:
            continue
        here = f"/members/{number}"
        if isinstance(member.id, str) and by_id[member.id] is not member:
            yield Fault("DUPLICATE_ID", f"{here}/id", name=member.id)
        if member.relationship == "applicant":
            if member is not applicant:
                yield Fault("SEVERAL_APPLICANTS", f"{here}/relationship")
            if member.absence is not UNREADABLE and member.absence != "none":
                yield Fault("APPLICANT_NOT_COUNTED", f"{here}/absence")
        if member.relationship == "spouse":
            if spouse is not None:
                yield Fault("SEVERAL_SPOUSES", f"{here}/relationship")
            spouse = member
            if applicant is not None and not _may_be_married(applicant, on):
                yield Fault("SPOUSE_OF_UNMARRIED", f"{here}/relationship")
        yield from _parent_faults(member, parents[number], by_id, here)
        if on is not None:
            yield from _dated_faults(member, member is applicant or any(member is p for p in parents), on, here)


def _parent(member: Any, by_id: Mapping[Any, Any], applicant: Any) -> Any:
    """The member whose child *member* is, as stated or by default; ``None`` for nobody."""
    if member.parent is None:
        return applicant if member.relationship == "child" else None
    return by_id.get(member.parent) if isinstance(member.parent, str) else None


def _may_be_married(applicant: Any, on: int | None) -> bool:
    status = applicant.marital_status
    if status is None:
        # Under 18 an absent status is "never married"; from 18 on its absence is a fault of its own.
        return on is None or applicant.birth_date is UNREADABLE or on - ordinal(applicant.birth_date) >= ADULT * 10000
    return status is UNREADABLE or status == "married"


def _parent_faults(member: Any, parent: Any, by_id: Mapping[Any, Any], here: str) -> Iterator[Fault]:
    path = f"{here}/parent"
    if isinstance(member.parent, str) and member.parent not in by_id:
        from hongqiao_rules.errors import nearest

        yield Fault("PARENT_NOT_A_MEMBER", path, name=member.parent, meant=nearest(member.parent, by_id))
    elif parent is member:
        yield Fault("PARENT_OF_ITSELF", path)
    elif parent is not None and UNREADABLE not in (parent.birth_date, member.birth_date) and parent.birth_date > member.birth_date:
        yield Fault("PARENT_YOUNGER", path, name=parent.id)


def _dated_faults(member: Any, needed: bool, on: int, here: str) -> Iterator[Fault]:  # noqa: FBT001
    if member.birth_date is UNREADABLE:
        return
    lived = on - ordinal(member.birth_date)
    if lived < 0:
        yield Fault("BORN_LATER", f"{here}/birth_date", on=iso(on))
    if needed and member.marital_status is None and lived >= ADULT * 10000:
        yield Fault("MARITAL_STATUS_NEEDED", f"{here}/marital_status")
    if member.incomes is None and member.absence == "none" and lived >= EARNING * 10000:
        yield Fault("INCOMES_NEEDED", f"{here}/incomes")
