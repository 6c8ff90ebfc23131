"""Amounts in decimals of every width: what a column says is what the border says of each value, never a zero in its place."""

from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hongqiao_rules.errors import RequestError
from hongqiao_rules.household.fields import MONEY_RANGE, digits, parse_money
from hongqiao_rules.population.read import arrow_amounts

WIDTHS = {pa.decimal32: 9, pa.decimal64: 18, pa.decimal128: 38, pa.decimal256: 76}
FEN = st.one_of(
    st.sampled_from([0, 1, 99, 100, 90000, 999999999, 1000000000, -1, 10**17, 10**19, -(10**19)]),
    st.integers(-(10**9), 10**10),
)


@st.composite
def columns(draw):
    """A type of decimals and values that it holds, most of them near what an amount may be."""
    made, digits = draw(st.sampled_from(list(WIDTHS.items())))
    precision = draw(st.integers(1, digits))
    scale = draw(st.integers(max(-4, precision - 76), min(precision, 69)))
    fen = draw(st.lists(st.none() | FEN, min_size=1, max_size=5))
    parts = draw(st.sampled_from([0, 0, 1]))  # of the last place that the type has
    kind, values = made(precision, scale), []
    for one in fen:
        if one is None:
            values.append(None)
            continue
        unscaled = (one * 10 ** (scale - 2) if scale >= 2 else one // 10 ** (2 - scale)) + parts
        values.append(Decimal(f"{unscaled}E{-scale}") if len(str(abs(unscaled))) <= precision else None)
    return kind, values


RANGES = st.sampled_from([MONEY_RANGE, (-999_900, 999_999), (5_001, 123_456_789_012), (-(10**15), 10**15)])


@given(columns(), RANGES)
def test_a_column_of_decimals_says_what_the_border_says_of_each(given_column, between):
    kind, values = given_column
    assume(kind.scale <= 76 - digits(*between))  # else the column is refused, as below
    leaf = arrow_amounts.money(pa.array(values, kind), "monthly", *between)
    for number, value in enumerate(values):
        refused = leaf.bad is not None and bool(leaf.bad[number])
        if value is None:
            assert not refused
            assert leaf.null[number]
        else:
            assert (None if refused else int(leaf.values[number])) == parse_money(value, *between)


def test_the_decimals_that_spark_makes_by_itself_are_read():
    leaf = arrow_amounts.money(
        pa.array([Decimal("900"), Decimal("9999999.99")], pa.decimal128(38, 18)), "monthly", *MONEY_RANGE
    )
    assert (leaf.values.tolist(), leaf.bad) == ([90000, 999999999], None)


def test_a_slice_of_decimals_is_read_from_its_own_beginning():
    array = pa.array([Decimal("1.5"), Decimal("2.5"), Decimal("3.5")], pa.decimal128(20, 10))[1:]
    assert arrow_amounts.money(array, "monthly", *MONEY_RANGE).values.tolist() == [250, 350]


def test_decimals_without_room_for_an_amount_are_refused_by_the_name_of_their_column():
    with pytest.raises(RequestError) as refused:
        arrow_amounts.money(
            pa.array([Decimal(0)], pa.decimal256(76, 70)), "members.income_wages", *MONEY_RANGE
        )
    assert refused.value.code == "COLUMN_TYPE"
    assert "members.income_wages" in refused.value.message


TEXTS = st.from_regex(r"-?[0-9]{1,14}(\.[0-9]{1,3})?", fullmatch=True) | st.sampled_from(
    ["-0", "-0.00", "0", "00", "+1", "", "1.", "-", "一", "1\n"]
)


@given(st.lists(st.none() | TEXTS, min_size=1), RANGES)
def test_a_column_of_text_says_what_the_border_says_of_each(texts, between):
    leaf = arrow_amounts.money(pa.array(texts, pa.string()), "monthly", *between)
    for number, text in enumerate(texts):
        refused = leaf.bad is not None and bool(leaf.bad[number])
        read = None if text is None else parse_money(text, *between)
        assert refused == (text is not None and read is None)
        if read is not None:
            assert leaf.values[number] == read
