"""Polars' and DuckDB's side: the same rules as a query over the same nested Parquet file, in memory or file to file.

    python frames_worker.py REGISTER polars|duckdb THREADS [OUTPUT]

Both queries know that in this register only an applicant has children who are in school, which the rules in general do
not: so neither has to look up a member by reference. With OUTPUT the routes go from file to file.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

PATH, SIDE, THREADS = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
OUTPUT = Path(sys.argv[4]) if len(sys.argv) > 4 else None
os.environ["POLARS_MAX_THREADS"] = THREADS  # read when Polars is imported

import pyarrow.parquet as pq  # noqa: E402
from worker import (  # noqa: E402
    COUNTED_KINDS,
    FIGURES,
    LEVELS,
    LISTED,
    ON,
    ORPHANS,
    RELIEF,
    SEVERE_KINDS,
    STANDARD,
    serve,
)  # fmt: skip

ELDER, THREE = f"{int(ON[:4]) - 60}{ON[4:]}", f"{int(ON[:4]) - 3}{ON[4:]}"


def quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


MEMBER = f"""
SELECT row, h.id, h.receives_family_planning_support AS family, h.childless AS childless,
    h.hardship_recognized AS hardship, m.relationship AS relationship, m.marital_status AS marital,
    m.absence = 'none' AS here,
    list_sum(list_transform(m.incomes,
        lambda x: CASE WHEN x.kind IN ({quoted(COUNTED_KINDS)}) THEN (x.monthly * 100)::BIGINT ELSE 0 END)) AS income,
    len(list_filter(m.illnesses, lambda x: x IN ({quoted(LISTED)}))) > 0 AS listed,
    len(list_filter(m.disabilities, lambda x: x.kind IN ({quoted(SEVERE_KINDS)}) AND x.grade <= 2)) > 0 AS severe,
    len(m.illnesses) + len(m.disabilities) > 0 AS ailing,
    m.birth_date <= DATE '{ELDER}' AS elder,
    m.schooling IN ({quoted(LEVELS)}) OR (m.schooling = 'kindergarten' AND m.birth_date <= DATE '{THREE}') AS pupil,
    m.guardianship IN ({quoted(ORPHANS)}) AS orphan
"""
REST = f"""
household AS (
    SELECT row, any_value(id) AS id, any_value(family) AS family, any_value(childless) AS childless,
        any_value(hardship) AS hardship, count(*) FILTER (here) AS counted,
        coalesce(sum(income) FILTER (here), 0)::BIGINT AS income,
        count(*) FILTER (here AND listed) AS diseases, count(*) FILTER (here AND severe) AS severe,
        coalesce(bool_or(ailing) FILTER (here), false) AS ailing, count(*) FILTER (here AND elder) AS elders,
        count(*) FILTER (here AND orphan AND pupil) AS orphans,
        coalesce(bool_or(pupil AND relationship = 'child') FILTER (here), false) AS pupil,
        any_value(marital) FILTER (relationship = 'applicant') AS status
    FROM member GROUP BY row),
