"""The sources of the catalogues, read as ``scripts/generate.py`` reads them."""

from __future__ import annotations

import importlib.util

from hongqiao_rules.rulebook.load import bundled_rulebook
from tests.places import TOP

_SPEC = importlib.util.spec_from_file_location("catalogues", TOP / "scripts" / "catalogues.py")
assert _SPEC is not None
assert _SPEC.loader is not None
scripts = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(scripts)

CODES: dict[str, dict[str, str]] = scripts.codes()


def declared() -> frozenset[str]:
    """The codes of the input checks that the bundled rulebook declares."""
    return frozenset(code for one in bundled_rulebook().definitions.inputs for code in one.checks)


def codes(group: str) -> frozenset[str]:
    """The codes of a group of errors."""
    return frozenset(scripts.codes(group))


def entries(lang: str) -> frozenset[str]:
    """The keys of the catalogue of a language."""
    (source,) = (scripts.LOCALE / lang).rglob("*.po")
    return frozenset(scripts.entries(source))
