"""What every question to Z3 needs: a scene of households, a search in it, and households out of models."""

from __future__ import annotations

from hongqiao_rules.errors import RequestError

MOST_MEMBERS = 8
"""The largest households that can be asked about."""


def check_members(members: int) -> None:
    """Refuse a size of household that is too large to ask about.

    Raises:
        RequestError: *members* is not from 1 to 8.

    """
    if not 1 <= members <= MOST_MEMBERS:
        raise RequestError("MEMBERS_OUT_OF_RANGE", value=members, most=MOST_MEMBERS)
