"""The words of the site: one gettext catalogue a language in ``scripts/locale``, in addition to that of the program."""

from __future__ import annotations

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import catalogues

from hongqiao_rules.errors import catalogue
from hongqiao_rules.text.catalogue import Catalogue, languages

LOCALE = Path(__file__).with_name("locale")
DEFAULT = "en"
"""The language of the pages whose names have no language."""
SUFFIXES = {lang: f".{lang}.md" for lang in languages()} | {DEFAULT: ".md"}
"""How the names of the pages of a language end."""


@cache
def words(lang: str) -> Catalogue:
    """Return the catalogue of the site in *lang*; what it does not have is looked up in that of the program."""
    compiled = dict(catalogues.files(LOCALE))[LOCALE / lang / "LC_MESSAGES" / "site.mo"]
    site = gettext.GNUTranslations(BytesIO(compiled))
    site.add_fallback(gettext.translation("hongqiao_rules", catalogues.LOCALE, [catalogue(lang).lang]))
    return Catalogue(lang, site)


def tree(lang: str, prefix: str) -> dict[str, Any]:
    """Return the sentences of *lang* below *prefix*, nested by the further dots of their keys."""
    found: dict[str, Any] = {}
    for source in (catalogues.LOCALE / lang).rglob("*.po"), (LOCALE / lang).rglob("*.po"):
        for key in catalogues.entries(*source):
            first, *steps = key.split(".")
            if first == prefix and steps:
                place = found
                for step in steps[:-1]:
                    place = place.setdefault(step, {})
                place[steps[-1]] = words(lang).pattern(key)
    return found
