"""How each operation of the language is called in the JSON document, and which parts it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from hongqiao_rules.rulebook import nodes as n


class Operation(NamedTuple):
    """Its name in the document, and of each part what it is: a schema by name, as in :func:`definitions`."""

    name: str
    parts: Mapping[str, str]


_PAIR = {"left": "expression", "right": "expression"}
_SEVERAL = {"parts": "expressions"}
OPERATIONS: Mapping[type[n.Node], Operation] = {
    n.Constant: Operation("constant", {"value": "value", "name": "text?"}),
    n.Parameter: Operation("parameter", {"name": "text"}),
    n.Reading: Operation("reading", {"name": "text"}),
    n.Total: Operation("total", {"name": "text"}),
    n.Read: Operation("read", {"entity": "text", "name": "text", "variable": "number?"}),
    n.AssessmentDate: Operation("assessment_date", {}),
    n.Element: Operation("element", {"variable": "number", "field_name": "text?"}),
    n.Add: Operation("add", _PAIR),
    n.Subtract: Operation("subtract", _PAIR),
    n.Multiply: Operation("multiply", _PAIR),
    n.Divide: Operation("divide", _PAIR),
    n.Compare: Operation("compare", {"operator": "operator", **_PAIR}),
    n.And: Operation("and", _SEVERAL),
    n.Or: Operation("or", _SEVERAL),
    n.Not: Operation("not", {"part": "expression"}),
    n.If: Operation("if", {"condition": "expression", "then": "expression", "otherwise": "expression"}),
    n.Least: Operation("least", _SEVERAL),
    n.Greatest: Operation("greatest", _SEVERAL),
    n.Contains: Operation("contains", {"item": "expression", "collection": "expression"}),
    n.FullYears: Operation("full_years", {"start": "expression", "end": "expression"}),
    n.AllOf: Operation("all_of", {"entity": "text"}),
    n.ChildrenOf: Operation("children_of", {"entity": "text", "relation": "text", "variable": "number"}),
    n.Aggregate: Operation("aggregate", {
        "fold": "fold", "variable": "number", "label": "text", "domain": "expression", "where": "expression?",
        "body": "expression",
    }),
}  # fmt: skip
if _missing := {*n.DATED, *n.WRITTEN_ONLY} - {n.Rounded} - set(OPERATIONS):
    raise AssertionError(f"the JSON document has no name for {_missing}")


def expressions() -> dict[str, Any]:
    """The JSON Schema of an expression: one of the operations, told by ``op``."""
    return {"oneOf": [_operation(operation) for operation in OPERATIONS.values()]}


def _operation(operation: Operation) -> dict[str, Any]:
    expression = {"$ref": "#/$defs/expression"}
    texts: dict[str, Any] = {"type": "string"}
    of = {
        "expression": expression,
        "expression?": {"anyOf": [expression, {"type": "null"}]},
        "expressions": {"type": "array", "items": expression, "minItems": 1},
        "text": texts,
        "text?": {"type": ["string", "null"]},
        "number": {"type": "integer", "minimum": 0},
        "number?": {"type": ["integer", "null"], "minimum": 0},
        "value": {"type": ["string", "integer", "boolean", "array"]},
        "operator": {"enum": ["<", "<=", ">", ">=", "==", "!="]},
        "fold": {"enum": ["any", "all", "count", "sum", "largest"]},
    }
    properties = {
        "op": {"const": operation.name},
        "type": {"$ref": "#/$defs/type"},
        **{name: of[kind] for name, kind in operation.parts.items()},
    }
    return {
        "title": operation.name, "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip
