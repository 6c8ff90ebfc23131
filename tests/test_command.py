"""The command: what goes in, what comes out, what is refused and how."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hongqiao_rules import Calculator
from hongqiao_rules.cli import COMMANDS, main
from hongqiao_rules.cli.inputs import LARGEST
from tests.test_cases import CASES

GOOD = CASES[3]["household"]
ON = "2019-05-01"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(
        *arguments: str, files: dict[str, str | bytes] | None = None, stdin: str | bytes | None = None
    ) -> Result:
        for name, content in (files or {}).items():
            data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            (tmp_path / name).write_bytes(data)
        previous = Path.cwd()
        os.chdir(tmp_path)
        try:
            return CliRunner().invoke(main, arguments, input=stdin)
        finally:
            os.chdir(previous)

    return command


def named(id_: str, **changes: Any) -> dict[str, Any]:
    return {**GOOD, "id": id_, **changes}


def refused(result: Result) -> list[str]:
    """The places and codes that were told: ``FILE[:LINE]: household/path: CODE``."""
    return [": ".join(line.split(": ")[:3]) for line in result.stderr.splitlines()]


# --- what comes out ---------------------------------------------------------------------------------------------


def test_one_household_as_json(run: Run) -> None:
    result = run(
        "assess", "h.json", "--on", ON, "--format", "json", files={"h.json": json.dumps(GOOD, indent=2)}
    )
    assert (result.exit_code, result.stderr) == (0, "")
    said = json.loads(result.stdout)
    assert {name: said[name] for name in CASES[3]["expect"]} == CASES[3]["expect"]
    assert said["trace"]
    assert said["citations"]
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_text_is_the_statement(run: Run, calculator: Calculator, lang: Any) -> None:
    result = run("assess", "h.json", "--on", ON, "--lang", lang, files={"h.json": json.dumps(GOOD)})
    from datetime import date

    assert result.stdout == calculator.assess(GOOD, on=date(2019, 5, 1)).statement(lang)


def test_readings_and_overlays_are_applied(run: Run) -> None:
    case = CASES[2]
    arguments = [f"--reading={name}={choice}" for name, choice in case["readings"].items()]
    result = run(
        "assess",
        "h.json",
        "--on",
        case["on"],
        "--format=json",
        *arguments,
        files={"h.json": json.dumps(case["household"])},
    )
    assert json.loads(result.stdout)["monthly_total"] == case["expect"]["monthly_total"]
    case = CASES[34]
    result = run(
        "assess",
        "h.json",
        "--on",
        case["on"],
        "--format=json",
        "--overlay",
        case["overlays"][0],
        files={"h.json": json.dumps(case["household"])},
    )
    assert json.loads(result.stdout)["monthly_total"] == case["expect"]["monthly_total"]


MANY = [named("A"), named("B"), named("C")]
FORMS = {
    "list.json": json.dumps(MANY),
    "indented.json": json.dumps(MANY, indent=4),
    "bom.json": "\ufeff" + json.dumps(MANY),
    "lines.jsonl": "\n".join(map(json.dumps, MANY)),
    "blank.jsonl": "\ufeff\n\n" + "\n \n\r\n".join(map(json.dumps, MANY)) + "\n\n",
    "unnamed": "\n".join(map(json.dumps, MANY)),
    "unnamed-list": "  \n" + json.dumps(MANY),
}


@pytest.mark.parametrize("name", FORMS)
def test_many_households_one_a_line_in_their_order(run: Run, name: str) -> None:
    result = run("assess", name, "--on", ON, "--format", "json", "--no-trace", files={name: FORMS[name]})
    assert (result.exit_code, result.stderr) == (0, "")
    assert [json.loads(line)["household"] for line in result.stdout.splitlines()] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "text",
    [json.dumps(GOOD), json.dumps(GOOD, indent=1), "\ufeff " + json.dumps(GOOD) + "\n\n", *FORMS.values()],
)
def test_standard_input_takes_every_form(run: Run, text: str) -> None:
    result = run("assess", "-", "--on", ON, "--format", "json", "--no-trace", stdin=text)
    assert (result.exit_code, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) in (1, 3)


# --- what is refused --------------------------------------------------------------------------------------------

YOUNG = named(
    "YOUNG", members=[{k: v for k, v in GOOD["members"][0].items() if k not in ("incomes", "marital_status")}]
)


def test_a_refused_household_stands_in_its_place_and_the_others_are_assessed(run: Run) -> None:
    text = "\n".join(map(json.dumps, [named("A"), YOUNG, named("A"), named("B")]))
    result = run(
        "assess",
        "h.jsonl",
        "--on",
        ON,
        "--format",
        "json",
        "--lang",
        "en",
        "--no-trace",
        files={"h.jsonl": text},
    )
    assert result.exit_code == 2
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["household"] for line in lines] == ["A", "YOUNG", "A", "B"]
    assert ["error" in line for line in lines] == [False, True, True, False]
    assert [error["path"] for error in lines[1]["errors"]] == [
        "/members/0/marital_status",
        "/members/0/incomes",
    ]
    assert lines[1]["error"] == lines[1]["errors"][0]
    assert lines[1]["error"].keys() == {"code", "path", "message"}
    assert refused(result) == [
        "h.jsonl:2: YOUNG/members/0/marital_status: MARITAL_STATUS_NEEDED",
        "h.jsonl:2: YOUNG/members/0/incomes: INCOMES_NEEDED",
        "h.jsonl:3: A/id: DUPLICATE_HOUSEHOLD",
    ]


def test_in_text_the_place_says_that_it_was_refused(run: Run) -> None:
    text = json.dumps([named("A"), YOUNG])
    for lang, words in (("zh", "被拒绝"), ("en", "was refused")):
        result = run("assess", "h.json", "--on", ON, "--lang", lang, files={"h.json": text})
        assert result.exit_code == 2
        assert "YOUNG" in result.stdout
        assert words in result.stdout
        assert "INCOMES_NEEDED" in result.stdout


@pytest.mark.parametrize("name", ["h.json", "h.jsonl", "-"])
def test_a_single_refused_household_prints_nothing_on_standard_output(run: Run, name: str) -> None:
    result = run(
        "assess",
        name,
        "--on",
        ON,
        files={"h.json": json.dumps(YOUNG), "h.jsonl": json.dumps(YOUNG)},
        stdin=json.dumps(YOUNG),
    )
    line = ":1" if name == "h.jsonl" else ""
    assert (result.exit_code, result.stdout) == (2, "")
    assert refused(result)[0] == f"{name}{line}: YOUNG/members/0/marital_status: MARITAL_STATUS_NEEDED"


BROKEN = {
    "empty.json": (b"", ["empty.json: -: NO_HOUSEHOLD"]),
    "blank.jsonl": (b" \n\n", ["blank.jsonl: -: NO_HOUSEHOLD"]),
    "none.json": (b"[]", ["none.json: -: NO_HOUSEHOLD"]),
    "text.json": (b'"household"', ["text.json: -: NOT_AN_OBJECT"]),
    "null.jsonl": (b"null", ["null.jsonl:1: -: NULL_VALUE"]),
    "truncated.json": (json.dumps(GOOD)[:-5].encode(), ["truncated.json: -: NOT_JSON"]),
    "latin.json": (b'{"id": "\xe9"}', ["latin.json: -: NOT_UTF8"]),
    "behind.json": (json.dumps(GOOD).encode() + b" {}", ["behind.json: -: NOT_JSON"]),
    "deep.json": (b"[" * 60_000, ["deep.json:1: -: TOO_DEEP"]),
    "deep.jsonl": (b'{"id":' * 60_000, ["deep.jsonl:1: -: TOO_DEEP"]),
    "large.json": (b'{"id": "' + b"x" * LARGEST + b'"}', ["large.json: -: TOO_LARGE"]),
    "large.jsonl": (b'{"id": "' + b"x" * LARGEST + b'"}', ["large.jsonl:1: -: TOO_LARGE"]),
    "line feed.json": (
        json.dumps(named("A\nB", members=[])).encode(),
        ["line feed.json: A\\nB/members: TOO_FEW"],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_input_without_a_household_is_refused(run: Run, name: str) -> None:
    content, told = BROKEN[name]
    result = run("assess", name, "--on", ON, files={name: content})
    assert (result.exit_code, result.stdout) == (2, "")
    assert refused(result) == told


def test_what_cannot_be_read_in_a_list_is_passed_over(run: Run) -> None:
    good = json.dumps(named("A")), json.dumps(named("B"))
    huge = '{"id": "' + "x" * LARGEST + '"}'
    for broken, code in [
        ('{"a": [1,2}', "NOT_JSON"),
        ('{"a": "b}', None),
        ("[" * 5000 + "]" * 5000, "TOO_DEEP"),
        (huge, "TOO_LARGE"),
        ("7", "NOT_AN_OBJECT"),
    ]:
        text = f"[{good[0]},\n{broken},\n{good[1]}]"
        result = run("assess", "h.json", "--on", ON, "--format=json", "--no-trace", files={"h.json": text})
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        assert result.exit_code == 2
        assert lines[0]["household"] == "A"
        assert lines[1]["error"]["code"] == (code or "NOT_JSON")
        assert (lines[-1]["household"] == "B") == (code is not None), (
            "behind an open text nothing can be found"
        )
        assert refused(result)[0].startswith("h.json:2: ")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("[{}", 2), ('[{"id": "A"} {}]', 2), ("[]]", 1), ("[1,]", 2), ("[,]", 1), ("[", 1)],
)
def test_a_broken_list_is_told(run: Run, text: str, lines: int) -> None:
    result = run("assess", "h.json", "--on", ON, files={"h.json": text})
    assert result.exit_code == 2
    assert "NOT_JSON" in result.stderr
    assert len([line for line in result.stderr.splitlines() if ": MISSING_FIELD: " not in line]) <= lines


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--on", "2016-03-31"], "NOT_MODELLED"),
        (["--on", "2019-02-29"], "BAD_ASSESSMENT_DATE"),
        (["--on", "20190501"], "BAD_ASSESSMENT_DATE"),
        (["--on", ON, "--reading", "disease-pairing=teired"], "UNKNOWN_CHOICE"),
        (["--on", ON, "--reading", "disease=tiered"], "UNKNOWN_READING"),
        (["--on", ON, "--reading", "tiered"], "READING_SYNTAX"),
        (
            ["--on", ON, "--reading", "student-scope=both-groups", "--reading", "student-scope=both-groups"],
            "READING_TWICE",
        ),
        (["--on", ON, "--overlay", "tianjin-notice-2020"], "OVERLAY_NOT_IN_FORCE"),
        (["--on", "2021-01-01", "--overlay", "tianjin-notice-2021"], "UNKNOWN_OVERLAY"),
        (["--on", "2021-01-01", *(["--overlay", "tianjin-notice-2020"] * 2)], "OVERLAY_TWICE"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_question_that_cannot_be_answered_is_refused(
    run: Run, arguments: list[str], code: str, lang: str
) -> None:
    result = run("assess", "h.json", *arguments, "--lang", lang, files={"h.json": json.dumps(GOOD)})
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{code}: ")


@pytest.mark.parametrize(
    "arguments", [["absent.json", "--on", ON], ["h.json"], ["h.json", "--on", ON, "--format", "xml"]]
)
def test_a_wrong_command_is_refused_with_status_2(run: Run, arguments: list[str]) -> None:
    result = run("assess", *arguments, files={"h.json": json.dumps(GOOD)})
    assert (result.exit_code, result.stdout) == (2, "")


# --- the other commands -----------------------------------------------------------------------------------------


def test_every_command_has_help(run: Run) -> None:
    assert all(name in run("--help").stdout for name in COMMANDS)
    for name, text in COMMANDS.items():
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "Usage:" in result.stdout
        assert text.split()[0] in result.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rules_lists_everything_and_shows_each(run: Run, calculator: Calculator, lang: str) -> None:
    definitions = calculator.rulebook.definitions
    names = [*(name for _, name in definitions.rules), *(name for _, name in definitions.parameters)]
    names += [*definitions.readings, *definitions.overlays, *definitions.sources]
    listing = run("rules", "--lang", lang).stdout
    assert all(name in listing for name in names)
    shown = run("rules", *dict.fromkeys(names), "--lang", lang)
    assert shown.exit_code == 0
    assert all(name in shown.stdout for name in names)


def test_rules_of_a_date_and_unknown_names(run: Run) -> None:
    history = run("rules", "dibao-standard").stdout
    assert "2013-04-01" in history
    assert "未查到出处" in history
    day = run("rules", "dibao_standard", "--on", "2020-09-01").stdout
    assert "1010.00" in day
    assert "980.00" not in day.split("局限")[0].split("依据")[0]
    result = run("rules", "dibao-standrad", "--lang", "en")
    assert result.exit_code == 2
    assert "Did you mean dibao-standard?" in result.stderr


def test_check_runs_the_examples_of_a_folder_of_ones_own(run: Run, tmp_path: Path) -> None:
    assert run("check").exit_code == 0
    (tmp_path / "own").mkdir()
    rule = (
        "rule: winter-heating\ntitle: {zh: 取暖补助, en: Winter heating}\nlist: benefits\norder: 90\n"
        "when: programme == 'dibao'\nvalue: winter_heating_amount\nbasis: convention\nconfidence: low\n"
        "examples:\n  - title: {zh: 例, en: An example}\n    on: 2019-05-01\n    given:\n      id: x\n"
        "      members: [{id: a, relationship: applicant, birth_date: 1980-01-01, marital_status: married, incomes: []}]\n"
        "    expect: {monthly_total: '1080.00'}\n"
    )
    parameter = (
        "parameter: winter-heating-amount\ntitle: {zh: 取暖补助额, en: Heating amount}\ntype: money\nvalues:\n"
        "  - {from: 2016-04-01, value: 100, basis: convention, confidence: low, cites: [{source: hongqiao-plan-2021, place: x}]}\n"
    )
    (tmp_path / "own/rule.yaml").write_text(rule, encoding="utf-8")
    (tmp_path / "own/parameter.yaml").write_text(parameter, encoding="utf-8")
    good = run("check", "own", "--lang", "en")
    assert (good.exit_code, good.stderr) == (0, "")
    (tmp_path / "own/rule.yaml").write_text(rule.replace("1080.00", "1080.01"), encoding="utf-8")
    bad = run("check", "--policies", "own", "--lang", "en")
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert bad.stderr.startswith("own/rule.yaml:15:30: POLICY_EXAMPLE_FAILS: ")
    assert '"1080.00"' in bad.stderr
    assert "^" in bad.stderr
    used = run(
        "assess",
        "h.json",
        "--on",
        ON,
        "--policies",
        "own",
        "--format",
        "json",
        files={"h.json": json.dumps(GOOD)},
    )
    assert json.loads(used.stdout)["monthly_total"] == "560.00"


def test_a_rulebook_about_something_else_cannot_assess_households(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    head = (Path(__file__).parents[1] / "policies/rulebook.yaml").read_text(encoding="utf-8")
    (own / "rulebook.yaml").write_text(head, encoding="utf-8")
    result = run("check", "own")
    assert result.exit_code == 2
    assert "own/rulebook.yaml:" in result.stderr


@pytest.mark.parametrize("name", ["household", "assessment", "policy"])
def test_schema_prints_a_json_schema(run: Run, name: str) -> None:
    result = run("schema", name)
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")
    if name != "policy":
        committed = Path(__file__).parents[1] / "docs/schemas" / f"{name}.schema.json"
        assert result.stdout == committed.read_text(encoding="utf-8")


# --- the process ------------------------------------------------------------------------------------------------

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
    """Twenty thousand households take no more room than two thousand, but for a digest of each id."""
    peaks = []
    for number in (2_000, 20_000):
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
    file.write_text("\n".join(json.dumps(named(f"H{n}")) for n in range(200_000)), encoding="utf-8")
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
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
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
