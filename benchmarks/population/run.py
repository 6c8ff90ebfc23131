"""A population at once: hongqiao_rules beside C, NumPy, OpenFisca-Core, PolicyEngine-Core, Polars and DuckDB, in one run.

    python benchmarks/population/run.py [--rounds N] [--sizes 1000000 10000000] [--folder WHERE]

Makes an environment for each peer under ``benchmarks/.environments`` and a synthetic register of each size, checks that
all sides come to the same figures, and only then measures, in turns. Writes ``benchmarks/population/RESULT.md``.
It needs a C compiler (``cc``), about 24 GB of memory at ten million households in memory, and 2 GB of disk; ``large.py`` measures the memory of 100 million.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
ENVIRONMENTS = HERE.parent / ".environments"
PACKAGES = {
    "hongqiao": [f"{TOP}[population]"],
    "openfisca": ["OpenFisca-Core", "pyarrow"],
    "policyengine": ["policyengine-core", "pyarrow"],
    "frames": ["polars", "duckdb", "pyarrow", "numpy"],
}
"""Each environment with what is installed into it."""
MANY = 2_000_000
"""Up to so many households OpenFisca-Core and PolicyEngine-Core take part: more take minutes and all the memory (``alone.py``)."""

Times = dict[tuple[str, str], list[float]]


@cache
def python(side: str) -> str:
    """The interpreter of an environment, which is made where it is not there yet; what it needs is installed anew each run."""
    home = ENVIRONMENTS / side
    found = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not found.exists():
        venv.create(home, with_pip=True, clear=True)
    command = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES[side]]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return str(found)


class Side:
    """A worker process and what it answers."""

    def __init__(self, environment: str, worker: str, *arguments: object) -> None:
        command = [python(environment), str(HERE / f"{worker}_worker.py"), *map(str, arguments)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question: str) -> Any:
        """Send one question and wait for its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("a worker ended before it answered; its error stands above")
        return json.loads(line)


@contextmanager
def running(sides: dict[str, Side]) -> Iterator[dict[str, Side]]:
    """Workers that are ended when they are no longer needed."""
    try:
        yield sides
    finally:
        for side in sides.values():
            side.process.communicate()


def check(sides: dict[str, Side]) -> None:
    """End the run where two routes do not come to the same figures for every household."""
    answers = {
        (name, route): found for name, side in sides.items() for route, found in side.ask("check").items()
    }
    (first, expected), *others = answers.items()
    for route, found in others:
        if found != expected:
            names = [name for name in expected if found[name] != expected[name]]
            raise SystemExit(f"{route} and {first} differ in {', '.join(names)}")


def measured(sides: dict[str, Side], rounds: int) -> tuple[Times, dict[str, Any]]:
    """Seconds by side and route, each round every side by every route; and what the sides say of themselves."""
    check(sides)
    found: Times = {}
    for _ in range(rounds):
        for name, side in sides.items():
            for route, seconds in side.ask("time").items():
                found.setdefault((name, route), []).append(seconds)
    return found, {name: side.ask("about") for name, side in sides.items()}


def in_memory(register: Path, size: int, rounds: int) -> tuple[Times, dict[str, Any]]:
    """One core, the register in memory."""
    with tempfile.TemporaryDirectory() as folder:
        columns = Side("hongqiao", "columns", register, folder)
        columns.ask("about")  # once it answers, the columns are written
        sides = {"hongqiao": columns}
        if size <= MANY:
            for name in ("openfisca", "policyengine"):
                sides[name] = Side(name, "openfisca", folder, name, register)
        for name in ("polars", "duckdb"):
            sides[name] = Side("frames", "frames", register, name, 1)
        with running(sides):
            return measured(sides, rounds)


def from_file_to_file(register: Path, rounds: int) -> tuple[Times, dict[str, Any]]:
    """Two cores, Parquet to Parquet."""
    folder = register.parent
    sides = {"hongqiao": Side("hongqiao", "files", register, folder / "ours.parquet", 2)}
    for name in ("polars", "duckdb"):
        sides[name] = Side("frames", "frames", register, name, 2, folder / f"{name}.parquet")
    with running(sides):
        return measured(sides, rounds)


def from_end_to_end(register: Path, rounds: int) -> tuple[Times, dict[str, Any]]:
    """The whole job, from the register's file to a file of results, beside OpenFisca-Core and PolicyEngine-Core."""
    with tempfile.TemporaryDirectory() as folder:
        Side("hongqiao", "columns", register, folder).process.communicate()  # writes the lists of codes
        sides = {
            name: Side("hongqiao", "files", register, Path(folder, f"ours-{cores}.parquet"), cores)
            for name, cores in (("hongqiao", 2), ("one core", 1))
        }
        for name in ("openfisca", "policyengine"):
            sides[name] = Side(name, "openfisca", folder, name, register, Path(folder, f"{name}.parquet"))
        with running(sides):
            return measured(sides, rounds)


