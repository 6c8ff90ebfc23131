"""What holds for every household at once, by Z3: whether two rulebooks come to the same. Needs the extra ``proofs``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hongqiao_rules.questions import need_solver

if TYPE_CHECKING:
    from hongqiao_rules.calculator import Calculator
    from hongqiao_rules.proofs.comparing import Difference

__all__ = ["difference"]


def difference(
    one: Calculator, other: Calculator, on: date, other_on: date | None = None, *, members: int = 3
) -> Difference:
    """Compare what two calculators give every household.

    Args:
        one: the first choice of rules.
        other: the second.
        on: the assessment date.
        other_on: the date for the second; the same where it is not given.
        members: how many members the households have at most, from 1 to 8.

    Raises:
        RequestError: Z3 is missing, a date is not modelled, the solver ran out of time, or *members* is out of range.

    """
    need_solver()
    from hongqiao_rules.proofs.comparing import difference as compare

    return compare(one, other, on, other_on or on, members)
