"""Make the typed models of a rulebook's input from what its vocabulary declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from hongqiao_rules.household.fields import (
    Day,
    FrozenModel,
    Grade,
    NotNull,
    Text,
    money_between,
    number_between,
)
from hongqiao_rules.household.models import Household
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import CodeList, Entity, FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.load import Rulebook, bundled_rulebook


def model_of(rulebook: Rulebook) -> type[BaseModel]:
    """Return the model of the root: :class:`Household` where the facts are those of the bundled rulebook."""
    return rulebook.once(_model)


def _model(rulebook: Rulebook) -> type[BaseModel]:
    definitions = rulebook.definitions
    if declared(definitions) == declared(bundled_rulebook().definitions):
        return Household
    root = definitions.root
    fields = _fields(root, definitions.codes)
    if root.contains is not None:
        inside = root.contains
        contained = definitions.entities[inside.entity]
        one = create_model(
            _class(contained.name), __base__=FrozenModel, **_fields(contained, definitions.codes)
        )
        several = Field(strict=False, min_length=inside.least, max_length=inside.most)
        id_ = {"id": fields.pop("id")}  # the list follows the id, as in the contract
        fields = id_ | {inside.named: (Annotated[tuple[one, ...], several], ...)} | fields
    return create_model(_class(root.name), __base__=FrozenModel, **fields)


def need_household(rulebook: Rulebook) -> None:
    """Refuse a rulebook whose facts are not those of the bundled rulebook, where they have to be.

    Raises:
        PolicyError: POLICY_OTHER_VOCABULARY; with the first fact that differs.
    """
    mine, theirs = declared(rulebook.definitions), declared(bundled_rulebook().definitions)
    differing = sorted(name for name in mine | theirs if mine.get(name) != theirs.get(name))
    if differing:
        faults, head = Faults(rulebook.files), rulebook.definitions.head
        what = "root" if "root" in differing else differing[0]
        faults("POLICY_OTHER_VOCABULARY", head.origin / "root", what=what)
        faults.settle()


def declared(definitions: Definitions) -> dict[str, object]:
    """Return all that the models are made from: each fact of each entity, its codes, how many entities the root contains."""
    root = definitions.root
    found: dict[str, object] = {"root": (root.name, root.contains)}
    for entity in filter(None, [root, definitions.contained]):
        for fact in entity.facts.values():
            parts: dict[str, FactDefinition | FieldDefinition] = {"": fact, **fact.fields}
            ranges = {name: (part.type, part.least, part.most) for name, part in parts.items()}
            lists = [definitions.codes.get(part.type.of or "") for part in parts.values()]
            codes = [listed and sorted(listed.values) for listed in lists]
            found[f"{entity.name}.{fact.name}"] = (ranges, codes, fact.required, fact.default, fact.inverse)
    return found


def _fields(entity: Entity, lists: Mapping[str, CodeList]) -> dict[str, Any]:
    """Return the fields of an entity as pydantic takes them; what may be absent has no default here, as the reader takes defaults."""
    fields: dict[str, Any] = {}
    for fact in entity.facts.values():
        type_ = _type(fact, lists)
        fields[fact.name] = (type_, ...) if fact.required else (Annotated[type_ | None, NotNull], None)
    return fields


def _type(fact: FactDefinition | FieldDefinition, lists: Mapping[str, CodeList]) -> Any:
    several = Field(strict=False, max_length=fact.most)
    match fact.type.kind:
        case "text" | "reference":
            return Text
        case "date":
            return Day
        case "truth":
            return bool
        case "money":
            return money_between(fact.least, fact.most)
        case "number":
            return Grade if (fact.least, fact.most) == (1, 4) else number_between(fact.least, fact.most)
        case "code":
            return _codes(fact, lists)
        case "codes":
            code: Any = _codes(fact, lists)
            return Annotated[tuple[code, ...], several]
    assert isinstance(fact, FactDefinition)
    fields: dict[str, Any] = {name: (_type(field, lists), ...) for name, field in fact.fields.items()}
    record = create_model(_class(fact.name), __base__=FrozenModel, **fields)
    return Annotated[tuple[record, ...], several]


def _codes(fact: FactDefinition | FieldDefinition, lists: Mapping[str, CodeList]) -> Any:
    return Literal[tuple(lists[fact.type.of or ""].values)]


def _class(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
