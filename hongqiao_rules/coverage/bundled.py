"""The coverage of the plan by the bundled rulebooks."""

from __future__ import annotations

from functools import lru_cache

from hongqiao_rules.calculator import bundled_rulebook
from hongqiao_rules.coverage.reading import Coverage, read

PLAN = "hongqiao-plan-2021"
"""The id of the plan among the sources."""


@lru_cache(maxsize=1)
def coverage() -> Coverage:
    """How every sentence of the plan is accounted for by the bundled rulebooks."""
    return read([bundled_rulebook().definitions], PLAN)
