"""Rules a little changed: what notices, who would, and what nobody could."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hongqiao_rules import PolicyError, RequestError
from hongqiao_rules.analysis.mutate.affected_cases import check
from hongqiao_rules.analysis.mutate.all_mutants import mutants
from hongqiao_rules.analysis.mutate.household_search import search
from hongqiao_rules.analysis.mutate.mutant import OPERATORS, Mutant
from hongqiao_rules.analysis.mutate.mutant_witness import Witness, told
from hongqiao_rules.analysis.mutate.mutation_run import Trying
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.mutations import mutate
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.testing import households

BUNDLED = Trying((), (), 60, 2)


@pytest.fixture(scope="module")
def of_bare(bare: Path) -> Trying:
    """The town without its examples, ready to be tried."""
    return Trying((str(bare),), (), 60, 2)


def mutant(tried: Trying, id_: str) -> Mutant:
    (found,) = [mutant for mutant in tried.mutants if mutant.id == id_]
    return found


def differs(mutant: Mutant, tried: Trying, witness: Witness) -> bool:
    """Whether the household of *witness* is told something else under the mutant, and just what the witness says."""
    found = []
    for rulebook in (tried.rulebook, mutant.apply()):
        try:
            edition = Edition(rulebook, witness.readings, witness.overlays)
            found.append(told(edition, witness.household, witness.on))
        except RequestError as error:
            found.append({"refused": error.code})
    one, other = found
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    assert witness.before == {name: one[name] for name in names if name in one}
    assert witness.after == {name: other[name] for name in names if name in other}
    return bool(names)


# --- every change is noticed where examples are there, and survives where they are not ----------------------


def test_a_town_with_examples_for_everything_has_no_survivor(town: Path) -> None:
    found = mutate(town, members=2, processes=2)
    assert found.survivors == ()
    assert found.counts["noticed"] > 100
    assert {o.operator for o in found.outcomes if o.status in ("noticed", "refused")} == set(OPERATORS)


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_kind_of_change_survives_without_its_example(operator: str, of_bare: Trying) -> None:
    outcomes = (of_bare.outcome(n) for n, m in enumerate(of_bare.mutants) if m.operator == operator)
    survivor = next(outcome for outcome in outcomes if outcome.status == "survived")
    assert survivor.witness is not None
    assert differs(mutant(of_bare, survivor.id), of_bare, survivor.witness)


def test_mutants_have_names_that_do_not_change_and_places_that_are_right() -> None:
    ids = [mutant.id for mutant in BUNDLED.mutants]
    assert len(ids) == len(set(ids))
    assert ids == [mutant.id for mutant in mutants(load())]
    found = next(m for m in BUNDLED.mutants if m.id == "dibao/when/boundary")
    assert (found.place(), found.was, found.now) == (
        "policies/rules/programme/dibao.yaml:6:7",
        "countable_income < dibao_line",
        "countable_income <= dibao_line",
    )
    for made in BUNDLED.mutants:
        line = BUNDLED.rulebook.files[made.file].decode().splitlines()[made.line - 1]
        written = line[made.column - 1 :]  # a folded text begins on the line after its sign
        if made.operator in ("boundary", "direction", "date", "fold") and not written.startswith(">-"):
            assert written.startswith(made.was.split(" ")[0][:5])


def test_a_change_that_the_checker_refuses_counts_as_noticed(of_bare: Trying) -> None:
    ids = [mutant.id for mutant in of_bare.mutants]
    zero = ids.index("per-capita-income/value/dropped-2")
    assert (of_bare.mutants[zero].now, of_bare.outcome(zero).status) == ("counted_members", "refused")
    assert of_bare.outcome(zero).by == "POLICY_DIVISION_BY_ZERO"
    later = ids.index("part/values.0.from/date-2")
    assert (of_bare.outcome(later).status, of_bare.outcome(later).by) == ("refused", "POLICY_GAP")


# --- what is found is right ---------------------------------------------------------------------------------


@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_household_that_is_found_notices_and_where_none_is_nobody_does(
    of_bare: Trying, data: st.DataObject
) -> None:
    drawn = data.draw(st.sampled_from(of_bare.mutants))
    try:
        check(of_bare.rulebook, drawn.apply())
    except PolicyError:
        return
    outcome = of_bare.survivor(drawn)
    if outcome.witness is not None:
        assert outcome.status == "survived"
        assert differs(drawn, of_bare, outcome.witness)
        assert len(outcome.witness.household["members"]) <= 2
        return
    assert outcome.status == "equivalent"
    one, other = (Edition(rulebook) for rulebook in (of_bare.rulebook, drawn.apply()))
    for _ in range(10):
        on = data.draw(st.dates(date(2020, 1, 1), date(2024, 1, 1)))
        household = data.draw(households(on=on, most=2))
        assert told(one, household, on) == told(other, household, on)


@pytest.mark.parametrize(
    ("id_", "why"),
    [
        (
            "tianjin-notice-2020/notice-further-diseases/values.0.value/code-added",
            "the first tier comes first",
        ),
        ("dibao-paid-from/when/negation", "both delays are one month"),
        ("disability-amount/value/dropped-7", "the share is the whole"),
        ("dibao-standard/values.0.value/figure", "no day that is modelled takes it"),
        ("orphan-student-supplement/when.3/code-added", "another condition asks for the same"),
    ],
)
def test_a_change_that_makes_no_difference_is_proved(id_: str, why: str) -> None:
    outcome = BUNDLED.survivor(mutant(BUNDLED, id_))
    assert (outcome.status, outcome.witness) == ("equivalent", None), why


# --- without Z3 ---------------------------------------------------------------------------------------------


def test_without_the_solver_households_are_searched_and_nothing_is_proved(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise RequestError("EXTRA_NEEDED", module="z3", extra="proofs")

    monkeypatch.setattr("hongqiao_rules.analysis.mutate.mutation_run.need_solver", missing)
    found = mutate(bare, only=["boundary", "precedence", "extreme"])
    assert not found.solver
    survived = [outcome for outcome in found.outcomes if outcome.status == "survived"]
    assert {outcome.subject for outcome in survived} >= {"poor", "old", "countable-income"}
    tried = Trying((str(bare),), (), 60, 2)
    assert all(differs(mutant(tried, o.id), tried, o.witness) for o in survived if o.witness is not None)
    assert ('pip install "hongqiao-rules[proofs]"' in found.statement("zh")) == bool(found.counts["unknown"])


def test_a_search_that_meets_nobody_says_so() -> None:
    drawn = mutant(BUNDLED, "dibao-paid-from/when/negation")
    assert search(BUNDLED.rulebook, drawn.apply(), BUNDLED.trials) is None


# --- cases of one's own -------------------------------------------------------------------------------------

ELDER = {"id": "one", "relationship": "applicant", "marital_status": "widowed", "incomes": []}
CASE = {
    "household": {"id": "sixty", "members": [{**ELDER, "birth_date": "1960-06-01"}]},
    "on": "2020-06-01",
    "expect": {"benefits": [{"rule": "gap"}, {"rule": "old", "amount": "12.50"}]},
    "note": "sixty today",
}


def test_a_case_notices_too(bare: Path, tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text("\n" + json.dumps(CASE) + "\n", encoding="utf-8")
    found = mutate(bare, cases=[file], only=["boundary"], members=1)
    noticed = {outcome.subject: outcome.by for outcome in found.outcomes if outcome.status == "noticed"}
    assert noticed["old"] == f"{file}:2"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "CASES_UNREADABLE", "it contains no case"),
        ("{", "NOT_A_CASE", "cases.jsonl:1 "),
        ("[]", "NOT_A_CASE", "it is not a JSON object"),
        (json.dumps({**CASE, "on": "2020-06-31"}), "NOT_A_CASE", "on is not a date"),
        (json.dumps({**CASE, "expected": {}}), "NOT_A_CASE", "there is no field expected"),
        (json.dumps({k: v for k, v in CASE.items() if k != "on"}), "NOT_A_CASE", "on is missing"),
        (json.dumps({**CASE, "expect": {}}), "NOT_A_CASE", "expect is not an object of fields"),
        (json.dumps({**CASE, "readings": ["who"]}), "NOT_A_CASE", "readings"),
        (json.dumps({**CASE, "overlays": "who"}), "NOT_A_CASE", "overlays"),
        (json.dumps({**CASE, "readings": {"whom": "both"}}), "NOT_A_CASE", "UNKNOWN_READING"),
        (json.dumps({**CASE, "household": {"id": "nobody", "members": []}}), "NOT_A_CASE", "/members"),
        (json.dumps(CASE) + "\n" + json.dumps({**CASE, "expect": {"income": "1.00"}}), "CASE_FAILS", "cases.jsonl:2 "),
    ],
)  # fmt: skip
def test_what_is_no_case_or_fails_before_anything_is_changed_is_refused(
    text: str, code: str, said: str, bare: Path, tmp_path: Path
) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RequestError) as refused:
        mutate(bare, cases=[file])
    assert refused.value.code == code
    assert said in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="CASES_UNREADABLE"):
        mutate(cases=[tmp_path / "none.jsonl"])


def test_an_example_that_fails_is_told_with_its_place(bare: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    text = (Path(__file__).parent / "town" / "old.yaml").read_text(encoding="utf-8")
    for file in bare.rglob("*.yaml"):
        target = folder / file.relative_to(bare)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (folder / "old.yaml").write_text(text.replace('"12.50"', '"12.51"'), encoding="utf-8")
    with pytest.raises(PolicyError, match=r"old\.yaml:\d+:\d+: POLICY_EXAMPLE_FAILS"):
        mutate(folder)


def test_other_questions_are_refused() -> None:
    with pytest.raises(RequestError, match="MEMBERS_OUT_OF_RANGE"):
        mutate(members=9)
    with pytest.raises(RequestError, match=r"UNKNOWN_CHANGE.*boundary"):
        mutate(only=["boundry"])
