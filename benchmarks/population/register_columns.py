"""The register as plain arrays, for sides that have no lists: straight from the nested Parquet file, without any check.

It knows of this register that a member's id is its place in the household (``m1``, ``m2``, ...) and that the applicant stands
first; so no reference has to be looked up.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

CODED = {
    "marital": "marital_status", "schooling": "schooling", "guardianship": "guardianship", "absence": "absence",
}  # fmt: skip
LISTED = {"income": "incomes", "illness": "illnesses", "disability": "disabilities"}


def read(path: Path) -> list[pa.RecordBatch]:
    """The register, codes as dictionaries, a batch for each row group."""
    schema = pq.ParquetFile(path).schema
    names = [
        schema.column(i).path for i in range(len(schema)) if schema.column(i).physical_type == "BYTE_ARRAY"
    ]
    file = pq.ParquetFile(path, read_dictionary=[name for name in names if name.startswith("members.")])
    groups = (file.read_row_group(group) for group in range(file.metadata.num_row_groups))
    return [batch for group in groups for batch in group.combine_chunks().to_batches()]


def columns(batches: list[pa.RecordBatch], codes: dict[str, list[str]]) -> dict[str, Any]:
    """The arrays that ``columns_worker.py`` writes, codes as their places in *codes*."""
    parts = [_columns(batch, codes) for batch in batches]
    found = {}
    for name in parts[0]:
        arrays = [part[name] for part in parts]
        if name.endswith("offsets"):
            begins = np.cumsum([0, *(array[-1] for array in arrays)])
            arrays = [array[:-1] + begin for array, begin in zip(arrays, begins, strict=False)] + [
                begins[-1:]
            ]
        if name == "parent":
            begins = np.cumsum([0, *(len(array) for array in arrays)])
            arrays = [np.where(a < 0, -1, a + b) for a, b in zip(arrays, begins, strict=False)]
        found[name] = np.concatenate(arrays)
    return found


def _columns(batch: pa.RecordBatch, codes: dict[str, list[str]]) -> dict[str, Any]:
    offsets, members = _items(batch.column("members"))
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    first = offsets[:-1][owner]
    born = members.field("birth_date").view(pa.int32()).to_numpy().astype("datetime64[D]")
    months = born.astype("datetime64[M]").astype(np.int64)
    day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    place = _coded(members.field("parent"), [f"m{number}" for number in range(1, 5)])
    child = _coded(members.field("relationship"), ["child"]) == 0
    found = {
        "offsets": offsets, "birth": ((months // 12 + 1970) * 10000 + (months % 12 + 1) * 100 + day).astype(np.int32),
        "parent": np.where(place >= 0, first + place, np.where(child, first, -1)),
        "family_planning": batch.column("receives_family_planning_support").to_numpy(zero_copy_only=False),
        "childless": batch.column("childless").to_numpy(zero_copy_only=False),
        "hardship": batch.column("hardship_recognized").to_numpy(zero_copy_only=False),
    }  # fmt: skip
    for name, column in CODED.items():
        found[name] = _coded(members.field(column), codes[name])
    # Under 18 nobody states a marital status: as if never married.
    minor = found["marital"] < 0
    found["marital"][minor] = codes["marital"].index("never_married")
    for name, column in LISTED.items():
        found[f"{name}_offsets"], items = _items(members.field(column))
        if name == "illness":
            found["illness"] = _coded(items, codes["illness"])
            continue
        found[f"{name}_kind"] = _coded(items.field("kind"), codes[f"{name}_kind"])
        if name == "income":
            halves = np.frombuffer(items.field("monthly").buffers()[1], np.int64).reshape(-1, 2)
            found["monthly"] = halves[items.offset : items.offset + len(items), 0]
        else:
            found["grade"] = items.field("grade").to_numpy().astype(np.int64)
    return found


def _items(lists: pa.Array) -> tuple[Any, pa.Array]:
    offsets = lists.offsets.to_numpy().astype(np.int64)
    return offsets - offsets[0], lists.values.slice(offsets[0], offsets[-1] - offsets[0])


def _coded(array: pa.Array, known: list[str]) -> Any:
    """Places in *known*, -1 for what is null or not in it."""
    places = np.array(
        [known.index(v) if v in known else -1 for v in array.dictionary.to_pylist()] + [-1], np.int8
    )
    return places[array.indices.fill_null(len(places) - 1).to_numpy()]
