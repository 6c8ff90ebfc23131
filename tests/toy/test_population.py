"""A register of farms through columns: each row equals the assessment of that farm, refused rows have the same faults."""

from __future__ import annotations

import copy
import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, HouseholdError, RequestError
from hongqiao_rules.cli import main
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.population import assess
from hongqiao_rules.population.read import mapping
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.value_text import money
from tests.toy.farms import POLICIES, farms, rulebook
from tests.toy.test_assess import CALCULATOR, ON, stated, write
from tests.toy.test_assess import FARM as TREATED

WRONG = [
    ("acres", 5001), ("acres", -1), ("rent", "-0.01"), ("rent", "100001"), ("rent", "1.005"), ("rent", "-0"),
    ("region", "moon"), ("founded", "2015-06-31"), ("id", ""), ("price", "-500.01"), ("price", "-500"),
    ("price", "10000"), ("price", "9999.99"), ("litres", 91), ("dam", "nobody"), ("species", None), ("herd", None),
]  # fmt: skip
TEXT = pa.string()
FARM = TREATED | {"herd": [{n: v for n, v in one.items() if n != "treatments"} for one in TREATED["herd"]]}


def kind(fact: FactDefinition | FieldDefinition, amount: pa.DataType) -> pa.DataType:
    match fact.type.kind:
        case "money":
            return amount
        case "number":
            return pa.int64()
        case "truth":
            return pa.bool_()
        case "codes":
            return pa.list_(TEXT)
        case "records":
            assert isinstance(fact, FactDefinition)
            return pa.list_(pa.struct([(f.name, kind(f, amount)) for f in fact.fields.values()]))
    return TEXT


def columns(entity: Entity, amount: pa.DataType) -> list[tuple[str, pa.DataType]]:
    return [(fact.name, kind(fact, amount)) for fact in entity.facts.values()]


def table(rows: list[dict[str, Any]], amount: pa.DataType = TEXT) -> pa.Table:
    definitions = rulebook().definitions
    assert definitions.contained is not None
    herd = pa.list_(pa.struct(columns(definitions.contained, amount)))
    return pa.Table.from_pylist(rows, pa.schema([*columns(definitions.root, amount), ("herd", herd)]))


