"""``assess``: what goes in, what comes out, what is refused and how."""

import json
from datetime import date
from typing import Any

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.cli.inputs import LARGEST
from tests.cli.support import GOOD, ON, Run, named, refused
from tests.test_cases import CASES


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
    for lang, words in (("zh", "校验不通过"), ("en", "are not valid")):
        result = run("assess", "h.json", "--on", ON, "--lang", lang, files={"h.json": text})
        assert result.exit_code == 2
        assert "YOUNG" in result.stdout
        assert words in result.stdout
        assert "INCOMES_NEEDED" in result.stdout


@pytest.mark.parametrize(
    ("lang", "head", "line"), [("zh", "第 3 行的家庭没有可用的编号", "第3行第10列"), ("en", "the household in line 3, ", "line 3, column 10")]
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_told_by_its_number_in_the_file(
    run: Run, lang: str, head: str, line: str
) -> None:
    text = "\n".join([json.dumps(named("A")), "", '{"id": 1 2}', json.dumps(named("B"))])
    result = run("assess", "h.jsonl", "--on", ON, "--lang", lang, files={"h.jsonl": text})
    assert refused(result) == ["h.jsonl:3: -: NOT_JSON"]
    assert line in result.stderr
    assert head in result.stdout


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
