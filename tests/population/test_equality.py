"""A population comes out as its households do one by one: every field, every line, no tolerance."""

import os
from datetime import date
from itertools import product

import pyarrow as pa
import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.household.facts_reader import FactsReader, reader_of
from hongqiao_rules.household.models import Household
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read.household_columns import Reader
from hongqiao_rules.population.synthesize.synthetic_register import Register
from hongqiao_rules.rulebook.load import bundled_rulebook
from tests.population.facts_to_columns import assert_same

EACH, ROWS = (3125, 40) if os.getenv("CI") else (75, 12)
"""Households to each combination of readings and overlays; there are 64, so 200,000 in CI. Rows are fewer."""
DATES = (
    date(2016, 4, 1), date(2017, 4, 1), date(2018, 4, 2), date(2019, 5, 1), date(2020, 8, 31), date(2020, 9, 1),
    date(2021, 6, 30), date(2021, 7, 1), date(2025, 9, 1), date(2027, 2, 28),
)  # fmt: skip
READINGS = {
    "disease-pairing": ("by-list", "tiered"),
    "deduction-unit": ("affected-person", "household"),
    "disease-and-disability": ("sum", "higher"),
    "student-scope": ("both-groups", "unsupported-only"),
    "single-parent-scope": ("divorced-only", "all-others"),
}
OVERLAY = "tianjin-notice-2020"


def questions():
    """Every combination of readings, with and without the overlay, on the dates in turn."""
    found = []
    for number, choices in enumerate(product(*READINGS.values())):
        readings = dict(zip(READINGS, choices, strict=True))
        found.append((readings, (), DATES[number % len(DATES)]))
        found.append((readings, (OVERLAY,), [d for d in DATES if d >= date(2020, 9, 1)][number % 5]))
    return found


def as_int(day):
    return day.year * 10000 + day.month * 100 + day.day


def plain(household):
    """A row as it stands in JSON: a null is a field left out."""
    if isinstance(household, dict):
        return {name: plain(value) for name, value in household.items() if value is not None}
    return [plain(item) for item in household] if isinstance(household, list) else household


def lines_by_household(lines):
    found = {}
    for line in lines.to_pylist():
        key = (line["household"], line["list"])
        found.setdefault(key, []).append((line["rule"], line["member"], line["amount"]))
    return found


def assert_row(row, lines, assessment):
    """A row of results, with its lines, against the assessment of the same household."""
    assert row["household"] == assessment.household
    for name in (
        "programme",
        "counted_members",
        "standard",
        "income",
        "countable_income",
        "per_capita_income",
    ):
        assert row[name] == getattr(assessment, name), name
    assert row["monthly_total"] == assessment.monthly_total
    assert row["complete"] == assessment.complete
    assert row["notices"] == [notice.code for notice in assessment.notices]
    for name in ("deductions", "benefits"):
        expected = [(line.rule, line.member, line.amount) for line in getattr(assessment, name)]
        assert lines.get((assessment.household, name), []) == expected
        for rule in {rule for rule, _, _ in expected}:
            total = sum(amount for r, _, amount in expected if r == rule)
            assert row[rule.replace("-", "_")] == total
    for name in ("registers", "services", "referrals"):
        entries = [(entry.rule, entry.member, None) for entry in getattr(assessment, name)]
        assert lines.get((assessment.household, name), []) == entries


def register(number, on, count):
    return pa.Table.from_batches(Register(number, on).batches(count)).combine_chunks().to_batches()[0]


def test_every_conclusion_of_a_synthetic_register_is_that_of_its_households():
    for number, (readings, overlays, on) in enumerate(questions()):
        calculator, day = Calculator(readings=readings, overlays=overlays), as_int(on)
        compiled, batch = calculator.compiled(day), register(number, on, EACH)
        reader = FactsReader(compiled.rulebook, Household)
        facts = (
            reader.facts(reader_of(bundled_rulebook(), Household).read(plain(household), day), day)
            for household in batch.to_pylist()
        )
        reading = Reader(compiled.rulebook).read(batch, day)
        assert reading.marked is None
        assert_same(compiled.dated, compiled.engine, reading.columns, facts, day)


def test_every_row_and_line_of_a_synthetic_register_is_that_of_the_assessment():
    for number, (readings, overlays, on) in enumerate(questions()):
        calculator, batch = (
            Calculator(readings=readings, overlays=overlays),
            register(1000 + number, on, ROWS),
        )
        outcome = Assessor(calculator, on, lines=True).assess(batch)
        assert outcome.rejects == ()
        rows, lines = outcome.results.to_pylist(), lines_by_household(outcome.lines)
        for row, household in zip(rows, batch.to_pylist(), strict=True):
            assert_row(row, lines, calculator.assess(plain(household), on))


@pytest.mark.parametrize("size", [1, 2, 100])
def test_a_household_of_any_size_is_assessed_alike(calculator, size):
    on = date(2020, 10, 1)
    members = [
        {"id": "a", "relationship": "applicant", "birth_date": "1950-01-01", "marital_status": "widowed",
         "incomes": [{"kind": "pension", "monthly": "307.00"}]},
    ]  # fmt: skip
    members += [
        {"id": f"m{n}", "relationship": "child", "birth_date": "2010-01-01", "schooling": "primary"}
        for n in range(size - 1)
    ]
    household = {"id": "H", "members": members}
    batch = pa.RecordBatch.from_struct_array(pa.array([household]))
    outcome = Assessor(calculator, on, lines=True).assess(batch)
    (row,) = outcome.results.to_pylist()
    assert_row(row, lines_by_household(outcome.lines), calculator.assess(household, on))
