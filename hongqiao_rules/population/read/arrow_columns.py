"""Convert an Arrow column to an int64 array (fen or yyyymmdd) and a mask of invalid rows.

A column whose type cannot hold its values is refused by name. An invalid value in a valid column marks its row;
:mod:`hongqiao_rules.population.check.reject_reasons` finds its exact fault.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.errors import RequestError
from hongqiao_rules.household.fields import LONGEST_TEXT, UNKNOWN
from hongqiao_rules.text.catalogue import Phrase


class Leaf(NamedTuple):
    """A column as an array, with masks of invalid (``bad``) and absent (``null``) values.

    A mask is ``None`` if it would be empty, the usual case.
    """

    values: Array
    bad: Array | None
    null: Array | None


def refuse(column: str, array_type: pa.DataType, wanted: str) -> RequestError:
    """The error for a column whose type cannot hold its values."""
    if pa.types.is_floating(array_type) and wanted == "money":
        name = column.split(".", 1)[-1]
        cast = INNER_CAST if "." in name else FLOAT_CAST.format(name)
        return RequestError("FLOAT_COLUMN", column=column, type=array_type, cast=cast)
    return RequestError("COLUMN_TYPE", column=column, type=array_type, wanted=Phrase(f"column.{wanted}"))


FLOAT_CAST = 'pc.round(table["{}"], 2).cast(pa.decimal128(9, 2))'
INNER_CAST = "pa.decimal128(9, 2), DECIMAL(9, 2)"
"""The expected type, in Arrow and in SQL, of a column inside lists, which no single expression casts."""


def is_text(array_type: pa.DataType) -> bool:
    """True if an Arrow type is text, plain or dictionary-encoded."""
    if pa.types.is_dictionary(array_type):
        array_type = array_type.value_type
    return bool(
        pa.types.is_string(array_type)
        or pa.types.is_large_string(array_type)
        or pa.types.is_string_view(array_type)
    )


def plain(array: pa.Array) -> pa.Array:
    """A text column without its dictionary."""
    return array if pa.types.is_string(array.type) else array.cast(pa.string())


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A chunked column as one array, without a copy if it has one chunk."""
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def nulls(array: pa.Array) -> Array | None:
    """A mask of null values, or ``None`` if there are none."""
    if array.null_count == 0:
        return None
    found: Array = ~_bits(array, 0)
    return found


def _bits(array: pa.Array, buffer: int) -> Array:
    """A bit buffer as booleans; several times faster than Arrow's conversion."""
    data = array.buffers()[buffer]
    if data is None or not len(array):
        return np.zeros(len(array), np.bool_)
    first, last = array.offset // 8, (array.offset + len(array) + 7) // 8
    bits = np.unpackbits(np.frombuffer(data, np.uint8)[first:last], bitorder="little")
    found: Array = bits[array.offset % 8 :][: len(array)].view(np.bool_)
    return found


def null_mask(array: pa.Array) -> Array:
    """A mask of null values."""
    found = nulls(array)
    return np.zeros(len(array), np.bool_) if found is None else found


def either(*masks: Array | None) -> Array | None:
    """The union of *masks*; ``None`` if all are ``None``."""
    found: Array | None = None
    for mask in masks:
        if mask is not None and mask.any():
            found = mask if found is None else found | mask
    return found


def marked(bad: Array, null: Array | None) -> Array | None:
    """A mask of stated values that are invalid."""
    return either(bad if null is None else bad & ~null)


def held(array: pa.Array, as_: Any = None) -> Array:
    """The integers of a column without a copy; undefined where it is null."""
    kind = np.dtype(as_ or str(array.type))  # Arrow names integer types as NumPy does
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.zeros(len(array), kind)
    found: Array = np.frombuffer(data, kind, len(array), array.offset * kind.itemsize)
    return found


def positions(array: pa.Array) -> Array:
    """The dictionary index of each value, in a type that can hold -1."""
    found = held(array.indices)
    return found.astype(np.int64) if found.dtype.kind == "u" else found


def numbers(array: pa.Array, kind: Any = np.int64) -> Array:
    """A column of integers as an array, 0 where it is null."""
    values, null = held(array), nulls(array)
    found: Array = (values if null is None else np.where(null, 0, values)).astype(kind, copy=False)
    return found


