"""Queries to Z3 that the analyses share: scenes, searches, and households from models."""

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
