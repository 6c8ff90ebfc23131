"""The READMEs say what is so: their tables are those of the rulebook, and both say the same."""

import re

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.analysis.every_reading import touching_amounts
from tests.places import TOP

READMES = {"en": "README.md", "zh": "README.zh.md"}


def text(lang: str) -> str:
    return (TOP / READMES[lang]).read_text(encoding="utf-8")


def tables(lang: str) -> list[list[tuple[str, ...]]]:
    found: list[list[tuple[str, ...]]] = []
    inside = False
    for line in text(lang).splitlines():
        if not line.startswith("|"):
            inside = False
        elif not inside:
            inside = True
            found.append([])
        elif not line.startswith("|---"):
            found[-1].append(tuple(cell.strip().strip("`") for cell in line.strip("|").split("|")))
    return found


@pytest.mark.parametrize("lang", READMES)
def test_the_tables_are_those_of_the_rulebook(lang: str) -> None:
    definitions = Calculator().rulebook.definitions
    amounts = [name for name, entries in definitions.head.entries.items() if entries == "money"]
    paying = [r for r in definitions.rules.values() if r.list in amounts and not r.overlay]
    paying.sort(key=lambda rule: (amounts.index(rule.list or ""), rule.order))
    rules, of_amounts, of_entries = tables(lang)
    assert rules == [(rule.id, rule.title.say(lang)) for rule in paying]
    readings = {
        (name, "`, `".join(reading.choices)): name in touching_amounts(Calculator())
        for name, reading in definitions.readings.items()
    }
    assert of_amounts == [row for row, touches_amounts in readings.items() if touches_amounts]
    assert of_entries == [row for row, touches_amounts in readings.items() if not touches_amounts]


def test_both_have_the_same_parts() -> None:
    for pattern in (r"^#+ ", r"^```", r"^\* ", r"^\|"):
        count = {lang: len(re.findall(pattern, text(lang), re.M)) for lang in READMES}
        assert count["en"] == count["zh"], pattern
    commands = {
        lang: [c.replace(" --lang en", "") for c in re.findall(r"^\$ .*$", text(lang), re.M)]
        for lang in READMES
    }
    assert commands["en"] == commands["zh"]


@pytest.mark.parametrize("lang", READMES)
def test_every_link_leads_somewhere(lang: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text(lang)):
        assert target.startswith("https://") or (TOP / target).exists(), target


def test_the_version_of_the_policies_has_an_entry_in_the_changelog() -> None:
    version = Calculator().rulebook.definitions.head.version
    assert f"## [{version}] - " in (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
