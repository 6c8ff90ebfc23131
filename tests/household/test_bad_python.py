"""Bad input as Python objects, and bad questions."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from hongqiao_rules import (
    Calculator,
    DistrictError,
    EventError,
    Fault,
    HongqiaoRulesError,
    Household,
    HouseholdError,
    Member,
    PolicyError,
    PolicyFault,
    RecordError,
    RequestError,
)
from hongqiao_rules.household.models import Disability, Income
from hongqiao_rules.text.catalogue import Phrase

GOOD: dict[str, Any] = json.loads((Path(__file__).parent / "households" / "good.json").read_text())
ON = date(2019, 5, 1)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The good household with *value* at *path*."""
    made = json.loads(json.dumps(GOOD))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")[1:]]
    inner = made
    for step in steps:
        inner = inner[step]
    inner[last] = value
    return made  # type: ignore[no-any-return]


def refused(value: Any) -> list[tuple[str, str]]:
    with pytest.raises(HouseholdError) as caught:
        Calculator().assess(value, on=ON)
    return [(fault.code, fault.path) for fault in caught.value.faults]


AMOUNT, BORN = "/members/0/incomes/0/monthly", "/members/2/birth_date"


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (AMOUNT, 2700.0, "MONEY_AS_FLOAT"),
        (AMOUNT, float("nan"), "BAD_MONEY"),
        (AMOUNT, float("inf"), "BAD_MONEY"),
        (AMOUNT, Decimal("2700.005"), "BAD_MONEY"),
        (AMOUNT, Decimal("1.00000000000000000000000000000000000001"), "BAD_MONEY"),
        (AMOUNT, Decimal("1e-999999"), "BAD_MONEY"),
        (AMOUNT, Decimal("-0.01"), "BAD_MONEY"),
        (AMOUNT, Decimal("NaN"), "BAD_MONEY"),
        (AMOUNT, Decimal("sNaN"), "BAD_MONEY"),
        (AMOUNT, Decimal("Infinity"), "BAD_MONEY"),
        (AMOUNT, Decimal(10_000_000), "BAD_MONEY"),
        (AMOUNT, True, "BAD_MONEY"),
        (AMOUNT, 10**400, "BAD_MONEY"),
        (AMOUNT, b"2700", "BAD_MONEY"),
        (BORN, datetime(2009, 9, 1), "BAD_DATE"),  # noqa: DTZ001
        (BORN, 20090901, "BAD_DATE"),
        ("/members/1/disabilities/0/grade", 1.0, "BAD_GRADE"),
        ("/members/1/disabilities/0/grade", True, "BAD_GRADE"),
        ("/childless", 0, "NOT_TRUTH"),
        ("/id", b"HQ", "NOT_TEXT"),
        ("/members/2/schooling", 1, "NOT_TEXT"),
        ("/members/2/schooling", None, "NULL_VALUE"),
        ("/members", 1, "NOT_A_LIST"),
        ("/members", iter(()), "TOO_FEW"),
        ("/members/0", "father", "NOT_AN_OBJECT"),
    ],
)  # fmt: skip
def test_values_that_json_does_not_have(path: str, value: Any, code: str) -> None:
    assert refused(changed(path, value)) == [(code, path)]


@pytest.mark.parametrize(
    ("path", "value"),
    [(AMOUNT, Decimal("2700.00")), (AMOUNT, Decimal("2700.5000")), (AMOUNT, Decimal("2.7e3")), (AMOUNT, 2700),
     (BORN, date(2009, 9, 1)), ("/members/0/illnesses", ("uremia",))],
)  # fmt: skip
def test_exact_numbers_dates_and_tuples_are_taken(path: str, value: Any) -> None:
    assert Calculator().assess(changed(path, value), on=ON).counted_members == 3


@pytest.mark.parametrize("value", [None, 1, 1.5, "text", [], [GOOD], object(), b"{}"])
def test_what_is_no_household(value: Any) -> None:
    ((code, path),) = refused(value)
    assert (code, path) == ("NULL_VALUE" if value is None else "NOT_AN_OBJECT", "")


def test_a_mapping_is_as_good_as_a_dict() -> None:
    assert Calculator().assess(MappingProxyType(GOOD), on=ON).household == "HQ-0001"


