"""A checked household as an engine takes it, and what in it was assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from hongqiao_rules.border.checks import ADULT, ordinal
from hongqiao_rules.engines.facts import Facts
from hongqiao_rules.household import Household, Member
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition


@lru_cache(maxsize=65536)
def fen(amount: Any) -> int:
    """A checked amount in fen."""
    return int(amount.scaleb(2))


def _converter(fact: FactDefinition) -> Callable[[Any], Any] | None:
    """How the field of a model becomes the value of a fact; ``None`` where they are the same."""
    match fact.type.kind:
        case "date":
            return ordinal
        case "money":
            return fen
        case "records":
            parts = tuple(fact.fields)
            amounts = [
                number for number, field in enumerate(fact.fields.values()) if field.type.kind == "money"
            ]
            return lambda records: [_record(record, parts, amounts) for record in records] if records else []
    return None


def _taken_where_absent(fact: FactDefinition) -> bool:
    """Whether a value is taken where the fact is not stated; else it stays unstated, and nothing is assumed."""
    return not fact.required and (fact.default is not None or fact.assumed_as is not None)


def _record(record: Any, parts: tuple[str, ...], amounts: list[int]) -> list[Any]:
    values = [record.__dict__[part] for part in parts]
    for number in amounts:
        values[number] = fen(values[number])
    return values


class FactsReader:
    """Turns households into facts by the declarations of the vocabulary."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        root, each = entities["household"].facts.values(), entities["member"].facts.values()
        self._root = [fact.name for fact in root if fact.type.kind != "text"]
        taken = [fact for fact in each if fact.type.kind not in ("text", "reference")]
        self._names = [fact.name for fact in taken]
        self._rows = itemgetter(*self._names)
        self._convert = [(f.name, convert) for f in taken if (convert := _converter(f)) is not None]
        self._optional_root = [fact.name for fact in root if _taken_where_absent(fact)]
        self._optional_each = [fact.name for fact in each if _taken_where_absent(fact)]
        self._taken = lru_cache(maxsize=4096)(self._taken_of)

    def facts(self, household: Household, on: int) -> Facts:
        """The facts of *household* on *on* (yyyymmdd), defaults filled in."""
        members = household.members
        each: dict[str, Any] = dict(
            zip(self._names, zip(*[self._rows(m.__dict__) for m in members], strict=True), strict=True)
        )
        for name, convert in self._convert:
            each[name] = list(map(convert, each[name]))
        statuses, adult = each["marital_status"], on - ADULT * 10000
        if None in statuses:
            each["marital_status"] = [
                "never_married" if status is None and born > adult else status
                for status, born in zip(statuses, each["birth_date"], strict=True)
            ]
        stated = household.__dict__
        return Facts(
            {name: stated[name] for name in self._root}, len(members), each, {"parent": _children(members)}
        )

    def assumed(self, household: Household, on: int) -> tuple[str, ...]:
        """JSON pointers to what was absent and taken as the contract says, in the order of the document."""
        stated, adult = household.model_fields_set, on - ADULT * 10000
        found = [f"/{name}" for name in self._optional_root if name not in stated]
        for number, member in enumerate(household.members):
            child, minor = member.relationship == "child", ordinal(member.birth_date) > adult
            found += self._taken(frozenset(member.model_fields_set), number, child, minor)
        return tuple(found)

    def _taken_of(self, stated: frozenset[str], number: int, child: bool, minor: bool) -> list[str]:
        """Of the fields that were not *stated* of a member, those for which a value was taken."""
        needless = {"parent": not child, "marital_status": not minor}
        return [
            f"/members/{number}/{name}"
            for name in self._optional_each
            if name not in stated and not needless.get(name, False)
        ]


def _children(members: Sequence[Member]) -> list[list[int]]:
    """For each member the positions of their children, the applicant being the parent of a ``child`` by default."""
    children: list[list[int]] = [[] for _ in members]
    position: dict[str, int] = {}
    for number, member in enumerate(members):
        position[member.id] = number
        if member.relationship == "applicant":
            applicant = number
    for number, member in enumerate(members):
        if member.parent is not None:
            children[position[member.parent]].append(number)
        elif member.relationship == "child":
            children[applicant].append(number)
    return children
