"""Unknown facts of a root with up to a number of contained entities, and the facts of a Z3 model."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import z3

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.symbolic import terms as terms
from hongqiao_rules.engines.symbolic.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Choice, Truth
from hongqiao_rules.engines.symbolic.unknown_lists import facts_read
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition

_UNSAID = ("text", "reference")


def stated(entity: Entity) -> list[FactDefinition]:
    """The facts of an entity except texts and references."""
    return [fact for fact in entity.facts.values() if fact.type.kind not in _UNSAID]


def free(
    space: Space, least: int, most: int, also: frozenset[tuple[str, str]] = frozenset()
) -> SymbolicFacts:
    """Unknown facts of the root and of *least* to *most* contained entities.

    The first *least* entities are present; each further one is present only if the one before it is. This excludes no case,
    because rules cannot read the order of entities.

    Args:
        space: receives the variables and their constraints.
        least: the least number of contained entities.
        most: the greatest number of contained entities.
        also: facts (entity, name) to include although no rule reads them; all other unread facts are left out.
    """
    root, inside = space.definitions.root, space.definitions.contained
    wanted = facts_read(space.dateds) | also
    present: list[Truth] = [number < least or space.truth(f"present {number}") for number in range(most)]
    for one, other in pairwise(present[least:]):
        space.require(z3.Implies(other, one))
    each: dict[str, list[Any]] = {}
    points: dict[str, list[list[Truth]]] = {}
    for fact in inside.facts.values() if inside is not None and root.contains is not None else ():
        if (fact.entity, fact.name) not in wanted or fact.type.kind == "text":
            continue
        if fact.type.kind == "reference":
            points[fact.name] = pointing(space, fact, present)
        else:
            labels = [f"/{root.contains.named}/{number}/{fact.name}" for number in range(most)]  # type: ignore[union-attr]  # checked above
            each[fact.name] = [fresh(space, fact, label) for label in labels]
    own = {
        fact.name: fresh(space, fact, f"/{fact.name}")
        for fact in stated(root)
        if (root.name, fact.name) in wanted
    }
    return SymbolicFacts(own, present, each, points)


def fresh(space: Space, fact: FactDefinition, label: str) -> Any:
    """The term of an unknown fact; an optional code without a default may be ``None``."""
    if fact.type.kind == "code" and fact.default is None and not fact.required:
        return space.code(label, [*space.codes_of(fact.type.of or ""), None])
    return space.fact(fact, label)


def pointing(space: Space, fact: FactDefinition, present: list[Truth]) -> list[list[Truth]]:
    """For each entity, for each other entity, the truth that the other refers to it; each refers to at most one."""
    count = len(present)
    matrix: list[list[Truth]] = [[False] * count for _ in range(count)]
    for number in range(count):
        others = [other for other in range(count) if other != number]
        guards = {other: space.truth(f"{fact.name} {number}={other}") for other in others}
        for other, guard in guards.items():
            matrix[other][number] = guard
            needed = terms.conjunction([present[number], present[other]])
            if needed is not True:
                space.require(z3.Implies(guard, needed))
        if len(guards) > 1:
            space.require(z3.PbLe([(guard, 1) for guard in guards.values()], 1))
    return matrix


def facts(space: Space, model: Any, symbolic: SymbolicFacts) -> Facts:
    """The facts of a Z3 model in the form of the direct engine; facts left out get their default or least value."""
    root, inside = space.definitions.root, space.definitions.contained
    places = [who for who, present in enumerate(symbolic.present) if space.value(model, present)]
    each: dict[str, list[Any]] = {}
    children: dict[str, list[list[int]]] = {}
    for fact in inside.facts.values() if inside is not None else ():
        if fact.type.kind == "reference":
            matrix = symbolic.points.get(fact.name)
            children[fact.name] = [
                [to for to, other in enumerate(places) if matrix and space.value(model, matrix[who][other])]
                for who in places
            ]
        elif fact.type.kind != "text":
            column = symbolic.each.get(fact.name)
            each[fact.name] = [_value(space, model, fact, column and column[who]) for who in places]
    own = {fact.name: _value(space, model, fact, symbolic.root.get(fact.name)) for fact in stated(root)}
    return Facts(own, len(places), each, children)


def _value(space: Space, model: Any, fact: FactDefinition, term: Any) -> Any:
    if fact.type.kind == "records":
        items = space.items(model, fact, term or [])
        return [[item[name] for name in fact.fields] for item in items]
    if fact.type.kind == "codes":
        return space.items(model, fact, term or [])
    if term is not None and not (isinstance(term, Choice) and not term.guards):
        return space.value(model, term)
    if fact.default is not None:
        return fact.default
    if fact.type.kind == "code" and fact.required:
        return space.codes_of(fact.type.of or "")[0]
    return {"truth": False, "code": None, "date": 20000101}.get(fact.type.kind, fact.least)
