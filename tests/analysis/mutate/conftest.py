"""A small town whose rules use most of the language once; its facts are those of the bundled policies."""

import re
import shutil
from pathlib import Path

import pytest

from tests.places import TOP


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the town, with examples for everything."""
    folder = tmp_path_factory.mktemp("mutations") / "town"
    shutil.copytree(Path(__file__).parent / "town", folder)
    shutil.copytree(TOP / "policies" / "vocabulary", folder / "vocabulary")
    return folder


@pytest.fixture(scope="session")
def bare(town: Path) -> Path:
    """The same without any example but one that says next to nothing."""
    folder = town.parent / "bare"
    shutil.copytree(town, folder)
    for file in folder.glob("*.yaml"):
        text = re.sub(r"^examples:\n(  .*\n)+", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        file.write_text(text, encoding="utf-8")
    with (folder / "standard.yaml").open("a", encoding="utf-8") as file:
        file.write(WEAK)
    return folder


WEAK = """examples:
  - title: {zh: 一个人, en: Somebody}
    on: 2020-06-01
    given: {id: one, members: [{id: one, relationship: applicant, birth_date: 1970-01-01, marital_status: married, incomes: []}]}
    expect: {counted_members: 1}
"""
