"""Find, check and fill the ``"unknown"`` values of a household."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.errors import Fault, HouseholdError, RequestError
from hongqiao_rules.household.declared_models import need_household
from hongqiao_rules.household.facts_reader import FactsReader
from hongqiao_rules.household.fields import UNKNOWN
from hongqiao_rules.household.json_text import parse, pointer
from hongqiao_rules.household.models import Household
from hongqiao_rules.household.reader import validated
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition

FIXED = ("relationship",)
"""The codes that must be known."""
_SOME_DAY = 20000101
_CAN_BE = ("truth", "date", "code", "codes", "records", "money", "number")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a value in a household: a fact, or a field of a record.

    Attributes:
        fact: the fact.
        member: the position of the member; ``None`` for the household.
        record: the position of the record, for a field of a record.
        part: the field of the record.

    """

    fact: FactDefinition
    member: int | None = None
    record: int | None = None
    part: FieldDefinition | None = None

    def __hash__(self) -> int:
        return hash(self.steps)

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The keys and positions that lead to it."""
        steps: tuple[str | int, ...] = () if self.member is None else ("members", self.member)
        steps = (*steps, self.fact.name)
        return steps if self.part is None else (*steps, self.record or 0, self.part.name)

    @property
    def pointer(self) -> str:
        """Its JSON pointer."""
        return pointer(self.steps)

    def of(self, household: Household) -> Any:
        """The stated value of a household at this place."""
        found: Any = household
        for step in self.steps:
            found = found[step] if isinstance(step, int) else getattr(found, step)
        return found

    @property
    def kind(self) -> FactDefinition | FieldDefinition:
        """Return the declaration of the value at this place."""
        return self.fact if self.part is None else self.part


@dataclass(frozen=True, slots=True)
class Stated:
    """A household as stated.

    Attributes:
        value: its plain values.
        household: the same, checked, with placeholders for unknown values.
        unknown: the places of the unknown values.

    """

    value: Mapping[str, Any]
    household: Household
    unknown: tuple[Place, ...]


def understood(value: Any, day: int | None, reader: FactsReader[Any]) -> Stated:
    """Read a household with unknown values, checked for *day* (yyyymmdd).

    Raises:
        HouseholdError: a stated value is not valid, or a value is unknown that must be known.

    """
    need_household(reader.rulebook)
    if isinstance(value, str | bytes):
        value = parse(value)
    if isinstance(value, Household):
        return Stated(json.loads(value.to_json()), reader.read(value, day), ())
    definitions = reader.rulebook.definitions
    try:
        household = reader.read(value, day)
        return Stated(json.loads(household.to_json()), household, ())
    except HouseholdError as error:
        places = tuple(_places(value, definitions)) if isinstance(value, Mapping) else ()
        unknown = {place.pointer for place in places}
        faults = [
            Fault("CANNOT_BE_UNKNOWN", fault.path, known=tuple(_possible(definitions)))
            if fault.code == "UNKNOWN_VALUE"
            else fault
            for fault in error.faults
            if fault.code != "UNKNOWN_VALUE" or fault.path not in unknown
        ]
        if faults:
            raise HouseholdError(faults, error.household) from None
    filled = with_values(
        value, {place: placeholder(place.kind, day or _SOME_DAY, definitions) for place in places}
    )
    return Stated(value, validated(Household, filled), places)


def _possible(definitions: Definitions) -> list[str]:
    return [
        f.name
        for name in ("household", "member")
        for f in definitions.entities[name].facts.values()
        if _can_be(f)
    ]


def _can_be(fact: FactDefinition) -> bool:
    return fact.type.kind in _CAN_BE and fact.name not in FIXED


def _places(value: Mapping[str, Any], definitions: Definitions) -> Iterator[Place]:
    yield from _of(value, definitions.entities["household"], None)
    members = value.get("members")
    for number, member in enumerate(members if isinstance(members, Sequence) else ()):
        if isinstance(member, Mapping):
            yield from _of(member, definitions.entities["member"], number)


def _of(value: Mapping[str, Any], entity: Entity, member: int | None) -> Iterator[Place]:
    for name, stated in value.items():
        fact = entity.facts.get(name)
        if fact is None or not _can_be(fact):
            continue
        if isinstance(stated, str) and stated == UNKNOWN:
            yield Place(fact, member)
        elif fact.type.kind == "records" and isinstance(stated, list | tuple):
            for number, record in enumerate(stated):
                for part in fact.fields.values() if isinstance(record, Mapping) else ():
                    if record.get(part.name) == UNKNOWN:
                        yield Place(fact, member, number, part)


def places(household: Household, definitions: Definitions) -> Iterator[Place]:
    """Every place of a household at which a value was stated, in the order of the vocabulary."""
    for number, stated in [(None, household), *enumerate(household.members)]:
        entity = definitions.entities["household" if number is None else "member"]
        for fact in entity.facts.values():
            if fact.name not in stated.model_fields_set or not _can_be(fact):
                continue
            if fact.type.kind == "records":
                for record in range(len(getattr(stated, fact.name))):
                    yield from (Place(fact, number, record, part) for part in fact.fields.values())
            else:
                yield Place(fact, number)


def placeholder(kind: FactDefinition | FieldDefinition, day: int, definitions: Definitions) -> Any:
    """Some valid JSON value; no result depends on it."""
    match kind.type.kind:
        case "truth":
            return False
        case "date":
            return plain(kind, day)
        case "codes" | "records":
            return []
        case "money" | "number":
            return plain(kind, kind.least)
    return next(iter(definitions.codes[kind.type.of or ""].values))


def with_values(value: Mapping[str, Any], values: Mapping[Place, Any]) -> dict[str, Any]:
    """A copy of a household's plain values with other values at some places."""
    made = _copied(value)
    for place, other in values.items():
        inside: Any = made
        *way, last = place.steps
        for step in way:
            inside = inside[step]
        inside[last] = other
    return made  # type: ignore[no-any-return]  # a copy of a mapping


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_copied(inner) for inner in value]
    return value


def wholly_known(edition: Edition, value: Any, on: date | None) -> Stated:
    """Read a household without unknown values, checked for *on* if given.

    Raises:
        HouseholdError: it is not valid.
        RequestError: a value is unknown, or the date is not modelled.

    """
    day = None if on is None else edition.day(on)
    stated = understood(value, day, edition.reader)
    if stated.unknown:
        raise RequestError("EXPLORE_FIRST", path=stated.unknown[0].pointer)
    return stated