deducted AS (
    SELECT *, counted * {STANDARD} AS line, CASE WHEN pupil AND status = 'widowed' THEN 120000 ELSE 0 END AS widowed,
        CASE WHEN pupil AND status = 'divorced' THEN 80000 ELSE 0 END AS divorced,
        diseases * {STANDARD * 3 // 2} AS disease, severe * {STANDARD} AS disability FROM household),
counting AS (
    SELECT *, greatest(income - widowed - divorced - disease - disability, 0) AS countable FROM deducted),
programmes AS (
    SELECT *, CASE WHEN countable < line THEN 0 WHEN 2 * countable < 3 * line THEN 1 ELSE 2 END AS programme,
        ailing OR (pupil AND status <> 'married') OR family OR hardship OR (childless AND elders = counted) AS category
    FROM counting),
paid AS (
    SELECT *, CASE WHEN programme = 0 THEN line - countable ELSE 0 END AS gap,
        CASE WHEN programme = 0 THEN elders * {STANDARD * 3 // 10} ELSE 0 END AS elder,
        CASE WHEN programme = 0 THEN orphans * 156000 ELSE 0 END AS orphan,
        CASE WHEN programme = 1 AND category THEN {RELIEF} ELSE 0 END AS relief FROM programmes)
SELECT id, programme, counted AS counted_members, income, widowed AS widowed_single_parent_deduction,
    divorced AS divorced_single_parent_deduction, disease AS listed_disease_deduction,
    disability AS severe_disability_deduction, countable AS countable_income, gap AS dibao_gap,
    elder AS elder_supplement, orphan AS orphan_student_supplement, relief AS low_income_relief,
    gap + elder + orphan + relief AS monthly_total
FROM paid
"""


def duckdb_query(source: str, row: str) -> str:
    unnested = f"SELECT {row} AS row, *, unnest(members) AS m FROM {source}"
    return f"WITH member AS ({MEMBER} FROM ({unnested}) h), {REST}"


def polars_query(frame: Any) -> Any:
    """The same in Polars: members one below the other, each a row, then added up by household."""
    c, item = pl.col, pl.element().struct.field
    fen = (item("monthly") * 100).cast(pl.Int64)
    amounts = pl.when(item("kind").is_in(COUNTED_KINDS)).then(fen).otherwise(0)
    severe = item("kind").is_in(SEVERE_KINDS) & (item("grade") <= 2)
    small = (c("schooling") == "kindergarten") & (c("birth_date") <= pl.lit(THREE).str.to_date())
    members = (
        frame.with_row_index("row").explode("members").unnest("members", separator=":")
        .rename(lambda name: name.removeprefix("members:") if name != "members:id" else name)
        .select(
            "row", "id", "receives_family_planning_support", "childless", "hardship_recognized", "relationship",
            "marital_status", here=c("absence") == "none", income=c("incomes").list.eval(amounts).list.sum(),
            listed=c("illnesses").list.eval(pl.element().is_in(LISTED)).list.any(),
            severe=c("disabilities").list.eval(severe).list.any(),
            ailing=(c("illnesses").list.len() + c("disabilities").list.len()) > 0,
            elder=c("birth_date") <= pl.lit(ELDER).str.to_date(),
            pupil=c("schooling").is_in(LEVELS) | small, orphan=c("guardianship").is_in(ORPHANS),
        )
    )  # fmt: skip
    here, first = c("here"), c("relationship") == "applicant"
    households = members.group_by("row").agg(
        c("id").first(), c("receives_family_planning_support").first(), c("childless").first(),
        c("hardship_recognized").first(), counted_members=here.sum().cast(pl.Int64),
        income=(c("income") * here).sum(), diseases=(here & c("listed")).sum().cast(pl.Int64),
        severe=(here & c("severe")).sum().cast(pl.Int64), ailing=(here & c("ailing")).any(),
        elders=(here & c("elder")).sum().cast(pl.Int64),
        orphans=(here & c("pupil") & c("orphan")).sum().cast(pl.Int64),
        pupil=(here & c("pupil") & (c("relationship") == "child")).any(),
        widowed=(first & (c("marital_status") == "widowed")).any(),
        divorced=(first & (c("marital_status") == "divorced")).any(),
        married=(first & (c("marital_status") == "married")).any(),
    )  # fmt: skip
    dibao, low = c("programme") == 0, c("programme") == 1
    gap, category = c("line") - c("countable_income"), c("category")
    elder, orphan = c("elders") * (STANDARD * 3 // 10), c("orphans") * 156_000
    nothing = pl.lit(0, pl.Int64)
    return (
        households.with_columns(
            line=c("counted_members") * STANDARD,
            widowed_single_parent_deduction=(c("pupil") & c("widowed")).cast(pl.Int64) * 120_000,
            divorced_single_parent_deduction=(c("pupil") & c("divorced")).cast(pl.Int64) * 80_000,
            listed_disease_deduction=c("diseases") * (STANDARD * 3 // 2),
            severe_disability_deduction=c("severe") * STANDARD,
            category=c("ailing") | (c("pupil") & ~c("married")) | c("receives_family_planning_support")
            | c("hardship_recognized") | (c("childless") & (c("elders") == c("counted_members"))),
        )
        .with_columns(countable_income=(c("income") - pl.sum_horizontal(FIGURES[3:7])).clip(0))
        .with_columns(
            programme=pl.when(c("countable_income") < c("line")).then(0)
            .when(2 * c("countable_income") < 3 * c("line")).then(1).otherwise(2)
        )
        .with_columns(
            dibao_gap=pl.when(dibao).then(gap).otherwise(nothing),
            elder_supplement=pl.when(dibao).then(elder).otherwise(nothing),
            orphan_student_supplement=pl.when(dibao).then(orphan).otherwise(nothing),
            low_income_relief=pl.when(low & category).then(pl.lit(RELIEF, pl.Int64)).otherwise(nothing),
        )
        .with_columns(monthly_total=pl.sum_horizontal(FIGURES[8:12]))
        .select("id", *FIGURES)
    )  # fmt: skip


def figures(found: Any) -> list[Any]:
    """The figures in the order of the ids, which is that of the register."""
    table = (pq.read_table(OUTPUT) if OUTPUT is not None else found).combine_chunks()
    table = table.sort_by("id")
    return [table[name].to_numpy() for name in FIGURES]


if SIDE == "polars":
    import polars as pl

    if OUTPUT is None:
        held = pl.read_parquet(PATH)
        routes = {"in memory": lambda: polars_query(held.lazy()).collect().to_arrow()}
    else:
        query = polars_query(pl.scan_parquet(PATH))
        options = {"compression": "zstd", "compression_level": 1}
        routes = {"file to file": lambda: query.sink_parquet(OUTPUT, **options)}
else:
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}; SET preserve_insertion_order = false")
    if OUTPUT is None:
        connection.execute(f"CREATE TABLE held AS SELECT *, row_number() OVER () AS place FROM '{PATH}'")
        text = duckdb_query("held", "place")
        routes = {"in memory": lambda: connection.sql(text).to_arrow_table()}
    else:
        source = f"read_parquet('{PATH}', file_row_number = true)"
        text = f"COPY ({duckdb_query(source, 'file_row_number')}) TO '{OUTPUT}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
        routes = {"file to file": lambda: connection.execute(text)}
serve(f"{SIDE} {version(SIDE)}", routes, dict.fromkeys(routes, figures))