def test_keys_that_are_no_text() -> None:
    assert {path for _, path in refused({**GOOD, 1: 2})} == {"/1"}


def test_an_object_that_holds_itself() -> None:
    loop: dict[str, Any] = {"id": "H"}
    loop["members"] = [loop, loop]
    assert refused(loop) == [("TOO_DEEP", "")]
    bomb: Any = "x"
    for _ in range(40):
        bomb = [bomb] * 10
    assert refused({**GOOD, "x": bomb}) == [("TOO_DEEP", "")]


def test_the_constructor_refuses_with_all_faults() -> None:
    with pytest.raises(HouseholdError) as caught:
        Household(id=1, members=[{"id": "a"}], pets=2)  # type: ignore[arg-type, call-arg, list-item]
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [
        ("NOT_TEXT", "/id"),
        ("MISSING_FIELD", "/members/0/relationship"),
        ("MISSING_FIELD", "/members/0/birth_date"),
        ("UNKNOWN_FIELD", "/pets"),
    ]


@pytest.mark.parametrize(
    ("model", "fields", "told"),
    [
        (Income, {"kind": "wage", "monthly": 1.5}, [("UNKNOWN_CODE", "/kind"), ("MONEY_AS_FLOAT", "/monthly")]),
        (Disability, {"kind": "visual"}, [("MISSING_FIELD", "/grade")]),
        (
            Member,
            {"id": "a", "relationship": "applicant", "birth_date": "2000-02-30", "incomes": [{"kind": "wages"}]},
            [("BAD_DATE", "/birth_date"), ("MISSING_FIELD", "/incomes/0/monthly")],
        ),
        (Member, {"id": "a", "relationship": "child", "birth_date": "2000-01-01", "shcooling": "none"}, [("UNKNOWN_FIELD", "/shcooling")]),
    ],
)  # fmt: skip
def test_the_parts_refuse_with_all_faults_and_paths_of_their_own(
    model: type, fields: dict[str, Any], told: list[tuple[str, str]]
) -> None:
    with pytest.raises(HouseholdError) as error:
        model(**fields)
    assert [(fault.code, fault.path) for fault in error.value.faults] == told


def test_from_json_refuses_what_needs_no_date() -> None:
    text = json.dumps(changed("/members/2/relationship", "applicant"))
    with pytest.raises(HouseholdError) as caught:
        Household.from_json(text)
    assert [(f.code, f.path) for f in caught.value.faults] == [
        ("SEVERAL_APPLICANTS", "/members/2/relationship")
    ]


def test_a_household_made_by_hand_is_checked_on_the_day() -> None:
    alone = Household(
        id="H", members=(Member(id="a", relationship="applicant", birth_date=date(2000, 1, 1), incomes=()),)
    )
    assert refused(alone) == [("MARITAL_STATUS_NEEDED", "/members/0/marital_status")]
    with pytest.raises(HouseholdError) as caught:
        Calculator().assess({"id": "H", "members": [*alone.members, {"id": "a"}]}, on=ON)
    assert [fault.code for fault in caught.value.faults] == [
        "MARITAL_STATUS_NEEDED", "DUPLICATE_ID", "MISSING_FIELD", "MISSING_FIELD",
    ]  # fmt: skip


# --- between processes ----------------------------------------------------------------------------------------


ONE_OF_EACH = pytest.mark.parametrize(
    "error",
    [
        HouseholdError(
            [Fault("BAD_GRADE", "/members/0", value=Phrase("found.list")), Fault("EMPTY_TEXT", "/id")],
            "HQ-0001",
        ),
        EventError([Fault("NO_SUCH_EVENT", "/of", number=3)]),
        DistrictError([Fault("BAD_COUNT", "/area", value=1, least=2, most=3)], "d"),
        RequestError("UNKNOWN_READING", name="x", known="a, b", meant="a"),
        RecordError("NO_RECORD", record="x"),
        PolicyError([PolicyFault("POLICY_TOO_FEW", "a.yaml", 3, 4, "the line", name="x", wanted="y")]),
    ],
    ids=lambda error: type(error).__name__,
)


