"""The worked examples open in the calculator: each link says the household that stands beside it."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from hongqiao_rules import Calculator
from tests.docs.source import DOCS, TOP

_LINK = re.compile(r'<a class="to-calculator" href="((?:\.\./)+)calculator/#q=([^"]+)">')
_EXAMPLE = re.compile(r'```json title="(docs/examples/[\w.-]+)"')


def questions(page: str) -> list[dict[str, Any]]:
    """What the links of a page ask, in their order."""
    found = _LINK.findall((DOCS / page).read_text(encoding="utf-8"))
    for up, _ in found:
        assert up.count("../") == page.count("/") + 1
    return [json.loads(unquote(unescape(text))) for _, text in found]


PAGES = sorted(
    str(file.relative_to(DOCS))
    for file in DOCS.rglob("*.md")
    if _LINK.search(file.read_text(encoding="utf-8"))
)


def test_both_languages_have_the_same_links() -> None:
    english = [page for page in PAGES if not page.endswith(".zh.md")]
    assert len(english) >= 30
    for page in english:
        assert questions(page) == questions(page.replace(".md", ".zh.md")) != []


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("calculators/", "tutorial/"))])
def test_a_worked_calculator_opens_its_own_household_and_comes_to_its_figure(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    (question,) = questions(page)
    example = _EXAMPLE.search(text)
    assert example is not None
    assert question["household"] == json.loads((TOP / example[1]).read_text(encoding="utf-8"))
    calculator = Calculator(readings=question["readings"], overlays=question["overlays"])
    assessment = calculator.assess(question["household"], on=date.fromisoformat(question["on"]))
    for line in (*assessment.deductions, *assessment.benefits):
        assert f"{line.rule} {line.member} {line.amount}" in text or f"{line.rule} {line.amount}" in text


def test_the_examples_of_the_rules_open_with_what_they_are_about() -> None:
    definitions = Calculator().rulebook.definitions
    for rule in definitions.rules.values():
        if rule.overlay is None and rule.examples:
            asked = questions(f"reference/rules/{rule.id}.md")
            wanted = [
                example.given
                for (_, id_), r in definitions.rules.items()
                if id_ == rule.id
                for example in r.examples
            ]
            texts = sorted(json.dumps(question["household"]) for question in asked)
            assert texts
            assert set(texts) <= set(map(json.dumps, wanted))
