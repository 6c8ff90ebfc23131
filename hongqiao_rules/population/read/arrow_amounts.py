"""Convert Arrow columns of money to fen, and fen to decimal columns."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.household.fields import digits
from hongqiao_rules.population.read.arrow_columns import (
    Leaf,
    held,
    is_text,
    marked,
    null_mask,
    nulls,
    number,
    numbers,
    plain,
    positions,
    refuse,
)

AMOUNT = pa.decimal128(18, 2)
"""The type of amounts in results and in files."""
NARROW = pa.decimal64(18, 2)
"""The type of amounts in results that stay in memory, half as wide."""


def fen(array: pa.Array, column: str, least: int, most: int) -> Leaf:
    """Convert an integer column of fen; amounts from *least* to *most* are valid."""
    if not pa.types.is_integer(array.type):
        raise refuse(column, array.type, "fen")
    return number(array, column, least, most)


def money(array: pa.Array, column: str, least: int, most: int) -> Leaf:
    """Convert yuan as decimals, text or integers to fen; amounts from *least* to *most* fen are valid."""
    null = nulls(array)
    if is_text(array.type):
        said = plain(array)
        pattern = rf"^-?[0-9]{{1,{digits(least, most)}}}(\.[0-9]{{1,2}})?$"
        right = pc.match_substring_regex(said, pattern).fill_null(False)  # noqa: FBT003  # Arrow takes it so
        amounts = pc.if_else(right, said, "0").cast(AMOUNT)
        values = np.where(null_mask(amounts), 0, _halves(amounts)[0])
        bad = ~right.to_numpy(zero_copy_only=False) | (values < least) | (values > most)
        if not values.all():  # a zero has no sign
            bad |= (values == 0) & pc.starts_with(said, "-").fill_null(False).to_numpy(zero_copy_only=False)  # noqa: FBT003  # Arrow takes it so
        return Leaf(values, marked(bad, null), null)
    if pa.types.is_integer(array.type):
        yuan = number(array, column, -(-least // 100), most // 100)
        right_yuan = yuan.values if yuan.bad is None else np.where(yuan.bad, 0, yuan.values)
        return Leaf(right_yuan * 100, yuan.bad, null)
    if not pa.types.is_decimal(array.type):
        raise refuse(column, array.type, "money")
    values, bad = _decimals(array.fill_null(0) if null is not None else array, column, least, most)
    return Leaf(values, None if bad is None else marked(bad, null), null)


def _decimals(array: pa.Array, column: str, least: int, most: int) -> tuple[Array, Array | None]:
    """Decimals in fen, and a mask of those out of range or with fractions of a fen."""
    scale = array.type.scale
    if scale == 2 and pa.types.is_decimal128(array.type):
        low, high = _halves(array)
        fits = not high.any() if least >= 0 else np.array_equal(high, low >> 63)
        if len(low) and fits and least <= low.min() and low.max() <= most:
            return np.ascontiguousarray(low), None
    if scale > _WIDEST - digits(least, most):
        raise refuse(column, array.type, "money")
    # Spark's default decimals have 18 places and exceed 64 bits.
    wide = array.cast(pa.decimal256(_WIDEST, max(scale, 0)))
    finest = Decimal(1).scaleb(-max(0, min(scale, 2)))
    lowest, highest = (
        pa.scalar(Decimal(bound).scaleb(-2).quantize(finest, way), wide.type)
        for bound, way in ((least, ROUND_CEILING), (most, ROUND_FLOOR))
    )
    within = pc.and_(pc.greater_equal(wide, lowest), pc.less_equal(wide, highest))
    kept = pc.if_else(within, wide, lowest)
    rounded = pc.round(kept, 2)
    right = pc.and_(within, pc.equal(kept, rounded))
    values = _halves(rounded.cast(pa.decimal256(_WIDEST, 2)).cast(AMOUNT))[0].copy()
    return values, ~right.to_numpy(zero_copy_only=False)


_WIDEST = 76
"""The most digits of a decimal of Arrow."""


def _halves(array: pa.Array) -> tuple[Array, Array]:
    """The lower and the upper 64 bits of decimals."""
    data = array.buffers()[1]
    if data is None or not len(array):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    # The buffer may be longer than its values.
    both = np.frombuffer(data, np.int64, 2 * len(array), array.offset * 16).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def column(values: Array, null: Array | None = None, room: Array | None = None) -> pa.Array:
    """Convert fen to a decimal column of yuan, in the memory *room* (:func:`rooms`) if given."""
    [halves] = rooms(1, len(values)) if room is None else [room]
    halves[:, 0] = values
    halves[:, 1] = 0
    if values.min(initial=0) < 0:
        np.right_shift(values, 63, out=halves[:, 1])
    valid = None if null is None else pa.py_buffer(np.packbits(~null, bitorder="little"))
    return pa.Array.from_buffers(AMOUNT, len(values), [valid, pa.py_buffer(halves)])


def rooms(count: int, rows: int) -> Array:
    """Memory for the amounts of *count* columns, allocated as one block, which the system provides in large pages."""
    return np.empty((count, rows, 2), np.int64)


def narrow(values: Array) -> pa.Array:
    """Convert fen to a decimal column of half the width, for results that are written or converted at once."""
    return pa.Array.from_buffers(NARROW, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def whole_numbers(array: pa.Array) -> Array:
    """A column of amounts as fen, of counts, truths, days or places of codes; it has no nulls."""
    if pa.types.is_decimal64(array.type):
        return held(array, np.int64)
    if pa.types.is_decimal(array.type):
        return _halves(array)[0].copy()
    if pa.types.is_dictionary(array.type):
        return positions(array).astype(np.int64)
    return numbers(array if pa.types.is_integer(array.type) else array.cast(pa.int32()))
