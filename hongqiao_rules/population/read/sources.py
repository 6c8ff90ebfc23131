"""Stream registers: nested Parquet, or flat tables joined on disk."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.check.duplicate_ids import Repeats
from hongqiao_rules.population.check.reject_reasons import Reject
from hongqiao_rules.population.join.disk_join import Joined
from hongqiao_rules.population.join.flat_tables import LINK
from hongqiao_rules.population.read.file_tables import FlatTable, parquet, told
from hongqiao_rules.population.read.mapping import MEMBERS, Mapping

BATCH = 131_072
"""Households in a batch."""


class Source:
    """Households of one nested file, or of one or two flat ones.

    Args:
        households: Parquet with nested members, or a flat table in Parquet or CSV.
        members: the flat table of members; without it *households* is nested, or is itself a flat table of members.
        mapping: the names of the columns and codes.
        encoding: the encoding of CSV.

    Attributes:
        files: the files that are read.
        count: the number of households.
        orphans: the number of member rows without a household.

    Raises:
        RequestError: a file is missing, truncated or of another format, or a column is missing.
    """

    def __init__(
        self,
        households: Path,
        members: Path | None = None,
        mapping: Mapping | None = None,
        encoding: str = "utf-8",
    ) -> None:
        self.files = [households, *([members] if members is not None else [])]
        named = mapping or Mapping()
        self._input: _Nested | Joined
        if members is not None:
            first = FlatTable(households, named, encoding, of_members=False)
            self._input = Joined(first, FlatTable(members, named, encoding, of_members=True))
        elif _is_flat(households, named):
            self._input = Joined(None, FlatTable(households, named, encoding, of_members=True))
        else:
            self._input = _Nested(households, named)
        self.count, self.orphans = self._input.count, self._input.orphans

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the households in batches of about :data:`BATCH`."""
        return self._input.batches()

    def told(self) -> Iterator[Reject]:
        """Yield the member rows without a household."""
        return self._input.told()

    def repeats(self) -> Repeats:
        """A finder of repeated ids, for use batch by batch."""
        return Repeats(self._input.ids)

    def place(self, row: int) -> int:
        """The row number in the file of household number *row*; both count from 1."""
        return self._input.place(row)


def _is_flat(path: Path, mapping: Mapping) -> bool:
    """True if a single file is a flat table with one row for each member."""
    if path.suffix.lower() == ".csv":
        return True
    columns = parquet(path).schema_arrow.names
    inside = MEMBERS in mapping.names(columns, of_members=False)
    return not inside and LINK in mapping.names(columns, of_members=True)


class _Nested:
    """A Parquet file of households with nested members, with the names and codes of a mapping."""

    orphans = 0

    def __init__(self, path: Path, mapping: Mapping) -> None:
        self.path, self.mapping = path, mapping
        plain = parquet(path)
        # Codes are read as dictionaries: one lookup for each distinct text, not for each row.
        coded = [c for c in _leaves(plain) if c.split(".")[-1] in _CODED and c.startswith("members.")]
        self._file = parquet(path, read_dictionary=coded, pre_buffer=False)
        self.count = self._file.metadata.num_rows
        columns = self._file.schema_arrow.names
        named = mapping.names(columns, of_members=False)
        if "id" not in named:
            raise RequestError("MISSING_COLUMN", column="id", names=tuple(columns))
        self._id = columns[named.index("id")]

    def batches(self) -> Iterator[pa.RecordBatch]:
        for group in range(self._file.metadata.num_row_groups):
            yield from map(self.mapping.nested, told(self._group(group), self.path))

    def _group(self, group: int) -> Iterator[pa.RecordBatch]:
        """Yield the batches of a row group one by one, because Arrow cannot join nested dictionaries that differ."""
        done = 0
        try:
            for batch in self._file.iter_batches(BATCH, row_groups=[group], use_threads=False):
                yield batch
                done += len(batch)
        except pa.ArrowNotImplementedError:
            # The dictionary changes inside the row group: read plain text.
            for batch in parquet(self.path).iter_batches(BATCH, row_groups=[group]):
                if done < len(batch):
                    yield batch.slice(done)
                done = max(0, done - len(batch))

    def ids(self) -> Iterator[pa.Array]:
        for group in range(self._file.metadata.num_row_groups):
            # One request for all row groups would load all ids into memory.
            batches = self._file.iter_batches(BATCH * 4, columns=[self._id], row_groups=[group])
            for batch in told(batches, self.path):
                yield batch.column(self._id)

    def told(self) -> Iterator[Reject]:
        return iter(())

    def place(self, row: int) -> int:
        return row


def ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Yield the same batches, reading the next one while the current one is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch


_CODED = (
    "relationship", "marital_status", "schooling", "guardianship", "absence", "self_care", "living_arrangement",
    "destitute_support", "university_admission", "kind", "element", "item",
)  # fmt: skip


def _leaves(file: pq.ParquetFile) -> list[str]:
    schema = file.schema
    return [
        schema.column(number).path
        for number in range(len(schema))
        if schema.column(number).physical_type == "BYTE_ARRAY"
    ]
