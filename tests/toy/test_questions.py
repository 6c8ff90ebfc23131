"""Every question about a rulebook of another vocabulary, in Python and by command."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator, HouseholdError, RequestError
from hongqiao_rules.cli import main
from hongqiao_rules.mutations import mutate
from hongqiao_rules.proofs import difference, prove
from tests.toy.farms import POLICIES
from tests.toy.test_assess import CALCULATOR, EXAMPLE, FARM, ON, write

COW = {"species": "cow", "born": "2010-01-01", "price": "20.00"}
PASTURE: dict[str, Any] = {
    "id": "P", "acres": 40, "founded": "2001-01-01", "rent": "10.00", "region": "hills", "organic": False, "crops": ["hay"],
    "loans": [{"lender": "bank", "monthly": "70.00"}, {"lender": "family", "monthly": "1.00"}],
    "herd": [
        {"id": "a", **COW, "litres": 9, "ailments": ["lame"]},
        {"id": "b", **COW, "dam": "a", "litres": 2},
        {"id": "c", **COW, "dam": "a", "treatments": [{"remedy": "salve", "cost": "3.00", "doses": 2}]},
    ],
}  # fmt: skip
VALUES: dict[str, list[Any]] = {
    "/organic": [False, True],
    "/region": ["plains", "hills", "coast"],
    "/herd/0/litres": [0, 3, 8, 9, 10, 90],
    "/herd/0/ailments": [[], ["lame"], ["cough"]],
    "/herd/1/sold": [False, True],
    "/herd/2/treatments/0/cost": ["0.00", "2.00", "3.01", "999.00"],
    "/herd/2/treatments": [[], [{"remedy": "salve", "cost": "9.00", "doses": 3}]],
    "/loans": [[], [{"lender": "state", "monthly": "9.99"}]],
}
"""Some values of each fact that may be unknown."""
UNKNOWN = [
    ["/organic", "/herd/0/litres"], ["/region", "/herd/1/sold", "/herd/0/ailments"], ["/herd/2/treatments/0/cost", "/organic"],
    ["/herd/2/treatments", "/loans"],
]  # fmt: skip


def with_(farm: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    found = copy.deepcopy(farm)
    for path, value in values.items():
        *way, last = path.split("/")[1:]
        inside: Any = found
        for step in way:
            inside = inside[int(step) if step.isdigit() else step]
        inside[last] = value
    return found


def results(paths: list[str]) -> Iterator[tuple[str, Decimal]]:
    """The outcome and the total of every completion that is accepted."""
    for values in product(*(VALUES[path] for path in paths)):
        try:
            basis = CALCULATOR.assess(with_(PASTURE, dict(zip(paths, values, strict=True))), ON).basis
        except HouseholdError:
            continue
        yield basis.outcome, basis.total


@pytest.mark.parametrize("paths", UNKNOWN)
def test_an_exploration_has_the_result_of_every_completion(paths: list[str]) -> None:
    found = CALCULATOR.explore(with_(PASTURE, dict.fromkeys(paths, "unknown")), ON)
    completions = list(results(paths))
    assert len(completions) > 1
    assert {outcome for outcome, _ in completions} <= set(found.programmes)
    assert found.least.monthly_total <= min(total for _, total in completions)
    assert found.greatest.monthly_total >= max(total for _, total in completions)
    for bound in (found.least, found.greatest):
        basis = CALCULATOR.assess(bound.household, ON).basis
        assert (basis.outcome, basis.total) == (bound.programme, bound.monthly_total)
    assert {unknown.path: unknown.member for unknown in found.unknowns} == {
        path: "abc"[int(path.split("/")[2])] if path.startswith("/herd") else None for path in paths
    }


@pytest.mark.parametrize(
    "path", ["/herd/0/species", "/herd/0/price", "/rent", "/founded", "/herd/1/dam", "/id"]
)
def test_what_decides_a_reference_must_be_known(path: str) -> None:
    """Whom `dam` names by default depends on these facts, so they cannot be unknown; nor can ids and references."""
    with pytest.raises(HouseholdError) as caught:
        CALCULATOR.explore(with_(PASTURE, {path: "unknown"}), ON)
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("CANNOT_BE_UNKNOWN", path)
    assert "acres" in fault.message


@pytest.mark.parametrize(
    "target", ["organic-grant", "headage-grant", "loan-levy", "large", "shortage-of-animals"]
)
def test_each_change_reaches_its_target(target: str) -> None:
    """`large` needs a third grown cow that is not sold; only what the vocabulary calls changeable changes."""
    farm = with_(PASTURE, {"/herd/0/sold": True, "/herd/0/litres": 0, "/herd/1/litres": 0, "/loans": []})
    found = CALCULATOR.why_not(farm, target, ON, most=None)
    assert found.holds == (target == "shortage-of-animals")
    assert found.holds or found.changes
    for change in found.changes:
        assessment = CALCULATOR.assess(change.household, ON)
        lists = [line.rule for lines in assessment.lists.values() for line in lines]
        assert target in [assessment.basis.outcome, *lists]
        for edit in change.edits:
            assert edit.fact in ("organic", "loans", "sold", "litres")
        assert with_(farm, {edit.path: edit.after for edit in change.edits}) == change.household


def test_a_margin_is_where_a_benefit_turns() -> None:
    found = CALCULATOR.margins(PASTURE, ON)
    assert [figure.path for figure in found.figures] == [
        "/acres", "/loans/0/monthly", "/loans/1/monthly", "/herd/0/litres", "/herd/1/litres",
        "/herd/2/treatments/0/cost", "/herd/2/treatments/0/doses",
    ]  # fmt: skip
    turns = 0
    for figure in found.figures:
        for turn in filter(None, (figure.below, figure.above)):
            turns += 1
            there = CALCULATOR.assess(with_(PASTURE, {figure.path: turn.at}), ON)
            paid = {line.rule for line in there.lists["grants"]}
            before = {line.rule for line in CALCULATOR.assess(PASTURE, ON).lists["grants"]}
            assert (there.basis.outcome, there.basis.total) == (turn.programme, turn.monthly_total)
            assert (turn.programme != found.programme) or paid != before or turn.appears or turn.disappears
    assert turns > 0


@pytest.mark.parametrize("varying", [None, "treatments of c", "treatments of b", "/herd/2/treatments/0/cost"])
def test_a_schedule_has_the_total_at_every_amount(varying: str | None) -> None:
    found = CALCULATOR.schedule(PASTURE, varying, ON)
    assert found.varying in ("/loans/0/monthly", "/herd/1/treatments/0/cost", "/herd/2/treatments/0/cost")
    assert (varying is None) == (found.fact == "loans")
    for amount in ("0.00", "2.99", "3.00", "3.01", "4.39", "9.99", "10.00", "20.00", "999.00"):
        for piece in found.pieces:
            if varying == "/herd/2/treatments/0/cost" and piece.start <= Decimal(amount) <= piece.end:
                basis = CALCULATOR.assess(with_(PASTURE, {found.varying: amount}), ON).basis
                assert (basis.outcome, basis.total) == (piece.programme, found.total_at(Decimal(amount)))


def test_records_that_count_vary_as_one() -> None:
    """The loan from the family raises no levy, so it stays as it is."""
    found = CALCULATOR.schedule(PASTURE, "loans of P", ON)
    assert (found.varying, found.member, found.stated) == ("/loans/0/monthly", None, Decimal("70.00"))


def test_what_cannot_vary_is_refused_with_what_can() -> None:
    with pytest.raises(RequestError, match="NOT_VARIABLE") as caught:
        CALCULATOR.schedule(PASTURE, "incomes of the applicant", ON)
    assert "loans of P" in caught.value.message
    assert "/herd/2/treatments/0/cost" in caught.value.message
    with pytest.raises(RequestError, match="EXPLORE_FIRST"):
        CALCULATOR.schedule(with_(PASTURE, {"/organic": "unknown"}), "loans of P", ON)


def test_every_reading_of_a_farm() -> None:
    """An organic farm is granted by its grown herd, or each grown animal: the same total, but other lines."""
    found = CALCULATOR.assess(with_(PASTURE, {"/organic": True}), ON, readings="all")
    assert (found.household, found.turns_on, len(found.outcomes)) == ("P", ("organic-unit",), 2)
    for outcome in found.outcomes:
        (choices,) = outcome.choices
        basis = (
            Calculator(policies=POLICIES, readings=choices)
            .assess(with_(PASTURE, {"/organic": True}), ON)
            .basis
        )
        assert (basis.outcome, basis.total) == (
            outcome.assessment.basis.outcome,
            outcome.assessment.basis.total,
        )
    assert CALCULATOR.assess(PASTURE, ON, readings="all").agree


def test_a_difference_is_confirmed_under_both() -> None:
    one, other = (
        Calculator(policies=POLICIES, readings={"organic-unit": unit}) for unit in ("farm", "animal")
    )
    assert difference(one, other, ON, members=1).same
    later = date(2021, 1, 1)  # another rate for each head
    found = difference(one, other, ON, later, members=1)
    assert not found.same
    for witness in filter(None, (found.first, found.gains, found.loses)):
        for side, edition, on in ((witness.one, one, ON), (witness.other, other, later)):
            basis = edition.assess(witness.household, on).basis
            assert (side.programme, side.monthly_total) == (basis.outcome, basis.total)


CLAIMS = {
    "always: herd_size < large_herd": 3,
    "always: any(not animal.sold for animal in herd)": 0,
    "never_falls: balance\nwhen: {rises: acres}": 0,
    "independent: [granted]\nof: [litres]": 1,
}
"""Claims that fail, with the size of the smallest herd for which they do."""


def test_its_properties_are_proved() -> None:
    found = prove(POLICIES, members=3)
    assert [(one.id, one.status) for one in found.outcomes] == [
        ("large-farms", "proved"),
        ("more-land", "proved"),
    ]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_that_fails_is_refuted_by_the_smallest_farm(claim: str, tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path, dirs_exist_ok=True)
    text = f"property: wrong\ntitle: {{zh: 误, en: Wrong}}\n{claim}\nbasis: convention\n"
    (tmp_path / "properties" / "wrong.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        main, ["check", str(tmp_path), "--prove", "--property", "wrong", "--on", "2015-06-01", "--members", "3", "--format", "json"]
    )  # fmt: skip
    assert done.exit_code == 2
    (outcome,) = json.loads(done.stdout)["outcomes"]
    shown = outcome["shown"]
    assert (outcome["status"], len(shown["household"]["herd"])) == ("refuted", CLAIMS[claim])
    calculator = Calculator(policies=POLICIES, readings=shown["readings"])
    for farm, figures in (
        (shown["household"], shown["figures"]),
        (shown["changed"], shown["changed_figures"]),
    ):
        if farm is not None:
            told = json.loads(calculator.assess(farm, date.fromisoformat(shown["on"])).to_json(trace=False))
            assert {name: told[name] for name in figures} == figures


def test_a_change_that_no_example_notices_is_shown_by_a_farm(tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path, dirs_exist_ok=True)
    rule = tmp_path / "rules" / "land-levy.yaml"
    rule.write_text(rule.read_text(encoding="utf-8") + EXAMPLE.replace("AMOUNT", "0.63"), encoding="utf-8")
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        json.dumps({"farm": FARM, "on": "2015-06-01", "expect": {"herd_size": 1}}), encoding="utf-8"
    )
    found = mutate(tmp_path, cases=[cases], members=2, only=["figure"])
    statuses = {(Path(one.file).name, one.status) for one in found.outcomes}
    assert ("land-price.yaml", "noticed") in statuses
    assert found.survivors
    for one in found.survivors:
        assert one.witness is not None
        assert "herd" in one.witness.household
        assert one.witness.before != one.witness.after


QUESTIONS = {
    "explore": lambda: CALCULATOR.explore(PASTURE, ON),
    "margins": lambda: CALCULATOR.margins(PASTURE, ON),
    "schedule": lambda: CALCULATOR.schedule(PASTURE, None, ON),
    "why-not headage-grant": lambda: CALCULATOR.why_not(PASTURE, "headage-grant", ON),
    "assess --readings all": lambda: CALCULATOR.assess(PASTURE, ON, readings="all"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_command_gives_the_same_answer(question: str, tmp_path: Path) -> None:
    file = tmp_path / "farm.json"
    file.write_text(json.dumps(PASTURE), encoding="utf-8")
    command, *rest = question.split()
    options = [*rest, str(file), "--on", "2015-06-01", "--policies", str(POLICIES)]
    answer = QUESTIONS[question]()
    done = CliRunner().invoke(main, [command, *options, "--format", "json"])
    told = answer.to_json(trace=True) if command == "assess" else answer.to_json()
    assert (done.exit_code, json.loads(done.stdout)) == (0, json.loads(told))
    for lang, name in (("en", "Farm P"), ("zh", "农场 P")):
        done = CliRunner().invoke(main, [command, *options, "--lang", lang])
        assert done.stdout == answer.statement(lang)
        assert name in done.stdout


def test_the_command_compares_two_rulebooks() -> None:
    options = ["--on", "2015-06-01", "--other-on", "2021-01-01", "--members", "1", "--lang", "en"]
    done = CliRunner().invoke(
        main, ["difference", "--policies", str(POLICIES), "--other-policies", str(POLICIES), *options]
    )
    assert done.exit_code == 0
    assert done.stdout == difference(CALCULATOR, CALCULATOR, ON, date(2021, 1, 1), members=1).statement("en")


ASKED: dict[str, Callable[[Calculator, dict[str, Any]], Any]] = {
    "explore": lambda c, barn: c.explore({**barn, "size": "unknown"}, ON),
    "why_not": lambda c, barn: c.why_not(barn, "large", ON),
    "margins": lambda c, barn: c.margins(barn, ON),
    "schedule": lambda c, barn: c.schedule(barn, "/value", ON),
    "readings": lambda c, barn: c.assess(barn, ON, readings="all"),
    "difference": lambda c, _: difference(c, c, ON),
}


@pytest.mark.parametrize("asked", ASKED)
def test_without_a_declared_result_no_question_is_answered(asked: str, tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(RequestError, match="NO_RESULT"):
        ASKED[asked](Calculator(policies=tmp_path), {"id": "B", "size": 3, "value": 5})


SIZED = """
result: {outcome: kind, pays: fees, decisive: [due]}
"""
KIND = """
rule: kind
title: {zh: 类别, en: Kind}
value: "'big' if size >= least_size else 'little'"
basis: convention
confidence: high
"""
FEE = """
rule: fee
title: {zh: 费用, en: Fee}
list: fees
order: 10
when: kind == 'big'
value: max(0, value)
basis: convention
confidence: high
"""


@pytest.fixture
def sized(tmp_path: Path) -> Path:
    """A rulebook whose root contains nothing, with a result."""
    write(tmp_path)
    head = (
        (tmp_path / "rulebook.yaml")
        .read_text(encoding="utf-8")
        .replace("lists: {}", "lists: {fees: {title: {zh: 费, en: Fees}, total: due}}")
    )
    head = head.replace("figures: [due, large]", "figures: [kind, due, large]").replace(
        "[large, due]", "[kind, large, fees, due]"
    )
    (tmp_path / "rulebook.yaml").write_text(head + SIZED, encoding="utf-8")
    (tmp_path / "kind.yaml").write_text(KIND, encoding="utf-8")
    (tmp_path / "fee.yaml").write_text(FEE, encoding="utf-8")
    due = (tmp_path / "due.yaml").read_text(encoding="utf-8").replace("max(0, value)", "total(fees)")
    (tmp_path / "due.yaml").write_text(due, encoding="utf-8")
    (tmp_path / "codes.yaml").write_text(
        "codes: kind\ntitle: {zh: 类别, en: Kind}\nvalues:\n  big: {zh: 大, en: big}\n  little: {zh: 小, en: little}\n",
        encoding="utf-8",
    )
    (tmp_path / "least-size.yaml").write_text(
        "parameter: least-size\ntitle: {zh: 面积, en: Size}\ntype: number\nunit: metres\nvalues:\n"
        "  - {from: 2000-01-01, value: 30, confidence: high, cites: [{source: act, place: 第一条}]}\n", encoding="utf-8",
    )  # fmt: skip
    return tmp_path


def test_a_root_that_contains_nothing_is_asked_every_question(sized: Path) -> None:
    calculator, barn = Calculator(policies=sized), {"id": "B", "size": 29, "value": "-7.00"}
    found = calculator.explore({"id": "B", "size": "unknown", "value": "unknown"}, ON)
    assert (found.least.monthly_total, found.greatest.monthly_total) == (
        Decimal("0.00"),
        Decimal("20000000.99"),
    )
    assert found.programmes == ("big", "little")
    figure = calculator.margins(barn, ON).figures[0]
    assert (figure.path, figure.above and figure.above.at, figure.below) == ("/size", 30, None)
    pieces = calculator.schedule({**barn, "size": 30}, None, ON).pieces
    assert [(piece.start, piece.end, piece.rate) for piece in pieces] == [
        (Decimal("-100.00"), Decimal("0.00"), 0), (Decimal("0.01"), Decimal("20000000.99"), 1),
    ]  # fmt: skip
    assert calculator.why_not(barn, "big", ON).changes == ()
    assert calculator.assess(barn, ON, readings="all").agree
    assert difference(calculator, calculator, ON).same
    for one in mutate(sized, only=["figure"]).survivors:
        assert one.witness is not None
        assert set(one.witness.household) <= {"id", "size", "value"}


def test_without_an_amount_nothing_varies(sized: Path) -> None:
    with pytest.raises(RequestError, match="NO_AMOUNT"):
        Calculator(policies=sized).schedule({"id": "B", "size": 3}, None, ON)
