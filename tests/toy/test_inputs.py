"""The input checks and derived defaults of an invented jurisdiction: one file is what every engine refuses and takes by."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pydantic import BaseModel, ConfigDict

from hongqiao_rules.decision.outcome import Compiled
from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.javascript.module import module
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine
from hongqiao_rules.engines.symbolic.symbolic_facts import known
from hongqiao_rules.household.facts_reader import FactsReader
from hongqiao_rules.population.read.household_columns import Reader
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.input_rules import TAKEN, about, taking
from hongqiao_rules.rulebook.load import Rulebook, load
from hongqiao_rules.rulebook.value_text import quote
from tests.toy.farms import POLICIES, READINGS, rulebook

NODE, DAY, ON = shutil.which("node"), 20150601, "2015-06-01"
ASK = """
import {check, assess} from "./toy.mjs";
import {readFileSync} from "node:fs";
const farm = JSON.parse(readFileSync(0, "utf8")), faults = check(farm, "2015-06-01");
const said = faults.map((fault) => [fault.code, fault.path, fault.say("en")]);
console.log(JSON.stringify([said, faults.length ? null : assess(farm, "2015-06-01")]));
"""
CHECK = """
checks: animal
figures:
  wide:
    {title: {zh: 大农场, en: A wide farm}, value: 100, unit: acres, because: {zh: 惯例。, en: A convention.}}
refused:
  GOAT_IN_HILLS:
    at: pasture
    when: species == 'goat' and pasture == 'hills' and full_years(born, on) < grown_age and acres < wide
    message: {zh: "幼羊{id}不得上山。", en: "The kid {id} is not let into the hills."}
"""
DEFAULT = """
checks: animal
defaults:
  pasture: {when: species == 'cow' and not organic, value: "'coast'"}
refused:
  COW_ON_COAST:
    at: species
    when: species == 'cow' and pasture == 'coast' and rent == 0
    message: {zh: 牛不得上岸。, en: A cow on the coast pays rent.}
"""


class Farm(BaseModel):
    """Any farm; what it may be is declared in the policies."""

    model_config = ConfigDict(extra="allow")


def farm(*herd: dict[str, Any], **own: Any) -> dict[str, Any]:
    animals = [{"id": f"a{n}", "species": "cow", "born": "2010-01-01", **one} for n, one in enumerate(herd)]
    given = {"id": "F", "acres": 9, "founded": "2001-01-01", "rent": "10.00", "region": "coast"}
    return {**given, **own, "herd": animals}


def added(folder: Path, text: str) -> Rulebook:
    shutil.copytree(POLICIES, folder / "policies")
    (folder / "policies" / "vocabulary" / "checks" / "added.yaml").write_text(text, encoding="utf-8")
    return load([folder / "policies"])


@cache
def reader(book: Rulebook) -> FactsReader[Farm]:
    return FactsReader(book, Farm)


def facts(book: Rulebook, value: dict[str, Any]) -> Facts:
    """The facts of a farm that a check refuses, with its derived defaults and what was not stated."""
    found = reader(book).facts(Farm(**value), DAY)
    each: dict[str, Any] = dict(found.each)
    for entity, name in book.inputs(DAY).needed:
        assert entity == "animal"
        each[absent(name)] = [name not in one for one in value["herd"]]
    return found._replace(each=each)


def conclusions(book: Rulebook, value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Whether each check refuses: by the direct engine, by terms of Z3, and by inference."""
    dated, given = book.inputs(DAY).singly(), facts(book, value)
    direct = DirectEngine(dated)
    state = direct.run(given, DAY).state
    yield {c.name: state[direct.slots[c.entity, c.name]] for c in dated.conclusions}
    symbols = SymbolicEngine(dated).symbols(known(given, book.inputs(DAY).definitions.entities, "farm"), DAY)
    yield {
        c.name: symbols.value(c.name, None)
        if c.entity == "farm"
        else [symbols.value(c.name, n) for n in range(given.count)]
        for c in dated.conclusions
    }
    try:
        from hongqiao_rules.engines.inference.inference_engine import Inference
    except ImportError:  # durable-rules is absent
        return
    state = Inference(direct).open().run(given, DAY).state
    yield {c.name: state[direct.slots[c.entity, c.name]] for c in dated.conclusions}


