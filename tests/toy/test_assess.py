"""A rulebook about something else, through the calculator: read, checked, assessed and stated by its own declarations."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import shutil
import weakref
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, HouseholdError, PolicyError
from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.cli import main
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.javascript.module import module
from hongqiao_rules.rulebook.definitions import iso
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.rulebook.value_text import money
from tests.toy.farms import POLICIES, engine, farms, rulebook

ON, DAY = date(2015, 6, 1), 20150601
CALCULATOR = Calculator(policies=POLICIES)
FARM: dict[str, Any] = {
    "id": "F", "acres": 9, "founded": "2001-01-01", "rent": "10.00", "region": "coast",
    "herd": [
        {"id": "a", "species": "cow", "born": "2010-01-01", "price": "-3.50", "litres": 4},
        {"id": "b", "species": "cow", "born": "2014-01-01", "dam": "a", "treatments": [{"remedy": "salve", "cost": 3, "doses": 2}]},
    ],
}  # fmt: skip
BARN = {
    "rulebook.yaml": """
rulebook: barns
title: {zh: 谷仓, en: Barns}
version: "1"
root: barn
modelled_from: 2000-01-01
not_modelled: {zh: 未收录。, en: Not modelled.}
checked_to: 2029-12-31
checked_notice: {zh: 已核对。, en: Checked.}
figures: [due, large]
lists: {}
assessment: [large, due]
""",
    "sources.yaml": "sources: [{id: act, title: 谷仓法, english: Barn Act, issuer: 议会, seen: 虚构, copy_quality: official}]\n",
    "barn.yaml": """
entity: barn
title: {zh: 谷仓, en: Barn}
facts:
  id: {title: {zh: 编号, en: Id}, type: text, required: true}
  size: {title: {zh: 面积, en: Size}, type: number, unit: metres, least: 1, most: 900, required: true}
  value: {title: {zh: 价值, en: Value}, type: money, least: -100, most: 20000000, default: 0}
