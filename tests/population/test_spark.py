"""Spark in local mode gives what one process gives, to the fen and however the register is parted."""

import os
import shutil
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from textwrap import dedent
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hongqiao_rules import spark
from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.synthesize.synthetic_register import Register
from tests.docs.source import TOP

ON = date(2020, 10, 1)
pytestmark = pytest.mark.filterwarnings("ignore")  # what PySpark itself warns of


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        found = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
            .getOrCreate()
        )
        yield found
        found.stop()


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    households = pa.Table.from_batches(Register(2, ON).batches(3000)).to_pylist()
    households[7]["members"][0]["id"] = ""
    households[9]["id"] = households[8]["id"]
    table = pa.Table.from_pylist(households, Register(2, ON).schema)
    path = tmp_path_factory.mktemp("register") / "in.parquet"
    pq.write_table(table, path)
    return table, str(path)


@pytest.mark.parametrize("partitions", [1, 7])
@pytest.mark.parametrize("overlays", [(), ("tianjin-notice-2020",)])
def test_spark_gives_what_one_process_gives(session, register, calculator, partitions, overlays):
    table, path = register
    frame = session.read.parquet(path).repartition(partitions)
    found = spark.assess(frame, on=ON, overlays=overlays).collect()
    rows = {row["household"]: row.asDict() for row in found}
    refused = {8, 9, 10}
    kept = table.take([n for n in range(3000) if n + 1 not in refused])
    outcome = Assessor(calculator.with_choices(overlays=overlays), ON).assess(
        kept.combine_chunks().to_batches()[0]
    )
    assert rows == {row["household"]: row for row in outcome.results.to_pylist()}
    told = spark.rejects(frame, on=ON, overlays=overlays).collect()
    again = table["id"][8].as_py()
    assert sorted((row["household"], row["code"]) for row in told) == sorted(
        [
            (table["id"][7].as_py(), "EMPTY_TEXT"),
            (again, "DUPLICATE_HOUSEHOLD"),
            (again, "DUPLICATE_HOUSEHOLD"),
        ]
    )


MEMBERS = "array<struct<id: string, relationship: string, birth_date: {}, marital_status: string, incomes: array<struct<kind: string, monthly: {}>>>>"


def small(session, rows, born="date", money="decimal(38,18)", named="id"):
    return session.createDataFrame(rows, f"{named} string, members {MEMBERS.format(born, money)}")


def alone(born=date(1950, 1, 1), monthly=Decimal("900.00")):
    return [("a", "applicant", born, "widowed", [("pension", monthly)])]


def test_the_decimals_that_spark_makes_by_itself_are_money(session):
    found = spark.assess(small(session, [("A", alone())]), on=ON).collect()
    assert [(row["income"], row["monthly_total"]) for row in found] == [
        (Decimal("900.00"), Decimal("413.00"))
    ]


def test_households_without_an_id_are_refused_for_that_and_not_as_the_same(session):
    frame = small(session, [(None, alone()), (None, alone())])
    told = spark.rejects(frame, on=ON, lang="en").collect()
    assert [(row["code"], row["path"]) for row in told] == [("MISSING_FIELD", "/id")] * 2
    assert {row["message"] for row in told} == {"The field id is missing."}


@pytest.mark.parametrize("ask", [spark.assess, spark.rejects])
def test_a_column_that_cannot_be_meant_is_refused_before_anything_is_started(session, ask):
    for frame, code in (
        (small(session, [("A", alone(monthly=900.0))], money="double"), "FLOAT_COLUMN"),
        (small(session, [("A", alone(datetime(1950, 1, 1, tzinfo=UTC)))], born="timestamp"), "COLUMN_TYPE"),
        (small(session, [("A", alone())], named="hid"), "UNKNOWN_COLUMN"),
    ):
        with pytest.raises(RequestError) as refused:
            ask(frame, on=ON)
        assert refused.value.code == code


def test_two_flat_tables_are_put_together_as_the_page_says(session):
    f = pytest.importorskip("pyspark.sql.functions")
    text = (TOP / "docs/populations.md").read_text("utf-8")
    recipe = dedent(text.partition("Two flat tables")[2].partition("\n\n")[2].partition("\n\n")[0])
    person = ("applicant", date(1950, 1, 1), "widowed")
    frames = {
        "minzheng.households": session.createDataFrame([("A", True), ("B", None), ("C", False)], "id string, childless boolean"),
        "minzheng.members": session.createDataFrame(
            [("B", "b", *person, "100"), ("A", "a", *person, "900"), ("Z", "z", *person, "0")],
            "household string, id string, relationship string, birth_date date, marital_status string, income_pension string",
        ),
    }  # fmt: skip
    names = {"f": f, "session": SimpleNamespace(table=frames.__getitem__)}
    exec(recipe, names)  # noqa: S102  # what the page tells a reader to run
    found = spark.assess(names["register"], on=ON).collect()
    assert {row["household"]: row["income"] for row in found} == {"A": Decimal(900), "B": Decimal(100)}
    told = spark.rejects(names["register"], on=ON).collect()
    assert [(row["household"], row["code"]) for row in told] == [("C", "MISSING_FIELD")]
    assert [row["household"] for row in names["orphans"].collect()] == ["Z"]
