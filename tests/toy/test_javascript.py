"""The toy rulebook as JavaScript, run by Node: every operation of the language against the direct engine."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from jsonschema import ValidationError, validate

from hongqiao_rules import Calculator, HouseholdError, PolicyError
from hongqiao_rules.cli import main
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.direct.trace import TraceWriter
from hongqiao_rules.engines.javascript.module import bare
from hongqiao_rules.language.nodes import operations, walk
from hongqiao_rules.rulebook.load import load
from tests.toy.farms import POLICIES, engine, farms, rulebook, yyyymmdd
from tests.toy.test_assess import CALCULATOR, FARM, ON, stated, write
from tests.toy.test_engine import questions

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node on this machine")
ASK = """
import {evaluate} from "./toy.mjs";
import {createInterface} from "node:readline";
for await (const line of createInterface({input: process.stdin})) {
  const q = JSON.parse(line);
  console.log(JSON.stringify(evaluate(q.facts, q.on, q)));
}
"""
ASSESS = """
import {assess} from "./rules.mjs";
import {createInterface} from "node:readline";
for await (const line of createInterface({input: process.stdin})) {
  try { console.log(JSON.stringify(assess(JSON.parse(line), ON))); }
  catch (e) {
    if (!e.faults) throw e;
    console.log(JSON.stringify({faults: e.faults.map((f) => [f.code, f.path, f.say("en"), f.say("zh")])}));
  }
}
"""
CHANGES = [day for day in rulebook().change_dates() if day >= 20000101]


def facts_for_javascript(facts: Facts) -> dict[str, Any]:
    """The same facts with records as objects, and the entities' ids."""
    entities = rulebook().definitions.entities

    def value(entity: str, name: str, given: Any) -> Any:
        fields = list(entities[entity].facts[name].fields)
        return [dict(zip(fields, record, strict=True)) for record in given] if fields else given

    return {
        "root": {name: value("farm", name, given) for name, given in facts.root.items()},
        "ids": [f"animal {number}" for number in range(facts.count)],
        "each": {n: [value("animal", n, given) for given in column] for n, column in facts.each.items()},
        "children": {name: list(map(list, column)) for name, column in facts.children.items()},
    }


