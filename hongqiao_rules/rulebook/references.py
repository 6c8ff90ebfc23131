"""Check references between files: sources, code lists, entities, readings, rules."""

from __future__ import annotations

from collections.abc import Iterable

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.names import RESERVED
from hongqiao_rules.rulebook import input_checks
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.definitions import Citation, Origin, iso
from hongqiao_rules.text.catalogue import Phrase


def check(definitions: Definitions, refuse: Refuse) -> None:
    """Report every reference to an undefined name, and the declarations that contradict each other."""
    _check_citations(definitions, refuse)
    _check_names(definitions, refuse)
    _check_entities(definitions, refuse)
    _check_parameters(definitions, refuse)
    _check_rules(definitions, refuse)
    input_checks.check(definitions, refuse)


def _missing(code: str, name: str, known: Iterable[str], origin: Origin, refuse: Refuse) -> None:
    refuse(code, origin, name=name, meant=nearest(name, known))


def _check_citations(definitions: Definitions, refuse: Refuse) -> None:
    citations: list[Citation] = []
    citations += [c for rule in definitions.rules.values() for c in rule.citations]
    citations += [
        c for parameter in definitions.parameters.values() for v in parameter.values for c in v.citations
    ]
    citations += [c for overlay in definitions.overlays.values() for c in overlay.citations]
    citations += [c for claim in definitions.properties.values() for c in claim.citations]
    for citation in citations:
        if citation.end < citation.start:
            start = iso(citation.start)
            refuse("POLICY_ENDS_BEFORE_START", citation.origin / "until", start=start)
        if citation.source not in definitions.sources:
            place = citation.origin / "source"
            _missing("POLICY_UNKNOWN_SOURCE", citation.source, definitions.sources, place, refuse)
    for rule in definitions.rules.values():
        if not rule.citations and rule.basis != "convention":
            refuse("POLICY_NO_CITATION", rule.origin / "rule", rule=rule.id)


def _check_names(definitions: Definitions, refuse: Refuse) -> None:
    """Refuse names that an expression cannot use, because they are words of the language or name contained entities."""
    head, entities = definitions.head, definitions.entities.values()
    named = {entity.contains.named for entity in entities if entity.contains is not None}
    facts = [(fact.name, fact.origin) for entity in entities for fact in entity.facts.values()]
    fields = [
        (name, fact.origin / "fields" / name)
        for e in entities
        for fact in e.facts.values()
        for name in fact.fields
    ]
    parameters = [(one.name, one.origin / "parameter") for one in definitions.parameters.values()]
    rules = [(rule.concludes, rule.origin / "rule") for rule in definitions.rules.values()]
    for name, origin in (*facts, *parameters, *rules):
        if name in named:
            refuse("POLICY_NAME_TAKEN", origin, key=origin.path[-1] == name, name=name)
    plurals = [
        (e.contains.named, e.origin / "contains" / "named") for e in entities if e.contains is not None
    ]
    lists = [(name, head.origin / "lists" / name) for name in head.lists]
    for name, origin in (*facts, *fields, *parameters, *rules, *plurals, *lists):
        if name in RESERVED:
            refuse("POLICY_NAME_OF_LANGUAGE", origin, key=origin.path[-1] == name, name=name)


def _check_entities(definitions: Definitions, refuse: Refuse) -> None:
    entities, head = definitions.entities, definitions.head
    if head.root not in entities:
        _missing("POLICY_UNKNOWN_ENTITY", head.root, entities, head.origin / "root", refuse)
    root = entities.get(head.root)
    shown = {head.root, *((root.contains.entity,) if root is not None and root.contains is not None else ())}
    for entity in entities.values():
        if root is not None and entity.name not in shown:
            refuse("POLICY_ENTITY_UNUSED", entity.origin / "entity", name=entity.name, root=root.name)
        nested = entity is not root or (entity.contains is not None and entity.contains.entity == entity.name)
        if root is not None and entity.contains is not None and nested:
            refuse("POLICY_ENTITY_NESTED", entity.origin / "contains", name=entity.name, root=head.root)
        if entity.contains is not None and entity.contains.entity not in entities:
            _missing(
                "POLICY_UNKNOWN_ENTITY", entity.contains.entity, entities, entity.origin / "contains", refuse
            )
        id_ = entity.facts.get("id")
        if id_ is None or id_.type.kind != "text" or not id_.required:
            refuse("POLICY_NEEDS_ID", entity.origin / "entity", name=entity.name)
        for fact in entity.facts.values():
            codes = definitions.codes.get(fact.type.of or "") if fact.type.kind in ("code", "codes") else None
            stated = () if codes is None or fact.default is None else fact.default
            for code in (stated,) if isinstance(stated, str) else stated:
                if codes is not None and code not in codes.values:
                    refuse(
                        "EXPRESSION_UNKNOWN_CODE", fact.origin / "default", value=code, list=codes.id,
                        meant=nearest(code, codes.values),
                    )  # fmt: skip
            typed = [
                (fact.type, fact.origin),
                *((f.type, fact.origin / "fields") for f in fact.fields.values()),
            ]
            for type_, origin in typed:
                if type_.kind in ("code", "codes") and type_.of and type_.of not in definitions.codes:
                    _missing("POLICY_UNKNOWN_CODES", type_.of, definitions.codes, origin / "codes", refuse)


def _check_parameters(definitions: Definitions, refuse: Refuse) -> None:
    for (overlay, id_), parameter in definitions.parameters.items():
        replaced = definitions.parameters.get((None, id_)) if overlay is not None else None
        if replaced is not None and replaced.type != parameter.type:
            types = f"{replaced.type} / {parameter.type}"
            refuse("POLICY_TYPES_DIFFER", parameter.origin / "type", name=id_, types=types)
        if parameter.type.kind != "codes" or parameter.type.of is None:
            continue
        known = definitions.codes.get(parameter.type.of)
        if known is None:
            place = parameter.origin / "codes"
            _missing("POLICY_UNKNOWN_CODES", parameter.type.of, definitions.codes, place, refuse)
            continue
        for value in parameter.values:
            for code in sorted(value.value):
                if code not in known.values:
                    refuse(
                        "EXPRESSION_UNKNOWN_CODE", value.origin / "value", value=code, list=known.id,
                        meant=nearest(code, known.values),
                    )  # fmt: skip


def _check_rules(definitions: Definitions, refuse: Refuse) -> None:
    declared: dict[str, str] = {}
    for rule in definitions.rules.values():
        for name, reading in rule.readings.items():
            if name in declared:
                first = Phrase("policy.in_rule", rule=declared[name])
                refuse("POLICY_DUPLICATE", reading.origin, name=name, first=first)
            declared[name] = rule.id
    rules = {name for _, name in definitions.rules}
    for notice in definitions.notices.values():
        if notice.rule is not None and notice.rule not in rules:
            _missing("POLICY_UNKNOWN_RULE", notice.rule, rules, notice.origin / "rule", refuse)
        if notice.unless_overlay is not None and notice.unless_overlay not in definitions.overlays:
            origin = notice.origin / "unless_overlay"
            _missing("POLICY_UNKNOWN_OVERLAY", notice.unless_overlay, definitions.overlays, origin, refuse)
