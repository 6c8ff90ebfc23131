"""The bundled policies: whole, cited, in both languages, and as the public sources have them."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.analysis.examples import run
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import Citation, iso
from tests.places import TOP

DEFINITIONS = Calculator().rulebook.definitions

HISTORY = {
    "2013-04-01": (600, 180),
    "2014-04-01": (640, 192),
    "2015-04-01": (705, 212),
    "2016-04-01": (780, 234),
    "2017-04-01": (860, 258),
    "2018-04-01": (920, 276),
    "2019-04-01": (980, 294),
    "2020-09-01": (1010, 303),
    "2025-09-01": (1045, 314),
}


def test_the_standard_and_the_relief_are_the_published_ones() -> None:
    standard = DEFINITIONS.parameters[None, "dibao-standard"].values
    relief = DEFINITIONS.parameters[None, "low-income-relief-amount"].values
    known = max(HISTORY)
    assert {iso(v.start): v.value // 100 for v in standard if iso(v.start) <= known} == {
        day: s for day, (s, _) in HISTORY.items()
    }
    assert {iso(v.start): v.value // 100 for v in relief if iso(v.start) <= known} == {
        day: r for day, (_, r) in HISTORY.items()
    }


def test_the_relief_is_thirty_percent_of_the_standard_half_up_to_the_yuan() -> None:
    for standard, relief in HISTORY.values():
        assert relief == (2 * Fraction(3, 10) * standard + 1) // 2


def test_the_starts_without_a_source_are_graded_so() -> None:
    for name in ("dibao-standard", "low-income-relief-amount"):
        graded = {
            iso(v.start): v.start_basis for v in DEFINITIONS.parameters[None, name].values if v.start_basis
        }
        assert graded == {"2014-04-01": "recalled", "2018-04-01": "inferred"}
        assert all(v.note for v in DEFINITIONS.parameters[None, name].values if v.start_basis)


def citations() -> Iterator[Citation]:
    for rule in DEFINITIONS.rules.values():
        yield from rule.citations
    for parameter in DEFINITIONS.parameters.values():
        for value in parameter.values:
            yield from value.citations


def test_the_words_cited_from_the_plan_stand_in_it() -> None:
    plan = (TOP / "tests/data/plan-classified-assistance.txt").read_text(encoding="utf-8")
    quotes = [c.words for c in citations() if c.source == "hongqiao-plan-2021"]
    assert len([words for words in quotes if words is not None and words in plan]) > 10


def test_every_declared_source_is_cited() -> None:
    cited = {c.source for c in citations()} | {
        c.source for o in DEFINITIONS.overlays.values() for c in o.citations
    }
    assert cited == set(DEFINITIONS.sources)


@pytest.mark.parametrize(
    "file", sorted((TOP / "policies").rglob("*.yaml")), ids=lambda f: f.relative_to(TOP).as_posix()
)
def test_every_file_tells_the_editor_its_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((file.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
    assert schema["additionalProperties"] is False


def bilinguals(value: Any) -> Iterator[Bilingual]:
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from bilinguals(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from bilinguals(item)


def test_every_title_is_there_in_both_languages() -> None:
    found = list(bilinguals(vars(DEFINITIONS)))
    assert len(found) > 300
    for text in found:
        assert any("\u4e00" <= c <= "\u9fff" for c in text.zh), text
        assert not any("\u4e00" <= c <= "\u9fff" for c in text.en), text


def test_the_fifteen_diseases_and_the_further_fifteen_are_different() -> None:
    def codes(name: str, overlay: str | None = None) -> set[str]:
        return set(DEFINITIONS.parameters[overlay, name].values[0].value)

    eight, seven = codes("first-eight-diseases"), codes("other-seven-diseases")
    further = codes("notice-further-diseases", "tianjin-notice-2020")
    assert (len(eight), len(seven), len(further)) == (8, 7, 15)
    assert len(eight | seven | further) == 30
    assert set(DEFINITIONS.codes["illness"].values) == eight | seven | further | {"other_major_illness"}


def test_every_example_comes_out_and_every_rule_that_pays_has_one() -> None:
    calculator = Calculator()
    number, faults = run(calculator.rulebook)
    assert faults == []
    assert number >= 30
    paying = [rule for rule in DEFINITIONS.rules.values() if rule.list is not None]
    assert all((rule.examples and rule.limitations) or rule.overlay for rule in paying)


def test_the_readings_are_those_of_the_contract_in_its_order() -> None:
    known = {name: list(reading.choices) for name, reading in DEFINITIONS.readings.items()}
    assert dict(list(known.items())[:5]) == {
        "disease-pairing": ["by-list", "tiered"],
        "deduction-unit": ["affected-person", "household"],
        "disease-and-disability": ["sum", "higher"],
        "student-scope": ["both-groups", "unsupported-only"],
        "single-parent-scope": ["divorced-only", "all-others"],
    }
    assert set(list(known)[5:]) == {
        "visit-scope",
        "advanced-age",
        "empty-nest",
        "incapacity",
        "difficult-family",
    }
    assert list(DEFINITIONS.readings) == list(Calculator().readings)


def test_the_whole_rulebook_holds_on_every_day_of_change() -> None:
    Calculator().rulebook.sweep()
