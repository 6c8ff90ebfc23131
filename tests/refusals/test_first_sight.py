"""The look at first sight that spares most households the search for faults: it never passes a wrong one."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Household
from hongqiao_rules.border import checks
from hongqiao_rules.testing import Question, codes, questions
from tests.test_cases import CASES

CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from(["m0", "m1", "unknown"]),
    "relationship": st.sampled_from(codes("relationship")),
    "birth_date": st.sampled_from(["1950-01-01", "2003-04-01", "2030-01-01"]),
    "parent": st.sampled_from(["m0", "m1", "nobody", "unknown"]),
    "marital_status": st.sampled_from([*codes("marital-status"), None]),
    "absence": st.sampled_from(codes("absence")),
    "incomes": st.sampled_from([[], None]),
}


@given(questions(), st.data())
def test_what_is_plainly_right_has_no_fault(question: Question, data: st.DataObject) -> None:
    household = deepcopy(question.household)
    for member in household["members"]:
        for name in data.draw(st.sets(st.sampled_from(sorted(CHANGES)), max_size=2)):
            value = data.draw(CHANGES[name])
            member.pop(name, None)
            if value is not None or name in ("id", "relationship", "birth_date"):
                member[name] = value
    on = question.on.year * 10000 + question.on.month * 100 + question.on.day
    # Fields are checked, how they go together is not: what is looked at here.
    checked = Household.__pydantic_validator__.validate_python(household)
    if checks.plainly_right(checked, on):
        assert list(checks.faults(checked, on)) == []


def test_many_households_are_plainly_right() -> None:
    found = [
        checks.plainly_right(Household(**case["household"]), int(case["on"].replace("-", "")))
        for case in CASES
        if not any("parent" in member for member in case["household"]["members"])
    ]
    assert sum(found) > len(found) // 2
