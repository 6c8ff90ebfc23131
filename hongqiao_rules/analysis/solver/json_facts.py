"""Convert facts to the values of a household in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition, iso
from hongqiao_rules.rulebook.value_text import money


def plain(definition: FactDefinition | FieldDefinition, value: Any) -> Any:
    """The value of a fact, as an engine takes it, as it is stated in JSON."""
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


def household(facts: Facts, entities: Mapping[str, Entity], name: str = "example") -> dict[str, Any]:
    """A household of these facts, the first member being the applicant, that can be assessed."""
    parents: list[int | None] = [None] * facts.count
    for older, own in enumerate(facts.children["parent"]):
        for child in own:
            parents[child] = older
    members = []
    for number in range(facts.count):
        parent = parents[number]
        relationship = facts.each["relationship"][number] if "relationship" in facts.each else None
        if relationship is None:  # no rule reads it
            relationship = "applicant" if number == 0 else "child" if parent == 0 else "other"
        member: dict[str, Any] = {"id": _id(number), "relationship": relationship}
        for fact in entities["member"].facts.values():
            if fact.name in facts.each and fact.name != "relationship":
                value = facts.each[fact.name][number]
                if value is not None and (fact.name == "incomes" or value != fact.default):
                    member[fact.name] = plain(fact, value)
        if parent is not None and not (relationship == "child" and parent == 0):
            member["parent"] = _id(parent)
        members.append(member)
    own_facts = {
        fact.name: plain(fact, facts.root[fact.name])
        for fact in entities["household"].facts.values()
        if fact.name in facts.root and facts.root[fact.name] != fact.default
    }
    return {"id": name, "members": members, **own_facts}


def _id(number: int) -> str:
    return "applicant" if number == 0 else f"member-{number + 1}"
