"""Hash-partition rows to files on disk and read back one partition at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from hongqiao_rules.engines.columnar.columns import Array

PARTS = 512
"""The largest number of partitions."""
_FAST = pa.ipc.IpcWriteOptions(compression="lz4")


def parts(rows: int, size: int) -> int:
    """The number of partitions that gives each about *size* of *rows*."""
    return max(1, min(PARTS, -(-rows // size)))


class Spill:
    """Partitioned rows in files, in the order of writing; no file stays open.

    Args:
        folder: the folder of the files, which is created.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()

    def write(self, rows: pa.RecordBatch, part: Array) -> None:
        """Append each of *rows* to its partition in *part*."""
        if not len(rows):
            return
        rows = rows.cast(pa.schema([field.with_type(_plain(field.type)) for field in rows.schema]))
        if (part[1:] < part[:-1]).any():
            order = np.argsort(part, kind="stable")
            rows, part = rows.take(pa.array(order)), part.take(order)
        starts = np.flatnonzero(np.append(np.True_, part[1:] != part[:-1]))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(part)], strict=True):
            with (
                (self._folder / str(part[start])).open("ab") as file,
                pa.ipc.new_stream(file, rows.schema, options=_FAST) as writer,
            ):
                writer.write_batch(rows.slice(start, end - start))

    def batches(self, part: int) -> Iterator[pa.RecordBatch]:
        """Yield the rows of a partition as they were written."""
        path = self._folder / str(part)
        if path.exists():
            with path.open("rb") as file:
                while file.tell() < path.stat().st_size:
                    with pa.ipc.open_stream(file) as stream:
                        yield from stream

    def read(self, part: int) -> pa.Table | None:
        """The rows of a partition, or ``None`` if it has none."""
        batches = list(self.batches(part))
        return pa.Table.from_batches(batches).combine_chunks() if batches else None

    def drop(self, part: int) -> None:
        """Delete a partition."""
        (self._folder / str(part)).unlink(missing_ok=True)


def _plain(kind: pa.DataType) -> pa.DataType:
    """The type without dictionaries, which differ between batches."""
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_struct(kind):
        fields = (kind.field(i) for i in range(kind.num_fields))
        return pa.struct([field.with_type(_plain(field.type)) for field in fields])
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_large_list(kind):
        return pa.large_list(_plain(kind.value_type))
    return kind
