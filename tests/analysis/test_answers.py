"""What is missing and why not: answers that a policy officer can read, and questions that are refused."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, HouseholdError, RequestError
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.testing import questions
from tests.analysis.families import MOTHER, ON, family

# --- what is missing ----------------------------------------------------------------------------------------


def test_what_cannot_matter_is_decided_already(calculator):
    found = calculator.explore(family({"illnesses": "unknown", "incomes": []}, {"guardianship": "none"}), ON)
    assert found.decided
    assert found.next_question is None
    assert found.least.monthly_total == found.greatest.monthly_total == Decimal("1960.00")
    assert [unknown.matters for unknown in found.unknowns] == [False]


def test_an_unknown_income_leaves_everything_open_but_the_wages_of_the_absent_do_not(calculator):
    found = calculator.explore(family({"incomes": "unknown"}), ON)
    assert (found.least.monthly_total, found.greatest.monthly_total) == (Decimal("0.00"), Decimal("1960.00"))
    assert found.programmes == ("dibao", "low_income", "none")
    assert found.next_question == "/members/0/incomes"
    away = family({"marital_status": "widowed"}, {"absence": "conscript", "incomes": "unknown"})
    assert calculator.explore(away, ON).decided


def test_what_needs_no_paper_is_asked_first(calculator):
    found = calculator.explore(family({"marital_status": "unknown"}, {"schooling": "unknown"}), ON)
    assert found.next_question == "/members/1/schooling"
    status = found.unknowns[0]
    assert (status.needs_paper, status.intrusive, status.matters) == (True, True, True)


def test_of_a_known_household_all_is_decided(calculator):
    found = calculator.explore(family(), ON)
    assert found.decided
    assert found.unknowns == ()
    assert found.least.household == family()


def test_an_unknown_date_of_birth_is_a_day_on_which_the_household_is_taken(calculator):
    born = family(son={"birth_date": "unknown", "schooling": "kindergarten", "incomes": []})
    found = calculator.explore(born, ON)
    for bound in (found.least, found.greatest):
        # A child is no older than its parent.
        assert "1978-03-02" <= bound.household["members"][1]["birth_date"] <= "2019-05-01"
    assert found.unknowns[0].matters


def test_json_in_and_json_out(calculator):
    text = json.dumps(family({"marital_status": "unknown"}))
    said = json.loads(calculator.explore(text, ON).to_json())
    assert said["household"] == "HQ-1"
    assert said["on"] == "2019-05-01"
    assert said["greatest"]["monthly_total"] == "460.00"
    again = calculator.assess(said["greatest"]["household"], ON)
    assert str(again.monthly_total) == "460.00"


def test_an_assessment_still_refuses_what_is_unknown(calculator):
    with pytest.raises(HouseholdError) as refused:
        calculator.assess(family({"marital_status": "unknown"}), ON)
    assert [(f.code, f.path) for f in refused.value.faults] == [
        ("UNKNOWN_VALUE", "/members/0/marital_status")
    ]


@pytest.mark.parametrize(
    ("household", "code", "path"),
    [
        (family(id="unknown"), "CANNOT_BE_UNKNOWN", "/id"),
        (family({"id": "unknown"}), "CANNOT_BE_UNKNOWN", "/members/0/id"),
        (family(members="unknown"), "CANNOT_BE_UNKNOWN", "/members"),
        (family(son={"relationship": "unknown"}), "CANNOT_BE_UNKNOWN", "/members/1/relationship"),
        (family(son={"parent": "unknown"}), "CANNOT_BE_UNKNOWN", "/members/1/parent"),
        (family({"illnesses": ["unknown"]}), "CANNOT_BE_UNKNOWN", "/members/0/illnesses/0"),
        (family({"absence": "unknown"}, {"birth_date": "1960-01-01", "incomes": []}), "PARENT_YOUNGER", "/members/1/parent"),
        (family({"incomes": "unknown"}, {"schooling": "unknwon"}), "UNKNOWN_CODE", "/members/1/schooling"),
        (family({"incomes": "unknown", "income": 3}), "UNKNOWN_FIELD", "/members/0/income"),
    ],
)  # fmt: skip
def test_what_is_wrong_stays_wrong_beside_what_is_unknown(calculator, household, code, path):
    with pytest.raises(HouseholdError) as refused:
        calculator.explore(household, ON)
    assert (code, path) in [(f.code, f.path) for f in refused.value.faults]
    assert "UNKNOWN_VALUE" not in [f.code for f in refused.value.faults]


def test_a_household_that_nothing_unknown_can_save_is_refused(calculator):
    # Stated to be the child of a mother born later than 16 years ago, and of an age to state incomes.
    young = family({"birth_date": "2016-01-01", "marital_status": "never_married", "incomes": []},
                   {"birth_date": "unknown", "incomes": []})  # fmt: skip
    calculator.explore(young, ON)
    young["members"].append({"id": "x", "relationship": "other", "birth_date": "2010-01-01", "parent": "son"})
    with pytest.raises(HouseholdError) as refused:
        calculator.explore(young, ON)
    assert [f.code for f in refused.value.faults] == ["NO_HOUSEHOLD_LEFT"]


@pytest.mark.parametrize(("household", "paths"), [
    (family(son={"birth_date": "unknown"}), ["/members/1/incomes"]),
    (family(son={"birth_date": "2001-05-01", "absence": "unknown"}), ["/members/1/incomes"]),
    ({"id": "A", "members": [{"id": "a", "relationship": "applicant", "birth_date": "unknown"}]},
     ["/members/0/marital_status", "/members/0/incomes"]),
])  # fmt: skip
def test_what_something_unknown_may_make_necessary_is_asked_for(calculator, household, paths):
    with pytest.raises(HouseholdError) as refused:
        calculator.explore(household, ON)
    assert [(f.code, f.path) for f in refused.value.faults] == [("PERHAPS_NEEDED", path) for path in paths]
    for path in paths:
        member = household["members"][int(path.split("/")[2])]
        member[path.rpartition("/")[2]] = "unknown"
    assert {unknown.path for unknown in calculator.explore(household, ON).unknowns} > set(paths)


def test_what_nothing_unknown_can_make_necessary_is_not_asked_for(calculator):
    young = {"birth_date": "2004-01-01", "marital_status": "never_married", "incomes": []}
    found = calculator.explore(family(young, {"birth_date": "unknown"}), ON)  # no older than 15
    assert found.least.household["members"][1]["birth_date"] >= "2004-01-01"
    away = family(son={"birth_date": "unknown", "absence": "conscript"})
    assert calculator.explore(away, ON).unknowns[0].path == "/members/1/birth_date"


@given(questions(), st.data())
def test_what_is_hidden_is_within_the_bounds(question, data):
    calculator, on = question.calculator(), question.on
    said = calculator.assess(question.household, on=on)
    hidden = {**question.household, "members": [dict(m) for m in question.household["members"]]}
    for member in hidden["members"]:
        known = [name for name in member if name not in ("id", "relationship", "parent")]
        member |= dict.fromkeys(data.draw(st.lists(st.sampled_from(known), max_size=2)), "unknown")
    for member in hidden["members"]:  # what is not stated may be needed, once these are not known
        if "unknown" in (member["birth_date"], member.get("absence")):
            member |= {name: "unknown" for name in ("incomes", "marital_status") if name not in member}
    found = calculator.explore(hidden, on)
    assert found.least.monthly_total <= said.monthly_total <= found.greatest.monthly_total
    assert said.programme in found.programmes
    if found.decided:
        assert found.least.monthly_total == said.monthly_total


def test_threads_do_not_meet(calculator):
    unknown = family({"marital_status": "unknown", "incomes": "unknown"}, {"schooling": "unknown"})
    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(lambda _: calculator.explore(unknown, ON).to_json()[:200], range(12)))
    assert len(answers) == 1


# --- why not ------------------------------------------------------------------------------------------------


def test_thirteen_yuan_fifty_less(calculator):
    alone = {"id": "A", "members": [{**MOTHER, "marital_status": "married",
                                     "incomes": [{"kind": "wages", "monthly": "993.49"}]}]}  # fmt: skip
    found = calculator.why_not(alone, "dibao", ON)
    assert [failure.condition for failure in found.failed] == ["countable_income < dibao_line"]
    (change,) = found.changes
    (edit,) = change.edits
    assert (edit.path, edit.before, edit.after, edit.by) == (
        "/members/0/incomes/0/monthly", "993.49", "979.99", Decimal("-13.50"),
    )  # fmt: skip
    assert (change.programme, change.monthly_total) == ("dibao", Decimal("0.01"))


def test_age_is_nothing_that_a_person_can_change(calculator):
    found = calculator.why_not(family(), "elder-supplement", ON)
    assert found.changes == ()
    assert {failure.condition for failure in found.failed} == {"age >= elder_age"}


def test_what_holds_already_has_nothing_to_change(calculator):
    found = calculator.why_not(family(), "dibao-gap", ON)
    assert (found.holds, found.failed, found.changes) == (True, (), ())


def test_the_programme_is_told_where_a_benefit_hangs_on_it(calculator):
    rich = family({"incomes": [{"kind": "wages", "monthly": 3500}], "birth_date": "1950-01-01"})
    found = calculator.why_not(rich, "elder-supplement", ON)
    assert ("dibao", "countable_income < dibao_line") in [(f.rule, f.condition) for f in found.failed]


def test_a_register_can_be_asked_for(calculator):
    on = date(2021, 5, 1)
    severe = {"disabilities": [{"kind": "visual", "grade": 1}], "incomes": []}
    registered = calculator.assess(family(severe), on).registers
    for rule in {entry.rule for entry in registered}:
        assert calculator.why_not(family(severe), rule, on).holds
    rich = family({**severe, "incomes": [{"kind": "wages", "monthly": 9000}]})
    for rule in {entry.rule for entry in registered} - {
        e.rule for e in calculator.assess(rich, on).registers
    }:
        for change in calculator.why_not(rich, rule, on).changes:
            assert rule in {entry.rule for entry in calculator.assess(change.household, on).registers}
    assert registered


@pytest.mark.parametrize("target", ["dibbao", "counted", "standard", "", "/members/0"])
def test_a_target_that_is_none_is_refused(calculator, target):
    with pytest.raises(RequestError) as refused:
        calculator.why_not(family(), target, ON)
    assert refused.value.code == "UNKNOWN_TARGET"
    assert "dibao-gap" in refused.value.message


def test_of_many_changes_the_smallest_are_told_and_that_there_are_others() -> None:
    household = {
        "id": "H",
        "members": [
            {"id": "a", "relationship": "applicant", "birth_date": "1979-01-01", "marital_status": "married",
             "incomes": [{"kind": "wages", "monthly": "1500"}]},
            {"id": "b", "relationship": "spouse", "birth_date": "1979-01-01", "incomes": [{"kind": "wages", "monthly": "1500"}]},
        ],
    }  # fmt: skip
    calculator, on = Calculator(), date(2019, 5, 1)
    every = calculator.why_not(household, "dibao", on, most=None)
    first = calculator.why_not(household, "dibao", on, most=1)
    assert (every.more, first.more, len(first.changes)) == (False, True, 1)
    assert first.changes[0] in every.changes
    assert len(first.changes[0].edits) == min(len(change.edits) for change in every.changes)
    assert "There are more changes" in first.statement("en")
    assert "还有其他改变" in first.statement("zh")
    assert calculator.why_not(household, "dibao", on, most=len(every.changes)).more is False
    with pytest.raises(RequestError) as error:
        calculator.why_not(household, "dibao", on, most=0)
    assert error.value.code == "MOST_CHANGES"


# --- refused ------------------------------------------------------------------------------------------------


def test_questions_about_the_known_send_the_unknown_to_explore(calculator):
    unknown = family({"marital_status": "unknown"})
    for ask in (
        lambda: calculator.why_not(unknown, "dibao", ON),
        lambda: calculator.margins(unknown, ON),
        lambda: calculator.schedule(unknown, "incomes of mother", ON),
    ):
        with pytest.raises(RequestError) as refused:
            ask()
        assert refused.value.code == "EXPLORE_FIRST"
        assert "/members/0/marital_status" in refused.value.message


@pytest.mark.parametrize("on", [date(2016, 3, 31), "2019-05-01"])
def test_a_date_that_is_not_modelled_is_refused(calculator, on):
    for ask in (calculator.explore, calculator.margins):
        with pytest.raises(RequestError):
            ask(family(), on)


def test_what_the_solver_cannot_tell_in_time_is_no_answer(calculator):
    compiled = calculator.compiled(20190501)
    space = Space(compiled.definitions, [compiled.dated])
    a, b, c = (space.number(name, 1, 10**12).expr for name in "abc")
    with pytest.raises(RequestError) as refused:
        Search(space, seconds=0.05).model([a * a * a + b * b * b == c * c * c])
    assert refused.value.code == "NOT_DECIDED"


def test_without_the_solver_they_say_how_to_get_it(calculator, monkeypatch):
    monkeypatch.setitem(sys.modules, "z3", None)
    for ask in (
        lambda: calculator.explore(family(), ON),
        lambda: calculator.why_not(family(), "dibao", ON),
        lambda: calculator.margins(family(), ON),
        lambda: calculator.schedule(family(), "incomes of mother", ON),
    ):
        with pytest.raises(RequestError) as refused:
            ask()
        assert refused.value.code == "EXTRA_NEEDED"
        assert "pip install 'hongqiao-rules[proofs]'" in refused.value.message


# --- words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_answer_has_words(calculator, lang):
    unknown = family({"marital_status": "unknown", "incomes": [{"kind": "wages", "monthly": "unknown"}]},
                     {"disabilities": "unknown"}, childless="unknown")  # fmt: skip
    single = family({"marital_status": "never_married"})
    texts = [
        calculator.explore(unknown, ON).statement(lang),
        calculator.explore(family(), ON).statement(lang),
        calculator.why_not(single, "dibao", ON).statement(lang),
        calculator.why_not(family(), "dibao", ON).statement(lang),
        calculator.why_not(family(), "elder-supplement", ON).statement(lang),
        calculator.why_not(family(), "none", ON).statement(lang),
        calculator.margins(family(), ON).statement(lang),
        calculator.schedule(family(), "incomes of mother", ON).statement(lang),
        calculator.assess(single, ON, readings="all").statement(lang),
        calculator.assess(family(), ON, readings="all").statement(lang),
    ]
    for text in texts:
        assert "HQ-1" in text
        assert "{" not in text
        han = sum("\u4e00" <= character <= "\u9fff" for character in text)
        assert (han > 20) == (lang == "zh"), text


def test_the_notices_of_an_assessment_go_with_every_answer():
    calculator, on = Calculator(overlays="tianjin-notice-2020"), date(2021, 5, 1)
    notices = calculator.assess(family(), on).notices
    assert [notice.code for notice in notices] == ["OVERLAY_PARTLY_UNREAD", "OVERLAY_SINGLE_PARENT_UNREAD"]
    for found in (
        calculator.explore(family({"illnesses": "unknown"}), on),
        calculator.why_not(family(), "low_income", on),
        calculator.why_not(family(), "dibao", on),
        calculator.margins(family(), on),
        calculator.schedule(family(), "incomes of mother", on),
    ):
        assert json.loads(found.to_json())["notices"] == [notice.code for notice in notices]
        for lang in ("zh", "en"):
            assert all(notice.say(lang) in found.statement(lang) for notice in notices)
    every = calculator.assess(family(), on, readings="all")
    assert all(notice.say("en") in every.statement("en") for notice in notices)
    assert "notices" not in Calculator().margins(family(), ON).statement("en").lower()
