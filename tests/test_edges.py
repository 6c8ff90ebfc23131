"""Both sides of every edge: a fen, a day, a change of the rules."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from hongqiao_rules import Assessment, Calculator
from hongqiao_rules.testing import as_date, change_dates
from tests.oracle import KNOWN_TO, STANDARDS, answer

FEN = Decimal("0.01")
SPEECH = [{"kind": "speech", "grade": 1}]


def one(born: str = "1975-05-01", income: Decimal | None = None, **facts: Any) -> dict[str, Any]:
    incomes = [] if income is None else [{"kind": "wages", "monthly": str(income)}]
    member = {"id": "one", "relationship": "applicant", "birth_date": born, "marital_status": "never_married"}
    return {"id": "E", "members": [member | {"incomes": incomes} | facts]}


def family(size: int, income: Decimal, **facts: Any) -> dict[str, Any]:
    household = one(income=income, **facts)
    household["members"] += [
        {"id": f"m{n}", "relationship": "sibling", "birth_date": "1980-01-01", "incomes": []}
        for n in range(1, size)
    ]
    return household


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize(("start", "standard", "relief"), STANDARDS)
def test_the_lines_of_income_a_fen_to_each_side(
    calculator: Calculator, start: date, standard: int, relief: int, size: int
) -> None:
    line, upper = Decimal(standard * size), Decimal(standard * size * 3) / 2
    for income, programme, total in [
        (line - FEN, "dibao", FEN),
        (line, "low_income", Decimal(relief)),
        (line + FEN, "low_income", Decimal(relief)),
        (upper - FEN, "low_income", Decimal(relief)),
        (upper, "none", Decimal(0)),
        (upper + FEN, "none", Decimal(0)),
    ]:
        found = calculator.assess(family(size, income, disabilities=SPEECH), on=start)
        assert (found.programme, found.monthly_total) == (programme, total)


def test_the_one_place_where_more_income_raises_the_total(calculator: Calculator) -> None:
    """The rules are like that; the limitations of ``dibao-gap`` say so."""
    on = date(2019, 5, 1)
    below = calculator.assess(one(income=Decimal("979.99"), disabilities=SPEECH), on=on)
    at = calculator.assess(one(income=Decimal("980.00"), disabilities=SPEECH), on=on)
    assert (str(below.monthly_total), str(at.monthly_total)) == ("0.01", "294.00")
    rule = calculator.rulebook.definitions.rules[None, "dibao-gap"]
    assert any("979.99" in text.en and "294.00" in text.en for text in rule.limitations)


def birthday(born: date, years: int) -> date:
    """The day on which somebody reaches an age: 29 February is reached on 1 March of a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


BIRTHS = [date(1959, 5, 1), date(1960, 2, 29), date(1960, 1, 1), date(1957, 12, 31), date(1961, 3, 1)]


@pytest.mark.parametrize("born", BIRTHS)
def test_the_sixtieth_birthday_a_day_to_each_side(calculator: Calculator, born: date) -> None:
    day = birthday(born, 60)
    household = one(born=born.isoformat(), income=Decimal(0))

    def supplements(on: date) -> int:
        return sum(line.rule == "elder-supplement" for line in calculator.assess(household, on=on).benefits)

    assert [supplements(day + timedelta(days=step)) for step in (-1, 0, 1)] == [0, 1, 1]


@pytest.mark.parametrize("born", [date(2016, 2, 29), date(2016, 5, 1), date(2017, 1, 1)])
def test_kindergarten_counts_from_the_third_birthday(calculator: Calculator, born: date) -> None:
    household = one(income=Decimal(2000))
    household["members"][0]["marital_status"] = "widowed"
    child = {
        "id": "child",
        "relationship": "child",
        "birth_date": born.isoformat(),
        "schooling": "kindergarten",
    }
    household["members"].append(child)
    day = birthday(born, 3)

    def deducted(on: date) -> bool:
        return bool(calculator.assess(household, on=on).deductions)

    assert [deducted(day + timedelta(days=step)) for step in (-1, 0, 1)] == [False, True, True]


HOUSEHOLDS = [
    one(income=Decimal(850)),
    one(income=Decimal(1000), disabilities=SPEECH),
    one(born="1940-01-01", income=Decimal(300)),
    one(born="1940-01-01", incomes=[{"kind": "residents_basic_pension", "monthly": "307.00"}]),
    one(income=Decimal(1900), illnesses=["uremia"]),
    one(income=Decimal(1900), illnesses=["hemophilia"], disabilities=[{"kind": "visual", "grade": 2}]),
    one(income=Decimal(0), schooling="undergraduate", guardianship="scattered_orphan"),
]


@pytest.mark.parametrize("change", [*(day for day in change_dates() if day <= KNOWN_TO), date(2016, 4, 1)])
@pytest.mark.parametrize("household", HOUSEHOLDS, ids=range(len(HOUSEHOLDS)))
def test_every_day_of_change_and_the_day_before(
    calculator: Calculator, household: dict[str, Any], change: date
) -> None:
    for on in (change - timedelta(days=1), change):
        if on < date(2016, 4, 1):
            continue
        found = calculator.assess(household, on=on)
        wanted = answer(household, on, {})
        assert (found.programme, found.monthly_total * 100) == (wanted.programme, wanted.total)
        assert found.standard * 100 == wanted.standard


def notices(found: Assessment) -> set[str]:
    return {notice.code for notice in found.notices}


def test_notices_come_and_go_on_their_days(calculator: Calculator) -> None:
    plain = one(income=Decimal(0))
    replaced = "DEDUCTIONS_REPORTED_REPLACED"
    assert replaced not in notices(calculator.assess(plain, on=date(2020, 8, 31)))
    since = calculator.assess(plain, on=date(2020, 9, 1))
    assert replaced in notices(since)
    assert all(
        "tianjin-notice-2020" in n.say(lang)
        for n in since.notices
        if n.code == replaced
        for lang in ("zh", "en")
    )
    checked = as_date(calculator.rulebook.definitions.head.checked_to)
    assert "LATER_THAN_CHECKED" not in notices(calculator.assess(plain, on=checked))
    assert "LATER_THAN_CHECKED" in notices(calculator.assess(plain, on=checked + timedelta(days=1)))
    assert "STANDARD_START_INFERRED" in notices(calculator.assess(plain, on=date(2018, 4, 1)))
    assert "STANDARD_START_INFERRED" not in notices(calculator.assess(plain, on=date(2018, 4, 4)))


def test_under_the_overlay_nothing_is_called_complete() -> None:
    overlay = Calculator(overlays=["tianjin-notice-2020"])
    found = overlay.assess(one(income=Decimal(0)), on=date(2020, 9, 1))
    assert not found.complete
    assert "OVERLAY_PARTLY_UNREAD" in notices(found)
    assert "DEDUCTIONS_REPORTED_REPLACED" not in notices(found)
    assert notices(overlay.assess(one(born="1950-01-01"), on=date(2020, 9, 1))) >= {
        "OVERLAY_SUPPLEMENTS_UNREAD"
    }


@pytest.mark.parametrize("choice", ["by-list", "tiered"])
@pytest.mark.parametrize("unit", ["affected-person", "household"])
def test_two_readings_have_no_effect_under_the_overlay(choice: str, unit: str) -> None:
    readings = {"disease-pairing": choice, "deduction-unit": unit}
    overlay = Calculator(overlays=["tianjin-notice-2020"], readings=readings)
    household = family(2, Decimal(4000), illnesses=["hemophilia"])
    household["members"][1]["illnesses"] = ["epilepsy"]
    found = overlay.assess(household, on=date(2021, 1, 1))
    assert [(line.member, str(line.amount)) for line in found.deductions] == [
        ("one", "1000.00"),
        ("m1", "500.00"),
    ]
    assert dict(found.readings) | readings == dict(found.readings)
