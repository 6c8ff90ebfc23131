"""Worked and generated households: every one to the fen, the text forms with them."""

import json
from datetime import date
from typing import Any

import pytest

from hongqiao_rules import Calculator
from tests.oracle import answer
from tests.places import TESTS

CASES = [
    json.loads(line)
    for name in ("worked", "generated")
    for line in (TESTS / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["household"]["id"])
def test_case(case: dict[str, Any]) -> None:
    calculator = Calculator(readings=case["readings"], overlays=case["overlays"])
    on = date.fromisoformat(case["on"])
    assessment = calculator.assess_json(json.dumps(case["household"]), on=on)
    came = json.loads(assessment.to_json(trace=False))
    assert {name: came[name] for name in case["expect"]} == case["expect"]
    total = case["expect"]["monthly_total"]
    for lang in ("zh", "en"):
        statement = assessment.statement(lang)  # type: ignore[arg-type]
        assert total in statement or not case["expect"]["benefits"]
        assert all(line["amount"] in statement for line in case["expect"]["benefits"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["household"]["id"])
def test_the_rules_worked_by_hand_agree_with_the_case(case: dict[str, Any]) -> None:
    """What the other tests compare with is itself held to the cases."""
    found = answer(
        case["household"], date.fromisoformat(case["on"]), case["readings"], tuple(case["overlays"])
    )
    assert found.programme == case["expect"]["programme"]
    assert f"{found.total // 100}.{found.total % 100:02}" == case["expect"]["monthly_total"]
