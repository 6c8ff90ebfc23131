"""A rulebook about households whose figures and lists have names of their own: nothing knows those of the bundled one."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hongqiao_rules.case.case_words import CaseWords
from hongqiao_rules.case.living_case import open_case
from hongqiao_rules.cli.case import _decision
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.engines.javascript.declarations import Declarations
from hongqiao_rules.engines.javascript.input_functions import InputFunctions
from hongqiao_rules.engines.javascript.module import Plans
from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.analyse.comparison import changes_schema, compare
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.population.analyse.summary import summarize
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.runs import run
from hongqiao_rules.rulebook.load import load
from tests.places import TOP

HEAD = """\
rulebook: fuel
title: {zh: 取暖补贴, en: Fuel aid}
version: "1"
root: household
modelled_from: 2016-04-01
not_modelled: {zh: 未收录。, en: Not modelled.}
checked_to: 2029-12-31
checked_notice: {zh: 核对至2029年底。, en: Checked up to the end of 2029.}
figures: [warmth, heads, means, spare, heat_paid, wait]
lists:
  cuts: {title: {zh: 扣除, en: Cuts}}
  heat: {title: {zh: 取暖金, en: Heat}, total: heat_paid}
  visits: {title: {zh: 走访, en: Visits}, entries: truth}
