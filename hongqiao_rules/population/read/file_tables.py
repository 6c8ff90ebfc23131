"""Stream single files: Parquet, or CSV with text columns."""

from __future__ import annotations

import csv as plain_csv
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.read import arrow_columns
from hongqiao_rules.population.read.mapping import Mapping
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.text.catalogue import Phrase

BATCH = 131_072
"""Rows in a batch."""
_BLOCK = 1 << 24
"""Bytes of CSV in a block."""
_LINE = 32
"""The assumed least length of a CSV line, in bytes."""


class FlatTable:
    """A flat Parquet or CSV table with the names and codes of a mapping; it can be read repeatedly.

    Args:
        path: the file.
        mapping: the names of its columns and codes.
        of_members: whether its rows are members.
        definitions: the vocabulary.
        encoding: the encoding of CSV, in which an empty cell means not stated.

    Raises:
        RequestError: the file is missing, truncated or of another format, or has a column twice.
    """

    def __init__(
        self, path: Path, mapping: Mapping, definitions: Definitions, encoding: str, *, of_members: bool
    ) -> None:
        self.definitions = definitions
        self.path, self.mapping, self.encoding, self.of_members = path, mapping, encoding, of_members
        self._is_csv = path.suffix.lower() == ".csv"
        self._header = self._read_header()
        if not self._header:
            raise RequestError("FILE_UNREADABLE", file=path, problem=Phrase("file.empty"))
        named = mapping.names(self._header, of_members=of_members)
        for names in (self._header, [name for name in named if name is not None]):
            twice = next((name for name in names if names.count(name) > 1), None)
            if twice is not None:
                raise RequestError("COLUMN_TWICE", column=twice)
        self._called = {name: raw for raw, name in zip(self._header, named, strict=True) if name is not None}

    @cached_property
    def most(self) -> int:
        """An upper bound of the number of rows: exact, or for CSV estimated from the file size."""
        return self.path.stat().st_size // _LINE if self._is_csv else parquet(self.path).metadata.num_rows

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows in batches, at least one."""
        return self._read(self._header)

    def column(self, name: str) -> Iterator[pa.Array]:
        """Yield the batches of one text column, without reading the other columns.

        Raises:
            RequestError: MISSING_COLUMN; COLUMN_TYPE: it is not text.
        """
        if name not in self._called:
            raise RequestError("MISSING_COLUMN", column=name, names=tuple(self._called))
        for batch in self._read([self._called[name]]):
            array = batch.column(name)
            if not arrow_columns.is_text(array.type):
                raise arrow_columns.refuse(name, array.type, "text")
            yield arrow_columns.plain(array)

    def _read(self, columns: list[str]) -> Iterator[pa.RecordBatch]:
        found = False
        batches = self._csv(columns) if self._is_csv else self._parquet(columns)
        for batch in told(batches, self.path, self.encoding if self._is_csv else None):
            table = self._renamed(pa.Table.from_batches([batch]))
            for renamed in table.combine_chunks().to_batches() or [table.schema.empty_table()]:
                found = True
                yield pa.RecordBatch.from_arrays(
                    [arrow_columns.whole(c) for c in renamed.columns], schema=renamed.schema
                )
        if not found:
            empty = pa.table({name: pa.array([], pa.string()) for name in columns})
            table = self._renamed(empty)
            yield pa.RecordBatch.from_arrays(
                [arrow_columns.whole(c) for c in table.columns], schema=table.schema
            )

    def _renamed(self, table: pa.Table) -> pa.Table:
        return self.mapping.renamed(table, self.definitions, of_members=self.of_members)

    def _parquet(self, columns: list[str]) -> Iterator[pa.RecordBatch]:
        file = parquet(self.path, pre_buffer=False)
        for group in range(file.metadata.num_row_groups):
            yield from file.iter_batches(BATCH, row_groups=[group], columns=columns)

    def _csv(self, columns: list[str]) -> Iterator[pa.RecordBatch]:
        convert = csv.ConvertOptions(
            column_types=dict.fromkeys(self._header, pa.string()), strings_can_be_null=True, null_values=[""],
            include_columns=columns,
        )  # fmt: skip
        read = csv.ReadOptions(
            encoding=self.encoding, block_size=_BLOCK, column_names=self._header, skip_rows=1
        )
        yield from csv.open_csv(self.path, read, csv.ParseOptions(newlines_in_values=True), convert)

    def _read_header(self) -> list[str]:
        if not self._is_csv:
            return list(parquet(self.path).schema_arrow.names)
        encoding = "utf-8-sig" if self.encoding.lower() in ("utf-8", "utf8") else self.encoding
        try:
            with self.path.open(encoding=encoding, newline="") as file:
                return next(plain_csv.reader(file), [])
        except (OSError, UnicodeError, LookupError, plain_csv.Error) as error:
            raise _unreadable(self.path, error, self.encoding) from None


def parquet(path: Path, **options: object) -> pq.ParquetFile:
    """The opened Parquet file at *path*.

    Raises:
        RequestError: FILE_FORMAT: the name does not end in ``.parquet``. The file cannot be read, or is truncated.
    """
    if path.suffix.lower() != ".parquet":
        raise RequestError("FILE_FORMAT", file=path, known=".parquet / .csv")
    try:
        return pq.ParquetFile(path, **options)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def told(
    batches: Iterator[pa.RecordBatch], path: Path, encoding: str | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield the same batches; a read error names the file, or the *encoding* of its text."""
    try:
        yield from batches
    except (pa.ArrowException, OSError, UnicodeError, LookupError) as error:
        raise _unreadable(path, error, encoding) from None


def _unreadable(path: Path, error: Exception, encoding: str | None = None) -> RequestError:
    # Arrow has no error class for text that is not UTF-8.
    if encoding is not None and (isinstance(error, UnicodeError | LookupError) or "UTF8" in str(error)):
        return RequestError("NOT_IN_ENCODING", file=path, encoding=encoding)
    return RequestError(
        "FILE_UNREADABLE", file=path, problem=str(error).splitlines()[0][:200] if str(error) else ""
    )
