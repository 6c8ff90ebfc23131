"""How long the questions about one household take: five members with four unknowns, and its neighbours.

    python benchmarks/symbolic/explore.py

Prints medians of several runs in one process, after a first that is told apart (it loads Z3 and compiles the rules).
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from hongqiao_rules import Calculator

ON = date(2019, 5, 1)
RUNS = 15


def household(**unknown: str) -> dict[str, Any]:
    """Five members; *unknown* names what is not known."""

    def said(name: str, value: Any) -> Any:
        return unknown.get(name, value)

    return {
        "id": "five",
        "members": [
            {"id": "mother", "relationship": "applicant", "birth_date": "1978-03-02",
             "marital_status": said("status", "widowed"),
             "incomes": [{"kind": "wages", "monthly": said("wages", "2000.00")}]},
            {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": said("school", "primary")},
            {"id": "grandmother", "relationship": "parent", "birth_date": said("born", "1955-01-01"),
             "incomes": [{"kind": "pension", "monthly": "800.00"}], "illnesses": said("ill", []),
             "disabilities": said("disabled", [])},
            {"id": "daughter", "relationship": "child", "birth_date": "2012-09-01", "schooling": "primary"},
            {"id": "uncle", "relationship": "sibling", "birth_date": "1980-09-01", "incomes": said("incomes", [])},
        ],
    }  # fmt: skip


def unknown(*names: str) -> dict[str, Any]:
    """The household with some of its facts unknown."""
    return household(**dict.fromkeys(names, "unknown"))


def main() -> None:
    """Measure every question and print a table."""
    calculator = Calculator()
    whole = household()
    questions: list[tuple[str, Callable[[], Any]]] = [
        ("explore: status, wages, schooling, birth date",
         lambda: calculator.explore(unknown("status", "wages", "school", "born"), ON)),
        ("explore: status, schooling, illnesses, disabilities",
         lambda: calculator.explore(unknown("status", "school", "ill", "disabled"), ON)),
        ("explore: wages, a list of incomes, birth date, illnesses",
         lambda: calculator.explore(unknown("wages", "incomes", "born", "ill"), ON)),
        ("explore: seven unknowns",
         lambda: calculator.explore(unknown("status", "wages", "school", "born", "ill", "disabled", "incomes"), ON)),
        ("why_not: low_income", lambda: calculator.why_not(whole, "low_income", ON)),
        ("margins", lambda: calculator.margins(whole, ON)),
        ("schedule", lambda: calculator.schedule(whole, "incomes of mother", ON)),
        ("assess, every reading", lambda: calculator.assess(whole, ON, readings="all")),
    ]  # fmt: skip
    print(f"CPython {platform.python_version()}, z3 {_z3()}, {platform.machine()}")
    for name, ask in questions:
        times = []
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            ask()
            times.append(1000 * (time.perf_counter() - start))
        print(
            f"{name:60} median {statistics.median(times[1:]):6.0f} ms, worst {max(times[1:]):6.0f} ms, first {times[0]:6.0f} ms"
        )


def _z3() -> str:
    import z3

    return str(z3.get_version_string())


if __name__ == "__main__":
    main()
