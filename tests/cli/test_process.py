"""The command as a process: memory, interruption, terminals."""

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.cli.support import ON, named

LIMITED = r"""
import re, sys
from hongqiao_rules.cli import run
sys.argv = ["hongqiao-rules", *sys.argv[1:]]
try:
    run()
finally:
    # The high-water mark of this program alone: ru_maxrss would keep that of the process it was started from.
    print(re.search(r"VmHWM:\s*([0-9]+)", open("/proc/self/status").read())[1], file=sys.stderr)
"""


@pytest.mark.parametrize("form", ["lines", "list"])
def test_memory_does_not_grow_with_the_input(tmp_path: Path, form: str) -> None:
    """Many more households take no more room, but for a digest of each id."""
    peaks = []
    for number in (1_000, 20_000 if os.environ.get("CI") else 7_000):
        file = tmp_path / f"{number}.{'jsonl' if form == 'lines' else 'json'}"
        with file.open("w", encoding="utf-8") as out:
            separator = "\n" if form == "lines" else ","
            out.write("[" if form == "list" else "")
            out.write(separator.join(json.dumps(named(f"H{n}")) for n in range(number)))
            out.write("]" if form == "list" else "")
        arguments = ["assess", str(file), "--on", ON, "--format", "json", "--no-trace"]
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, *arguments], capture_output=True, text=True, check=True
        )
        assert len(done.stdout.splitlines()) == number
        peaks.append(int(done.stderr.split()[-1]))
    assert peaks[1] - peaks[0] < 8 * 1024, "kilobytes"


def test_an_interrupted_run_loses_no_line_already_written(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(json.dumps(named(f"H{n}")) for n in range(50_000)), encoding="utf-8")
    arguments = [
        sys.executable,
        "-m",
        "hongqiao_rules",
        "assess",
        str(file),
        "--on",
        ON,
        "--format",
        "json",
        "--no-trace",
    ]
    # Where the tests themselves run in the background of a shell, interruptions are ignored, and that is inherited.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heard
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = [process.stdout.readline() for _ in range(50)]
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()
        errors = process.stderr.read().decode()
    lines = (b"".join(first) + rest).splitlines()
    assert [json.loads(line)["household"] for line in lines] == [f"H{n}" for n in range(len(lines))]
    assert process.returncode not in (0, -signal.SIGINT)
    assert "Traceback" not in errors


def test_a_reader_that_goes_away_is_no_error_to_tell(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(json.dumps(named(f"H{n}")) for n in range(5_000)), encoding="utf-8")
    arguments = [sys.executable, "-m", "hongqiao_rules", "assess", str(file), "--on", ON, "--format", "json"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_large_input_shows_a_bar_on_a_terminal_and_nothing_elsewhere(tmp_path: Path) -> None:
    import pty

    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(json.dumps(named(f"H{n}")) for n in range(4_000)), encoding="utf-8")
    arguments = [
        sys.executable,
        "-m",
        "hongqiao_rules",
        "assess",
        str(file),
        "--on",
        ON,
        "--format",
        "json",
        "--no-trace",
    ]
    ours, theirs = pty.openpty()
    with (
        (tmp_path / "out").open("wb") as out,
        subprocess.Popen(arguments, stdout=out, stderr=theirs) as process,
    ):
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:
            pass  # Linux tells the other end's closing so
    os.close(ours)
    assert process.returncode == 0
    assert b"100%" in shown
    assert len((tmp_path / "out").read_bytes().splitlines()) == 4_000
    quiet = subprocess.run(arguments, capture_output=True, check=True)
    assert quiet.stderr == b""
