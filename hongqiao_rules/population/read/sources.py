"""Stream registers: nested Parquet, flat tables joined on disk, or one flat table of roots that contain nothing."""

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
from hongqiao_rules.population.read.file_tables import FlatTable, parquet, told
from hongqiao_rules.population.read.mapping import Mapping
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity
from hongqiao_rules.rulebook.load import bundled_rulebook

BATCH = 131_072
"""Households in a batch."""


class Source:
    """Households of one nested file, or of one or two flat ones.

    Args:
        households: Parquet with nested members, or a flat table in Parquet or CSV.
        members: the flat table of members; without it *households* is nested, or is itself a flat table of members.
        mapping: the names of the columns and codes.
        encoding: the encoding of CSV.
        definitions: the vocabulary; by default the bundled one.

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
        definitions: Definitions | None = None,
    ) -> None:
        self.files = [households, *([members] if members is not None else [])]
        named, words = mapping or Mapping(), definitions or bundled_rulebook().definitions

        def flat(path: Path, *, of_members: bool) -> FlatTable:
            return FlatTable(path, named, words, encoding, of_members=of_members)

        self._input: _Nested | Joined | _Roots
        if members is not None:
            self._input = Joined(flat(households, of_members=False), flat(members, of_members=True), words)
        elif words.root.contains is None:
            self._input = _Roots(flat(households, of_members=False))
        elif _is_flat(households, named, words.root):
            self._input = Joined(None, flat(households, of_members=True), words)
        else:
            self._input = _Nested(households, named, words)
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


def _is_flat(path: Path, mapping: Mapping, root: Entity) -> bool:
    """True if a single file is a flat table with one row for each member."""
    if path.suffix.lower() == ".csv":
        return True
    columns = parquet(path).schema_arrow.names
    inside = root.contains and root.contains.named in mapping.names(columns, of_members=False)
    return not inside and root.name in mapping.names(columns, of_members=True)


class _Roots:
    """A flat table of roots that contain nothing."""

    orphans = 0

    def __init__(self, table: FlatTable) -> None:
        self._table, self.count, self.batches = table, table.most, table.batches

    def ids(self) -> Iterator[pa.Array]:
        return self._table.column("id")

    def told(self) -> Iterator[Reject]:
        return iter(())

    def place(self, row: int) -> int:
        return row


class _Nested:
    """A Parquet file of households with nested members, with the names and codes of a mapping."""

    orphans = 0

    def __init__(self, path: Path, mapping: Mapping, definitions: Definitions) -> None:
        self.path, self.mapping, self.definitions = path, mapping, definitions
        plain = parquet(path)
        # Codes are read as dictionaries: one lookup for each distinct text, not for each row.
        coded = [c for c in _leaves(plain) if "." in c and c.split(".")[-1] in _coded(definitions)]
        self._file = parquet(path, read_dictionary=coded, pre_buffer=False)
        self.count = self._file.metadata.num_rows
        columns = self._file.schema_arrow.names
        named = mapping.names(columns, of_members=False)
        if "id" not in named:
            raise RequestError("MISSING_COLUMN", column="id", names=tuple(columns))
        self._id = columns[named.index("id")]

    def batches(self) -> Iterator[pa.RecordBatch]:
        for group in range(self._file.metadata.num_row_groups):
            for batch in told(self._group(group), self.path):
                yield self.mapping.nested(batch, self.definitions)

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


def _coded(definitions: Definitions) -> set[str]:
    """The last names of the columns in lists that hold codes."""
    facts = [fact for entity in definitions.entities.values() for fact in entity.facts.values()]
    names = {field.name for fact in facts for field in fact.fields.values() if field.type.kind == "code"}
    return {"element", "item", *names, *(fact.name for fact in facts if fact.type.kind == "code")}


def _leaves(file: pq.ParquetFile) -> list[str]:
    schema = file.schema
    return [
        schema.column(number).path
        for number in range(len(schema))
        if schema.column(number).physical_type == "BYTE_ARRAY"
    ]
