"""Peak memory of `population assess` from file to file, at any number of households.

    python benchmarks/population/large.py 10000000 100000000 [--folder WHERE]

Makes each register where it is not there yet (100 million take 2 GB of disk, their results 1.5 GB), assesses it by
the command, prints seconds and the most memory that the process ever held, and deletes the results.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path
from time import perf_counter

from run import python, synthesized


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="+", help="households")
    parser.add_argument("--folder", type=Path, help="where registers are kept; by default nowhere")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as temporary:
        folder, output = asked.folder or Path(temporary), Path(temporary) / "results.parquet"
        for size in asked.sizes:
            command = [
                python("hongqiao"), "-m", "hongqiao_rules", "population", "assess", str(synthesized(folder, size)),
                "--on", "2020-11-01", "--output", str(output), "--lang", "en",
            ]  # fmt: skip
            start = perf_counter()
            process = subprocess.Popen(command)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = perf_counter() - start
            if status:
                raise SystemExit("the command failed")
            print(f"{size:,} households: {seconds:.1f} s, peak {usage.ru_maxrss // 1024} MB", flush=True)
            output.unlink()


if __name__ == "__main__":
    main()
