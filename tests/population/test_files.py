"""From files to files: nothing is lost, and everything is told."""

import random
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.cli import main
from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.check import duplicate_ids
from hongqiao_rules.population.file_runs import Targets, assess_files
from hongqiao_rules.population.read import mapping
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.synthesize.synthetic_register import Register
from hongqiao_rules.text.catalogue import languages
from tests.population.arrow import batch
from tests.population.in_files import ON, read, register, targets


def one(household_id, **more):
    member = {
        "id": "a",
        "relationship": "applicant",
        "birth_date": "1980-01-01",
        "marital_status": "married",
        "incomes": [],
    }
    return {"id": household_id, "members": [{**member, **more}]}


@pytest.mark.usefixtures("small_batches")
def test_a_file_comes_out_as_its_households_do_at_once(assessor, tmp_path):
    households = register()
    pq.write_table(households, tmp_path / "in.parquet", row_group_size=700)
    counts = assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path))
    outcome = assessor.assess(households.to_batches()[0])
    assert (counts.households, counts.assessed, counts.rejected, counts.orphans) == (2000, 2000, 0, 0)
    assert read(targets(tmp_path).results) == outcome.results.to_pylist()
    assert read(targets(tmp_path).lines) == outcome.lines.to_pylist()
    assert read(targets(tmp_path).rejects) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "in.parquet",
        "out-lines.parquet",
        "out-rejects.parquet",
        "out.parquet",
    ]


def flattened(households, shuffled=None):
    """Nested households as two tables of rows, members shuffled."""
    roots = [{name: value for name, value in h.items() if name != "members"} for h in households]
    members = [{"household": h["id"], **member} for h in households for member in h["members"]]
    if shuffled is not None:
        shuffled.shuffle(members)
    return roots, members


def test_flat_tables_in_any_order_come_out_as_nested_ones(assessor, tmp_path):
    table = register(600)
    roots, members = flattened(table.to_pylist(), random.Random(4))
    pq.write_table(pa.Table.from_pylist(roots), tmp_path / "households.parquet")
    kinds = {field.name: field.type for field in table.schema.field("members").type.value_type}
    schema = pa.schema({"household": pa.string(), **kinds})
    pq.write_table(pa.Table.from_pylist(members, schema), tmp_path / "members.parquet")
    source = Source(tmp_path / "households.parquet", tmp_path / "members.parquet")
    counts = assess_files(assessor, source, targets(tmp_path))
    assert (counts.households, counts.assessed) == (600, 600)
    assert read(targets(tmp_path).results) == assessor.assess(table.to_batches()[0]).results.to_pylist()


def test_nothing_is_dropped_in_silence(assessor, tmp_path):
    """An orphan, a repeated id, a null, a wrong value: each is told with its row, and the counts add up."""
    roots = [{"id": "A"}, {"id": "B"}, {"id": "A"}, {"id": None}, {"id": "C"}]
    person = one("")["members"][0] | {"incomes": None, "illnesses": "", "income_wages": "0"}
    del person["incomes"]
    members = [
        {"household": "A", **person},
        {"household": "Z", **person},
        {"household": "B", **person, "income_wages": "12.345"},
        {"household": None, **person},
        {"household": "C", **person, "birth_date": None},
    ]
    pq.write_table(pa.Table.from_pylist(roots), tmp_path / "households.parquet")
    pq.write_table(pa.Table.from_pylist(members), tmp_path / "members.parquet")
    source = Source(tmp_path / "households.parquet", tmp_path / "members.parquet")
    counts = assess_files(assessor, source, targets(tmp_path), lang="en")
    told = [(r["table"], r["row"], r["code"], r["path"]) for r in read(targets(tmp_path).rejects)]
    assert told == [
        ("members", 2, "ORPHAN_MEMBER", "/household"),
        ("members", 4, "MISSING_FIELD", "/household"),
        ("households", 2, "BAD_MONEY", "/members/0/incomes/0/monthly"),
        ("households", 3, "DUPLICATE_HOUSEHOLD", "/id"),
        ("households", 3, "TOO_FEW", "/members"),
        ("households", 4, "TOO_FEW", "/members"),
        ("households", 4, "MISSING_FIELD", "/id"),
        ("households", 5, "MISSING_FIELD", "/members/0/birth_date"),
    ]
    assert (counts.households, counts.assessed, counts.rejected, counts.orphans) == (5, 1, 4, 2)
    assert [row["household"] for row in read(targets(tmp_path).results)] == ["A"]


def test_a_household_of_a_table_of_members_is_told_by_the_row_where_it_stands_first(assessor, tmp_path):
    person = "2,applicant,1980-01-01,married,0"
    rows = [
        f"A,1{person[1:]}",
        "B,1,applicant,1980-01-01,married,1.005",
        f"C,1{person[1:]}",
        "A,2,child,2015-01-01,,",
    ]
    text = "household,id,relationship,birth_date,marital_status,income_wages\n" + "\n".join(rows)
    (tmp_path / "register.csv").write_text(text, "utf-8")
    counts = assess_files(assessor, Source(tmp_path / "register.csv"), targets(tmp_path, ".csv"))
    assert (counts.households, counts.assessed, counts.rejected) == (3, 2, 1)
    (told,) = read(targets(tmp_path, ".csv").rejects)
    assert (told["row"], told["household"], told["code"]) == ("2", "B", "BAD_MONEY")
    assert [row["household"] for row in read(targets(tmp_path, ".csv").results)] == ["A", "C"]