def codes(array: pa.Array, column: str, known: pa.Array, kind: Any, default: int = -1) -> Leaf:
    """The position of each code in *known*; *default* where null."""
    if not is_text(array.type):
        raise refuse(column, array.type, "code")
    coded = pa.types.is_dictionary(array.type) and not array.dictionary.null_count
    array = array if coded else plain(array)
    null = nulls(array)
    if coded:
        dictionary, indices, bad = plain(array.dictionary), positions(array), None
        if dictionary.equals(known[: len(dictionary)]):
            values = indices.astype(kind)  # nulls are replaced below
        else:
            places = np.append(_places(dictionary, known), -1).astype(kind)
            values = places.take(indices if null is None else np.where(null, -1, indices))
            bad = marked(values < 0, null) if places[:-1].min(initial=0) < 0 else None
        if null is not None:
            values = vectors.chosen(null, kind(default), values)
        return Leaf(values, bad, null)
    values = _places(array, known).astype(kind)
    bad = values < 0
    if null is not None:
        values[null] = default
    return Leaf(values, marked(bad, null), null)


def _places(array: pa.Array, known: pa.Array) -> Array:
    places = pc.index_in(plain(array), value_set=known)
    found, null = held(places), nulls(places)
    return found if null is None else np.where(null, -1, found)


def identifiers(array: pa.Array, column: str) -> Array | None:
    """A mask of identifiers that are invalid or null."""
    if pa.types.is_null(array.type):
        return np.ones(len(array), np.bool_)
    if not is_text(array.type):
        raise refuse(column, array.type, "text")
    said = plain(array)
    null = nulls(said)
    return either(null, marked(_wrong(said), null))


def _wrong(said: pa.Array) -> Array:
    """A mask of texts that are empty, possibly too long, or ``"unknown"``."""
    if not len(said):
        return np.zeros(0, np.bool_)
    # A text has at least as many bytes as characters, so unmarked texts are short enough.
    ends = _ends(said)
    length = ends[1:] - ends[:-1]
    wrong: Array = (length == 0) | (length > LONGEST_TEXT)
    if (length == len(UNKNOWN)).any():
        wrong |= pc.equal(said, UNKNOWN).fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003  # Arrow takes it so
    return wrong


def text(array: pa.Array, column: str) -> Leaf:
    """Identifiers as integers that are equal where the texts are equal; -1 where null."""
    if pa.types.is_null(array.type):
        array = array.cast(pa.string())
    if not is_text(array.type):
        raise refuse(column, array.type, "text")
    encoded, dictionary = encode(array)
    null = nulls(encoded)
    indices = positions(encoded)
    values = indices if null is None else np.where(null, -1, indices)
    wrong = np.append(_wrong(dictionary.fill_null("")), np.False_)
    return Leaf(values, marked(wrong.take(values), null) if wrong.any() else None, null)


