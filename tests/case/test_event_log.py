"""The record of a case: what was accepted is kept, what was cut short is told, what is damaged is never believed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator
from hongqiao_rules.case.event_log import FileRecord, MemoryRecord, SQLiteStore, Torn
from hongqiao_rules.case.living_case import Case
from hongqiao_rules.errors import EventError, RecordError

DAY = date(2019, 5, 1)
HOUSEHOLD = {
    "id": "HQ",
    "members": [
        {"id": "mother", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed",
         "incomes": [{"kind": "wages", "monthly": "2700.00"}]},
        {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"},
    ],
}  # fmt: skip


def recorded(path: Path, calculator: Calculator) -> str:
    """A record of the family above; its decision."""
    with calculator.open_case("HQ", record=path) as case:
        case.state(HOUSEHOLD, since=date(2019, 4, 1), known=date(2019, 4, 20))
        return case.on(DAY).to_json()


def test_a_record_opened_again_is_the_same_case(tmp_path: Path, calculator: Calculator) -> None:
    decision = recorded(tmp_path / "case.jsonl", calculator)
    with calculator.open_case(record=tmp_path / "case.jsonl") as again:
        assert again.id == "HQ"
        assert again.torn is None
        assert again.on(DAY).to_json() == decision
        assert again.on(DAY).to_json() == calculator.assess(HOUSEHOLD, DAY).to_json()


def test_a_last_line_cut_anywhere_is_cut_off_and_told(tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "case.jsonl"
    recorded(path, calculator)
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    count = whole.count(b"\n")
    for end in range(last + 1, len(whole)):
        path.write_bytes(whole[:end])
        record = FileRecord(path)
        assert record.torn == Torn(count, whole[last:end])
        assert len(record.events()) == count - 2
        record.close()
        assert path.read_bytes() == whole[:last]
        again = FileRecord(path)
        assert again.torn is None
        again.close()


def test_a_record_whose_first_line_was_cut_begins_anew(tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "case.jsonl"
    calculator.open_case("HQ", record=path).close()
    head = path.read_bytes()
    for end in range(1, len(head)):
        path.write_bytes(head[:end])
        with pytest.raises(RecordError) as refused:
            calculator.open_case(record=path)
        assert refused.value.code == "NO_RECORD"
        with calculator.open_case("HQ", record=path) as case:
            assert case.torn == Torn(1, head[:end])
        assert path.read_bytes() == head


def test_a_record_goes_on_after_its_repair(tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "case.jsonl"
    decision = recorded(path, calculator)
    path.write_bytes(path.read_bytes() + b'{"event":"stated","known":"20')
    with calculator.open_case(record=path) as case:
        assert case.torn is not None
        assert case.torn.left == b'{"event":"stated","known":"20'
        assert case.on(DAY).to_json() == decision
        case.record({"event": "withdrawn", "known": "2019-05-01", "of": 3})
    with calculator.open_case(record=path) as case:
        assert case.torn is None
        assert len(case.events) == 6


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_changed_byte_is_never_believed(
    place: int, byte: int, tmp_path_factory: pytest.TempPathFactory, calculator: Calculator
) -> None:
    path = tmp_path_factory.mktemp("record") / "case.jsonl"
    recorded(path, calculator)
    whole = path.read_bytes()
    place %= len(whole) - 1  # the very last byte is the end of the last line
    if whole[place] == byte:
        return
    damaged = whole[:place] + bytes([byte]) + whole[place + 1 :]
    path.write_bytes(damaged)
    with pytest.raises(RecordError) as refused:
        FileRecord(path)
    assert refused.value.code in {"RECORD_DAMAGED", "NOT_A_RECORD"}
    assert path.read_bytes() == damaged  # nothing is repaired


def test_a_line_left_out_or_moved_is_refused(tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "case.jsonl"
    recorded(path, calculator)
    lines = path.read_bytes().splitlines(keepends=True)
    for changed in (lines[:2] + lines[3:], [lines[0], lines[2], lines[1], *lines[3:]], [*lines, lines[-1]]):
        path.write_bytes(b"".join(changed))
        with pytest.raises(RecordError) as refused:
            calculator.open_case(record=path)
        assert refused.value.code == "RECORD_DAMAGED"


def test_records_that_cannot_be_opened_say_why(tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "case.jsonl"
    with pytest.raises(RecordError) as refused:
        calculator.open_case(record=path)
    assert refused.value.code == "NO_RECORD"
    recorded(path, calculator)
    with pytest.raises(RecordError) as refused:
        calculator.open_case("HQ-2", record=path)
    assert refused.value.code == "RECORD_OF_ANOTHER"
    with calculator.open_case(record=path), pytest.raises(RecordError) as refused:
        calculator.open_case(record=path)
    assert refused.value.code == "RECORD_IN_USE"
    for content in (b'{"id": "HQ"}\n', b'{"id": "HQ"}', b"\0" * 99, b'{"record": "another", "case": "HQ"}'):
        path.write_bytes(content)
        for name in (None, "HQ"):
            with pytest.raises(RecordError) as refused:
                calculator.open_case(name, record=path)
            assert refused.value.code == "NOT_A_RECORD"
            assert path.read_bytes() == content  # somebody's file is left as it is
    with pytest.raises(RecordError) as refused:
        SQLiteStore(path).close()
    assert refused.value.code == "NOT_A_RECORD"


def test_a_record_in_which_an_event_contradicts_the_others_is_refused(calculator: Calculator) -> None:
    absent = (
        '{"event":"stated","known":"2019-04-01","since":"2019-04-01","fact":{"type":"death","member":"x"}}'
    )
    for text in (absent, "{}", "3", "not json"):
        with pytest.raises(RecordError) as refused:
            calculator.open_case("HQ", record=MemoryRecord([text]))
        assert refused.value.code == "RECORD_DAMAGED"


def test_a_full_disk_leaves_the_case_as_it_was(
    tmp_path: Path, calculator: Calculator, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case.jsonl"
    recorded(path, calculator)
    before = path.read_bytes()
    write = os.write
    with calculator.open_case(record=path) as case:
        monkeypatch.setattr(os, "write", lambda file, line: write(file, line[: len(line) // 2]))
        with pytest.raises(OSError, match="could be written"):
            case.record({"event": "withdrawn", "known": "2019-05-01", "of": 3})
        monkeypatch.undo()
        assert path.read_bytes() == before
        assert len(case.events) == 5
        assert case.record({"event": "withdrawn", "known": "2019-05-01", "of": 3}) == 6


def test_many_cases_in_one_database(tmp_path: Path, calculator: Calculator) -> None:
    decision = recorded(tmp_path / "case.jsonl", calculator)
    for fsync in (False, True):
        store = SQLiteStore(tmp_path / f"cases-{fsync}.db", fsync=fsync)
        for name in ("HQ", "另一家", "o'hara\n"):
            case = calculator.open_case(name, record=store.record(name))
            case.state({**HOUSEHOLD, "id": name}, since=date(2019, 4, 1), known=date(2019, 4, 20))
        store.close()
        again = SQLiteStore(tmp_path / f"cases-{fsync}.db")
        assert list(again.cases()) == sorted(["HQ", "另一家", "o'hara\n"])
        assert calculator.open_case("HQ", record=again.record("HQ")).on(DAY).to_json() == decision
        one, other = again.record("HQ"), again.record("HQ")
        one.append("{}")
        with pytest.raises(RecordError) as refused:
            other.append("{}")
        assert refused.value.code == "RECORD_IN_USE"
        again.close()


@contextmanager
def opened(place: Path, calculator: Calculator) -> Iterator[Case]:
    if place.suffix != ".db":
        with calculator.open_case("HQ", record=place, inference=False) as case:
            yield case
        return
    with closing(SQLiteStore(place)) as store:
        yield calculator.open_case("HQ", record=store.record("HQ"), inference=False)


WRITER = """
import sys
from datetime import date
from hongqiao_rules import Calculator
from hongqiao_rules.case.event_log import SQLiteStore
calculator = Calculator()
kept = SQLiteStore(sys.argv[1]).record("HQ") if sys.argv[1].endswith(".db") else sys.argv[1]
case = calculator.open_case("HQ", record=kept, inference=False)
print(len(case.events), flush=True)
while True:
    number = case.record({"event": "stated", "known": "2019-04-20", "since": "2019-04-01", "fact":
        {"type": "income", "member": "mother", "kind": "wages", "monthly": str(len(case.events))}})
    print(number, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a matter of POSIX")
def test_no_accepted_event_is_lost_and_none_half_believed_when_the_writer_is_killed(
    tmp_path: Path, calculator: Calculator
) -> None:
    """20 times in CI, 8 elsewhere; ``KILLS`` asks for more."""
    for place in (tmp_path / "case.jsonl", tmp_path / "cases.db"):
        with opened(place, calculator) as case:
            case.state(HOUSEHOLD, since=date(2019, 4, 1), known=date(2019, 4, 20))
        accepted = len(case.events)
        for turn in range(int(os.environ.get("KILLS", "20" if os.environ.get("CI") else "8")) // 2):
            with subprocess.Popen([sys.executable, "-c", WRITER, place], stdout=subprocess.PIPE) as writer:
                assert writer.stdout is not None
                assert int(writer.stdout.readline()) >= accepted
                time.sleep(0.003 * turn % 0.05)
                writer.kill()
                told = [
                    int(line)
                    for line in writer.stdout.read().splitlines(keepends=True)
                    if line.endswith(b"\n")
                ]
            accepted = max([accepted, *told])
            with opened(place, calculator) as case:
                assert (
                    accepted <= len(case.events) <= accepted + 1
                )  # the last may have been kept, not yet told
                accepted = len(case.events)
                amounts = [event.fact.monthly for event in case.events[5:]]  # type: ignore[union-attr]
                assert amounts == list(range(5, accepted))


def test_what_was_refused_is_not_recorded(tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "case.jsonl"
    recorded(path, calculator)
    before = path.read_bytes()
    with calculator.open_case(record=path) as case:
        with pytest.raises(EventError):
            case.record({"event": "withdrawn", "known": "2019-05-01", "of": 99})
        with pytest.raises(EventError):
            case.record(json.loads('{"event": "stated"}'))
    assert path.read_bytes() == before