assessment: [warmth, heads, means, cuts, spare, heat, heat_paid, visits]
"""
RESULT = (
    "result: {outcome: warmth, pays: heat, delay: wait, decisive: [spare], compared: [heads, cuts, means]}\n"
)
RULES = {
    "cold": "concludes: warmth\noverrides: [warm]\nwhen: spare < base\nvalue: \"'cold'\"",
    "warm": "concludes: warmth\nvalue: \"'warm'\"",
    "heads": "value: count(member for member in members if member.at_home)",
    "at-home": "about: member\nvalue: absence == 'none'",
    "earned": "about: member\nvalue: sum(item.monthly for item in incomes)",
    "means": "value: sum(member.earned for member in members if member.at_home)",
    "ill": "list: cuts\norder: 1\nabout: member\nwhen: at_home and any(True for code in illnesses)\nvalue: base",
    "spare": "value: max(0, means - total(cuts))",
    "gap": "list: heat\norder: 1\nwhen: warmth == 'cold'\nvalue: base - spare",
    "old": "list: heat\norder: 2\nabout: member\nwhen: warmth == 'cold' and full_years(birth_date, on) >= elder\nvalue: base",
    "heat-paid": "value: total(heat)",
    "wait": "value: '1'",
    "visit": "list: visits\norder: 1\nwhen: warmth == 'cold'",
}
BASE = (
    "parameter: base\ntitle: {zh: 基数, en: Base}\ntype: money\nvalues:\n"
    "  - {from: 2016-04-01, until: 2020-12-31, value: 120, confidence: high, cites: [{source: hongqiao-plan-2021, place: x}]}\n"
    "  - {from: 2021-01-01, value: 150, confidence: high, cites: [{source: hongqiao-plan-2021, place: x}]}\n"
)
ELDER = (
    "parameter: elder\ntitle: {zh: 老年, en: Elder}\ntype: number\nunit: years\nvalues:\n"
    "  - {from: 2016-04-01, value: 60, confidence: high, cites: [{source: hongqiao-plan-2021, place: x}]}\n"
)
ON, LATER = date(2020, 3, 31), date(2021, 3, 31)


def written(folder: Path, result: str = RESULT) -> Edition:
    shutil.copytree(TOP / "policies" / "vocabulary", folder / "vocabulary")
    shutil.copy(TOP / "policies" / "sources.yaml", folder)
    (folder / "rulebook.yaml").write_text(HEAD + result, encoding="utf-8")
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    (folder / "elder.yaml").write_text(ELDER, encoding="utf-8")
    (folder / "warmth.yaml").write_text(
        "codes: warmth\ntitle: {zh: 冷暖, en: Warmth}\nvalues:\n"
        "  cold: {zh: 受冻, en: in the cold}\n  warm: {zh: 不缺暖, en: warm}\n",
        encoding="utf-8",
    )
    for name, said in RULES.items():
        text = f"rule: {name}\ntitle: {{zh: 规则{name}, en: The {name}}}\n{said}\nbasis: convention\nconfidence: high\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Edition(load([folder]))


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return written(tmp_path_factory.mktemp("names") / "fuel")


def household(id_: str, monthly: str, *illnesses: str) -> dict[str, Any]:
    income = {"kind": "wages", "monthly": monthly}
    one = {"id": "a", "relationship": "applicant", "birth_date": "1960-06-15", "marital_status": "married"}
    return {"id": id_, "members": [{**one, "incomes": [income], "illnesses": list(illnesses)}]}


def test_an_assessment_has_its_fields(edition: Edition) -> None:
    assessment = edition.assess(household("H", "100.00"), ON)
    told = json.loads(assessment.to_json())
    assert list(told)[2:10] == ["warmth", "heads", "means", "cuts", "spare", "heat", "heat_paid", "visits"]
    assert (assessment.basis.outcome, assessment.basis.total) == ("cold", Decimal("20.00"))
    assert {code: title.en for code, title in edition.outcomes.items()} == {
        "cold": "in the cold",
        "warm": "warm",
    }


def test_a_statement_has_its_titles(edition: Edition) -> None:
    one = household("H", "200.00", "aids")
    one["members"].append(
        {"id": "b", "relationship": "child", "birth_date": "2000-01-01", "absence": "conscript"}
    )
    lines = edition.assess(one, ON).statement("en").splitlines()
    told = [line for line in lines if "Basis" not in line and "Base: " not in line]
    assert told[2:20] == [
        "Result: in the cold, monthly total 40.00 yuan",
        "",
        "The heads: 1 (a)",
        "Not counted: b (conscript on active service)",
        "The means: 200.00 yuan",
        "  a: wages 200.00",
        "  b: income not stated, counted as none",
        "Cuts:",
        "  The ill (a): 120.00 yuan",
        "    Reason: Major illnesses: AIDS",
        "The spare: 200.00 − 120.00 = 80.00 yuan",
        "",
        "Warmth:",
        "  The cold: 80.00 < 120.00 (met)",
        "",
        "Heat:",
        "  The gap: 120.00 − 80.00 = 40.00 yuan",
        "The heat-paid: 40.00 yuan",
    ]
    assert "  The visit" in lines


def test_a_case_follows_its_outcome_and_its_total(edition: Edition) -> None:
    case = open_case(edition, "H", None, inference=False)
    case.state(household("H", "100.00"), since=date(2020, 1, 1), known=date(2020, 1, 20))
    coming = case.upcoming(after=ON, until=date(2021, 12, 31))
    assert [(one.on, one.after.assessment.basis.total) for one in coming if one.after.assessment] == [
        (date(2020, 6, 15), Decimal("140.00")),
        (date(2021, 1, 1), Decimal("200.00")),
    ]
    words = CaseWords(edition, "en")
    assert [words.decision(one.before) for one in coming] == [
        "20.00 yuan a month (in the cold)",
        "140.00 yuan a month (in the cold)",
    ]
    assert _decision(coming[0].after, "en") == {"warmth": "cold", "heat_paid": "140.00"}
    months = list(case.payments(date(2020, 7, 1), date(2020, 7, 31)))
    assert [(str(m.paid), str(m.due), m.rule) for m in months] == [("140.00", "140.00", "wait")]


def test_a_population_is_summed_up_and_compared(edition: Edition, tmp_path: Path) -> None:
    rows = [
        household("A", "100.00"),
        household("B", "200.00", "aids"),
        household("C", "130.00"),
        household("D", "900.00"),
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in.parquet")
    before, after = (run(Assessor(edition, on), Source(tmp_path / "in.parquet")) for on in (ON, LATER))
    found = summarize([before], 5000)
    assert (found.programmes, found.total, found.recipients) == ({"cold": 2, "warm": 2}, 6000, 2)
    assert "in the cold" in Page(edition, "en").summary(found)
    changes = compare(before, after)
    assert changes.changes.schema == changes_schema(edition.fields)
    told = {
        row["household"]: (row["warmth_before"], row["warmth_after"], row["rule"], row["because"])
        for row in changes.changes.to_pylist()
    }
    assert told == {
        "A": ("cold", "cold", "old", ""),
        "B": ("cold", "cold", "old", "ill"),
        "C": ("warm", "cold", "old", ""),
    }
    assert "Heat" in Page(edition, "en", edition).comparison(changes)


def test_the_module_has_the_codes_of_its_outcome(edition: Edition) -> None:
    plans = Plans(edition.rulebook)
    assert list(Declarations(plans, InputFunctions(plans)).about()["codes"]["warmth"]) == ["cold", "warm"]


def test_one_without_a_result_or_a_delay_is_refused_what_needs_them(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([household("A", "100.00")]), tmp_path / "in.parquet")
    without = written(tmp_path / "without", "")
    with pytest.raises(RequestError) as refused:
        run(Assessor(without, ON), Source(tmp_path / "in.parquet"))
    assert refused.value.code == "NO_RESULT"
    assert without.assess(household("H", "100.00"), ON).basis.figure("heat_paid") == 2000
    undelayed = written(tmp_path / "undelayed", RESULT.replace("delay: wait, ", ""))
    case = open_case(undelayed, "H", None, inference=False)
    case.state(household("H", "100.00"), since=date(2020, 1, 1), known=date(2020, 1, 20))
    with pytest.raises(RequestError) as refused:
        list(case.payments(date(2020, 7, 1), date(2020, 7, 31)))
    assert refused.value.code == "NO_PAYMENT_RULE"
