"""The declared default of a fact is kept in fen, as yyyymmdd, or as written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from hongqiao_rules.rulebook.load import load
from tests.rulebook.refused.broken import TOY


@pytest.mark.parametrize(
    ("fact", "was", "default", "kept"),
    [
        ("price", "default: 0", "default: 12", 1200),
        ("price", "default: 0", 'default: "12.5"', 1250),
        ("price", "default: 0", "default: -500", -50000),
        ("litres", "default: 0", "default: 90", 90),
        ("sold", "default: false", "default: true", True),
        ("born", "required: true", "default: 2004-02-29", 20040229),
        ("pasture", "codes: region", "codes: region, default: hills", "hills"),
    ],
)
def test_a_default_is_read_by_the_type_of_its_fact(
    fact: str, was: str, default: str, kept: Any, tmp_path: Path
) -> None:
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "vocabulary" / "animal.yaml"
    lines = file.read_text().splitlines()
    (number,) = [n for n, line in enumerate(lines) if line.startswith(f"  {fact}: ")]
    lines[number] = lines[number].replace(was, default)
    file.write_text("\n".join(lines))
    assert load([tmp_path]).definitions.entities["animal"].facts[fact].default == kept
