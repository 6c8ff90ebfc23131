"""The input of the direct engine: the facts of one root entity and its contained entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


class Facts(NamedTuple):
    """The facts of one household (the root entity).

    Attributes:
        root: the facts of the root by name. Money is in fen, dates are yyyymmdd. A code is its text, or ``None`` if it is
            absent and has no default.
        count: the number of contained entities.
        each: for each fact of the contained entities, its ``count`` values. A record is a tuple of its fields in the
            declared order.
        children: for each reference, for each entity, the indices of the entities that refer to it.
    """

    root: Mapping[str, Any]
    count: int  # type: ignore[assignment]  # hides the method of tuples, which is not used
    each: Mapping[str, Sequence[Any]]
    children: Mapping[str, Sequence[Sequence[int]]]