def expected(facts: Facts, day: int, readings: dict[str, str], overlays: tuple[str, ...]) -> dict[str, Any]:
    """What the direct engine comes to."""
    dated = rulebook().dated(day, readings, overlays)
    direct = engine(dated.start, readings["organic-unit"], overlays)
    run = direct.run(facts, day)
    ids = [json.dumps(f"animal {number}") for number in range(facts.count)]
    return {
        "conclusions": {c.name: run.state[direct.slots[c.entity, c.name]] for c in direct.dated.conclusions},
        "notices": [notice.code for notice in direct.notices(run)],
        "trace": json.loads(TraceWriter(direct).write(run, ids)),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("toy")
    (made / "toy.mjs").write_text(bare(rulebook()), encoding="utf-8")
    (made / "ask.mjs").write_text(ASK, encoding="utf-8")
    return made


def test_every_operation_is_in_it_and_comes_to_the_same(folder: Path) -> None:
    asked: list[dict[str, Any]] = []
    wanted: list[dict[str, Any]] = []

    @settings(suppress_health_check=list(HealthCheck), database=None, max_examples=30)
    @given(farms(), questions)
    def gather(facts: Facts, question: Any) -> None:
        readings, overlays = question
        for number, change in enumerate(CHANGES):
            if number % 3 != len(asked) % 3:
                continue
            day = yyyymmdd(date(change // 10000, change // 100 % 100, change % 100))
            over = overlays if 20100601 <= day <= 20221231 else ()
            stated = facts_for_javascript(facts)
            asked.append({"facts": stated, "on": day, "readings": readings, "overlays": list(over)})
            wanted.append(expected(facts, day, readings, over))

    gather()
    used = set()
    for day in CHANGES:
        for conclusion in rulebook().dated(day, {"organic-unit": "farm"}, ()).conclusions:
            for candidate in conclusion.candidates:
                for tree in (candidate.value, *candidate.conditions):
                    used |= {type(node) for node in walk(tree)}
    assert used == set(operations("dated"))
    lines = "\n".join(map(json.dumps, asked))
    done = subprocess.run(
        [str(NODE), "ask.mjs"], cwd=folder, input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(wanted) > 60
    for question, answer, right in zip(asked, answers, wanted, strict=True):
        assert answer == right, question


def test_what_javascript_cannot_hold_exactly_is_not_exported(tmp_path: Path) -> None:
    shutil.copytree(POLICIES, tmp_path, dirs_exist_ok=True)
    (tmp_path / "parameters" / "dear.yaml").write_text(
        "parameter: dear\ntitle: {zh: 甲, en: a}\ntype: money\nvalues:\n"
        "  - {from: 2000-01-01, value: 9999999999999, confidence: high, cites: [{source: pasture-act, place: 一}]}\n"
    )
    (tmp_path / "rules" / "dear.yaml").write_text(
        "rule: dear-grant\ntitle: {zh: 甲, en: a}\nlist: grants\norder: 90\nvalue: dear * herd_size\n"
        "basis: convention\nconfidence: high\n"
    )
    book = load([tmp_path])  # 64 bits hold it
    with pytest.raises(PolicyError) as caught:
        bare(book)
    assert {fault.code for fault in caught.value.faults} == {"POLICY_OVERFLOW"}
    assert str(2**53 - 1) in caught.value.faults[0].message


def exported(policies: Path, folder: Path) -> Path:
    """A folder with the module as the command writes it, and a script that assesses a line at a time."""
    done = CliRunner().invoke(
        main, ["export", "javascript", "--policies", str(policies), "--out", str(folder / "rules.mjs")]
    )
    assert done.exit_code == 0, done.output
    (folder / "assess.mjs").write_text(ASSESS.replace("ON)", f'"{ON}")'), encoding="utf-8")
    return folder


def agree(folder: Path, calculator: Calculator, values: list[dict[str, Any]]) -> int:
    """Hold the module to Python: the same assessments, or the same faults; return how many are refused."""
    lines = "\n".join(map(json.dumps, values))
    done = subprocess.run(
        [str(NODE), "assess.mjs"], cwd=folder, input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    refused = 0
    for value, answer in zip(values, answers, strict=True):
        try:
            right = json.loads(calculator.assess_json(json.dumps(value), ON).to_json())
        except HouseholdError as error:
            right = {"faults": [[f.code, f.path, f.say("en"), f.say("zh")] for f in error.faults]}
            refused += 1
        assert answer == right, value
    return refused


def test_its_module_assesses_and_refuses_as_python_does(tmp_path: Path) -> None:
    values: list[dict[str, Any]] = []

    @settings(suppress_health_check=list(HealthCheck), database=None, max_examples=60)
    @given(farms())
    def gather(facts: Facts) -> None:
        values.append(stated(facts))

    gather()
    cow = FARM["herd"][0]
    amounts = [
        "-500",
        "-500.01",
        "-0",
        "-0.0",
        "-.5",
        "--1",
        "-3.5",
        "9999.99",
        "10000",
        "00009",
        "0000000",
        -500,
        -501,
        1.5,
        -1.5,
        9999,
    ]
    values += [{**FARM, "herd": [{**cow, "price": amount}]} for amount in amounts]
    values += [{**FARM, "rent": amount} for amount in ("100000.99", "100001", -1, "-1", "", None, [], True)]
    values += [{**FARM, "acres": acres} for acres in (-1, 0, 5000, 5001, "9", True, 1.5, None, "unknown")]
    values += [{**FARM, "loans": [{"lender": "bank", "monthly": m}]} for m in ("20.50", 9999, 10000, "-1")]
    doses = [{"remedy": "salve", "cost": "1", "doses": doses} for doses in (0, 1, 9, 10)]
    values += [{**FARM, "herd": [{**cow, "treatments": [one]}]} for one in doses]
    values += [{**FARM, "herd": herd} for herd in ([], None, "x", [cow, cow], [{**cow, "cat": 1}], [None])]
    values += [{**FARM, "members": []}, {name: value for name, value in FARM.items() if name != "herd"}]
    refused = agree(exported(POLICIES, tmp_path), CALCULATOR, values)
    assert 30 < refused < len(values) - 10


def test_the_module_of_a_root_that_contains_nothing(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    write(policies)
    barns = Calculator(policies=policies)
    sizes = [{"id": "B", "size": size} for size in (0, 1, 900, 901, "1", None)]
    amounts = [
        "-100",
        "-100.01",
        "-0",
        "20000000.99",
        "20000001",
        20000000,
        -100,
        "0.5",
        "000000001",
        "00000001",
    ]
    values = [*sizes, *({"id": "B", "size": 1, "value": amount} for amount in amounts)]
    values += [{"id": "B", "size": 1, "herd": []}, {"size": 1}, {"id": "", "size": 1}, {}]
    assert agree(exported(policies, tmp_path), barns, values) == 12
    assert "evaluate" in bare(barns.rulebook)


@pytest.mark.parametrize(("name", "of"), [("household", "herd"), ("assessment", "granted")])
def test_the_schemas_are_those_of_its_vocabulary(name: str, of: str) -> None:
    done = CliRunner().invoke(main, ["schema", name, "--policies", str(POLICIES)])
    assert done.exit_code == 0, done.output
    schema = json.loads(done.stdout)
    assert of in schema["properties"]
    value = FARM if name == "household" else json.loads(CALCULATOR.assess(FARM, ON).to_json())
    validate(value, schema)
    with pytest.raises(ValidationError):
        validate({name: value for name, value in value.items() if name != of}, schema)


def test_schemas_that_are_of_no_rulebook_take_none() -> None:
    done = CliRunner().invoke(main, ["schema", "policy", "--policies", str(POLICIES)])
    assert (done.exit_code, done.stderr.split(":")[0]) == (2, "OPTIONS_APART")


def test_the_rulebook_as_json_has_its_entities() -> None:
    done = CliRunner().invoke(main, ["export", "json", "--policies", str(POLICIES)])
    assert done.exit_code == 0, done.output
    assert {"farm", "animal"} <= {entity["name"] for entity in json.loads(done.stdout)["entities"]}
