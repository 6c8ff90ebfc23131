"""What an answer hangs on: how far each figure is from turning it, the total as one varies, and how the text is read."""

import json
from decimal import Decimal

import pytest

from hongqiao_rules import Calculator, RequestError
from hongqiao_rules.analysis.every_reading import every_reading
from tests.analysis.families import MOTHER, ON, family

# --- margins and schedules ----------------------------------------------------------------------------------


def test_a_margin_in_yuan_and_in_days(calculator):
    elder = {**MOTHER, "birth_date": "1959-05-02", "incomes": [{"kind": "pension", "monthly": "979.00"}]}
    found = {m.fact: m for m in calculator.margins({"id": "A", "members": [elder]}, ON).figures}
    birthday = found["birth_date"].below
    assert (birthday.at, birthday.by, birthday.appears) == ("1959-05-01", 1, ("elder-supplement",))
    assert found["birth_date"].above is None
    line = found["incomes"].above
    assert (line.at, line.by, line.programme, line.disappears) == (
        "980.00", Decimal("1.00"), "low_income", ("dibao-gap",),
    )  # fmt: skip


def test_the_cliff_where_dibao_gives_way_to_relief(calculator):
    disabled = {**MOTHER, "disabilities": [{"kind": "speech", "grade": 1}]}
    found = calculator.schedule({"id": "A", "members": [disabled]}, "incomes of the applicant", ON)
    assert [(p.start, p.rate, p.programme) for p in found.pieces] == [
        (Decimal("0.00"), -1, "dibao"), (Decimal("980.00"), 0, "low_income"), (Decimal("1470.00"), 0, "none"),
    ]  # fmt: skip
    assert [(c.at, c.change) for c in found.cliffs] == [
        (Decimal("980.00"), Decimal("293.99")), (Decimal("1470.00"), Decimal("-294.00")),
    ]  # fmt: skip
    assert json.loads(found.to_json())["pieces"][0]["at_start"] == "980.00"


def test_all_incomes_of_a_member_vary_as_one(calculator):
    two = family({"incomes": [{"kind": "wages", "monthly": 1000}, {"kind": "pension", "monthly": "700.50"}]})
    for varying in ("incomes of the applicant", "incomes of mother"):
        found = calculator.schedule(two, varying, ON, most=3000)
        assert found.stated == Decimal("1700.50")
        assert found.pieces[-1].end == Decimal("3000.00")
        assert found.total_at(found.stated) == calculator.assess(two, ON).monthly_total
    with pytest.raises(ValueError, match=r"3000\.01"):
        found.total_at(Decimal("3000.01"))


def test_a_schedule_is_drawn(calculator, tmp_path):
    pytest.importorskip("matplotlib", reason="the extra hongqiao-rules[plots] is not installed")
    file = tmp_path / "schedule.svg"
    calculator.schedule(family(), "incomes of mother", ON).plot(file)
    assert file.read_text(encoding="utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    "varying",
    [
        "/members/0/birth_date",
        "/members/0/incomes",
        "/members/9/incomes/0/monthly",
        "incomes of nobody",
        "income",
        "",
    ],
)
def test_varying_what_is_no_amount_is_refused(calculator, varying):
    with pytest.raises(RequestError) as refused:
        calculator.schedule(family(), varying, ON)
    assert refused.value.code == "NOT_VARIABLE"
    assert "/members/0/incomes/0/monthly" in refused.value.message
    assert "incomes of mother" in refused.value.message


@pytest.mark.parametrize("most", [-1, "much", 10_000_000, Decimal("0.001")])
def test_a_range_of_no_amounts_is_refused(calculator, most):
    with pytest.raises(RequestError) as refused:
        calculator.schedule(family(), "incomes of mother", ON, most)
    assert refused.value.code == "NOT_VARIABLE"


# --- readings -----------------------------------------------------------------------------------------------