CHINESE = """\
家庭编号,成员编号,姓名,与申请人关系,出生日期,婚姻状况,就学情况,重大疾病,残疾,月收入（工资性收入）
H1,1,张三,申请人,1980-01-01,离婚,不在学,,visual:1,1234.50
H1,2,张小,子女,2012-01-01,,小学,,,
H2,1,李四,申请人,1950-01-01,丧偶,,uremia;aids,,0
"""


def labels(definitions, name):
    return {label.zh: code for code, label in definitions.codes[name].values.items()}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("家庭编号,出生日期", "utf-8"), ("household,id\nh,甲", "utf-8"), ("household,id", "gb")],
)
def test_text_of_another_encoding_is_told_with_the_option_that_helps(assessor, tmp_path, text, encoding):
    (tmp_path / "in.csv").write_text(text, "gb18030")
    with pytest.raises(RequestError, match=r"NOT_IN_ENCODING.*--encoding"):
        assess_files(assessor, Source(tmp_path / "in.csv", encoding=encoding), targets(tmp_path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_register_with_chinese_headers_is_read_by_the_template(calculator, assessor, tmp_path, encoding):
    definitions = calculator.rulebook.definitions
    text = CHINESE
    for label, code in (("离婚", "divorced"), ("丧偶", "widowed"), ("小学", "primary"), ("不在学", "none")):
        codes = labels(definitions, "schooling" if code in ("primary", "none") else "marital-status")
        text = text.replace(label, next(zh for zh, known in codes.items() if known == code))
    (tmp_path / "register.csv").write_text(text, encoding)
    (tmp_path / "mapping.yaml").write_text(mapping.template(definitions), "utf-8")
    named = mapping.read(tmp_path / "mapping.yaml", definitions)
    source = Source(tmp_path / "register.csv", None, named, encoding.removesuffix("-sig"))
    counts = assess_files(assessor, source, targets(tmp_path, ".csv"))
    assert (counts.households, counts.assessed) == (2, 2)
    expected = {
        "H1": calculator.assess({"id": "H1", "members": [
            {"id": "1", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "divorced",
             "disabilities": [{"kind": "visual", "grade": 1}], "incomes": [{"kind": "wages", "monthly": "1234.50"}]},
            {"id": "2", "relationship": "child", "birth_date": "2012-01-01", "schooling": "primary"}]}, ON),
        "H2": calculator.assess({"id": "H2", "members": [
            {"id": "1", "relationship": "applicant", "birth_date": "1950-01-01", "marital_status": "widowed",
             "illnesses": ["uremia", "aids"], "incomes": [{"kind": "wages", "monthly": "0"}]}]}, ON),
    }  # fmt: skip
    rows = read(targets(tmp_path, ".csv").results)
    assert [row["household"] for row in rows] == ["H1", "H2"]
    for row in rows:
        assessment = expected[row["household"]]
        assert row["monthly_total"] == str(assessment.monthly_total)
        assert row["countable_income"] == str(assessment.countable_income)
        assert row["notices"] == ";".join(notice.code for notice in assessment.notices)


@pytest.mark.parametrize("lang", languages())
def test_the_template_names_every_column_and_code(calculator, lang):
    definitions = calculator.rulebook.definitions
    said = yaml.safe_load(mapping.template(definitions, lang))
    assert set(said["households"].values()) == set(definitions.entities["household"].facts)
    facts = set(definitions.entities["member"].facts) - {"incomes"}
    assert facts < set(said["members"].values())
    for name in ("relationship", "marital_status", "schooling"):
        assert set(said["codes"][name].values()) == set(definitions.codes[name.replace("_", "-")].values)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "colums: {}",
        "members: [a]",
        "members: {a: 1}",
        "codes: {relationship: x}",
        "codes: {relationship: {01: applicant}}",
        "ignore: {a: b}",
        "a: [",
        "ignore: [1]",
    ],
)
def test_a_mapping_of_another_shape_is_refused(calculator, tmp_path, text):
    (tmp_path / "m.yaml").write_text(text, "utf-8")
    with pytest.raises(RequestError, match=r"MAPPING_SHAPE|FILE_UNREADABLE"):
        mapping.read(tmp_path / "m.yaml", calculator.rulebook.definitions)


