"""What a statement says beside the figures: why a line is there, and why one is not that nearly was."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from hongqiao_rules import Calculator
from hongqiao_rules.engines.direct.direct_engine import decode
from hongqiao_rules.testing import Question, questions

ON = date(2019, 5, 1)


FIRST = {
    "id": "one",
    "relationship": "applicant",
    "birth_date": "1958-05-01",
    "marital_status": "married",
}


def said(calculator: Calculator, lang: Any, *members: dict[str, Any], **more: Any) -> list[str]:
    household = {"id": "H", "members": [{**FIRST, **members[0]}, *members[1:]], **more}
    return calculator.assess(household, ON).statement(lang).splitlines()


def reasons(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.startswith(("    Reason: ", "    原因："))]


WAGES = {"incomes": [{"kind": "wages", "monthly": "1200.00"}]}
DISABLED = {"disabilities": [{"kind": "speech", "grade": 4}]}


def test_relief_says_by_which_category(calculator: Calculator) -> None:
    assert reasons(said(calculator, "en", {**WAGES, **DISABLED})) == [
        "Reason: one: A member with a disability (Disabilities: speech grade 4)"
    ]
    assert reasons(said(calculator, "zh", {**WAGES, **DISABLED})) == [
        "原因：one：有残疾的成员（残疾：言语残疾4级）"
    ]
    several = said(
        calculator, "en", {**WAGES, "illnesses": ["aids"]}, childless=True, hardship_recognized=True
    )
    (text,) = reasons(several)
    assert text.split("; ") == [
        "Reason: one: A member with a major illness (Major illnesses: AIDS)", "Has no children",
        "Other hardship recognised by the district's civil affairs and finance bureaus",
    ]  # fmt: skip


def test_who_is_not_counted_is_no_reason(calculator: Calculator) -> None:
    absent = {
        "id": "two",
        "relationship": "other",
        "birth_date": "1990-01-01",
        "absence": "conscript",
        **DISABLED,
    }
    lines = said(calculator, "en", WAGES, absent)
    assert reasons(lines) == []
    assert "  Low-income relief: “In a category for low-income relief” (not met)" in lines


def test_where_there_is_no_category_that_is_said(calculator: Calculator) -> None:
    assert "  低收入家庭救助：“属于低收入救助的类别”（不符合）" in said(calculator, "zh", WAGES)
    rich = said(calculator, "zh", {"incomes": [{"kind": "wages", "monthly": "1470.00"}]})
    assert not any("属于低收入救助的类别" in line for line in rich)


@pytest.mark.parametrize(("status", "amount"), [("widowed", "1200.00"), ("divorced", "800.00")])
def test_a_single_parent_is_named(calculator: Calculator, status: str, amount: str) -> None:
    child = {"id": "two", "relationship": "child", "birth_date": "2010-01-01", "schooling": "primary"}
    lines = said(calculator, "en", {**WAGES, "marital_status": status}, child)
    place = next(number for number, line in enumerate(lines) if line.endswith(f": {amount} yuan"))
    assert lines[place + 1] == (
        f"    Reason: one: Marital status: {status}, "
        "Has a counted child in school (two: Schooling: primary school)"
    )


def test_a_deduction_says_for_which_illness_or_disability_and_in_which_list_it_stands(
    calculator: Calculator,
) -> None:
    patient = {"illnesses": ["epilepsy", "uremia"], "disabilities": [{"kind": "visual", "grade": 1}]}
    lines = said(calculator, "zh", {**WAGES, **patient})
    assert reasons(lines)[:2] == [
        "原因：重大疾病：尿毒症（前八种疾病）",
        "原因：残疾：视力残疾1级",
    ]
    assert "    前八种疾病：名单自2016-04-01起（由文件推断）" in lines
    assert any("尿毒症、肾移植" in line for line in lines)


def test_a_deduction_of_the_household_names_the_members_of_whom_it_is(calculator: Calculator) -> None:
    other = {"id": "two", "relationship": "sibling", "birth_date": "1990-01-01", "incomes": []}
    asked = calculator.with_choices(readings={"deduction-unit": "household", "disease-pairing": "tiered"})
    lines = said(asked, "en", {**WAGES, "illnesses": ["hemophilia"]}, {**other, "illnesses": ["leukemia"]})
    at = next(n for n, line in enumerate(lines) if line.startswith("  Deduction for one of fifteen"))
    assert lines[at].endswith(": 980.00 × 150% = 1470.00 yuan")
    assert lines[at + 1] == "    Reason: two: Major illnesses: leukemia (The first eight diseases)"


def test_a_reading_that_made_the_difference_is_among_the_reasons(calculator: Calculator) -> None:
    child = {"id": "two", "relationship": "child", "birth_date": "2010-01-01", "schooling": "primary"}
    asked = calculator.with_choices(readings={"single-parent-scope": "all-others"})
    lines = said(asked, "zh", {**WAGES, "marital_status": "separated"}, child)
    assert "政策口径“800元适用于哪些单亲”取“丧偶以外的其他单亲”" in reasons(lines)[0]
    divorced = said(asked, "zh", {**WAGES, "marital_status": "divorced"}, child)
    assert "政策口径" not in reasons(divorced)[0]


def test_a_supplement_says_the_age_or_the_schooling(calculator: Calculator) -> None:
    student = {"id": "two", "relationship": "other", "birth_date": "2000-01-01", "incomes": []}
    student |= {"schooling": "undergraduate", "guardianship": "scattered_orphan"}
    lines = said(calculator, "en", {"birth_date": "1959-05-01", "incomes": []}, student)
    assert reasons(lines) == [
        "Reason: Age in full years: 60",
        "Reason: Orphan or without support: orphan outside an institution; In school (Schooling: undergraduate)",
    ]


def test_who_and_what_is_left_out_is_said_with_the_clause(calculator: Calculator) -> None:
    absent = {"id": "two", "relationship": "other", "birth_date": "1990-01-01", "absence": "conscript"}
    lines = said(calculator, "zh", {"incomes": [{"kind": "scholarship", "monthly": 5}]}, absent)
    at = lines.index("未计入：two（现役义务兵）")
    assert lines[at + 1].startswith("  依据：“下列人员不计入共同生活的家庭成员”")
    assert "  计入家庭收入的收入种类：名单自2016-04-01起（由文件推断）" in lines


def test_no_clause_is_cited_outside_its_days(calculator: Calculator) -> None:
    household = {"id": "H", "members": [{**FIRST, "incomes": []}]}
    cited = {}
    for on in (date(2021, 6, 30), date(2021, 7, 1), date(2026, 6, 30), date(2026, 7, 1)):
        found = calculator.assess(household, on)
        text = found.statement("zh")
        names = {c["source"] for entry in found.citations for c in entry["cites"]}
        assert ("审核审批办法" in text) == ("dibao-procedure-2012" in names)
        cited[on] = names & {
            "dibao-procedure-2012", "assistance-measures-2014", "social-assistance-law-2026",
        }  # fmt: skip
    assert list(cited.values()) == [
        {"dibao-procedure-2012", "assistance-measures-2014"},
        {"assistance-measures-2014"},
        {"assistance-measures-2014"},
        {"social-assistance-law-2026"},
    ]


@given(questions())
def test_every_relief_has_a_reason_and_every_refusal_of_it_a_line(question: Question) -> None:
    assessment = question.calculator().assess(question.household, question.on)
    lines, given_ = assessment.statement("en").splitlines(), [line.rule for line in assessment.benefits]
    compiled, run = assessment.basis.compiled, assessment.basis.run
    number, relief = next(
        (n, c) for n, c in enumerate(compiled.dated.conclusions) if c.name == "low_income_relief"
    )
    ((_, failing),) = decode(relief, run.failed[number])
    refused = any(line.startswith("  Low-income relief: “") for line in lines)
    assert (
        refused
        == (failing == 1)
        == (assessment.programme == "low_income" and "low-income-relief" not in given_)
    )
    at = [
        n
        for n, line in enumerate(lines)
        if line.startswith("  Low-income relief: ") and line.endswith(" yuan")
    ]
    assert [lines[n + 1].startswith("    Reason: ") for n in at] == [True] * ("low-income-relief" in given_)
