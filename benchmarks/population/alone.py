"""OpenFisca-Core and PolicyEngine-Core on more households than fit into memory beside the other sides of ``run.py``.

    python benchmarks/population/alone.py [--size 10000000] [--folder WHERE]

Each side in a process of its own, one after the other, each route once after a run that is not timed; the figures are
checked first. Needs about 20 GB of memory at ten million. Writes ``ALONE.md``.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from run import HERE, Side, Times, cpu, running, synthesized, table


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", type=int, default=10_000_000, help="households (default 10000000)")
    parser.add_argument("--folder", type=Path, help="where the register is kept; by default nowhere")
    asked = parser.parse_args()
    times: Times = {}
    about: dict[str, Any] = {}
    agreed: dict[str, str] | None = None
    with tempfile.TemporaryDirectory() as temporary:
        register = synthesized(asked.folder or Path(temporary), asked.size)
        made = {
            "hongqiao": lambda: Side("hongqiao", "columns", register, temporary),
            "openfisca": lambda: Side("openfisca", "openfisca", temporary, "openfisca", register),
            "policyengine": lambda: Side("policyengine", "openfisca", temporary, "policyengine", register),
        }
        for name, make in made.items():
            with running({name: make()}) as sides:
                for route, found in sides[name].ask("check").items():
                    agreed = agreed or found
                    if found != agreed:
                        raise SystemExit(f"{route} of {name} comes to other figures")
                for route, seconds in sides[name].ask("time").items():
                    times[name, route] = [seconds]
                about[name] = sides[name].ask("about")
    day = date.today().isoformat()  # noqa: DTZ011  # the day where the benchmark runs
    text = HEAD.format(date=day, python=platform.python_version(), cpu=cpu(), size=asked.size)
    text += table(times, about, ("hongqiao", "engine"), asked.size) + "\n\n"
    text += "".join(f"* {side['version']}: {side['peak']:,} MB at the most.\n" for side in about.values())
    (HERE / "ALONE.md").write_text(text, encoding="utf-8")
    print(text)


HEAD = """# {size:,} households in memory, each side alone

Written by `python benchmarks/population/alone.py` on {date}, CPython {python}, {cpu}. {size:,} synthetic households, the same figures of all to
the fen. One process after the other, because they do not fit into memory beside each other; each route once, right after a run
that is not timed. What the routes are `RESULT.md` says. Everything is on one core but `population.assess`.

"""


if __name__ == "__main__":
    main()
