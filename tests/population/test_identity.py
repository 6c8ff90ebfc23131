"""Identity numbers: the birth date is taken from those that hold, the others are refused, and none is written anywhere."""

from datetime import date

import pyarrow as pa
import pyarrow.csv as csv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.file_runs import Targets, assess_files
from hongqiao_rules.population.read import identity_numbers
from hongqiao_rules.population.read.mapping import Mapping
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.rulebook.load import bundled_rulebook

DEFINITIONS = bundled_rulebook().definitions

ON = date(2020, 10, 1)


def check(digits):
    """The check character by the definition of ISO 7064 MOD 11-2, digit by digit."""
    product = 0
    for digit in digits:
        product = (product + int(digit)) * 2 % 11
    return "0123456789X"[(12 - product) % 11]


numbers = st.builds(
    lambda place, born, order: (lambda head: head + check(head))(f"{place:06}{born:%Y%m%d}{order:03}"),
    st.integers(100000, 999999), st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 999),
)  # fmt: skip


def of(*stated):
    return identity_numbers.birth_dates(pa.array(stated, pa.string())).to_pylist()


@given(numbers)
def test_the_birth_date_is_that_of_the_number(number):
    assert (
        of(number, number.lower(), f" {number} ") == [f"{number[6:10]}-{number[10:12]}-{number[12:14]}"] * 3
    )


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_character_is_found(number, place, other):
    wrong = number[:place] + other + number[place + 1 :]
    assert (of(wrong) == [identity_numbers.REFUSED]) == (wrong != number)


@given(numbers, st.integers(0, 16))
def test_two_neighbours_exchanged_are_found(number, place):
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (of(wrong) == [identity_numbers.REFUSED]) == (wrong != number)


def test_what_is_not_there_says_nothing():
    assert of(None, "", "120106196001011", "一二三") == [
        None,
        None,
        identity_numbers.REFUSED,
        identity_numbers.REFUSED,
    ]


def number(born):
    head = f"120106{born}001"
    return head + check(head)


def test_numbers_reach_no_output_and_wrong_ones_are_refused_by_code(calculator, tmp_path):
    right, wrong = number("19600101"), number("19600101")[:-1] + "?"
    rows = [
        ("right", right, ""), ("same", right, "1960-01-01"), ("stated", "", "1960-01-01"),
        ("wrong", wrong, ""), ("both", wrong, "1960/1/1"), ("slashes", right, "1960/1/1"), ("differs", right, "1961-01-01"), ("nothing", "", ""), ("no day", number("19600231"), ""),
    ]  # fmt: skip
    head = "家庭编号,成员编号,与申请人关系,婚姻状况,月收入,身份证号,出生日期\n"
    text = head + "".join(f"{name},1,applicant,married,0,{id_},{born}\n" for name, id_, born in rows)
    (tmp_path / "r.csv").write_text(text, "utf-8")
    names = {
        "家庭编号": "household", "成员编号": "id", "与申请人关系": "relationship", "婚姻状况": "marital_status",
        "月收入": "income_wages", "身份证号": "id_number", "出生日期": "birth_date",
    }  # fmt: skip
    source = Source(tmp_path / "r.csv", None, Mapping(members=names))
    targets = Targets(tmp_path / "o.csv", tmp_path / "rejects.csv", tmp_path / "lines.csv")
    counts = assess_files(Assessor(calculator, ON, lines=True), source, targets, lang="en")
    assert (counts.households, counts.assessed, counts.rejected) == (9, 3, 6)
    assert csv.read_csv(targets.results)["household"].to_pylist() == ["right", "same", "stated"]
    assert [(r["household"], r["code"], r["path"]) for r in csv.read_csv(targets.rejects).to_pylist()] == [
        ("wrong", "BAD_ID_NUMBER", "/members/0/birth_date"),
        ("both", "BAD_ID_NUMBER", "/members/0/birth_date"),
        ("slashes", "BAD_DATE", "/members/0/birth_date"),
        ("differs", "BAD_ID_NUMBER", "/members/0/birth_date"),
        ("nothing", "MISSING_FIELD", "/members/0/birth_date"),
        ("no day", "BAD_DATE", "/members/0/birth_date"),
    ]
    for path in (targets.results, targets.rejects, targets.lines):
        assert "120106" not in path.read_text("utf-8")


def test_a_column_of_numbers_that_is_not_text_is_refused_by_name():
    table = pa.table({"id_number": pa.array([120106196001010018])})
    with pytest.raises(RequestError, match="COLUMN_TYPE"):
        Mapping().renamed(table, DEFINITIONS, of_members=True)
