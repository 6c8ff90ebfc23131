"""A rulebook in place of the bundled one: the same facts and figures, and otherwise rules of its own."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator, HouseholdError, PolicyError
from hongqiao_rules.cli import main
from hongqiao_rules.engines.javascript.module import module
from hongqiao_rules.population import assess
from hongqiao_rules.population.analyse.summary import summarize
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.runs import run as run_of
from tests.places import TOP

POLICIES = TOP / "policies"
ON = date(2020, 3, 31)
RULES = {
    "programme": "value: \"'none'\"",
    "counted-members": "value: count(member for member in members)",
    "standard": "value: base",
    "earned": "about: member\nvalue: sum(item.monthly for item in incomes)",
    "income": "value: sum(member.earned for member in members)",
    "countable-income": "value: income",
    "per-capita-income": "value: countable_income / max(1, counted_members)\n"
    "rounding: {to: fen, way: half-up, because: {zh: 例, en: example}}",
    "monthly-total": "value: total(benefits)",
    "payment-delay": "value: '1'",
    "grant": "list: benefits\norder: 1\nwhen: income == 0\nvalue: base",
}
HOUSEHOLD = {
    "id": "H",
    "members": [
        {"id": "a", "relationship": "applicant", "birth_date": "1980-01-01", "marital_status": "married",
         "incomes": [{"kind": "scholarship", "monthly": 0}]},
        {"id": "b", "relationship": "child", "birth_date": "2019-01-01", "absence": "conscript"},
    ],
}  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The smallest rulebook that can assess a household."""
    folder = tmp_path / "own"
    shutil.copytree(POLICIES / "vocabulary", folder / "vocabulary")
    for name in ("rulebook.yaml", "sources.yaml"):
        shutil.copy(POLICIES / name, folder)
    for name, said in RULES.items():
        text = f"rule: {name}\ntitle: {{zh: 例, en: {name}}}\n{said}\nbasis: convention\nconfidence: high\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "base.yaml").write_text(
        "parameter: base\ntitle: {zh: 例, en: base}\ntype: money\nvalues: [{from: 2016-04-01, value: 12, "
        "confidence: high, cites: [{source: hongqiao-plan-2021, place: x}]}]\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_assesses_and_states_what_it_knows(own: Path, lang: str) -> None:
    assessment = Calculator(policies=own).assess(HOUSEHOLD, ON)
    told = json.loads(assessment.to_json())
    assert (told["counted_members"], told["monthly_total"], told["programme"]) == (2, "12.00", "none")
    assert told["benefits"] == [{"rule": "grant", "member": None, "amount": "12.00"}]
    text = assessment.statement(lang)  # type: ignore[arg-type]
    assert ("例：2 人\n" if lang == "zh" else "counted-members: 2\n") in text
    # It says of no income that it does not count, and of no reading that it was taken.
    assert ("不计入" if lang == "zh" else "not count") not in text
    assert ("政策口径" if lang == "zh" else "Readings") not in text


def test_it_goes_through_populations_and_into_javascript(own: Path, tmp_path: Path) -> None:
    calculator = Calculator(policies=own)
    outcome = assess(pa.Table.from_pylist([HOUSEHOLD]), on=ON, calculator=calculator, lines=True)
    assert outcome.results["monthly_total"].to_pylist() == [calculator.assess(HOUSEHOLD, ON).monthly_total]
    assert "grant" in module(calculator.rulebook)
    register = str(tmp_path / "register.parquet")
    runner = CliRunner()
    made = [
        "population",
        "synthesize",
        "--households",
        "40",
        "--seed",
        "1",
        "--on",
        "2020-03-31",
        "--output",
        register,
    ]
    assert runner.invoke(main, made).exit_code == 0
    asked = ["population", "summary", register, "--on", "2020-03-31", "--policies", str(own), "--lang", "en"]
    done = runner.invoke(main, asked)
    assert (done.exit_code, "near" in done.stdout.lower()) == (0, False), done.output
    assert "12.00" in done.stdout


PER_CAPITA = "value: counted_members / max(1, counted_members)\nrounding: {to: whole, way: down, because: {zh: 例, en: a}}"
COUNTS = ("{zh: 救助金, en: Benefits}", "{zh: 救助金, en: Benefits}, entries: number")
AMOUNTS = ("en: Services with priority}, entries: truth", "en: Services with priority}")


