"""What can be recorded, what is refused and where, what an event changed, and what is known to come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, HouseholdError, RequestError
from hongqiao_rules.case.causes import Cause
from hongqiao_rules.case.decisions import RuleChange
from hongqiao_rules.case.events import Income, Lapsed, Stated
from hongqiao_rules.case.living_case import Case
from hongqiao_rules.errors import EventError

HOUSEHOLD = {
    "id": "HQ",
    "members": [
        {"id": "mother", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed",
         "incomes": [{"kind": "wages", "monthly": "2700.00"}]},
        {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"},
        {"id": "gran", "relationship": "parent", "birth_date": "1959-07-15", "incomes": []},
    ],
}  # fmt: skip
# 1 mother joins, 2 son joins, 3 gran joins, 4 wages, 5 marriage, 6 schooling, 7 gran has no incomes
SINCE = {"known": "2019-04-20", "since": "2019-04-01"}


@pytest.fixture
def case(calculator: Calculator) -> Case:
    case = calculator.open_case("HQ")
    case.state(HOUSEHOLD, since=date(2019, 4, 1), known=date(2019, 4, 20))
    return case


def stated(
    type_: str, known: str = "2019-04-20", since: str = "2019-04-01", until: str | None = None, **fact: Any
) -> dict[str, Any]:
    end = {} if until is None else {"until": until}
    return {"event": "stated", "known": known, "since": since, **end, "fact": {"type": type_, **fact}}


REFUSED = [
    ({"event": "statd"}, "UNKNOWN_KIND", "/event"),
    ({}, "MISSING_FIELD", "/event"),
    ([], "NOT_AN_OBJECT", ""),
    ({**stated("death", member="son"), "known": 20190420}, "BAD_DATE", "/known"),
    ({**stated("death", member="son"), "since": None}, "NULL_VALUE", "/since"),
    ({**stated("death", member="son"), "reason": "?"}, "UNKNOWN_FIELD", "/reason"),
    (stated("incme", member="mother"), "UNKNOWN_KIND", "/fact/type"),
    (stated("income", member="mother", kind="wage", monthly="1"), "UNKNOWN_CODE", "/fact/kind"),
    (stated("income", member="mother", kind="wages", monthly=1.5), "MONEY_AS_FLOAT", "/fact/monthly"),
    (stated("income", member="mother", kind="wages"), "MISSING_FIELD", "/fact/monthly"),
    (stated("disability", member="son", kind="visual", grade=5), "BAD_GRADE", "/fact/grade"),
    (stated("circumstance", circumstance="childless", holds="yes"), "NOT_TRUTH", "/fact/holds"),
    (stated("schooling", member="nobody", schooling="primary"), "NEVER_JOINED", "/fact/member"),
    (stated("schooling", member="son", since="2009-08-31", schooling="none"), "BEFORE_BIRTH", "/since"),
    (stated("joins", member="baby", relationship="child", birth_date="2020-01-01"), "BEFORE_BIRTH", "/since"),
    (stated("illness", member="son", until="2019-03-31", illness="uremia"), "ENDS_BEFORE_SINCE", "/until"),
    (stated("death", member="gran", until="2020-01-01"), "DEATH_ENDS", "/until"),
    (stated("death", member="gran", known="2019-04-19"), "KNOWN_EARLIER", "/known"),
    (stated("joins", member="son", relationship="child", birth_date="2009-09-01"), "ALREADY_A_MEMBER", "/since"),
    (stated("joins", member="son", relationship="child", birth_date="2009-09-02"), "OTHER_BIRTH_DATE", "/fact/birth_date"),
    (stated("schooling", member="son", schooling="vocational"), "ALREADY_STATED", "/since"),
    (stated("none_of", member="mother", field="incomes"), "STILL_HAS", "/since"),
    ({"event": "withdrawn", "known": "2019-05-01", "of": 8}, "NO_SUCH_EVENT", "/of"),
    ({"event": "withdrawn", "known": "2019-05-01", "of": 0}, "NO_SUCH_EVENT", "/of"),
    ({"event": "withdrawn", "known": "2019-05-01", "of": "4"}, "NOT_A_NUMBER", "/of"),
    ({"event": "withdrawn", "known": "2019-05-01", "of": 2}, "CONTRADICTS", ""),
    ({"event": "lapsed", "known": "2019-05-01", "of": 4, "until": "2019-03-31"}, "ENDS_BEFORE_SINCE", "/until"),
    ({"event": "lapsed", "known": "2019-05-01", "of": 4}, "MISSING_FIELD", "/until"),
    ({**stated("income", member="gran", kind="wages", monthly="1"), "event": "corrected", "of": 4}, "OTHER_FACT", "/fact"),
    ({**stated("death", member="mother"), "event": "corrected", "of": 4}, "OTHER_FACT", "/fact"),
    ({**stated("joins", since="2019-06-01", member="son", relationship="child", birth_date="2019-05-01"), "event": "corrected", "of": 2}, "CONTRADICTS", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "code", "path"), REFUSED, ids=[f"{n}-{r[1]}" for n, r in enumerate(REFUSED)]
)
def test_an_event_that_is_wrong_or_contradicts_the_record_is_refused_at_its_place(
    case: Case, event: Any, code: str, path: str
) -> None:
    events, decision = case.events, case.on(date(2019, 5, 1)).to_json()
    with pytest.raises(EventError) as refused:
        case.record(event)
    assert (code, path) in [(fault.code, fault.path) for fault in refused.value.faults]
    for fault in refused.value.faults:
        assert fault.say("zh") != fault.say("en")
        assert "{" not in fault.say("zh") + fault.say("en")
    assert case.events == events
    assert case.on(date(2019, 5, 1)).to_json() == decision


def test_what_follows_a_death_or_a_withdrawal_is_refused(case: Case) -> None:
    case.record(stated("death", known="2019-06-10", since="2019-06-01", member="gran"))
    for event, code in (
        (
            stated("illness", known="2019-06-10", since="2019-06-01", member="gran", illness="uremia"),
            "AFTER_DEATH",
        ),
        (stated("death", known="2019-06-10", since="2019-05-01", member="gran"), "ALREADY_STATED"),
    ):
        with pytest.raises(EventError) as refused:
            case.record(event)
        assert refused.value.faults[0].code == code
    number = case.record({"event": "withdrawn", "known": "2019-06-10", "of": 6})
    for of, code in ((6, "WITHDRAWN_ALREADY"), (number, "NOT_A_STATEMENT")):
        with pytest.raises(EventError) as refused:
            case.record({"event": "withdrawn", "known": "2019-06-10", "of": of})
        assert refused.value.faults[0].code == code


def test_a_case_without_enough_says_what_is_needed(calculator: Calculator) -> None:
    case = calculator.open_case("HQ")
    with pytest.raises(HouseholdError) as refused:
        case.on(date(2019, 5, 1))
    assert [(f.code, f.path) for f in refused.value.faults] == [("TOO_FEW", "/members")]
    case.record(stated("joins", member="mother", relationship="applicant", birth_date="1978-03-02"))
    with pytest.raises(HouseholdError) as refused:
        case.on(date(2019, 5, 1))
    assert {f.code for f in refused.value.faults} == {"INCOMES_NEEDED", "MARITAL_STATUS_NEEDED"}
    with pytest.raises(RequestError):
        case.on(date(2016, 3, 31))
    case.close()
    with pytest.raises(RequestError) as closed:
        case.on(date(2019, 5, 1))
    assert closed.value.code == "CASE_CLOSED"
    with pytest.raises(HouseholdError):
        calculator.open_case("")
    with pytest.raises(HouseholdError):
        calculator.open_case()


def test_a_correction_does_not_erase_what_was_known(case: Case) -> None:
    on = date(2019, 5, 1)
    assert case.on(on).monthly_total == Decimal("1440.00")
    wages = Income(member="mother", kind="wages", monthly="2000.00")
    case.record(
        {
            "event": "corrected",
            "known": "2019-09-01",
            "of": 4,
            "since": "2019-04-01",
            "fact": wages.model_dump(),
        }
    )
    assert case.on(on).monthly_total == Decimal("2140.00")
    assert case.on(on, known_by=date(2019, 8, 31)).monthly_total == Decimal("1440.00")
    assert case.on(on, known_by=date(2019, 9, 1)).monthly_total == Decimal("2140.00")
    with pytest.raises(HouseholdError):
        case.on(on, known_by=date(2019, 4, 19))


def test_what_each_event_changed_and_through_which_rules(case: Case) -> None:
    case.record(Lapsed(known=date(2019, 6, 20), of=4, until=date(2019, 6, 30)))
    case.record(
        Stated(
            known=date(2019, 7, 2),
            since=date(2019, 7, 1),
            fact=Income(member="gran", kind="pension", monthly="100"),
        )
    )
    lapse, pension = case.changes()[-2:]
    assert lapse.on == date(2019, 7, 1)
    assert lapse.before.assessment is not None
    assert lapse.after.assessment is not None
    assert lapse.before.assessment.monthly_total == Decimal("1440.00")
    assert lapse.after.assessment.monthly_total == Decimal("2940.00")
    assert lapse.rules == (
        RuleChange("member-income", "mother", "2700.00", "0.00"),
        RuleChange("income", None, "2700.00", "0.00"),
        RuleChange("countable-income", None, "1500.00", "0.00"),
        RuleChange("dibao-gap", None, "1440.00", "2940.00"),
        RuleChange("monthly-total", None, "1440.00", "2940.00"),
        RuleChange("per-capita-income", None, "500.00", "0.00"),
    )
    assert {change.rule for change in pension.rules} >= {"member-income"}
    assert ("gran", "0.00", "100.00") in [(c.member, c.before, c.after) for c in pension.rules]
    first = case.changes()[0]
    assert first.before.assessment is None
    assert [fault.code for fault in first.before.faults] == ["TOO_FEW"]


def test_what_is_known_to_come(case: Case) -> None:
    case.record(Lapsed(known=date(2019, 4, 20), of=4, until=date(2019, 8, 31)))
    coming = case.upcoming(date(2020, 12, 31))
    told = [
        (
            str(c.on),
            [(w.kind, w.what, w.number) for w in c.causes],
            str(c.after.assessment and c.after.assessment.monthly_total),
        )
        for c in coming
    ]
    assert told == [
        ("2019-07-15", [("birthday", "gran", 60)], "1734.00"),
        (
            "2019-09-01",
            [("ends", "income", 4)],
            "3234.00",
        ),  # the son turns 10 that day, which changes nothing
        ("2020-09-01", [("rules", "dibao-standard", None)], "3333.00"),
    ]
    for change in coming:
        assert change.after.assessment == case.on(change.on)
    later = case.upcoming(date(2026, 1, 1), after=date(2025, 8, 31))
    assert [(str(c.on), [f.code for f in c.after.faults]) for c in later] == [
        ("2025-09-01", ["INCOMES_NEEDED"])
    ]
    assert Cause("birthday", "son", 16) in later[0].causes


def test_an_entry_that_is_to_come_is_told_though_no_amount_changes(case: Case) -> None:
    (coming,) = case.upcoming(date(2021, 1, 31), after=date(2020, 12, 1))
    assert (coming.on, coming.causes) == (date(2021, 1, 1), (Cause("rules", "review-dibao-household"),))
    assert coming.rules == (RuleChange("review-dibao-household", None, before=None, after=True),)


def test_a_parameter_that_keeps_its_value_is_no_cause(calculator: Calculator) -> None:
    """On 2021-07-01 a basic pension is no longer counted, and the delay of payments is 1 as before, on better authority."""
    pension = {"kind": "residents_basic_pension", "monthly": 1200}
    members = [{"id": "gran", "relationship": "applicant", "birth_date": "1950-01-01", "marital_status": "widowed",
                "incomes": [pension]}]  # fmt: skip
    case = calculator.open_case("H")
    case.state({"id": "H", "members": members}, since=date(2021, 5, 1), known=date(2021, 5, 1))
    (coming,) = case.upcoming(date(2021, 7, 31))
    assert "dibao-paid-from" in [change.rule for change in coming.rules]
    assert coming.causes == (Cause("rules", "counted-income-kinds"),)


@given(
    years=st.lists(st.integers(58, 62), min_size=1, max_size=4),
    school=st.booleans(),
)
def test_of_several_birthdays_on_one_day_those_are_named_that_matter(
    years: list[int], school: bool, calculator: Calculator
) -> None:
    """Members born on one day of different years: on it only who turns 60 changes anything, whoever else has a birthday."""
    members: list[dict[str, object]] = [
        {"id": "mother", "relationship": "applicant", "birth_date": "1970-01-01", "marital_status": "widowed", "incomes": []}
    ]  # fmt: skip
    members += [
        {"id": f"m{n}", "relationship": "other", "birth_date": f"{2020 - age}-06-15", "incomes": []}
        for n, age in enumerate(years)
    ]
    if school:
        members.append(
            {"id": "pupil", "relationship": "child", "birth_date": "2009-06-15", "schooling": "primary"}
        )
    case = calculator.open_case("H")
    case.state({"id": "H", "members": members}, since=date(2020, 5, 1), known=date(2020, 5, 1))
    named = [cause for coming in case.upcoming(date(2020, 6, 30)) for cause in coming.causes]
    assert named == [Cause("birthday", f"m{n}", 60) for n, age in enumerate(years) if age == 60]


def test_where_either_of_two_causes_would_do_both_are_named(calculator: Calculator) -> None:
    """Two schools begun on one day: a widow's deduction needs one of them. A birthday beside them is not named."""
    members = [
        {"id": "mother", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "widowed",
         "incomes": [{"kind": "wages", "monthly": 3500}]},
        {"id": "one", "relationship": "child", "birth_date": "2013-09-02"},
        {"id": "two", "relationship": "child", "birth_date": "2013-01-01"},
    ]  # fmt: skip
    case = calculator.open_case("H")
    case.state({"id": "H", "members": members}, since=date(2019, 5, 1), known=date(2019, 5, 1))
    for child in ("one", "two"):
        case.record(
            stated("schooling", known="2019-05-01", since="2019-09-02", member=child, schooling="primary")
        )
    (coming,) = case.upcoming(date(2019, 9, 30))
    assert [(c.kind, c.what) for c in coming.causes] == [("begins", "schooling")] * 2


def test_the_last_day_of_the_calendar_is_no_end(case: Case) -> None:
    case.record({"event": "lapsed", "known": "2019-05-01", "of": 4, "until": "9999-12-31"})
    assert case.changes()[-1].rules == ()
    assert case.household(date(9999, 12, 31)).members[0].incomes
    assert case.on(date(2024, 12, 31)).programme == "dibao"
    assert case.upcoming(date(2019, 5, 2)) == []
