"""Exact integer array operations of the columnar engine.

Segments are given by offsets: segment *i* has the items from ``offsets[i]`` to ``offsets[i + 1]``. An empty segment gives 0
(False for ``any``), unlike ``np.add.reduceat``. Cumulative sums over a chunk may overflow 64 bits; their differences are
still exact, because no sum of one segment exceeds 64 bits (:mod:`hongqiao_rules.rulebook.ranges`).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from hongqiao_rules.engines.columnar.columns import Array


def size(array: Array) -> int:
    """The number of rows."""
    return len(array)


def items_of(offsets: Array) -> int:
    """The number of items in all segments."""
    return int(offsets[-1])


def full(value: Any, count: int, kind: str) -> Array:
    """A column of *count* rows with the dtype of *kind*; a column is returned as it is."""
    if isinstance(value, np.ndarray) and value.ndim:
        return value
    return np.full(count, value, dtype={"money": np.int64, "number": np.int64, "truth": np.bool_}.get(kind))


def owners(offsets: Array) -> Array:
    """The segment of each item."""
    count = int(offsets[-1])
    # Counting the segment ends before each item is several times faster than np.repeat.
    found: Array = np.cumsum(np.bincount(offsets[1:-1], minlength=count)[:count])
    return found


def take(values: Array, positions: Array) -> Array:
    """The values at *positions*."""
    return values.take(positions)


# --- one segment, one value ---------------------------------------------------------------------------------


def _differences(values: Array, offsets: Array, kind: type) -> Array:
    running: Array = np.empty(len(values) + 1, kind)
    running[0] = 0
    np.cumsum(values, out=running[1:], dtype=kind)
    ends = running.take(offsets)
    difference: Array = ends[1:] - ends[:-1]
    return difference


def sum_segments(values: Array, offsets: Array) -> Array:
    """The sum of each segment."""
    return _differences(values, offsets, np.int64)


def sum_where(holds: Array, values: Any, offsets: Array, owner: Array) -> Array:
    """The sum of each segment over the rows for which *holds* is true; *owner* has the segment of each row."""
    if np.count_nonzero(holds) * 4 < len(holds):
        return sum_marked(holds, values, owner, len(offsets) - 1)
    return _differences(np.multiply(holds, values), offsets, np.int64)


def sum_of_items(holds: Array, values: Any, offsets: Array) -> Array:
    """The same as :func:`sum_where` without the owners, for segments of which most may be empty."""
    if np.count_nonzero(holds) * 4 < len(offsets):
        return sum_marked(holds, values, owners(offsets), len(offsets) - 1)
    return _differences(np.multiply(holds, values), offsets, np.int64)


def count_segments(holds: Array, offsets: Array) -> Array:
    """The number of true values in each segment."""
    return _differences(holds, offsets, np.int32).astype(np.int64)


def any_segments(holds: Array, offsets: Array, owner: Array) -> Array:
    """For each segment, True if any value is."""
    # Rules mostly test for rare values; then it is fastest to mark the few segments that have one.
    if np.count_nonzero(holds) * 4 < len(holds):
        return any_marked(holds, owner, len(offsets) - 1)
    found: Array = _differences(holds, offsets, np.int32) != 0
    return found


def largest_segments(values: Array, offsets: Array) -> Array:
    """The largest value of each segment; 0 if the segment is empty or has only :data:`LEAST`."""
    found = np.full(len(offsets) - 1, LEAST)
    filled = np.flatnonzero(offsets[1:] > offsets[:-1])
    if len(filled):
        found[filled] = np.maximum.reduceat(values, offsets[:-1].take(filled))
    found[found == LEAST] = 0
    return found


LEAST = np.iinfo(np.int64).min
"""The value of items that a ``largest`` leaves out; no value of a rulebook is as small."""


# --- the same for items with owners, in any order -----------------------------------------------------------


def any_marked(holds: Array, owner: Array, count: int) -> Array:
    """For each of *count* owners, True if any of its items is."""
    found = np.zeros(count, np.bool_)
    found[owner.take(np.flatnonzero(holds))] = True
    return found


def sum_marked(holds: Array, values: Any, owner: Array, count: int) -> Array:
    """For each of *count* owners, the sum of its items for which *holds* is true."""
    found, some = np.zeros(count, np.int64), np.flatnonzero(holds)
    np.add.at(found, owner.take(some), values.take(some) if isinstance(values, np.ndarray) else values)
    return found


def offsets_of(owner: Array, count: int) -> Array:
    """The offsets of items sorted by owner; int64, *count* + 1."""
    found: Array = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=count), out=found[1:])
    return found


def pointing(points_at: Array) -> Array:
    """The indices of the entities with a reference, sorted by the entity that they refer to."""
    found: Array = np.flatnonzero(points_at >= 0)
    owner = points_at.take(found)
    if np.any(owner[1:] < owner[:-1]):
        found = found.take(np.argsort(owner, kind="stable"))
    return found


# --- a list of another frame for each row --------------------------------------------------------------------


def expanded_offsets(offsets: Array, rows: Array) -> Array:
    """The offsets after concatenating the segments *rows*; int64, ``len(rows) + 1``."""
    found = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(offsets.take(rows + 1) - offsets.take(rows), out=found[1:])
    return found


def expanded_positions(offsets: Array, rows: Array, expanded: Array, owner: Array) -> Array:
    """The indices of the items of the concatenated segments *rows*.

    *expanded* and *owner* are the offsets and the owners after the concatenation.
    """
    found: Array = np.arange(len(owner)) + (offsets.take(rows) - expanded[:-1]).take(owner)
    return found


# --- values ---------------------------------------------------------------------------------------------------


def chosen(condition: Array, then: Any, otherwise: Any) -> Array:
    """*then* where the condition is true, else *otherwise*."""
    if isinstance(otherwise, np.ndarray) and otherwise.dtype == np.int8 == np.asarray(then).dtype:
        # Codes: bit operations handle many values at once, without branches.
        mask = -np.asarray(condition).view(np.int8)
        mixed: Array = otherwise ^ ((then ^ otherwise) & mask)
        return mixed
    found: Array = np.where(condition, then, otherwise)
    return found


def all_of(*parts: Array) -> Array:
    """The logical and of the parts."""
    found: Array = np.logical_and(parts[0], parts[1])
    for part in parts[2:]:
        found = np.logical_and(found, part)
    return found


def any_of(*parts: Array) -> Array:
    """The logical or of the parts."""
    found: Array = np.logical_or(parts[0], parts[1])
    for part in parts[2:]:
        found = np.logical_or(found, part)
    return found


def years(difference: Array) -> Array:
    """The number of full years in the difference of two yyyymmdd dates."""
    found: Array = np.floor_divide(difference, 10000).astype(np.int64)
    return found


def in_runs(codes: Array, runs: tuple[tuple[int, int], ...]) -> Array:
    """For each code, True if it is in one of *runs*, which are pairs of a first and a last code."""
    bits = codes.view({1: np.uint8, 4: np.uint32}[codes.dtype.itemsize])
    found: Array = np.zeros(len(codes), np.bool_)
    for number, (first, last) in enumerate(runs):
        # Unsigned: a value below the first, also -1, wraps to a value far above the last.
        inside = bits == first if first == last else (bits - bits.dtype.type(first)) <= last - first
        found = np.logical_or(found, inside) if number else inside
    return found


def rounded(numerator: Any, denominator: Any, step: int, way: str) -> Array:
    """Return ``numerator / denominator`` rounded to a multiple of *step*; ``half-up`` is away from zero."""
    negative = np.min(numerator, initial=0) < 0
    unit, magnitude = np.multiply(denominator, step), np.abs(numerator) if negative else numerator
    if way in ("half-up", "half-even"):
        steps = np.floor_divide(2 * magnitude + unit, 2 * unit)
        if way == "half-even":
            steps = steps - ((steps % 2 == 1) & (2 * magnitude + unit == 2 * unit * steps))
    elif way == "up":
        steps = -np.floor_divide(-magnitude, unit)
    else:
        steps = np.floor_divide(magnitude, unit)
    amounts: Array = steps * step
    if not negative:
        return amounts
    found: Array = np.where(np.greater_equal(numerator, 0), amounts, -amounts)
    return found
