"""The rulebook to begin with: written whole, it passes every check, in both languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator
from hongqiao_rules.cli import main
from hongqiao_rules.cli.new import ON


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "a" / "town"
    done = CliRunner().invoke(main, ["new", str(folder), "--lang", "en"])
    assert done.exit_code == 0
    assert f"hongqiao-rules check {folder}\n" in done.stdout
    return folder


@pytest.mark.parametrize(("lang", "said"), [("en", "No faults: 15 files"), ("zh", "没有问题：15个文件")])
def test_it_passes_check_with_its_examples(town: Path, lang: str, said: str) -> None:
    done = CliRunner().invoke(main, ["check", str(town), "--lang", lang])
    assert (done.exit_code, done.stderr) == (0, "")
    assert said in done.stdout


def test_its_example_is_assessed_as_its_rules_say(town: Path) -> None:
    options = [str(town / "example.json"), "--policies", str(town), "--on", ON]
    done = CliRunner().invoke(main, ["assess", *options, "--format", "json"])
    # 1400.00 + 1250.50 is at most 2 × 1600: 90 for the home and 90 for the grandmother.
    told = json.loads(done.stdout)
    assert (told["household_income"], told["decision"], told["monthly_total"]) == (
        "2650.50",
        "granted",
        "180.00",
    )
    assert [line["rule"] for line in told["aid"]] == ["heating-aid", "elder-aid"]
    calculator = Calculator(policies=town)
    example = json.loads((town / "example.json").read_text(encoding="utf-8"))
    assert str(calculator.assess(example, date(2024, 6, 1)).figures["monthly_total"]) == "180.00"


@pytest.mark.parametrize("there", ["a file", "a folder"])
def test_what_is_there_is_left_alone(there: str, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    if there == "a file":
        folder.write_text("x", encoding="utf-8")
    else:
        (folder / "inside").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(main, ["new", str(folder), "--lang", "en"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "FOLDER_NOT_EMPTY" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
