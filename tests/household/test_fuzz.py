"""Whatever comes in, a household is assessed or refused by the package's own error, never by another."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import HouseholdError
from tests.household.test_bad_households import GOOD, ON, calculator
from tests.text.catalogues import codes, declared

FIELDS = sorted(
    {"id", "members", "childless", "hardship_recognized", "relationship", "birth_date", "parent", "marital_status",
     "schooling", "guardianship", "illnesses", "disabilities", "incomes", "absence", "kind", "grade", "monthly"}
)  # fmt: skip
WORDS = [
    "applicant",
    "child",
    "spouse",
    "unknown",
    "father",
    "none",
    "uremia",
    "2000-02-29",
    "2700.00",
    "wages",
    "",
]
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS)
    | st.text(st.characters(codec=None, exclude_categories=()), max_size=5)
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=20,
)


def come_to(assess: Any) -> None:
    try:
        assess()
    except HouseholdError as error:
        faults = error.faults
    else:
        return
    assert faults
    assert len({fault[:2] for fault in faults}) == len(faults)
    for fault in faults:
        assert fault.code in codes("household") | declared()
        assert fault.path == "" or fault.path.startswith("/")
        for text in (fault.path, fault.say("zh"), fault.say("en")):
            text.encode()


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in inside for place in places(inner, (*path, key)))]


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], new)
    return copy


PLACES = places(json.loads(GOOD))


@given(values)
def test_any_json(value: Any) -> None:
    come_to(lambda: calculator().assess_json(json.dumps(value), on=ON))


@given(values)
def test_any_python_value(value: Any) -> None:
    come_to(lambda: calculator().assess(value, on=ON))


@given(st.lists(st.tuples(st.sampled_from(PLACES), values), min_size=1, max_size=3))
def test_a_good_household_with_something_else_in_it(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    household = json.loads(GOOD)
    for path, new in changes:
        if path in places(household):
            household = put(household, path, new)
    come_to(lambda: calculator().assess_json(json.dumps(household), on=ON))
    come_to(lambda: calculator().assess(household, on=ON))


@given(st.integers(0, len(GOOD)), st.integers(0, 30), st.text(max_size=8))
def test_a_good_text_with_something_else_in_it(start: int, length: int, new: str) -> None:
    text = GOOD[:start] + new + GOOD[start + length :]
    come_to(lambda: calculator().assess_json(text, on=ON))


@given(st.binary(max_size=60) | st.text(max_size=60))
def test_any_text(text: str | bytes) -> None:
    come_to(lambda: calculator().assess_json(text, on=ON))
