"""Write the rulebook as one ES module for every date, reading and overlay.

The code that does not depend on the rules is in ``parts/*.js`` and is appended to the generated code.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from typing import Any

from hongqiao_rules.engines.javascript.compiled_periods import Plans
from hongqiao_rules.engines.javascript.declarations import Declarations
from hongqiao_rules.engines.javascript.fast_readers import takers
from hongqiao_rules.engines.javascript.input_functions import InputFunctions
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.shown_fields import Field, Fields
from hongqiao_rules.rulebook.value_text import compact
from hongqiao_rules.text.catalogue import languages

_HOUSEHOLDS = ("language", "messages", "fields", "household", "receipt", "rules", "assess")
_BARE = ("language", "messages", "rules", "evaluate")
_LITERAL = re.compile(r'"([\w.-]+)"')
_LIST = re.compile(r'\["[\w-]+"(?:,"[\w-]+")+\]')


def module(book: Rulebook) -> str:
    """The text of the module for a rulebook."""
    plans = Plans(book)
    inputs = InputFunctions(plans)
    declared = Declarations(plans, inputs)
    fields = declared.constants()
    return _joined(
        plans,
        _HOUSEHOLDS,
        {**fields, **inputs.constants()},
        inputs.text()
        + takers(fields["HOUSEHOLD"], fields["MEMBER"], fields["CONTAINED"], fields["MOST"])
        + declared.concluding(book.fields),
        f"export const about={compact(declared.about())};\n"
        "for(const [overlay,rule,zh,en] of RULES)((about.overlays[overlay]??about).rules??={})[rule]={zh,en};\n"
        "about.sources=Object.fromEntries(Object.entries(SOURCES).map(([id,[zh,en]])=>[id,{zh,en}]));\n",
    )


def bare(book: Rulebook) -> str:
    """The text of a module without input checks, for a rulebook about any entity: it maps facts to all conclusions."""
    plans = Plans(book)
    named = {name: slot for (_, name), slot in plans.facts.items()}
    names = {slot: name for (_, name), slot in plans.slots.items()}
    return _joined(plans, _BARE, {"FACTS": named, "NAMES": names}, "", "")


def types(shown: Fields) -> str:
    """The TypeScript declarations of the module, for assessments with the fields *shown*."""
    fields = "".join(f"  {field.name}: {_type(field)};\n" for field in (*shown.ordered, *shown.others))
    text = files(__package__).joinpath("module.d.ts").read_text(encoding="utf-8")
    return text.replace("  [shown: string]: never;\n", f"  {shown.root}: string;\n  on: Day;\n{fields}")


def _type(field: Field) -> str:
    if field.listed:
        return {"truth": "Entry[]", "number": "Count[]"}.get(field.type.kind, "Line[]")
    if field.codes:
        return " | ".join(f'"{code}"' for code in field.codes)
    return {"number": "number", "truth": "boolean", "date": "Day"}.get(field.type.kind, "string")


def _joined(plans: Plans, names: tuple[str, ...], fields: dict[str, Any], functions: str, about: str) -> str:
    head = plans.definitions.head
    parts = "".join(_part(name) for name in names)
    literals = {key for found in _LITERAL.findall(parts) for key in (found, f"fault.{found}")}
    catalogues = {
        lang: {key: catalogue(lang).pattern(key) for key in sorted(literals) if key in catalogue(lang)}
        for lang in languages()
    }
    for check in (check for rules in plans.definitions.inputs for check in rules.checks.values()):
        for lang, spoken in catalogues.items():
            spoken[f"fault.{check.code}"] = check.message.say(lang)
    constants = {"CATALOGUES": catalogues, **plans.constants(), **fields}
    return (
        f"// {head.title.en} {head.version}. Written by hongqiao-rules export javascript; do not edit.\n"
        + _once("".join(f"const {name}={compact(value)};\n" for name, value in constants.items()))
        + "// The rules. s: state, k: figures of the date, c: indices, m: ids, o: trace, y: its cached texts.\n"
        + plans.functions()
        + functions
        + about
        + parts
    )


def _once(constants: str) -> str:
    """The text of the constants with each repeated list of codes moved to the constant ``SHARED``."""
    shared = [found for found, times in Counter(_LIST.findall(constants)).items() if times > 1]
    for number, found in enumerate(shared):
        constants = constants.replace(found, f"SHARED[{number}]")
    return f"const SHARED=[{','.join(shared)}];\n{constants}"


def _part(name: str) -> str:
    """The text of ``parts/NAME.js`` without indentation and comment lines."""
    text = files(__package__).joinpath("parts", f"{name}.js").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
