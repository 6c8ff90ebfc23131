"""An input check and a derived default, each added in one policy file, are known to `explore`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hongqiao_rules import Calculator, HouseholdError

ON = date(2020, 3, 31)
SCHOOLING = (
    "none",
    "kindergarten",
    "primary",
    "junior_secondary",
    "senior_secondary",
    "vocational",
    "undergraduate",
    "postgraduate",
)
CHECK = """
checks: member
refused:
  TEST_CHECK: {{at: schooling, when: "{}", message: {{zh: 测试。, en: A test.}}}}
"""
NEEDED = """
checks: member
refused:
  TEST_NEEDED: {needs: university_admission, when: schooling == 'senior_secondary', message: {zh: 测试。, en: A test.}}
"""
DEFAULT = """
checks: member
defaults:
  self_care: {when: schooling != 'none', value: "'dependent'"}
refused:
  TEST_CHECK: {at: schooling, when: self_care == 'dependent', message: {zh: 测试。, en: A test.}}
"""


def household(**of_child: Any) -> dict[str, Any]:
    return {
        "id": "H",
        "members": [
            {"id": "a", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "widowed",
             "incomes": [{"kind": "wages", "monthly": "2000.00"}]},
            {"id": "b", "relationship": "child", "birth_date": "2008-05-01", "schooling": "unknown", **of_child},
        ],
    }  # fmt: skip


def calculator(folder: Path, text: str) -> Calculator:
    (folder / "added.yaml").write_text(text, encoding="utf-8")
    return Calculator(policies=[folder])


def totals(calculator: Calculator, **of_child: Any) -> set[Decimal]:
    """What the household comes to for each schooling that is accepted."""
    found = set()
    for schooling in SCHOOLING:
        try:
            assessment = calculator.assess(household(**{**of_child, "schooling": schooling}), ON)
        except HouseholdError:
            continue
        found.add(assessment.monthly_total)
    return found


def bounds(calculator: Calculator, **of_child: Any) -> tuple[Decimal, Decimal]:
    found = calculator.explore(household(**of_child), ON)
    return found.least.monthly_total, found.greatest.monthly_total


@pytest.mark.parametrize(
    "condition",
    [
        "(schooling == 'none' or schooling == 'postgraduate') and relationship == 'child'",
        "schooling != 'none' and schooling != 'postgraduate'",
        "schooling != 'none' and any(m.marital_status == 'widowed' for m in members)",
    ],
)
def test_what_a_declared_check_refuses_is_not_proposed(tmp_path: Path, condition: str) -> None:
    added = calculator(tmp_path, CHECK.format(condition))
    allowed = totals(added)
    assert bounds(added) == (min(allowed), max(allowed))
    assert bounds(added) != bounds(Calculator())


def test_a_derived_default_is_taken_of_what_is_unknown(tmp_path: Path) -> None:
    added = calculator(tmp_path, DEFAULT)
    allowed = totals(added)
    assert len(allowed) < len(totals(Calculator()))
    assert bounds(added) == (min(allowed), max(allowed))
    stated = {"self_care": "independent"}  # then no default is taken
    assert bounds(added, **stated) == bounds(Calculator(), **stated)


def test_what_may_be_needed_is_asked_for(tmp_path: Path) -> None:
    added = calculator(tmp_path, NEEDED)
    with pytest.raises(HouseholdError) as refused:
        added.explore(household(), ON)
    found = [(fault.code, fault.path) for fault in refused.value.faults]
    assert found == [("PERHAPS_NEEDED", "/members/1/university_admission")]
    assert bounds(added, university_admission="none") == bounds(Calculator(), university_admission="none")


@pytest.mark.parametrize("refused", ["primary", "vocational"])
def test_every_code_that_a_change_names_is_accepted(tmp_path: Path, refused: str) -> None:
    added = calculator(tmp_path, CHECK.format(f"schooling == '{refused}' and relationship == 'child'"))
    found = added.why_not(household(schooling="none"), "dibao", ON)
    edits = [edit for change in found.changes for edit in change.edits if edit.fact == "schooling"]
    codes = {code for edit in edits for code in (edit.after, *edit.or_else)}
    assert codes == {code for code in SCHOOLING if code not in (refused, "none", "postgraduate")}
    for code in codes:
        assert added.assess(household(schooling=code), ON).programme == "dibao"
