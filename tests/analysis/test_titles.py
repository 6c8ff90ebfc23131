"""Answers call rules and readings as the rulebook does that was asked, whichever that is."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.case.case_words import CaseWords
from hongqiao_rules.case.causes import Cause
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.proofs import difference

ON = date(2021, 11, 30)
HOUSEHOLD: dict[str, Any] = {
    "id": "H",
    "members": [{"id": "a", "relationship": "applicant", "birth_date": "1981-01-01", "marital_status": "widowed",
                 "incomes": [{"kind": "wages", "monthly": "500.00"}]}],
}  # fmt: skip
CHOICE = "title: {{zh: {0}, en: {0}}}, argument: {{zh: 例, en: example}}"
FILES = {
    "amount": "parameter: heating-amount\ntitle: {zh: 例, en: amount}\ntype: money\nvalues: [{from: 2019-11-01, value: 120, "
    "confidence: high, cites: [{source: hongqiao-plan-2021, place: x}]}]\n",
    "heating": "rule: heating\ntitle: {zh: 取暖补助例, en: Warmth in winter}\nlist: benefits\norder: 50\nfrom: 2019-11-01\n"
    "when: programme == 'dibao'\nbasis: convention\nconfidence: high\nversions:\n"
    "  - {under: {heating-unit: once}, value: heating_amount}\n"
    "  - {under: {heating-unit: each}, value: heating_amount + heating_amount}\n"
    "readings: {heating-unit: {title: {zh: 按什么计例, en: By what it counts}, choices: "
    "{once: {" + CHOICE.format("Once") + "}, each: {" + CHOICE.format("Twice") + "}}}}\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Calculator:
    """The bundled policies with a rule and a reading more."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Calculator(policies=tmp_path)


def test_added_rules_and_readings_are_called_by_their_titles(own: Calculator) -> None:
    every = own.assess(HOUSEHOLD, ON, readings="all")
    assert every.turns_on == ("heating-unit",)
    for text in ("By what it counts: Once", "By what it counts: Twice"):
        assert text in every.statement("en")
    margins = own.margins(HOUSEHOLD, ON)
    assert "without Dibao gap payment, Warmth in winter" in margins.statement("en")
    assert "取暖补助例" in margins.statement("zh")
    differing = difference(Calculator(), own, ON, members=1)
    for found in (differing, difference(own, Calculator(), ON, members=1)):
        assert "Warmth in winter" in found.statement("en")


@pytest.mark.parametrize(
    ("overlays", "title"),
    [((), "Deduction for one of fifteen diseases"),
     (("tianjin-notice-2020",), "Deduction for a listed disease (notice of 2020)")],
)  # fmt: skip
def test_an_overlay_names_its_rules_only_where_it_is_applied(overlays: tuple[str, ...], title: str) -> None:
    calculator, rule = Calculator(overlays=overlays), "listed-disease-deduction"
    assert CaseWords(calculator, "en").cause(Cause("rules", rule)) == f"{title} changes"
    assert Page(calculator, "en").rules[rule] == title
    assert Page(calculator, "en", Calculator()).rules[rule] == title
    found = calculator.why_not(HOUSEHOLD, rule, ON)
    assert found.statement("en").startswith(f"Why not {title}, and what would change it\n")


def test_the_rulebook_is_no_part_of_an_answer(own: Calculator) -> None:
    unknown = json.loads(json.dumps(HOUSEHOLD))
    unknown["members"][0]["birth_date"] = "unknown"
    answers = [
        own.margins(HOUSEHOLD, ON), own.explore(unknown, ON), own.why_not(HOUSEHOLD, "elder-supplement", ON),
        own.schedule(HOUSEHOLD, "incomes of the applicant", ON), difference(own, Calculator(), ON, members=1),
    ]  # fmt: skip
    for answer in answers:
        assert not {name for name in json.loads(answer.to_json()) if "linked" in name}
        assert "linked" not in repr(answer)
    assert answers[0] == own.margins(HOUSEHOLD, ON)
