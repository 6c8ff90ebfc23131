"""The README's example, the tutorial and the calculator in the page are one household with one set of figures."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from typing import Any

import pytest

from hongqiao_rules import Calculator
from tests.docs.source import TOP

FIGURES = [
    ("widowed-single-parent-deduction", "1200.00"), ("dibao-gap", "460.00")
]  # fmt: skip
PAGES = [
    "README.md",
    "README.zh.md",
    "docs/tutorial/first-assessment.md",
    "docs/tutorial/first-assessment.zh.md",
]
ASK = """
import { assess } from "./rules.mjs";
EXAMPLE_HERE
const { household, on } = EXAMPLE;
console.log(JSON.stringify({ household, on, said: assess(household, on) }));
"""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_figures_of_the_library(page: str) -> None:
    text = (TOP / page).read_text(encoding="utf-8")
    household = json.loads((TOP / "docs/examples/widowed.json").read_text(encoding="utf-8"))
    assessment = Calculator().assess(household, on=date(2019, 5, 1))
    assert [
        (line.rule, str(line.amount)) for line in (*assessment.deductions, *assessment.benefits)
    ] == FIGURES
    assert "docs/examples/widowed.json" in text
    assert "on=date(2019, 5, 1)" in text
    assert f"('{assessment.programme}', Decimal('{assessment.monthly_total}'))" in text
    assert re.findall(r"^([a-z-]+) (\d+\.\d\d)$", text, re.M) == FIGURES


def same_but_for_names(household: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: value for key, value in member.items() if key != "id"} for member in household["members"]]


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
def test_the_calculator_opens_with_the_same_household_and_figures(tmp_path: Any) -> None:
    source = (TOP / "scripts/calculator/state.js").read_text(encoding="utf-8")
    example = re.search(r"^const EXAMPLE = \{.*?^\};$", source, re.M | re.S)
    assert example is not None
    shutil.copy(TOP / "docs/assets/rules.mjs", tmp_path / "rules.mjs")
    (tmp_path / "ask.mjs").write_text(ASK.replace("EXAMPLE_HERE", example[0]), encoding="utf-8")
    done = subprocess.run(["node", "ask.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    stated = json.loads((TOP / "docs/examples/widowed.json").read_text(encoding="utf-8"))
    assert same_but_for_names(answer["household"]) == same_but_for_names(stated)
    assert answer["on"] == "2019-05-01"
    said = answer["said"]
    assert [(line["rule"], line["amount"]) for line in (*said["deductions"], *said["benefits"])] == FIGURES
    assert (said["programme"], said["monthly_total"]) == ("dibao", "460.00")
