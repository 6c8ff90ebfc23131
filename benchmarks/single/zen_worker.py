"""ZEN's side of the benchmark; run in an environment that has ``zen-engine``."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import zen
from worker import ON, serve

RULES = Path(__file__).with_name("zen_rules.json")
DECISION = zen.ZenEngine().create_decision(RULES.read_text(encoding="utf-8"))


def evaluated(text: str) -> str:
    return json.dumps(DECISION.evaluate(json.loads(text))["result"])


def traced(text: str) -> str:
    return json.dumps(DECISION.evaluate(json.loads(text), {"trace": True}))


def prepare(household: dict) -> str:
    return json.dumps({"on": ON, **household})


def amounts(result: dict) -> dict[str, object]:
    found = {"programme": result["programme"], "counted_members": round(result["counted_members"])}
    for line in (*result["deductions"], *result["benefits"]):
        if line["amount"]:
            found[line["rule"]] = found.get(line["rule"], 0) + fen(line["amount"])
    return found | {name: fen(result[name]) for name in ("income", "countable_income", "monthly_total")}


def fen(amount: float) -> int:
    return round(amount * 100)


if __name__ == "__main__":
    serve(
        f"zen-engine {version('zen-engine')}",
        {"without trace": evaluated, "with trace": traced},
        prepare,
        amounts,
    )
