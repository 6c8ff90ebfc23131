"""The source of the site as it is built: the pages in ``docs`` with those that are made from the policies."""

from __future__ import annotations

import atexit
from pathlib import Path
from tempfile import TemporaryDirectory

import site_pages

from tests.places import TOP

_FOLDER = TemporaryDirectory(prefix="hongqiao-docs-")
atexit.register(_FOLDER.cleanup)

DOCS = Path(_FOLDER.name).resolve() / "docs"
"""A copy of ``docs`` with all pages, written once a process."""

site_pages.write(DOCS)
DOCUMENTS = (TOP / "README.md", TOP / "README.zh.md", *sorted(DOCS.rglob("*.md")))
"""The READMEs and every page."""


def place(file: Path) -> str:
    """A page by its path in a checkout, whether it is kept there or made."""
    return file.relative_to(DOCS.parent if file.is_relative_to(DOCS) else TOP).as_posix()
