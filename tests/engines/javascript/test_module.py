"""The exported module, run by Node, against the direct engine: the same JSON, and the same refusals."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from hongqiao_rules import Calculator, HouseholdError, RequestError
from hongqiao_rules.cli import main
from hongqiao_rules.rulebook.load import bundled_rulebook
from hongqiao_rules.testing import Question, questions
from tests.household.test_bad_households import CASES as BAD
from tests.household.test_bad_households import ON, text_of
from tests.places import TESTS

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="there is no node on this machine")
FOLDER = TESTS / "cases"
ASSETS = FOLDER.parents[1] / "docs" / "assets"
MANY = 20_000 if os.environ.get("CI") else 300
ASK = """
import {assess} from "./rules.mjs";
import {createInterface} from "node:readline";
for await (const line of createInterface({input: process.stdin})) {
  const q = JSON.parse(line);
  try { console.log(JSON.stringify(assess(q.household, q.on, q))); }
  catch (e) {
    if (!e.code && !e.faults) throw e;
    const faults = e.faults ?? [{code: e.code, path: null, say: (lang) => e.say(lang)}];
    console.log(JSON.stringify({faults: faults.map((f) => [f.code, f.path, f.say("en"), f.say("zh")])}));
  }
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the module as the command writes it."""
    made = tmp_path_factory.mktemp("javascript")
    result = CliRunner().invoke(main, ["export", "javascript", "--out", str(made / "rules.mjs")])
    assert result.exit_code == 0, result.output
    (made / "ask.mjs").write_text(ASK)
    return made


def answers(folder: Path, asked: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the module answers, in order."""
    lines = "\n".join(map(json.dumps, asked))
    done = subprocess.run(
        [str(NODE), "ask.mjs"], cwd=folder, input=lines, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return map(json.loads, done.stdout.splitlines())


def expected(question: dict[str, Any]) -> dict[str, Any]:
    """What the library answers."""
    try:
        calculator = Calculator(readings=question["readings"], overlays=question["overlays"])
        assessment = calculator.assess_plain(question["household"], date.fromisoformat(question["on"]))
    except HouseholdError as error:
        return {"faults": [[*fault, fault.say("zh")] for fault in error.faults]}
    except RequestError as error:
        return {"faults": [[error.code, None, error.say("en"), error.say("zh")]]}
    answer: dict[str, Any] = json.loads(assessment.to_json(lang=question.get("lang", "zh")))
    return answer


def agree(folder: Path, asked: list[dict[str, Any]]) -> None:
    for question, answer in zip(asked, answers(folder, asked), strict=True):
        assert answer == expected(question), question


def test_the_module_is_small_and_stands_alone(folder: Path) -> None:
    text = (folder / "rules.mjs").read_text()
    assert len(text.encode()) < 150_000
    assert "import " not in text
    assert "export function assess" in (folder / "rules.d.mts").read_text()


@pytest.mark.parametrize("name", ["rules.mjs", "rules.d.mts"])
def test_the_module_of_the_site_is_fresh(folder: Path, name: str) -> None:
    fresh = (ASSETS / name).read_text() == (folder / name).read_text()
    assert fresh, "write it anew: hongqiao-rules export javascript --out docs/assets/rules.mjs"


@pytest.mark.parametrize("name", ["worked", "generated"])
def test_the_cases_come_to_the_same(folder: Path, name: str) -> None:
    asked = [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
    agree(
        folder, [{**question, "lang": "en" if number % 2 else "zh"} for number, question in enumerate(asked)]
    )


def test_generated_households_come_to_the_same_on_every_date_and_reading(folder: Path) -> None:
    asked: list[dict[str, Any]] = []

    @settings(
        max_examples=2000 if MANY > 1000 else 100, suppress_health_check=list(HealthCheck), database=None
    )
    @given(questions())
    def gather(question: Question) -> None:
        asked.append(
            {
                "household": question.household,
                "on": str(question.on),
                "readings": question.readings,
                "overlays": list(question.overlays),
            }
        )

    gather()
    agree(folder, asked)


def test_a_register_comes_to_the_same(folder: Path) -> None:
    pytest.importorskip("pyarrow", reason="the synthetic register needs pyarrow")
    from hongqiao_rules.population.synthesize.synthetic_register import Register

    book = bundled_rulebook()
    choices = [{}, *({name: c} for name, r in book.definitions.readings.items() for c in list(r.choices)[1:])]
    on = date(2026, 6, 1)
    households = (stated(row) for batch in Register(7, on).batches(MANY) for row in batch.to_pylist())
    asked = [
        {
            "household": household, "on": str(on), "readings": choices[number // 100 % len(choices)],
            "overlays": ["tianjin-notice-2020"] if number // 1000 % 2 else [],
        }
        for number, household in enumerate(households)
    ]  # fmt: skip
    assert len(asked) == MANY
    agree(folder, asked)


def stated(value: Any) -> Any:
    """A row of a register as a household in JSON: without what is not stated."""
    if isinstance(value, dict):
        return {name: stated(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [stated(inner) for inner in value]
    return value if isinstance(value, bool | int) else str(value)


def test_bad_households_are_refused_by_the_same_codes_at_the_same_places(folder: Path) -> None:
    asked = []
    for case in (parameter.values[0] for parameter in BAD):
        try:
            household = json.loads(
                text_of(case), parse_float=fraction, parse_int=whole, parse_constant=fraction
            )
        except ValueError:
            continue  # what is wrong is the text, not the values
        asked.append({"household": household, "on": str(case.get("day", ON)), "readings": {}, "overlays": []})
    assert len(asked) > 100
    agree(folder, asked)


def whole(text: str) -> int:
    """A whole number that JavaScript keeps to its last digit."""
    if len(text) > 15:
        raise ValueError(text)
    return int(text)


def fraction(text: str) -> float:
    """A number of JSON that is none of JavaScript's whole ones, to which 2700.0 is 2700."""
    number = float(text)
    if not isfinite(number) or number.is_integer():
        raise ValueError(text)
    return number


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"on": "2016-03-31"}, "NOT_MODELLED"),
        ({"overlays": ["tianjin-notice-2020"]}, "OVERLAY_NOT_IN_FORCE"),
        ({"overlays": ["tianjin-notice-2021"]}, "UNKNOWN_OVERLAY"),
        ({"readings": {"disease-paring": "tiered"}}, "UNKNOWN_READING"),
        ({"readings": {"disease-pairing": "by-lists"}}, "UNKNOWN_CHOICE"),
    ],
)
def test_questions_that_are_not_modelled_are_refused_alike(
    folder: Path, question: dict[str, Any], code: str
) -> None:
    household = json.loads((FOLDER / "worked.jsonl").read_text().splitlines()[0])["household"]
    asked = {"household": household, "on": "2019-05-01", "readings": {}, "overlays": [], **question}
    (answer,) = answers(folder, [asked])
    assert answer == expected(asked)
    assert answer["faults"][0][0] == code
