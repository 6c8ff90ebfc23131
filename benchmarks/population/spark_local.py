"""What `mapInArrow` costs: the same register by one process and by Spark in local mode, on one core and on two.

    python benchmarks/population/spark_local.py [--rounds N] [--size 1000000] [--folder WHERE]

Needs Java; makes the rest itself, as ``run.py`` does, and checks the figures first. Writes ``SPARK.md`` beside it.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from datetime import date
from pathlib import Path

from run import HERE, PACKAGES, TOP, Side, cpu, measured, running, synthesized, table

PACKAGES["spark"] = [f"{TOP}[population,spark]"]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="turns of measuring (default 3)")
    parser.add_argument("--size", type=int, default=1_000_000, help="households (default 1000000)")
    parser.add_argument("--folder", type=Path, help="where the register is kept; by default nowhere")
    asked = parser.parse_args()
    parts = []
    with tempfile.TemporaryDirectory() as temporary:
        register = synthesized(asked.folder or Path(temporary), asked.size)
        for cores in (1, 2):
            sides = {
                side: Side(side, worker, register, Path(temporary, f"{side}.parquet"), cores)
                for side, worker in (("hongqiao", "files"), ("spark", "spark"))
            }
            with running(sides):
                times, about = measured(sides, asked.rounds)
            times = {key: found for key, found in times.items() if "only" not in key[1]}
            base = next(iter(times))
            parts += [f"## On {cores} of its cores", table(times, about, base, asked.size)]
    day = date.today().isoformat()  # noqa: DTZ011  # the day where the benchmark runs
    text = HEAD.format(date=day, python=platform.python_version(), cpu=cpu(), size=asked.size)
    text += "\n\n".join(parts) + "\n"
    (HERE / "SPARK.md").write_text(text, encoding="utf-8")
    print(text)


HEAD = """# The same register by Spark

Written by `python benchmarks/population/spark_local.py` on {date}, CPython {python}, {cpu}. Medians, each side in turn, each right after a
run that is not timed: Spark had started, and its workers were ready. From a Parquet file to Parquet, {size:,} synthetic households,
the same figures to the fen. Spark reads nested columns row by row into its own form, shuffles them by id once (an id that stands twice
has to be found), sends them to Python and back, and writes one file a partition.

"""


if __name__ == "__main__":
    main()
