"""Every block of code in the documentation and the READMEs is run, or is checked, and is right."""

from collections import Counter
from pathlib import Path

import pytest

from tests.docs.blocks import LANGUAGES, Run, blocks, holds
from tests.docs.source import DOCUMENTS, place

LEAST = {"python": 110, "console": 55, "javascript": 2, "yaml": 130, "json": 25, "arithmetic": 28}
"""How many blocks there are at least, so that none is lost to a pattern that matches nothing."""


@pytest.mark.parametrize("file", DOCUMENTS, ids=place)
def test_every_block_is_right(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = Run(tmp_path)
    for example in run.document(file):
        example.evaluate()
    run.end()


def test_every_fence_is_of_a_language_that_is_checked() -> None:
    found = [block for file in DOCUMENTS for block in blocks(file)]
    assert [block.place for block in found if block.language not in LANGUAGES] == []
    fences = sum(
        line.lstrip().startswith("```")
        for file in DOCUMENTS
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    assert fences == 2 * len(found)
    count = Counter(block.language for block in found)
    assert {language: number for language, number in LEAST.items() if count[language] < number} == {}


@pytest.mark.parametrize(
    ("fence", "text"),
    [
        ("python", ">>> 1 + 1\n3\n"),
        ("python", "assert 1 == 2\n"),
        ("console", "$ echo one\ntwo\n"),
        ("console", "$ hongqiao-rules assess docs/examples/widowed.json --on 2019-05-01\n"),
        ("console", "$ python3 -m venv .venv\nsomething\n"),
        ("javascript", "1;\n"),
        ("yaml", "rule: nameless\n"),
        ('yaml title="policies/parameters/dibao-standard.yaml"', "parameter: dibao-standard-2\n"),
        ('yaml title="own/half.yaml"', "rule: half\n"),
        ("arithmetic", "the gap: 2 × 980.00 − 1500.00 = 460.01\n"),
        ("arithmetic", "the gap: 460.00\n"),
    ],
    ids=lambda text: text[:30],
)
def test_a_block_that_is_wrong_is_noticed(fence: str, text: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# A page\n\n```{fence}\n{text}```\n", encoding="utf-8")
    run = Run(tmp_path)
    with pytest.raises(AssertionError):  # noqa: PT012
        for example in run.document(page):
            example.evaluate()
        run.end()


def test_sums_are_exact() -> None:
    assert holds("0.1 + 0.2 = 0.3")
    assert holds("30% × 1045.00 = 313.50")
    assert holds("(1 + 2) ÷ 3 = 1 < 1.01")
    assert not holds("1 ÷ 3 = 0.3333333333333333")
