"""``hongqiao-rules standards``: the statement, the JSON, and refusals with their place."""

import json

from tests.cli.support import Run, refused
from tests.places import TOP

DISTRICT = (
    '{"id": "D", "new_elder_homes": 3, "communities": [{"id": "a", "households": 100, "service_space": 29}]}'
)
COMMAND = ("standards", "d.json", "--on", "2025-12-31")


def test_a_statement_in_either_language(run: Run) -> None:
    chinese = run(*COMMAND, files={"d.json": DISTRICT})
    english = run(*COMMAND, "--lang", "en", files={"d.json": DISTRICT})
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert "a：尚欠 1 平方米" in chinese.stdout
    assert "short by 2 homes" in english.stdout


def test_json_from_standard_input(run: Run) -> None:
    result = run("standards", "-", "--on", "2025-12-31", "--format", "json", stdin=DISTRICT)
    standards = {s["rule"]: s["answers"] for s in json.loads(result.stdout)["standards"]}
    assert standards["elder-homes"] == [
        {"community": None, "state": "short", "short_by": 2, "unit": "homes", "missing": []}
    ]


def test_a_refused_district_is_told_with_its_place_and_prints_nothing(run: Run) -> None:
    wrong = '{"id": "D", "elders": "many", "communities": [{"id": "a", "grid": 1}]}'
    result = run(*COMMAND, files={"d.json": wrong})
    assert (result.exit_code, result.stdout) == (2, "")
    assert refused(result) == ["d.json: D/elders: BAD_COUNT", "d.json: D/communities/0/grid: UNKNOWN_FIELD"]


def test_a_day_before_the_modelled_period_is_refused(run: Run) -> None:
    result = run("standards", "d.json", "--on", "2015-12-31", "--lang", "en", files={"d.json": DISTRICT})
    assert result.exit_code == 2
    assert result.stderr.startswith("NOT_MODELLED: 2015-12-31 is before 2016-01-01.")


def test_a_rulebook_about_something_else_is_checked_too(run: Run) -> None:
    folder = TOP / "policies" / "standards"
    result = run("check", str(folder), "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.startswith("No faults: ")
