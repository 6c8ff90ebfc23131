"""What the border refuses of a household it refuses of a row: the same codes at the same places, and nothing else."""

import copy
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator
from hongqiao_rules.errors import HouseholdError, RequestError
from hongqiao_rules.household.facts_reader import reader_of
from hongqiao_rules.household.models import Household
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.rulebook.load import bundled_rulebook
from hongqiao_rules.testing import codes, households
from tests.population.arrow import SCHEMA, batch
from tests.population.test_equality import assert_row, lines_by_household

ON = date(2020, 10, 1)
DAY = 20201001
TEXTS = ("", "unknown", "m0", "m1", "nobody", "x" * 200, "x" * 201, "字" * 100, "字" * 201, " m0")
DATES = ("", "unknown", "2020-10-01", "2020-10-02", "2021-02-29", "2020-02-29", "2002-10-01", "2002-10-02", "2004-10-01",
         "2004-10-02", "20201001", "2020-13-01", "2020-00-10", "2020-1-01", "0000-01-01", "0001-01-01", "1700-05-05",
         "９９９９-01-01", "2020-10-0١", " 2020-10-01")  # fmt: skip
AMOUNTS = (
    "",
    "unknown",
    "0",
    "9999999.99",
    "10000000",
    "-1",
    "1.005",
    "1.",
    ".5",
    "1e3",
    " 1",
    "1,000",
    "１",
    "00",
    "1\n",
)
OTHER = {"absence": "absence", "relationship": "relationship", "marital_status": "marital-status",
         "schooling": "schooling", "guardianship": "guardianship", "self_care": "self-care",
         "living_arrangement": "living-arrangement"}  # fmt: skip


@st.composite
def spoiled(draw):
    """A household that is accepted, with up to three things about it changed for the worse, or not."""
    household = copy.deepcopy(draw(households(ON, 4)))
    for _ in range(draw(st.integers(0, 3))):
        members = household.get("members") or []
        member = draw(st.sampled_from(members)) if members else None
        match draw(st.integers(0, 12)) if member else 0:
            case 0:
                draw(st.sampled_from([_no_members, _no_id, _null_member, _many_members]))(household)
            case 1:
                household["id"] = draw(st.sampled_from(TEXTS))
            case 2:
                member.pop(draw(st.sampled_from([*SCHEMA.field("members").type.value_type.names])), None)
            case 3:
                member["id"] = draw(st.sampled_from(TEXTS))
            case 4:
                member["parent"] = draw(st.sampled_from(TEXTS))
            case 5:
                member["birth_date"] = draw(st.sampled_from(DATES))
            case 6 | 7:
                name = draw(st.sampled_from(list(OTHER)))
                member[name] = draw(st.sampled_from([*codes(OTHER[name]), "", "unknown", "Married", "nope"]))
            case 8:
                member["illnesses"] = draw(
                    st.sampled_from(
                        [["aids", None], [""], ["unknown"], ["aids"] * 50, ["aids"] * 51, ["flu"]]
                    )
                )
            case 9:
                grade = draw(st.sampled_from([0, 1, 4, 5, -1, 2**40, None]))
                record = {"kind": draw(st.sampled_from(["visual", "tail", None])), "grade": grade}
                member["disabilities"] = [{k: v for k, v in record.items() if v is not None}] * draw(
                    st.sampled_from([1, 51])
                )
            case 10:
                income = {
                    "kind": draw(st.sampled_from(["wages", "salary"])),
                    "monthly": draw(st.sampled_from(AMOUNTS)),
                }
                member["incomes"] = [{"kind": "pension", "monthly": "1"}, income]
            case 11:
                member["incomes"] = draw(
                    st.sampled_from([[None], [{"kind": "wages"}], [{"monthly": "1"}], []])
                )
            case 12:
                member["relationship"] = draw(st.sampled_from(["applicant", "spouse", "child"]))
    return household


def _no_members(household):
    household["members"] = []


def _no_id(household):
    household.pop("id", None)


def _null_member(household):
    household["members"] = [*household["members"], None]


def _many_members(household):
    first = household["members"][0] if household["members"] else None
    if isinstance(first, dict):
        more = [
            {**first, "id": f"n{n}", "relationship": "other"} for n in range(101 - len(household["members"]))
        ]
        household["members"] = household["members"] + more


