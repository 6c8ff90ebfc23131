"""Ledgers are the entries of the assessments, each with its reason; the difference leads from one month to the next."""

import csv
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator
from hongqiao_rules.cli import main
from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.analyse import register_ledger
from hongqiao_rules.population.analyse.ledger_reasons import Reasons
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.testing import households
from tests.population.arrow import batch

ON = date(2022, 5, 1)
LISTS = ("registers", "services", "referrals")


def member(name, **more):
    return {"id": name, "relationship": "applicant", "birth_date": "1940-05-02", "marital_status": "widowed",
            "incomes": [], **more}  # fmt: skip


def register(folder, stated, name="register.parquet"):
    pq.write_table(pa.Table.from_batches([batch(stated)]), folder / name)
    return folder / name


def made(folder, stated, on=ON, lang="zh", calculator=None):
    return register_ledger.ledgers(calculator or Calculator(), on, Source(register(folder, stated)), lang)


@given(st.lists(households(ON, 3), max_size=6))
def test_a_ledger_has_the_entries_of_the_assessments_and_a_reason_for_each(tmp_path_factory, stated):
    stated = [{**household, "id": f"H{n}"} for n, household in enumerate(stated)]
    if not stated:
        return
    found = made(tmp_path_factory.mktemp("ledger"), stated)
    wanted = {name: [] for name in found.classes}
    for household in stated:
        assessment = Calculator().assess(household, ON)
        for entry in (entry for name in LISTS for entry in getattr(assessment, name)):
            wanted[entry.rule].append((household["id"], entry.member or ""))
    assert {name: list(entries) for name, entries in found.classes.items()} == wanted
    assert all(reason for entries in found.classes.values() for reason in entries.values())
    assert (found.households, found.rejected) == (len(stated), 0)


def test_reasons_say_the_facts_in_either_language():
    household = {
        "id": "H", "members": [
            member("elder", living_arrangement="alone", self_care="independent", illnesses=["uremia"]),
            {"id": "baby", "relationship": "grandchild", "birth_date": "2022-04-01",
             "guardianship": "de_facto_unsupported", "disabilities": [{"kind": "visual", "grade": 1}]},
        ]}  # fmt: skip
    assessment = Calculator().assess(household, ON)
    chinese, english = (Reasons(Calculator(), ON, lang) for lang in ("zh", "en"))
    assert chinese.reason(assessment, "visit-unsupported-child", "baby") == (
        "孤儿或事实无人抚养情况：事实无人抚养；周岁：0"
    )
    assert english.reason(assessment, "visit-severe-illness", "elder") == "Major illnesses: uremia"
    assert "视力残疾 残疾等级 1" in chinese.reason(assessment, "visit-severe-disability", "baby")
    assert chinese.reason(assessment, "review-dibao-household", None) == "救助类别：最低生活保障（低保）"
    for_elder = chinese.reason(assessment, "elder-services", "elder")
    assert "周岁：81" in for_elder
    assert "居住状况：独自居住" in for_elder


texts = st.sampled_from(["H1", "H2", "H3"]), st.sampled_from(["", "a", "b"])
entries = st.dictionaries(st.tuples(*texts), st.sampled_from(["因为甲", '因"乙,丙"']), max_size=5)
both = st.dictionaries(st.sampled_from(["visit-scattered-orphan", "elder-services"]), entries, min_size=2)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@given(before=both, after=both)
def test_the_difference_leads_from_one_month_to_the_next(tmp_path_factory, suffix, before, after):
    folder = tmp_path_factory.mktemp("months")
    register_ledger.write(register_ledger.Ledgers(ON, "household", before), folder / "april", suffix, None)
    april = register_ledger.read(folder / "april", "household")
    assert april == before
    counts = register_ledger.write(
        register_ledger.Ledgers(ON, "household", after), folder / "may", suffix, april
    )
    path = folder / "may" / f"changes{suffix}"
    table = pa.csv.read_csv(path) if suffix == ".csv" else pq.read_table(path)
    for row in table.to_pylist():
        key = row["household"], row["member"] or ""
        if row["change"] == "added":
            assert key not in april[row["class"]]
            april[row["class"]][key] = row["reason"]
        else:
            assert april[row["class"]].pop(key) == row["reason"]
    assert {name: set(found) for name, found in april.items()} == {n: set(e) for n, e in after.items()}
    assert {name: count for name, (count, *_) in counts.items()} == {n: len(e) for n, e in after.items()}


def run(folder, *arguments):
    return CliRunner().invoke(
        main, ["population", "ledger", str(folder / "register.parquet"), *map(str, arguments)]
    )


def test_the_command_writes_a_table_a_class_and_the_difference(tmp_path):
    elder = {"id": "H1", "members": [member("elder", birth_date="1942-05-01")]}
    register(tmp_path, [elder])
    april = run(tmp_path, "--on", "2022-04-30", "--output", tmp_path / "april")
    assert april.exit_code == 0
    may = run(tmp_path, "--on", "2022-05-01", "--output", tmp_path / "may", "--before", tmp_path / "april")
    assert (may.exit_code, may.stderr) == (0, "")
    assert ": 1 (+1 −0)  elder-services.csv" in may.stdout
    with (tmp_path / "may" / "changes.csv").open(encoding="utf-8", newline="") as file:
        (change,) = csv.DictReader(file)
    assert change == {
        "class": "elder-services", "change": "added", "household": "H1", "member": "elder",
        "reason": "周岁：80；救助类别：最低生活保障（低保）",
    }  # fmt: skip
    names = {path.name for path in (tmp_path / "may").iterdir()}
    rules = {rule.id for rule in register_ledger.classes(Calculator().linked)}
    assert names == {*(f"{rule}.csv" for rule in rules), "changes.csv", "ledger.json"}


