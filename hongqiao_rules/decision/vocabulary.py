"""Check that a rulebook has the vocabulary of the package's typed household."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.load import bundled_rulebook

if TYPE_CHECKING:
    from hongqiao_rules.language.nodes import Type
    from hongqiao_rules.rulebook.all_definitions import Definitions
    from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition
    from hongqiao_rules.rulebook.load import Rulebook


def check_vocabulary(rulebook: Rulebook) -> None:
    """Refuse a rulebook whose vocabulary, figures or lists differ from those of the typed household.

    Raises:
        PolicyError: POLICY_OTHER_VOCABULARY, with the first difference.
    """
    definitions, bundled = rulebook.definitions, bundled_rulebook().definitions
    head = definitions.head
    shown = bundled_rulebook().fields
    differing = [field.name for field in shown.figures if field.name not in head.figures]
    for field in shown.lists:  # a rulebook may leave out the lists without a place
        kind = field.type.kind
        if head.entries.get(field.name, kind if field in shown.others else None) != kind:
            differing.append(field.name)
    if not differing:
        found = rulebook.linked(()).conclusions
        differing = [field.name for field in shown.figures if not _alike(found[field.name].type, field.type)]
    for name, entity in bundled.entities.items():
        mine, theirs = _declared(bundled, entity), _declared(definitions, definitions.entities.get(name))
        differing += sorted(f"{name}.{fact}" for fact in mine | theirs if mine.get(fact) != theirs.get(fact))
    kept = _checked(definitions)
    differing += [name for name, one in _checked(bundled).items() if kept.get(name) != one]
    if differing or head.root != bundled.head.root:
        faults = Faults(rulebook.files)
        faults("POLICY_OTHER_VOCABULARY", head.origin / "root", what=differing[0] if differing else "root")
        faults.settle()


def _declared(definitions: Definitions, entity: Entity | None) -> dict[str, object]:
    """The declarations of an entity that the reader checks: its facts, and how many entities it contains."""
    found: dict[str, object] = {}
    for fact in entity.facts.values() if entity is not None else ():
        parts: dict[str, FactDefinition | FieldDefinition] = {"": fact, **fact.fields}
        ranges = {name: (part.type, part.least, part.most) for name, part in parts.items()}
        lists = [definitions.codes.get(part.type.of or "") for part in parts.values()]
        codes = [listed and sorted(listed.values) for listed in lists]
        found[fact.name] = (ranges, codes, fact.required, fact.default, fact.inverse)
    if entity is not None and entity.contains is not None:
        found[entity.contains.named] = entity.contains
    return found


def _checked(definitions: Definitions) -> dict[str, object]:
    """The input checks and derived defaults by name, with the values of their figures."""
    found: dict[str, object] = {}
    for rules in definitions.inputs:
        for name, figure in rules.figures.items():
            found[f"{rules.entity}.{name}"] = [value.value for value in figure.values]
        for code, check in rules.checks.items():
            found[code] = (check.entity, check.form, check.condition, check.loop, check.field)
        for fact, one in rules.defaults.items():
            found[f"{rules.entity}.{fact}"] = (one.condition, one.value, one.names)
    return found


def _alike(one: Type, other: Type) -> bool:
    """True if figures of two types are shown alike; numbers are, whatever their unit."""
    return one == other or one.kind == other.kind == "number"
