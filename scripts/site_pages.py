"""The pages of the site that are made, whole or in part, from the policies when the site is built; they are not committed.

``site_hooks.py`` gives them to MkDocs and ProperDocs. To read them without either, write them into a folder::

    python scripts/site_pages.py FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import reference.pages as reference
from pages import filled

from hongqiao_rules.rulebook.load import Rulebook, load

TOP = Path(__file__).resolve().parents[1]
DOCS = TOP / "docs"


def rulebooks() -> dict[str, Rulebook]:
    """Return the bundled rulebooks by the folder of their pages below ``reference``."""
    return {"": load([TOP / "policies"]), "standards": load(part="standards")}


def made() -> dict[str, str]:
    """Return the text of each page that is made, or has a part that is (``pages.py``), by its path below ``docs``."""
    books = rulebooks()
    pages = {f"reference/{name}": text for name, text in reference.pages(books)}
    parts = filled(DOCS, books[""].definitions)
    return pages | {path.relative_to(DOCS).as_posix(): text for path, text in parts}


def navigation() -> list[Any]:
    """Return the entries of the navigation for these pages, as a parsed ``mkdocs.yml`` would hold them."""
    return reference.navigation(rulebooks())


def titles(lang: str) -> dict[str, str]:
    """Return the section titles in :func:`navigation` that are titles of a rulebook, translated to *lang*."""
    heads = [rulebook.definitions.head.title for part, rulebook in rulebooks().items() if part]
    return {title.en: title.say(lang) for title in heads}


def write(folder: Path) -> None:
    """Write the whole source of the site into *folder*: a copy of ``docs`` with the pages that are made."""
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for name, text in made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
