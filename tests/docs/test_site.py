"""The site is built without a warning, in both languages, and reads without a network."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.source import DOCS, TOP

_FETCHED = re.compile(
    r"""<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)"""
)
_TOLD = re.compile(r"^(?:WARNING|ERROR).*", re.MULTILINE)
_IMPORTED = re.compile(r"""(?:@import|url\()\s*["']?((?:https?:)?//[^"')]+)""")


QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONWARNINGS": "ignore"}


def built(program: str, folder: Path) -> Path:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            program,
            "build",
            "-f",
            "mkdocs.yml",
            "--strict",
            "-d",
            str(folder),
        ],
        cwd=TOP,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, _TOLD.findall(done.stderr)) == (0, []), done.stderr
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in ("material", "mkdocs_static_i18n", "mkdocstrings_handlers.python", "jieba"):
        pytest.importorskip(module, reason="the documentation's group is not installed")
    return built("mkdocs", tmp_path_factory.mktemp("site"))


def pages(site: Path) -> set[Path]:
    return {file.parent.relative_to(site) for file in site.rglob("index.html")}


def test_every_page_is_built_in_both_languages(site: Path) -> None:
    sources = [file.relative_to(DOCS) for file in DOCS.rglob("*.md")]
    english = {file.with_suffix("") for file in sources if not file.name.endswith(".zh.md")}
    folders = {page.parent if page.name == "index" else page for page in english}
    assert pages(site) == folders | {Path("zh") / folder for folder in folders}


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        assert _FETCHED.findall(file.read_text(encoding="utf-8")) == [], file
    for file in site.rglob("*.css"):
        assert _IMPORTED.findall(file.read_text(encoding="utf-8")) == [], file


class _Page(HTMLParser):
    """The anchors of a page, and where it links to."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.anchors.update(value for key in ("id", "name") if (value := named.get(key)))
        link = named.get("href" if tag in ("a", "link") else "src")
        if link and tag in ("a", "link", "script", "img"):
            self.links.append(link)


def dead(site: Path) -> Iterator[str]:
    found = {file.resolve(): _Page(file) for file in site.rglob("*.html") if file.name != "404.html"}
    for file, page in found.items():
        for link in page.links:
            path, _, anchor = unquote(link).partition("#")
            if ":" in path.partition("/")[0]:
                continue
            target = (site / path.lstrip("/") if path.startswith("/") else file.parent / path).resolve()
            target = file if not path else target / "index.html" if target.is_dir() else target
            if anchor.startswith("q=") and target.parent.name == "calculator":
                anchor = ""  # what the form is filled in with
            if not target.exists() or (anchor and target in found and anchor not in found[target].anchors):
                yield f"{file.relative_to(site.resolve())}: {link}"


def test_every_link_and_anchor_of_the_site_leads_somewhere(site: Path) -> None:
    assert list(dead(site)) == []


@pytest.mark.parametrize(
    ("link", "wrong"), [("page.md#here", None), ("gone.md", "gone.md"), ("page.md#gone", "#gone")]
)
@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_a_broken_link_or_anchor_fails_the_strict_build(
    tmp_path: Path, program: str, link: str, wrong: str | None
) -> None:
    for module in (program, "material"):
        pytest.importorskip(module, reason=f"{module} is not installed")
    text = (TOP / "mkdocs.yml").read_text(encoding="utf-8")
    validation = text[text.index("validation:") : text.index("\nnav:")]
    (tmp_path / "mkdocs.yml").write_text(
        f"site_name: two pages\ntheme: {{name: material, font: false}}\n{validation}"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# Start\n\n[there]({link})\n")
    (tmp_path / "docs" / "page.md").write_text("# Page\n\n## Here\n")
    command = [sys.executable, "-m", program, "build", "-f", "mkdocs.yml", "--strict"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) is (wrong is None), done.stderr
    assert wrong is None or wrong in done.stderr
    # The task that CI runs builds with the same words, and with nothing that keeps warnings from counting.
    docs = (TOP / "noxfile.py").read_text(encoding="utf-8")
    assert 'session.run("mkdocs", "build", "--strict", "--site-dir", SITE, env=QUIET)' in docs


def test_chinese_headings_have_anchors_of_their_own(site: Path) -> None:
    assert 'id="第一次核算"' in (site / "zh/index.html").read_text(encoding="utf-8")


def test_the_search_index_has_chinese_in_words(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert {"zh", "en"} <= set(index["config"]["lang"])
    text = " ".join(entry["text"] for entry in index["docs"] if entry["location"].startswith("zh/"))
    assert "低保\u200b标准" in text


def test_a_day_in_a_table_is_marked_as_one(site: Path) -> None:
    page = (site / "reference/parameters/dibao-standard/index.html").read_text(encoding="utf-8")
    assert "<td><time>2019-04-01</time></td>" in page
    assert not re.search(r"<td>\d{4}-\d\d-\d\d</td>", page)


def test_properdocs_builds_the_same_pages(site: Path, tmp_path: Path) -> None:
    pytest.importorskip("properdocs", reason="ProperDocs is not installed")
    assert pages(built("properdocs", tmp_path / "site")) == pages(site)
