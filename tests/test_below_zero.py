"""An amount below zero is a line like any other: in every engine, in the statement and in populations."""

import json
import shutil
from decimal import Decimal
from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator
from hongqiao_rules.cli import main
from hongqiao_rules.population import assess
from hongqiao_rules.population.analyse.comparison import compare
from hongqiao_rules.population.analyse.summary import summarize
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.runs import run
from hongqiao_rules.schemas import schema
from tests.engines.inference.test_inference import inferred
from tests.engines.javascript.test_module import ASK, answers
from tests.test_own_rulebook import HOUSEHOLD, ON, POLICIES, RULES

REPAID = {
    "repayment": "list: benefits\norder: 2\nwhen: income == 0\nvalue: 0 - base - base",
    "share-repaid": "list: benefits\norder: 3\nabout: member\nwhen: earned > 0\nvalue: base - earned",
}
EARNING = {
    "id": "E",
    "members": [
        {**HOUSEHOLD["members"][0], "incomes": [{"kind": "wages", "monthly": 20}]},  # type: ignore[dict-item]
        {"id": "b", "relationship": "spouse", "birth_date": "1980-01-01", "incomes": [{"kind": "wages", "monthly": 5}]},
    ],
}  # fmt: skip
EVEN = {
    "id": "N",
    "members": [{**HOUSEHOLD["members"][0], "incomes": [{"kind": "wages", "monthly": 12}]}],  # type: ignore[dict-item]
}
LINES = {
    "H": [("grant", None, "12.00"), ("repayment", None, "-24.00")],
    "E": [("share-repaid", "a", "-8.00"), ("share-repaid", "b", "7.00")],
    "N": [],  # twelve less twelve: no line
}
TOTALS = {"H": "-12.00", "E": "-1.00", "N": "0.00"}
HOUSEHOLDS = (HOUSEHOLD, EARNING, EVEN)


@pytest.fixture
def repaying(tmp_path: Path) -> Path:
    """A rulebook of its own whose benefits can be below zero."""
    folder = tmp_path / "repaying"
    shutil.copytree(POLICIES / "vocabulary", folder / "vocabulary")
    for name in ("rulebook.yaml", "sources.yaml"):
        shutil.copy(POLICIES / name, folder)
    for name, said in {**RULES, **REPAID}.items():
        text = f"rule: {name}\ntitle: {{zh: 例, en: {name}}}\n{said}\nbasis: convention\nconfidence: high\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "base.yaml").write_text(
        "parameter: base\ntitle: {zh: 例, en: base}\ntype: money\nvalues: [{from: 2016-04-01, value: 12, "
        "confidence: high, cites: [{source: hongqiao-plan-2021, place: x}]}]\n",
        encoding="utf-8",
    )
    return folder


def told(text: str) -> tuple[list[tuple[str, str | None, str]], str]:
    came = json.loads(text)
    return [(line["rule"], line["member"], line["amount"]) for line in came["benefits"]], came[
        "monthly_total"
    ]


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=list(TOTALS))
def test_direct_and_inferred(repaying: Path, household: dict[str, str]) -> None:
    calculator = Calculator(policies=repaying)
    assessment = calculator.assess(household, ON)
    wanted = LINES[household["id"]], TOTALS[household["id"]]
    jsonschema.validate(json.loads(assessment.to_json()), json.loads(schema("assessment")))
    assert told(assessment.to_json()) == told(inferred(calculator, household, ON)) == wanted
    assert sum(line.amount for line in assessment.benefits) == assessment.monthly_total
    cited = {entry["rule"] for entry in assessment.citations}
    assert {rule for rule, _, _ in wanted[0]} <= cited


def test_in_a_population(repaying: Path) -> None:
    table = pa.Table.from_pylist(list(HOUSEHOLDS))
    outcome = assess(table, on=ON, calculator=Calculator(policies=repaying), lines=True)
    assert [str(total) for total in outcome.results["monthly_total"].to_pylist()] == list(TOTALS.values())
    assert outcome.lines is not None
    came = [
        (row["household"], row["rule"], row["member"], str(row["amount"]))
        for row in outcome.lines.to_pylist()
    ]
    assert came == [(id_, *line) for id_, lines in LINES.items() for line in lines]


def test_a_comparison_and_a_summary_count_who_repays(repaying: Path, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(list(HOUSEHOLDS)), tmp_path / "register.parquet")
    paid = run(Assessor(Calculator(policies=repaying), ON), Source(tmp_path / "register.parquet"))
    assert summarize([paid], 1).spending == {
        "grant": (1200, 1),
        "repayment": (-2400, 1),
        "share-repaid": (-100, 1),
    }
    rows = {row["rule"]: row["households_after"] for row in compare(paid, paid).by_rule.to_pylist()}
    assert rows == {"grant": 1, "repayment": 1, "share-repaid": 1}


def test_in_javascript(repaying: Path, tmp_path: Path) -> None:
    asked = ["export", "javascript", "--policies", str(repaying), "--out", str(tmp_path / "rules.mjs")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    (tmp_path / "ask.mjs").write_text(ASK, encoding="utf-8")
    calculator = Calculator(policies=repaying)
    came = answers(tmp_path, [{"household": one, "on": str(ON)} for one in HOUSEHOLDS])
    for household, answer in zip(HOUSEHOLDS, came, strict=True):
        assert answer == json.loads(calculator.assess(household, ON).to_json())


def test_in_questions(repaying: Path) -> None:
    calculator = Calculator(policies=repaying)
    found = calculator.why_not(EVEN, "share-repaid", ON)
    assert [abs(change.monthly_total) for change in found.changes] == [Decimal("0.01")]
    below = calculator.explore({**EVEN, "members": [{**EVEN["members"][0], "incomes": "unknown"}]}, ON)  # type: ignore[index]
    assert below.least.monthly_total < 0 < below.greatest.monthly_total


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_in_a_statement(repaying: Path, lang: str) -> None:
    text = Calculator(policies=repaying).assess(HOUSEHOLD, ON).statement(lang)  # type: ignore[arg-type]
    assert "-24.00" in text
    assert "12.00 − 24.00 = -12.00" in text, text
