"""Compare the speed of two checkouts of this project, part by part, in alternating pairs.

    python benchmarks/versions/run.py OTHER [--pairs 11] [--part NAME]... [--write]

OTHER is a checkout of the older version. Each pair runs both sides, each in a process of its own, the older one first in
every second pair. Reported is the ratio new/old of each pair: its median, least and greatest. ``--write`` writes
``RESULT.md``. Needs the extras ``population`` and ``proofs``, and Node for the part ``javascript``.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
PARTS = {
    "single": "one household, JSON text to JSON text with trace",
    "population": "200,000 households, table to table in memory",
    "javascript": "one household in Node, with trace",
    "symbolic": "`explore`, two members and two unknowns",
}


def measured(checkout: Path, part: str, register: Path) -> float:
    """The median of one process of one checkout, microseconds."""
    if part == "javascript":
        cases = TOP / "tests" / "cases" / "generated.jsonl"
        command = [
            "node",
            str(HERE / "worker.mjs"),
            str(checkout / "docs" / "assets" / "rules.mjs"),
            str(cases),
        ]
    else:
        command = [sys.executable, str(HERE / "worker.py"), part, str(register)]
    environment = {**os.environ, "PYTHONPATH": str(checkout)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Measure, print and, where asked for, write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("other", type=Path)
    parser.add_argument("--pairs", type=int, default=11)
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.parquet"
        make = [
            "population",
            "synthesize",
            "--households",
            "200000",
            "--seed",
            "1",
            "--output",
            str(register),
        ]
        subprocess.run(
            [sys.executable, "-m", "hongqiao_rules", *make], cwd=TOP, check=True, stdout=subprocess.DEVNULL
        )
        for part in wanted.part or PARTS:
            old, new = [], []
            for pair in range(wanted.pairs):
                sides = [(wanted.other.resolve(), old), (TOP, new)]
                for checkout, times in sides if pair % 2 else sides[::-1]:
                    times.append(measured(checkout, part, register))
            ratios = [after / before for before, after in zip(old, new, strict=True)]
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
            rows.append(
                f"| {PARTS[part]} | {median(old):.4g} | {median(new):.4g} | {median(ratios):.3f} | {spread} |"
            )
            print(rows[-1], flush=True)
    if wanted.write:
        (HERE / "RESULT.md").write_text(report(wanted.other, wanted.pairs, rows), encoding="utf-8")


def report(other: Path, pairs: int, rows: list[str]) -> str:
    """The result as a page."""
    commits = [
        subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=at, capture_output=True, text=True, check=True
        ).stdout
        for at in (other, TOP)
    ]
    head = (
        f"Written by `python benchmarks/versions/run.py OTHER --write` on {date.today().isoformat()}: "  # noqa: DTZ011
        f"{commits[0].strip()} (old) against {commits[1].strip()} (new), CPython {platform.python_version()}, "
        f"{pairs} alternating pairs of processes."
    )
    table = [
        "| | old, µs | new, µs | median ratio | least and greatest ratio |",
        "|---|---:|---:|---:|---|",
        *rows,
    ]
    return "\n".join(["# Two versions side by side", "", head, "", *table, ""])


if __name__ == "__main__":
    main()
