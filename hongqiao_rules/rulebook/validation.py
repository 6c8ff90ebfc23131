"""Validate the shape of policy files with pydantic; report line, column and the nearest valid name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from hongqiao_rules.errors import PolicyFault, nearest
from hongqiao_rules.rulebook.definitions import Path
from hongqiao_rules.rulebook.file_models import KINDS
from hongqiao_rules.rulebook.yaml_tree import Document
from hongqiao_rules.text.catalogue import Phrase

_EXPRESSIONS = ("value", "when", "where")
"""The keys whose value is an expression: an integer there is a figure without a source."""


def faults(document: Document, kinds: Mapping[str, type[BaseModel]] = KINDS) -> list[PolicyFault]:
    """The faults in the shape of one file; *kinds* has the model of each kind of file by its first key."""
    tree = document.tree
    if not isinstance(tree, dict):
        return [document.fault("POLICY_NOT_A_MAPPING", ())]
    named = [key for key in tree if key in kinds]
    kind = next(iter(tree), None)
    if kind not in kinds:
        meant = nearest(kind, kinds)
        path, meant = (kind,) if kind else (), named[0] if named else meant
        fault = document.fault(
            "POLICY_UNKNOWN_KIND", path, key=True, name=kind, kinds=tuple(kinds), meant=meant
        )
        return [fault]
    model = kinds[str(kind)]
    try:
        model.model_validate(tree)
    except ValidationError as error:
        return [_fault(document, model, detail) for detail in error.errors(include_url=False)]
    return []


def _fault(document: Document, model: type[BaseModel], detail: ErrorDetails) -> PolicyFault:
    path: Path = tuple(step for step in detail["loc"] if step != "[key]")
    found = detail["input"]
    name = str(path[-1]) if path else ""
    context: Mapping[str, Any] = detail.get("ctx") or {}
    if "[key]" in detail["loc"]:
        return document.fault("POLICY_BAD_NAME", path, key=True, value=str(found)[:60])
    match detail["type"]:
        case "extra_forbidden":
            known = _keys(model, path[:-1])
            meant = _elsewhere(model, name) or nearest(name, known)
            return document.fault(
                "POLICY_UNKNOWN_KEY", path, key=True, name=name, meant=meant, known=tuple(known)
            )
        case "missing":
            return document.fault("POLICY_MISSING_KEY", path[:-1], name=name)
        case "bad_date":
            return document.fault("POLICY_BAD_DATE", path, value=str(found)[:60])
        case "literal_error":
            expected = str(context.get("expected", ""))
            options = [option.strip(" '") for option in expected.replace(" or ", ",").split(",")]
            value, meant = str(found)[:60], nearest(found, options)
            return document.fault("POLICY_UNKNOWN_WORD", path, value=value, known=tuple(options), meant=meant)
        case "string_pattern_mismatch":
            return document.fault("POLICY_BAD_NAME", path, value=str(found)[:60])
        case "too_short" | "string_too_short":
            least = context.get("min_length", 1)
            wanted = Phrase("policy.wanted.entries", least=least)
            if detail["type"] == "string_too_short":
                wanted = Phrase("policy.wanted.some_text")
            return document.fault("POLICY_TOO_FEW", path, name=name, wanted=wanted)
        case "string_type" if type(found) is int and found > 1 and name in _EXPRESSIONS:
            return document.fault("EXPRESSION_LITERAL", path, value=found)
    if detail["type"] == "greater_than_equal":
        least = context["ge"]
        return document.fault(
            "POLICY_WRONG_TYPE", path, name=name, wanted=Phrase("policy.wanted.at_least", least=least)
        )
    return document.fault("POLICY_WRONG_TYPE", path, name=name, wanted=_wanted(detail["type"]))


_WANTED = {
    "string_type": "text", "int_type": "integer", "bool_type": "truth", "list_type": "list",
    "dict_type": "mapping", "model_type": "mapping", "model_attributes_type": "mapping",
}  # fmt: skip


def _wanted(kind: str) -> Phrase | str:
    return Phrase(f"policy.wanted.{_WANTED[kind]}") if kind in _WANTED else kind.replace("_", " ")


def _keys(model: type[BaseModel], path: Path) -> list[str]:
    """The valid keys at *path* in a file of this kind."""
    current: Any = model
    for step in path:
        current = _step(current, step)
    found = _model(current)
    return [] if found is None else [field.alias or name for name, field in found.model_fields.items()]


def _elsewhere(model: type[BaseModel], name: str, path: str = "") -> str | None:
    """The path (``versions/under``) of the key *name* below the top level of a file of this kind, or ``None``."""
    for field_name, field in model.model_fields.items():
        if (field.alias or field_name) == name:
            return path + name if path else None
    for field_name, field in model.model_fields.items():
        parts = [field.annotation, *_inside(field.annotation)]
        inner = next(filter(None, map(_model, parts)), None)
        if inner is not None and (found := _elsewhere(inner, name, f"{path}{field.alias or field_name}/")):
            return found
    return None


def _step(kind: Any, step: str | int) -> Any:
    model = _model(kind)
    if model is not None:
        for name, field in model.model_fields.items():
            if step in (name, field.alias):
                return field.annotation
    inner = _inside(kind)
    return inner[-1] if inner else None


def _inside(kind: Any) -> list[Any]:
    """The type arguments of a list, a mapping or a union, without ``None``."""
    if get_origin(kind) is None:
        return []
    parts = [part for part in get_args(kind) if part is not type(None)]
    return _inside(parts[0]) if len(parts) == 1 and get_origin(parts[0]) in (list, dict) else parts


def _model(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    models = [part for part in get_args(kind) if isinstance(part, type) and issubclass(part, BaseModel)]
    return models[0] if models and get_origin(kind) not in (list, dict) else None
