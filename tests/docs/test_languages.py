"""Both languages have the same pages, and on each page the same parts; the example that leads in is one and the same."""

import re
from pathlib import Path

import pytest

from tests.docs.blocks import blocks
from tests.docs.source import DOCS, TOP, place
from tests.docs.test_links import plain

PAGES = sorted(page for page in DOCS.rglob("*.md") if not page.name.endswith(".zh.md"))
MADE = "reference/"
"""The folder of pages that one script writes in both languages."""


def chinese(page: Path) -> Path:
    return page.with_name(page.name.replace(".md", ".zh.md"))


def name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def test_every_page_is_there_in_both_languages() -> None:
    others = set(DOCS.rglob("*.zh.md"))
    assert {chinese(page) for page in PAGES} == others
    assert len(others) >= 100


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_both_languages_have_the_same_parts(page: Path) -> None:
    texts = [plain(page), plain(chinese(page))]
    for pattern in (r"^#+ ", r"^\* ", r"^\|", r"^> ", r"^::: \S+$", r"<svg "):
        found = [re.findall(pattern, text, re.MULTILINE) for text in texts]
        assert found[0] == found[1], pattern
    languages = [[block.language for block in blocks(file)] for file in (page, chinese(page))]
    assert languages[0] == languages[1]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_is_code_or_data_is_the_same_in_both_languages(page: Path) -> None:
    codes = [
        [block.text for block in blocks(file) if block.language in ("python", "javascript", "json", "yaml")]
        for file in (page, chinese(page))
    ]
    assert codes[0] == codes[1]


@pytest.mark.parametrize("page", [p for p in PAGES if not name(p).startswith(MADE)], ids=name)
def test_each_page_is_written_in_its_language(page: Path) -> None:
    def share(file: Path) -> float:
        text = re.sub(r"`[^`]*`|<!--.*?-->|\([^)]*\)", "", plain(file))
        chars = re.findall(r"[A-Za-z]+|[\u4e00-\u9fff]", text)
        return sum(not char.isascii() for char in chars) / max(1, len(chars))

    assert share(page) < 0.5 or page.name == "plan-coverage.md"  # it shows the first words of the plan
    assert share(chinese(page)) > 0.5 or page.name in ("command.md", "errors.md", "python.md")


@pytest.mark.parametrize("page", [TOP / "README.zh.md", *map(chinese, PAGES)], ids=place)
def test_no_line_is_broken_between_chinese_letters(page: Path) -> None:
    """A browser would put a space there, where Chinese has none."""
    letter = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]"
    assert re.findall(rf"^(?!\||#).*{letter}\n *{letter}.*", plain(page), re.MULTILINE) == []


def test_the_readme_the_tutorial_and_the_first_page_have_the_same_example() -> None:
    """The household is ``docs/examples/widowed.json``; each page runs it, and each must show the same figures."""
    household = (DOCS / "examples/widowed.json").read_text(encoding="utf-8")
    files = [TOP / "README.md", TOP / "README.zh.md"]
    for page in (DOCS / "index.md", DOCS / "tutorial/first-assessment.md"):
        files += [page, chinese(page)]
        assert household in [block.text for block in blocks(page)]
    for file in files:
        python = "".join(block.text for block in blocks(file) if block.language == "python")
        assert 'read_text("docs/examples/widowed.json")' in python or '"docs/examples/widowed.json"' in python
        assert "on=date(2019, 5, 1)" in python
        assert "('dibao', Decimal('460.00'))" in python, file
