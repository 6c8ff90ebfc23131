"""The difference of two rulebooks: proved the same, or shown by households that the direct engine confirms."""

import json
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator, RequestError
from hongqiao_rules.analysis.solver.smaller import smaller
from hongqiao_rules.cli import main
from hongqiao_rules.proofs import difference

ON = date(2020, 10, 1)


def alone(income: int, *illnesses: str) -> dict[str, object]:
    """A single applicant of 40 with a wage in fen."""
    applicant = {
        "id": "applicant", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "never_married",
        "incomes": [{"kind": "wages", "monthly": f"{income // 100}.{income % 100:02}"}], "illnesses": list(illnesses),
    }  # fmt: skip
    return {"id": "H", "members": [applicant]}


def test_a_rulebook_is_the_same_as_itself_and_that_is_proved(calculator: Calculator) -> None:
    found = difference(calculator, calculator, ON, members=8)
    assert found.same
    assert (found.first, found.gains, found.loses) == (None, None, None)


def test_a_reading_about_registers_alone_changes_no_amount(calculator: Calculator) -> None:
    other = calculator.with_choices(readings={"visit-scope": "in-difficulty"})
    assert difference(calculator, other, ON, members=5).same


@pytest.mark.parametrize(
    "choices",
    [
        {"readings": {"disease-pairing": "tiered"}},
        {"readings": {"single-parent-scope": "all-others"}},
        {"overlays": ["tianjin-notice-2020"]},
    ],
    ids=str,
)
def test_every_household_that_is_shown_differs_as_it_is_said(calculator: Calculator, choices: dict) -> None:
    other = calculator.with_choices(**choices)
    found = difference(calculator, other, ON, members=2)
    assert not found.same
    for witness in filter(None, (found.first, found.gains, found.loses)):
        one, two = calculator.assess(witness.household, ON), other.assess(witness.household, ON)
        assert (witness.one.programme, witness.one.monthly_total) == (one.programme, one.monthly_total)
        assert (witness.other.programme, witness.other.monthly_total) == (two.programme, two.monthly_total)
        assert witness.amount == two.monthly_total - one.monthly_total
        assert witness.one != witness.other
        assert witness.rules
    assert found.gains is None or found.gains.amount > 0
    assert found.loses is None or found.loses.amount < 0


def test_the_greatest_loss_of_one_person_is_that_of_brute_force(calculator: Calculator) -> None:
    """One person with a malignant tumour, every income at which anything can turn: the tiers cost at most the shown sum."""
    other = calculator.with_choices(readings={"disease-pairing": "tiered"})
    found = difference(calculator, other, date(2019, 5, 1), members=1)
    lines = [98_000 * halves // 2 + deduction + step for halves, deduction, step in product(range(5), (0, 98_000, 147_000), (-1, 0, 1))]  # fmt: skip
    falls = []
    for fen in (fen for fen in lines if fen >= 0):
        stated = alone(fen, "malignant_tumor")
        totals = [c.assess(stated, date(2019, 5, 1)).monthly_total for c in (calculator, other)]
        falls.append(totals[1] - totals[0])
    assert found.loses is not None
    assert found.gains is not None
    assert found.loses.amount <= min(falls) < 0  # others have supplements, too, that go with dibao
    assert found.gains.amount == max(falls) == Decimal("293.99")


def test_a_day_on_which_the_standard_rises_is_told_with_what_it_does(calculator: Calculator) -> None:
    found = difference(calculator, calculator, date(2025, 8, 31), date(2025, 9, 1), members=1)
    assert found.gains is not None
    assert {"standard", "dibao-line"} <= {rule for rule, *_ in found.gains.rules}
    assert found.gains.household["members"][0]["birth_date"] in ("1985-01-01", "1960-01-01", "2015-01-01")


def test_what_is_shown_is_as_plain_as_it_can_be(calculator: Calculator) -> None:
    stated = alone(120_000, "uremia", "leukemia")
    stated["childless"] = True
    found = smaller(
        calculator.rulebook.definitions, stated, ON, lambda h: any(m.get("illnesses") for m in h["members"])
    )
    assert found == {
        "id": "H",
        "members": [
            {"id": "applicant", "relationship": "applicant", "birth_date": "1980-01-01", "illnesses": ["leukemia"]}
        ],
    }  # fmt: skip


@pytest.mark.parametrize("members", [0, 9, -1])
def test_households_that_are_too_large_to_look_at_are_refused(calculator: Calculator, members: int) -> None:
    with pytest.raises(RequestError) as error:
        difference(calculator, calculator, ON, members=members)
    assert error.value.code == "MEMBERS_OUT_OF_RANGE"


def test_a_date_that_is_not_modelled_is_refused(calculator: Calculator) -> None:
    with pytest.raises(RequestError) as error:
        difference(calculator, calculator, ON, date(2016, 3, 31))
    assert error.value.code == "NOT_MODELLED"


def test_the_command_proves_or_shows_in_both_languages() -> None:
    run = CliRunner().invoke
    same = run(main, ["difference", "--on", "2020-10-01", "--members", "2"])
    assert (same.exit_code, same.stdout.splitlines()[1]) == (
        0,
        "已证明：2人以内的每一个家庭，救助类别和每月合计都相同。",
    )
    tiered = [
        "difference",
        "--on",
        "2020-10-01",
        "--members",
        "1",
        "--other-reading",
        "disease-pairing=tiered",
    ]
    english = run(main, [*tiered, "--lang", "en"])
    assert "Largest gain: 302.99 yuan a month" in english.stdout
    told = json.loads(run(main, [*tiered, "--format", "json"]).stdout)
    assert told["same"] is False
    assert told["first"]["household"]["members"][0]["illnesses"] == ["malignant_tumor"]
    refused = run(main, ["difference", "--on", "2020-10-01", "--other-reading", "disease-pairing=tierd"])
    assert refused.exit_code == 2
    assert "UNKNOWN_CHOICE" in refused.stderr


def test_the_programmes_that_differing_households_go_to_are_told_with_the_range_of_amounts(
    calculator: Calculator,
) -> None:
    found = difference(
        calculator, calculator.with_choices(readings={"disease-pairing": "tiered"}), ON, members=1
    )
    assert {(move.one, move.other) for move in found.moves} == {
        ("dibao", "dibao"), ("dibao", "low_income"), ("low_income", "none"),
    }  # fmt: skip
    assert found.gains is not None
    assert found.loses is not None
    assert max(move.most for move in found.moves) == found.gains.amount
    assert min(move.least for move in found.moves) == found.loses.amount
    assert "dibao (minimum living allowance) → low-income household:" in found.statement("en")


@pytest.mark.parametrize(("lang", "lines"), [
    ("zh", ("在校（member-1）：否 → 是", "最低生活保障：– → 最低生活保障（低保）")),
    ("en", ("In school (member-1): no → yes", "Dibao: – → dibao (minimum living allowance)")),
])  # fmt: skip
def test_truths_and_codes_are_told_in_words(
    calculator: Calculator, lang: str, lines: tuple[str, str]
) -> None:
    month, standard = date(2019, 6, 1), date(2020, 9, 1)
    school = difference(calculator, calculator, date(2019, 5, 1), month, members=1).statement(lang)
    raised = difference(calculator, calculator, date(2019, 5, 1), standard, members=1).statement(lang)
    assert lines[0] in school
    assert lines[1] in raised
    assert not any(word in school + raised for word in ("True", "False", ": low_income ", "：low_income "))
