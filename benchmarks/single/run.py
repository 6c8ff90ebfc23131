"""One household, JSON text in, JSON text out: hongqiao_rules beside OpenFisca-Core and ZEN, in one run.

    python benchmarks/single/run.py [--rounds N]

Makes an environment for each under ``benchmarks/.environments``, gives all three the same rules and households, checks
that they come to the same amounts, and only then measures, in turns. Writes ``benchmarks/single/RESULT.md``.
"""

from __future__ import annotations

import argparse
import json
import platform
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
SIDES = {"hongqiao": str(TOP), "openfisca": "OpenFisca-Core", "zen": "zen-engine"}
"""Each side with what is installed into its environment; its worker is ``<side>_worker.py``."""

WINDOW = ("2020-09-01", "2021-06-30")
"""Cases of these dates can be assessed on the benchmark's one date: the same figures are in force."""

STATEMENTS = {
    "import pydantic": "import pydantic",
    "import hongqiao_rules": "import hongqiao_rules",
    "load() after it: the bundled rulebook ready": "from hongqiao_rules.rulebook.load import load; load()",
    "import pydantic, its BaseModel too": "from pydantic import BaseModel",
    "import Calculator, and make one": "from hongqiao_rules import Calculator; Calculator()",
}
"""Timed in fresh processes; ``hongqiao_rules`` itself is imported before those that need it, outside the timing."""

