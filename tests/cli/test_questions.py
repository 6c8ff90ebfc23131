"""The commands that ask about one household."""

import json

import pytest

from tests.cli.support import GOOD, ON, refused

UNKNOWN = {**GOOD, "childless": "unknown"}
ASKING = {
    "explore": ["explore", "x.json"],
    "why-not": ["why-not", "low_income", "x.json"],
    "margins": ["margins", "x.json"],
    "schedule": ["schedule", "x.json"],
}


@pytest.mark.parametrize("command", ASKING)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_text_to_hand_over(run, command, lang):
    result = run(*ASKING[command], "--on", ON, "--lang", lang, files={"x.json": json.dumps(GOOD)})
    assert result.exit_code == 0, result.output
    assert GOOD["id"] in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("command", ASKING)
def test_one_line_of_json(run, command):
    result = run(*ASKING[command], "--on", ON, "--format", "json", files={"x.json": json.dumps(GOOD)})
    assert result.exit_code == 0
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["household"] == GOOD["id"]


def test_unknowns_from_standard_input(run):
    result = run("explore", "-", "--on", ON, "--format", "json", stdin=json.dumps(UNKNOWN))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["unknowns"][0]["path"] == "/childless"


def test_a_plot_beside_the_text(run, tmp_path):
    pytest.importorskip("matplotlib", reason="the extra hongqiao-rules[plots] is not installed")
    run("schedule", "x.json", "--on", ON, "--plot", "s.png", files={"x.json": json.dumps(GOOD)})
    assert (tmp_path / "s.png").read_bytes()[1:4] == b"PNG"


def test_every_reading_of_every_household(run):
    lines = "\n".join(json.dumps({**GOOD, "id": name}) for name in ("a", "b"))
    result = run(
        "assess", "x.jsonl", "--readings", "all", "--on", ON, "--format", "json", files={"x.jsonl": lines}
    )
    assert [json.loads(line)["household"] for line in result.stdout.splitlines()] == ["a", "b"]
    text = run("assess", "x.jsonl", "--readings", "all", "--on", ON, files={"x.jsonl": lines})
    assert text.exit_code == 0
    assert "政策口径" in text.stdout


@pytest.mark.parametrize(
    ("arguments", "household", "said"),
    [
        (["why-not", "dibbao", "x.json"], GOOD, "UNKNOWN_TARGET"),
        (["schedule", "x.json", "--varying", "/id"], GOOD, "NOT_VARIABLE"),
        (["margins", "x.json"], UNKNOWN, "EXPLORE_FIRST"),
        (["explore", "x.json", "--reading", "a=b"], GOOD, "UNKNOWN_READING"),
    ],
)
def test_questions_without_sense_are_refused(run, arguments, household, said):
    result = run(*arguments, "--on", ON, files={"x.json": json.dumps(household)})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(said)


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (json.dumps([GOOD, {**GOOD, "id": "b"}]), ["x.json: -: ONE_HOUSEHOLD"]),
        (json.dumps({**GOOD, "id": "unknown"}), ["x.json: -/id: CANNOT_BE_UNKNOWN"]),
        ("{", ["x.json: -: NOT_JSON"]),
    ],
)
def test_households_that_cannot_be_asked_about_are_refused(run, content, places):
    result = run("explore", "x.json", "--on", ON, files={"x.json": content})
    assert result.exit_code == 2
    assert refused(result) == places
