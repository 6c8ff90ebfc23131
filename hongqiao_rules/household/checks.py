"""Find faults between fields: unique ids, references, and the checks that the rulebook declares.

A check is skipped if it depends on a field that is invalid, or required and absent; every other fault is still reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.direct.inputs import children_of
from hongqiao_rules.errors import Fault, nearest
from hongqiao_rules.household.fields import UNKNOWN
from hongqiao_rules.rulebook import input_rules as rules
from hongqiao_rules.rulebook.definite import DATE, absent, definite, known
from hongqiao_rules.rulebook.definitions import Entity, iso

MANY = 1000
"""A list of more entities is refused because of its length, and its entities are not checked against each other."""
UNSURE = (KeyError, TypeError, ValueError)
"""The exceptions that a reader raises for a value that may be invalid."""
Read = Callable[[Any], tuple[Any, str]]
_NOT = "{} not taken"


class Sketch:
    """The valid part of an input: the value of each fact, and the truths that it could be read and that it is absent.

    Attributes:
        stated: for each kind of entity, the entities as stated; ``None`` for one that is not an object.
        columns: for each kind of entity, the values of each fact and of its two truths, by name.
        readable: True if the contained entities are a list of at most :data:`MANY`, so that checks can be evaluated.
    """

    def __init__(self, value: Mapping[str, Any], entities: Mapping[str, Entity], root: str, readers: Mapping[str, Mapping[str, Read]]) -> None:  # fmt: skip
        self.root, self.entities = root, entities
        self.inside = entities[root].contains
        members: Any = None if self.inside is None else value.get(self.inside.named)
        listed = isinstance(members, list | tuple) and len(members) <= MANY
        self.readable = self.inside is None or listed
        self.stated: dict[str, list[Any]] = {root: [value]}
        if self.inside is not None:
            self.stated[self.inside.entity] = [_object(one) for one in members] if listed else []
        self.columns = {name: self._read(entities[name], readers[name]) for name in self.stated}
        self.pointing: dict[str, list[int]] = {}

    def _read(self, entity: Entity, readers: Mapping[str, Read]) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {}
        for fact in entity.facts.values():
            text = fact.type.kind in ("text", "reference")
            values: list[Any] = []
            sure: list[bool] = []
            gone: list[bool] = []
            for one in self.stated[entity.name]:
                gone.append(one is not None and fact.name not in one)
                if one is None or gone[-1]:
                    values.append(None if one is None else fact.default)
                    sure.append(one is not None and not fact.required)
                    continue
                try:
                    found = one[fact.name]
                    values.append(_text(found) if text else readers[fact.name](_plain(found))[0])
                    sure.append(True)
                except UNSURE:
                    values.append(None)
                    sure.append(False)
            columns[fact.name], columns[known(fact.name)], columns[absent(fact.name)] = values, sure, gone
        return columns

    def path(self, entity: str, number: int, field: str | None = None) -> str:
        """The JSON pointer to a field of an entity; without *field*, to the list of contained entities."""
        if entity == self.root or self.inside is None:
            return f"/{field}"
        return f"/{self.inside.named}" + ("" if field is None else f"/{number}/{field}")

    def facts(self, children: Mapping[str, Sequence[Sequence[int]]] | None = None) -> Facts:
        """The facts in the form of the direct engine."""
        each: Mapping[str, Sequence[Any]] = {} if self.inside is None else self.columns[self.inside.entity]
        root = {name: column[0] for name, column in self.columns[self.root].items()}
        count = 0 if self.inside is None else len(self.stated[self.inside.entity])
        return Facts(root, count, each, self.children() if children is None else children)

    def children(self) -> dict[str, list[list[int]]]:
        """For each reference, for each entity, the indices of the entities that refer to it."""
        return {name: children_of(pointing) for name, pointing in self.pointing.items()}


class InputChecks:
    """The checks and derived defaults of a period, compiled to find the faults of one invalid input."""

    def __init__(self, inputs: rules.DatedInputs) -> None:
        self.inputs, self.root = inputs, inputs.definitions.head.root

    @cached_property
    def _checks(self) -> tuple[DirectEngine, list[tuple[rules.Check, int]]]:
        """An engine that evaluates which checks certainly refuse, and each check with the slot of its result."""
        made = [
            rules.conclusion(
                f"check {number}",
                self._entity(check),
                rules.certainly(check, self.root),
                check.definition.origin,
            )
            for number, check in enumerate(self.inputs.checks)
        ]
        engine = DirectEngine(self.inputs.of(made))
        return engine, [
            (check, engine.slots[one.entity, one.name])
            for check, one in zip(self.inputs.checks, made, strict=True)
        ]

    @cached_property
    def _defaults(self) -> list[tuple[rules.Default, DirectEngine]]:
        found = []
        for one in self.inputs.defaults:
            sure = one._replace(
                condition=definite(one.condition, self.root),
                names=None if one.names is None else definite(one.names, self.root),
            )
            never = definite(one.condition, self.root, wanted=False)
            name, origin = one.definition.fact, one.definition.origin
            made = [
                *rules.taking(sure),
                rules.conclusion(_NOT.format(name), one.definition.entity, never, origin),
            ]
            found.append((one, DirectEngine(self.inputs.of(made))))
        return found

    def _entity(self, check: rules.Check) -> str:
        """The entity that the condition of a check is about: the root if the fault has no single entity."""
        one = check.definition
        return self.root if one.form == "at_least_one" else one.entity

    def faults(self, sketch: Sketch, on: int | None) -> Iterator[Fault]:
        """Yield the faults between the fields of *sketch* on *on* (yyyymmdd; ``None`` for an unknown day)."""
        faults = list(self._structural(sketch))
        if sketch.readable:
            sketch.columns[self.root][known(DATE)] = [on is not None]
            self._derive(sketch, on or 0)
            engine, checks = self._checks
            state: list[Any] | None = None
            for check, slot in checks:
                if state is None:
                    state = engine.run(sketch.facts(), on or 0).state
                found = list(self._refusals(check, slot, engine, state, sketch, on or 0))
                if found and check.definition.form != "when":
                    state = None  # a field is no longer known
                faults += found
        yield from faults

    def _structural(self, sketch: Sketch) -> Iterator[Fault]:
        for name, entities in sketch.stated.items():
            columns = sketch.columns[name]
            ids = columns.get("id", [])
            first = {one: number for number, one in reversed(list(enumerate(ids))) if one is not None}
            for fact in sketch.entities[name].facts.values():
                if fact.type.kind not in ("text", "reference"):
                    continue
                reference = fact.type.kind == "reference"
                if reference:
                    sketch.pointing[fact.name] = [-1] * len(entities)
                for number, value in enumerate(columns[fact.name]):
                    path = sketch.path(name, number, fact.name)
                    if value == UNKNOWN:
                        yield Fault("UNKNOWN_VALUE", path)
                    elif value is None:
                        continue
                    elif reference and value not in first:
                        yield Fault("PARENT_NOT_A_MEMBER", path, name=value, meant=nearest(value, first))
                    elif reference and first[value] == number:
                        yield Fault("PARENT_OF_ITSELF", path)
                    elif fact.name == "id" and first[value] != number:
                        yield Fault("DUPLICATE_ID", path, name=value)
                    if reference and value in first:
                        sketch.pointing[fact.name][number] = first[value]

    def _derive(self, sketch: Sketch, on: int) -> None:
        """Take the derived defaults of absent fields; if a condition is uncertain, the field counts as unreadable."""
        for one, engine in self._defaults:
            entity, name = one.definition.entity, one.definition.fact
            columns = sketch.columns[entity]
            if True not in columns[absent(name)]:
                continue
            state = engine.run(sketch.facts(), on).state
            forms = (rules.TAKEN, _NOT) if one.names is None else (rules.TAKEN, _NOT, rules.NAMES)
            found = [state[engine.slots[entity, form.format(name)]] for form in forms]
            taken, never, *naming = [[held] if entity == self.root else held for held in found]
            named = naming[0].index(True) if naming and True in naming[0] else -1
            for number, gone in enumerate(columns[absent(name)]):
                if gone and taken[number]:
                    if one.names is not None:
                        sketch.pointing[name][number] = named
                    else:
                        columns[name][number] = constant(one)
                elif gone and not never[number]:
                    columns[known(name)][number] = False

    def _refusals(
        self, check: rules.Check, slot: int, engine: DirectEngine, state: list[Any], sketch: Sketch, on: int
    ) -> Iterator[Fault]:
        one, found = check.definition, state[slot]
        of_root = self._entity(check) == self.root
        numbers = [n for n, held in enumerate([found] if of_root else found) if held]
        if one.form == "at_least_one":
            path = sketch.path(one.entity, 0)
            yield from (Fault(one.code, path, on=iso(on), declared=one.message) for _ in numbers)
            return
        if check.relation is not None:
            yield from self._pairs(check, slot, check.relation, engine, sketch, numbers, on)
            return
        for number in numbers[1:] if one.form == "at_most_one" else numbers:
            yield self._fault(check, sketch, number, sketch.path(one.entity, number, one.field), on)
            if one.form != "when":
                sketch.columns[one.entity][known(one.field or "")][number] = False

    def _pairs(
        self, check: rules.Check, slot: int, relation: str, engine: DirectEngine, sketch: Sketch, numbers: list[int], on: int
    ) -> Iterator[Fault]:  # fmt: skip
        """Yield the faults of a check about pairs: each entity that refers to another is tried alone."""
        one, children = check.definition, sketch.children()
        label, _, field = (one.field or "").rpartition(".")
        for number in numbers:
            for child in children[relation][number]:
                alone = [[child] if n == number else [] for n in range(len(children[relation]))]
                state = engine.run(sketch.facts({**children, relation: alone}), on).state
                if state[slot][number]:
                    path = sketch.path(one.entity, child if label else number, field)
                    yield self._fault(check, sketch, number, path, on)

    def _fault(self, check: rules.Check, sketch: Sketch, number: int, path: str, on: int) -> Fault:
        one = check.definition
        stated = sketch.stated[one.entity][number]
        filled = {name: stated.get(name, "") for name in one.blanks} | {"on": iso(on)}
        return Fault(one.code, path, **filled, declared=one.message)


def constant(default: rules.Default) -> Any:
    """The constant value of a derived default."""
    return getattr(default.value, "value", None)


def _object(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)
    return value if isinstance(value, Mapping) else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _plain(value: Any) -> Any:
    """*value* in its JSON form."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case BaseModel():
            return value.model_dump(mode="json", exclude_unset=True)
    return value
