"""Convert facts to the JSON values of an input."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition, iso
from hongqiao_rules.rulebook.value_text import money


def plain(definition: FactDefinition | FieldDefinition, value: Any) -> Any:
    """The JSON value of a fact or field of an engine."""
    match definition.type.kind:
        case "money":
            return money(value)
        case "date":
            return iso(value)
        case "codes":
            return list(value)
        case "records":
            assert isinstance(definition, FactDefinition)
            fields = definition.fields
            records = [r if isinstance(r, Mapping) else dict(zip(fields, r, strict=True)) for r in value]
            return [{name: plain(field, r[name]) for name, field in fields.items()} for r in records]
    return value


def household(
    facts: Facts, definitions: Definitions, needed: Collection[tuple[str, str]], name: str = "example"
) -> dict[str, Any]:
    """A household, or other root entity, with these facts.

    Args:
        facts: the facts after defaults.
        definitions: the vocabulary.
        needed: the facts that are stated even if they equal their default, by entity and name.
        name: the id of the root entity; a contained one has the name of its kind and a number.
    """
    root, inside = definitions.root, definitions.contained
    found = dict(_stated(root, name, facts.root, needed))
    if root.contains is None or inside is None:
        return found
    labels = [f"{inside.name}-{number}" for number in range(1, facts.count + 1)]
    each = []
    for who, label in enumerate(labels):
        own = {fact: column[who] for fact, column in facts.each.items()}
        for reference, pointed in facts.children.items():
            own[reference] = next((labels[to] for to, others in enumerate(pointed) if who in others), None)
        each.append(dict(_stated(inside, label, own, needed)))
    texts = {key: found.pop(key) for key in list(found) if root.facts[key].type.kind == "text"}
    return {**texts, root.contains.named: each, **found}


def _stated(
    entity: Entity, label: str, values: Mapping[str, Any], needed: Collection[tuple[str, str]]
) -> Iterator[tuple[str, Any]]:
    """Yield the fields of an entity that differ from their defaults or are needed."""
    for fact in entity.facts.values():
        if fact.type.kind == "text":
            if fact.required:
                yield fact.name, label
            continue
        value = values.get(fact.name)
        if value is not None and (value != fact.default or (entity.name, fact.name) in needed):
            yield fact.name, value if fact.type.kind == "reference" else plain(fact, value)
