"""``check --mutate``."""

import json
from pathlib import Path

from click.testing import CliRunner

from hongqiao_rules.cli import main


def test_survivors_are_told_and_the_exit_status_is_2(bare: Path) -> None:
    arguments = [
        "check",
        str(bare),
        "--mutate",
        "--only",
        "precedence",
        "--only",
        "rounding",
        "--members",
        "2",
    ]
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert result.exit_code == 2
    assert "poor.yaml:4:12: precedence\n    poor, near-poor\n  → near-poor, poor\n" in result.stdout
    assert "per-capita-income.yaml:4:26: the way of rounding\n    half-up\n  → down\n" in result.stdout
    assert "not noticed, although it changes the result of a household" in result.stdout
    found = CliRunner().invoke(main, [*arguments, "--format", "json"])
    assert found.exit_code == 2
    answer = json.loads(found.stdout)
    assert {outcome["operator"] for outcome in answer["outcomes"]} == {"precedence", "rounding"}
    assert any(outcome["witness"] for outcome in answer["outcomes"])


def test_where_nothing_survives_the_exit_status_is_0_and_the_words_are_chinese() -> None:
    only = ["--only", "precedence", "--only", "rounding"]
    result = CliRunner().invoke(main, ["check", "--mutate", *only])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "被例子或案例发现" in result.stdout
    assert "       0  没有被发现，但有家庭的结果会不同" not in result.stdout
    assert "    0  没有被发现，但有家庭的结果会不同" in result.stdout
