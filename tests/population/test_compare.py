"""A comparison says of every household what its two assessments say; a summary adds up."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator
from hongqiao_rules.cli import main
from hongqiao_rules.errors import HouseholdError
from hongqiao_rules.population.analyse import comparison as comparing
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.population.analyse.summary import QUANTILES, summarize
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.runs import batchwise
from hongqiao_rules.population.runs import run as run_of
from hongqiao_rules.population.synthesize.synthetic_register import Register
from tests.population.test_equality import plain

ON = date(2020, 10, 1)


def parquet(folder, households, name="in"):
    path = folder / f"{name}.parquet"
    pq.write_table(households, path)
    return Source(path)


def register(count, on=date(2019, 5, 1)):
    return pa.Table.from_batches(Register(6, on).batches(count))


def totals(calculator, on, households):
    found = {}
    for household in households.to_pylist():
        try:
            found[household["id"]] = calculator.assess(plain(household), on)
        except HouseholdError:
            continue
    return found


def paid(assessment):
    return Decimal(0) if assessment is None else assessment.monthly_total


QUESTIONS = {
    "two dates": ({}, (), date(2019, 5, 1), {}, (), ON),
    "two readings": ({}, (), ON, {"disease-pairing": "tiered", "deduction-unit": "household"}, (), ON),
    "an overlay": ({}, (), ON, {}, ("tianjin-notice-2020",), ON),
}


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_every_change_is_that_of_the_two_assessments(tmp_path, question):
    readings, overlays, on, to_readings, to_overlays, to_on = QUESTIONS[question]
    first, second = (
        Calculator(readings=readings, overlays=overlays),
        Calculator(readings=to_readings, overlays=to_overlays),
    )
    households = register(1500)
    source = parquet(tmp_path, households)
    found = comparing.compare(run_of(Assessor(first, on), source), run_of(Assessor(second, to_on), source))
    before, after = totals(first, on, households), totals(second, to_on, households)
    expected = {
        name: (paid(before.get(name)), paid(after.get(name)))
        for name in before.keys() & after.keys()
        if paid(before[name]) != paid(after[name])
    }
    rows = {row["household"]: row for row in found.changes.to_pylist()}
    assert {name: (row["total_before"], row["total_after"]) for name, row in rows.items()} == expected
    assert len(rows) >= 10
    assert sum(found.counts.values()) == len(before.keys() & after.keys())
    assert found.undecided == len(before.keys() ^ after.keys())
    assert Counter(row["change"] for row in rows.values()) == Counter(
        {k: v for k, v in found.counts.items() if v and k != "unchanged"}
    )
    for name, row in rows.items():
        was, goes = expected[name]
        assert row["difference"] == goes - was
        kind = "enters" if was == 0 else "leaves" if goes == 0 else "rises" if goes > was else "falls"
        assert row["change"] == kind
        moved = Counter()
        for assessment, sign in ((before.get(name), -1), (after.get(name), 1)):
            for line in assessment.benefits if assessment else ():
                moved[line.rule] += sign * line.amount
        furthest = max((amount if goes > was else -amount) for amount in moved.values())
        assert (moved[row["rule"]] if goes > was else -moved[row["rule"]]) == furthest > 0
    # What one run refused is in neither total.
    both = before.keys() & after.keys()
    assert found.before == 100 * sum(paid(before[name]) for name in both)
    assert found.after == 100 * sum(paid(after[name]) for name in both)
    by_rule = {row["rule"]: row["after"] for row in found.by_rule.to_pylist() if row["list"] == "benefits"}
    spent = Counter()
    for name in both:
        for line in after[name].benefits:
            spent[line.rule] += line.amount
    assert {rule: amount for rule, amount in by_rule.items() if amount} == dict(spent)


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("question", list(QUESTIONS))
@pytest.mark.parametrize("count", [0, 1, 1700])
def test_batch_by_batch_nothing_is_found_but_what_is_found_at_once(tmp_path, question, count):
    readings, overlays, on, to_readings, to_overlays, to_on = QUESTIONS[question]
    before = Assessor(Calculator(readings=readings, overlays=overlays), on)
    after = Assessor(Calculator(readings=to_readings, overlays=to_overlays), to_on)
    rows = register(1700).slice(0, count).to_pylist()
    for number in range(0, count, 400):
        rows[number]["members"][0]["id"] = ""
    source = parquet(tmp_path, pa.Table.from_pylist(rows, register(1).schema))
    whole = comparing.compare(run_of(before, source), run_of(after, source))
    tables = []
    found = comparing.in_stream(before, after, source, tables.append)
    assert found.changes.num_rows == 0
    changes = [row for table in tables for row in table.to_pylist()]
    assert changes == whole.changes.to_pylist()
    assert found.by_rule.to_pylist() == whole.by_rule.to_pylist()
    assert found.rejected == whole.rejected >= 2 * len(range(0, count, 400))
    for name in (
        "counts",
        "differences",
        "before",
        "after",
        "only_before",
        "only_after",
        "undecided",
        "rejected",
    ):
        assert getattr(found, name) == getattr(whole, name)
    at_once = summarize([run_of(before, source)], 5000)
    added = summarize((run for [run] in batchwise([before], source)), 5000)
    assert added.paid.tolist() == at_once.paid.tolist()
    if count:
        assert replace(added, paid=None) == replace(at_once, paid=None)


def test_two_registers_are_compared_by_id(tmp_path, calculator):
    rows = register(400, ON).to_pylist()
    gone, kept, came = rows[:100], rows[100:300], rows[300:]
    schema = register(1).schema
    first = parquet(tmp_path, pa.Table.from_pylist(gone + kept, schema), "first")
    second = parquet(tmp_path, pa.Table.from_pylist(list(reversed(kept)) + came, schema), "second")
    assessor = Assessor(calculator, ON)
    found = comparing.compare(run_of(assessor, first), run_of(assessor, second))
    assert (found.only_before, found.only_after) == (100, 100)
    assert found.counts["rises"] == found.counts["falls"] == 0
    paid_of = {name: paid(a) for name, a in totals(calculator, ON, register(400, ON)).items()}
    leaving = {row["id"] for row in gone if paid_of[row["id"]]}
    entering = {row["id"] for row in came if paid_of[row["id"]]}
    rows = found.changes.to_pylist()
    assert {row["household"] for row in rows if row["change"] == "leaves"} == leaving
    assert {row["household"] for row in rows if row["change"] == "enters"} == entering
    # No figure of theirs changed: they are in one register alone.
    assert {(row["change"], row["because"]) for row in rows} == {
        ("leaves", "only_before"), ("enters", "only_after"),
    }  # fmt: skip


def test_the_same_question_twice_changes_nothing(tmp_path, calculator):
    source = parquet(tmp_path, register(300, ON))
    run = run_of(Assessor(calculator, ON), source)
    found = comparing.compare(run, run)
    assert found.changes.num_rows == 0
    assert found.counts == {"enters": 0, "leaves": 0, "rises": 0, "falls": 0, "unchanged": 300}


def test_a_cause_is_named(tmp_path, calculator):
    source = parquet(tmp_path, register(2000))
    second = calculator.with_choices(readings={"disease-pairing": "tiered"})
    found = comparing.compare(run_of(Assessor(calculator, ON), source), run_of(Assessor(second, ON), source))
    assert {row["because"] for row in found.changes.to_pylist()} == {"listed-disease-deduction"}


def test_a_summary_adds_up(tmp_path, calculator):
    households = register(1500)
    run = run_of(Assessor(calculator, ON), parquet(tmp_path, households))
    found = summarize([run], 5000)
    assessments = list(totals(calculator, ON, households).values())
    assert found.households == len(assessments)
    assert found.programmes == Counter(a.programme for a in assessments)
    amounts = sorted(100 * a.monthly_total for a in assessments if a.monthly_total)
    assert (found.recipients, found.total) == (len(amounts), sum(amounts))
    assert sum(fen for fen, _ in found.spending.values()) == found.total
    for quantile in QUANTILES:
        at = found.quantiles[quantile]
        assert at in amounts
        assert 100 * sum(amount <= at for amount in amounts) >= quantile * len(amounts)
        assert 100 * sum(amount < at for amount in amounts) < quantile * len(amounts)
    lines = [a.standard * a.counted_members - a.countable_income for a in assessments]
    assert found.near["dibao_line"] == (sum(0 < x <= 50 for x in lines), sum(-50 < x <= 0 for x in lines))


def test_a_page_holds_what_was_found_in_both_languages(tmp_path, calculator):
    run = run_of(Assessor(calculator, ON), parquet(tmp_path, register(200)))
    found = comparing.compare(run, run)
    for lang, title in (("zh", "低保差额救助"), ("en", "Dibao gap payment")):
        page = Page(calculator, lang)
        assert title in page.summary(summarize([run], 5000))
        assert title in page.comparison(found)
        assert str(found.counts["unchanged"]) in page.comparison(found)


def run(*arguments):
    return CliRunner().invoke(main, ["population", *map(str, arguments)])


def test_the_commands_print_a_page_and_write_the_changes_and_plots(tmp_path):
    pytest.importorskip("matplotlib")
    pq.write_table(register(300, ON), tmp_path / "in.parquet")
    asked = ["compare", tmp_path / "in.parquet", "--on", "2020-10-01", "--to-overlay", "tianjin-notice-2020"]
    done = run(*asked, "--output", tmp_path / "c.parquet", "--plot", tmp_path / "c.png", "--lang", "en")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "# Comparison")
    assert set(pq.read_table(tmp_path / "c.parquet")["change"].to_pylist()) <= set(comparing.KINDS)
    assert (tmp_path / "c.png").read_bytes().startswith(b"\x89PNG")
    done = run("summary", tmp_path / "in.parquet", "--on", "2020-10-01", "--plot", tmp_path / "s.svg")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "# 汇总")
    assert "<svg" in (tmp_path / "s.svg").read_text("utf-8")


def test_readings_of_the_first_run_hold_in_the_second_unless_chosen_anew(tmp_path):
    pq.write_table(register(2000, ON), tmp_path / "in.parquet")
    asked = ["compare", tmp_path / "in.parquet", "--on", "2020-10-01", "--output", tmp_path / "c.parquet"]
    done = run(*asked, "--reading", "deduction-unit=household", "--to-reading", "disease-pairing=tiered")
    assert done.exit_code == 0
    source = Source(tmp_path / "in.parquet")
    chosen = {"deduction-unit": "household"}
    both = [Calculator(readings=one) for one in (chosen, chosen | {"disease-pairing": "tiered"})]
    expected = comparing.compare(*(run_of(Assessor(one, ON), source) for one in both))
    assert pq.read_table(tmp_path / "c.parquet").to_pylist() == expected.changes.to_pylist()
    assert expected.changes.num_rows > 10


def test_rows_that_were_refused_are_told_and_may_be_allowed(tmp_path):
    """Orphans of either register too: two tables, in both of which one member has no household."""
    person = {"id": "a", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "married"}
    members = [{"household": name, **person, "income_wages": "0"} for name in ("A", "Z")]
    pq.write_table(pa.Table.from_pylist(members), tmp_path / "m.parquet")
    pq.write_table(pa.table({"id": ["A"]}), tmp_path / "h.parquet")
    tables = [tmp_path / "h.parquet", "--members", tmp_path / "m.parquet", "--on", "2020-10-01"]
    later = ["--to-households", tmp_path / "h.parquet", "--to-members", tmp_path / "m.parquet"]
    for asked, said in (
        (["compare", *tables, *later, "--output", tmp_path / "c.csv"], "2 rows were refused in the two runs"),
        (["summary", *tables], "1 row was refused"),
        (["ledger", *tables, "--output", tmp_path / "ledgers"], "1 row was refused"),
    ):  # fmt: skip
        done = run(*asked, "--lang", "en")
        assert done.exit_code == 2
        assert said in done.stderr
        assert run(*asked, "--allow-rejects").exit_code == 0


def test_a_page_has_deductions_and_benefits_apart_and_programmes_in_their_order(tmp_path, calculator):
    run = run_of(Assessor(calculator, ON), parquet(tmp_path, register(3)))
    page = Page(calculator, "zh")
    said = page.comparison(comparing.compare(run, run))
    assert said.index("| 收入扣减 |") < said.index("| 救助金 |") < said.index("**预算影响**：每月0.00元")
    said = page.summary(summarize([run], 5000))
    assert said.index("最低生活保障") < said.index("低收入家庭") < said.index("不符合低保和低保边缘条件")


def test_a_refused_question_is_told_by_its_code(tmp_path):
    pq.write_table(register(3), tmp_path / "in.parquet")
    done = run(
        "compare",
        tmp_path / "in.parquet",
        "--on",
        "2019-05-01",
        "--to-overlay",
        "tianjin-notice-2020",
        "--output",
        tmp_path / "c.csv",
    )
    assert done.exit_code == 2
    assert done.stderr.startswith("OVERLAY_NOT_IN_FORCE")
    assert not (tmp_path / "c.csv").exists()


def test_sums_of_money_are_whole_numbers(calculator, tmp_path):
    run = run_of(Assessor(calculator, ON), parquet(tmp_path, register(50)))
    assert all(values.dtype == np.int64 for values in run.figures.values())
