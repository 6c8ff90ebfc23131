"""The pages say what the rulebook, the messages and the command say: nothing is left out, nothing is out of date."""

import json
import re
from datetime import date
from importlib import import_module

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.case.events import FACTS
from hongqiao_rules.cli import COMMANDS, module_of
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.language.names import FUNCTIONS, RefusedExpressionError
from hongqiao_rules.language.parser import parse
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.file_models import KINDS
from hongqiao_rules.rulebook.link import Linker
from tests.docs.blocks import blocks
from tests.docs.source import DOCS, TOP
from tests.text.catalogues import CODES, declared

RULEBOOK = Calculator().rulebook
LISTED = [rule for (overlay, _), rule in RULEBOOK.definitions.rules.items() if rule.list and not overlay]
CALCULATORS = [rule.id for rule in LISTED if RULEBOOK.definitions.head.entries[rule.list or ""] == "money"]

EVENTS = {"stated", "corrected", "withdrawn", "lapsed"}


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


BOTH = pytest.mark.parametrize("suffix", [".md", ".zh.md"])


@BOTH
def test_every_code_has_one_heading(suffix: str) -> None:
    assert sorted(re.findall(r"^### (.+)$", page(f"errors{suffix}"), re.MULTILINE)) == sorted(
        {*CODES, *declared()}
    )


@BOTH
def test_every_command_has_its_heading(suffix: str) -> None:
    headings = re.findall(r"^### (.+)$", page(f"command{suffix}"), re.MULTILINE)
    assert [heading for heading in headings if " " not in heading] == list(COMMANDS)
    for name in ("case", "population"):
        group = import_module(module_of(name)).command
        inner = [heading.partition(" ")[2] for heading in headings if heading.startswith(f"{name} ")]
        assert inner == sorted(group.commands)


@BOTH
def test_every_field_and_code_of_the_household_is_there(suffix: str) -> None:
    text, definitions = page(f"household{suffix}"), RULEBOOK.definitions
    for entity in definitions.entities.values():
        fields = [name for fact in entity.facts.values() for name in fact.fields]
        assert [name for name in (*entity.facts, *fields) if f"`{name}`" not in text] == []
    for codes in definitions.codes.values():
        for code in codes.values if codes.id != "programme" else ():
            assert f"| `{code}` |" in text


@pytest.mark.parametrize("name", ["living-cases.md", "living-cases.zh.md"])
def test_every_event_and_every_fact_of_a_case_has_its_row(name: str) -> None:
    rows = [line.strip("| ").split(" | ") for line in page(name).splitlines() if line.startswith("| `")]
    told = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[-1])) for row in rows}
    del told["type"]  # the head of the table
    assert {fact.model_fields["type"].default: {*fact.model_fields} - {"type"} for fact in FACTS} == {
        name: told[name] for name in told if name not in EVENTS
    }
    assert {name for name in told if name in EVENTS} == EVENTS


def test_there_is_a_calculator_for_each_rule_that_pays_or_deducts_and_for_each_overlay() -> None:
    found = {path.name.split(".")[0] for path in (DOCS / "calculators").iterdir()}
    assert found == {*CALCULATORS, *RULEBOOK.definitions.overlays}
    assert len(found) == 9


HEADINGS = {
    ".md": ("A household", "By hand", "Both sides of the edge", "Limitations"),
    ".zh.md": ("一个家庭", "手工计算", "临界点", "局限"),
}


@BOTH
@pytest.mark.parametrize("rule", CALCULATORS)
def test_a_calculator_cites_computes_shows_its_edge_and_its_limits(rule: str, suffix: str) -> None:
    text = page(f"calculators/{rule}{suffix}")
    assert all(
        citation.words is None or f"> {citation.words}\n" in text
        for citation in RULEBOOK.definitions.rules[None, rule].citations
    )
    for heading in HEADINGS[suffix]:
        assert f"\n## {heading}\n" in text
    languages = [block.language for block in blocks(DOCS / f"calculators/{rule}{suffix}")]
    assert {"python", "arithmetic", "json"} <= set(languages)
    assert all(f"`{reading}`" in text for reading in RULEBOOK.definitions.rules[None, rule].readings)


