"""The figures and lists of an invented jurisdiction: JSON, schema and types come from its own declarations."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given

from hongqiao_rules.decision.assessment_document import assessment_document
from hongqiao_rules.decision.outcome import Compiled
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.javascript.module import types
from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.definitions import Result, iso
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.rulebook.value_text import money
from tests.toy.farms import READINGS, farms, rulebook

ORDERED = [
    "size_class",
    "herd_size",
    "checks",
    "grants",
    "granted",
    "levies",
    "balance",
    "all_well",
    "first_day",
]
OTHERS = ["shortages"]
DAY = 20150601


@given(farms())
def test_its_figures_and_lists_are_written_in_its_order(facts: Facts) -> None:
    book = rulebook()
    compiled = Compiled(book, book.dated(DAY, READINGS[0], ()), (), book.fields)
    run = compiled.engine.run(facts, DAY)
    ids = [json.dumps(f"animal {number}") for number in range(facts.count)]
    lists = {name: compiled.lines(run, name) for name in compiled.listed}
    ordered, others, rules = compiled.write(run.state, ids)
    assert set(rules) == {rule for lines in lists.values() for rule, _, _ in lines}
    came: dict[str, Any] = json.loads(f"{{{ordered[1:]}}}")
    assert list(came) == ORDERED
    assert list(json.loads(f"{{{others[1:]}}}")) == OTHERS
    shown = {name: run.state[compiled.figures[name]] for name in ORDERED if name not in lists}
    assert {name: came[name] for name in shown} == {
        **shown,
        "balance": money(shown["balance"]),
        "granted": money(shown["granted"]),
        "first_day": iso(shown["first_day"]),
    }
    for name, lines in lists.items():
        of = (came | json.loads(f"{{{others[1:]}}}"))[name]
        assert [(e["rule"], e["member"]) for e in of] == [
            (rule, None if number is None else f"animal {number}") for rule, number, _ in lines
        ]
    assert [entry["amount"] for entry in came["grants"]] == [money(fen) for _, _, fen in lists["grants"]]


def test_its_result_is_found_by_declaration() -> None:
    assert rulebook().fields.result == Result(
        "size_class", "grants", "granted", None, ("balance",), ("herd_size", "levies")
    )
    with pytest.raises(RequestError) as refused:
        _ = load(part="standards").fields.result
    assert refused.value.code == "NO_RESULT"


def test_its_schema_and_types_have_its_fields() -> None:
    schema = assessment_document(rulebook().fields).model_json_schema(mode="serialization")
    names = list(schema["properties"])
    assert names[:2] == ["farm", "on"]
    assert names[2:11] == ORDERED
    assert schema["properties"]["size_class"]["enum"] == ["small", "medium", "large"]
    assert schema["properties"]["all_well"]["type"] == "boolean"
    declared = re.findall(r"^  (\w+): (.+);$", types(rulebook().fields), re.MULTILINE)
    assert [name for name, _ in declared if name in (*ORDERED, *OTHERS)] == [*ORDERED, *OTHERS]
    assert dict(declared)["all_well"] == "boolean"
    assert dict(declared)["first_day"] == "Day"
