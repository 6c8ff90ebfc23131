"""The typed models of the package: the household and the figures of an assessment, from the declarations of a rulebook."""

from __future__ import annotations

import json

from site_templates import Templates
from site_words import DEFAULT, words

from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import CodeList, FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.shown_fields import Field
from hongqiao_rules.text.catalogue import languages

_LONGEST = 109
"""The columns of a line at most, with its indentation."""


def household(rulebook: Rulebook) -> str:
    """Return the module of the typed models of the household."""
    definitions = rulebook.definitions
    facts = [fact for entity in definitions.entities.values() for fact in entity.facts.values()]
    stated = {part.type.of for fact in facts for part in (fact, *fact.fields.values())}
    return _templates().fill(
        "models.py",
        lists=[codes for codes in definitions.codes.values() if codes.id in stated],
        member=definitions.entities["member"],
        root=definitions.entities["household"],
        members=" ".join(words(lang).say("site.members") for lang in languages()),
    )


def figures(rulebook: Rulebook) -> str:
    """Return the module of the typed figures and lists of an assessment."""
    display = rulebook.definitions.head.for_display
    return _templates().fill("figures.py", shown=rulebook.fields, display=display)


def _templates() -> Templates:
    filters = {
        "class": _class, "singular": _singular, "type": _type, "default_value": _default, "figure": _figure,
        "literal": _literal,
    }  # fmt: skip
    return Templates(DEFAULT, filters, said=_said)


def _said(title: Bilingual, absent: Bilingual | None = None) -> str:
    """Return the docstring of a title, in all languages, with what an absent value means."""
    said = " ".join(words(lang).say("site.sentence", text=title) for lang in languages())
    if absent is None:
        return said
    meaning = words(DEFAULT).say("site.docstring_absent", meaning=absent)
    line = f"{said} {meaning}"
    return line if len(line) + 11 <= _LONGEST else f"{said}\n\n    {meaning}\n    "


def _literal(codes: CodeList) -> str:
    """Return the type of the codes of a list, in the layout of the formatter."""
    name, quoted = _class(codes.id), [json.dumps(code) for code in codes.values]
    on_a_line = ", ".join(quoted)
    if len(name) + len(" = Literal[]") + len(on_a_line) <= _LONGEST:
        return f"{name} = Literal[{on_a_line}]"
    items = [on_a_line] if len(on_a_line) + 4 <= _LONGEST else [f"{code}," for code in quoted]
    return "\n".join([f"{name} = Literal[", *(f"    {item}" for item in items), "]"])


def _figure(field: Field) -> str:
    if field.listed:
        return "tuple[Entry, ...]" if field.type.kind == "truth" else "tuple[Line, ...]"
    if field.codes:
        return f"Literal[{', '.join(json.dumps(code) for code in field.codes)}]"
    return {"number": "int", "truth": "bool", "date": "date"}.get(field.type.kind, "Decimal")


def _default(fact: FactDefinition) -> str:
    if fact.required:
        return ""
    if _optional(fact):
        return " = None"
    value = {"[]": "()"}.get(repr(fact.default), json.dumps(fact.default).replace("false", "False"))
    return f" = {value}"


def _optional(fact: FactDefinition) -> bool:
    """Whether an absent value has no fixed default: its meaning depends on other fields."""
    return not fact.required and (fact.default is None or fact.name == "incomes")


def _type(fact: FactDefinition | FieldDefinition) -> str:
    """Return the annotation of a fact or of a field of a record."""
    if isinstance(fact, FactDefinition) and _optional(fact):
        return f"Annotated[{_stated(fact)} | None, NotNull]"
    return _stated(fact)


def _stated(fact: FactDefinition | FieldDefinition) -> str:
    match fact.type.kind:
        case "text" | "reference":
            return "Text"
        case "date":
            return "Day"
        case "truth":
            return "bool"
        case "money":
            return "Money"
        case "number":
            return "Grade"
        case "code":
            return _class(fact.type.of or "")
        case "codes":
            return f"Annotated[tuple[{_class(fact.type.of or '')}, ...], Several]"
    return f"Annotated[tuple[{_class(_singular(fact.name))}, ...], Several]"


def _singular(name: str) -> str:
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def _class(identifier: str) -> str:
    return "".join(part.capitalize() for part in identifier.replace("_", "-").split("-"))