def test_every_rule_without_an_amount_is_on_the_page_of_registers_in_both_languages() -> None:
    for rule in LISTED:
        if rule.id not in CALCULATORS:
            assert all(f"`{rule.id}`" in page(name) for name in ("registers.md", "registers.zh.md"))


@BOTH
def test_every_reading_is_on_a_page_and_among_all_readings(suffix: str) -> None:
    calculators = "".join(page(f"calculators/{rule}{suffix}") for rule in CALCULATORS)
    text = calculators + page(f"registers{suffix}")
    together = page(f"explanation/readings{suffix}")
    assert all(f"**`{name}`**" in together for name in RULEBOOK.definitions.readings)
    for reading in RULEBOOK.definitions.readings.values():
        assert all(f"* `{choice}`" in text for choice in reading.choices)


@pytest.mark.parametrize(
    ("file", "heading"),
    [("embedding.md", "What an assessment contains"), ("embedding.zh.md", "核算结果的内容")],
)
def test_every_field_of_an_assessment_is_there(file: str, heading: str) -> None:
    household = json.loads((TOP / "docs/examples/widowed.json").read_text(encoding="utf-8"))
    found: Assessment = Calculator().assess_plain(household, on=date(2019, 5, 1))
    section = page(file).partition(f"## {heading}")[2].partition("\n## ")[0]
    assert all(f"`{name}`" in section for name in json.loads(found.to_json()))


def expressions(file: str, heading: str) -> list[tuple[str, str, str]]:
    section = page(file).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \| (\w+) \| ([\w ]+) \|", section, re.MULTILINE)


EXPRESSIONS = expressions("language.md", "Expressions")


def test_both_cheat_sheets_have_the_same_expressions() -> None:
    assert expressions("language.zh.md", "表达式") == EXPRESSIONS


def linker() -> Linker:
    found = Linker(RULEBOOK.definitions, (), Faults(RULEBOOK.files))
    found.link()
    found.current.append(set())
    return found


@pytest.mark.parametrize(("text", "about", "gives"), EXPRESSIONS)
def test_every_expression_of_the_cheat_sheet_is_read_and_gives_what_it_says(
    text: str, about: str, gives: str
) -> None:
    assert str(parse(text, about, linker()).type) == gives


@pytest.mark.parametrize(("file", "after"), [("language.md", "Parameters"), ("language.zh.md", "参数")])
def test_the_cheat_sheet_has_every_function_every_kind_of_file_and_every_key(file: str, after: str) -> None:
    text = page(file)
    assert len(EXPRESSIONS) >= 20
    shown = " ".join(expression for expression, _, _ in EXPRESSIONS) + " min(" * ("`min`" in text)
    assert [name for name in FUNCTIONS if f"{name}(" not in shown] == []
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text.partition(f"\n## {after}")[0], re.MULTILINE))
    assert list(rows) == [
        "rulebook",
        "entity",
        "codes",
        "checks",
        "sources",
        "parameter",
        "rule",
        "notice",
        "overlay",
        "property",
        "texts",
    ]
    for kind, model in KINDS.items():
        if kind == "sources":
            continue
        for name, field in model.model_fields.items():
            optional = "" if field.is_required() else "?"
            key = field.alias or name
            assert key == kind or f"`{key}{optional}`" in rows[kind], f"{kind}: {key}{optional}"


@pytest.mark.parametrize(
    "text", ["dibao_standard * income", "2 * income", "age + counted_members", "counted < childless"]
)
def test_what_the_cheat_sheet_says_is_refused_is_refused(text: str) -> None:
    with pytest.raises(RefusedExpressionError):
        parse(text, "member", linker())