def faults(household):
    try:
        reader_of(bundled_rulebook(), Household).read(copy.deepcopy(household), DAY)
    except HouseholdError as error:
        return sorted((fault.code, fault.path) for fault in error.faults)
    return []


@given(st.lists(spoiled(), min_size=1, max_size=4))
def test_a_row_is_refused_exactly_as_its_household_is(given_households):
    calculator = Calculator()
    outcome = Assessor(calculator, ON, lines=True).assess(batch(given_households), first_row=11)
    expected = {11 + n: found for n, h in enumerate(given_households) if (found := faults(h))}
    assert {r.row: sorted((f.code, f.path) for f in r.faults) for r in outcome.rejects} == expected
    accepted = [h for n, h in enumerate(given_households) if 11 + n not in expected]
    rows, lines = outcome.results.to_pylist(), outcome.lines
    assert len(rows) == len(accepted)
    if len({h["id"] for h in accepted}) == len(accepted):
        for row, household in zip(rows, accepted, strict=True):
            assert_row(row, lines_by_household(lines), calculator.assess(household, ON))


@given(st.lists(spoiled(), min_size=1, max_size=4), st.integers(0, 20), st.integers(0, 20))
def test_a_slice_says_what_its_rows_say_by_themselves(given_households, begin, length):
    many = given_households * 6
    assessor = Assessor(Calculator(), ON, lines=True)
    found, expected = (
        assessor.assess(one)
        for one in (batch(many).slice(begin, length), batch(many[begin : begin + length]))
    )
    assert found.results.to_pylist() == expected.results.to_pylist()
    assert found.lines.to_pylist() == expected.lines.to_pylist()
    assert found.rejects == expected.rejects


def test_nothing_at_all_is_assessed_to_nothing(calculator):
    outcome = Assessor(calculator, ON, lines=True).assess(batch([]))
    assert (len(outcome.results), len(outcome.lines), outcome.rejects) == (0, 0, ())


HOUSEHOLD = {
    "id": "H",
    "members": [
        {"id": "a", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "divorced",
         "illnesses": [], "disabilities": [{"kind": "visual", "grade": 1}],
         "incomes": [{"kind": "wages", "monthly": "1234.50"}]},
        {"id": "b", "relationship": "child", "birth_date": "2012-01-01", "schooling": "primary"},
    ],
}  # fmt: skip


def members_as(changes, **fields):
    """The household's batch with member columns dropped or replaced by arrays."""
    members = batch([HOUSEHOLD]).column("members")
    struct = members.values
    arrays = {struct.type.field(i).name: struct.field(i) for i in range(struct.type.num_fields)}
    arrays = {name: array for name, array in arrays.items() if name not in changes} | fields
    made = pa.StructArray.from_arrays(list(arrays.values()), list(arrays))
    return pa.RecordBatch.from_arrays(
        [pa.array(["H"]), pa.ListArray.from_arrays([0, 2], made)], ["id", "members"]
    )


def incomes(values, kind, name="monthly"):
    items = pa.StructArray.from_arrays([pa.array(["wages"]), pa.array(values, kind)], ["kind", name])
    return pa.ListArray.from_arrays(pa.array([0, 1, 1], pa.int32()), items)


