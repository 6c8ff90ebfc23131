"""Each entry point that takes a language takes those that have a catalogue, and refuses others by one code."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator
from hongqiao_rules.analysis.mutate.mutation_report import Mutations
from hongqiao_rules.case.case_words import CaseWords
from hongqiao_rules.cli import COMMANDS, main
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.decision.lines import Notice
from hongqiao_rules.errors import (
    DistrictError,
    EventError,
    Fault,
    HongqiaoRulesError,
    HouseholdError,
    PolicyError,
    PolicyFault,
    RecordError,
    RequestError,
)
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.explanation.rulebook_text import Reference
from hongqiao_rules.plan.bundled_coverage import coverage
from hongqiao_rules.plan.coverage_words import counts, how, listing
from hongqiao_rules.population.analyse.register_ledger import ledgers
from hongqiao_rules.population.analyse.report_pages import Page
from hongqiao_rules.population.check.reject_reasons import Reject, table
from hongqiao_rules.proofs import difference, prove
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.standards import Standards
from hongqiao_rules.text.catalogue import languages
from tests.text.catalogues import TOP

ON = date(2019, 5, 1)
HOUSEHOLD: dict[str, Any] = {
    "id": "1",
    "members": [
        {
            "id": "2", "relationship": "applicant", "birth_date": "1978-01-01", "marital_status": "never_married",
            "incomes": [{"kind": "wages", "monthly": "500.00"}],
        }
    ],
}  # fmt: skip
UNKNOWN = {"id": "1", "members": [{**HOUSEHOLD["members"][0], "marital_status": "unknown"}]}
FAULT, POLICY_FAULT = Fault("EMPTY_TEXT", "/id"), PolicyFault("POLICY_EMPTY", "a", 1, 1)


@cache
def calculator() -> Calculator:
    return Calculator()


@cache
def made(name: str) -> Any:
    """The answer of a question, asked once."""
    asked: dict[str, Callable[[Calculator], Any]] = {
        "assessment": lambda c: c.assess(HOUSEHOLD, ON),
        "why_not": lambda c: c.why_not(HOUSEHOLD, "low_income", ON),
        "margins": lambda c: c.margins(HOUSEHOLD, ON),
        "readings": lambda c: c.assess(HOUSEHOLD, ON, readings="all"),
        "explore": lambda c: c.explore(UNKNOWN, ON),
        "schedule": lambda c: c.schedule(HOUSEHOLD, "incomes of 2", ON),
        "difference": lambda c: difference(c, c, ON, members=1),
        "proofs": lambda _: prove(overlays=[], on=ON, properties=["never-both"], members=1, readings={}),
        "mutations": lambda _: Mutations(outcomes=(), trials=0, members=1, solver=False),
        "judgement": lambda _: Standards().judge({"id": "1"}, ON),
    }
    return asked[name](calculator())


def stated(name: str, lang: Any) -> Any:
    return made(name).statement(lang)


STATEMENTS = ["assessment", "why_not", "margins", "readings", "explore", "schedule", "difference", "proofs", "mutations", "judgement"]  # fmt: skip
ENTRIES: dict[str, Callable[[Any], Any]] = {
    **{f"{name}.statement": partial(stated, name) for name in STATEMENTS},
    "assessment.to_json": lambda lang: made("assessment").to_json(lang=lang),
    "readings.to_json": lambda lang: made("readings").to_json(lang=lang),
    "judgement.to_json": lambda lang: made("judgement").to_json(lang=lang),
    "Notice": Notice("X", "中", None, "e").say,
    "Bilingual": Bilingual("中", "e").say,
    "Fault": FAULT.say,
    "PolicyFault": POLICY_FAULT.say,
    "HongqiaoRulesError": HongqiaoRulesError("e").say,
    "HouseholdError": HouseholdError([FAULT]).say,
    "EventError": EventError([FAULT]).say,
    "DistrictError": DistrictError([FAULT]).say,
    "PolicyError": PolicyError([POLICY_FAULT]).say,
    "RequestError": RequestError("PROVE_OR_MUTATE").say,
    "RecordError": RecordError("PROVE_OR_MUTATE").say,
    "cases": lambda lang: CaseWords(calculator(), lang),
    "population pages": lambda lang: Page(calculator(), lang),
    "population rejects": lambda lang: table([Reject("households", 1, "1", (FAULT,))], "household", lang),
    "ledgers": lambda lang: ledgers(Edition(calculator().rulebook), ON, None, lang),  # type: ignore[arg-type]
    "reference": lambda lang: Reference(calculator().rulebook, lang, None),
    "sentences": lambda lang: Sentences(calculator().linked, lang),
    "coverage": lambda lang: list(listing(coverage(), lang)),
    "coverage counts": lambda lang: counts(coverage(), lang),
    "coverage entry": lambda lang: how(coverage().entries[0], lang),
}
UNHEARD = ["zh-CN", "ZH", "", "fr", None]


@pytest.mark.parametrize("lang", UNHEARD)
@pytest.mark.parametrize("entry", ENTRIES)
def test_an_unknown_language_is_refused_by_its_code(entry: str, lang: object) -> None:
    with pytest.raises(RequestError) as refused:
        ENTRIES[entry](lang)
    assert refused.value.code == "UNKNOWN_LANGUAGE"


@pytest.mark.parametrize(
    "entry", [name for name in ENTRIES if name.endswith(("statement", "Error", "Fault"))]
)
def test_every_language_says_it_in_its_own_words(entry: str) -> None:
    said = {ENTRIES[entry](lang) for lang in languages()}
    assert len(said) == (1 if entry == "HongqiaoRulesError" else len(languages()))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_an_unknown_language(name: str) -> None:
    told = CliRunner().invoke(main, [name, "--lang", "zh-CN", "--help"])
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("UNKNOWN_LANGUAGE: ")


def test_the_javascript_module_refuses_an_unknown_language(tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no node on this machine")
    shutil.copy(TOP / "docs" / "assets" / "rules.mjs", tmp_path / "rules.mjs")
    (tmp_path / "ask.mjs").write_text(
        f"""
        import {{assess}} from "./rules.mjs";
        const told = (ask) => {{ try {{ ask(); return null; }} catch (e) {{ return e; }} }};
        const household = {json.dumps(HOUSEHOLD)}, found = [];
        for (const lang of ["zh-CN", "ZH", "", "fr"]) {{
          found.push(told(() => assess(household, "2019-05-01", {{lang}})).code);
          found.push(told(() => told(() => assess({{}}, "2019-05-01")).faults[0].say(lang)).code);
          found.push(told(() => told(() => assess(household, "never")).say(lang)).code);
        }}
        console.log(JSON.stringify(found));
        """,
        encoding="utf-8",
    )
    done = subprocess.run([node, "ask.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["UNKNOWN_LANGUAGE"] * 12
