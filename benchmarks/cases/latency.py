"""How long a living case takes: an event recorded and the new decision read, by either engine, stored or not.

    python benchmarks/cases/latency.py [--write]

Everything is measured in one run, in turns, and given as medians; ``sum(range(1000))`` beside it tells how fast the
machine was meanwhile. Needs durable-rules.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from importlib.metadata import version
from pathlib import Path

from hongqiao_rules import Calculator
from hongqiao_rules.case.event_log import FileRecord, Record, SQLiteStore
from hongqiao_rules.case.living_case import Case

HERE = Path(__file__).parent
ROUNDS = 400
SINCE, ON = date(2019, 4, 1), date(2019, 5, 1)
HOUSEHOLD = {
    "id": "HQ",
    "members": [
        {"id": "mother", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed",
         "incomes": [{"kind": "wages", "monthly": "2700.00"}]},
        {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"},
        {"id": "gran", "relationship": "parent", "birth_date": "1950-09-01", "incomes": []},
    ],
}  # fmt: skip
HEAD = """# An event in a living case

Written by `python benchmarks/cases/latency.py --write` on {today}: {versions}, CPython {python}.

A household of three; an event (a wage, an illness, a school corrected, stated or withdrawn) recorded, and the new decision
read. All ways in turns in one run, all with the same answers. On a shared machine only the ratios say something;
`sum(range(1000))` took {yardstick:.1f} µs meanwhile.

| | median µs | 99th of 100 µs | ratio |
|---|---:|---:|---:|"""
WAGES = {"type": "income", "member": "mother", "kind": "wages"}
ILLNESS = {"type": "illness", "member": "gran", "illness": "uremia"}
SCHOOL = {"type": "schooling", "member": "son"}


def events() -> Iterator[dict]:
    """Events of one case for ever: a wage corrected, an illness that comes and goes, a school that is left and entered."""
    said = {"known": "2019-04-20", "since": "2019-04-01"}
    number = 7
    for turn in range(10**9):
        yield {"event": "corrected", "of": 4, **said, "fact": {**WAGES, "monthly": 2000 + turn % 900}}
        yield {"event": "stated", **said, "fact": ILLNESS}
        yield {"event": "withdrawn", "known": "2019-04-20", "of": number + 2}
        schooling = "none" if turn % 2 else "primary"
        yield {"event": "corrected", "of": 6, **said, "fact": {**SCHOOL, "schooling": schooling}}
        number += 4


def opened(calculator: Calculator, record: Record | None, *, inference: bool) -> Case:
    """A case with the household of three stated in it and decided once."""
    case = calculator.open_case("HQ", record=record, inference=inference)
    case.state(HOUSEHOLD, since=SINCE, known=date(2019, 4, 20))
    case.on(ON)
    return case


def measure() -> tuple[dict[str, list[float]], list[float]]:
    """Seconds of each way for each event, and of the yardstick."""
    calculator = Calculator()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stores = {
            name: SQLiteStore(folder / f"{name}.db", fsync=name == "fsync") for name in ("flushed", "fsync")
        }
        for store in stores.values():
            stack.callback(store.close)
        ways: dict[str, Case] = {
            "durable-rules, not stored": opened(calculator, None, inference=True),
            "durable-rules, file, flushed": opened(
                calculator, FileRecord(folder / "a", "HQ"), inference=True
            ),
            "durable-rules, SQLite, flushed": opened(
                calculator, stores["flushed"].record("HQ"), inference=True
            ),
            "durable-rules, file, fsync": opened(
                calculator, FileRecord(folder / "b", "HQ", fsync=True), inference=True
            ),
            "durable-rules, SQLite, fsync": opened(calculator, stores["fsync"].record("HQ"), inference=True),
            "replay by the direct engine, not stored": opened(calculator, None, inference=False),
        }
        took: dict[str, list[float]] = {name: [] for name in ways}
        told = {name: events() for name in ways}
        yard = []
        for _ in range(ROUNDS):
            yard.append(seconds(lambda: sum(range(1000))))
            for name, case in ways.items():
                event = next(told[name])
                took[name].append(seconds(lambda: (case.record(event), case.on(ON))))  # noqa: B023
            answers = {case.on(ON).to_json() for case in ways.values()}
            assert len(answers) == 1, "the ways differ"
        for case in ways.values():
            case.close()
        opening = "durable-rules: opened, seven events, decided, closed"
        took[opening] = [
            seconds(lambda: opened(calculator, None, inference=True).close()) for _ in range(ROUNDS // 2)
        ]
    return took, yard


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def report(took: dict[str, list[float]], yard: list[float]) -> str:
    """The result as Markdown."""
    first = statistics.median(next(iter(took.values())))
    versions = f"hongqiao_rules {version('hongqiao-rules')}, durable-rules {version('durable-rules')}"
    today, yardstick = date.today().isoformat(), statistics.median(yard) * 1e6  # noqa: DTZ011
    lines = [
        HEAD.format(today=today, versions=versions, python=platform.python_version(), yardstick=yardstick)
    ]
    for name, times in took.items():
        median, high = statistics.median(times), statistics.quantiles(times, n=100)[98]
        lines.append(f"| {name} | {median * 1e6:.0f} | {high * 1e6:.0f} | {median / first:.2f} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    text = report(*measure())
    print(text)
    if parser.parse_args().write:
        (HERE / "RESULT.md").write_text(text, encoding="utf-8")
