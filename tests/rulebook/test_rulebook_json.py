"""The rulebook as one JSON document: it fits its schema, and evaluated by itself it comes to what the engine does."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from hongqiao_rules import Assessment, Calculator
from hongqiao_rules.cli import main
from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.errors import HouseholdError
from hongqiao_rules.household.facts_reader import FactsReader
from hongqiao_rules.household.models import Household
from hongqiao_rules.rulebook.export.rulebook_json import document
from hongqiao_rules.rulebook.load import Rulebook, bundled_rulebook, load
from hongqiao_rules.schemas import schema
from hongqiao_rules.testing import Question, questions
from tests.toy.farms import engine as toy_engine
from tests.toy.farms import farms, rulebook
from tests.toy.test_engine import CHANGES
from tests.toy.test_engine import questions as toy_questions

Document = dict[str, Any]


@cache
def printed() -> Document:
    """What the command prints."""
    result = CliRunner().invoke(main, ["export", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@cache
def toy() -> Document:
    """That of the toy, as it is read back."""
    made: Document = json.loads(json.dumps(document(rulebook())))
    return made


@pytest.mark.parametrize("name", ["households", "standards", "toy"])
def test_the_document_fits_its_schema(name: str) -> None:
    made = {
        "households": lambda: json.loads(json.dumps(printed())),
        "standards": lambda: document(load(part="standards")),
        "toy": lambda: document(rulebook()),
    }[name]()
    validator = Draft202012Validator(json.loads(schema("rulebook")))
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(made)))] == []
    made["rules"][0]["versions"][0]["value"]["tree"]["op"] = "perhaps"
    assert not validator.is_valid(made)


def test_every_figure_is_in_it() -> None:
    standards = next(p for p in printed()["parameters"] if p["id"] == "dibao-standard")
    told = [(v["from"], v["value"]) for v in standards["values"]]
    assert ("2016-04-01", "780.00") in told
    assert ("2025-09-01", "1045.00") in told
    assert len(told) == len(bundled_rulebook().definitions.parameters[None, "dibao-standard"].values)
    cited = {c["source"] for rule in printed()["rules"] for c in rule["citations"]}
    assert cited <= {source["id"] for source in printed()["sources"]}
    assert printed()["digest"] == bundled_rulebook().digest


def test_the_fields_of_an_assessment_and_the_result_are_in_it() -> None:
    told = json.loads(bundled_assessment().to_json())
    shown = [name for name in told if name in printed()["assessment"]]
    assert shown == printed()["assessment"]
    assert printed()["for_display"] == ["per_capita_income"]
    assert (printed()["result"]["outcome"], printed()["result"]["total"]) == ("programme", "monthly_total")
    assert printed()["lists"]["benefits"]["total"] == "monthly_total"
    lines = {r["id"]: r["threshold_of"] for r in printed()["rules"] if r["threshold_of"]}
    assert lines == {"dibao-line": "countable_income", "low-income-line": "countable_income"}
    for name in printed()["lists"]:
        rules = [r for r in printed()["rules"] if r["list"] == name and r["overlay"] is None]
        in_order = [r["id"] for r in sorted(rules, key=lambda r: (r["order"], r["id"]))]
        given_ = list(dict.fromkeys(entry["rule"] for entry in told[name]))
        assert given_ == [rule for rule in in_order if rule in given_]


def bundled_assessment() -> Assessment:
    one = {"id": "a", "relationship": "applicant", "birth_date": "1950-01-01", "marital_status": "widowed"}
    return Calculator().assess(
        {"id": "H", "members": [{**one, "incomes": [], "illnesses": ["uremia"]}]}, date(2019, 5, 1)
    )


@given(farms())
@settings(max_examples=60)
def test_checks_evaluated_from_the_document_refuse_the_same(facts: Facts) -> None:
    """Checks that read only stated facts: no default is taken, and nothing is absent."""
    day = date(2015, 6, 1)
    always = {"from": "0001-01-01", "to": None}
    figures = [
        {**f, "overlay": None, "values": [{**always, "value": f["value"]}]} for f in toy()["input_figures"]
    ]
    book = {**toy(), "parameters": [*toy()["parameters"], *figures]}
    reader = Reader(book, day, {}, (), facts)
    singly = DirectEngine(rulebook().inputs(20150601).singly())
    checks = [c for c in toy()["checks"] if c["form"] == "when"]
    assert checks
    for check in checks:
        conclusion = next(c for c in singly.dated.conclusions if c.name == check["code"])
        engine = DirectEngine(rulebook().inputs(20150601).of([conclusion]))
        state = engine.run(facts, 20150601).state
        tree = check["condition"]["tree"]
        mine = (
            reader.of(tree, {})
            if check["entity"] == "farm"
            else [reader.of(tree, {0: n}) for n in range(facts.count)]
        )
        assert mine == state[engine.slots[conclusion.entity, conclusion.name]], check["code"]


def test_the_standards_are_not_a_module_of_households() -> None:
    result = CliRunner().invoke(main, ["export", "javascript", "--part", "standards"])
    assert result.exit_code == 2
    assert "OPTIONS_APART" in result.output


# --- a reader that knows nothing but the document ---------------------------------------------------------------


def amount(kind: str, value: Any) -> Any:
    """A value of the document as a number: fen, a fraction, yyyymmdd."""
    if kind == "money":
        return Fraction(value) * 100
    if kind == "share":
        return Fraction(value[:-1]) / 100 if value.endswith("%") else Fraction(value)
    if kind == "date":
        return int(value.replace("-", ""))
    return value


def within(item: Any, day: str) -> bool:
    return item["from"] <= day and (item["to"] is None or day <= item["to"])


class Reader:
    """Evaluates one set of facts from a document."""

    def __init__(
        self, book: Document, day: date, readings: dict[str, str], overlays: tuple[str, ...], facts: Facts
    ) -> None:
        self.day, self.on, self.facts, self.overlays = day, day.isoformat(), facts, overlays
        self.chosen = {r["id"]: readings.get(r["id"], r["default"]) for r in book["readings"]}

        def ours(table: str) -> list[Any]:
            return [item for item in book[table] if item["overlay"] is None or item["overlay"] in overlays]

        self.parameters = {
            p["name"]: p for p in sorted(ours("parameters"), key=lambda p: p["overlay"] is not None)
        }
        self.rules = {(r["overlay"], r["id"]): r for r in ours("rules")}
        self.types = {(e["name"], f["name"]): f for e in book["entities"] for f in e["facts"]}
        self.root = book["root"]
        order = next(c["order"] for c in book["conclusions"] if c["overlays"] == list(overlays))
        self.lists: dict[str, list[str]] = {}
        self.known: dict[str, Any] = {}
        for conclusion in order:
            versions = [
                (number, version)
                for number, rule in enumerate(conclusion["rules"])
                for version in self.rules[rule["overlay"], rule["rule"]]["versions"]
                if within(version, self.on)
                and all(self.chosen[name.replace("_", "-")] in may for name, may in version["under"].items())
            ]
            if not versions:
                continue
            if conclusion["list"] is not None:
                self.lists.setdefault(conclusion["list"], []).append(conclusion["name"])
            about = versions[0][1]["about"]
            self.known[conclusion["name"]] = (
                self.settle(versions, conclusion["type"]["kind"], {})
                if about == self.root
                else [self.settle(versions, conclusion["type"]["kind"], {0: n}) for n in range(facts.count)]
            )

    def settle(self, versions: list[Any], kind: str, at: dict[int, Any]) -> Any:
        for _, version in versions:
            if all(self.of(condition["tree"], at) for condition in version["conditions"]):
                value = self.of(version["value"]["tree"], at)
                return value if version["rounding"] is None else to_step(value, version["rounding"])
        return False if kind == "truth" else 0

    def of(self, tree: Any, at: dict[int, Any]) -> Any:
        return getattr(self, "op_" + tree["op"])(tree, at)

    def op_constant(self, tree: Any, _: Any) -> Any:
        return amount(tree["type"]["kind"], tree["value"])

    def op_parameter(self, tree: Any, _: Any) -> Any:
        found = self.parameters[tree["name"]]
        value = next(v["value"] for v in found["values"] if within(v, self.on))
        return amount(found["type"]["kind"], value)

    def op_reading(self, tree: Any, _: Any) -> Any:
        return self.chosen[tree["name"].replace("_", "-")]

    def op_total(self, tree: Any, _: Any) -> Any:
        values = [self.known[name] for name in self.lists.get(tree["name"], [])]
        return sum(sum(value) if isinstance(value, list) else value for value in values)

    def op_read(self, tree: Any, at: Any) -> Any:
        name = tree["name"]
        if (tree["entity"], name) in self.types:
            found = (
                self.facts.root[name]
                if tree["variable"] is None
                else self.facts.each[name][at[tree["variable"]]]
            )
            fields = [f["name"] for f in self.types[tree["entity"], name]["fields"]]
            return [dict(zip(fields, record, strict=True)) for record in found] if fields else found
        if name not in self.known:  # nothing settles it today
            return False if tree["type"]["kind"] == "truth" else 0
        return self.known[name] if tree["variable"] is None else self.known[name][at[tree["variable"]]]

    def op_assessment_date(self, _tree: Any, _: Any) -> Any:
        return int(self.on.replace("-", ""))

    def op_element(self, tree: Any, at: Any) -> Any:
        item = at[tree["variable"]]
        return item if tree["field_name"] is None else item[tree["field_name"]]

    def op_add(self, tree: Any, at: Any) -> Any:
        return self.of(tree["left"], at) + self.of(tree["right"], at)

    def op_subtract(self, tree: Any, at: Any) -> Any:
        return self.of(tree["left"], at) - self.of(tree["right"], at)

    def op_multiply(self, tree: Any, at: Any) -> Any:
        return self.of(tree["left"], at) * self.of(tree["right"], at)

    def op_divide(self, tree: Any, at: Any) -> Any:
        return Fraction(self.of(tree["left"], at)) / self.of(tree["right"], at)

    def op_compare(self, tree: Any, at: Any) -> bool:
        one, other = self.of(tree["left"], at), self.of(tree["right"], at)
        return {
            "==": lambda: one == other, "!=": lambda: one != other, "<": lambda: one < other,
            "<=": lambda: one <= other, ">": lambda: one > other, ">=": lambda: one >= other,
        }[tree["operator"]]()  # fmt: skip

    def op_and(self, tree: Any, at: Any) -> bool:
        return all(self.of(part, at) for part in tree["parts"])

    def op_or(self, tree: Any, at: Any) -> bool:
        return any(self.of(part, at) for part in tree["parts"])

    def op_not(self, tree: Any, at: Any) -> bool:
        return not self.of(tree["part"], at)

    def op_if(self, tree: Any, at: Any) -> Any:
        return self.of(tree["then" if self.of(tree["condition"], at) else "otherwise"], at)

    def op_least(self, tree: Any, at: Any) -> Any:
        return min(self.of(part, at) for part in tree["parts"])

    def op_greatest(self, tree: Any, at: Any) -> Any:
        return max(self.of(part, at) for part in tree["parts"])

    def op_contains(self, tree: Any, at: Any) -> bool:
        return self.of(tree["item"], at) in self.of(tree["collection"], at)

    def op_full_years(self, tree: Any, at: Any) -> int:
        one, other = self.of(tree["start"], at), self.of(tree["end"], at)
        return other // 10000 - one // 10000 - (other % 10000 < one % 10000)

    def op_all_of(self, _tree: Any, _at: Any) -> Any:
        return range(self.facts.count)

    def op_children_of(self, tree: Any, at: Any) -> Any:
        return self.facts.children[tree["relation"]][at[tree["variable"]]]

    def op_aggregate(self, tree: Any, at: Any) -> Any:
        inside = [{**at, tree["variable"]: item} for item in self.of(tree["domain"], at)]
        kept = [here for here in inside if tree["where"] is None or self.of(tree["where"], here)]
        if tree["fold"] == "count":
            return len(kept)
        fold: Callable[[Any], Any] = {
            "any": any, "all": all, "sum": sum, "largest": lambda values: max(values, default=0),
        }[tree["fold"]]  # fmt: skip
        return fold([self.of(tree["body"], here) for here in kept])


def to_step(value: Any, rounding: Any) -> Fraction:
    steps = abs(Fraction(value)) / rounding["step"]
    whole = {"up": ceil(steps), "down": floor(steps), "half-up": floor(steps + Fraction(1, 2))}[
        rounding["way"]
    ]
    return Fraction(whole * rounding["step"] * (1 if value >= 0 else -1))


def agree(engine: DirectEngine, facts: Facts, day: date, reader: Reader) -> None:
    run = engine.run(facts, day.year * 10000 + day.month * 100 + day.day)
    found = {c.name: run.state[engine.slots[c.entity, c.name]] for c in engine.dated.conclusions}
    assert reader.known == found


@given(questions())
@settings(max_examples=60)
def test_households_evaluated_from_the_document_come_to_the_same(question: Question) -> None:
    book: Rulebook = bundled_rulebook()
    day = question.on.year * 10000 + question.on.month * 100 + question.on.day
    chosen = {**{r.id: r.default for r in book.definitions.readings.values()}, **question.readings}
    overlays = tuple(question.overlays)
    try:
        household = Household.model_validate(question.household)
    except HouseholdError:
        return
    facts = FactsReader(book, Household).facts(household, day)
    engine = DirectEngine(book.dated(day, chosen, overlays))
    agree(engine, facts, question.on, Reader(printed(), question.on, question.readings, overlays, facts))


@given(farms(), toy_questions)
@settings(max_examples=15)
def test_every_operation_evaluated_from_the_document_comes_to_the_same(facts: Facts, question: Any) -> None:
    readings, overlays = question
    book = toy()
    for change in CHANGES:
        if change < date(2000, 1, 1):
            continue
        over = overlays if date(2010, 6, 1) <= change <= date(2022, 12, 31) else ()
        day = change.year * 10000 + change.month * 100 + change.day
        engine = toy_engine(rulebook().dated(day, readings, over).start, readings["organic-unit"], over)
        agree(engine, facts, change, Reader(book, change, readings, over, facts))
