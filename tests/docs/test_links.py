"""Every link between the pages, and from the READMEs, leads somewhere; every page can be reached."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import site_pages

from tests.docs.source import DOCS, DOCUMENTS, TOP, place

_FENCED = re.compile(r"^( *)(`{3,}).*?^\1\2 *$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def plain(file: Path) -> str:
    """The text of a page without its blocks."""
    return _FENCED.sub("", file.read_text(encoding="utf-8"))


def anchors(file: Path) -> set[str]:
    """The anchors of a page's headings, as the site and code hosts make them."""
    found = (re.sub(r"[^\w\- ]", "", title.lower()).strip() for title in _HEADING.findall(plain(file)))
    return {title.replace(" ", "-") for title in found}


def links(file: Path) -> Iterator[tuple[str, str]]:
    for target in _LINK.findall(plain(file)):
        path, _, anchor = target.partition("#")
        yield path, anchor


@pytest.mark.parametrize("file", DOCUMENTS, ids=place)
def test_every_link_leads_somewhere(file: Path) -> None:
    for path, anchor in links(file):
        assert "://" not in path, f"{path} is not inside this repository"
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), path
        if path.endswith(".md") and file.name.endswith(".zh.md"):
            target = target.with_name(target.name.replace(".zh.md", ".md").replace(".md", ".zh.md"))
        if anchor:
            assert anchor in anchors(target), f"{path}#{anchor}"


def sibling(page: Path) -> Path:
    """The English page of a Chinese one; an English page is its own."""
    return page.with_name(page.name.replace(".zh.md", ".md"))


@pytest.mark.parametrize("suffix", [".md", ".zh.md"])
def test_every_page_is_linked_from_another_and_stands_in_the_navigation(suffix: str) -> None:
    pages = {
        file
        for file in DOCUMENTS
        if file.is_relative_to(DOCS) and file.name.endswith(".zh.md") == (suffix == ".zh.md")
    }
    linked = {(file.parent / path).resolve() for file in pages for path, _ in links(file) if path}
    written = (TOP / "mkdocs.yml").read_text(encoding="utf-8") + json.dumps(site_pages.navigation())
    home = DOCS / "index.md"
    assert len(pages) >= 100
    assert {sibling(page) for page in pages} - linked - {home} == set()
    names = [sibling(page).relative_to(DOCS).as_posix() for page in pages]
    assert [name for name in names if not re.search(rf"[ \"]{re.escape(name)}[\n\"]", written)] == []


def test_every_example_file_is_used() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in DOCUMENTS)
    files = [file.relative_to(TOP).as_posix() for file in (TOP / "docs/examples").iterdir()]
    assert len(files) >= 10
    assert [file for file in files if file not in text] == []
