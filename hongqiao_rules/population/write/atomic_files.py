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
"""Rows in a copied batch."""


class Sink:
    """A Parquet or CSV file, by its suffix, written batch by batch.

    Args:
        path: the path.
        schema: the columns.
        distinct: columns of mostly distinct values, which get no Parquet dictionary. Amounts among them are delta-encoded, which
            takes a third of the time and less space.

    Raises:
        RequestError: the suffix is unknown.
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
        """Append the rows of *table*."""
        if table.num_rows:
            self._rows += table.num_rows
            self._writer.write_table(_flat(table, self._schema) if self.path.suffix == ".csv" else table)

    def begin_with(self, written: Path, extent: int) -> None:
        """Begin with the valid part of a file *written* before."""
        if self.path.suffix == ".csv":
            with written.open("rb") as file:
                extent -= len(file.readline())  # skip the header, which this file already has
                while block := file.read(min(extent, 1 << 20)):
                    extent -= self._file.write(block)
            return
        # Arrow would prefetch more than one row group into memory.
        file = pq.ParquetFile(written, pre_buffer=False)
        for group in range(file.metadata.num_row_groups):
            for batch in file.iter_batches(_COPIED, row_groups=[group], use_threads=False):
                self.write(pa.Table.from_batches([batch[: extent - self._rows]]).cast(self._schema))

    @property
    def extent(self) -> int:
        """The length of the closed file: rows of Parquet, bytes of CSV."""
        return self.beside.stat().st_size if self.path.suffix == ".csv" else self._rows

    def close(self) -> None:
        """Complete the temporary file."""
        self._writer.close()
        self._file.close()
        os.replace(self._file.name, self.beside)

    def settle(self) -> None:
        """Rename the closed file to its final name."""
        os.replace(self.beside, self.path)

    def discard(self) -> None:
        """Delete a file that was not closed."""
        if not self._file.closed:
            self._writer.close()
            self._file.close()
        Path(self._file.name).unlink(missing_ok=True)


@contextmanager
def written(path: Path, schema: pa.Schema) -> Iterator[Sink]:
    """A sink that is renamed to *path* if the block succeeds, and deleted otherwise."""
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
    # Parquet stores both decimal widths alike; Arrow readers get the common one.
    said = base64.b64encode(pa.schema(map(_common, schema)).serialize().to_pybytes())
    writer.add_key_value_metadata({"ARROW:schema": said.decode()})
    return writer


def _common(field: pa.Field) -> pa.Field:
    kind = field.type
    return (
        field.with_type(pa.decimal128(kind.precision, kind.scale)) if pa.types.is_decimal64(kind) else field
    )


def _leaf(field: pa.Field) -> str:
    """The Parquet name of a column, or of the values of a list column."""
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