def test_readings_that_agree(calculator):
    found = calculator.assess(family(), ON, readings="all")
    assert found.agree
    assert found.turns_on == ()
    (outcome,) = found.outcomes
    assert outcome.assessment == calculator.assess(family(), ON)


def test_a_tumour_turns_on_how_the_diseases_are_paired(calculator):
    ill = family({"incomes": [{"kind": "wages", "monthly": 3200}], "marital_status": "married",
                  "illnesses": ["malignant_tumor"]})  # fmt: skip
    found = calculator.assess(ill, ON, readings="all")
    assert found.turns_on == ("disease-pairing",)
    assert [str(outcome.assessment.monthly_total) for outcome in found.outcomes] == ["230.00", "294.00"]
    for outcome in found.outcomes:
        for choices in outcome.choices:
            said = Calculator(readings=choices).assess(ill, ON)
            assert (said.programme, said.benefits) == (
                outcome.assessment.programme,
                outcome.assessment.benefits,
            )


def test_the_calculators_own_readings_come_first():
    calculator = Calculator(readings={"single-parent-scope": "all-others"})
    single = family({"marital_status": "never_married"})
    found = every_reading(calculator, single, ON)
    assert found.turns_on == ("single-parent-scope",)
    assert found.outcomes[0].choices == ({"single-parent-scope": "all-others"},)
    assert found.outcomes[0].assessment == calculator.assess(single, ON)
    assert found.outcomes[1].choices == ({"single-parent-scope": "divorced-only"},)
    said = json.loads(found.to_json())
    assert said["turns_on"] == ["single-parent-scope"]
    assert said["outcomes"][0]["assessment"]["readings"]["single-parent-scope"] == "all-others"


@pytest.mark.parametrize("readings", ["some", "ALL", {"disease-pairing": "tiered"}])
def test_readings_can_only_be_all(calculator, readings):
    with pytest.raises(RequestError) as refused:
        calculator.assess(family(), ON, readings=readings)
    assert refused.value.code == "BAD_READINGS"


def test_an_income_that_does_not_count_stays_where_the_others_vary_as_one(calculator):
    first = {"kind": "scholarship", "monthly": "100.00"}
    three = family(
        {"incomes": [first, {"kind": "pension", "monthly": "2500.00"}, {"kind": "wages", "monthly": 20}]}
    )
    found = calculator.schedule(three, "incomes of mother", ON)
    said = calculator.assess(three, ON)
    assert (found.stated, found.total_at(found.stated)) == (Decimal("2520.00"), said.monthly_total)
    assert said.monthly_total < found.total_at(Decimal("0.00")) == Decimal("1960.00")


def test_incomes_that_come_to_more_than_one_can_be_do_not_vary_as_one(calculator):
    rich = {"incomes": [{"kind": "wages", "monthly": 9_999_999}, {"kind": "pension", "monthly": 1}]}
    with pytest.raises(RequestError) as refused:
        calculator.schedule(family(rich), "incomes of mother", ON)
    assert refused.value.code == "NOT_VARIABLE"
    assert refused.value.message.endswith("/members/0/incomes/0/monthly, /members/0/incomes/1/monthly.")


def test_a_day_is_one_day_and_what_is_said_of_a_number_is_a_number(calculator):
    elder = {"id": "A", "members": [
        {**MOTHER, "birth_date": "1959-05-02", "incomes": []},
        {"id": "baby", "relationship": "grandchild", "birth_date": "2018-05-01"},
        {"id": "newborn", "relationship": "grandchild", "birth_date": "2019-04-30"},
    ]}  # fmt: skip
    assert "as early as 1959-05-01 (1 day earlier)" in calculator.margins(elder, ON).statement("en")
    assert "早到 1959-05-01（早 1 天）" in calculator.margins(elder, ON).statement("zh")
    told = calculator.why_not(elder, "elder-supplement", ON).statement("en")
    assert "counted = true, age = 1, " in told
    assert "counted = true, age = 0, " in told