def compared(register: Path, rounds: int) -> float:
    """Seconds of the command ``population compare`` of two dates, from start to end, median."""
    command = [
        python("hongqiao"), "-m", "hongqiao_rules", "population", "compare", register, "--on", "2020-11-01",
        "--to-on", "2025-11-01", "--output", register.with_name("changes.parquet"),
    ]  # fmt: skip
    program = f"import subprocess, time; s = time.perf_counter(); subprocess.run({[str(c) for c in command]!r}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(time.perf_counter() - s)"
    outputs = [
        subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
        for _ in range(rounds)
    ]
    return median(map(float, outputs))


def cpu() -> str:
    """The name of the processor, where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0]}, {len(names)} cores" if names else platform.processor() or platform.machine()


def table(times: Times, about: dict[str, Any], base: tuple[str, str], size: int) -> str:
    """Medians and ratios as Markdown; the ratio is to the median of *base*."""
    medians = {key: median(found) for key, found in times.items()}
    rows = ["| | median s | million households/s | ratio |", "|---|---:|---:|---:|"]
    for (side, route), seconds in medians.items():
        name = (
            f"{about[side]['version']}, {route}" if route not in ("C loop", "NumPy") else f"{route}, by hand"
        )
        rows.append(
            f"| {name} | {seconds:.3f} | {size / seconds / 1e6:.2f} | {seconds / medians[base]:.2f} |"
        )
    return "\n".join(rows)


def synthesized(folder: Path, size: int) -> Path:
    """A register of that size, made where it is not there yet."""
    path = folder / f"{size}.parquet"
    if not path.exists():
        arguments = ["population", "synthesize", "--households", str(size), "--seed", "1", "--output", path]
        subprocess.run([python("hongqiao"), "-m", "hongqiao_rules", *arguments], check=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="turns of measuring (default 5)")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 10_000_000], help="households")
    parser.add_argument(
        "--files", type=int, default=10_000_000, help="households from file to file (default 10000000)"
    )
    parser.add_argument("--folder", type=Path, help="where registers are kept; by default nowhere")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        parts = []
        for size in asked.sizes:
            times, about = in_memory(synthesized(folder, size), size, asked.rounds)
            parts += [
                f"## In memory, {size:,} households, each on one core where nothing else is said",
                table(times, about, ("hongqiao", "engine"), size),
            ]
        size = asked.files
        times, about = from_file_to_file(synthesized(folder, size), max(3, asked.rounds // 2))
        parts += [
            f"## Parquet file to Parquet file, two cores, {size:,} households",
            table(times, about, ("hongqiao", "file to file"), size),
        ]
        size = min(asked.sizes)
        times, about = from_end_to_end(synthesized(folder, size), asked.rounds)
        parts += [
            f"## End to end, from file to file, beside OpenFisca and PolicyEngine, {size:,} households",
            table(times, about, ("hongqiao", "file to file"), size),
        ]
        seconds = compared(synthesized(folder, size), 3)
        parts += [
            "## `population compare` of two dates",
            f"The whole command, {size:,} households: {seconds:.1f} s (median of 3).",
        ]
    python_version = f"{platform.python_implementation()} {platform.python_version()}"
    day = date.today().isoformat()  # noqa: DTZ011  # the day where the benchmark runs
    text = HEAD.format(date=day, python=python_version, cpu=cpu()) + "\n\n".join(parts) + "\n" + NOTES
    (HERE / "RESULT.md").write_text(text, encoding="utf-8")
    print(text)


HEAD = """# A population at once

Written by `python benchmarks/population/run.py` on {date}, {python}, {cpu}. Medians of one run, taken in turns, each
right after a run that is not timed; on a shared or slow machine only the ratios say something. The register is synthetic (`population synthesize --seed 1`), the date
2020-11-01, the readings the default. For every household all sides came to the same programme, counted members, income,
four deductions, countable income, four benefits and total, to the fen.

"""
NOTES = """
Read with this in mind:

* **C loop, NumPy, engine**: the same columns, in chunks, ready in memory. The engine also works out per-capita income, the
  lines, the days of payment and the notices, which the others leave out. **table to table** is the whole way from Arrow to Arrow: every
  fault of every household is looked for, codes and amounts are read, 21 columns are written. **population.assess** is the same by
  the call that a program makes, which takes both cores and looks for ids that occur twice; OpenFisca-Core and PolicyEngine-Core
  have no such call and stay on one.
* **OpenFisca-Core, PolicyEngine-Core**: entities and inputs as whole arrays, 13 variables calculated. *Inputs ready*: the
  arrays are in its own form before; *columns given*: from our columns to that form too, without any check. Above two million
  households they do not take part here; `ALONE.md` has them at ten million.
* **Polars, DuckDB**: queries over the nested table, members one below the other; no check, 14 columns written. They know that
  in this register only applicants have children in school, so that no member is looked up by reference.
* **end to end**: OpenFisca-Core and PolicyEngine-Core are given the register's columns without any check, read by Arrow and turned into
  their form by NumPy, and write 14 columns; they know where in a household the applicant and a parent stand. Both run on one
  core whatever there is.
* **only reading and writing**: the columns of the register read and our results written by one thread, nothing worked out.
"""


if __name__ == "__main__":
    main()
