"""The input of the symbolic engine: facts as terms, and the truths that entities are present."""

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
        present: the truth that it is in the list.
        value: the code, or the fields of the record by name.
        summed: the fields that hold the sum over any number of records that are equal in the other fields.
    """

    present: Truth
    value: Any
    summed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SymbolicFacts:
    """The facts of one root and of the entities that it may contain, as terms.

    Attributes:
        root: the facts of the root by name; a list is a sequence of :class:`Item`.
        present: for each entity that the root may contain, the truth that it does.
        each: for each fact of the contained entities, a column as long as ``present``.
        points: for each reference, ``points[name][i][j]`` is the truth that entity *j* refers to entity *i*. An absent
            entity neither refers nor is referred to.
    """

    root: Mapping[str, Any]
    present: Sequence[Truth]
    each: Mapping[str, Sequence[Any]]
    points: Mapping[str, Sequence[Sequence[Truth]]]


def known(facts: Facts, entities: Mapping[str, Entity], root: str) -> SymbolicFacts:
    """Known facts as terms."""
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
    """The term of a known value of a fact."""
    if fact.type.kind == "codes":
        return [Item(present=True, value=code) for code in value]
    if fact.type.kind == "records":
        return [Item(present=True, value=dict(zip(fact.fields, record, strict=True))) for record in value]
    return value
