"""The laws of the rules, for any household: what holds whatever is stated."""

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from hongqiao_rules import Assessment, Calculator
from hongqiao_rules.decision.arithmetic import Arithmetic
from hongqiao_rules.decision.assessment_document import assessment_document
from hongqiao_rules.rulebook.load import bundled_rulebook
from hongqiao_rules.testing import Question, amounts, questions
from tests.oracle import KNOWN_TO, answer

SUPPLEMENTS = {"elder-supplement", "orphan-student-supplement"}


def assess(question: Question, household: dict[str, Any] | None = None) -> Assessment:
    return question.calculator().assess(household or question.household, on=question.on)


def lines(found: tuple[Any, ...]) -> list[tuple[str, str | None, int]]:
    return [(line.rule, line.member, int(line.amount * 100)) for line in found]


@given(questions(most=6))
def test_every_figure_is_that_of_the_rules_worked_by_hand(question: Question) -> None:
    assume(question.on <= KNOWN_TO)
    found = assess(question)
    wanted = answer(question.household, question.on, question.readings, question.overlays)
    assert found.programme == wanted.programme
    assert found.counted_members == wanted.counted
    assert found.standard * 100 == wanted.standard
    assert found.income * 100 == wanted.income
    assert found.countable_income * 100 == wanted.countable
    assert lines(found.deductions) == wanted.deductions
    assert lines(found.benefits) == wanted.benefits
    assert found.monthly_total * 100 == wanted.total


@given(questions())
def test_totals_are_sums_and_never_negative(question: Question) -> None:
    found = assess(question)
    assert found.monthly_total == sum((line.amount for line in found.benefits), Decimal(0))
    assert all(line.amount > 0 for line in (*found.deductions, *found.benefits))
    assert found.countable_income == max(
        Decimal(0), found.income - sum(line.amount for line in found.deductions)
    )
    assert 0 <= found.countable_income <= found.income


@given(questions())
def test_no_household_is_in_both_programmes(question: Question) -> None:
    found = assess(question)
    rules = {line.rule for line in found.benefits}
    if found.programme == "dibao":
        assert "dibao-gap" in rules
        assert rules <= {"dibao-gap", *SUPPLEMENTS}
    elif found.programme == "low_income":
        assert rules <= {"low-income-relief"}
    else:
        assert not rules
    everyone = found.standard * found.counted_members
    assert (found.programme == "dibao") == (found.countable_income < everyone)
    assert (found.programme == "none") == (2 * found.countable_income >= 3 * everyone)


def with_more_income(household: dict[str, Any], member: int, kind: str, amount: str | int) -> dict[str, Any]:
    richer = deepcopy(household)
    richer["members"][member].setdefault("incomes", []).append({"kind": kind, "monthly": amount})
    return richer


@given(questions(), st.data())
def test_more_income_never_raises_the_total_within_a_programme(
    question: Question, data: st.DataObject
) -> None:
    member = data.draw(st.integers(0, len(question.household["members"]) - 1))
    amount = data.draw(amounts(question.on))
    before, after = (
        assess(question),
        assess(question, with_more_income(question.household, member, "wages", amount)),
    )
    assert after.income >= before.income
    if before.programme == after.programme:
        assert after.monthly_total <= before.monthly_total


@given(questions(), st.data())
def test_gap_and_supplements_never_rise_with_income(question: Question, data: st.DataObject) -> None:
    member = data.draw(st.integers(0, len(question.household["members"]) - 1))
    amount = data.draw(amounts(question.on))
    before, after = (
        assess(question),
        assess(question, with_more_income(question.household, member, "wages", amount)),
    )

    def dibao(found: Assessment) -> Decimal:
        return sum((line.amount for line in found.benefits if line.rule != "low-income-relief"), Decimal(0))

    assert dibao(after) <= dibao(before)


@given(questions(), st.data())
def test_income_that_does_not_count_changes_nothing(question: Question, data: st.DataObject) -> None:
    member = data.draw(st.integers(0, len(question.household["members"]) - 1))
    kind = data.draw(
        st.sampled_from(["scholarship", "social_assistance", "valor_award", "disability_subsidy"])
    )
    before = assess(question)
    after = assess(question, with_more_income(question.household, member, kind, "9999999.99"))
    assert (after.income, after.benefits, after.deductions) == (
        before.income,
        before.benefits,
        before.deductions,
    )


@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_members_and_of_keys_is_irrelevant(question: Question, random: Any) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            items = list(value.items())
            random.shuffle(items)
            return {name: shuffled(inner) for name, inner in items}
        return [shuffled(inner) for inner in value] if isinstance(value, list) else value

    turned = shuffled(question.household)
    random.shuffle(turned["members"])
    before, after = assess(question), assess(question, turned)
    for name in ("programme", "income", "countable_income", "monthly_total", "counted_members", "complete"):
        assert getattr(before, name) == getattr(after, name)
    assert set(before.deductions) == set(after.deductions)
    assert set(before.benefits) == set(after.benefits)
    assert before.notices == after.notices


@given(questions())
def test_the_order_of_keys_does_not_change_one_character(question: Question) -> None:
    backwards = json.loads(
        json.dumps(question.household), object_pairs_hook=lambda pairs: dict(reversed(pairs))
    )
    assert assess(question).to_json() == assess(question, backwards).to_json()


