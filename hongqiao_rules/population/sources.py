"""Files that are read: nested Parquet in a stream, flat tables at once."""

from __future__ import annotations

import csv as plain_csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.duplicates import Repeats
from hongqiao_rules.population.flat import nested
from hongqiao_rules.population.judging import Reject
from hongqiao_rules.population.mapping import Mapping

BATCH = 131_072
"""Households that are read at a time."""


class Source:
    """Households of a file, or of two flat ones.

    Args:
        households: Parquet with the members inside, or a flat table in Parquet or CSV.
        members: the flat table of members; without it the households have theirs inside.
        mapping: how the columns and codes of flat tables are called.
        encoding: of CSV.

    Raises:
        RequestError: a file is of another format, cut short or not there, or columns are missing.

    """

    def __init__(
        self,
        households: Path,
        members: Path | None = None,
        mapping: Mapping | None = None,
        encoding: str = "utf-8",
    ) -> None:
        self.orphans: tuple[Reject, ...] = ()
        self.member_rows = 0
        self._held: pa.RecordBatch | None = None
        self._file: pq.ParquetFile | None = None
        self.files = [households, *([members] if members is not None else [])]
        if members is not None or mapping is not None or households.suffix == ".csv":
            mapping = mapping or Mapping()
            first = mapping.renamed(table(households, encoding), of_members=members is None)
            second = first if members is None else mapping.renamed(table(members, encoding), of_members=True)
            self._held, self.orphans = nested(None if members is None else first, second)
            self.count, self.member_rows = len(self._held), len(second)
        else:
            plain = parquet(households)
            # Codes come as dictionaries: each text is looked up once a page, not once a row.
            coded = [c for c in _leaves(plain) if c.split(".")[-1] in _CODED and c.startswith("members.")]
            self._file = parquet(households, read_dictionary=coded)
            self.count = self._file.metadata.num_rows
            if "id" not in self._file.schema_arrow.names:
                raise RequestError(
                    "MISSING_COLUMN", column="id", names=", ".join(self._file.schema_arrow.names)
                )

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The households in batches of at most :data:`BATCH`."""
        if self._held is not None:
            for start in range(0, len(self._held), BATCH):
                yield self._held.slice(start, BATCH)
            return
        assert self._file is not None
        for group in range(self._file.metadata.num_row_groups):
            yield from _told(self._group(group), self.files[0])

    def _group(self, group: int) -> Iterator[pa.RecordBatch]:
        """The batches of a row group: dictionaries differ from one to the next, and Arrow joins no nested ones."""
        assert self._file is not None
        done = 0
        try:
            for batch in self._file.iter_batches(BATCH, row_groups=[group]):
                yield batch
                done += len(batch)
        except pa.ArrowNotImplementedError:
            # A dictionary that changes inside the row group: then as plain text.
            for batch in parquet(self.files[0]).iter_batches(BATCH, row_groups=[group]):
                if done < len(batch):
                    yield batch.slice(done)
                done = max(0, done - len(batch))

    def repeats(self) -> Repeats:
        """Tells, batch by batch, which ids were used before."""
        return Repeats(self._ids)

    def _ids(self) -> Iterator[pa.Array]:
        if self._held is not None:
            yield self._held.column("id")
            return
        assert self._file is not None
        for group in range(self._file.metadata.num_row_groups):
            # Asked for all of them at once, Arrow would fetch the ids of all into memory.
            batches = self._file.iter_batches(BATCH * 4, columns=["id"], row_groups=[group])
            for batch in _told(batches, self.files[0]):
                yield batch.column("id")


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


def parquet(path: Path, **options: object) -> pq.ParquetFile:
    """A Parquet file, opened.

    Raises:
        RequestError: it is none, or is cut short.

    """
    if path.suffix != ".parquet":
        raise RequestError("FILE_FORMAT", file=path, known=".parquet / .csv")
    try:
        return pq.ParquetFile(path, **options)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def table(path: Path, encoding: str = "utf-8") -> pa.Table:
    """A flat table from Parquet or CSV; of CSV every column is text, and an empty cell is nothing stated."""
    if path.suffix != ".csv":
        found = parquet(path)
        return pa.Table.from_batches(_told(found.iter_batches(BATCH), path), found.schema_arrow)
    try:
        with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as file:
            names = next(plain_csv.reader(file), [])
        convert = csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        )
        return csv.read_csv(
            path, csv.ReadOptions(encoding=encoding), csv.ParseOptions(newlines_in_values=True), convert
        )
    except (pa.ArrowException, OSError, UnicodeError, LookupError) as error:
        raise _unreadable(path, error) from None


def _told(batches: Iterator[pa.RecordBatch], path: Path) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> RequestError:
    return RequestError(
        "FILE_UNREADABLE", file=path, problem=str(error).splitlines()[0][:200] if str(error) else ""
    )
