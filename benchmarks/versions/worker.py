"""One checkout's side of ``run.py``: time one part in a process of its own and print the median, in microseconds a unit.

    python worker.py PART REGISTER

Runs with the checkout first on ``PYTHONPATH``. Only public names are used, so that old and new checkouts can be compared.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter_ns
from typing import Any

from hongqiao_rules import Calculator

TOP = Path(__file__).resolve().parents[2]
ON, REGISTER_ON = date(2020, 10, 1), date(2020, 11, 1)
"""The day of the households; that of the register, on which none of its rows is refused."""


def texts() -> list[str]:
    """The JSON texts of 40 households of the tests that can be assessed on ``ON``."""
    lines = (TOP / "tests" / "cases" / "generated.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    window = [
        case for case in cases if "2020-09-01" <= case["on"] <= "2021-06-30" and "error" not in case["expect"]
    ]
    return [json.dumps(case["household"]) for case in window[:40]]


def single() -> list[float]:
    """JSON text to JSON text with trace, microseconds a household."""
    calculator, households = Calculator(), texts()

    def once(text: str) -> Any:
        return calculator.assess_json(text, on=ON).to_json()

    return [timed(lambda text=text: once(text)) for _ in range(60) for text in households]  # type: ignore[misc]


def population() -> list[float]:
    """Table to table in memory, microseconds a household."""
    import pyarrow.parquet as pq

    from hongqiao_rules.population import assess

    table, calculator = pq.read_table(sys.argv[2]), Calculator()
    return [
        timed(lambda: assess(table, on=REGISTER_ON, calculator=calculator)) / len(table) for _ in range(6)
    ][1:]


def symbolic() -> list[float]:
    """``explore`` of a household with two unknowns, microseconds."""
    calculator = Calculator()
    household = {
        "id": "two",
        "members": [
            {"id": "mother", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "unknown",
             "incomes": [{"kind": "wages", "monthly": "2000.00"}]},
            {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": "unknown"},
        ],
    }  # fmt: skip
    return [timed(lambda: calculator.explore(household, ON)) for _ in range(12)][2:]


def timed(run: Callable[[], Any]) -> float:
    """How long one call takes, microseconds."""
    start = perf_counter_ns()
    run()
    return (perf_counter_ns() - start) / 1000


if __name__ == "__main__":
    print(median({"single": single, "population": population, "symbolic": symbolic}[sys.argv[1]]()))
