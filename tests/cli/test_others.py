"""``rules``, ``check`` and ``schema``."""

import json
from pathlib import Path

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.cli import COMMANDS
from tests.cli.support import GOOD, ON, Run
from tests.places import TOP


def test_every_command_has_help(run: Run) -> None:
    listed = run("--help").stdout
    for name in COMMANDS:
        assert f"\n  {name} " in listed
        result = run(name, "--help")
        assert result.exit_code == 0
        assert result.stdout.startswith(f"Usage: hongqiao-rules {name} [OPTIONS]")


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
    before_the_rules = run("rules", "dibao-standard", "--on", "2014-05-01").stdout
    assert "640.00" in before_the_rules
    assert "705.00" not in before_the_rules
    for names in ((), ("dibao-gap",), ("dibao-standard", "dibao-gap")):
        result = run("rules", *names, "--on", "2014-05-01")
        assert (result.exit_code, result.stdout, "NOT_MODELLED" in result.stderr) == (2, "", True)
    assert "NOT_MODELLED" in run("rules", "dibao-standard", "--on", "2013-03-31").stderr
    result = run("rules", "dibao-standrad", "--lang", "en")
    assert result.exit_code == 2
    assert "Did you mean dibao-standard?" in result.stderr


def test_check_runs_the_examples_of_a_folder_of_ones_own(
    run: Run, tmp_path: Path, calculator: Calculator
) -> None:
    bundled = run("check", "--lang", "en")
    examples = sum(len(rule.examples) for rule in calculator.rulebook.definitions.rules.values())
    assert examples > 0
    assert (bundled.exit_code, f"all {examples} examples pass" in bundled.stdout) == (0, True)
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
    assert good.stdout.splitlines()[0].endswith("; the one example passes.")
    assert run("check", "own").stdout.splitlines()[0].endswith("，1个例子全部通过。")
    another = rule[rule.index("  - title") :]
    (tmp_path / "own/rule.yaml").write_text(rule + another, encoding="utf-8")
    assert run("check", "own", "--lang", "en").stdout.splitlines()[0].endswith("; all 2 examples pass.")
    (tmp_path / "own/rule.yaml").write_text(rule[: rule.index("examples:")], encoding="utf-8")
    for lang, told in (
        ("en", "they have no examples, so no rule was tried."),
        ("zh", "没有例子，规则未经试算。"),
    ):
        none = run("check", "own", "--lang", lang)
        assert (none.exit_code, none.stderr) == (0, "")
        assert none.stdout.splitlines()[0].endswith(told)
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


@pytest.mark.parametrize(
    ("written", "instead", "place", "told"),
    [
        ("relationship: applicant", "relationship: aplicant", "14:39", "Did you mean applicant?"),
        ("on: 2019-05-01", "on: 2009-05-01", "11:9", "NOT_MODELLED"),
        (
            "    expect",
            "    readings: {disease-paring: tiered}\n    expect",
            "15:32",
            "mean disease-pairing?",
        ),
        ("    expect", "    readings: {disease-pairing: tired}\n    expect", "15:33", "Did you mean tiered?"),
        ("    expect", "    overlays: [tianjin]\n    expect", "15:15", "UNKNOWN_OVERLAY"),
        ("{monthly_total:", "{monthly_totl:", "15:29", "Did you mean monthly_total?"),
    ],
)
def test_what_is_wrong_with_an_example_is_told_at_its_place(
    run: Run, tmp_path: Path, written: str, instead: str, place: str, told: str
) -> None:
    rule = (
        "rule: winter-heating\ntitle: {zh: 取暖补助, en: Winter heating}\nlist: benefits\norder: 90\n"
        "when: programme == 'dibao'\nvalue: dibao_standard\nbasis: convention\nconfidence: low\n"
        "examples:\n  - title: {zh: 例, en: An example}\n    on: 2019-05-01\n    given:\n      id: x\n"
        "      members: [{id: a, relationship: applicant, birth_date: 1980-01-01, marital_status: married, incomes: []}]\n"
        "    expect: {monthly_total: '1960.00'}\n"
    )
    (tmp_path / "own").mkdir()
    (tmp_path / "own/rule.yaml").write_text(rule, encoding="utf-8")
    assert run("check", "own").exit_code == 0
    assert written in rule
    (tmp_path / "own/rule.yaml").write_text(rule.replace(written, instead), encoding="utf-8")
    bad = run("check", "own", "--lang", "en")
    assert (bad.exit_code, bad.stdout) == (2, "")
    assert bad.stderr.startswith(f"own/rule.yaml:{place}: POLICY_EXAMPLE_")
    assert told in bad.stderr


PROVE, MUTATE = ("--prove",), ("--mutate",)


@pytest.mark.parametrize(
    ("asked", "option", "needed"),
    [
        *[((), o, "--prove or --mutate") for o in (("--members", "3"), ("--seconds", "5"), ("--format", "json"))],
        *[(mode, ("--property", "cliffs"), "--prove") for mode in ((), MUTATE)],
        *[(mode, ("--on", "2019-05-01"), "--prove") for mode in ((), MUTATE)],
        *[(mode, ("--overlay", "tianjin-notice-2020"), "--prove") for mode in ((), MUTATE)],
        *[(mode, ("--reading", "deduction-unit=household"), "--prove") for mode in ((), MUTATE)],
        *[(mode, ("--cases", "cases.jsonl"), "--mutate") for mode in ((), PROVE)],
        *[(mode, ("--only", "figure"), "--mutate") for mode in ((), PROVE)],
    ],
)  # fmt: skip
def test_an_option_without_what_it_goes_with_is_refused(
    run: Run, asked: tuple[str, ...], option: tuple[str, ...], needed: str
) -> None:
    """Not passed over, as though it had been heeded."""
    result = run("check", *asked, *option, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"OPTION_WITHOUT_MODE: These options have no effect without {needed}: {option[0]}" in result.stderr


def test_two_questions_at_once_are_refused(run: Run) -> None:
    result = run("check", *PROVE, *MUTATE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "PROVE_OR_MUTATE: --prove 和 --mutate 是两个问题" in result.stderr


@pytest.mark.parametrize("asked", ["--prove", "--mutate"])
def test_no_members_at_all_are_refused(run: Run, asked: str) -> None:
    """Not taken as though nothing had been said."""
    result = run("check", asked, "--members", "0", "--lang", "en")
    assert result.exit_code == 2
    assert "MEMBERS_OUT_OF_RANGE" in result.stderr


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "they have no examples, so no rule was tried"), ("zh", "没有例子，规则未经试算")],
)
def test_check_says_that_there_are_no_examples(run: Run, lang: str, said: str) -> None:
    result = run("check", str(TOP / "policies/standards"), "--lang", lang)
    assert (result.exit_code, said in result.stdout) == (0, True), result.output


def test_a_rulebook_about_something_else_cannot_assess_households(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    head = (TOP / "policies/rulebook.yaml").read_text(encoding="utf-8")
    (own / "rulebook.yaml").write_text(head, encoding="utf-8")
    result = run("check", "own")
    assert result.exit_code == 2
    assert "own/rulebook.yaml:" in result.stderr


@pytest.mark.parametrize("name", ["household", "assessment", "district", "policy"])
def test_schema_prints_a_json_schema(run: Run, name: str) -> None:
    result = run("schema", name)
    assert json.loads(result.stdout)["$schema"].startswith("https://json-schema.org/")
    if name != "policy":
        committed = TOP / "docs/schemas" / f"{name}.schema.json"
        assert result.stdout == committed.read_text(encoding="utf-8")
