"""Write the whole rulebook as one JSON document, with typed expressions as trees.

Money is yuan with two places (``"1200.00"``), a share is as in policy files (``"30%"``, ``"1/3"``), a date is
``YYYY-MM-DD``, an open end is ``null``. ``hongqiao_rules.schemas.schema("rulebook")`` is the JSON Schema of the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from hongqiao_rules.language.nodes import Node, Type
from hongqiao_rules.rulebook import definitions as d
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.input_rules import Check, Default
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.value_text import money, percent

FORMAT = "hongqiao-rules/rulebook-1"
"""The format of the document. It changes if a reader of the previous format could misread a document."""


def document(book: Rulebook) -> dict[str, Any]:
    """The rulebook as a JSON value: dictionaries, lists, strings, integers and booleans."""
    definitions, head = book.definitions, book.definitions.head
    together = list(book.overlay_sets())
    linked = {names: book.linked(names) for names in together}
    return {
        "format": FORMAT,
        "id": head.id,
        "title": _both(head.title),
        "version": head.version,
        "digest": book.digest,
        "root": head.root,
        "modelled_from": d.iso(head.modelled_from),
        "not_modelled": _both(head.not_modelled),
        "checked_to": d.iso(head.checked_to),
        "checked_notice": _both(head.checked_notice),
        "figures": list(head.figures),
        "lists": {
            name: {"title": _both(title), "entries": head.entries[name], "total": head.totals.get(name)}
            for name, title in head.lists.items()
        },
        "assessment": list(head.assessment),
        "for_display": list(head.for_display),
        "result": None if head.result is None else _result(head.result),
        "changes": {" ".join(names): list(map(d.iso, book.change_dates(names))) for names in together},
        "sources": [_source(source) for source in definitions.sources.values()],
        "codes": [
            {
                "id": codes.id,
                "title": _both(codes.title),
                "values": {code: _both(title) for code, title in codes.values.items()},
            }
            for codes in definitions.codes.values()
        ],
        "entities": [_entity(entity) for entity in definitions.entities.values()],
        "input_figures": [
            {"entity": rules.entity, "name": f.name, "title": _both(f.title), "type": _type(f.type), "value": f.values[0].value}
            for rules in definitions.inputs
            for f in rules.figures.values()
        ],
        "defaults": [_default(default) for default in book.input_rules.defaults],
        "checks": [_check(check) for check in book.input_rules.checks],
        "parameters": [_parameter(p, overlay) for (overlay, _), p in definitions.parameters.items()],
        "readings": [_reading(reading) for reading in definitions.readings.values()],
        "overlays": [_overlay(overlay) for overlay in definitions.overlays.values()],
        "rules": [
            _rule(rule, linked[() if overlay is None else (overlay,)])
            for (overlay, _), rule in definitions.rules.items()
        ],
        "conclusions": [{"overlays": list(names), "order": _order(linked[names])} for names in together],
        "notices": [
            {
                "code": notice.code, "message": _both(notice.message), **_period(notice.start, notice.end),
                "rule": notice.rule, "overlay": notice.overlay, "unless_overlay": notice.unless_overlay,
                "when": _expression(notice.when, when),
            }
            for names in [(), *((name,) for name in definitions.overlays)]
            for notice, when in linked[names].notices
            if notice.overlay == (names[0] if names else None)
        ],
    }  # fmt: skip


# --- definitions --------------------------------------------------------------------------------------------------


def _both(text: Bilingual) -> dict[str, str]:
    return text.by_language()


def _period(start: int, end: int) -> dict[str, str | None]:
    return {"from": d.iso(start) if start else None, "to": None if end == d.FOREVER else d.iso(end)}


def _source(source: d.Source) -> dict[str, Any]:
    kept = {name: value for name, value in source._asdict().items() if name != "origin"}
    note = None if source.note is None else _both(source.note)
    return {**kept, "title": _both(source.title), "note": note}


def _citations(citations: Iterable[d.Citation]) -> list[dict[str, Any]]:
    return [
        {"source": c.source, "place": c.place, "words": c.words, **_period(c.start, c.end)} for c in citations
    ]


def _entity(entity: d.Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "title": _both(entity.title),
        "contains": None if entity.contains is None else entity.contains._asdict(),
        "facts": [_fact(fact) for fact in entity.facts.values()],
    }


def _fact(fact: d.FactDefinition) -> dict[str, Any]:
    return {
        **_field(fact),
        "required": fact.required,
        "default": _value(fact.type, fact.default),
        "when_absent": None if fact.when_absent is None else _both(fact.when_absent),
        "assumed_as": None if fact.assumed_as is None else _both(fact.assumed_as),
        "changeable": fact.changeable, "intrusive": fact.intrusive, "needs_paper": fact.needs_paper,
        "fields": [_field(field) for field in fact.fields.values()], "inverse": fact.inverse,
    }  # fmt: skip


def _field(field: d.FactDefinition | d.FieldDefinition) -> dict[str, Any]:
    of_money = field.type.kind == "money"
    least, most = (money(bound) if of_money else bound for bound in (field.least, field.most))
    return {
        "name": field.name, "title": _both(field.title), "type": _type(field.type), "least": least,
        "most": most,
    }  # fmt: skip


def _type(type_: Type) -> dict[str, str]:
    return {"kind": type_.kind} if type_.of is None else {"kind": type_.kind, "of": type_.of}


def _result(result: d.Result) -> dict[str, Any]:
    return {**result._asdict(), "decisive": list(result.decisive), "compared": list(result.compared)}


def _default(default: Default) -> dict[str, Any]:
    """A derived default; ``value`` and ``names`` are expressions, of which one is ``null``."""
    one = default.definition
    return {
        "entity": one.entity, "fact": one.fact, "when": _expression(one.condition, default.condition),
        "value": _expression(one.value, default.value), "names": _expression(one.names, default.names),
    }  # fmt: skip


def _check(check: Check) -> dict[str, Any]:
    """An input check; its condition is an ``any`` over the loop where it has one."""
    one = check.definition
    return {
        "code": one.code, "entity": one.entity, "form": one.form, "field": one.field, "for": one.loop,
        "condition": _expression(one.condition, check.condition), "message": _both(one.message),
    }  # fmt: skip


def _expression(text: str | None, node: Node | None) -> dict[str, Any] | None:
    return None if node is None else {"text": text, "tree": _tree(node)}


def _parameter(parameter: d.Parameter, overlay: str | None) -> dict[str, Any]:
    return {
        "id": parameter.id, "name": parameter.name, "overlay": overlay, "title": _both(parameter.title),
        "type": _type(parameter.type), "limitations": [_both(text) for text in parameter.limitations],
        "values": [
            {
                **_period(value.start, value.end), "value": _value(parameter.type, value.value),
                "basis": value.basis, "start_basis": value.start_basis or value.basis,
                "confidence": value.confidence, "note": None if value.note is None else _both(value.note),
                "citations": _citations(value.citations),
            }
            for value in parameter.values
        ],
    }  # fmt: skip


def _reading(reading: d.ReadingDefinition) -> dict[str, Any]:
    choices = {
        name: {"title": _both(choice.title), "argument": _both(choice.argument)}
        for name, choice in reading.choices.items()
    }
    return {
        "id": reading.id, "title": _both(reading.title), "rule": reading.rule, "default": reading.default,
        "choices": choices,
    }  # fmt: skip


def _overlay(overlay: d.Overlay) -> dict[str, Any]:
    return {
        "id": overlay.id, "title": _both(overlay.title), **_period(overlay.start, overlay.end),
        "complete": overlay.complete, "citations": _citations(overlay.citations),
        "limitations": [_both(text) for text in overlay.limitations],
    }  # fmt: skip


def _rule(rule: d.Rule, linked: Linked) -> dict[str, Any]:
    return {
        "id": rule.id, "overlay": rule.overlay, "title": _both(rule.title), "concludes": rule.concludes,
        "list": rule.list, "order": rule.order, "threshold_of": rule.threshold_of, "overrides": list(rule.overrides), "basis": rule.basis,
        "confidence": rule.confidence, "due": None if rule.due is None else d.iso(rule.due),
        "citations": _citations(rule.citations), "limitations": [_both(text) for text in rule.limitations],
        "readings": list(rule.readings), "versions": [_version(v) for v in linked.versions[rule.id]],
        "examples": [_example(example) for example in rule.examples],
    }  # fmt: skip


def _version(typed: TypedVersion) -> dict[str, Any]:
    version = typed.version
    rounding = version.rounding
    return {
        **_period(version.start, version.end),
        "under": {name: list(choices) for name, choices in version.under.items()},
        "about": version.about,
        "conditions": [{"text": text, "tree": _tree(node)} for text, node in typed.conditions],
        "value": {"text": version.value, "tree": _tree(typed.value)},
        "rounding": None if rounding is None else {
            "to": rounding.to, "step": rounding.step, "way": rounding.way, "because": _both(rounding.because),
        },
    }  # fmt: skip


def _example(example: d.Example) -> dict[str, Any]:
    return {
        "title": _both(example.title), "on": d.iso(example.on), "readings": dict(example.readings),
        "overlays": list(example.overlays), "given": example.given, "expect": example.expect,
    }  # fmt: skip


def _order(linked: Linked) -> list[dict[str, Any]]:
    """The conclusions, each after those that it reads, with their rules in order of precedence."""
    return [
        {
            "name": conclusion.name, "type": _type(conclusion.type), "list": conclusion.list,
            "rules": [{"rule": rule.id, "overlay": rule.overlay} for rule in conclusion.rules],
        }
        for conclusion in linked.conclusions.values()
    ]  # fmt: skip


# --- values and expressions ---------------------------------------------------------------------------------------


def _value(type_: Type, value: Any) -> Any:
    """*value* in the JSON form of its type."""
    match value:
        case None:
            return None
        case Fraction():
            return percent(value)
        case frozenset():
            return sorted(value)
        case tuple():
            return list(value)
    return {"money": money, "date": d.iso}.get(type_.kind, lambda given: given)(value)


def _tree(node: Node | None) -> Any:
    """The JSON form of an expression: its operation, its type, and its fields by name."""
    if node is None:
        return None
    made: dict[str, Any] = {"op": node.operation, "type": _type(node.type)}
    for name in node.kinds:
        part = getattr(node, name)
        if isinstance(part, Node):
            made[name] = _tree(part)
        elif isinstance(part, tuple):
            made[name] = [_tree(inner) for inner in part]
        else:
            made[name] = _value(node.type, part) if name == "value" else part
    return made