""",
    "due.yaml": "rule: due\ntitle: {zh: 应缴, en: Due}\nvalue: max(0, value)\nbasis: convention\nconfidence: high\n",
    "large.yaml": "rule: large\ntitle: {zh: 大, en: Large}\nvalue: size > 0\nbasis: convention\nconfidence: high\n",
}  # fmt: skip


def stated(facts: Facts) -> dict[str, Any]:
    """The farm of these facts as JSON, without what is not stated."""
    entities = rulebook().definitions.entities
    root = {
        n: plain(f, facts.root[n])
        for n, f in entities["farm"].facts.items()
        if n in facts.root and facts.root[n] is not None
    }
    herd: list[dict[str, Any]] = [{"id": f"a{number}"} for number in range(facts.count)]
    for name, fact in entities["animal"].facts.items():
        for animal, value in zip(herd, facts.each.get(name, ()), strict=False):
            if value is not None:
                animal[name] = plain(fact, value)
    for dam, young in enumerate(facts.children["dam"]):
        for number in young:
            herd[number]["dam"] = f"a{dam}"
    return {"id": "F", "herd": herd, **root}


@given(farms())
def test_a_farm_is_refused_or_assessed_as_the_direct_engine_finds(facts: Facts) -> None:
    value = stated(facts)
    try:
        assessment = CALCULATOR.assess(value, ON)
    except HouseholdError as error:
        refused = {fault.code for fault in error.faults}
    else:
        refused = set()
    declared = {code for rules in rulebook().definitions.inputs for code in rules.checks}
    assert refused <= declared | {"PARENT_OF_ITSELF", "BAD_NUMBER", "BAD_AMOUNT"}
    if refused:
        return
    run = engine(20120101, "farm", ()).run(assessment.basis.checked.facts, DAY)
    slots = engine(20120101, "farm", ()).slots
    for name, shown in assessment.figures.items():
        settled = run.state[slots["farm", name]]
        assert shown == (Decimal(settled) / 100 if isinstance(shown, Decimal) else settled) or iso(
            settled
        ) == str(shown)
    assert CALCULATOR.assess_json(json.dumps(value), ON) == assessment
    assert json.loads(assessment.to_json()) == json.loads(
        CALCULATOR.assess_json(json.dumps(value), ON).to_json()
    )


def test_its_answer_has_what_the_rulebook_declares() -> None:
    assessment = CALCULATOR.assess(FARM, ON)
    told = json.loads(assessment.to_json(trace=False))
    assert list(told)[:3] == ["farm", "on", "size_class"]
    assert told["farm"] == "F"
    assert dict(assessment.figures) == {
        "size_class": "small", "herd_size": 1, "granted": Decimal("7.17"), "balance": Decimal("6.54"),
        "all_well": True, "first_day": date(2001, 1, 1),
    }  # fmt: skip
    assert [(line.rule, line.amount) for line in assessment.lists["levies"]] == [
        ("land-levy", Decimal("0.63"))
    ]
    assert pickle.loads(pickle.dumps(assessment)) == assessment  # noqa: S301  # written above
    with pytest.raises(
        AttributeError, match="the rulebook pastura has no 'monthly_total'; see figures and lists"
    ):
        _ = assessment.monthly_total


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_its_statement_has_every_figure_in_both_languages(lang: str) -> None:
    text = CALCULATOR.assess(FARM, ON).statement(lang)
    definitions = rulebook().definitions
    assert text.startswith(definitions.head.title.say(lang) + "\n")
    for said in ("0.07 × 9 = 0.63", "6.54", "2001-01-01", "sha256:"):
        assert said in text
    for name in definitions.head.lists:
        assert definitions.head.lists[name].say(lang) in text or name == "checks"
    assert "None" not in text


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"acres": 5001}, ("BAD_NUMBER", "/acres")),
        ({"acres": True}, ("BAD_NUMBER", "/acres")),
        ({"rent": "100001"}, ("BAD_AMOUNT", "/rent")),
        ({"rent": "-0.01"}, ("BAD_AMOUNT", "/rent")),
        ({"rent": 1.5}, ("MONEY_AS_FLOAT", "/rent")),
        ({"region": "moon"}, ("UNKNOWN_CODE", "/region")),
        ({"crops": ["wheat"] * 6}, ("TOO_MANY", "/crops")),
        ({"herd": [{**FARM["herd"][0], "id": f"a{n}"} for n in range(201)]}, ("TOO_MANY", "/herd")),
        ({"members": []}, ("UNKNOWN_FIELD", "/members")),
        ({"herd": [{**FARM["herd"][0], "price": "-500.01"}]}, ("BAD_AMOUNT", "/herd/0/price")),
        ({"herd": [{**FARM["herd"][0], "price": "-0"}]}, ("BAD_AMOUNT", "/herd/0/price")),
        ({"herd": [{**FARM["herd"][0], "treatments": [{"remedy": "salve", "cost": "1", "doses": 10}]}]}, ("BAD_NUMBER", "/herd/0/treatments/0/doses")),
        ({"herd": [{**FARM["herd"][0], "dam": "c"}]}, ("PARENT_NOT_A_MEMBER", "/herd/0/dam")),
    ],
)  # fmt: skip
def test_what_its_vocabulary_does_not_allow_is_refused_at_its_place(
    change: dict[str, Any], refused: tuple[str, str]
) -> None:
    for way in (CALCULATOR.assess, lambda value, on: CALCULATOR.assess_json(json.dumps(value), on)):
        with pytest.raises(HouseholdError) as caught:
            way({**copy.deepcopy(FARM), **change}, ON)
        assert refused in [(fault.code, fault.path) for fault in caught.value.faults]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(HouseholdError) as caught:
        CALCULATOR.assess({**FARM, "acres": -1, "herd": [{"id": "a", "species": "cat"}]}, ON)
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [
        ("BAD_NUMBER", "/acres"), ("UNKNOWN_CODE", "/herd/0/species"), ("MISSING_FIELD", "/herd/0/born"),
    ]  # fmt: skip


EXAMPLE = """
examples:
  - title: {zh: 九英亩, en: Nine acres}
    on: 2015-06-01
    given: {id: F, acres: 9, founded: 2001-01-01, rent: 10, region: coast, herd: []}
    expect: {levies: [{rule: land-levy, amount: "AMOUNT"}], herd_size: 0}
