"""What is remembered in loading changes nothing: dates dated before, and files that a snapshot knows."""

import shutil
from pathlib import Path

import pytest

from hongqiao_rules import PolicyError
from hongqiao_rules.rulebook import load as loading
from hongqiao_rules.rulebook.dating import Dated, Memory, date
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.load import Rulebook, load
from tests.places import TOP
from tests.toy.farms import POLICIES

ADDED = TOP / "tests" / "analysis" / "faults" / "cliff"


def dated(book: Rulebook, overlays: tuple[str, ...], *, remembering: bool) -> list[Dated]:
    linked, faults = book.linked(overlays), Faults(book.files)
    memory = Memory(linked) if remembering else None
    readings = book.definitions.readings
    default = {name: reading.default for name, reading in readings.items()}
    choices = [default, *({**default, n: c} for n, r in readings.items() for c in list(r.choices)[1:])]
    made = [
        date(linked, day, day, chosen, faults, memory)
        for chosen in choices
        for day in book.change_dates(overlays)
    ]
    assert faults.found == []
    return made


@pytest.mark.parametrize("book", [load(), load([POLICIES])], ids=["bundled", "toy"])
def test_days_dated_with_a_memory_are_what_they_are_by_themselves(book: Rulebook) -> None:
    for overlays in ((), *((name,) for name in book.definitions.overlays)):
        alone, remembered = (dated(book, overlays, remembering=way) for way in (False, True))
        for one, other in zip(alone, remembered, strict=True):
            assert one.conclusions == other.conclusions
            assert one.notices == other.notices
            assert list(one.parameters.items()) == list(other.parameters.items())


def test_a_fault_of_some_days_is_told_though_other_days_have_none(tmp_path: Path) -> None:
    """A share that does not come out in whole fen from 2019 on: the years before are dated first, and remembered."""
    shutil.copytree(TOP / "policies", tmp_path / "policies")
    share = tmp_path / "policies" / "parameters" / "elder-supplement-share.yaml"
    (_, value) = share.read_text().split("values:\n")
    later = value.replace("2016-04-01", "2019-01-01").replace("value: 30%", "value: 1/7")
    share.write_text(share.read_text() + later)
    with pytest.raises(PolicyError) as refused:
        load([tmp_path / "policies"])
    assert {(fault.code, Path(fault.file).name) for fault in refused.value.faults} == {
        ("POLICY_NEEDS_ROUNDING", "elder-supplement.yaml")
    }


def test_files_taken_from_the_snapshot_say_what_reading_them_says(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = load([ADDED])
    monkeypatch.setattr(loading, "from_snapshot", lambda *_: ({}, ""))
    slow = load([ADDED])
    assert quick.digest == slow.digest  # of all that the files say


def test_a_snapshot_in_a_folder_of_ones_own_is_never_believed(tmp_path: Path) -> None:
    """The files of a foreign folder are read themselves, whatever lies beside them."""
    folder = tmp_path / "own"
    shutil.copytree(ADDED, folder)
    before = load([folder]).digest
    (folder / "snapshot.json").write_text('{"digest": "sha256:0", "files": {}}')
    assert load([folder]).digest == before
