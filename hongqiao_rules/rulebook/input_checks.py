"""Build the declared input checks and derived defaults, and look up the names in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongqiao_rules.errors import catalogue, nearest
from hongqiao_rules.language.names import snake
from hongqiao_rules.language.nodes import Type
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.bilingual import bilingual
from hongqiao_rules.rulebook.definitions import FOREVER, Entity, Origin, Parameter, ParameterValue
from hongqiao_rules.rulebook.input_definitions import CheckDefinition, DefaultDefinition, InputRules

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.build import Refuse

FORMS = ("when", "at_most_one", "at_least_one")
"""The forms of a check, besides ``needs``, which may also have a ``when``."""
DATE_BLANK = "on"
"""The blank of a message for the assessment date; every other blank is a fact of the entity."""


def build(tree: dict[str, Any], origin: Origin, refuse: Refuse) -> InputRules:
    """The declarations in the tree of a file of checks; :func:`check` looks up the names in them."""
    entity = tree["checks"]
    figures = {
        snake(name): _figure(snake(name), item, origin / "figures" / name)
        for name, item in tree.get("figures", {}).items()
    }
    defaults = {}
    for name, item in tree.get("defaults", {}).items():
        here = origin / "defaults" / name
        if ("value" in item) == ("names" in item):
            refuse("CHECK_ONE_FORM", here, name=name, known=("value", "names"))
        defaults[name] = DefaultDefinition(
            entity, name, item.get("when", "True"), item.get("value"), item.get("names"), here
        )
    checks = {
        code: _check(code, entity, item, origin / "refused" / code, refuse)
        for code, item in tree.get("refused", {}).items()
    }
    return InputRules(entity, figures, defaults, checks, origin)


def _figure(name: str, item: dict[str, Any], origin: Origin) -> Parameter:
    title, because = (bilingual(item[key]) for key in ("title", "because"))
    value = ParameterValue(0, FOREVER, item["value"], "convention", "high", None, because, (), origin)
    return Parameter(name, name, title, Type("number", item.get("unit")), (), (value,), origin)


def _check(code: str, entity: str, item: dict[str, Any], origin: Origin, refuse: Refuse) -> CheckDefinition:
    forms = [form for form in FORMS if form in item]
    form = "needs" if "needs" in item and forms in ([], ["when"]) else forms[0] if len(forms) == 1 else ""
    placed = form in ("when", "at_most_one")
    if not form or ("at" in item) != placed or ("for" in item and form != "when"):
        refuse("CHECK_ONE_FORM", origin, name=code, known=("needs", *FORMS))
    if f"fault.{code}" in catalogue("en"):
        refuse("CHECK_CODE_TAKEN", origin, name=code)
    condition = item.get("when", "True") if form in ("when", "needs", "") else item[form]
    message = bilingual(item["message"])
    return CheckDefinition(
        code, entity, form or "when", condition, item.get("for"), item.get("needs") or item.get("at"), message, origin
    )  # fmt: skip


def check(definitions: Definitions, refuse: Refuse) -> None:
    """Report unknown or repeated fields, blanks and codes of the checks."""
    entities, root = definitions.entities, definitions.entities.get(definitions.head.root)
    contained = root.contains.entity if root is not None and root.contains is not None else None
    seen: dict[str, Origin] = {}
    for rules in definitions.inputs:
        if rules.entity not in entities:
            refuse(
                "POLICY_UNKNOWN_ENTITY", rules.origin / "checks", name=rules.entity,
                meant=nearest(rules.entity, entities),
            )  # fmt: skip
            continue
        entity = entities[rules.entity]
        for name, default in rules.defaults.items():
            _once(f"{entity.name}.{name}", default.origin, seen, refuse)
            fact = _known(entity, name, default.origin, refuse)
            if fact is None:
                continue
            if fact.required or fact.default is not None or fact.type.kind in ("text", "codes", "records"):
                refuse("CHECK_NO_DEFAULT", default.origin, name=name)
            elif (default.names is not None) != (fact.type.kind == "reference"):
                refuse("CHECK_ONE_FORM", default.origin, name=name, known=("value", "names"))
        for code, one in rules.checks.items():
            _once(code, one.origin, seen, refuse)
            _place(one, entity, refuse)
            if root is not None and one.form.startswith("at_") and entity.name != contained:
                refuse("CHECK_ONE_FORM", one.origin, name=code, known=("needs", "when"))
            _blanks(one, entity, refuse)


def _once(name: str, origin: Origin, seen: dict[str, Origin], refuse: Refuse) -> None:
    if name in seen:
        refuse("POLICY_DUPLICATE", origin, name=name, first=seen[name].file)
    seen.setdefault(name, origin)


def _place(one: CheckDefinition, entity: Entity, refuse: Refuse) -> None:
    """Report a field at fault that is not a field of the entity; an entity of a loop is of the same kind."""
    if one.field is None:
        return
    label, _, name = one.field.rpartition(".")
    key = "needs" if one.form == "needs" else "at"
    wanted = one.loop.split(" ")[0] if one.loop is not None else ""
    if label not in ("", wanted):
        refuse("EXPRESSION_UNKNOWN_NAME", one.origin / key, name=label, meant=wanted or None)
    else:
        fact = _known(entity, name, one.origin / key, refuse)
        if fact is not None and one.form == "needs" and (fact.required or fact.type.kind == "text"):
            refuse("CHECK_NO_DEFAULT", one.origin / key, name=name)


def _blanks(one: CheckDefinition, entity: Entity, refuse: Refuse) -> None:
    """Report blanks that are not facts of the entity; a message about all entities together has no blank for a fact."""
    facts = () if one.form == "at_least_one" else tuple(entity.facts)
    for blank in sorted({*one.blanks} - {DATE_BLANK, *facts}):
        meant, origin = nearest(blank, [DATE_BLANK, *facts]), one.origin / "message"
        if blank in entity.facts:
            refuse("EXPRESSION_UNKNOWN_NAME", origin, name=blank, meant=meant)
        else:
            refuse("CHECK_UNKNOWN_FACT", origin, name=blank, entity=entity.name, meant=meant)


def _known(entity: Entity, name: str, origin: Origin, refuse: Refuse) -> Any:
    fact = entity.facts.get(name)
    if fact is None:
        meant = nearest(name, entity.facts)
        refuse("CHECK_UNKNOWN_FACT", origin, name=name, entity=entity.name, meant=meant)
    return fact
