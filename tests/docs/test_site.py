"""The site is built without a warning, and reads without a network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.blocks import TOP

_FETCHED = re.compile(
    r"""<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=["']?((?:https?:)?//[^"'\s>]+)"""
)
_IMPORTED = re.compile(r"""(?:@import|url\()\s*["']?((?:https?:)?//[^"')]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("material", reason="the documentation's group is not installed")
    folder = tmp_path_factory.mktemp("site")
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=TOP,
        env={**os.environ, **quiet},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (built.returncode, built.stderr) == (0, "")
    return folder


def test_every_page_is_built(site: Path) -> None:
    pages = [file.relative_to(TOP / "docs").with_suffix("") for file in (TOP / "docs").rglob("*.md")]
    folders = {page.parent if page.name == "index" else page for page in pages}
    assert {file.parent.relative_to(site) for file in site.rglob("index.html")} == folders


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        assert _FETCHED.findall(file.read_text(encoding="utf-8")) == [], file
    for file in site.rglob("*.css"):
        assert _IMPORTED.findall(file.read_text(encoding="utf-8")) == [], file


def test_chinese_headings_have_anchors_of_their_own(site: Path) -> None:
    assert 'id="第一次评估"' in (site / "index.zh/index.html").read_text(encoding="utf-8")
