"""Find, check and fill the ``"unknown"`` values of a household."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.errors import Fault, HouseholdError, RequestError
from hongqiao_rules.household.facts_reader import FactsReader
from hongqiao_rules.household.fields import UNKNOWN
from hongqiao_rules.household.json_text import parse, pointer
from hongqiao_rules.household.reader import validated
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.load import Rulebook

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition

Holder = tuple[str | int, ...]
"""The keys that lead to an entity: none to the root, the name of the list and a position to a contained entity."""
_SOME_DAY = 20000101
_CAN_BE = ("truth", "date", "code", "codes", "records", "money", "number")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a value in a household: a fact, or a field of a record.

    Attributes:
        fact: the fact.
        holder: the keys that lead to its entity.
        record: the position of the record, for a field of a record.
        part: the field of the record.

    """

    fact: FactDefinition
    holder: Holder = ()
    record: int | None = None
    part: FieldDefinition | None = None

    def __hash__(self) -> int:
        return hash(self.steps)

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The keys and positions that lead to it."""
        steps = (*self.holder, self.fact.name)
        return steps if self.part is None else (*steps, self.record or 0, self.part.name)

    @property
    def pointer(self) -> str:
        """Its JSON pointer."""
        return pointer(self.steps)

    @property
    def member(self) -> int | None:
        """The position of the contained entity; ``None`` for the root."""
        return int(self.holder[1]) if self.holder else None

    def of(self, found: Any) -> Any:
        """The stated value of an input at this place."""
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
    household: Any
    unknown: tuple[Place, ...]

    def id_of(self, place: Place) -> str | None:
        """The id of the contained entity that a place is about; ``None`` for the root."""
        return str(self.value[str(place.holder[0])][place.holder[1]]["id"]) if place.holder else None


def understood(value: Any, day: int | None, reader: FactsReader[Any]) -> Stated:
    """Read a household with unknown values, checked for *day* (yyyymmdd).

    Raises:
        HouseholdError: a stated value is not valid, or a value is unknown that must be known.

    """
    if isinstance(value, str | bytes):
        value = parse(value)
    rulebook = reader.rulebook
    try:
        household = reader.read(value, day)
        return Stated(household.model_dump(mode="json", exclude_unset=True), household, ())
    except HouseholdError as error:
        places = tuple(_places(value, rulebook)) if isinstance(value, Mapping) else ()
        unknown = {place.pointer for place in places}
        faults = [
            Fault("CANNOT_BE_UNKNOWN", fault.path, known=tuple(_possible(rulebook)))
            if fault.code == "UNKNOWN_VALUE"
            else fault
            for fault in error.faults
            if fault.code != "UNKNOWN_VALUE" or fault.path not in unknown
        ]
        if faults:
            raise HouseholdError(faults, error.household) from None
    filled = with_values(
        value, {place: placeholder(place.kind, day or _SOME_DAY, rulebook.definitions) for place in places}
    )
    return Stated(value, validated(reader.model, filled), places)


def _possible(rulebook: Rulebook) -> list[str]:
    """The names of the facts that may be unknown, those of the root first."""
    root, *contained = entities(rulebook.definitions)
    fixed = _fixed(rulebook)
    return [fact.name for one in (root, *contained) for fact in one.facts.values() if _can_be(fact, fixed)]


def _fixed(rulebook: Rulebook) -> set[str]:
    """The facts that must be known: whom a reference names by default depends on them."""
    found: set[str] = set()
    for default in reversed(rulebook.input_rules.defaults):  # each comes after those that it reads
        if default.names is not None or default.definition.fact in found:
            found.update(default.reads())
    return found


def _can_be(fact: FactDefinition, fixed: Collection[str]) -> bool:
    return fact.type.kind in _CAN_BE and fact.name not in fixed


def may_vary(fact: FactDefinition, rulebook: Rulebook) -> bool:
    """Whether a fact may be unknown or change."""
    return _can_be(fact, _fixed(rulebook))


def entities(definitions: Definitions) -> list[Entity]:
    """The root entity, and the one that it contains, if any."""
    root = definitions.entities[definitions.head.root]
    return [root] if root.contains is None else [root, definitions.entities[root.contains.entity]]


def holders(value: Any, definitions: Definitions) -> Iterator[tuple[Holder, Entity, Any]]:
    """Yield the root and each contained entity of an input, plain values or a model, with the keys that lead to it."""
    root, *contained = entities(definitions)
    yield (), root, value
    if root.contains is not None:
        named = root.contains.named
        each = value.get(named) if isinstance(value, Mapping) else getattr(value, named)
        for number, one in enumerate(each if isinstance(each, Sequence) else ()):
            yield (named, number), contained[0], one


def _places(value: Mapping[str, Any], rulebook: Rulebook) -> Iterator[Place]:
    """Every place of plain values that is unknown and may be."""
    fixed = _fixed(rulebook)
    for holder, entity, one in holders(value, rulebook.definitions):
        for name, stated in one.items() if isinstance(one, Mapping) else ():
            fact = entity.facts.get(name)
            if fact is None or not _can_be(fact, fixed):
                continue
            if isinstance(stated, str) and stated == UNKNOWN:
                yield Place(fact, holder)
            elif fact.type.kind == "records" and isinstance(stated, list | tuple):
                for number, record in enumerate(stated):
                    for part in fact.fields.values() if isinstance(record, Mapping) else ():
                        if record.get(part.name) == UNKNOWN:
                            yield Place(fact, holder, number, part)


def places(household: Any, rulebook: Rulebook) -> Iterator[Place]:
    """Every place of a model at which a value was stated that may vary, in the order of the vocabulary."""
    fixed = _fixed(rulebook)
    for holder, entity, stated in holders(household, rulebook.definitions):
        for fact in entity.facts.values():
            if fact.name not in stated.model_fields_set or not _can_be(fact, fixed):
                continue
            if fact.type.kind == "records":
                for record in range(len(getattr(stated, fact.name))):
                    yield from (Place(fact, holder, record, part) for part in fact.fields.values())
            else:
                yield Place(fact, holder)


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