def encode(array: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Dictionary-encoded text without duplicate entries, and its dictionary as plain strings."""
    if pa.types.is_dictionary(array.type) and not array.dictionary.null_count:
        dictionary = plain(array.dictionary)
        if len(dictionary.unique()) == len(dictionary):
            return array, dictionary
    encoded = plain(array).dictionary_encode()
    return encoded, encoded.dictionary


def truth(array: pa.Array, column: str) -> Leaf:
    """Booleans, or the texts ``true`` and ``false``; false where null."""
    if is_text(array.type):
        said = codes(array, column, pa.array(["false", "true"]), np.int8)
        return Leaf(said.values == 1, said.bad, said.null)
    if not pa.types.is_boolean(array.type):
        raise refuse(column, array.type, "truth")
    filled = array.fill_null(False) if array.null_count else array  # noqa: FBT003  # Arrow takes it so
    return Leaf(_bits(filled, 1), None, nulls(array))


def number(array: pa.Array, column: str, least: int, most: int) -> Leaf:
    """Integers from *least* to *most*, or their text."""
    if is_text(array.type):
        said = plain(array)
        right = pc.match_substring_regex(said, "^(0|-?[1-9][0-9]{0,17})$")
        array = pc.if_else(right, said, None).cast(pa.int64())
        values, null = numbers(array), nulls(said)
        bad = null_mask(array) | (values < least) | (values > most)
        return Leaf(values, marked(bad, null), null)
    if not pa.types.is_integer(array.type):
        raise refuse(column, array.type, "number")
    null, values = nulls(array), numbers(array, np.uint64 if pa.types.is_uint64(array.type) else np.int64)
    if null is None and len(values) and least <= values.min() and values.max() <= most:
        return Leaf(values.astype(np.int64, copy=False), None, None)
    bad = (values < least) | (values > most)
    return Leaf(values.astype(np.int64, copy=False), marked(bad, null), null)


# --- dates ----------------------------------------------------------------------------------------------------

_FIRST, _LAST = np.datetime64("1800-01-01"), np.datetime64("2200-01-01")
_EARLIEST, _LATEST = np.datetime64("0001-01-01"), np.datetime64("9999-12-31")


def _as_day(days: Array) -> Array:
    """Convert days since 1970 to yyyymmdd."""
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    years = months.astype("datetime64[Y]")
    year = years.astype(np.int64) + 1970
    month = (months - years.astype("datetime64[M]")).astype(np.int64) + 1
    day = (dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    found: Array = (year * 10000 + month * 100 + day).astype(np.int32)
    return found


@lru_cache(maxsize=1)
def _calendar() -> tuple[int, Array]:
    """A lookup table of 400 years: its first day, and each day as yyyymmdd; faster than division."""
    days = np.arange(_FIRST, _LAST).astype(np.int64)
    return int(days[0]), _as_day(days)


def date(array: pa.Array, column: str) -> Leaf:
    """Dates as yyyymmdd, 0 where null."""
    null = nulls(array)
    if is_text(array.type):
        values, bad = _text_dates(plain(array).fill_null(""))
        return Leaf(values, marked(bad, null), null)
    if not pa.types.is_date32(array.type):
        raise refuse(column, array.type, "date")
    days = numbers(array.view(pa.int32()), np.int32)
    first, calendar = _calendar()
    if len(days) and (days.min() < first or days.max() >= first + len(calendar)):
        far = days.astype(np.int64)
        bad = (far < _EARLIEST.astype(np.int64)) | (far > _LATEST.astype(np.int64))
        return Leaf(_as_day(np.where(bad, 0, far)), marked(bad, null), null)
    return Leaf(calendar.take(days - np.int32(first)), None, null)


_LENGTHS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def _text_dates(array: pa.Array) -> tuple[Array, Array]:
    """Convert YYYY-MM-DD texts to yyyymmdd, with a mask of other texts."""
    values, bad = np.zeros(len(array), np.int32), np.ones(len(array), np.bool_)
    fitting = np.flatnonzero(numbers(pc.binary_length(array)) == 10)
    if not len(fitting):
        return values, bad
    letters = characters(array.take(pa.array(fitting))).reshape(-1, 10)
    digits = letters[:, [0, 1, 2, 3, 5, 6, 8, 9]].astype(np.int32) - ord("0")
    right = ((digits >= 0) & (digits <= 9)).all(axis=1) & (letters[:, [4, 7]] == ord("-")).all(axis=1)
    number = digits @ np.array([10**power for power in range(7, -1, -1)], np.int32)
    year, month, day = number // 10000, number // 100 % 100, number % 100
    right &= (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    right &= day <= _LENGTHS[np.where(right, month, 0)] - ((month == 2) & ~leap)
    values[fitting], bad[fitting] = np.where(right, number, 0), ~right
    return values, bad


def characters(array: pa.Array) -> Array:
    """The concatenated bytes of all texts."""
    ends, data = _ends(array), array.buffers()[2]
    return np.frombuffer(b"" if data is None else data, np.uint8)[ends[0] : ends[-1]]


def _ends(array: pa.Array) -> Array:
    """The offsets of plain strings: the start of each, and the end of the last."""
    offsets = array.buffers()[1]
    if offsets is None:
        return np.zeros(len(array) + 1, np.int32)
    return np.frombuffer(offsets, np.int32, len(array) + 1, array.offset * 4)


_OTHER_LISTS = (pa.types.is_fixed_size_list, pa.types.is_list_view, pa.types.is_large_list_view)


def items(array: pa.Array, column: str) -> tuple[Array, pa.Array, Array | None]:
    """The offsets of a list column from 0, all its items, and a mask of null lists."""
    contiguous = pa.types.is_list(array.type) or pa.types.is_large_list(array.type)
    if not contiguous and not any(is_other(array.type) for is_other in _OTHER_LISTS):
        raise refuse(column, array.type, "list")
    null = nulls(array)
    if contiguous and null is None:
        offsets = array.offsets.to_numpy().astype(np.int64)
        first = int(offsets[0])
        return offsets - first if first else offsets, array.values[first : offsets[-1]], null
    # A null list may still span items, which are nobody's, and views may stand in any order. Arrow's own cast of views gives
    # lists that are not valid.
    offsets = np.zeros(len(array) + 1, np.int64)
    np.cumsum(numbers(pc.list_value_length(array)), out=offsets[1:])
    return offsets, array.flatten(), null
