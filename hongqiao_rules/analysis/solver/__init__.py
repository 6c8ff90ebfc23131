"""Queries to Z3 that the analyses share: scenes, searches, and households from models."""

from __future__ import annotations

from hongqiao_rules.errors import RequestError

MOST_MEMBERS = 8
"""The largest number of members that a query accepts."""


def check_members(members: int) -> None:
    """Refuse a number of members that a query does not accept.

    Raises:
        RequestError: *members* is not from 1 to 8.

    """
    if not 1 <= members <= MOST_MEMBERS:
        raise RequestError("MEMBERS_OUT_OF_RANGE", value=members, most=MOST_MEMBERS)