@pytest.mark.parametrize(
    "spoil",
    [lambda b: b[: len(b) // 2], lambda b: b"PK\x03\x04" + b, lambda _b: b"", lambda b: b[:-1]],
    ids=["half", "zip", "empty", "short"],
)
def test_a_file_cut_short_or_foreign_is_refused(tmp_path, spoil):
    pq.write_table(register(50), tmp_path / "in.parquet")
    path = tmp_path / "bad.parquet"
    path.write_bytes(spoil((tmp_path / "in.parquet").read_bytes()))
    with pytest.raises(RequestError, match="FILE_UNREADABLE"):
        list(Source(path).batches())


def test_codes_whose_dictionary_changes_inside_a_row_group_are_read_as_text(assessor, tmp_path):
    households = register(20_000)
    pq.write_table(households, tmp_path / "in.parquet", dictionary_pagesize_limit=1, data_page_size=64)
    read_back = pa.Table.from_batches(Source(tmp_path / "in.parquet").batches())
    outcome = assessor.assess(read_back.combine_chunks().to_batches()[0])
    assert outcome.results.equals(assessor.assess(households.to_batches()[0]).results)


def test_a_page_spoiled_inside_is_refused_and_nothing_is_put_in_place(assessor, tmp_path):
    pq.write_table(register(2000), tmp_path / "in.parquet", compression="zstd")
    data = bytearray((tmp_path / "in.parquet").read_bytes())
    data[len(data) // 3 : len(data) // 3 + 2000] = bytes(2000)
    (tmp_path / "in.parquet").write_bytes(bytes(data))
    with pytest.raises(RequestError, match="FILE_UNREADABLE"):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


def test_files_of_no_known_format_are_refused(assessor, tmp_path):
    (tmp_path / "in.xlsx").write_bytes(b"PK")
    with pytest.raises(RequestError, match="FILE_FORMAT"):
        Source(tmp_path / "in.xlsx")
    pq.write_table(register(5), tmp_path / "in.parquet")
    with pytest.raises(RequestError, match="FILE_FORMAT"):
        assess_files(
            assessor, Source(tmp_path / "in.parquet"), Targets(tmp_path / "o.json", tmp_path / "r.csv")
        )


@given(st.lists(st.lists(st.text(max_size=12) | st.sampled_from(["a", "b", "字"]), max_size=20), max_size=5))
def test_repeats_are_the_ids_used_before(parts):
    arrays = [pa.array(part, pa.string()) for part in parts]
    everything = [name for part in parts for name in part]
    for kept in (1 << 23, 3):
        original, duplicate_ids._KEPT = duplicate_ids._KEPT, kept
        try:
            asked = []
            repeats = duplicate_ids.Repeats(lambda: asked.append(1) or arrays)  # noqa: B023  # used in its turn
            seen, expected, found = set(), [], []
            for part, array in zip(parts, arrays, strict=True):
                mask = repeats.mask(array)
                found += [False] * len(part) if mask is None else mask.tolist()
                for name in part:
                    expected.append(name in seen)
                    seen.add(name)
        finally:
            duplicate_ids._KEPT = original
        assert found == expected
        rising = everything == sorted(set(everything), key=str.encode)
        assert bool(asked) != rising, "ids that rise are not looked through"


def run(*arguments):
    return CliRunner().invoke(main, ["population", *map(str, arguments)])


def test_the_command_assesses_and_tells_the_counts(tmp_path):
    made = run("synthesize", "--households", 300, "--seed", 5, "--output", tmp_path / "r.parquet")
    assert made.exit_code == 0
    assert pq.read_metadata(tmp_path / "r.parquet").num_rows == 300
    done = run(
        "assess",
        tmp_path / "r.parquet",
        "--on",
        "2020-11-01",
        "--output",
        tmp_path / "o.parquet",
        "--lang",
        "en",
    )
    assert (done.exit_code, done.stderr) == (
        0,
        "300 households: 300 assessed, 0 refused; 0 member rows without a household.\n",
    )


def test_the_command_ends_with_2_where_a_row_was_refused(tmp_path):
    pq.write_table(
        pa.Table.from_batches([batch([one("A"), one("B", relationship="spouse")])]), tmp_path / "r.parquet"
    )
    asked = ["assess", tmp_path / "r.parquet", "--on", "2020-11-01", "--output", tmp_path / "o.csv"]
    assert run(*asked).exit_code == 2
    assert [row["code"] for row in read(tmp_path / "o.rejects.csv")] == ["NO_APPLICANT"]
    assert [row["household"] for row in read(tmp_path / "o.csv")] == ["A"]
    assert run(*asked, "--allow-rejects").exit_code == 0


def test_the_same_seed_makes_the_same_register_of_any_length():
    long = pa.Table.from_batches(Register(9, ON).batches(40_000))
    assert pa.Table.from_batches(Register(9, ON).batches(20_000)).equals(long.slice(0, 20_000))
    assert not pa.Table.from_batches(Register(10, ON).batches(100)).equals(long.slice(0, 100))
    assert pc.count_distinct(long["id"]).as_py() == 40_000


def test_the_register_meets_the_census_within_two_points():
    on = date(2020, 11, 1)
    table = pa.Table.from_batches(Register(1, on).batches(100_000)).combine_chunks()
    born = table["members"].combine_chunks().flatten().field("birth_date")
    for age, share, below in ((15, 10.54, True), (60, 30.73, False), (65, 20.47, False)):
        birthday = pa.scalar(date(on.year - age, on.month, on.day))
        found = pc.greater(born, birthday) if below else pc.less_equal(born, birthday)
        assert abs(100 * pc.mean(found.cast(pa.int8())).as_py() - share) < 2
