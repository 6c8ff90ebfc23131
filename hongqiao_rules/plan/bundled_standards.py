"""The bundled rulebook of standards."""

from __future__ import annotations

from functools import lru_cache

from hongqiao_rules.rulebook.load import Rulebook, load


@lru_cache(maxsize=1)
def bundled_standards() -> Rulebook:
    """Return the bundled rulebook of standards, read once a process."""
    return load(part="standards")
