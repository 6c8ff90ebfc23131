"""The exported JavaScript module beside JsonLogic, Publicodes and the library's own Python engine, in one run.

    python benchmarks/javascript/run.py [--rounds N]

Makes an environment for each under ``benchmarks/.environments`` (needs npm), checks that all come to the same totals, and
only then measures, in turns. Writes ``benchmarks/javascript/RESULT.md``.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
import venv
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
ENVIRONMENTS = HERE.parent / ".environments"
PEERS = ("json-logic-js@2", "publicodes@1")
ON = "2020-10-01"
WINDOW = ("2020-09-01", "2021-06-30")
"""Cases of these dates can be assessed on the benchmark's one date: the same figures are in force."""

SIDES = {
    "module, with trace": 50,
    "module, with trace, the README's two members": 50, "module, without trace": 50, "module, JSON text to JSON text": 25, "JsonLogic": 50,
    "Publicodes": 2,
}  # fmt: skip
"""The sides in JavaScript, each with how many passes over the households make a round."""

DIRECT = """
import gc, json, sys
from datetime import date
from time import perf_counter_ns
from hongqiao_rules import Calculator

asked = json.loads(sys.stdin.readline())
calculator, on = Calculator(), date.fromisoformat(asked["on"])
work = {
    "Python, with trace": lambda h: calculator.assess(h, on=on).trace,
    "Python, without trace": lambda h: calculator.assess(h, on=on),
    "calibration": lambda _: sum(range(1000)),
}
made = [calculator.assess(household, on=on) for household in asked["households"]]
count = lambda a, rule: sum(line.rule == rule for line in a.deductions + a.benefits)
facts = [{
    "income": int(a.income * 100), "persons": a.counted_members,
    "widowed": count(a, "widowed-single-parent-deduction") > 0, "divorced": count(a, "divorced-single-parent-deduction") > 0,
    "diseases": count(a, "listed-disease-deduction"), "disabilities": count(a, "severe-disability-deduction"),
    "elders": count(a, "elder-supplement"), "orphans": count(a, "orphan-student-supplement"),
    "category": count(a, "low-income-relief") > 0,
} for a in made]
print(json.dumps({"totals": [int(a.monthly_total * 100) for a in made], "facts": facts}), flush=True)
for line in sys.stdin:
    side = work[line.strip()]
    gc.collect()
    start = perf_counter_ns()
    for household in asked["households"]:
        side(household)
    print((perf_counter_ns() - start) / len(asked["households"]), flush=True)
"""


class Side:
    """A worker process that answers line by line."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, line: str | None = None) -> Any:
        """Send *line*, if there is one, and wait for an answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if line is not None:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("a worker ended before it answered; its error stands above")
        return json.loads(answer)


