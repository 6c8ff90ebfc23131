"""Build entities and their facts from the validated trees of policy files."""

from __future__ import annotations

from datetime import date
from typing import Any

from hongqiao_rules.language.nodes import Type
from hongqiao_rules.rulebook.build import (
    LARGEST_MONEY,
    Refuse,
    bilingual_or_none,
    check_keys,
    money,
    value_of,
)
from hongqiao_rules.rulebook.definitions import (
    Contents,
    Entity,
    FactDefinition,
    FieldDefinition,
    Origin,
    iso,
    ordinal,
)


def _bounds(tree: dict[str, Any], kind: str, origin: Origin, refuse: Refuse) -> tuple[int, int]:
    scale = 100 if kind == "money" else 1
    default = (0, {"money": 10**9 - 1, "text": 200}.get(kind, 10**6))
    least, most = tree.get("least"), tree.get("most")
    low = default[0] if least is None else least * scale
    high = default[1] if most is None else most * scale + (99 if kind == "money" else 0)
    if low > high or abs(low) > LARGEST_MONEY or abs(high) > LARGEST_MONEY:
        refuse("POLICY_BAD_RANGE", origin / ("most" if most is not None else "least"), limit=LARGEST_MONEY)
        return (0, 0)
    return low, high


def _default(tree: dict[str, Any], kind: str, bounds: tuple[int, int], origin: Origin, refuse: Refuse) -> Any:
    """The default of a fact: fen, yyyymmdd, or as written; refused unless it is a value of the type within *bounds*."""
    if (value := tree.get("default")) is None:
        return None
    made: Any = value
    size: int | None = 0
    match kind, value:
        case "money", int() | str():
            made = size = value * 100 if type(value) is int else money(value)
        case "number", int():
            size = value if type(value) is int else None
        case "text", str():
            size = len(value)
        case "date", str():
            try:
                made = ordinal(date.fromisoformat(value))
            except ValueError:
                made = 0
            size = bounds[0] if made and iso(made) == value else None
        case ("truth", bool()) | ("code", str()) | ("records", []):
            size = bounds[0]
        case "codes", list():
            size = len(value) if not value or value_of(kind, value) else None
        case _:
            size = None
    if size is None or not bounds[0] <= size <= bounds[1]:
        refuse(
            "POLICY_BAD_DEFAULT", origin / "default", value=str(value)[:60], fact=origin.path[-1], type=kind
        )
        return None
    return made


def entity(tree: dict[str, Any], origin: Origin, refuse: Refuse) -> Entity:
    """The entity in the tree of a file of facts."""
    name, facts = tree["entity"], {}
    for fact_name, item in tree["facts"].items():
        here = origin / "facts" / fact_name
        kind = item["type"]
        fields = {}
        for field_name, field in (item.get("fields") or {}).items():
            least, most = _bounds(field, field["type"], here / "fields" / field_name, refuse)
            check_keys(field, field["type"], field_name, here / "fields" / field_name, refuse)
            of = field.get("codes") if field["type"] == "code" else field.get("unit")
            fields[field_name] = FieldDefinition(
                field_name, bilingual_or_none(field["title"]), Type(field["type"], of), least, most
            )
        of = {"code": item.get("codes"), "codes": item.get("codes"), "records": f"{name}.{fact_name}",
              "reference": name, "number": item.get("unit")}.get(kind)  # fmt: skip
        check_keys(item, kind, fact_name, here, refuse)
        least, most = _bounds(item, kind, here, refuse)
        facts[fact_name] = FactDefinition(
            name, fact_name, bilingual_or_none(item["title"]), Type(kind, of), least, most, item.get("required", False),
            _default(item, kind, (least, most), here, refuse), bilingual_or_none(item.get("when_absent")), bilingual_or_none(item.get("assumed_as")), item.get("changeable", False),
            item.get("intrusive", False), item.get("needs_paper", False), fields, item.get("inverse"), here,
        )  # fmt: skip
    inside = tree.get("contains")
    if inside and inside["least"] > inside["most"]:
        refuse("POLICY_BAD_RANGE", origin / "contains" / "most", limit=LARGEST_MONEY)
    contents = inside and Contents(inside["entity"], inside["named"], inside["least"], inside["most"])
    return Entity(name, bilingual_or_none(tree["title"]), contents, facts, origin)