OPENED = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import hongqiao_rules
print([path for path in opened if "policies" in path])
"""


def python(side: str) -> str:
    """The interpreter of a side's environment, which is made where it is not there yet."""
    home = ENVIRONMENTS / side
    found = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not found.exists():
        venv.create(home, with_pip=True, clear=True)
    options = ["install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([found, "-m", "pip", *options, SIDES[side]], check=True, stdout=sys.stderr)
    return str(found)


class Side:
    """A worker process and what it answers."""

    def __init__(self, name: str, interpreter: str) -> None:
        command = [interpreter, str(HERE / f"{name}_worker.py")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, **question: Any) -> Any:
        """Send one question and wait for its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a worker ended before it answered; its error stands above")
        return json.loads(line)

    def end(self) -> None:
        """Close its input and wait until it ends."""
        self.process.communicate()


def households() -> list[dict[str, Any]]:
    """The households of the tests' cases, those of three first."""
    cases = [
        json.loads(line)
        for name in ("worked", "generated")
        for line in (TOP / "tests" / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    found = [case["household"] for case in cases if WINDOW[0] <= case["on"] <= WINDOW[1]]
    return sorted(found, key=lambda household: len(household["members"]) != 3)


def check(sides: dict[str, Side], stated: list[dict[str, Any]]) -> None:
    """End the run where the sides do not come to the same amounts for every household."""
    answers = {name: side.ask(households=stated) for name, side in sides.items()}
    for number, household in enumerate(stated):
        given = {name: answer[number] for name, answer in answers.items()}
        if any(one != given["hongqiao"] for one in given.values()):
            raise SystemExit(f"household {household['id']}: the sides differ: {json.dumps(given, indent=1)}")


def measure(sides: dict[str, Side], several: int, rounds: int) -> dict[tuple[str, str], list[int]]:
    """Nanoseconds by side and route: each round, every side takes every household once by every route."""
    found: dict[tuple[str, str], list[int]] = {}
    for number in range(rounds + 5):
        for name, side in sides.items():
            for route, times in side.ask(time=several).items():
                if number >= 5:  # the first rounds only warm up
                    found.setdefault((name, route), []).extend(times)
    return found


def imports(interpreter: str, rounds: int) -> dict[str, float]:
    """Milliseconds of each statement in a fresh process, medians of *rounds* turns."""
    found: dict[str, list[float]] = {name: [] for name in STATEMENTS}
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            before = "import hongqiao_rules" if name.startswith("load") else "pass"
            clock = "from time import perf_counter as now"
            program = f"{clock}\n{before}\nstart = now()\n{statement}\nprint((now() - start) * 1000)"
            found[name].append(float(output(interpreter, program)))
    return {name: median(times) for name, times in found.items()}


def output(interpreter: str, program: str) -> str:
    """What a program prints that is run outside the checkout, so that the installed package is imported."""
    command = [interpreter, "-c", program]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=ENVIRONMENTS
    ).stdout.strip()


def cpu() -> str:
    """The name of the processor, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.processor() or platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=60, help="turns of measuring (default 60)")
    rounds = parser.parse_args().rounds
    interpreters = {name: python(name) for name in SIDES}
    opened = output(interpreters["hongqiao"], OPENED)
    if opened != "[]":
        raise SystemExit(f"the import opened policy files: {opened}")
    sides = {name: Side(name, interpreter) for name, interpreter in interpreters.items()}
    stated = households()
    of_three = sum(len(household["members"]) == 3 for household in stated)
    check(sides, stated)
    times = {key: median(found) / 1000 for key, found in measure(sides, of_three, rounds).items()}
    about = {name: side.ask() for name, side in sides.items()}
    for side in sides.values():
        side.end()
    text = report(times, about, imports(interpreters["hongqiao"], max(5, rounds // 4)), len(stated), of_three)
    (HERE / "RESULT.md").write_text(text, encoding="utf-8")
    print(text)


def report(
    times: dict[tuple[str, str], float],
    about: dict[str, Any],
    starts: dict[str, float],
    checked: int,
    of_three: int,
) -> str:
    """The result as Markdown."""
    base = times["hongqiao", "with trace"]
    routes = [
        f"| {about[side]['version']}, {route} | {micros:.0f} | {micros / base:.2f} | {size:,} |"
        for side in SIDES
        for route, size in zip(("without trace", "with trace"), about[side]["bytes"], strict=True)
        for micros in (times[side, route],)
    ]
    calibration = median(value for (_, route), value in times.items() if route == "calibration")
    pydantic = starts["import pydantic"]
    fresh = [f"| {name} | {millis:.1f} | {millis / pydantic:.2f} |" for name, millis in starts.items()]
    return TEMPLATE.format(
        date=date.today().isoformat(),  # noqa: DTZ011  # the day where the benchmark runs
        python=f"{platform.python_implementation()} {platform.python_version()}",
        cpu=cpu(), checked=checked, of_three=of_three, calibration=f"{calibration:.1f}",
        routes="\n".join(routes), fresh="\n".join(fresh),
    )  # fmt: skip


TEMPLATE = """# One household at a time

Written by `python benchmarks/single/run.py` on {date}, {python}, {cpu}. Medians of one run, taken in turns; on a shared
or slow machine only the ratios say something. `sum(range(1000))` took {calibration} µs meanwhile.

All three came to the same programme and amounts, to the fen, for {checked} households of the tests' cases under the
default readings on 2020-10-01; measured are the {of_three} of them that have three members.

## JSON text in, JSON text out

| | median µs | ratio | bytes out |
|---|---:|---:|---:|
{routes}

Read with this in mind:

* **hongqiao_rules**: `Calculator().assess_json(text, on=…).to_json()`: every fault of a household is looked for, and the
  result has notices, what was assumed and a receipt; with trace, also each rule and member with what it looked at, and the
  citations. ("Without trace" is `to_json(trace=False)`.)
* **OpenFisca-Core**: `SimulationBuilder().build_from_entities(…)` of the parsed JSON, `calculate` for 13 variables,
  `json.dumps`; with trace, `simulation.trace = True` and the flat trace beside. It is made for many households at once, and
  one at a time is its weak side. The household was brought into its own form before (not timed): amounts in whole fen,
  illnesses as counts. It takes no fault of a household but wrong names and types.
* **ZEN**: `json.loads`, `decision.evaluate(…)` of a decision model with expressions and two decision tables, `json.dumps`;
  with trace, `{{"trace": True}}`, which keeps the whole context of every node. It takes the contract's household as it is and
  checks nothing in it. The engine is compiled from Rust, its numbers are decimal, but reach Python as floats.

## Starting

Milliseconds in a fresh process, as a ratio of `import pydantic` alone. The import of the package opened no policy file.

| | median ms | ratio |
|---|---:|---:|
{fresh}
"""


if __name__ == "__main__":
    main()
