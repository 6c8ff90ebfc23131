"""A register, the files that a run writes, and what stands in them."""

import csv
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from hongqiao_rules.population.file_runs import Targets
from hongqiao_rules.population.synthesize.synthetic_register import Register

ON = date(2020, 10, 1)


def register(count=2000):
    return pa.Table.from_batches(Register(3, ON).batches(count)).combine_chunks()


def targets(folder, kind=".parquet", name="out"):
    return Targets(folder / f"{name}{kind}", folder / f"{name}-rejects{kind}", folder / f"{name}-lines{kind}")


def read(path):
    """A file as rows of text or values."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    return pq.read_table(path).to_pylist()