def test_a_refused_household_is_in_no_ledger_and_is_told(tmp_path):
    good, bad = {"id": "H1", "members": [member("a")]}, {"id": "H2", "members": [member("b", birth_date="x")]}
    register(tmp_path, [good, bad, good])
    result = run(tmp_path, "--on", "2022-05-01", "--output", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 2
    assert "2 rows were refused" in result.stderr
    with (tmp_path / "out" / "review-dibao-household.csv").open(encoding="utf-8", newline="") as file:
        assert [row["household"] for row in csv.DictReader(file)] == ["H1"]


def test_an_entry_of_a_refused_household_is_not_told_as_removed(tmp_path):
    child = {
        "id": "kid",
        "relationship": "grandchild",
        "birth_date": "2006-05-01",
        "guardianship": "scattered_orphan",
    }
    turning = {"id": "H1", "members": [member("a"), child]}  # 16 in May, and nobody has said of what incomes
    leaving, dead = (
        {"id": name, "members": [member("a"), {**child, "incomes": []}]} for name in ("H2", "H3")
    )
    register(tmp_path, [turning, leaving, dead])
    assert run(tmp_path, "--on", "2022-04-30", "--output", tmp_path / "april").exit_code == 0
    register(tmp_path, [turning, {**leaving, "members": [member("a")]}, {**leaving, "id": "H2"}])
    may = run(tmp_path, "--on", "2022-05-01", "--output", tmp_path / "may", "--before", tmp_path / "april")
    assert may.exit_code == 2
    assert ": 0 (+0 −2，另有 1 项所属家庭校验不通过)  visit-scattered-orphan.csv" in may.stdout
    with (tmp_path / "may" / "changes.csv").open(encoding="utf-8", newline="") as file:
        told = {
            (r["household"], r["change"])
            for r in csv.DictReader(file)
            if r["class"] == "visit-scattered-orphan"
        }
    assert told == {("H1", "refused"), ("H2", "removed"), ("H3", "removed")}


@pytest.mark.parametrize("shape", ["csv", "parquet"])
def test_a_household_may_be_called_anything(tmp_path, shape):
    names = ["two\nlines", "a,b", 'a "b"', "NA", "null", "007", " x "]
    register(tmp_path, [{"id": name, "members": [member("a\nb")]} for name in names])
    for day, *before in (("2022-04-30",), ("2022-05-01", "--before", tmp_path / "2022-04-30")):
        told = run(tmp_path, "--on", day, "--output", tmp_path / day, "--format", shape, *before)
        assert told.exit_code == 0
    assert list(register_ledger.read(tmp_path / "2022-05-01", "household")["review-dibao-household"]) == [
        (name, "") for name in names
    ]
    assert list(register_ledger.read(tmp_path / "2022-05-01", "household")["elder-services"]) == [
        (name, "a\nb") for name in names
    ]


def test_what_is_no_ledger_of_a_month_before_is_refused(tmp_path):
    register(tmp_path, [{"id": "H1", "members": [member("a")]}])
    question = (
        "--on",
        "2022-05-01",
        "--output",
        tmp_path / "out",
        "--before",
        tmp_path / "april",
        "--lang",
        "en",
    )

    def code():
        result = run(tmp_path, *question)
        assert (result.exit_code, result.stdout) == (2, "")
        return result.stderr.partition(":")[0]

    assert code() == "LEDGER_ABSENT"
    assert run(tmp_path, "--on", "2022-04-01", "--output", tmp_path / "april").exit_code == 0
    manifest = tmp_path / "april" / "ledger.json"
    kept = manifest.read_text(encoding="utf-8")
    for wrong in (
        "{",
        "[]",
        '{"suffix": ".csv"}',
        kept.replace('"review-dibao-household": 1', '"review-dibao-household": 2'),
    ):
        manifest.write_text(wrong, encoding="utf-8")
        assert code() == "LEDGER_DAMAGED"
    manifest.write_text(kept, encoding="utf-8")
    (tmp_path / "april" / "elder-services.csv").unlink()
    assert code() == "LEDGER_DAMAGED"
    again = run(tmp_path, *question[:2], "--output", tmp_path / "april", *question[4:])
    assert again.stderr.startswith("LEDGER_IN_PLACE")
    assert json.loads(kept)["on"] == "2022-04-01"


def test_a_date_before_the_rules_is_refused(tmp_path):
    register(tmp_path, [{"id": "H1", "members": [member("a")]}])
    with pytest.raises(RequestError) as refused:
        register_ledger.ledgers(Calculator(), date(2016, 3, 31), Source(tmp_path / "register.parquet"), "en")
    assert refused.value.code == "NOT_MODELLED"
