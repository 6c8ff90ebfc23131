"""A run that is interrupted, or finds its disk full, leaves valid files and goes on where it stopped."""

import signal
import threading
from datetime import date
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hongqiao_rules.cli import main
from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.file_runs import assess_files
from hongqiao_rules.population.read import sources
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.write import interrupts
from hongqiao_rules.population.write.atomic_files import Sink
from tests.population.in_files import read, register, targets


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("kind", [".parquet", ".csv"])
@pytest.mark.parametrize("after", [500, 1500])
def test_an_interrupted_run_leaves_a_valid_part_and_goes_on(assessor, tmp_path, kind, after):
    spoiled = register().to_pylist()
    spoiled[3]["members"][0]["id"] = ""
    spoiled[1700]["id"] = spoiled[1]["id"]
    made = pa.Table.from_pylist(spoiled, register().schema)
    pq.write_table(made, tmp_path / "in.parquet", row_group_size=800)
    whole, broken = targets(tmp_path, kind, "whole"), targets(tmp_path, kind, "broken")
    expected = assess_files(assessor, Source(tmp_path / "in.parquet"), whole)
    assert (expected.assessed, expected.rejected) == (1998, 2)

    def stop(done):
        if done >= after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_files(assessor, Source(tmp_path / "in.parquet"), broken, progress=stop)
    assert not broken.results.exists()
    (tmp_path / f"part{kind}").write_bytes((tmp_path / f"broken{kind}.partial").read_bytes())
    part = read(tmp_path / f"part{kind}")
    assert part == read(whole.results)[: len(part)]
    assert after - 1 <= len(part) < 1998
    counts = assess_files(assessor, Source(tmp_path / "in.parquet"), broken, resume=True)
    assert counts == expected
    for one_file, other in zip(
        (broken.results, broken.rejects, broken.lines),
        (whole.results, whole.rejects, whole.lines),
        strict=True,
    ):
        assert read(one_file) == read(other)
    assert not list(tmp_path.glob("*.partial*"))


def test_what_was_begun_otherwise_is_not_resumed(assessor, calculator, tmp_path):
    pq.write_table(register(20), tmp_path / "in.parquet")
    with pytest.raises(RequestError, match="NOTHING_TO_RESUME"):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path), resume=True)

    def stop(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path), progress=stop)
    later = Assessor(calculator, date(2021, 10, 1), lines=True)
    with pytest.raises(RequestError, match="RESUME_DIFFERS"):
        assess_files(later, Source(tmp_path / "in.parquet"), targets(tmp_path), resume=True)


@pytest.fixture
def heard():
    """Ctrl-C is heard, which workers of the test run do not do."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def begun(assessor, tmp_path, kind):
    """The register in a file, with what a whole run gives; then what is left by one that ended early is tried."""
    pq.write_table(register(), tmp_path / "in.parquet", row_group_size=800)
    whole, broken = targets(tmp_path, kind, "whole"), targets(tmp_path, kind, "broken")
    expected = assess_files(assessor, Source(tmp_path / "in.parquet"), whole)
    yield
    assert not broken.results.exists()
    (tmp_path / f"part{kind}").write_bytes((tmp_path / f"broken{kind}.partial").read_bytes())
    part = read(tmp_path / f"part{kind}")
    assert 0 < len(part) < 2000
    assert part == read(whole.results)[: len(part)]
    assert assess_files(assessor, Source(tmp_path / "in.parquet"), broken, resume=True) == expected
    assert read(broken.results) == read(whole.results)
    assert read(broken.lines) == read(whole.lines)


@pytest.mark.usefixtures("heard", "small_batches", "begun")
@pytest.mark.parametrize("kind", [".parquet", ".csv"])
@pytest.mark.parametrize("before", [True, False])
def test_ctrl_c_in_the_middle_of_a_write_waits_for_its_end(assessor, tmp_path, monkeypatch, kind, before):
    written, calls = Sink.write, []

    def write(sink, table):
        calls.append(sink.path.name)
        interrupted = calls.count(f"broken{kind}") == 2 and calls[-1] == f"broken{kind}"
        if interrupted and before:
            signal.raise_signal(signal.SIGINT)
        written(sink, table)
        if interrupted and not before:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Sink, "write", write)
    with pytest.raises(KeyboardInterrupt):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path, kind, "broken"))


@pytest.mark.usefixtures("begun")
@pytest.mark.parametrize("kind", [".parquet", ".csv"])
def test_a_disk_that_is_nearly_full_ends_a_run_while_its_files_can_be_ended(
    assessor, tmp_path, monkeypatch, kind
):
    free = iter([1 << 40, 1 << 40, interrupts.ROOM])
    monkeypatch.setattr(sources, "BATCH", 500)

    def usage(_folder):
        return SimpleNamespace(free=next(free))

    monkeypatch.setattr(interrupts.shutil, "disk_usage", usage)
    with pytest.raises(OSError, match="No space left"):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path, kind, "broken"))
    monkeypatch.undo()


def test_a_part_that_was_spoiled_is_not_gone_on_with(assessor, tmp_path):
    pq.write_table(register(20), tmp_path / "in.parquet")

    def stop(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path), progress=stop)
    (tmp_path / "out.parquet.partial").write_bytes(b"PAR1 but not to the end")
    with pytest.raises(RequestError, match="NOTHING_TO_RESUME"):
        assess_files(assessor, Source(tmp_path / "in.parquet"), targets(tmp_path), resume=True)


@pytest.mark.usefixtures("heard")
def test_a_signal_is_held_back_only_where_signals_are_heard():
    with pytest.raises(KeyboardInterrupt), interrupts.held_back():
        signal.raise_signal(signal.SIGINT)
    done = []

    def work():
        with interrupts.held_back():
            done.append(threading.current_thread() is not threading.main_thread())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("option", ["--output", "--rejects", "--lines"])
def test_a_place_where_nothing_can_be_written_is_told_and_nothing_is_left(tmp_path, option):
    pq.write_table(register(20), tmp_path / "in.parquet")
    places = {name: tmp_path / f"{name[2:]}.parquet" for name in ("--output", "--rejects", "--lines")}
    places[option] = tmp_path / "nowhere" / "out.parquet"
    asked = ["population", "assess", str(tmp_path / "in.parquet"), "--on", "2020-10-01", "--lang", "en"]
    done = CliRunner().invoke(main, [*asked, *(str(part) for pair in places.items() for part in pair)])
    assert done.exit_code == 2
    assert done.stderr.startswith("FILE_NOT_USABLE: ")
    assert "nowhere" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]