def marked(book: Rulebook, value: dict[str, Any]) -> bool:
    """Whether the columns mark a farm, the second of two."""
    own, one = (dict.fromkeys(book.definitions.entities[name].facts) for name in ("farm", "animal"))
    farms = [farm({}, id="E"), value]
    rows = [own | each | {"herd": [one | animal for animal in each["herd"]]} for each in farms]
    found = Reader(book).read(pa.Table.from_pylist(rows).combine_chunks().to_batches()[0], DAY).marked
    assert found is None or not found[0]
    return found is not None and bool(found[1])


def javascript(book: Rulebook, value: dict[str, Any], folder: Path) -> Any:
    """The faults under Node, and the assessment."""
    (folder / "toy.mjs").write_text(module(book), encoding="utf-8")
    (folder / "ask.mjs").write_text(ASK, encoding="utf-8")
    done = subprocess.run(
        [str(NODE), "ask.mjs"],
        cwd=folder,
        input=json.dumps(value),
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refuse(book: Rulebook, value: dict[str, Any], folder: Path, *expected: tuple[str, str, str]) -> None:
    """Assert that every engine refuses a farm by these codes, and that those that tell places tell these."""
    assert reader(book).at_first_sight(value, DAY) is None
    faults = [(fault.code, fault.path, fault.message) for fault in reader(book).faults(value, DAY)]
    assert faults == list(expected)
    assert marked(book, value)
    for found in conclusions(book, value):
        holding = {code for code, held in found.items() if held is True or (held and True in held)}
        assert holding == {code for code, _, _ in expected}
    if NODE is not None:
        assert javascript(book, value, folder)[0] == [list(fault) for fault in expected]


def accept(book: Rulebook, value: dict[str, Any], folder: Path, assumed: set[str]) -> None:
    """Assert that every engine accepts a farm, and that these fields and no other derived ones were taken."""
    found = reader(book).at_first_sight(value, DAY)
    assert found is not None
    assert list(reader(book).faults(value, DAY)) == []
    derived = {default.definition.fact for default in book.inputs(DAY).defaults}
    assert {path for path in found.assumed if path.rpartition("/")[2] in derived} == assumed
    assert not marked(book, value)
    for holding in conclusions(book, value):
        assert not any(held is True or (held and True in held) for held in holding.values())
    if NODE is not None:
        faults, assessment = javascript(book, value, folder)
        assert faults == []
        assert assessment["assumed"] == list(found.assumed)
        compiled = Compiled(book, book.dated(DAY, READINGS[0], ()), (), book.fields)
        run = compiled.engine.run(found.facts, DAY)
        ordered, others, _ = compiled.write(run.state, [*map(quote, found.members)])
        for name, shown in json.loads(f"{{{ordered[1:]}{others}}}").items():
            assert assessment[name] == shown, name


SHEEP = {"species": "sheep", "pasture": "plains"}
REFUSED = {
    "needs": (farm(SHEEP, {"species": "sheep"}), "PASTURE_NEEDED", "/herd/1/pasture", "The pasture of a sheep is needed."),
    "a derived default": (
        farm({"litres": 3, "pasture": "hills"}), "MILK_IN_HILLS", "/herd/0/litres",
        "The animal a0 gives no milk in the hills on 2015-06-01.",
    ),
    "at most one": (
        farm({**SHEEP, "price": "700"}, SHEEP, {**SHEEP, "price": "800"}), "SEVERAL_RAMS", "/herd/2/species",
        "There is one before.",
    ),
    "a pair": (
        farm({}, {"born": "2011-01-01"}, {"dam": "a0"}, {"dam": "a1"}), "DAM_YOUNGER", "/herd/3/dam",
        "The dam a1 is younger than its young.",
    ),
    "the root": (farm(organic=True, acres=0), "ORGANIC_WITHOUT_LAND", "/organic", "There is no land."),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_each_form_of_check_refuses_at_every_door(case: str, tmp_path: Path) -> None:
    value, code, path, message = REFUSED[case]
    refuse(rulebook(), value, tmp_path, (code, path, message))


def test_a_check_of_all_refuses_each_in_the_order_of_the_document(tmp_path: Path) -> None:
    geese = ({"species": "goose"} for _ in range(3))
    said = [("TOO_MANY_GEESE", f"/herd/{n}/species", "There are too many geese.") for n in (0, 2, 3)]
    first, *others = geese
    refuse(rulebook(), farm(first, {}, *others), tmp_path, *said)
    accept(rulebook(), farm(first, {}, others[0]), tmp_path, set())


def test_derived_defaults_are_taken_where_their_condition_holds(tmp_path: Path) -> None:
    milk = {"litres": 3}
    accept(
        rulebook(),
        farm(milk, {**milk, "sold": True}, {**milk, "shelter": "hills"}),
        tmp_path,
        {"/herd/0/shelter"},
    )
    dam, kid = ({"species": "goat", "born": born} for born in ("2009-01-01", "2012-01-01"))
    old = {"species": "goat", "born": "2001-01-01"}
    taken = farm({}, {**dam, "price": "700", "dam": "a0", "born": "2010-01-01"}, kid, old)
    accept(rulebook(), taken, tmp_path, {"/herd/2/dam"})
    named = [*facts(rulebook(), taken).children["dam"]]
    assert named == [[1], [2], [], []]


def test_a_check_added_in_one_file_holds_at_every_door(tmp_path: Path) -> None:
    book = added(tmp_path, CHECK)
    kid = {"species": "goat", "born": "2014-01-01", "pasture": "hills"}
    said = ("GOAT_IN_HILLS", "/herd/1/pasture", "The kid a1 is not let into the hills.")
    refuse(book, farm({}, kid), tmp_path, said)
    accept(rulebook(), farm({}, {**kid, "dam": "a0"}), tmp_path, set())  # without the file
    for right in (
        farm({}, {**kid, "dam": "a0"}, acres=100),
        farm({}, {**kid, "born": "2012-06-01", "dam": "a0"}),
    ):
        accept(book, right, tmp_path, set())


def test_a_derived_default_added_in_one_file_holds_at_every_door(tmp_path: Path) -> None:
    book = added(tmp_path, DEFAULT)
    said = ("COW_ON_COAST", "/herd/0/species", "A cow on the coast pays rent.")
    refuse(book, farm({}, rent="0"), tmp_path, said)
    accept(book, farm({}), tmp_path, {"/herd/0/pasture"})
    accept(rulebook(), farm({}, rent="0"), tmp_path, set())  # without the file
    for right in (farm({}, rent="0", organic=True), farm({"pasture": "hills"}, rent="0")):
        accept(book, right, tmp_path, set())


def test_a_check_is_passed_over_where_what_it_reads_cannot_be_read(tmp_path: Path) -> None:
    book = added(tmp_path, CHECK)
    kid = {"species": "goat", "born": "2014-02-30", "pasture": "hills"}
    assert list(reader(book).faults(farm(kid), DAY)) == []
    if NODE is not None:
        found = javascript(book, farm(kid), tmp_path)[0]
        assert [(code, path) for code, path, _ in found] == [("BAD_DATE", "/herd/0/born")]


def test_where_a_default_is_taken_is_a_conclusion_of_every_engine(tmp_path: Path) -> None:
    book = added(tmp_path, DEFAULT)
    (default,) = (one for one in book.inputs(DAY).defaults if one.definition.fact == "pasture")
    dated, given = book.inputs(DAY).of(taking(default)), facts(book, farm({}, {"species": "goose"}))
    name, direct = TAKEN.format("pasture"), DirectEngine(dated)
    assert direct.run(given, DAY).state[direct.slots["animal", name]] == [True, False]
    symbols = SymbolicEngine(dated).symbols(known(given, book.inputs(DAY).definitions.entities, "farm"), DAY)
    assert [symbols.value(name, n) for n in range(2)] == [True, False]


def test_every_form_is_in_the_toy() -> None:
    checks = rulebook().input_rules.checks
    assert {one.definition.form for one in checks} >= {"when", "needs", "at_most_one"}
    assert {about(one, "farm") for one in checks} == {"farm", "animal"}
    assert any(one.relation for one in checks)
    assert {one.names is None for one in rulebook().input_rules.defaults} == {True, False}


def test_a_check_that_one_is_there_refuses_a_farm_without_any(tmp_path: Path) -> None:
    text = "checks: animal\nrefused:\n  NO_COW:\n    at_least_one: species == 'cow'\n    message: {zh: 无牛。, en: No cow.}\n"
    book = added(tmp_path, text)
    for herd in ((), (SHEEP,)):
        refuse(book, farm(*herd), tmp_path, ("NO_COW", "/herd", "No cow."))
    accept(book, farm(SHEEP, {}), tmp_path, set())
