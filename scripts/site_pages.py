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
from pages import Pages

from hongqiao_rules.rulebook.load import Rulebook, load

TOP = Path(__file__).resolve().parents[1]
DOCS = TOP / "docs"


def rulebooks() -> dict[str, Rulebook]:
    """The bundled rulebooks by the folder of their pages below ``reference``."""
    return {"": load([TOP / "policies"]), "standards": load(part="standards")}


def made() -> dict[str, str]:
    """The text of every page that is made, or asks for a part that is (``pages.py``), by its path below ``docs``."""
    books = rulebooks()
    pages = {f"reference/{name}": text for name, text in reference.pages(books)}
    filled = Pages(books[""].definitions).filled(DOCS)
    return pages | {path.relative_to(DOCS).as_posix(): text for path, text in filled}


def navigation() -> list[Any]:
    """The entries of the navigation for these pages, as a parsed ``mkdocs.yml`` would hold them."""
    return reference.navigation(rulebooks())


def titles() -> dict[str, str]:
    """The Chinese of each English section title in :func:`navigation` that is a title of a rulebook."""
    heads = [rulebook.definitions.head.title for part, rulebook in rulebooks().items() if part]
    return {title.en: title.zh for title in heads}


def write(folder: Path) -> None:
    """Write the whole source of the site into *folder*: a copy of ``docs`` with the pages that are made."""
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for name, text in made().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
