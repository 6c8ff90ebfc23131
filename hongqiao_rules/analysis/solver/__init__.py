"""Queries to Z3 that the analyses share: scenes, searches, and households from models."""

from __future__ import annotations

from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.all_definitions import Definitions

MOST_MEMBERS = 8
"""The largest number of members that a query accepts."""


def check_members(members: int) -> None:
    """Refuse a number of members that a query does not accept.

    Raises:
        RequestError: *members* is not from 1 to 8.

    """
    if not 1 <= members <= MOST_MEMBERS:
        raise RequestError("MEMBERS_OUT_OF_RANGE", value=members, most=MOST_MEMBERS)


def sizes(definitions: Definitions, most: int) -> range:
    """The numbers of contained entities of an input, up to *most*; 0 alone where the root contains none."""
    inside = definitions.entities[definitions.head.root].contains
    if inside is None:
        return range(1)
    return range(inside.least, max(inside.least, min(inside.most, most)) + 1)
