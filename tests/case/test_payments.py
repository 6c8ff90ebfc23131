"""What is owed and what was overpaid, month by month, with the rule that says so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, RequestError
from hongqiao_rules.case.case_words import CaseWords
from hongqiao_rules.case.causes import Cause
from hongqiao_rules.case.decisions import RuleChange
from hongqiao_rules.case.events import FACTS
from hongqiao_rules.case.living_case import Case
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.file_models import Basis
from tests.case.test_events import HOUSEHOLD, stated
from tests.places import TOP

WAGES = {"type": "income", "member": "mother", "kind": "wages"}


@pytest.fixture
def case(calculator: Calculator) -> Case:
    """Known from April 2019 on: a widow's wage of 2700, a pupil, a grandmother of 59. Dibao of 1440."""
    case = calculator.open_case("HQ")
    case.state(HOUSEHOLD, since=date(2019, 4, 1), known=date(2019, 4, 20))
    return case


def test_a_raise_told_late_was_overpaid_from_the_month_after_it(case: Case) -> None:
    case.record({"event": "lapsed", "known": "2019-10-10", "of": 4, "until": "2019-05-31"})
    case.record(stated("income", known="2019-10-10", since="2019-06-01", **{**WAGES, "monthly": "3000.00"}))
    months = case.payments(date(2019, 4, 1), date(2019, 12, 31))
    assert [(str(m.month)[:7], str(m.paid), str(m.due), str(m.difference)) for m in months] == [
        ("2019-04", "0.00", "None", "None"),  # nobody knew of the family, and of March nothing is known today
        ("2019-05", "1440.00", "1440.00", "0.00"),
        (
            "2019-06",
            "1440.00",
            "1440.00",
            "0.00",
        ),  # the raise is of June; June is paid by the decision of May
        ("2019-07", "1440.00", "1140.00", "-300.00"),
        ("2019-08", "1734.00", "1434.00", "-300.00"),  # the grandmother turned 60 in July
        ("2019-09", "1734.00", "1434.00", "-300.00"),
        ("2019-10", "1734.00", "1434.00", "-300.00"),
        ("2019-11", "1434.00", "1434.00", "0.00"),  # told in October
        ("2019-12", "1434.00", "1434.00", "0.00"),
    ]
    assert RuleChange("dibao-gap", None, "1440.00", "1140.00") in months[3].rules
    assert months[3].decided == date(2019, 6, 30)
    assert (months[3].rule, months[3].basis) == ("dibao-paid-from", "inferred")
    assert months[2].rules == ()
    assert [fault.code for fault in months[0].now.faults] == ["TOO_FEW"]


def test_the_month_after_the_decision_is_attested_from_july_2021_for_dibao_and_always_for_relief(
    calculator: Calculator,
) -> None:
    case = calculator.open_case("HQ")
    case.state(HOUSEHOLD, since=date(2016, 4, 1), known=date(2016, 4, 20))
    graded = {m.month: (m.rule, m.basis) for m in case.payments(date(2016, 5, 1), date(2021, 9, 1))}
    assert graded[date(2021, 7, 1)] == ("dibao-paid-from", "inferred")  # decided in June
    assert graded[date(2021, 8, 1)] == ("dibao-paid-from", "attested")
    case.record(stated("income", known="2021-09-01", since="2017-04-01", **{**WAGES, "monthly": "4000"}))
    case.record(
        stated("disability", known="2021-09-01", since="2017-04-01", member="gran", kind="speech", grade=1)
    )
    (month,) = case.payments(date(2018, 1, 1), date(2018, 1, 31))
    assert month.now.assessment is not None
    assert month.now.assessment.programme == "none"
    case.record({"event": "withdrawn", "known": "2021-09-01", "of": 4})
    (month,) = case.payments(date(2018, 1, 1), date(2018, 1, 31))
    assert month.now.assessment is not None
    assert month.now.assessment.programme == "low_income"
    assert (month.rule, month.basis, month.due) == ("relief-paid-from", "attested", Decimal("258.00"))


