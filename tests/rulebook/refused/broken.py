"""The broken files, each laid over the good toy jurisdiction.

A file begins with what is expected of it: a line ``# CODE line:column`` for each fault (``FILE:line:column`` where
it is told of another file), ``meant NAME`` where a near name has to be suggested, and ``# as FILE`` where it stands
in place of a file of the toy (else it is added).
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from hongqiao_rules import PolicyError
from hongqiao_rules.rulebook.load import load
from tests.places import TESTS

FILES = Path(__file__).parent / "files"
TOY = TESTS / "toy" / "policies"


@dataclass(frozen=True)
class Expected:
    code: str
    file: str
    line: int
    column: int
    meant: str | None


@dataclass(frozen=True)
class Broken:
    name: str
    data: bytes
    stands_as: str
    expected: tuple[Expected, ...]


def read(file: Path) -> Broken:
    expected, stands_as = [], "zz-added.yaml"
    for line in file.read_text().splitlines():
        if line.startswith("# as "):
            stands_as = line.removeprefix("# as ")
        elif line.startswith("# "):
            code, place, *meant = line.removeprefix("# ").split(" ")
            *where, row, column = place.split(":")
            name = where[0] if where else ""
            expected.append(Expected(code, name, int(row), int(column), meant[1] if meant else None))
    return Broken(file.stem, file.read_bytes(), stands_as, tuple(expected))


def refusal(folder: Path, data: bytes, stands_as: str = "zz-added.yaml") -> PolicyError:
    """The error of the toy with one file more, or another."""
    shutil.copytree(TOY, folder, dirs_exist_ok=True)
    (folder / stands_as).write_bytes(data)
    with pytest.raises(PolicyError) as caught:
        load([folder])
    return caught.value
