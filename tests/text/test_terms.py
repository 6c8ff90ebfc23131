"""Terms that the project no longer uses appear nowhere but in quotations of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from .catalogues import TOP

RETIRED = {
    "不予受理": "校验不通过",
    "读法": "政策口径",
    "叠加规则": "补充方案",
    "计入的家庭成员": "共同生活的家庭成员",
    "评估": "核算",
    "凭据": "校验码",
    "均不符合": "不符合低保和低保边缘条件",
    "台帐": "台账",
    "Please mend": "There is a problem",
    "A month in all": "Monthly total",
    "Beside the amounts": "Services and visits",
    "Where a fen more changes much": "Income thresholds",
    "Not stated, so taken by default": "What we assumed",
    "(1 persons": "(1 person",
}
"""Each term with the one that is used instead."""
PLACES = (
    "hongqiao_rules/**/*.po", "hongqiao_rules/**/*.py", "hongqiao_rules/**/*.js", "policies/**/*.yaml", "scripts/**/*.py",
    "scripts/**/*.js", "README*.md", "docs/**/*.md",
)  # fmt: skip
QUOTED = re.compile(
    r"^\s*words:.*$|“台帐”|\(台帐 in the plan's own words\)|（分类分项台帐）|\(分类分项台帐\)|残疾评估",
    re.MULTILINE,
)
"""What documents say: quotations, and names of theirs."""


def texts() -> Iterator[tuple[str, str]]:
    for place in PLACES:
        for path in sorted(TOP.glob(place)):
            yield str(path.relative_to(TOP)), path.read_text(encoding="utf-8")


def retired(text: str) -> list[str]:
    """The retired terms in a text, quotations aside."""
    said = QUOTED.sub("", text)
    return [term for term in RETIRED if term in said]


def test_no_text_has_a_retired_term() -> None:
    found = {place: terms for place, text in texts() if (terms := retired(text))}
    assert found == {}


@pytest.mark.parametrize("term", RETIRED)
def test_a_retired_term_is_found(term: str) -> None:
    assert term in retired(f"before {term} after")
    assert retired(RETIRED[term]) == []


def test_quotations_are_left_as_they_are() -> None:
    assert retired("    words: 分类分项建立台帐\n") == []
    assert retired("    words: 分类分项建立台帐\n  zh: 台帐") == ["台帐"]


def test_every_kind_of_place_is_looked_at() -> None:
    assert [place for place in PLACES if not any(Path(TOP).glob(place))] == []
