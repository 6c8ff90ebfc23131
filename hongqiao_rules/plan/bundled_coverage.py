"""The coverage of the plan by the bundled rulebooks."""

from __future__ import annotations

from functools import lru_cache

from hongqiao_rules.plan.coverage_reader import Coverage, read
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.load import bundled_rulebook, load

PLAN = "hongqiao-plan-2021"
"""The id of the plan among the sources."""


def books() -> list[Definitions]:
    """Return the bundled definitions: of households, and of the standards of communities."""
    return [bundled_rulebook().definitions, load(part="standards").definitions]


@lru_cache(maxsize=1)
def coverage() -> Coverage:
    """Return the coverage of the plan by the bundled rulebooks."""
    return read(books(), PLAN)
