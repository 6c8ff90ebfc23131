"""What a statement says beside the figures: why a line is there, and why one is not that nearly was."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from hongqiao_rules import Calculator
from hongqiao_rules.engines.direct import decode
from hongqiao_rules.testing import Question, questions

ON = date(2019, 5, 1)


def said(calculator: Calculator, lang: Any, *members: dict[str, Any], **more: Any) -> list[str]:
    first = {
        "id": "one",
        "relationship": "applicant",
        "birth_date": "1958-05-01",
        "marital_status": "married",
    }
    household = {"id": "H", "members": [{**first, **members[0]}, *members[1:]], **more}
    return calculator.assess(household, ON).statement(lang).splitlines()


def reasons(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.startswith(("    Because: ", "    原因："))]


WAGES = {"incomes": [{"kind": "wages", "monthly": "1200.00"}]}
DISABLED = {"disabilities": [{"kind": "speech", "grade": 4}]}


def test_relief_says_by_which_category(calculator: Calculator) -> None:
    assert reasons(said(calculator, "en", {**WAGES, **DISABLED})) == [
        "Because: one: A member with a disability"
    ]
    assert reasons(said(calculator, "zh", {**WAGES, **DISABLED})) == ["原因：one：有残疾的成员"]
    several = said(
        calculator, "en", {**WAGES, "illnesses": ["aids"]}, childless=True, hardship_recognized=True
    )
    (text,) = reasons(several)
    assert text.split("; ") == [
        "Because: one: A member with a major illness", "Has no children",
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
    assert "  Low-income relief: “In a category for low-income relief” does not hold" in lines


def test_where_there_is_no_category_that_is_said(calculator: Calculator) -> None:
    assert "  低收入家庭救助：“属于低收入救助的类别”，不成立" in said(calculator, "zh", WAGES)
    rich = said(calculator, "zh", {"incomes": [{"kind": "wages", "monthly": "1470.00"}]})
    assert not any("属于低收入救助的类别" in line for line in rich)


@pytest.mark.parametrize(("status", "amount"), [("widowed", "1200.00"), ("divorced", "800.00")])
def test_a_single_parent_is_named(calculator: Calculator, status: str, amount: str) -> None:
    child = {"id": "two", "relationship": "child", "birth_date": "2010-01-01", "schooling": "primary"}
    lines = said(calculator, "en", {**WAGES, "marital_status": status}, child)
    place = next(number for number, line in enumerate(lines) if line.endswith(f": {amount} yuan"))
    assert lines[place + 1] == f"    Because: one: Marital status: {status}, Has a counted child in school"


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
    assert [lines[n + 1].startswith("    Because: ") for n in at] == [True] * ("low-income-relief" in given_)
