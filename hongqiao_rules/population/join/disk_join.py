"""Join two flat tables larger than memory, in any order, to nested households.

The ids of both tables are partitioned by hash and joined partition by partition, so that each member row gets the row
of its household. Then the members are partitioned by that row, and the households are read once more together with the
members of each range of rows. Memory holds one partition at a time. Temporary files need about the size of the members.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.population.check.duplicate_ids import hashes
from hongqiao_rules.population.check.reject_reasons import Reject
from hongqiao_rules.population.join.flat_tables import orphan
from hongqiao_rules.population.join.partitions import Spill, parts
from hongqiao_rules.population.read import arrow_amounts, arrow_columns
from hongqiao_rules.population.read.file_tables import FlatTable
from hongqiao_rules.population.read.table_shapes import contained, list_array
from hongqiao_rules.rulebook.all_definitions import Definitions

STRETCH = 65_536
"""The least number of households whose members are in memory at a time."""
PART = 1 << 20
"""The approximate number of ids that are joined at a time."""
_OWNER, _ROW, _NAME = "owner", "row", "name"


class Joined:
    """Households with their members, joined on disk.

    Args:
        households: the table of households; without it, every household that a member names, in the order of first occurrence.
        members: the table of members.
        definitions: the vocabulary, which names the root and the list of what it contains.

    Attributes:
        count: the number of households.
        orphans: the number of member rows without a household.

    Raises:
        RequestError: a file cannot be read, or a column that links the tables is missing or is not text.
    """

    def __init__(self, households: FlatTable | None, members: FlatTable, definitions: Definitions) -> None:
        self._named, self._link = contained(definitions), definitions.root.name
        self._households, self._members = households, members
        self.count = self.orphans = self._rows = 0
        self._folder = Path(tempfile.mkdtemp(prefix="hongqiao-rules-"))
        self._remove = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        try:
            owners = self._spill("owners")
            self._join(owners)
            self._stretch = -(-self._length() // parts(self._length(), STRETCH)) if self._length() else 1
            self._orphans, self._parted = self._spill("orphans"), self._spill("members")
            self._part_members(owners)
        except BaseException:
            self._remove()
            raise

    def _length(self) -> int:
        """Return an upper bound of household rows; without a household table, the member rows."""
        return self._rows if self._households is None else self.count

    def _spill(self, name: str) -> Spill:
        return Spill(self._folder / name)

    # --- the household of each member -------------------------------------------------------------------------------

    def _join(self, owners: Spill) -> None:
        """Write the household row of each member row, or -1, in partitions of :data:`PART` rows."""
        ids, links = self._spill("ids"), self._spill("links")
        many = parts(max(self._members.most, self._households.most if self._households else 0), PART)
        if self._households is not None:
            self.count = _by_hash(self._households.column("id"), ids, many)
        self._rows = _by_hash(self._members.column(self._link), links, many)
        for part in range(many):
            named, known = links.read(part), ids.read(part)
            if named is None:
                continue
            row = arrow_amounts.whole_numbers(arrow_columns.whole(named[_ROW]))
            found = self._owners(arrow_columns.whole(named[_NAME]), row, known)
            pairs = pa.RecordBatch.from_arrays([pa.array(row), pa.array(found)], [_ROW, _OWNER])
            owners.write(pairs, row // PART)
            ids.drop(part)
            links.drop(part)

    def _owners(self, names: pa.Array, row: Array, known: pa.Table | None) -> Array:
        if self._households is not None:
            if known is None:
                return np.full(len(row), -1)
            # The first row of a repeated id gets the members; the later row is refused as a duplicate.
            at = pc.index_in(names, value_set=arrow_columns.whole(known[_NAME]))
            rows = arrow_amounts.whole_numbers(arrow_columns.whole(known[_ROW]))
            nobody = arrow_columns.null_mask(at) | arrow_columns.null_mask(names)
            place = at.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
            return np.where(nobody, -1, rows.take(place))
        encoded = names.dictionary_encode()
        nobody = arrow_columns.null_mask(names)
        number = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        first = np.full(len(encoded.dictionary) + 1, -1)
        first[number[::-1]] = row[::-1]
        self.count += len(encoded.dictionary)
        return np.where(nobody, -1, first.take(number))

    # --- nested households ------------------------------------------------------------------

    def _part_members(self, owners: Spill) -> None:
        """Write the members partitioned by the range of their household rows, and the orphans separately."""
        held, owner = -1, np.zeros(0, np.int64)
        for row, batch in _cut(self._members.batches(), PART):
            self._schema = batch.schema
            if row // PART != held:
                owners.drop(held)
                held = row // PART
                owner = _owner_of(owners.read(held), held * PART)
            of = owner[row - held * PART : row - held * PART + len(batch)]
            lost = np.flatnonzero(of < 0)
            if len(lost):
                self.orphans += len(lost)
                names = arrow_columns.plain(batch.column(self._link)).take(pa.array(lost))
                told = pa.RecordBatch.from_arrays([pa.array(lost + row + 1), names], [_ROW, _NAME])
                self._orphans.write(told, np.zeros(len(lost), np.int64))
                kept = np.flatnonzero(of >= 0)
                batch, of = batch.take(pa.array(kept)), of.take(kept)
            self._parted.write(batch.append_column(_OWNER_FIELD, pa.array(of)), of // self._stretch)

    def told(self) -> Iterator[Reject]:
        """Yield the member rows without a household, in order."""
        for batch in self._orphans.batches(0):
            for row, name in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                yield orphan(row, name, self._link)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the households in order, with their members in row order."""
        if self._households is None:
            yield from self._named_by_members()
            return
        held, owner, members = -1, _NOBODY, None
        for row, batch in _cut(self._households.batches(), self._stretch):
            if row // self._stretch != held:
                held = row // self._stretch
                owner, members = self._sorted(held)
            ends = np.searchsorted(owner, np.arange(row, row + len(batch) + 1))
            inside = self._nested(members, ends)
            yield pa.RecordBatch.from_arrays([*batch.columns, inside], [*batch.schema.names, self._named])

    def _named_by_members(self) -> Iterator[pa.RecordBatch]:
        with (self._folder / "places").open("wb") as places:
            for part in range(-(-self._rows // self._stretch)):
                owner, members = self._sorted(part)
                if not len(owner):
                    continue
                starts = np.flatnonzero(np.append(np.True_, owner[1:] != owner[:-1]))
                places.write(owner.take(starts).tobytes())
                places.flush()
                ids = arrow_columns.plain(members.column(self._link)).take(pa.array(starts))
                yield pa.RecordBatch.from_arrays(
                    [ids, self._nested(members, np.append(starts, len(owner)))], ["id", self._named]
                )

    def place(self, row: int) -> int:
        """The row number in the file of household number *row*; households count from 1."""
        if self._households is not None:
            return row
        return int(np.fromfile(self._folder / "places", np.int64, 1, offset=(row - 1) * 8)[0]) + 1

    def ids(self) -> Iterable[pa.Array]:
        """Yield the ids of the household table; without one no id repeats."""
        return () if self._households is None else self._households.column("id")

    def _nested(self, members: pa.RecordBatch, ends: Array) -> pa.Array:
        """The member lists of the households between two row numbers."""
        inside = members.slice(ends[0], ends[-1] - ends[0]).drop_columns([self._link])
        struct = pa.StructArray.from_arrays(inside.columns, inside.schema.names)
        return list_array(ends - ends[0], struct)

    def _sorted(self, part: int) -> tuple[Array, pa.RecordBatch]:
        """The members of a range sorted by household row, and those rows."""
        table = self._parted.read(part)
        if table is None:
            empty = self._schema.empty_table()
            return _NOBODY, pa.RecordBatch.from_arrays(
                [arrow_columns.whole(c) for c in empty.columns], schema=self._schema
            )
        owner = arrow_amounts.whole_numbers(arrow_columns.whole(table[_OWNER_FIELD]))
        columns = table.drop_columns([_OWNER_FIELD])
        members = pa.RecordBatch.from_arrays(
            [arrow_columns.whole(c) for c in columns.columns], schema=columns.schema
        )
        if (owner[1:] < owner[:-1]).any():
            order = np.argsort(owner, kind="stable")
            owner, members = owner.take(order), members.take(pa.array(order))
        return owner, members


_OWNER_FIELD = "\0owner"
"""A name that no column of a register has."""
_NOBODY: Array = np.zeros(0, np.int64)


def _by_hash(columns: Iterable[pa.Array], spill: Spill, many: int) -> int:
    """Write texts with their row numbers, partitioned by hash; return their number."""
    row = 0
    for array in columns:
        numbered = [pa.array(np.arange(row, row + len(array))), array]
        part = (hashes(array) >> np.uint64(16)) % np.uint64(many) if len(array) else _NOBODY
        spill.write(pa.RecordBatch.from_arrays(numbered, [_ROW, _NAME]), part.astype(np.int64))
        row += len(array)
    return row


def _owner_of(pairs: pa.Table | None, first: int) -> Array:
    """The owners of the rows from *first* on, in order."""
    if pairs is None:
        return _NOBODY
    row, owner = (arrow_amounts.whole_numbers(arrow_columns.whole(pairs[name])) for name in (_ROW, _OWNER))
    found = np.empty(len(row), np.int64)
    found[row - first] = owner
    return found


def _cut(batches: Iterable[pa.RecordBatch], length: int) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Yield the rows in batches that do not cross a multiple of *length*, each with its first row."""
    row = 0
    for batch in batches:
        start = 0
        while start < len(batch) or not len(batch):
            size = min(len(batch) - start, length - row % length)
            yield row, batch.slice(start, size)
            start, row = start + size, row + size
            if not len(batch):
                break