FITTING = {
    "decimal": lambda: members_as(["incomes"], incomes=incomes([Decimal("1234.5")], pa.decimal128(9, 2))),
    "decimal of one place": lambda: members_as(["incomes"], incomes=incomes([Decimal("1234.5")], pa.decimal128(9, 1))),
    "decimal of eighteen places": lambda: members_as(["incomes"], incomes=incomes([Decimal("1234.5")], pa.decimal128(38, 18))),
    "decimal of four places": lambda: members_as(["incomes"], incomes=incomes([Decimal("1234.5")], pa.decimal128(12, 4))),
    "wide decimal": lambda: members_as(["incomes"], incomes=incomes([Decimal("1234.5")], pa.decimal256(50, 2))),
    "large text": lambda: members_as(["incomes"], incomes=incomes(["1234.50"], pa.large_string())),
    "fen": lambda: members_as(["incomes"], incomes=incomes([123450], pa.int32(), "monthly_fen")),
    "one column a kind": lambda: members_as(["incomes"], income_wages=pa.array(["1234.50", None])),
    "one column a kind, decimal": lambda: members_as(
        ["incomes"], income_wages=pa.array([Decimal("1234.5"), None], pa.decimal128(9, 2)),
        income_pension=pa.array([None, None], pa.decimal128(9, 2)),
    ),
    "one column a kind, fen": lambda: members_as(["incomes"], income_wages_fen=pa.array([123450, None], pa.int64())),
    "dates": lambda: members_as(["birth_date"], birth_date=pa.array([date(1980, 1, 1), date(2012, 1, 1)])),
    "dictionary": lambda: members_as(["relationship"], relationship=pa.array(["applicant", "child"]).dictionary_encode()),
    **{
        f"dictionary of {places} with a null": lambda places=places: members_as(
            ["schooling"],
            schooling=pa.DictionaryArray.from_arrays(pa.array([None, 1], places), ["none", "primary"]),
        )
        for places in (pa.int8(), pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
    },
    "text lists": lambda: members_as(
        ["illnesses", "disabilities"], illnesses=pa.array(["", None]), disabilities=pa.array(["visual:1", None])
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", list(FITTING))
def test_every_fitting_type_says_the_same(calculator, shape):
    outcome = Assessor(calculator, ON, lines=True).assess(FITTING[shape]())
    assert outcome.rejects == ()
    (row,) = outcome.results.to_pylist()
    assert_row(row, lines_by_household(outcome.lines), calculator.assess(HOUSEHOLD, ON))


@pytest.mark.parametrize("views", [pa.list_view, pa.large_list_view])
def test_views_of_lists_say_what_their_lists_say(calculator, views):
    """Arrow's own cast of them reads past the end of its memory."""
    members = SCHEMA.field("members").type.value_type
    within = [
        field.with_type(views(field.type.value_type)) if pa.types.is_list(field.type) else field
        for field in (members.field(i) for i in range(members.num_fields))
    ]
    schema = pa.schema([f.with_type(views(pa.struct(within))) if f.name == "members" else f for f in SCHEMA])
    rows = [HOUSEHOLD, {**HOUSEHOLD, "id": "I", "members": None}, {**HOUSEHOLD, "id": "J"}]
    found, expected = (
        Assessor(calculator, ON, lines=True).assess(pa.RecordBatch.from_pylist(rows, schema=one))
        for one in (schema, SCHEMA)
    )
    assert found.results.to_pylist() == expected.results.to_pylist()
    assert len(found.results) == 2
    assert found.lines.to_pylist() == expected.lines.to_pylist()
    assert found.rejects == expected.rejects


def household_column(name, array):
    made = batch([HOUSEHOLD])
    return made.set_column(made.schema.get_field_index(name), name, array)


REFUSED = {
    "float money": (lambda: members_as(["incomes"], incomes=incomes([1.5], pa.float64())), "FLOAT_COLUMN", "members.incomes.monthly"),
    "float income of a kind": (lambda: members_as(["incomes"], income_wages=pa.array([1.5, None])), "FLOAT_COLUMN", "members.income_wages"),
    "text as fen": (lambda: members_as(["incomes"], incomes=incomes(["1"], pa.string(), "monthly_fen")), "COLUMN_TYPE", "members.incomes.monthly_fen"),
    "a timestamp": (lambda: members_as(["birth_date"], birth_date=pa.array([0, 0], pa.timestamp("us"))), "COLUMN_TYPE", "members.birth_date"),
    "a number as code": (lambda: members_as(["relationship"], relationship=pa.array([1, 2])), "COLUMN_TYPE", "members.relationship"),
    "a number as truth": (lambda: household_column("childless", pa.array([1])), "COLUMN_TYPE", "childless"),
    "a float as grade": (lambda: members_as(["disabilities"], disabilities=pa.array([[{"kind": "visual", "grade": 1.0}], []])), "COLUMN_TYPE", "members.disabilities.grade"),
    "an unknown column": (lambda: members_as([], brith_date=pa.array(["", ""])), "UNKNOWN_COLUMN", "members.brith_date"),
    "a missing column": (lambda: members_as(["birth_date"]), "MISSING_COLUMN", "members.birth_date"),
    "no members": (lambda: pa.RecordBatch.from_pydict({"id": ["H"]}), "MISSING_COLUMN", "members"),
    "incomes as text": (lambda: members_as(["incomes"], incomes=pa.array(["wages:1", None])), "COLUMN_TYPE", "members.incomes"),
    "incomes as texts": (lambda: members_as(["incomes"], incomes=pa.array([["wages"], None])), "COLUMN_TYPE", "members.incomes"),
    "disabilities as texts": (lambda: members_as(["disabilities"], disabilities=pa.array([["visual:1"], None])), "COLUMN_TYPE", "members.disabilities"),
    "disabilities as a number": (lambda: members_as(["disabilities"], disabilities=pa.array([1, None])), "COLUMN_TYPE", "members.disabilities"),
    "members as text": (lambda: pa.RecordBatch.from_pydict({"id": ["H"], "members": ["a"]}), "COLUMN_TYPE", "members"),
    "incomes twice": (lambda: members_as([], income_wages=pa.array(["1", None])), "COLUMNS_CONFLICT", "members.income_wages"),
    "fen and yuan": (lambda: members_as(["incomes"], income_wages=pa.array(["1", None]), income_pension_fen=pa.array([1, None])), "COLUMNS_CONFLICT", "members.income_wages"),
}  # fmt: skip


@pytest.mark.parametrize("what", list(REFUSED))
def test_a_column_that_cannot_hold_it_is_refused_by_name(calculator, what):
    made, code, column = REFUSED[what]
    with pytest.raises(RequestError) as refused:
        Assessor(calculator, ON).assess(made())
    assert refused.value.code == code
    assert column in refused.value.message
    assert refused.value.say("zh") != refused.value.message


def test_the_cast_that_a_float_column_is_refused_with_works(calculator):
    import pyarrow.compute as pc

    with pytest.raises(RequestError) as refused:
        Assessor(calculator, ON).assess(members_as(["incomes"], income_wages=pa.array([0.1 + 0.2, None])))
    assert 'pc.round(table["income_wages"], 2)' in refused.value.message
    cast = pc.round(pa.array([0.1 + 0.2, None]), 2).cast(pa.decimal128(9, 2))
    outcome = Assessor(calculator, ON).assess(members_as(["incomes"], income_wages=cast))
    assert str(outcome.results["income"][0]) == "0.30"


@pytest.mark.parametrize("grade", ["01", "04", "0", "5", "", "１", "1.0", "+1"])
def test_a_grade_in_text_is_the_number_as_it_is_written_or_refused(calculator, grade):
    made = members_as(["disabilities"], disabilities=pa.array([f"visual:{grade}", None]))
    outcome = Assessor(calculator, ON).assess(made)
    assert len(outcome.results) == 0
    assert [(f.code, f.path) for r in outcome.rejects for f in r.faults] == [
        ("BAD_GRADE", "/members/0/disabilities/0/grade")
    ]


def test_a_repeated_household_is_refused_where_it_stands(calculator):
    import numpy as np

    outcome = Assessor(calculator, ON).assess(batch([HOUSEHOLD, HOUSEHOLD]), repeated=np.array([False, True]))
    assert [(r.row, [f.code for f in r.faults]) for r in outcome.rejects] == [(2, ["DUPLICATE_HOUSEHOLD"])]
    assert len(outcome.results) == 1


def test_null_lists_that_span_items_are_nobody_s(calculator):
    made = batch([HOUSEHOLD, {**HOUSEHOLD, "id": "I"}])
    members = pa.ListArray.from_arrays(
        pa.array([0, 2, 4], pa.int32()), made.column("members").values, mask=pa.array([True, False])
    )
    outcome = Assessor(calculator, ON).assess(made.set_column(1, "members", members))
    assert [(r.row, [(f.code, f.path) for f in r.faults]) for r in outcome.rejects] == [
        (1, [("MISSING_FIELD", "/members")])
    ]
    assert outcome.results["household"].to_pylist() == ["I"]