def test_arrears_against_what_was_really_paid(case: Case) -> None:
    paid = {date(2019, 5, 1): Decimal("1440.00"), date(2019, 6, 1): Decimal("1000.00")}
    months = case.payments(date(2019, 5, 15), date(2019, 7, 1), paid=paid)
    assert [m.difference for m in months] == [Decimal("0.00"), Decimal("440.00"), Decimal("1440.00")]


@pytest.mark.parametrize("paid", [
    {date(2019, 5, 15): Decimal("1440.00")}, {datetime(2019, 5, 1, tzinfo=UTC): Decimal("1440.00")}, {"2019-05": "1440.00"},
    {date(2019, 5, 1): 1440.5}, {date(2019, 5, 1): Decimal("0.001")}, {date(2019, 5, 1): Decimal("-1.00")},
    {date(2019, 5, 1): None},
])  # fmt: skip
def test_what_is_no_payment_of_a_month_is_refused_and_not_passed_over(
    case: Case, paid: dict[Any, Any]
) -> None:
    with pytest.raises(RequestError) as refused:
        case.payments(date(2019, 5, 1), date(2019, 6, 1), paid=paid)
    assert refused.value.code == "BAD_PAID"


def test_a_month_paid_by_a_decision_before_the_modelled_period_is_refused(case: Case) -> None:
    with pytest.raises(RequestError) as refused:
        case.payments(date(2016, 4, 1), date(2016, 4, 30))
    assert refused.value.code == "NOT_MODELLED"


def test_a_rulebook_without_such_a_rule_says_so(tmp_path: Path) -> None:
    folder = TOP / "policies"
    for file in folder.rglob("*.yaml"):
        if file.parent.name != "payment" and "payment-delay" not in file.name:
            text = file.read_text(encoding="utf-8")
            text = text.replace("  - payment_delay\n", "").replace("  delay: payment_delay\n", "")
            (tmp_path / file.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file.relative_to(folder)).write_text(text, encoding="utf-8")
    case = Calculator(policies=tmp_path).open_case("HQ")
    case.state(HOUSEHOLD, since=date(2019, 4, 1), known=date(2019, 4, 20))
    with pytest.raises(RequestError) as refused:
        case.payments(date(2019, 6, 1), date(2019, 6, 30))
    assert refused.value.code == "NO_PAYMENT_RULE"


@given(
    before=st.integers(0, 5000),
    after=st.integers(0, 5000),
    known=st.dates(date(2019, 5, 1), date(2019, 11, 30)),
)
def test_what_is_paid_and_what_is_owed_is_what_was_due(
    before: int, after: int, known: date, calculator: Calculator
) -> None:
    """Whatever was told late, the differences of all months bring the payments to what is due; once known, none is left."""
    case = calculator.open_case("HQ")
    case.state(HOUSEHOLD, since=date(2019, 4, 1), known=date(2019, 4, 20))
    for known_on, wage in ((date(2019, 4, 20), before), (known, after)):
        case.record(
            {
                "event": "corrected",
                "of": 4,
                "known": known_on,
                "since": "2019-04-01",
                "fact": {**WAGES, "monthly": wage},
            }
        )
    for month in case.payments(date(2019, 5, 1), date(2020, 1, 31)):
        assert month.due == case.on(month.decided).monthly_total
        assert month.paid == case.on(month.decided, known_by=month.decided).monthly_total
        assert month.difference == month.due - month.paid
        assert month.decided < month.month
        if known <= month.decided:
            assert month.difference == 0
            assert month.rules == ()


def test_every_kind_of_fact_and_every_basis_is_said_in_both_languages(case: Case) -> None:
    zh, en = (CaseWords(case.calculator, lang) for lang in ("zh", "en"))
    for fact in FACTS:
        begins = Cause("begins", fact.model_fields["type"].default, 3)
        assert zh.cause(begins) != en.cause(begins)
    (month,) = case.payments(date(2019, 6, 1), date(2019, 6, 1))
    for basis in get_args(Basis):
        graded = [replace(month, basis=basis)]
        for words in (zh, en):
            known = catalogue(words.lang).say(f"basis.{basis}")
            assert f"{known})" in "".join(words.months(graded)).replace("）", ")")
        assert not re.search("[a-z]", "".join(zh.months(graded)))
