"""Expressions as people write them: chained comparisons, equal truths, ``abs`` and a minus, against Python itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator, PolicyError

HEAD = """
rulebook: shorthand
title: {zh: 例, en: An example}
version: "1"
root: thing
modelled_from: 2000-01-01
not_modelled: {zh: 无, en: Nothing.}
checked_to: 2029-12-31
checked_notice: {zh: 无, en: Nothing.}
figures: [FIGURES]
lists: {}
assessment: [FIGURES]
"""
VOCABULARY = """
entity: thing
title: {zh: 例, en: Thing}
facts:
  id: {title: {zh: 例, en: Id}, type: text, required: true}
  a: {title: {zh: 例, en: A}, type: number, least: -9, most: 9, required: true}
  b: {title: {zh: 例, en: B}, type: number, least: -9, most: 9, required: true}
  c: {title: {zh: 例, en: C}, type: money, least: -9, most: 9, required: true}
  p: {title: {zh: 例, en: P}, type: truth, required: true}
  q: {title: {zh: 例, en: Q}, type: truth, required: true}
"""
EXPRESSIONS = [
    "0 <= a < b", "a < b > 0", "a == b == 1", "0 < c <= c", "p == q", "p != q", "p == (a < b)",
    "abs(a)", "abs(a - b)", "-a", "-(a + b)", "a - -b", "max(-a, -b)", "abs(a) + a == 0",
]  # fmt: skip


def written(folder: Path, expressions: list[str]) -> Path:
    names = [f"figure_{number}" for number in range(len(expressions))]
    (folder / "rulebook.yaml").write_text(HEAD.replace("FIGURES", ", ".join(names)), encoding="utf-8")
    (folder / "thing.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / "sources.yaml").write_text(
        "sources: [{id: s, title: 例, english: S, issuer: 例, seen: 例, copy_quality: copy}]",
        encoding="utf-8",
    )
    for name, expression in zip(names, expressions, strict=True):
        text = f"rule: {name.replace('_', '-')}\ntitle: {{zh: 例, en: a}}\nvalue: {expression}\nbasis: convention\nconfidence: high\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def calculator(tmp_path_factory: pytest.TempPathFactory) -> Calculator:
    return Calculator(policies=written(tmp_path_factory.mktemp("shorthand"), EXPRESSIONS))


@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-9, 9), st.booleans(), st.booleans())
def test_each_means_what_python_means(
    calculator: Calculator, a: int, b: int, c: int, p: bool, q: bool
) -> None:
    found = calculator.assess(
        {"id": "T", "a": a, "b": b, "c": str(c), "p": p, "q": q}, date(2020, 1, 1)
    ).figures
    names = {"a": a, "b": b, "c": c, "p": p, "q": q, "abs": abs, "max": max}
    assert list(found.values()) == [eval(one, {"__builtins__": {}}, names) for one in EXPRESSIONS]  # noqa: S307  # written above


@pytest.mark.parametrize(
    "expression", ["p < q", "0 < p < 1", "-p", "abs(p)", "abs(a, b)", "a == p", "-'code'"]
)
def test_what_has_no_meaning_is_refused_at_its_place(expression: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        Calculator(policies=written(tmp_path, [expression]))
    assert [fault.file.rpartition("/")[2] for fault in caught.value.faults] == ["figure_0.yaml"]