@pytest.mark.parametrize(
    ("rules", "head", "what"),
    [
        ({"per-capita-income": PER_CAPITA}, ("", ""), "per_capita_income"),
        ({"programme": "value: income"}, ("", ""), "programme"),
        (
            {"grant": "list: benefits\norder: 1\nvalue: counted_members", "monthly-total": "value: base"},
            COUNTS,
            "benefits",
        ),
        ({}, AMOUNTS, "services"),
    ],
)
def test_one_whose_figures_or_lists_are_of_other_types_shows_them_so(
    own: Path, rules: dict[str, str], head: tuple[str, str], what: str
) -> None:
    for name, said in rules.items():
        file = own / f"{name}.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace(RULES[name], said), encoding="utf-8")
    text = (own / "rulebook.yaml").read_text(encoding="utf-8")
    assert head[0] in text
    # A result of another type is refused before, by the files alone.
    text = re.sub(r"result:\n(  .*\n)+", "", text)
    (own / "rulebook.yaml").write_text(text.replace(*head), encoding="utf-8")
    calculator = Calculator(policies=own)
    assessment = calculator.assess(HOUSEHOLD, ON)
    shown = {field.name: field for field in (*calculator.fields.ordered, *calculator.fields.others)}
    assert shown[what].type != Calculator().rulebook.fields.ordered[0].type or what == "programme"
    told = json.loads(assessment.to_json(trace=False))
    assert set(shown) <= set(told)
    assert assessment.figures.keys() | assessment.lists.keys() == set(shown)


@pytest.mark.parametrize(
    ("file", "written", "instead", "what"),
    [
        ("codes/illness.yaml", "  aids:", "  aids_or_so:", "member.illnesses"),
        ("member.yaml", "most: 4", "most: 5", "member.disabilities"),
        ("household.yaml", "most: 100", "most: 200", "root"),
        ("household.yaml", "default: false", "default: true", "household.childless"),
    ],
)
def test_one_with_other_facts_is_read_by_them_and_has_no_case(
    own: Path, file: str, written: str, instead: str, what: str
) -> None:
    path = own / "vocabulary" / file
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead), encoding="utf-8")
    calculator = Calculator(policies=own)
    assert calculator.assess(HOUSEHOLD, ON).figures["counted_members"] == 2
    with pytest.raises(PolicyError, match="POLICY_OTHER_VOCABULARY") as caught:
        calculator.open_case("H")
    assert f"and {what} is different here" in caught.value.faults[0].message


def test_its_facts_and_checks_are_what_an_input_is_held_to(own: Path) -> None:
    codes = own / "vocabulary" / "codes" / "illness.yaml"
    codes.write_text(codes.read_text(encoding="utf-8").replace("  aids:", "  aids_or_so:"), encoding="utf-8")
    checks = own / "vocabulary" / "checks" / "member.yaml"
    text = checks.read_text(encoding="utf-8")
    checks.write_text(
        text.replace("INCOMES_NEEDED:", "INCOMES_WANTED:").replace("value: 16", "value: 90"), encoding="utf-8"
    )
    calculator = Calculator(policies=own)
    member = HOUSEHOLD["members"][0]
    without = {name: value for name, value in member.items() if name != "incomes"}
    assert calculator.assess({**HOUSEHOLD, "members": [{**without, "illnesses": ["aids_or_so"]}]}, ON)
    with pytest.raises(HouseholdError) as caught:
        calculator.assess(
            {**HOUSEHOLD, "members": [{**without, "illnesses": ["aids"], "birth_date": "1920-01-01"}]}, ON
        )
    assert [(f.code, f.path) for f in caught.value.faults] == [
        ("UNKNOWN_CODE", "/members/0/illnesses/0"), ("INCOMES_WANTED", "/members/0/incomes"),
    ]  # fmt: skip


LINE = (
    "rule: poor-line\ntitle: {zh: 例, en: a}\nthreshold_of: countable_income\nvalue: base * counted_members\n"
    "basis: convention\nconfidence: high\n"
)


def test_a_threshold_has_a_column_and_its_neighbours_are_counted(own: Path, tmp_path: Path) -> None:
    (own / "poor-line.yaml").write_text(LINE, encoding="utf-8")
    table = pa.Table.from_pylist([HOUSEHOLD])
    results = assess(table, on=ON, calculator=Calculator(policies=own)).results
    assert results["poor_line"].to_pylist() == [24]
    pq.write_table(table, tmp_path / "register.parquet")
    run = run_of(Assessor(Calculator(policies=own), ON), Source(tmp_path / "register.parquet"))
    assert summarize([run], 24_00).near == {"poor_line": (1, 0)}


def test_a_threshold_that_is_a_figure_too_is_refused_and_written_once_otherwise(own: Path) -> None:
    (own / "poor-line.yaml").write_text(LINE, encoding="utf-8")
    names = Assessor(Calculator(policies=own), ON).layout.schema.names
    assert len(names) == len(set(names))
    head = own / "rulebook.yaml"
    text = head.read_text(encoding="utf-8")
    head.write_text(
        text.replace("  - payment_delay\n", "  - payment_delay\n  - poor_line\n"), encoding="utf-8"
    )
    done = CliRunner().invoke(main, ["check", str(own), "--lang", "en"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "POLICY_SHOWN_TWICE: poor_line is shown already by " in done.stderr
