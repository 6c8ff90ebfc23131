"""The usual changes touch the files that CONTRIBUTING.md names; one run of ``scripts/generate.py`` writes what follows from them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.places import TOP

SNAPSHOT, MODULE = "policies/snapshot.json", "docs/assets/rules.mjs"
STANDARD = """\
  - from: 2199-04-01
    value: 5000
    confidence: high
    cites: [{source: tianjin-standard-2025, place: 正文}]
"""
RULE = """\
rule: registry-desk
title: {zh: 婚姻登记优先窗口, en: Priority at the marriage registry}
about: member
list: services
order: 30
when: [age >= elder_age, self_care == 'independent', living_arrangement == 'in_institution']
basis: attested
confidence: medium
cites: [{source: hongqiao-plan-2021, place: 第三章第五部分}]
examples:
  - title: {zh: 60周岁当天, en: On the sixtieth birthday}
    on: 2020-05-01
    given:
      id: sixty
      members: [{id: elder, relationship: applicant, birth_date: 1960-05-01, marital_status: widowed, incomes: [], self_care: independent, living_arrangement: in_institution}]
    expect: {services: [{rule: registry-desk, member: elder}]}
"""
FACT = """\
  veteran:
    title: {zh: 退役军人, en: Veteran}
    type: truth
    default: false
    when_absent: {zh: 否, en: not one}
"""


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def a_standard(top: Path) -> None:
    append(top / "policies/parameters/dibao-standard.yaml", STANDARD)


def a_rule(top: Path) -> None:
    (top / "policies/rules/services/registry-desk.yaml").write_text(RULE, encoding="utf-8")
    replace(
        top / "policies/coverage/4-tasks.yaml",
        'digest: "cf49ce1809d9dd71", not_computable: terms-undefined',
        'digest: "cf49ce1809d9dd71", modelled: [registry-desk]',
    )


def a_fact(top: Path) -> None:
    append(top / "policies/vocabulary/member.yaml", FACT)


def an_error(top: Path) -> None:
    replace(top / "hongqiao_rules/decision/edition.py", '"BAD_ASSESSMENT_DATE"', '"NO_ASSESSMENT_DATE"')
    for lang, sentence in ("en", "{value} is no date."), ("zh", "{value}不是日期。"):
        (source,) = (top / "hongqiao_rules/text/locale" / lang).rglob("*.po")
        append(source, f'\nmsgid "fault.NO_ASSESSMENT_DATE"\nmsgstr "{sentence}"\n')


def contents(top: Path) -> dict[str, bytes]:
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in top.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def run(top: Path, *command: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=top,
        env={"PYTHONPATH": str(top), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a change may touch."""
    for folder in ("hongqiao_rules", "policies", "scripts", "docs"):
        shutil.copytree(TOP / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(TOP / "mkdocs.yml", tmp_path)
    return tmp_path


CATALOGUES = {f"hongqiao_rules/text/locale/{lang}/LC_MESSAGES/hongqiao_rules.mo" for lang in ("en", "zh")}


@pytest.mark.parametrize(
    ("change", "most", "generated"),
    [
        (a_standard, 1, {SNAPSHOT, MODULE}),
        (a_rule, 2, {SNAPSHOT, MODULE}),
        (
            a_fact,
            2,
            {SNAPSHOT, MODULE, "hongqiao_rules/household/models.py", "docs/schemas/household.schema.json"},
        ),
        (an_error, 3, CATALOGUES),
    ],
)
def test_a_change_is_made_in_few_files_and_generated_in_one_run(
    change: Callable[[Path], None], most: int, generated: set[str], copy: Path
) -> None:
    before = contents(copy)
    change(copy)
    by_hand = {name for name, content in contents(copy).items() if before.get(name) != content}
    assert len(by_hand) <= most
    assert run(copy, "scripts/generate.py")[0] == 0
    after = contents(copy)
    assert {name for name, content in after.items() if before.get(name) != content} == by_hand | generated
    assert run(copy, "scripts/generate.py", "--check") == (0, "")
    question = ("assess", "docs/examples/widowed.json", "--on", "2019-05-01", "--format", "json")
    status, found = run(copy, "-m", "hongqiao_rules", *question)
    assert (status, json.loads(found)["monthly_total"]) == (0, "460.00")
    assert run(copy, "-m", "hongqiao_rules", "check")[0] == 0


@pytest.mark.parametrize("command", [("scripts/generate.py",), ("-m", "mkdocs", "build", "--strict")])
def test_a_rule_that_no_sentence_of_the_plan_names_is_told_with_the_place(
    command: tuple[str, ...], copy: Path
) -> None:
    if "mkdocs" in command:
        pytest.importorskip("material", reason="the documentation's group is not installed")
    (copy / "policies/rules/services/registry-desk.yaml").write_text(RULE, encoding="utf-8")
    status, found = run(copy, *command)
    assert status == 1
    assert "policies/coverage/1-preamble.yaml:2:11: COVERAGE_UNLISTED: The rule registry-desk cites" in found
    assert "Traceback" not in found
