"""A checked household as an engine takes it, and what in it was assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hongqiao_rules.border.checks import ADULT, ordinal
from hongqiao_rules.engines.facts import Facts
from hongqiao_rules.household import Household, Member
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition


def fen(amount: Any) -> int:
    """A checked amount in fen."""
    return int(amount.scaleb(2))


def _same(value: Any) -> Any:
    return value


def _converter(fact: FactDefinition) -> Callable[[Any], Any]:
    match fact.type.kind:
        case "date":
            return ordinal
        case "money":
            return fen
        case "records":
            parts = [(name, fen if field.type.kind == "money" else _same) for name, field in fact.fields.items()]
            return lambda records: [tuple(convert(getattr(r, name)) for name, convert in parts) for r in records or ()]
    return _same


class FactsReader:
    """Turns households into facts by the declarations of the vocabulary."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._root = [
            (fact.name, _converter(fact)) for fact in entities["household"].facts.values() if fact.type.kind != "text"
        ]
        member = entities["member"].facts.values()
        self._each = [(f.name, _converter(f)) for f in member if f.type.kind not in ("text", "reference")]
        self._optional_root = [f.name for f in entities["household"].facts.values() if not f.required]
        self._optional_each = [f.name for f in member if not f.required]

    def facts(self, household: Household, on: int) -> Facts:
        """The facts of *household* on *on* (yyyymmdd), defaults filled in."""
        members = household.members
        each = {name: [convert(getattr(m, name)) for m in members] for name, convert in self._each}
        statuses = each["marital_status"]
        for number, (status, born) in enumerate(zip(statuses, each["birth_date"], strict=True)):
            if status is None and on - born < ADULT * 10000:
                statuses[number] = "never_married"
        root = {name: convert(getattr(household, name)) for name, convert in self._root}
        return Facts(root, len(members), each, {"parent": _children(members)})

    def assumed(self, household: Household, on: int) -> list[str]:
        """JSON pointers to what was absent and taken as the contract says, in the order of the document."""
        stated = household.model_fields_set
        found = [f"/{name}" for name in self._optional_root if name not in stated]
        for number, member in enumerate(household.members):
            here, stated = f"/members/{number}/", member.model_fields_set
            for name in self._optional_each:
                if name not in stated and _taken(name, member, on):
                    found.append(here + name)
        return found


def _taken(name: str, member: Member, on: int) -> bool:
    """Whether a value was taken for the absent field *name*."""
    if name == "parent":
        return member.relationship == "child"
    if name == "marital_status":
        return on - ordinal(member.birth_date) < ADULT * 10000
    return True


def _children(members: Iterable[Member]) -> list[list[int]]:
    members = list(members)
    position = {member.id: number for number, member in enumerate(members)}
    applicant = next(number for number, member in enumerate(members) if member.relationship == "applicant")
    children: list[list[int]] = [[] for _ in members]
    for number, member in enumerate(members):
        if member.parent is not None:
            children[position[member.parent]].append(number)
        elif member.relationship == "child":
            children[applicant].append(number)
    return children
