"""Reading at first sight, which spares most households the models: it takes no wrong one, and comes to the same."""

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, Household, HouseholdError
from hongqiao_rules.household.facts_reader import reader_of
from hongqiao_rules.household.json_text import no_key_repeated, parse_at_first_sight
from hongqiao_rules.rulebook.load import bundled_rulebook
from hongqiao_rules.testing import Question, codes, questions
from tests.household.test_fuzz import values
from tests.test_cases import CASES

CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["m0", "m1", "unknown", "", "低保" * 100, "x" * 201]),
    "relationship": st.sampled_from(codes("relationship")),
    "birth_date": st.sampled_from(["1950-01-01", "2003-04-01", "2030-01-01", "2003-4-1", "2003-02-30"]),
    "parent": st.sampled_from(["m0", "m1", "nobody", "unknown"]),
    "marital_status": st.sampled_from([*codes("marital-status"), None]),
    "absence": st.sampled_from(codes("absence")),
    "incomes": st.sampled_from(
        [[], None, {}, [{"kind": "wages", "monthly": 1}], [{"kind": "wages", "monthly": True}],
         [{"kind": "wages", "monthly": "1.5"}], [{"kind": "wages", "monthly": "-1"}], [{"kind": "wages"}],
         [{"kind": "wages", "monthly": 1.0}], [{"kind": "wages", "monthly": "1", "more": 1}],
         [{"monthly": "1.50", "kind": "pension"}] * 51]
    ),
    "disabilities": st.sampled_from(
        [[], [{"kind": "visual", "grade": 1}], [{"kind": "visual", "grade": True}], [{"kind": "visual", "grade": 5}]]
    ),
    "illnesses": st.sampled_from([[], ["uremia"], ["uremia", "uremia"], ["flu"], "uremia", ["uremia"] * 51]),
}  # fmt: skip


def whole(on: date) -> int:
    return on.year * 10000 + on.month * 100 + on.day


def holds(calculator: Calculator, value: Any, on: int) -> bool:
    """Whether *value* is read at first sight; if so, it is right, and all that is read is what the models read."""
    facts = calculator.reader
    found = facts.at_first_sight(value, on)
    if found is not None:
        expected = facts.of(reader_of(bundled_rulebook(), Household).read(value, on), on)
        assert found == expected._replace(stated=None)
        assert found.text == expected.stated.to_json().encode()
        assert Household.from_json(found.text) == expected.stated
    return found is not None


@given(questions(), st.data())
def test_what_is_read_at_first_sight_is_right_and_the_same(question: Question, data: st.DataObject) -> None:
    household = deepcopy(question.household)
    for member in household["members"]:
        for name in data.draw(st.sets(st.sampled_from(sorted(CHANGES)), max_size=2)):
            value = data.draw(CHANGES[name])
            member.pop(name, None)
            if value is not None or name in ("id", "relationship", "birth_date"):
                member[name] = value
    holds(question.calculator(), household, whole(question.on))


@given(questions(), st.data())
def test_a_value_of_any_kind_anywhere(question: Question, data: st.DataObject) -> None:
    household = deepcopy(question.household)
    places: list[tuple[Any, Any]] = [(household, name) for name in (*household, "childless", "more")]
    for member in household["members"]:
        places += [(member, name) for name in (*member, "schooling", "self_care", "more")]
        places += [(record, name) for record in member.get("incomes", ()) for name in record]
    inside, name = data.draw(st.sampled_from(places))
    inside[name] = data.draw(values)
    holds(question.calculator(), household, whole(question.on))


def test_nearly_all_households_are_read_at_first_sight() -> None:
    found = [
        holds(
            Calculator(overlays=case.get("overlays", ())), case["household"], int(case["on"].replace("-", ""))
        )
        for case in CASES
    ]
    assert sum(found) > len(found) * 0.99


TEXTS = st.text(st.sampled_from(':"\\{},ab低 '), max_size=5)


@given(st.data())
def test_a_repeated_key_is_never_overlooked(data: st.DataObject) -> None:
    """Keys, blanks, colons in texts and escapes anywhere: what is certain to be without a repeated key is without one."""
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(["a", "b", "a:", "c"]), TEXTS), max_size=6))
    text = "{%s}" % ",".join(
        json.dumps(key) + data.draw(st.sampled_from([":", " :", ": "])) + json.dumps(value, ensure_ascii=data.draw(st.booleans()))
        for key, value in pairs
    )  # fmt: skip
    if data.draw(st.booleans()):
        text = text.replace(":", "\\u003a", 1) if text.startswith('{"a:') else text
    written = json.dumps(parse_at_first_sight(text), ensure_ascii=False, separators=(",", ":"))
    if no_key_repeated(text, written.encode()):
        assert len({key for key, _ in pairs}) == len(pairs)


@given(questions(), st.data())
def test_a_household_with_a_repeated_key_is_refused_for_it(question: Question, data: st.DataObject) -> None:
    text = json.dumps(question.household, ensure_ascii=False)
    before = data.draw(st.sampled_from(['"id"', '"members"', '"relationship"', '"birth_date"']))
    at = text.index(before)
    repeated = (
        f"{text[:at]}{before}: {data.draw(st.sampled_from(['[]', '1', json.dumps('a:b')]))}, {text[at:]}"
    )
    with pytest.raises(HouseholdError) as refused:
        question.calculator().assess_json(repeated, on=question.on)
    assert "DUPLICATE_KEY" in {fault.code for fault in refused.value.faults}


def test_the_household_is_kept_as_it_was_stated(calculator: Calculator) -> None:
    household = Household(**CASES[0]["household"])
    on = date.fromisoformat(CASES[0]["on"])
    assert calculator.assess(household, on).basis.household is household
    assert calculator.assess_json(household.to_json(), on).basis.household == household
