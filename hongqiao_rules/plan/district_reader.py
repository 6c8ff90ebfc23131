"""Read a district from plain values, with pydantic models built from the declared facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.errors import DistrictError, Fault, HouseholdError
from hongqiao_rules.household.fields import UNKNOWN, FrozenModel, NotNull, Text, found
from hongqiao_rules.household.json_text import DEEPEST, parse, too_deep, with_good_keys
from hongqiao_rules.household.reader import fault
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition

_RENAMED = {"TOO_LARGE": "DISTRICT_TOO_LARGE", "TOO_DEEP": "DISTRICT_TOO_DEEP"}


class Border:
    """Reads districts by the declarations of a rulebook: texts, truths and counts; all but the ids are optional."""

    def __init__(self, definitions: Definitions) -> None:
        self.root = definitions.root
        contents = self.root.contains
        assert contents is not None
        self.named, self.each = contents.named, definitions.entities[contents.entity]
        inside = _model(self.each, {})
        several = Annotated[
            tuple[inside, ...],  # type: ignore[valid-type]  # made from the declarations
            Field(strict=False, min_length=contents.least, max_length=contents.most),
        ]
        self._model = _model(self.root, {self.named: (several, ())})
        self._models = {(): self._model, (self.named,): inside}

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a district."""
        return self._model.model_json_schema(mode="validation")

    def read_json(self, text: str | bytes) -> BaseModel:
        """Return the district of a JSON text.

        Raises:
            DistrictError: The district is invalid; ``faults`` has all faults.
        """
        try:
            value = parse(text)
        except HouseholdError as error:
            raise DistrictError(_renamed(one) for one in error.faults) from None
        return self.read(value)

    def read(self, value: Any) -> BaseModel:
        """Return the district of plain values. Raises as :meth:`read_json`."""
        if too_deep(value):
            raise DistrictError([Fault("DISTRICT_TOO_DEEP", "", limit=DEEPEST)])
        faults: list[Fault] = []
        plain = with_good_keys(dict(value) if isinstance(value, Mapping) else value, faults)
        try:
            district = self._model.model_validate(plain)
        except ValidationError as error:
            faults += [fault(detail, self._models) for detail in error.errors(include_url=False)]
            raise DistrictError(faults, _id(plain)) from None
        faults += self._ids(district)
        if faults:
            raise DistrictError(faults, _id(plain))
        return district

    def _ids(self, district: BaseModel) -> list[Fault]:
        faults, seen = [], set[str]()
        if getattr(district, "id", None) == UNKNOWN:
            faults.append(Fault("UNKNOWN_VALUE", "/id"))
        for number, one in enumerate(getattr(district, self.named)):
            path = f"/{self.named}/{number}/id"
            if one.id == UNKNOWN:
                faults.append(Fault("UNKNOWN_VALUE", path))
            elif one.id in seen:
                faults.append(Fault("DUPLICATE_COMMUNITY", path, name=one.id))
            seen.add(one.id)
        return faults

    def facts(self, district: BaseModel) -> Facts:
        """Return the facts as engines take them. Absent ones have placeholders; results that depend on these are not shown."""
        inside = getattr(district, self.named)
        each = {fact.name: [_value(fact, one) for one in inside] for fact in _stated(self.each)}
        return Facts(
            {fact.name: _value(fact, district) for fact in _stated(self.root)}, len(inside), each, {}
        )


def _renamed(one: Fault) -> Fault:
    return Fault(_RENAMED.get(one.code, one.code), one.path, **one.arguments)


def _id(plain: Any) -> str | None:
    found_id = plain.get("id") if isinstance(plain, Mapping) else None
    return found_id if isinstance(found_id, str) and found_id else None


def _stated(entity: Entity) -> list[FactDefinition]:
    return [fact for fact in entity.facts.values() if fact.type.kind != "text"]


def _value(fact: FactDefinition, of: BaseModel) -> Any:
    value = getattr(of, fact.name)
    return (fact.least if fact.type.kind == "number" else False) if value is None else value


def _model(entity: Entity, more: dict[str, Any]) -> type[BaseModel]:
    fields: dict[str, Any] = {fact.name: _field(fact) for fact in entity.facts.values()}
    return create_model(entity.name.capitalize(), __base__=FrozenModel, **fields, **more)


def _field(fact: FactDefinition) -> Any:
    match fact.type.kind:
        case "text":
            return (Text, ...)
        case "truth":
            return (Annotated[bool | None, NotNull, Field(description=fact.title.en)], None)
        case "number":
            limits = WithJsonSchema({"type": "integer", "minimum": fact.least, "maximum": fact.most})
            checked = BeforeValidator(_count(fact.least, fact.most))
            return (Annotated[int | None, checked, NotNull, limits, Field(description=fact.title.en)], None)
    raise AssertionError(fact.type)


def _count(least: int, most: int) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        arguments = {"value": found(value), "least": least, "most": most}
        raise PydanticCustomError("BAD_COUNT", "refused", arguments)

    return checked
