"""The JSON Schema of the rulebook as one JSON document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from hongqiao_rules.language.nodes import KINDS, Comparison, Fold, Node, Way, operations
from hongqiao_rules.rulebook.export.rulebook_json import FORMAT

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_TRUTH: Schema = {"type": "boolean"}
_WHOLE: Schema = {"type": "integer"}
_TEXTS: Schema = {"type": "array", "items": _TEXT}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _several(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _by_name(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _object(**properties: Schema) -> Schema:
    """The schema of an object with exactly these members; ``from_`` means ``from``, ``list_`` means ``list``."""
    named = {name.rstrip("_"): schema for name, schema in properties.items()}
    return {
        "type": "object", "properties": named, "required": list(named), "additionalProperties": False,
    }  # fmt: skip


_EXPRESSION = _ref("expression")
_NUMBER: Schema = {"type": "integer", "minimum": 0}
_FIELDS: Mapping[str, Schema] = {
    "part": _EXPRESSION,
    "part?": _or_null(_EXPRESSION),
    "parts": {"type": "array", "items": _EXPRESSION, "minItems": 1},
    **dict.fromkeys(("parameter", "reading", "list", "fact", "entity", "text"), _TEXT),
    "text?": _TEXT_OR_NULL,
    **dict.fromkeys(("variable", "binder", "number"), _NUMBER),
    "variable?": {"type": ["integer", "null"], "minimum": 0},
    "value": {"type": ["string", "integer", "boolean", "array"]},
    "comparison": {"enum": list(get_args(Comparison))},
    "fold": {"enum": list(get_args(Fold))},
    "way": {"enum": list(get_args(Way))},
}
"""The schema of a field of an operation, by the kind of the field."""
if _missing := set(KINDS.values()) - _FIELDS.keys():
    raise TypeError(f"{__name__}._FIELDS does not define {', '.join(sorted(_missing))}")


def _operation(operation: type[Node]) -> Schema:
    fields = {name: _FIELDS[kind] for name, kind in operation.kinds.items()}
    properties = {"op": {"const": operation.operation}, "type": _ref("type"), **fields}
    return {
        "title": operation.operation, "type": "object", "properties": properties, "required": list(properties),
        "additionalProperties": False,
    }  # fmt: skip


def document_schema() -> Schema:
    """The JSON Schema of :func:`~hongqiao_rules.rulebook.export.rulebook_json.document`, without the key ``$schema``."""
    day, both, type_ = _ref("date"), _ref("bilingual"), _ref("type")
    period = {"from_": day, "to": _or_null(day)}
    basis = {"enum": ["attested", "inferred", "convention", "recalled"]}
    confidence = {"enum": ["high", "medium", "low"]}
    citations, limitations = _several(_ref("citation")), _several(both)
    field = {"name": _TEXT, "title": both, "type": type_, "least": _ref("bound"), "most": _ref("bound")}
    text_and_tree = _object(text=_TEXT, tree=_ref("expression"))
    rounding = _object(to=_TEXT, step={"type": "integer", "minimum": 1}, way=_FIELDS["way"], because=both)
    head = _object(
        format={"const": FORMAT}, id=_TEXT, title=both, version=_TEXT, digest=_TEXT, root=_TEXT,
        modelled_from=day, not_modelled=both, checked_to=day, checked_notice=both, figures=_TEXTS,
        lists=_by_name(_object(title=both, entries={"enum": ["money", "number", "truth"]}, total=_TEXT_OR_NULL)),
        assessment=_TEXTS, for_display=_TEXTS, result=_or_null(_ref("result")),
        input_figures=_several(_object(entity=_TEXT, name=_TEXT, title=both, type=type_, value=_WHOLE)), defaults=_several(_ref("default")), checks=_several(_ref("check")),
        changes=_by_name(_several(day)), sources=_several(_ref("source")), codes=_several(_ref("codes")),
        entities=_several(_ref("entity")), parameters=_several(_ref("parameter")),
        readings=_several(_ref("reading")), overlays=_several(_ref("overlay")), rules=_several(_ref("rule")),
        conclusions=_several(_object(overlays=_TEXTS, order=_several(_ref("conclusion")))),
        notices=_several(_ref("notice")),
    )  # fmt: skip
    return {
        "title": "A rulebook as one JSON document",
        **head,
        "$defs": {
            "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "bilingual": _object(zh=_TEXT, en=_TEXT) | {"additionalProperties": _TEXT},
            "bound": {"type": ["integer", "string"], "description": "Yuan of money; the length of a list."},
            "type": {
                "type": "object",
                "properties": {
                    "kind": {
                        "enum": [
                            "text", "money", "number", "share", "truth", "date", "code", "codes", "records",
                            "reference", "entities", "list",
                        ]
                    },
                    "of": _TEXT,
                },
                "required": ["kind"],
                "additionalProperties": False,
            },
            "citation": _object(
                source=_TEXT, place=_TEXT, words=_TEXT_OR_NULL, from_=_or_null(day), to=_or_null(day)
            ),
            "source": _object(
                id=_TEXT, title=both, issuer=_TEXT, number=_TEXT_OR_NULL, dated=_TEXT_OR_NULL, seen=_TEXT,
                copy_quality={"enum": ["official", "repost", "copy", "degraded"]}, note=_or_null(both),
            ),
            "codes": _object(id=_TEXT, title=both, values=_by_name(both)),
            "entity": _object(
                name=_TEXT, title=both,
                contains=_or_null(_object(entity=_TEXT, named=_TEXT, least=_WHOLE, most=_WHOLE)),
                facts=_several(_ref("fact")),
            ),
            "fact": _object(
                **field, required=_TRUTH, default={}, when_absent=_or_null(both), assumed_as=_or_null(both),
                changeable=_TRUTH, intrusive=_TRUTH, needs_paper=_TRUTH, fields=_several(_object(**field)),
                inverse=_TEXT_OR_NULL,
            ),
            "result": _object(
                outcome=_TEXT, pays=_TEXT, total=_TEXT, delay=_TEXT_OR_NULL, decisive=_TEXTS, compared=_TEXTS
            ),
            "default": _object(
                entity=_TEXT, fact=_TEXT, when=text_and_tree, value=_or_null(text_and_tree), names=_or_null(text_and_tree)
            ),
            "check": _object(
                code=_TEXT, entity=_TEXT, form={"enum": ["when", "needs", "at_most_one", "at_least_one"]},
                field=_TEXT_OR_NULL, for_=_TEXT_OR_NULL, condition=text_and_tree, message=both,
            ),
            "parameter": _object(
                id=_TEXT, name=_TEXT, overlay=_TEXT_OR_NULL, title=both, type=type_, limitations=limitations,
                values=_several(_object(
                    **period, value={"type": ["string", "integer", "array"]}, basis=basis, start_basis=basis,
                    confidence=confidence, note=_or_null(both), citations=citations,
                )),
            ),
            "reading": _object(
                id=_TEXT, title=both, rule=_TEXT, default=_TEXT,
                choices=_by_name(_object(title=both, argument=both)),
            ),
            "overlay": _object(
                id=_TEXT, title=both, **period, complete=_TRUTH, citations=citations, limitations=limitations
            ),
            "rule": _object(
                id=_TEXT, overlay=_TEXT_OR_NULL, title=both, concludes=_TEXT, list_=_TEXT_OR_NULL,
                order=_WHOLE, threshold_of=_TEXT_OR_NULL, overrides=_TEXTS, basis=basis, confidence=confidence, due=_or_null(day), citations=citations,
                limitations=limitations, readings=_TEXTS, versions=_several(_ref("version")),
                examples=_several(_object(
                    title=both, on=day, readings=_by_name(_TEXT), overlays=_TEXTS, given={"type": "object"},
                    expect={"type": "object"},
                )),
            ),
            "version": _object(
                **period, under=_by_name(_TEXTS), about=_TEXT, conditions=_several(text_and_tree),
                value=text_and_tree, rounding=_or_null(rounding),
            ),
            "conclusion": _object(
                name=_TEXT, type=type_, list_=_TEXT_OR_NULL,
                rules=_several(_object(rule=_TEXT, overlay=_TEXT_OR_NULL)),
            ),
            "notice": _object(
                code=_TEXT, message=both, **period, rule=_TEXT_OR_NULL, overlay=_TEXT_OR_NULL,
                unless_overlay=_TEXT_OR_NULL, when=_or_null(text_and_tree),
            ),
            "expression": {"oneOf": [_operation(operation) for operation in operations("written")]},
        },
    }  # fmt: skip
