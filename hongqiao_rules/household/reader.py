"""Convert pydantic's errors about single fields to faults, all in one error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hongqiao_rules.errors import Fault, HouseholdError, catalogue, nearest
from hongqiao_rules.household.fields import LONGEST_TEXT, UNKNOWN, found
from hongqiao_rules.household.json_text import (
    DEEPEST,
    RepeatedKeys,
    pointer,
    too_deep,
    with_good_keys,
    writable,
)
from hongqiao_rules.rulebook.definitions import Entity

Loc = tuple[str | int, ...]
Models = Mapping[tuple[str, ...], type[BaseModel]]

Model = TypeVar("Model", bound=BaseModel)

_TYPES = {
    "model_type": "NOT_AN_OBJECT", "model_attributes_type": "NOT_AN_OBJECT", "dict_type": "NOT_AN_OBJECT",
    "tuple_type": "NOT_A_LIST", "list_type": "NOT_A_LIST", "bool_type": "NOT_TRUTH", "bool_parsing": "NOT_TRUTH",
}  # fmt: skip
_TEXTS = {"string_too_short": "EMPTY_TEXT", "string_too_long": "TEXT_TOO_LONG", "string_unicode": "BAD_TEXT"}


@lru_cache(maxsize=64)
def models_of(model: type[BaseModel]) -> Models:
    """*model* (key ``()``) and the models nested in it, keyed by the field names on the path to them."""
    found: dict[tuple[str, ...], type[BaseModel]] = {(): model}
    for name, field in model.model_fields.items():
        for inner in _parts(field.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found |= {(name, *path): one for path, one in models_of(inner).items()}
    return found


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield the types and literals that *annotation* is composed of."""
    waiting = [annotation]
    while waiting:
        current = waiting.pop(0)
        arguments = get_args(current)
        waiting.extend(arguments)
        if not arguments:
            yield current


def validated(model: type[Model], value: Any) -> Model:
    """An instance of *model* made from plain values; the input checks are not run.

    Raises:
        ValidationError: A field is invalid.
    """
    if isinstance(value, Mapping) and not isinstance(value, dict):
        value = dict(value)
    return model.__pydantic_validator__.validate_python(value)  # type: ignore[no-any-return]


def household_id(value: Any) -> str | None:
    """The id in the plain values of a household, or ``None`` if it is absent or invalid."""
    if isinstance(value, RepeatedKeys):
        value = value.values
    found = value.get("id") if isinstance(value, Mapping) else None
    return found if isinstance(found, str) and 0 < len(found) <= LONGEST_TEXT and found != UNKNOWN else None


def refused_model(model: type[BaseModel], data: Any, error: ValidationError) -> HouseholdError:
    """The error with the faults that pydantic found in *data*; paths begin at *model*."""
    return told([fault(detail, models_of(model)) for detail in error.errors(include_url=False)], data)


def refused(
    model: type[BaseModel],
    entities: Sequence[Entity],
    value: Any,
    error: ValidationError,
    between: Callable[[Any], Iterable[Fault]],
) -> HouseholdError:
    """The error with all faults of an input: those that pydantic found, and those of *between* at other fields.

    *entities* are the root and, where it contains entities, these; *between* runs the input checks on the plain values.
    """
    if too_deep(value):
        return HouseholdError([Fault("TOO_DEEP", "", limit=DEEPEST)])
    faults: list[Fault] = []
    plain = with_good_keys(value, faults)
    inside = entities[0].contains
    members = plain.get(inside.named) if inside is not None and isinstance(plain, dict) else None
    several = members[: inside.most] if inside is not None and isinstance(members, list | tuple) else members
    details = error.errors(include_url=False)
    if faults or several != members:  # pydantic does not check the items of a list that is too long
        shortened = {inside.named: several} if inside is not None and several is not None else {}
        details = _details(model, {**plain, **shortened} if shortened else plain)
    # Pydantic does not count invalid items, so a list of them is not too short.
    faults += [
        fault(d, models_of(model)) for d in details if not (d["type"] == "too_short" and _filled(d["input"]))
    ]
    faults += _lengths(entities, plain)
    if isinstance(plain, dict):
        at_fields = {fault.path for fault in faults}
        faults += [f for f in between(plain) if f.path not in at_fields]
    return told(faults, plain)


def _details(model: type[BaseModel], value: Any) -> list[ErrorDetails]:
    try:
        validated(model, value)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _lengths(entities: Sequence[Entity], value: Any) -> Iterator[Fault]:
    """Yield a fault for each list that is too long; pydantic counts only valid items."""
    if not isinstance(value, dict):
        return
    root, *contained = entities
    yield from _long_facts(root, value, "")
    members = None if root.contains is None else value.get(root.contains.named)
    if root.contains is None or not isinstance(members, list | tuple):
        return
    path = f"/{root.contains.named}"
    if len(members) > root.contains.most:
        yield Fault("TOO_MANY", path, limit=root.contains.most)
    for number, member in enumerate(members):
        if isinstance(member, dict):
            yield from _long_facts(contained[0], member, f"{path}/{number}")


def _long_facts(entity: Entity, value: dict[str, Any], path: str) -> Iterator[Fault]:
    for fact in entity.facts.values():
        items = value.get(fact.name) if fact.type.kind in ("codes", "records") else None
        if isinstance(items, list | tuple) and len(items) > fact.most:
            yield Fault("TOO_MANY", f"{path}/{fact.name}", limit=fact.most)


def told(faults: list[Fault], value: Any) -> HouseholdError:
    """The error with *faults*, without duplicates and in the order of the document *value*."""
    unique = {(fault.code, fault.path): fault for fault in faults}
    id_ = value.get("id") if isinstance(value, dict) else None
    known = isinstance(id_, str) and not any(fault.path == "/id" for fault in unique.values())
    orders: dict[int, dict[str, int]] = {}
    ordered = sorted(unique.values(), key=lambda fault: _place(fault.path, value, orders))
    return HouseholdError(ordered, id_ if known else None)


def _place(path: str, value: Any, orders: dict[int, dict[str, int]]) -> tuple[tuple[int, int], ...]:
    """The sort key of a JSON pointer: document order, absent fields after present ones.

    *orders* caches the positions of the keys of each object, by the identity of the object.
    """
    place: list[tuple[int, int]] = []
    for step in path.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping):
            if id(value) not in orders:
                orders[id(value)] = {str(key): number for number, key in enumerate(value)}
            order = orders[id(value)]
            place.append((0, order[name]) if name in order else (1, 0))
            value = value.get(name)
        elif isinstance(value, list | tuple) and name.isdigit():
            place.append((0, int(name)))
            value = value[int(name)] if int(name) < len(value) else None
    return tuple(place)


def fault(detail: ErrorDetails, models: Models, tags: Callable[[Loc], Loc] = lambda loc: loc) -> Fault:
    """The fault for one of pydantic's errors; *models* is of :func:`models_of`, *tags* removes union tags from a path."""
    loc, kind, given = detail["loc"], detail["type"], detail.get("input")
    path = pointer(tags(loc))
    context: dict[str, Any] = detail.get("ctx") or {}
    if kind == "missing":
        return Fault("MISSING_FIELD", path, name=loc[-1])
    if kind == "extra_forbidden":
        known = list(_fields(loc[:-1], models))
        return Fault("UNKNOWN_FIELD", path, name=loc[-1], known=tuple(known), meant=nearest(loc[-1], known))
    if given is None:
        return Fault("NULL_VALUE", path)
    if isinstance(given, str) and given == UNKNOWN:
        return Fault("UNKNOWN_VALUE", path)
    if f"fault.{kind}" in catalogue("en"):
        return Fault(kind, path, **context)
    if kind in _TYPES:
        return Fault(_TYPES[kind], path, found=found(given))
    if kind in _TEXTS:
        return Fault(_TEXTS[kind], path, limit=LONGEST_TEXT)
    if kind in ("too_short", "too_long"):
        limit = context.get("min_length" if kind == "too_short" else "max_length")
        return Fault("TOO_FEW" if kind == "too_short" else "TOO_MANY", path, limit=limit)
    if kind == "literal_error" and isinstance(given, str):
        name = str(loc[-1] if isinstance(loc[-1], str) else loc[-2])
        known = list(codes(loc, models))
        value, meant = writable(given[:60]), nearest(given, known)
        return Fault("UNKNOWN_CODE", path, value=value, list=name, known=tuple(known), meant=meant)
    return Fault("NOT_TEXT", path, found=found(given))


def _fields(loc: Loc, models: Models) -> Iterator[str]:
    model = models.get(tuple(step for step in loc if isinstance(step, str)))
    yield from model.model_fields if model is not None else ()


def codes(loc: Loc, models: Models) -> Iterator[str]:
    """Yield the valid codes of the field at *loc*."""
    steps = tuple(step for step in loc if isinstance(step, str))
    model = models.get(steps[:-1])
    annotation: Any = model.model_fields[steps[-1]].annotation if model is not None else None
    yield from (part for part in _parts(annotation) if isinstance(part, str))


def _filled(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value)
