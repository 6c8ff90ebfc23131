"""Our side from Parquet file to Parquet file, and a single thread that only reads and writes the same columns.

python files_worker.py REGISTER OUTPUT CORES
"""

from __future__ import annotations

import os
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

CORES = int(sys.argv[3])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])  # before any thread is there

import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
import result_columns  # noqa: E402
from worker import ON, serve  # noqa: E402

from hongqiao_rules.calculator import Calculator  # noqa: E402
from hongqiao_rules.population.assessor import Assessor  # noqa: E402
from hongqiao_rules.population.file_runs import Targets, assess_files  # noqa: E402
from hongqiao_rules.population.read.sources import BATCH, Source  # noqa: E402
from hongqiao_rules.population.write.atomic_files import Sink  # noqa: E402

register, output = Path(sys.argv[1]), Path(sys.argv[2])
assessor = Assessor(Calculator(), date.fromisoformat(ON))
targets = Targets(output, output.with_name("rejects.parquet"))


def assess() -> Path:
    assess_files(assessor, Source(register), targets)
    return output


def read_and_write() -> Path:
    """Read every column of the register as we do, and write the results that are there already, in one thread."""
    pa.set_cpu_count(1)
    written = pq.ParquetFile(output)
    results = written.iter_batches(BATCH)
    sink = Sink(output.with_name("copy.parquet"), assessor.layout.schema)
    for _ in Source(register).batches():
        batch = next(results, None)
        if batch is not None:
            sink.write(pa.Table.from_batches([batch]).cast(assessor.layout.schema))
    for batch in results:
        sink.write(pa.Table.from_batches([batch]).cast(assessor.layout.schema))
    sink.close()
    sink.settle()
    return sink.path


named = "file to file" if CORES > 1 else "file to file, one core"
routes = {named: assess}
if CORES > 1:
    routes["only reading and writing, one thread"] = read_and_write
serve(f"hongqiao_rules {version('hongqiao-rules')}", routes, dict.fromkeys(routes, result_columns.figures))