def known(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what is null: a table has a null where an input has nothing."""
    said = {name: value for name, value in row.items() if value is not None}
    return said | {"herd": [known(animal) for animal in row["herd"]]} if said.get("herd") else said


def compare(rows: list[dict[str, Any]], outcome: Any, calculator: Calculator = CALCULATOR) -> None:
    """Hold the outcome of a register to the assessment of each row."""
    root = calculator.fields.root
    results = iter(outcome.results.to_pylist())
    lines = outcome.lines.to_pylist()
    refused = {reject.row: {(f.code, f.path) for f in reject.faults} for reject in outcome.rejects}
    for number, row in enumerate(rows, 1):
        try:
            assessment = calculator.assess(known(row), ON)
        except HouseholdError as error:
            faults = {(fault.code, fault.path) for fault in error.faults}
        else:
            faults = set()
        assert refused.pop(number, set()) == faults
        if faults:
            continue
        result = next(results)
        assert result[root] == row["id"]
        assert {name: result[name] for name in assessment.figures} == dict(assessment.figures)
        assert result["complete"] == assessment.complete
        assert result["notices"] == [notice.code for notice in assessment.notices]
        mine = {
            (line["list"], line["rule"], line["member"], line["amount"])
            for line in lines
            if line[root] == row["id"]
        }
        assert mine == {
            (name, line.rule, line.member, getattr(line, "amount", None))
            for name, listed in assessment.lists.items()
            for line in listed
        }
    assert not refused
    assert next(results, None) is None


@st.composite
def registers(draw: st.DrawFn) -> list[dict[str, Any]]:
    facts: list[Facts] = draw(st.lists(farms(), max_size=5))
    rows = [stated(one) | {"id": f"F{number}"} for number, one in enumerate(facts)]
    for row in rows:
        if draw(st.booleans()):
            name, value = draw(st.sampled_from(WRONG))
            if name in row or name == "herd":
                row[name] = value
            elif row.get("herd"):
                row["herd"][0][name] = value
    return rows


@given(registers())
def test_a_register_equals_the_assessment_of_each_farm(rows: list[dict[str, Any]]) -> None:
    compare(rows, assess(table(rows), on=ON, calculator=CALCULATOR, lines=True))


@given(st.lists(st.integers(-60_000, 1_100_000), min_size=1, max_size=6), st.sampled_from([2, 3, 18]))
def test_amounts_have_the_declared_range_in_every_column_type(amounts: list[int], places: int) -> None:
    rows = [
        {**FARM, "id": str(n), "herd": [{**FARM["herd"][0], "price": money(fen)}]}
        for n, fen in enumerate(amounts)
    ]
    compare(rows, assess(table(rows), on=ON, calculator=CALCULATOR, lines=True))
    exact = [copy.deepcopy(row) for row in rows]
    for row, fen in zip(exact, amounts, strict=True):
        row["herd"][0]["price"], row["rent"] = Decimal(fen).scaleb(-2), Decimal(10)
    decimals = table(exact, pa.decimal128(15 + places, places))
    compare(rows, assess(decimals, on=ON, calculator=CALCULATOR, lines=True))
    yuan = [row for row, fen in zip(exact, amounts, strict=True) if fen % 100 == 0]
    for row in yuan:
        row["herd"][0]["price"], row["rent"] = int(row["herd"][0]["price"]), 10
    compare(yuan, assess(table(yuan, pa.int64()), on=ON, calculator=CALCULATOR, lines=True))


def test_ids_that_are_not_valid_are_no_repeated_ids() -> None:
    compare(
        rows := [{**FARM, "id": ""}, {**FARM, "id": "F"}, {**FARM, "id": ""}],
        assess(table(rows), on=ON, calculator=CALCULATOR, lines=True),
    )


def test_lists_and_records_may_be_text() -> None:
    rows = [
        {**FARM, "id": "A", "crops": ["hay", "oats"], "loans": [{"lender": "bank", "monthly": "20.50"}]},
        {**FARM, "id": "B", "crops": ["rice"], "loans": [{"lender": "bank", "monthly": "99999"}]},
        {**FARM, "id": "C", "crops": [], "loans": []},
    ]
    texts = {"crops": ["hay;oats", "rice", ""], "loans": ["bank:20.50", "bank:99999", ""]}
    written = table(rows)
    for name, column in texts.items():
        written = written.set_column(written.column_names.index(name), name, pa.array(column))
    compare(rows, assess(written, on=ON, calculator=CALCULATOR, lines=True))


@pytest.mark.parametrize(
    ("change", "code", "named"),
    [
        (lambda t: t.rename_columns({"herd": "members"}), "UNKNOWN_COLUMN", "members"),
        (lambda t: t.drop_columns(["acres"]), "MISSING_COLUMN", "acres"),
        (lambda t: t.drop_columns(["herd"]), "MISSING_COLUMN", "herd"),
        (lambda t: t.append_column("household", t.column("id")), "UNKNOWN_COLUMN", "household"),
        (lambda t: t.append_column("income_wages", t.column("rent")), "UNKNOWN_COLUMN", "income_wages"),
        (lambda t: t.set_column(4, "rent", pa.array([1.5])), "FLOAT_COLUMN", "rent"),
        (lambda t: t.set_column(8, "herd", pa.array(["a"])), "COLUMN_TYPE", "herd"),
    ],
)
def test_a_column_that_its_vocabulary_does_not_have_is_refused(change: Any, code: str, named: str) -> None:
    with pytest.raises(RequestError) as caught:
        assess(change(table([FARM])), on=ON, calculator=CALCULATOR)
    assert (caught.value.code, caught.value.arguments["column"]) == (code, named)


@pytest.fixture(scope="module")
def barns(tmp_path_factory: pytest.TempPathFactory) -> Calculator:
    folder = tmp_path_factory.mktemp("barns")
    write(folder)
    return Calculator(policies=folder)


SIZES = st.integers(-1, 902)
FEN = st.integers(-10_050, 2_000_000_150)


@given(st.lists(st.tuples(SIZES, st.none() | FEN), max_size=6))
def test_a_root_that_contains_nothing_is_a_row(
    barns: Calculator, given: list[tuple[int, int | None]]
) -> None:
    rows = [
        {"id": str(n), "size": size} | ({} if fen is None else {"value": money(fen)})
        for n, (size, fen) in enumerate(given)
    ]
    schema = pa.schema([("id", TEXT), ("size", pa.int32()), ("value", TEXT)])
    compare(rows, assess(pa.Table.from_pylist(rows, schema), on=ON, calculator=barns, lines=True), barns)


def test_a_date_before_the_modelled_period_is_refused() -> None:
    with pytest.raises(RequestError, match="2000"):
        assess(table([FARM]), on=date(1999, 12, 31), calculator=CALCULATOR)


def flat(rows: list[dict[str, Any]]) -> tuple[pa.Table, pa.Table]:
    """The tables of farms and of animals of a register."""
    definitions = rulebook().definitions
    assert definitions.contained is not None
    animals = [animal | {"farm": row["id"]} for row in rows for animal in row.get("herd") or []]
    herd = pa.schema([*columns(definitions.contained, TEXT), ("farm", TEXT)])
    return table(rows).drop_columns(["herd"]), pa.Table.from_pylist(animals, herd)


@given(registers())
def test_two_flat_tables_say_what_one_nested_table_says(rows: list[dict[str, Any]]) -> None:
    rows = [{"herd": [], **row} | ({"herd": []} if row.get("herd") is None else {}) for row in rows]
    first, second = flat(rows)
    outcome = assess(first, on=ON, members=second, calculator=CALCULATOR, lines=True)
    if all(row["id"] for row in rows):
        compare(rows, outcome)
    lost = {one.faults[0].code for one in outcome.rejects if one.table == "members"}
    assert lost <= {"MISSING_FIELD"}


def test_an_animal_of_no_farm_is_told_by_its_row_and_the_name_of_the_root() -> None:
    first, second = flat([FARM])
    outcome = assess(first.slice(0, 0), on=ON, members=second, calculator=CALCULATOR)
    assert [(one.row, one.household, one.faults[0].path) for one in outcome.rejects] == [
        (1, "F", "/farm"), (2, "F", "/farm"),
    ]  # fmt: skip


def test_a_root_that_contains_nothing_takes_no_second_table(barns: Calculator) -> None:
    one = pa.table({"id": ["B"], "size": [1]})
    with pytest.raises(RequestError) as caught:
        assess(one, on=ON, members=one, calculator=barns)
    assert (caught.value.code, caught.value.arguments) == ("NOTHING_CONTAINED", {"root": "barn"})


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["population", *words])


REGISTER = [
    FARM, {**FARM, "id": "G", "acres": 4000}, {**FARM, "id": "H", "acres": 9999},
    {**FARM, "id": "I", "herd": [{"id": "a", "species": "goat", "born": "2014-01-01", "ailments": ["fever"]}]},
]  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> list[str]:
    pq.write_table(table(REGISTER), tmp_path / "in.parquet")
    return [str(tmp_path / "in.parquet"), "--on", str(ON), "--policies", str(POLICIES), "--lang", "en"]


def test_the_commands_take_a_register_of_farms(register: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    done = ask("assess", *register, "--output", str(out), "--lines", str(tmp_path / "lines.parquet"))
    assert done.exit_code == 2, done.output
    told = pq.read_table(tmp_path / "out.rejects.parquet").to_pylist()
    assert [(one["farm"], one["code"], one["path"]) for one in told] == [("H", "BAD_NUMBER", "/acres")]
    expected = assess(table(REGISTER), on=ON, calculator=CALCULATOR, lines=True)
    assert pq.read_table(out)["farm"].to_pylist() == ["F", "G", "I"]
    assert pq.read_table(out)["granted"].to_pylist() == expected.results["granted"].to_pylist()
    assert pq.read_table(tmp_path / "lines.parquet").num_rows == expected.lines.num_rows

    done = ask("summary", *register, "--allow-rejects")
    assert done.exit_code == 0, done.output
    paid = sum(expected.results["granted"].to_pylist())
    assert str(paid) in done.output

    changes = tmp_path / "changes.csv"
    done = ask("compare", *register, "--to-on", "2021-06-01", "--output", str(changes), "--allow-rejects")
    assert done.exit_code == 0, done.output
    assert changes.read_text().startswith('"farm","change","size_class_before"')

    done = ask("ledger", *register, "--output", str(tmp_path / "ledger"), "--allow-rejects")
    assert done.exit_code == 0, done.output
    ill = (tmp_path / "ledger" / "check-ill.csv").read_text().splitlines()
    assert ill[0] == '"farm","member","reason"'
    assert [line.split(",")[:2] for line in ill[1:]] == [['"I"', '"a"']]


def test_flat_files_are_read_by_the_template_of_the_vocabulary(tmp_path: Path) -> None:
    done = ask("template", "--policies", str(POLICIES), "--lang", "en")
    said = yaml.safe_load(done.stdout)
    assert said["households"]["Acres"] == "acres"
    assert said["members"]["Species"] == "species"
    assert (said["members"]["Id"], said["members"]["Farm"]) == ("id", "farm")
    assert set(said["codes"]["ailments"].values()) == {"", "lame", "cough", "fever", "worms"}
    assert "id_number" not in said["members"].values()
    (tmp_path / "mapping.yaml").write_text(done.stdout, encoding="utf-8")
    farms_csv, animals = tmp_path / "farms.csv", tmp_path / "animals.csv"
    farms_csv.write_text(
        "Id,Acres,Founded,Organic,Rent,Region,Crops,Loans\n"
        "F,9,2001-01-01,no,10.00,coast,hay;oats,bank:20.50\nG,x,2001-01-01,yes,10,coast,,\n",
        encoding="utf-8",
    )
    animals.write_text(
        "Farm,Id,Species,Born,Price,Litres of milk,Treatments,Sold\n"
        "F,a,cow,2010-01-01,-3.50,4,salve:3:2;bath:1.50:1,no\n",
        encoding="utf-8",
    )
    out = tmp_path / "out.csv"
    done = ask(
        "assess", str(farms_csv), "--members", str(animals), "--mapping", str(tmp_path / "mapping.yaml"),
        "--on", str(ON), "--policies", str(POLICIES), "--output", str(out), "--lang", "en",
    )  # fmt: skip
    assert done.exit_code == 2, done.output
    farm = {
        "id": "F", "acres": 9, "founded": "2001-01-01", "organic": False, "rent": "10.00", "region": "coast",
        "crops": ["hay", "oats"], "loans": [{"lender": "bank", "monthly": "20.50"}],
        "herd": [{"id": "a", "species": "cow", "born": "2010-01-01", "price": "-3.50", "litres": 4, "sold": False,
                  "treatments": [{"remedy": "salve", "cost": "3", "doses": 2}, {"remedy": "bath", "cost": "1.50", "doses": 1}]}],
    }  # fmt: skip
    granted = CALCULATOR.assess(farm, ON).figures["granted"]
    [row] = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    assert (row["farm"], row["granted"]) == ("F", str(granted))
    [reject] = csv.DictReader((tmp_path / "out.rejects.csv").read_text(encoding="utf-8").splitlines())
    assert (reject["farm"], reject["code"], reject["path"]) == ("G", "BAD_NUMBER", "/acres")


def test_identity_numbers_are_refused_where_nobody_has_a_birth_date(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text("members: {Ear tag: id_number}\n", encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        mapping.read(tmp_path / "mapping.yaml", rulebook().definitions)
    assert (caught.value.code, caught.value.arguments["key"]) == ("MAPPING_SHAPE", "members.id_number")


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_of_roots_that_contain_nothing_is_assessed(tmp_path: Path, suffix: str) -> None:
    write(tmp_path)
    rows = {"id": ["A", "B", "A", "C"], "size": ["1", "901", "2", "3"], "value": ["-0.50", "1", "2", None]}
    source = tmp_path / f"in.{suffix}"
    (pq.write_table if suffix == "parquet" else pa_csv.write_csv)(pa.table(rows), source)
    options = ["--on", str(ON), "--policies", str(tmp_path), "--output", str(tmp_path / "out.csv")]
    done = ask("assess", str(source), *options)
    assert done.exit_code == 2, done.output
    found = csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines())
    assert [(row["barn"], row["due"], row["large"]) for row in found] == [
        ("A", "0.00", "true"), ("C", "0.00", "true"),
    ]  # fmt: skip
    told = csv.DictReader((tmp_path / "out.rejects.csv").read_text(encoding="utf-8").splitlines())
    assert [(one["row"], one["code"]) for one in told] == [("2", "BAD_NUMBER"), ("3", "DUPLICATE_HOUSEHOLD")]
    done = ask("summary", str(source), *options[:4], "--lang", "en")
    assert done.stderr.startswith("NO_RESULT")
