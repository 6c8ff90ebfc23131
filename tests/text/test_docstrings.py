"""The first paragraph of a docstring is a sentence that begins with its subject or its verb, in standard words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from .catalogues import TOP

ROOMS = ("case", "engines", "household", "language", "population", "rulebook")
REFUSED = {
    "no full stop": re.compile(r"[^.:。]\Z"),
    "a small letter at the start": re.compile(r"\A[a-z]"),
    "a question word at the start": re.compile(r"\A(What|Whether|That|Where|How|Why|Who|Of)\b"),
    "a retired phrase": re.compile(
        r"\b((is|are|be) told|stands? (beside|for|in place)|beside the|of what|worked out)\b"
    ),
}
"""The habits that a reader stumbles over, each with the text that shows it."""


def docstrings() -> Iterator[tuple[str, str]]:
    """The place and the first paragraph of each docstring of the rooms."""
    for path in sorted(file for room in ROOMS for file in (TOP / "hongqiao_rules" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (
                text := ast.get_docstring(node)
            ):
                name = getattr(node, "name", "the module")
                yield f"{path.relative_to(TOP)}: {name}", " ".join(text.split("\n\n")[0].split())


def faults(first: str) -> list[str]:
    return [habit for habit, pattern in REFUSED.items() if pattern.search(first)]


def test_the_first_paragraph_of_every_docstring_is_plain() -> None:
    found = {place: wrong for place, first in docstrings() if (wrong := faults(first))}
    assert found == {}


@pytest.mark.parametrize(
    ("first", "habit"),
    [
        ("Return the sum", "no full stop"),
        ("returns the sum.", "a small letter at the start"),
        ("Whether it applies.", "a question word at the start"),
        ("What a rule reads.", "a question word at the start"),
        ("Of each fact, its bounds.", "a question word at the start"),
        ("A limit is told before it is reached.", "a retired phrase"),
        ("A rulebook file of its own stands in place of the bundled one.", "a retired phrase"),
        ("The truths beside the facts.", "a retired phrase"),
        ("The digest of what the files say.", "a retired phrase"),
    ],
)
def test_a_habit_is_found(first: str, habit: str) -> None:
    assert faults(first) == [habit]


@pytest.mark.parametrize(
    "first",
    ["The sum of each segment.", "``30%`` or ``3/10`` as an exact fraction.", "*node* and all its descendants.",
     "Household member. 家庭成员。", "True if the value of the cell changed."],
)  # fmt: skip
def test_a_plain_sentence_passes(first: str) -> None:
    assert faults(first) == []
