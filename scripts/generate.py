"""Write the files that are made from the policies; with ``--check``, only say which are stale.

    python scripts/generate.py [--check]

Made are the compiled catalogues of sentences, ``hongqiao_rules/household/models.py`` and ``hongqiao_rules/decision/figures.py`` (typed models), the JSON Schemas of
households, assessments and policy files, the snapshot with which the bundled policies load fast, and the JavaScript
module of the site. Pages are not: those that follow from the policies are made when the site is built (``site_pages.py``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import catalogues
from site_pages import rulebooks
from site_words import LOCALE

from hongqiao_rules.engines.javascript import module as javascript
from hongqiao_rules.errors import HongqiaoRulesError
from hongqiao_rules.rulebook.definitions import Definitions, Entity, FactDefinition
from hongqiao_rules.rulebook.folders import SNAPSHOT, snapshot
from hongqiao_rules.rulebook.load import Rulebook, read_bundled
from hongqiao_rules.rulebook.shown_fields import Field

TOP = Path(__file__).resolve().parents[1]
HEAD = '''"""A household as a caller states it. Written by ``scripts/generate.py`` from ``policies/vocabulary``; do not edit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from hongqiao_rules.household.fields import Day, FrozenModel, Grade, Money, NotNull, Several, Text
from hongqiao_rules.household.model_errors import Refusing, RefusingWhole
'''
ENTRY = '''
    @classmethod
    def from_json(cls, text: str | bytes) -> Household:
        """The household of a JSON text.

        Raises:
            HouseholdError: the text is no JSON, or something in it is refused; ``faults`` has all of it.
        """
        from hongqiao_rules.household.facts_reader import reader_of
        from hongqiao_rules.household.json_text import parse
        from hongqiao_rules.rulebook.load import bundled_rulebook

        return reader_of(bundled_rulebook(), cls).read(parse(text), None)

    def to_json(self) -> str:
        """The household as JSON, with only the fields that were stated."""
        return self.model_dump_json(exclude_unset=True)
