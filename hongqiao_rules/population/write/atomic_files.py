"""Write files to a temporary name and rename them when they are complete."""

from __future__ import annotations

import base64
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq

from hongqiao_rules.errors import RequestError
from hongqiao_rules.text.catalogue import Listing

FORMATS = (".parquet", ".csv")
_COPIED = 131_072
"""Rows that are copied at a time."""


class Sink:
    """A Parquet or CSV file, as its name ends, that is written batch by batch.

    Args:
        path: its place.
        schema: its columns.
        distinct: columns whose values seldom repeat: Parquet's dictionaries of them would be made in vain. Amounts among
            them are packed by their differences, which takes a third of the time and less room.

    Raises:
        RequestError: the name ends in something else.

    """

    def __init__(self, path: Path, schema: pa.Schema, distinct: Collection[str] = ()) -> None:
        if path.suffix not in FORMATS:
            raise RequestError("FILE_FORMAT", file=path, known=Listing(tuple(FORMATS), "list.or"))
        self.path, self.beside = path, path.with_name(path.name + ".partial")
        self._schema = (
            schema if path.suffix == ".parquet" else pa.schema([_flat_field(field) for field in schema])
        )
        self._file = open(self.beside.with_name(self.beside.name + ".new"), "wb")  # noqa: SIM115  # closed in close
        self._rows = 0
        self._writer: Any = (
            _parquet(self._file, schema, distinct)
            if path.suffix == ".parquet"
            else csv.CSVWriter(self._file, self._schema)
        )

    def write(self, table: pa.Table) -> None:
        """Write the rows of *table* after those written before."""
        if table.num_rows:
            self._rows += table.num_rows
            self._writer.write_table(_flat(table, self._schema) if self.path.suffix == ".csv" else table)

    def begin_with(self, written: Path, extent: int) -> None:
        """Begin with a file *written* before, as far as it is right."""
        if self.path.suffix == ".csv":
            with written.open("rb") as file:
                extent -= len(file.readline())  # its header, which this file has already
                while block := file.read(min(extent, 1 << 20)):
                    extent -= self._file.write(block)
            return
        # Without fetching more than a row group into memory beforehand, as Arrow would.
        file = pq.ParquetFile(written, pre_buffer=False)
        for group in range(file.metadata.num_row_groups):
            for batch in file.iter_batches(_COPIED, row_groups=[group], use_threads=False):
                self.write(pa.Table.from_batches([batch[: extent - self._rows]]).cast(self._schema))

    @property
    def extent(self) -> int:
        """Return the length of the closed file: rows of Parquet, bytes of CSV."""
        return self.beside.stat().st_size if self.path.suffix == ".csv" else self._rows

    def close(self) -> None:
        """Complete the temporary file."""
        self._writer.close()
        self._file.close()
        os.replace(self._file.name, self.beside)

    def settle(self) -> None:
        """Put the closed file in its place."""
        os.replace(self.beside, self.path)

    def discard(self) -> None:
        """Leave nothing of a file that was not closed."""
        if not self._file.closed:
            self._writer.close()
            self._file.close()
        Path(self._file.name).unlink(missing_ok=True)


@contextmanager
def written(path: Path, schema: pa.Schema) -> Iterator[Sink]:
    """A file that is put in its place where the block ends well, and leaves nothing where it does not."""
    sink = Sink(path, schema)
    try:
        yield sink
        sink.close()
    except BaseException:
        sink.discard()
        raise
    sink.settle()


def _parquet(file: Any, schema: pa.Schema, distinct: Collection[str]) -> pq.ParquetWriter:
    packed = [f.name for f in schema if f.name in distinct and not pa.types.is_string(f.type)]
    writer = pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        compression_level=1,
        store_decimal_as_integer=True,
        store_schema=False,
        use_dictionary=[_leaf(f) for f in schema if f.name not in distinct] if distinct else True,
        column_encoding=dict.fromkeys(packed, "DELTA_BINARY_PACKED") or None,
    )
    # In the file both kinds of amounts are the same; who reads it with Arrow gets the common one.
    said = base64.b64encode(pa.schema(map(_common, schema)).serialize().to_pybytes())
    writer.add_key_value_metadata({"ARROW:schema": said.decode()})
    return writer


def _common(field: pa.Field) -> pa.Field:
    kind = field.type
    return (
        field.with_type(pa.decimal128(kind.precision, kind.scale)) if pa.types.is_decimal64(kind) else field
    )


def _leaf(field: pa.Field) -> str:
    """The name of a column, or of the values of a list, in a Parquet file."""
    return f"{field.name}.list.element" if pa.types.is_list(field.type) else str(field.name)


def _flat_field(field: pa.Field) -> pa.Field:
    nested = pa.types.is_list(field.type) or pa.types.is_dictionary(field.type)
    return pa.field(field.name, pa.string() if nested else _common(field).type)


def _flat(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Convert a batch for CSV: lists of codes become one text separated by semicolons."""
    columns = []
    for column, field in zip(table.columns, schema, strict=True):
        if pa.types.is_list(column.type):
            column = pc.binary_join(column.cast(pa.list_(pa.string())), ";")
        columns.append(column.cast(field.type))
    return pa.Table.from_arrays(columns, schema=schema)
