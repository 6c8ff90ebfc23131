"""Our side from Parquet file to Parquet file, and a single thread that only reads and writes the same columns.

python files_worker.py REGISTER OUTPUT
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from worker import FIGURES, ON, serve

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.population import leaves
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.files import Targets, assess_files
from hongqiao_rules.population.sinks import Sink
from hongqiao_rules.population.sources import BATCH, Source

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


def figures(path: Path) -> list[Any]:
    table = pq.read_table(path, columns=list(FIGURES)).unify_dictionaries().combine_chunks()
    arrays = [pa.concat_arrays(table[name].chunks) for name in FIGURES]
    coded = arrays[0] if pa.types.is_dictionary(arrays[0].type) else arrays[0].dictionary_encode()
    places = [["dibao", "low_income", "none"].index(name) for name in coded.dictionary.to_pylist()]
    programme = pa.array(places).take(coded.indices)
    return [programme.to_numpy(), *(leaves.whole_numbers(array) for array in arrays[1:])]


routes = {"file to file": assess, "only reading and writing, one thread": read_and_write}
serve(f"hongqiao_rules {version('hongqiao-rules')}", routes, dict.fromkeys(routes, figures))