'''


def household(definitions: Definitions) -> str:
    """The typed models of the household, from the declarations of its facts."""
    lines = [HEAD]
    facts = [f for entity in definitions.entities.values() for f in entity.facts.values()]
    stated = {part.type.of for fact in facts for part in (fact, *fact.fields.values())}
    for codes in definitions.codes.values():
        if codes.id in stated:
            values = "".join(f'    "{code}",\n' for code in codes.values)
            lines.append(
                f'\n{_class(codes.id)} = Literal[\n{values}]\n"""{codes.title.en}. {codes.title.zh}。"""\n'
            )
    member, root = definitions.entities["member"], definitions.entities["household"]
    for fact in member.facts.values():
        if fact.fields:
            lines.append(
                f'\n\nclass {_class(_singular(fact.name))}(FrozenModel, metaclass=Refusing):\n    """One of a member\'s {fact.name}. {fact.title.zh}。"""\n\n'
            )
            for field in fact.fields.values():
                kind = {"money": "Money", "number": "Grade"}.get(field.type.kind) or _class(
                    field.type.of or ""
                )
                lines.append(f'    {field.name}: {kind}\n    """{field.title.en}. {field.title.zh}。"""\n')
    lines.append(
        f'\n\nclass Member(FrozenModel, metaclass=Refusing):\n    """{member.title.en}. {member.title.zh}。"""\n\n'
    )
    lines.extend(_fields(member))
    lines.append(
        f'\n\nclass Household(FrozenModel, metaclass=RefusingWhole):\n    """{root.title.en}. {root.title.zh}。"""\n\n'
    )
    fields = list(_fields(root))
    members = (
        "    members: Annotated[tuple[Member, ...], Field(strict=False, min_length=1, max_length=100)]\n"
    )
    lines += [
        fields[0],
        members + '    """The members, the applicant among them. 家庭成员，包括申请人。"""\n',
        *fields[1:],
    ]
    lines.append(ENTRY)
    return "".join(lines)


FIGURES = '''"""The figures and lists of an assessment. Written by ``scripts/generate.py`` from ``policies/rulebook.yaml``; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from hongqiao_rules.decision.lines import Entry, Line


@dataclass(frozen=True)
class Figures:
    """What an assessment shows. Amounts are yuan a month, exact to the fen."""

'''


def figures(rulebook: Rulebook) -> str:
    """The typed figures and lists of an assessment, from the declarations of the rulebook."""
    shown, display = rulebook.fields, rulebook.definitions.head.for_display
    lines = [f'    {shown.root}: str\n    """The id."""\n    on: date\n    """The assessment date."""\n']
    for field in (*shown.ordered, *shown.others):
        note = " For display; no rule reads it." if field.name in display else ""
        doc = f'    """{field.title.en}. {field.title.zh}。{note}"""\n'
        lines.append(f"    {field.name}: {_shown(field)}\n{doc}")
    return FIGURES + "".join(lines)


def _shown(field: Field) -> str:
    if field.listed:
        return "tuple[Entry, ...]" if field.type.kind == "truth" else "tuple[Line, ...]"
    if field.codes:
        return f"Literal[{', '.join(json.dumps(code) for code in field.codes)}]"
    return {"number": "int", "truth": "bool", "date": "date"}.get(field.type.kind, "Decimal")


def _fields(entity: Entity) -> Iterator[str]:
    for fact in entity.facts.values():
        default, kind = _default(fact), _kind(fact)
        absent = f" When absent: {fact.when_absent.en}." if fact.when_absent else ""
        doc = f'    """{fact.title.en}. {fact.title.zh}。{absent}"""\n'
        if len(doc) > 109:
            doc = f'    """{fact.title.en}. {fact.title.zh}。\n\n    {absent.strip()}\n    """\n'
        yield f"    {fact.name}: {kind}{default}\n{doc}"


def _default(fact: FactDefinition) -> str:
    if fact.required:
        return ""
    if _optional(fact):
        return " = None"
    value = {"[]": "()"}.get(repr(fact.default), json.dumps(fact.default).replace("false", "False"))
    return f" = {value}"


def _optional(fact: FactDefinition) -> bool:
    """Whether an absent field has no value of its own: what it means depends on other fields."""
    return not fact.required and (fact.default is None or fact.name == "incomes")


def _kind(fact: FactDefinition) -> str:
    if _optional(fact):
        return f"Annotated[{_stated(fact)} | None, NotNull]"
    return _stated(fact)


def _stated(fact: FactDefinition) -> str:
    match fact.type.kind:
        case "text" | "reference":
            return "Text"
        case "date":
            return "Day"
        case "truth":
            return "bool"
        case "code":
            return _class(fact.type.of or "")
        case "codes":
            return f"Annotated[tuple[{_class(fact.type.of or '')}, ...], Several]"
    return f"Annotated[tuple[{_class(_singular(fact.name))}, ...], Several]"


def _singular(name: str) -> str:
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def _class(identifier: str) -> str:
    return "".join(part.capitalize() for part in identifier.replace("_", "-").split("-"))


def generated() -> Iterator[tuple[Path, str | bytes]]:
    """Every generated file with its content."""
    yield from catalogues.files()
    yield from (file for file in catalogues.files(LOCALE) if file[0].suffix == ".po")
    for part in ("", "standards"):
        yield TOP / "policies" / part / SNAPSHOT, snapshot(*read_bundled(part))
    rulebook = rulebooks()[""]
    definitions = rulebook.definitions
    source = household(definitions)
    used = [
        line
        for line in source.splitlines(keepends=True)
        if not line.startswith(("from datetime", "from decimal"))
    ]
    yield TOP / "hongqiao_rules" / "household" / "models.py", "".join(used)
    yield TOP / "hongqiao_rules" / "decision" / "figures.py", figures(rulebook)
    from hongqiao_rules.schemas import policy_schemas, schema

    for name, text in policy_schemas().items():
        yield TOP / "policies" / "schema" / f"{name}.schema.json", text
    for name in ("household", "assessment", "district", "rulebook"):
        yield TOP / "docs" / "schemas" / f"{name}.schema.json", schema(name)
    yield TOP / "docs" / "assets" / "rules.mjs", javascript.module(rulebook)
    yield TOP / "docs" / "assets" / "rules.d.mts", javascript.types(rulebook.fields)


def main() -> int:
    """Write or check; the exit status tells whether anything was stale."""
    wrong = [*catalogues.faults(), *catalogues.faults(LOCALE)]
    print("".join(f"wrong: {fault}\n" for fault in wrong), end="")
    stale = 0
    for path, content in generated():
        written = content if isinstance(content, bytes) else content.encode()
        if path.is_file() and path.read_bytes() == written:
            continue
        stale += 1
        print("stale:" if "--check" in sys.argv else "written:", path.relative_to(TOP))
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(written)
    return 1 if wrong or (stale and "--check" in sys.argv) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except HongqiaoRulesError as error:  # the policies have faults: each with its place
        sys.exit(str(error))