@ONE_OF_EACH
def test_every_error_says_all_of_it_in_both_languages(error: HongqiaoRulesError) -> None:
    """Whoever catches them by their base shows them alike."""
    for lang in ("en", "zh"):
        for fault in getattr(error, "faults", ()):
            assert fault.say(lang) in error.say(lang)
    assert error.say("zh") != error.say("en")
    assert error.say("en") in str(error)


@ONE_OF_EACH
def test_every_error_comes_back_whole_from_another_process(error: HongqiaoRulesError) -> None:
    """As multiprocessing sends it; an error that cannot be rebuilt there breaks the pool."""
    back = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (type(back), str(back), back.args) == (type(error), str(error), error.args)
    assert back.__dict__ == error.__dict__
    if isinstance(error, RequestError):
        assert (back.code, back.say("zh")) == (error.code, error.say("zh"))
    else:
        assert [f.say("zh") for f in back.faults] == [f.say("zh") for f in error.faults]
        assert copy.deepcopy(error.faults[0]) == error.faults[0]


# --- questions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "on", "code", "said"),
    [
        ({}, date(2016, 3, 31), "NOT_MODELLED", "2016-04-01"),
        ({}, datetime(2019, 5, 1), "BAD_ASSESSMENT_DATE", "date(2019, 5, 1)"),  # noqa: DTZ001
        ({}, "2019-05-01", "BAD_ASSESSMENT_DATE", "'2019-05-01'"),
        ({}, None, "BAD_ASSESSMENT_DATE", "None"),
        ({"overlays": ["tianjin-notice-2020"]}, date(2020, 8, 31), "OVERLAY_NOT_IN_FORCE", "2020-09-01"),
    ],
)  # fmt: skip
def test_a_bad_day(arguments: Any, on: Any, code: str, said: str) -> None:
    with pytest.raises(RequestError) as caught:
        Calculator(**arguments).assess(GOOD, on=on)
    assert (caught.value.code, said in caught.value.message) == (code, True)
    assert caught.value.say("zh") != caught.value.say("en") == caught.value.message


@pytest.mark.parametrize(
    ("arguments", "code", "meant"),
    [
        ({"readings": {"disease-paring": "tiered"}}, "UNKNOWN_READING", "disease-pairing"),
        ({"readings": {"disease-pairing": "teired"}}, "UNKNOWN_CHOICE", "tiered"),
        ({"readings": {"disease-pairing": ["tiered"]}}, "UNKNOWN_CHOICE", None),
        ({"readings": {"disease-pairing": None}}, "UNKNOWN_CHOICE", None),
        ({"overlays": ["tianjin-notice-2019"]}, "UNKNOWN_OVERLAY", "tianjin-notice-2020"),
        ({"overlays": [None]}, "UNKNOWN_OVERLAY", None),
        ({"overlays": ["tianjin-notice-2020"] * 2}, "OVERLAY_TWICE", None),
    ],
)
def test_a_bad_choice(arguments: Any, code: str, meant: str | None) -> None:
    with pytest.raises(RequestError) as caught:
        Calculator(**arguments)
    error = caught.value
    assert error.code == code
    assert ("Did you mean" in error.message) == (meant is not None)
    assert meant is None or f"Did you mean {meant}?" in error.message
    assert meant is None or f"是否想写{meant}？" in error.say("zh")


def test_one_overlay_may_be_given_as_text() -> None:
    assert Calculator(overlays="tianjin-notice-2020").overlays == ("tianjin-notice-2020",)


@pytest.mark.parametrize("lang", ["fr", "", "ZH", None])
def test_a_language_that_is_none_of_the_two(lang: Any) -> None:
    assessment = Calculator().assess(GOOD, on=ON)
    for say in (assessment.statement, lambda lang: assessment.to_json(lang=lang)):
        with pytest.raises(RequestError, match="UNKNOWN_LANGUAGE"):
            say(lang)


@pytest.mark.parametrize("text", [None, Path("household.json"), GOOD, 5])
def test_what_is_no_text_is_no_json(text: Any) -> None:
    with pytest.raises(TypeError, match="a JSON text is str or bytes, not "):
        Household.from_json(text)
    with pytest.raises(TypeError, match="pass the content of a file"):
        Calculator().assess_json(text, on=ON)
