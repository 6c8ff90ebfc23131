"""An input check and a derived default, each added in one policy file, hold at every door that reads a household."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator, Household, HouseholdError
from hongqiao_rules.cli import main
from hongqiao_rules.engines.javascript.module import module
from hongqiao_rules.population import assess
from tests.engines.javascript.test_module import ASK

ON, NODE = date(2020, 3, 31), shutil.which("node")
CHECK = """
checks: member
figures:
  marriage_age:
    {title: {zh: 法定婚龄, en: Age of marriage}, value: 20, unit: years, because: {zh: 婚龄。, en: The age of marriage.}}
refused:
  MARRIED_TOO_YOUNG:
    at: marital_status
    when: marital_status == 'married' and full_years(birth_date, on) < marriage_age
    message: {zh: "成员{id}在{on}未到法定婚龄。", en: "The member {id} is below the age of marriage on {on}."}
"""
DEFAULT = """
checks: member
defaults:
  self_care: {when: schooling == 'kindergarten', value: "'dependent'"}
refused:
  DEPENDENT_ALONE:
    at: living_arrangement
    when: self_care == 'dependent' and living_arrangement == 'alone'
    message: {zh: 不能自理的成员不能独居。, en: Someone dependent does not live alone.}
"""


def household(**of_child: Any) -> dict[str, Any]:
    return {
        "id": "H",
        "members": [
            {"id": "a", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "widowed", "incomes": []},
            {"id": "b", "relationship": "child", "birth_date": "2001-05-01", "incomes": [], **of_child},
        ],
    }  # fmt: skip


def refusing(assess: Callable[[], Any]) -> list[tuple[str, str, str]]:
    try:
        assess()
    except HouseholdError as error:
        return [(fault.code, fault.path, fault.message) for fault in error.faults]
    return []


def doors(folder: Path, value: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    """The faults of a household at each door."""
    calculator = Calculator(policies=[folder])
    file = folder.parent / "h.json"
    file.write_text(json.dumps(value), encoding="utf-8")
    arguments = ["assess", str(file), "--on", str(ON), "--policies", str(folder), "--lang", "en"]
    told = CliRunner().invoke(main, arguments).stderr.splitlines()
    columns = assess(pa.Table.from_pylist([value]), on=ON, calculator=calculator).rejects
    case = calculator.open_case("H", inference=False)

    def stated() -> None:
        case.state(
            value, since=date(2020, 1, 1), known=date(2020, 1, 1)
        )  # refuses what is wrong on every day
        case.on(ON)

    found = {
        "mapping": refusing(lambda: calculator.assess(value, ON)),
        "object": refusing(lambda: calculator.assess(Household(**value), ON)),
        "json": refusing(lambda: calculator.assess_json(json.dumps(value), ON)),
        "plain": refusing(lambda: calculator.assess_plain(value, ON)),
        "columns": [tuple(fault) for reject in columns for fault in reject.faults],
        "case": refusing(stated),
        "command": [
            (code, "/" + path.partition("/")[2], message)
            for path, code, message in (line.split(": ", 3)[1:] for line in told if ": " in line)
        ],
    }
    if NODE is not None:
        (folder.parent / "rules.mjs").write_text(module(calculator.rulebook), encoding="utf-8")
        (folder.parent / "ask.mjs").write_text(ASK, encoding="utf-8")
        question = json.dumps({"household": value, "on": str(ON)})
        answer = subprocess.run(
            [NODE, "ask.mjs"], cwd=folder.parent, input=question, capture_output=True, check=True, text=True
        )
        found["javascript"] = [
            (code, path, en) for code, path, en, _ in json.loads(answer.stdout).get("faults", [])
        ]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "added"
    made.mkdir()
    return made


def test_a_check_in_one_file_holds_at_every_door(folder: Path) -> None:
    (folder / "check.yaml").write_text(CHECK, encoding="utf-8")
    message = "The member b is below the age of marriage on 2020-03-31."
    expected = [("MARRIED_TOO_YOUNG", "/members/1/marital_status", message)]
    assert {
        door: found
        for door, found in doors(folder, household(marital_status="married")).items()
        if found != expected
    } == {}
    right = household(marital_status="married", birth_date="2000-03-31")
    assert {door: found for door, found in doors(folder, right).items() if found} == {}
    assert Calculator().assess(household(marital_status="married"), ON)  # the bundled rules alone accept it
    with pytest.raises(HouseholdError) as refused:
        Calculator(policies=[folder]).assess(household(marital_status="married"), ON)
    assert refused.value.faults[0].say("zh") == "成员b在2020-03-31未到法定婚龄。"


def test_a_derived_default_in_one_file_holds_at_every_door(folder: Path) -> None:
    (folder / "default.yaml").write_text(DEFAULT, encoding="utf-8")
    child = {"schooling": "kindergarten", "birth_date": "2015-05-01", "living_arrangement": "alone"}
    message = "Someone dependent does not live alone."
    expected = [("DEPENDENT_ALONE", "/members/1/living_arrangement", message)]
    assert {
        door: found for door, found in doors(folder, household(**child)).items() if found != expected
    } == {}
    for right in ({**child, "self_care": "independent"}, {**child, "schooling": "primary"}):
        assert {door: found for door, found in doors(folder, household(**right)).items() if found} == {}
    taken = Calculator(policies=[folder]).assess(
        household(schooling="kindergarten", birth_date="2015-05-01"), ON
    )
    assert "/members/1/self_care" in taken.assumed
    assert (
        "/members/1/self_care"
        not in Calculator().assess(household(schooling="kindergarten", birth_date="2015-05-01"), ON).assumed
    )


def test_a_check_is_passed_over_where_a_field_that_it_reads_is_at_fault(folder: Path) -> None:
    (folder / "check.yaml").write_text(CHECK, encoding="utf-8")
    calculator = Calculator(policies=[folder])
    for wrong, code in (("2001-13-01", "BAD_DATE"), ("unknown", "UNKNOWN_VALUE")):
        found = refusing(
            lambda wrong=wrong: calculator.assess(household(marital_status="married", birth_date=wrong), ON)
        )  # type: ignore[misc]  # a default of a lambda
        assert [(code_, path) for code_, path, _ in found] == [(code, "/members/1/birth_date")]


def test_the_faults_of_one_field_come_in_the_order_declared(folder: Path) -> None:
    (folder / "check.yaml").write_text(CHECK, encoding="utf-8")
    value = household()
    for number in (1, 2):
        value["members"].append(
            {"id": f"s{number}", "relationship": "spouse", "birth_date": "1980-01-01", "incomes": []}
        )
    for door, found in doors(folder, value).items():
        codes = [(code, path) for code, path, _ in found]
        first, second = "/members/2/relationship", "/members/3/relationship"
        assert codes == [
            ("SPOUSE_OF_UNMARRIED", first),
            ("SPOUSE_OF_UNMARRIED", second),
            ("SEVERAL_SPOUSES", second),
        ], door
