"""The rulebooks in ``examples/``: checked, and equal to the published tables through every door."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator
from hongqiao_rules.cli import main
from tests.places import TOP

EXAMPLES = TOP / "examples"
BOOKS = sorted(folder.name for folder in EXAMPLES.iterdir() if (folder / "rulebook.yaml").is_file())
KINDERGELD, TAX = (Calculator(policies=EXAMPLES / name) for name in ("kindergeld", "poland-income-tax"))
KINDERGELD_SUMS = {
    date(2016, 6, 1): (190, 380, 576, 797, 1018), date(2018, 6, 1): (194, 388, 588, 813, 1038),
    date(2020, 6, 1): (204, 408, 618, 853, 1088), date(2021, 6, 1): (219, 438, 663, 913, 1163),
    date(2023, 6, 1): (250, 500, 750, 1000, 1250),
}  # fmt: skip
"""What families with one to five children get a month, added up by hand."""


def cases(book: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in (EXAMPLES / book / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    ]


@pytest.mark.parametrize("book", BOOKS)
def test_it_is_checked_and_its_examples_pass(book: str) -> None:
    done = CliRunner().invoke(main, ["check", str(EXAMPLES / book), "--lang", "en"])
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize("book", BOOKS)
def test_each_case_comes_out_by_the_call_and_by_the_command(book: str, tmp_path: Path) -> None:
    calculator = Calculator(policies=EXAMPLES / book)
    for case in cases(book):
        told = json.loads(
            calculator.assess(case["household"], date.fromisoformat(case["on"])).to_json(trace=False)
        )
        assert {name: told[name] for name in case["expect"]} == case["expect"]
    last = case["on"]
    lines = [json.dumps(one["household"]) for one in cases(book) if one["on"] == last]
    (tmp_path / "inputs.jsonl").write_text("\n".join(lines), encoding="utf-8")
    options = [
        str(tmp_path / "inputs.jsonl"),
        "--policies",
        str(EXAMPLES / book),
        "--on",
        last,
        "--format",
        "json",
    ]
    done = CliRunner().invoke(main, ["assess", *options])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    wanted = [one["expect"] for one in cases(book) if one["on"] == last]
    assert [{name: one[name] for name in expect} for one, expect in zip(found, wanted, strict=True)] == wanted


@pytest.mark.parametrize("book", BOOKS)
def test_each_case_comes_out_by_columns(book: str) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra population is not installed")
    from hongqiao_rules.population import assess

    calculator = Calculator(policies=EXAMPLES / book)
    for on in {case["on"] for case in cases(book)}:
        chosen = [case for case in cases(book) if case["on"] == on]
        table = pa.Table.from_pylist([case["household"] for case in chosen])
        found = assess(table, on=date.fromisoformat(on), calculator=calculator)
        assert found.rejects == ()
        for name in chosen[0]["expect"]:
            wanted = [case["expect"][name] for case in chosen]
            assert [
                str(value) if isinstance(value, Decimal) else value
                for value in found.results[name].to_pylist()
            ] == wanted


@pytest.mark.parametrize("on", KINDERGELD_SUMS)
def test_child_benefit_is_that_of_the_table(on: date) -> None:
    for number, wanted in enumerate(KINDERGELD_SUMS[on], start=1):
        kids = [{"id": str(kid), "born": "2012-01-01"} for kid in range(number)]
        assert KINDERGELD.assess({"id": "F", "kids": kids}, on).figures["monthly_total"] == wanted


@given(st.integers(0, 100_000_000))
def test_the_tax_is_the_scale_worked_out_in_fractions(fen: int) -> None:
    base = Decimal(fen).scaleb(-2)
    # 10,800 + 32% of the excess; 12% less 3,600 below.
    exact = (
        max(Decimal(0), base * 12 / 100 - 3600) if base <= 120_000 else 10_800 + (base - 120_000) * 32 / 100
    )
    found = TAX.assess({"id": "T", "base": str(base)}, date(2023, 6, 1)).figures["tax"]
    assert found == exact.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def test_a_comparison_inside_a_product_is_in_brackets() -> None:
    """Else nobody could tell what is multiplied."""
    text = TAX.assess({"id": "T", "base": 150_000}, date(2023, 6, 1)).statement("en")
    assert "(the smaller of 150000.00 and 120000.00) × 12% − 3600.00 = 10800.00" in text