@given(questions())
def test_every_line_has_a_rule_in_force_and_a_citation(question: Question) -> None:
    found = assess(question)
    definitions = question.calculator().rulebook.definitions
    day = question.on.year * 10000 + question.on.month * 100 + question.on.day
    cited = {entry["rule"]: entry for entry in found.citations}
    applied = {(entry["rule"], entry["member"]) for entry in found.trace if entry["applied"]}
    for line in (*found.deductions, *found.benefits):
        rule = next(
            definitions.rules[key]
            for key in [*((name, line.rule) for name in found.overlays), (None, line.rule)]
            if key in definitions.rules
        )
        assert any(version.start <= day <= version.end for version in rule.versions)
        assert cited[line.rule]["cites"]
        assert (line.rule, line.member) in applied


@given(questions())
def test_the_json_is_what_the_schema_says_and_what_the_object_says(question: Question) -> None:
    found = assess(question)
    text = found.to_json()
    assessment_document(bundled_rulebook().fields).model_validate_json(text)
    said = json.loads(text)
    assert said["monthly_total"] == str(found.monthly_total)
    assert said["per_capita_income"] == str(found.per_capita_income)
    assert said["assumed"] == list(found.assumed)
    assert said["trace"] == found.trace
    assert said["citations"] == found.citations
    short = json.loads(found.to_json(trace=False))
    assert short == {name: value for name, value in said.items() if name not in ("trace", "citations")}


@given(questions())
def test_per_capita_income_is_half_up_to_the_fen(question: Question) -> None:
    found = assess(question)
    exact = Fraction(int(found.countable_income * 100), found.counted_members)
    assert int(found.per_capita_income * 100) == (2 * exact + 1) // 2


@given(questions(most=3))
def test_the_arithmetic_of_the_statement_is_that_of_the_engine(question: Question) -> None:
    """The statement works every figure out anew, by fractions, from the words of the policy."""
    found = assess(question)
    basis = found.basis
    engine = basis.compiled.engine
    for number, conclusion in enumerate(engine.dated.conclusions):
        if len(conclusion.candidates) > 1 or conclusion.candidates[0].typed.version.rounding is not None:
            continue
        candidate = conclusion.candidates[0]
        state = basis.run.state[engine.slots[conclusion.entity, conclusion.name]]
        for member, came in enumerate(state) if conclusion.entity == "member" else [(None, state)]:
            arithmetic = Arithmetic(basis.compiled, basis.run, "en")
            arithmetic.of(candidate, member)
            held = all(arithmetic.values.visit(node) for _, node in candidate.typed.conditions)
            outcome = basis.run.failed[number]
            failed = outcome[member] if isinstance(outcome, list) else outcome
            assert held == (not failed)
            assert came == (arithmetic.values.visit(candidate.typed.value) if held else 0)


@given(questions())
def test_what_is_assumed_is_what_was_absent(question: Question) -> None:
    found = assess(question)
    for pointer in found.assumed:
        value: Any = question.household
        *steps, last = pointer.split("/")[1:]
        for step in steps:
            value = value[int(step)] if isinstance(value, list) else value[step]
        assert last not in value
    once_more = deepcopy(question.household)
    once_more["childless"] = once_more.get("childless", False)
    stated = assess(question, once_more)
    assert "/childless" not in stated.assumed
    assert stated.benefits == found.benefits


@given(questions())
def test_the_receipt_is_that_of_the_question(question: Question) -> None:
    found = assess(question)
    assert found.receipt == assess(question).receipt
    renamed = {**question.household, "id": "another"}
    assert assess(question, renamed).receipt != found.receipt
    other = Calculator(
        readings={**question.readings, "student-scope": _other(found.readings["student-scope"])},
        overlays=question.overlays,
    )
    assert other.assess(question.household, on=question.on).receipt != found.receipt


def _other(choice: str) -> str:
    return {"both-groups": "unsupported-only", "unsupported-only": "both-groups"}[choice]


def test_amounts_as_text_and_as_number_are_the_same_fact() -> None:
    def household(monthly: str | int) -> dict[str, Any]:
        member = {
            "id": "a",
            "relationship": "applicant",
            "birth_date": "1980-01-01",
            "marital_status": "married",
        }
        return {"id": "H", "members": [member | {"incomes": [{"kind": "wages", "monthly": monthly}]}]}

    receipts = {
        Calculator().assess(household(m), on=date(2019, 5, 1)).receipt
        for m in (500, "500", "500.0", "500.00")
    }
    assert len(receipts) == 1


def test_readings_of_an_assessment_are_its_own(calculator: Calculator) -> None:
    household = {
        "id": "H",
        "members": [{"id": "one", "relationship": "applicant", "birth_date": "2010-01-01"}],
    }
    first = calculator.assess(household, date(2019, 5, 1))
    dict.update(first.readings, {"disease-pairing": "changed"})  # type: ignore[arg-type]
    assert calculator.assess(household, date(2019, 5, 1)).readings["disease-pairing"] == "by-list"


@given(questions())
def test_every_parameter_that_a_line_rests_on_is_cited_with_it(question: Question) -> None:
    found = question.calculator().assess(question.household, question.on)
    cited = {p["parameter"] for entry in found.citations for p in entry["parameters"]}
    rules = {line.rule for line in found.deductions}
    if "listed-disease-deduction" in rules:
        assert {"first-eight-diseases", "dibao-standard"} <= cited
    if "severe-disability-deduction" in rules:
        assert {"severe-disability-kinds", "disability-grade-limit"} <= cited
    if rules & {"widowed-single-parent-deduction", "divorced-single-parent-deduction"}:
        assert {"school-levels", "kindergarten-age"} <= cited
