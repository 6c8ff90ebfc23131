"""Registers, services and referrals: against those by hand, and nothing of them without a stated fact."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongqiao_rules import Calculator, HouseholdError
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.testing import Question, codes, questions
from tests.oracle_entries import entries
from tests.places import TOP

ON = date(2022, 5, 1)
OPTIONAL = ("self_care", "living_arrangement", "destitute_support", "university_admission")
READINGS = {
    name: reading
    for name, reading in Calculator().rulebook.definitions.readings.items()
    if name in ("visit-scope", "advanced-age", "empty-nest", "incapacity", "difficult-family")
}
LISTS = ("registers", "services", "referrals")


def told(found: Assessment) -> tuple[list[tuple[str, str | None]], ...]:
    return tuple([(e.rule, e.member) for e in getattr(found, name)] for name in LISTS)


DAYS = (date(2016, 4, 1), date(2020, 12, 31), date(2021, 1, 1), date(2022, 5, 1))
AGES = (0, 17, 18, 59, 60, 79, 80)


@st.composite
def stated(draw: st.DrawFn) -> Question:
    """Small households about which most facts of registers are stated, at the edges of ages, poor or not."""
    on = draw(st.sampled_from(DAYS))
    choices = {name: st.sampled_from(list(known.choices)) for name, known in READINGS.items()}
    poor = draw(st.sampled_from(["0", "1600", "9000"]))
    members = []
    for number in range(draw(st.integers(1, 3))):
        born = on.replace(year=on.year - draw(st.sampled_from(AGES))) + timedelta(
            draw(st.sampled_from([-1, 0]))
        )
        income = [{"kind": "wages", "monthly": poor}] if number == 0 else []
        member = {"id": f"m{number}", "birth_date": born.isoformat(), "incomes": income,
                  "relationship": "other" if number else "applicant", "marital_status": "widowed"}  # fmt: skip
        for name in (*OPTIONAL, "guardianship"):
            value = draw(st.none() | st.sampled_from(codes(name.replace("_", "-"))))
            member |= {} if value is None else {name: value}
        for name, value in (("illnesses", "aids"), ("absence", "conscript")):
            if (number or name == "illnesses") and draw(st.integers(0, 3)) == 0:
                member[name] = [value] if name == "illnesses" else value
        kinds = draw(
            st.lists(st.tuples(st.sampled_from(codes("disability-kind")), st.integers(1, 4)), max_size=1)
        )
        member["disabilities"] = [{"kind": kind, "grade": grade} for kind, grade in kinds]
        members.append(member)
    household = {"id": "H", "members": members, "hardship_recognized": draw(st.booleans())}
    return Question(household, on, draw(st.fixed_dictionaries(choices)))


@settings(max_examples=5 * settings.default.max_examples)
@given(st.one_of(stated(), stated(), questions(most=4)))
def test_every_entry_is_that_of_the_plan_worked_by_hand(question: Question) -> None:
    found = question.calculator().assess(question.household, on=question.on)
    assert told(found) == entries(question.household, question.on, question.readings, found.programme)


@given(questions(most=3))
def test_the_facts_of_registers_touch_no_amount_and_are_never_assumed(question: Question) -> None:
    less = json.loads(json.dumps(question.household))
    for member in less["members"]:
        for name in OPTIONAL:
            member.pop(name, None)
    calculator = question.calculator()
    with_them, without = (calculator.assess(h, on=question.on) for h in (question.household, less))
    for name in ("programme", "deductions", "benefits", "monthly_total", "assumed", "notices", "complete"):
        assert getattr(with_them, name) == getattr(without, name)
    assert not any(pointer.rpartition("/")[2] in OPTIONAL for pointer in without.assumed)


@given(questions(most=3))
def test_every_entry_has_its_words_and_stands_in_both_statements(question: Question) -> None:
    found = question.calculator().assess(question.household, on=question.on)
    cited = {citation["rule"]: citation for citation in found.citations}
    rules = {entry.rule for name in LISTS for entry in getattr(found, name)}
    for rule in rules:
        assert all(cite["words"] for cite in cited[rule]["cites"])
        assert cited[rule]["title"]["zh"] in found.statement("zh")
        assert cited[rule]["title"]["en"] in found.statement("en")
    document = json.loads(found.to_json(trace=False))
    assert [[(e["rule"], e["member"]) for e in document[name]] for name in LISTS] == list(told(found))


def elder(**more: Any) -> dict[str, Any]:
    member = {"id": "a", "relationship": "applicant", "birth_date": "1950-01-01", "marital_status": "widowed",
              "incomes": [], **more}  # fmt: skip
    return {"id": "H", "members": [member]}


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ({"self_care": "dependent"}, "elder-services"),
        ({"living_arrangement": "alone"}, "elder-services"),
        ({"destitute_support": "scattered"}, "visit-scattered-destitute"),
        ({"university_admission": "this_year"}, "study-aid-referral"),
    ],
)
def test_an_entry_needs_the_stated_fact(stated: dict[str, str], rule: str) -> None:
    def rules(household: dict[str, Any]) -> set[str]:
        return {name for entries in told(Calculator().assess(household, on=ON)) for name, _ in entries}

    assert rule in rules(elder(**stated))
    assert rule not in rules(elder())


def test_the_totals_of_the_charities_are_no_amounts_of_anyone() -> None:
    """383,500 yuan of 114 students and 80,400 of 82 cases: no whole yuan for each, and none is given."""
    household = elder(birth_date="2006-01-01", marital_status="never_married", university_admission="this_year",
                      guardianship="scattered_orphan")  # fmt: skip
    found = Calculator().assess(household, on=ON)
    assert [entry.rule for entry in found.referrals] == ["study-aid-referral", "orphan-aid-referral"]
    assert all(not hasattr(entry, "amount") for entry in found.referrals)
    assert 383_500 % 114 != 0
    assert 80_400 % 82 != 0


@pytest.mark.parametrize("field", OPTIONAL)
@pytest.mark.parametrize(
    ("value", "code"),
    [("unknown", "UNKNOWN_VALUE"), (None, "NULL_VALUE"), ("yes", "UNKNOWN_CODE"), (1, "NOT_TEXT")],
)
def test_a_wrong_value_is_refused_at_its_place(field: str, value: Any, code: str) -> None:
    with pytest.raises(HouseholdError) as refused:
        Calculator().assess(elder(**{field: value}), on=ON)
    assert [(f.code, f.path) for f in refused.value.faults] == [(code, f"/members/0/{field}")]


def test_an_entry_is_shown_once_a_rule_in_the_statement() -> None:
    text = (TOP / "docs/examples/registers.json").read_text(encoding="utf-8")
    statement = Calculator().assess_json(text, ON).statement("zh")
    assert "台账和探视名单：\n  探视名单：事实无人抚养儿童（child）" in statement
    assert "可转介的慈善项目：\n  转介“慈善助孤”（child）" in statement
    assert "未填写" in statement
    assert "生活自理能力" not in statement
