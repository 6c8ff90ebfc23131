"""hongqiao_rules' side of the benchmark; run in an environment into which the checkout was installed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from importlib.metadata import version

from worker import ON, serve

from hongqiao_rules import Calculator

CALCULATOR, DAY = Calculator(), date.fromisoformat(ON)


def with_trace(text: str) -> str:
    return CALCULATOR.assess_json(text, on=DAY).to_json()


def without_trace(text: str) -> str:
    return CALCULATOR.assess_json(text, on=DAY).to_json(trace=False)


def amounts(result: dict) -> dict[str, object]:
    found: dict[str, object] = {
        "programme": result["programme"],
        "counted_members": result["counted_members"],
    }
    for line in (*result["deductions"], *result["benefits"]):
        found[line["rule"]] = found.get(line["rule"], 0) + fen(line["amount"])
    return found | {name: fen(result[name]) for name in ("income", "countable_income", "monthly_total")}


def fen(amount: str) -> int:
    return int(Decimal(amount) * 100)


if __name__ == "__main__":
    name = f"hongqiao_rules {version('hongqiao-rules')}"
    routes = {"without trace": without_trace, "with trace": with_trace}
    serve(name, routes, json.dumps, amounts)