def households() -> list[dict[str, Any]]:
    """The households of three members of the tests' cases."""
    cases = [
        json.loads(line)
        for name in ("worked", "generated")
        for line in (TOP / "tests" / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = [case["household"] for case in cases if WINDOW[0] <= case["on"] <= WINDOW[1]]
    return [household for household in found if len(household["members"]) == 3]


def interpreter() -> str:
    """Python with the checkout installed."""
    home = ENVIRONMENTS / "hongqiao"
    found = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not found.exists():
        venv.create(home, with_pip=True, clear=True)
    subprocess.run([found, "-m", "pip", "install", "-q", str(TOP)], check=True, stdout=sys.stderr)
    return str(found)


def packages(python: str) -> Path:
    """A folder with the peers, the worker and the module, written anew."""
    npm, folder = shutil.which("npm"), ENVIRONMENTS / "javascript"
    if npm is None:
        raise SystemExit("this benchmark needs Node and npm")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true, "type": "module"}\n', encoding="utf-8")
    subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", *PEERS],
        cwd=folder,
        check=True,
        stdout=sys.stderr,
    )
    shutil.copy(HERE / "worker.mjs", folder)
    shutil.copy(TOP / "docs" / "examples" / "widowed.json", folder)
    out = str(folder / "rules.mjs")
    subprocess.run([python, "-m", "hongqiao_rules", "export", "javascript", "--out", out], check=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=60, help="turns of measuring (default 60)")
    rounds = parser.parse_args().rounds
    python = interpreter()
    folder = packages(python)
    stated = households()
    asked = {"on": ON, "households": stated}
    python_side = Side([python, "-c", DIRECT], folder)
    direct = python_side.ask(json.dumps(asked))
    (folder / "questions.json").write_text(json.dumps({**asked, "facts": direct["facts"]}), encoding="utf-8")
    sides = {name: Side(["node", "worker.mjs", "questions.json", name], folder) for name in SIDES}
    for name, side in sides.items():
        first = side.ask()
        node = first["node"]
        if first["totals"] != direct["totals"]:
            raise SystemExit(f"{name} comes to {first['totals']}, the direct engine to {direct['totals']}")
    found: dict[str, list[float]] = {}
    for number in range(rounds + 20):
        taken = {name: side.ask(str(SIDES[name])) for name, side in sides.items()}
        taken |= {
            name: python_side.ask(name)
            for name in ("Python, with trace", "Python, without trace", "calibration")
        }
        if number >= 20:  # the first rounds only warm up
            for name, nanos in taken.items():
                found.setdefault(name, []).append(nanos / 1000)
    for side in (python_side, *sides.values()):
        side.process.communicate()
    times = {name: (median(each), min(each)) for name, each in found.items()}
    text = report(times, node, versions(folder), len(stated), (folder / "rules.mjs").stat().st_size)
    (HERE / "RESULT.md").write_text(text, encoding="utf-8")
    print(text)


def versions(folder: Path) -> dict[str, str]:
    """The versions of the peers."""
    names = {"JsonLogic": "json-logic-js", "Publicodes": "publicodes"}
    found = {
        side: json.loads((folder / "node_modules" / name / "package.json").read_text(encoding="utf-8"))[
            "version"
        ]
        for side, name in names.items()
    }
    return {side: f"{names[side]} {version}" for side, version in found.items()}


def report(
    times: dict[str, tuple[float, float]], node: str, named: dict[str, str], several: int, size: int
) -> str:
    """The result as Markdown."""
    calibration, base = times.pop("calibration"), times["module, with trace"]
    rows = [
        f"| {named.get(side, side)} | {middle:.1f} | {middle / base[0]:.2f} | {least:.1f} |"
        for side, (middle, least) in times.items()
    ]
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    cpu = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )
    return TEMPLATE.format(
        date=date.today().isoformat(),  # noqa: DTZ011  # the day where the benchmark runs
        node=node, python=platform.python_version(), cpu=cpu, several=several, size=f"{size:,}",
        calibration=f"{calibration[0]:.1f}", rows="\n".join(rows),
    )  # fmt: skip


TEMPLATE = """# The exported module in JavaScript

Written by `python benchmarks/javascript/run.py` on {date}: Node {node}, CPython {python}, {cpu}. Medians of one run, taken
in turns, each side in a process of its own; on a shared or slow machine only the ratios say something. `sum(range(1000))` in Python took {calibration} µs meanwhile
(about 11.5 µs when this machine is undisturbed).

The module has {size} bytes. All came to the same total, to the fen, for the {several} households of three members of the
tests' cases under the default readings on 2020-10-01.

| | median µs a household | ratio | best round |
|---|---:|---:|---:|
{rows}

Read with this in mind:

* **module**: `assess(household, on)` of a parsed household: every fault is looked for, and the result has amounts, notices, what
  was assumed, the citations and, with trace, each rule and member with what it looked at. The receipt is worked out when it
  is read, and is not in these figures.
* **Python**: `Calculator().assess(household, on=…)` of the same mapping, and its `trace` read.
* **JsonLogic** and **Publicodes** work out a smaller question: deductions, programme and total from nine facts of the household
  (how many listed diseases, whether widowed …) that were counted before, which is not timed. They check nothing and cite
  nothing. Publicodes is made for conversations, in which one answer changes at a time: it explains each node and
  reads each answer as an expression, which is what most of its time goes to.
"""

if __name__ == "__main__":
    main()
