"""Input of the symbolic engine: facts as terms, and which entities are present."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition


@dataclass(frozen=True, slots=True)
class Item:
    """A possible item of a list.

    Attributes:
        present: whether it is in the list.
        value: the code; of a record, its fields by name.
        summed: the fields that stand for the sum of any number of records that are alike in the others.

    """

    present: Truth
    value: Any
    summed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolicFacts:
    """The facts of one root entity and of those it may contain, as terms.

    Attributes:
        root: the root's facts by name; a list is a sequence of :class:`Item`.
        present: for each entity that it may contain, whether it does.
        each: a column for each fact of the contained entities, as long as ``present``.
        points: for each reference, by entity, by every other one, whether the second points at the first. One
            that is not present points at nobody, and nobody at it.

    """

    root: Mapping[str, Any]
    present: Sequence[Truth]
    each: Mapping[str, Sequence[Any]]
    points: Mapping[str, Sequence[Sequence[Truth]]]


def known(facts: Facts, entities: Mapping[str, Entity], root: str) -> SymbolicFacts:
    """Facts that are all known, as terms."""
    inside = entities[root].contains
    contained = entities[inside.entity].facts if inside is not None else {}
    return SymbolicFacts(
        {name: term(value, entities[root].facts[name]) for name, value in facts.root.items()},
        [True] * facts.count,
        {name: [term(value, contained[name]) for value in column] for name, column in facts.each.items()},
        {
            name: [[number in own for number in range(facts.count)] for own in children]
            for name, children in facts.children.items()
        },
    )


def term(value: Any, fact: FactDefinition) -> Any:
    """The value of a fact, as an engine takes it, as a term."""
    if fact.type.kind == "codes":
        return [Item(present=True, value=code) for code in value]
    if fact.type.kind == "records":
        return [Item(present=True, value=dict(zip(fact.fields, record, strict=True))) for record in value]
    return value
