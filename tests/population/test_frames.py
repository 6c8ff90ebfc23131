"""Tables of any library that speaks Arrow are assessed alike."""

from datetime import date

import pyarrow as pa
import pytest

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population import assess
from hongqiao_rules.population.synthesize.synthetic_register import Register

ON = date(2020, 10, 1)
REGISTER = pa.Table.from_batches(Register(8, ON).batches(500))


def test_an_arrow_table_in_chunks_comes_out_as_a_whole(calculator):
    whole = assess(REGISTER, on=ON, lines=True)
    parts = assess(
        pa.concat_tables([REGISTER.slice(0, 7), REGISTER.slice(7)]), on=ON, calculator=calculator, lines=True
    )
    assert whole.results.num_rows == 500
    assert whole.results.equals(parts.results)
    assert whole.lines.equals(parts.lines)


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_a_frame_comes_out_as_the_table_does(library):
    module = pytest.importorskip(library)
    text = pa.table(
        {"id": REGISTER["id"], "members": REGISTER["members"].cast(_plain(REGISTER["members"].type))}
    )
    frame = (
        module.from_arrow(text)
        if library == "polars"
        else module.DataFrame(text.to_pandas(types_mapper=module.ArrowDtype))
    )
    assert assess(frame, on=ON).results.equals(assess(text, on=ON).results)


def _plain(kind):
    """The same type without dictionaries."""
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _plain(field.type)) for field in kind])
    return kind


def test_flat_tables_and_repeats(calculator):
    person = {
        "id": "a",
        "relationship": "applicant",
        "birth_date": "1980-01-01",
        "marital_status": "married",
        "income_wages": "0",
    }
    members = pa.Table.from_pylist([{"household": name, **person} for name in ("B", "A", "Z")])
    outcome = assess(pa.table({"id": ["A", "B", "A"]}), on=ON, members=members, calculator=calculator)
    assert outcome.results["household"].to_pylist() == ["A", "B"]
    told = [(r.table, r.row, [f.code for f in r.faults]) for r in outcome.rejects]
    assert told == [("members", 3, ["ORPHAN_MEMBER"]), ("households", 3, ["DUPLICATE_HOUSEHOLD", "TOO_FEW"])]


@pytest.mark.parametrize("ids", [[], ["A"]])
@pytest.mark.parametrize("pieces", [0, 1])
def test_a_table_of_no_members_is_no_error(calculator, ids, pieces):
    schema = pa.schema([(name, pa.string()) for name in ("household", "id", "relationship", "birth_date")])
    members = pa.Table.from_batches([pa.RecordBatch.from_pylist([], schema)] * pieces, schema)
    households = pa.table({"id": pa.array(ids, pa.string())})
    outcome = assess(households, on=ON, members=members, calculator=calculator)
    assert outcome.results.num_rows == 0
    told = [(r.household, f.path, f.code) for r in outcome.rejects for f in r.faults]
    assert told == [(name, "/members", "TOO_FEW") for name in ids]


def test_views_of_text_are_read_as_texts():
    """Polars gives them, and Arrow cannot take rows out of them: a refused household needs that."""

    def viewed(kind):
        if pa.types.is_string(kind):
            return pa.string_view()
        if pa.types.is_list(kind):
            return pa.list_(viewed(kind.value_type))
        if pa.types.is_struct(kind):
            return pa.struct([field.with_type(viewed(field.type)) for field in kind])
        return kind

    rows = REGISTER.slice(0, 5).to_pylist()
    rows[2]["members"][0]["id"] = ""
    table = pa.Table.from_pylist(rows, pa.schema([f.with_type(_plain(f.type)) for f in REGISTER.schema]))
    views = table.cast(pa.schema([f.with_type(viewed(f.type)) for f in table.schema]))
    found, expected = assess(views, on=ON), assess(table, on=ON)
    assert found.results.equals(expected.results)
    assert [reject.row for reject in found.rejects] == [reject.row for reject in expected.rejects] == [3]


def test_a_table_without_ids_is_refused():
    with pytest.raises(RequestError, match="MISSING_COLUMN"):
        assess(REGISTER.drop_columns(["id"]), on=ON)
    with pytest.raises(RequestError, match="MISSING_COLUMN"):
        assess(REGISTER.drop_columns(["members"]), on=ON)