"""


@pytest.mark.parametrize(("amount", "status"), [("0.63", 0), ("0.64", 2)])
def test_check_runs_the_examples_of_its_rules(amount: str, status: int, tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path, dirs_exist_ok=True)
    rule = tmp_path / "rules" / "land-levy.yaml"
    rule.write_text(rule.read_text(encoding="utf-8") + EXAMPLE.replace("AMOUNT", amount), encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path), "--lang", "en"])
    assert done.exit_code == status
    if status:
        assert "POLICY_EXAMPLE_FAILS" in done.stderr
        assert "land-levy.yaml" in done.stderr
    else:
        assert "the one example passes" in done.stdout


def test_the_command_assesses_by_its_policies(tmp_path: Path) -> None:
    file = tmp_path / "farm.json"
    file.write_text(json.dumps(FARM), encoding="utf-8")
    options = [str(file), "--on", "2015-06-01", "--policies", str(POLICIES)]
    done = CliRunner().invoke(main, ["assess", *options, "--format", "json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, json.loads(CALCULATOR.assess(FARM, ON).to_json()))
    done = CliRunner().invoke(main, ["assess", *options, "--lang", "en"])
    assert done.stdout == CALCULATOR.assess(FARM, ON).statement("en")


@pytest.fixture(scope="module")
def barns(tmp_path_factory: pytest.TempPathFactory) -> Calculator:
    folder = tmp_path_factory.mktemp("barns")
    write(folder)
    return Calculator(policies=folder)


def write(folder: Path) -> None:
    for name, text in BARN.items():
        (folder / name).write_text(text.lstrip("\n"), encoding="utf-8")


@given(st.integers(1, 900), st.integers(-10_000, 2_000_000_099))
def test_a_root_that_contains_nothing_is_assessed(barns: Calculator, size: int, fen: int) -> None:
    value = {"id": "B", "size": size, "value": money(fen)}
    for assessment in (barns.assess(value, ON), barns.assess_json(json.dumps(value), ON)):
        assert dict(assessment.figures) == {"large": True, "due": Decimal(max(0, fen)).scaleb(-2)}
        assert assessment.basis.checked.members == ()
    assert f"{money(max(0, fen))}\n" in assessment.statement("en")


def test_a_root_that_contains_nothing_is_refused_with_its_faults(barns: Calculator) -> None:
    with pytest.raises(HouseholdError) as caught:
        barns.assess({"id": "B", "size": 0, "value": "20000001", "herd": []}, ON)
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [
        ("BAD_NUMBER", "/size"), ("BAD_AMOUNT", "/value"), ("UNKNOWN_FIELD", "/herd"),
    ]  # fmt: skip


def test_a_fact_that_may_be_absent_needs_a_value(tmp_path: Path) -> None:
    """Else a rule would have nothing to add up, and a column would say zero."""
    write(tmp_path)
    fact = tmp_path / "barn.yaml"
    fact.write_text(fact.read_text(encoding="utf-8").replace(", default: 0}", "}"), encoding="utf-8")
    for use in (lambda: Calculator(policies=tmp_path), lambda: module(load([tmp_path]))):
        with pytest.raises(PolicyError) as caught:
            use()
        assert [(one.code, one.file, one.line) for one in caught.value.faults] == [
            ("POLICY_NEEDS_DEFAULT", str(fact), 6)
        ]


def test_nothing_keeps_a_rulebook_that_was_dropped(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="the extra population is not installed")
    from pyarrow import Table

    from hongqiao_rules.population import assess

    write(tmp_path)
    barn = {"id": "B", "size": 1, "value": "2.00"}
    calculator = Calculator(policies=tmp_path)
    assert calculator.assess(barn, ON).to_json()
    assert assess(Table.from_pylist([barn]), on=ON, calculator=calculator).rejects == ()
    kept = weakref.ref(calculator.rulebook)
    del calculator
    gc.collect()
    assert kept() is None
