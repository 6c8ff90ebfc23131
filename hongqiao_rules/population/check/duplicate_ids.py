"""Find duplicate household ids without holding millions of ids in memory.

Strictly increasing ids have no duplicates. Otherwise the ids are hashed, and only ids whose hash occurs twice are compared
as text, so a hash collision refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.population.read import arrow_columns

_KEPT = 1 << 23
"""Hashes in memory; more are partitioned to files by their first bits."""
_PARTS = 64


class Repeats:
    """Masks the households whose id occurred before in the same input.

    Nothing is kept in memory while the ids increase.

    Args:
        every: a function that yields all ids of the input from the first on, each time it is called.
    """

    def __init__(self, every: Callable[[], Iterable[pa.Array]]) -> None:
        self._every = every
        self._last: bytes | None = None
        self._done = 0
        self._suspects: Array | None = None
        self._seen: set[str] = set()

    def mask(self, ids: pa.Array) -> Array | None:
        """A mask of the next *ids* that repeat an earlier one; ``None`` if none can."""
        if not len(ids) or not arrow_columns.is_text(ids.type):
            return None
        if self._suspects is None:
            if self._rises(arrow_columns.plain(ids)):
                self._done += len(ids)
                return None
            self._suspects = self._from_the_first()
        return self._repeated(ids, self._suspects)

    def _rises(self, said: pa.Array) -> bool:
        if said.null_count or (self._last is not None and not self._last < said[0].as_py().encode()):
            return False
        if not pc.all(pc.less(said[:-1], said[1:]), min_count=0).as_py():
            return False
        self._last = said[-1].as_py().encode()
        return True

    def _from_the_first(self) -> Array:
        """Find the repeated hashes of the whole input, and remember which of them the previous ids had."""
        found, left = suspects(self._every()), self._done
        for ids in self._every() if len(found) else ():
            self._repeated(ids[:left], found)
            left -= min(left, len(ids))
            if not left:
                break
        return found

    def _repeated(self, ids: pa.Array, suspected: Array) -> Array | None:
        if not len(suspected) or not len(ids):
            return None
        found = hashes(ids)
        places = np.searchsorted(suspected, found).clip(max=len(suspected) - 1)
        rows = np.flatnonzero(suspected[places] == found)
        repeated: Array = np.zeros(len(ids), np.bool_)
        for row, name in zip(rows.tolist(), ids.take(pa.array(rows)).to_pylist(), strict=True):
            if name is not None:
                repeated[row] = name in self._seen
                self._seen.add(name)
        return repeated


def suspects(ids: Iterable[pa.Array]) -> Array:
    """The hashes that occur more than once, sorted."""
    kept, count = list[Array](), 0
    with TemporaryDirectory() as folder:
        for array in ids:
            kept.append(hashes(array))
            count += len(array)
            if count > _KEPT:
                _spill(np.concatenate(kept), Path(folder))
                kept, count = [], 0
        parts = list(Path(folder).iterdir())
        if not parts:
            return _twice(np.concatenate(kept)) if kept else np.zeros(0, np.uint64)
        if kept:
            _spill(np.concatenate(kept), Path(folder))
        return np.concatenate([_twice(part) for part in _parts(Path(folder))])


def _spill(found: Array, folder: Path) -> None:
    part = found >> np.uint64(58)
    order = np.argsort(part, kind="stable")
    ends = np.searchsorted(part[order], np.arange(_PARTS + 1))
    for number in range(_PARTS):
        with (folder / f"{number:02}").open("ab") as file:
            file.write(found[order[ends[number] : ends[number + 1]]].tobytes())


def _parts(folder: Path) -> Iterator[Array]:
    for number in range(_PARTS):
        yield np.fromfile(folder / f"{number:02}", np.uint64)


def _twice(found: Array) -> Array:
    found = np.sort(found)
    again: Array = np.unique(found[1:][found[1:] == found[:-1]])
    return again


def hashes(ids: pa.Array) -> Array:
    """A 64-bit hash of each id."""
    said = arrow_columns.plain(ids).fill_null("")
    lengths = pc.binary_length(said).to_numpy(zero_copy_only=False)
    found: Array = np.zeros(len(said), np.uint64)
    for length in np.unique(lengths).tolist():
        rows = np.flatnonzero(lengths == length)
        some = said if len(rows) == len(said) else said.take(pa.array(rows))
        words = -(-length // 8)
        padded = np.zeros((len(rows), words * 8), np.uint8)
        if length:
            padded[:, :length] = arrow_columns.characters(some).reshape(-1, length)
        value = np.full(len(rows), length, np.uint64)
        for word in range(words):
            value ^= padded.view(np.uint64)[:, word]
            value *= np.uint64(0x9E3779B97F4A7C15)
            value ^= value >> np.uint64(29)
            value *= np.uint64(0xBF58476D1CE4E5B9)
            value ^= value >> np.uint64(32)
        found[rows] = value
    return found
