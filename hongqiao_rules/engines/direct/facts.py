"""Input of an engine: the facts of one root entity and its contained entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Facts(NamedTuple):
    """The facts of one household (or whatever the root is).

    Attributes:
        root: the root's facts by name. Money in fen, dates as yyyymmdd, a code as its text or ``None`` where it was
            not stated and is not needed.
        count: how many entities the root contains.
        each: a column for each fact of the contained entities, ``count`` long. Records are tuples of their fields
            in the order declared.
        children: for each reference, by entity, the positions of those that point at it.

    """

    root: Mapping[str, Any]
    count: int  # type: ignore[assignment]  # which hides a method of tuples that nobody needs here
    each: Mapping[str, Sequence[Any]]
    children: Mapping[str, Sequence[Sequence[int]]]
