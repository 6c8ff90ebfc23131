"""The entries of the lists of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One amount, in yuan a month: a deduction or a benefit.

    Attributes:
        rule: the id of the rule that gives it.
        member: the id of the member it is for; ``None`` where it is for the household.
        amount: yuan with two places, not zero.

    """

    rule: str
    member: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone who is entered in a register, has priority for a service, or may be referred; it carries no amount.

    Attributes:
        rule: the id of the rule that says so.
        member: the id of the member it is about; ``None`` where it is the household.

    """

    rule: str
    member: str | None
