"""A run that is killed goes on from its last checkpoint, and comes to what an undisturbed run comes to."""

import signal
import subprocess
import sys
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.file_runs import Targets, assess_files
from hongqiao_rules.population.read import sources
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.synthesize.synthetic_register import Register
from hongqiao_rules.population.write.atomic_files import Sink

ON = date(2020, 10, 1)
KILLED = """
import sys, time
from datetime import date
from pathlib import Path
from hongqiao_rules.calculator import Calculator
from hongqiao_rules.population import file_runs
from hongqiao_rules.population.read import sources
from hongqiao_rules.population.assessor import Assessor

file_runs.CHECKPOINT, sources.BATCH = 0, 500
folder, kind = Path(sys.argv[1]), sys.argv[2]

def stuck(done):
    if done >= 1500:
        print("stuck", flush=True)
        time.sleep(600)

targets = file_runs.Targets(folder / f"o{kind}", folder / f"r{kind}", folder / f"l{kind}")
assessor = Assessor(Calculator(), date(2020, 10, 1), lines=True)
file_runs.assess_files(assessor, sources.Source(folder / "in.parquet"), targets, progress=stuck)
"""


@pytest.mark.parametrize("kind", [".parquet", ".csv"])
def test_a_killed_run_goes_on_from_its_checkpoint(calculator, monkeypatch, tmp_path, kind):
    monkeypatch.setattr(sources, "BATCH", 500)
    spoiled = pa.Table.from_batches(Register(3, ON).batches(2000)).to_pylist()
    spoiled[3]["members"][0]["id"] = ""
    spoiled[1700]["id"] = spoiled[1]["id"]
    schema = Register(3, ON).schema
    pq.write_table(pa.Table.from_pylist(spoiled, schema), tmp_path / "in.parquet")
    command = [sys.executable, "-c", KILLED, str(tmp_path), kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "stuck\n"
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / f"o{kind}").exists()
    part = tmp_path / f"part{kind}"
    part.write_bytes((tmp_path / f"o{kind}.partial").read_bytes())
    assessor, progressed = Assessor(calculator, ON, lines=True), []
    targets = Targets(*(tmp_path / f"{name}{kind}" for name in "orl"))
    counts = assess_files(
        assessor, Source(tmp_path / "in.parquet"), targets, resume=True, progress=progressed.append
    )
    assert progressed[0] > 500, "it began anew"
    whole = Targets(*(tmp_path / f"{name}-whole{kind}" for name in "orl"))
    assert counts == assess_files(assessor, Source(tmp_path / "in.parquet"), whole)
    for one, other in (
        (targets.results, whole.results),
        (targets.rejects, whole.rejects),
        (targets.lines, whole.lines),
    ):
        if kind == ".csv":
            assert one.read_bytes() == other.read_bytes()
        else:
            assert pq.read_table(one).equals(pq.read_table(other))
    if kind == ".csv":
        assert whole.results.read_bytes().startswith(part.read_bytes())
    else:
        held = pq.read_table(part)
        assert held.equals(pq.read_table(whole.results).slice(0, len(held)))
    assert not list(tmp_path.glob("*.partial*"))


@pytest.mark.parametrize("kind", [".parquet", ".csv"])
def test_what_was_written_after_the_last_word_is_left_out(tmp_path, kind):
    """A kill between two files of a checkpoint leaves one of them longer than what is said."""
    schema = pa.schema([("a", pa.int64())])
    first, path = pa.table({"a": [1, 2, 3]}), tmp_path / f"f{kind}"
    sink = Sink(path, schema)
    sink.write(first)
    sink.close()
    extent = sink.extent
    longer = Sink(path, schema)
    longer.begin_with(longer.beside, extent)
    longer.write(pa.table({"a": [4, 5]}))
    longer.close()
    assert longer.extent > extent
    again = Sink(path, schema)
    again.begin_with(again.beside, extent)
    again.close()
    assert again.extent == extent
