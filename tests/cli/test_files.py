"""Files that are not there, are something else, or would be written over: told, with status 2, and nothing is touched."""

import errno
import json
from pathlib import Path

import pytest

from tests.cli.support import GOOD, ON, Run

HOUSEHOLD = {"h.json": json.dumps(GOOD), "own.yaml": "x"}
READ = {
    "assess": ("assess", "{}", "--on", ON),
    "explore": ("explore", "{}", "--on", ON),
    "why-not": ("why-not", "dibao", "{}", "--on", ON),
    "margins": ("margins", "{}", "--on", ON),
    "schedule": ("schedule", "{}", "--on", ON),
    "standards": ("standards", "{}", "--on", ON),
    "coverage": ("coverage", "--text", "{}"),
    "population assess": ("population", "assess", "{}", "--on", ON, "--output", "o.csv"),
    "case open": ("case", "open", "c.jsonl", "--since", ON, "--household", "{}"),
}
FOLDERS = {
    "check": ("check", "{}"),
    "rules": ("rules", "--policies", "{}"),
    "assess": ("assess", "h.json", "--on", ON, "--policies", "{}"),
    "export": ("export", "json", "--policies", "{}"),
    "difference": ("difference", "--on", ON, "--other-policies", "{}"),
}
WRITTEN = {
    "export": ("export", "json", "--out", "{}"),
    "schedule": ("schedule", "h.json", "--on", ON, "--plot", "{}.png"),
    "synthesize": ("population", "synthesize", "--households", "3", "--seed", "1", "--output", "{}.parquet"),
}
SAID = {
    "none": ("没有这个文件或文件夹", "there is no such file or folder"),
    "a folder": ("这是文件夹", "it is a folder"),
    "h.json": ("这不是文件夹", "it is not a folder"),
}


def told(run: Run, command: tuple[str, ...], named: str, said: str) -> None:
    """The command is refused for the file *named*, in both languages."""
    arguments = [argument.format(named) for argument in command]
    for index, lang in enumerate(("zh", "en")):
        result = run(*arguments, *([] if command[0] == "export" else ["--lang", lang]), files=HOUSEHOLD)
        assert result.exit_code == 2
        assert not result.exception or isinstance(result.exception, SystemExit)
        assert f"FILE_NOT_USABLE: {named}" in result.stderr
        assert SAID[said][0 if command[0] == "export" else index] in result.stderr


@pytest.mark.parametrize("command", READ.values(), ids=READ)
@pytest.mark.parametrize("named", ["none", "a folder"])
def test_a_file_that_is_none_is_told(run: Run, tmp_path: Path, command: tuple[str, ...], named: str) -> None:
    (tmp_path / "a folder").mkdir()
    told(run, command, named, named)


@pytest.mark.parametrize("command", FOLDERS.values(), ids=FOLDERS)
@pytest.mark.parametrize("named", ["none", "h.json"])
def test_a_folder_that_is_none_is_told(run: Run, command: tuple[str, ...], named: str) -> None:
    told(run, command, named, named)


@pytest.mark.parametrize("command", WRITTEN.values(), ids=WRITTEN)
def test_a_folder_to_write_to_that_is_not_there_is_told(run: Run, command: tuple[str, ...]) -> None:
    told(run, command, "nowhere/out", "none")


def test_what_else_the_system_says_is_told_in_its_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, *_: object, **__: object) -> int:
        raise OSError(errno.ENAMETOOLONG, "File name too long", str(self))

    monkeypatch.setattr(Path, "write_text", full)
    result = run("export", "json", "--out", "out.json")
    assert (result.exit_code, "out.json不可用：File name too long。" in result.stderr) == (2, True)


def test_a_picture_of_another_format_is_refused_before_anything_is_worked_out(run: Run) -> None:
    result = run("schedule", "h.json", "--on", ON, "--plot", "p.txt", files=HOUSEHOLD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "FILE_FORMAT: p.txt" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("assess", "r.parquet", "--on", ON, "--output", "r.parquet"),
        ("assess", "r.parquet", "--on", ON, "--output", "./r.parquet"),
        ("assess", "r.parquet", "--on", ON, "--output", "o.parquet", "--rejects", "r.parquet"),
        ("assess", "r.parquet", "--on", ON, "--output", "o.parquet", "--rejects", "o.parquet"),
        ("assess", "r.parquet", "--on", ON, "--output", "o.parquet", "--lines", "r.parquet"),
        ("compare", "r.parquet", "--on", ON, "--output", "r.parquet"),
        ("compare", "r.parquet", "--on", ON, "--to-households", "s.parquet", "--output", "s.parquet"),
    ],
)
def test_a_register_is_never_written_over(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    for name, seed in (("r.parquet", "1"), ("s.parquet", "2")):
        run("population", "synthesize", "--households", "3", "--seed", seed, "--output", name)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    result = run("population", *command)
    assert (result.exit_code, result.stderr.split(": ")[0]) == (2, "OUTPUT_IS_INPUT")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_members_of_a_second_register_need_its_households(run: Run) -> None:
    run("population", "synthesize", "--households", "3", "--seed", "1", "--output", "r.parquet")
    result = run(
        "population", "compare", "r.parquet", "--on", ON, "--output", "o.csv", "--to-members", "r.parquet"
    )
    assert (result.exit_code, "OPTION_WITHOUT_MODE" in result.stderr) == (2, True)


def test_incomes_as_text_are_refused_with_what_is_taken(run: Run) -> None:
    tables = {
        "h.csv": "id,childless\nA,true\n",
        "m.csv": "household,id,relationship,birth_date,marital_status,incomes\nA,m,applicant,1980-01-01,married,none\n",
    }
    result = run(
        "population", "assess", "h.csv", "--members", "m.csv", "--on", ON, "--output", "o.csv", files=tables
    )
    assert result.exit_code == 2
    assert "COLUMN_TYPE: 列members.incomes" in result.stderr
    assert "income_wages" in result.stderr
