"""Input of the columnar engine: one array a fact, and offsets for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hongqiao_rules.rulebook.definitions import CodeList, Entity

Array = npt.NDArray[Any]

CODE = ""
"""The field name of the items of a list of codes."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A list for each row: the items of row *i* are those from ``offsets[i]`` to ``offsets[i + 1]``.

    Attributes:
        offsets: int64, one more than there are rows, from 0.
        fields: an array of all items for each field of the records; for a list of codes one, named :data:`CODE`.

    """

    offsets: Array
    fields: Mapping[str, Array]


Column = Array | ListColumn


@dataclass(frozen=True, slots=True)
class Columns:
    """The facts of ``count`` households (or whatever the root is).

    Money and numbers are int64 (money in fen), dates int32 as yyyymmdd, truths bool. A code is its place in the code
    list, of the type that :func:`code_type` names, and -1 where it was not stated and is not needed.

    Attributes:
        count: how many roots there are.
        offsets: int64, ``count + 1`` long, from 0: root *i* contains the entities from ``offsets[i]`` to
            ``offsets[i + 1]``.
        root: a column for each fact of the root.
        each: a column for each fact of the contained entities.
        points_at: for each reference, the position among all contained entities of the one pointed at, or -1.
        owner: for each contained entity its root, the same as the offsets turned round; worked out where it is not given.

    """

    count: int
    offsets: Array
    root: Mapping[str, Column]
    each: Mapping[str, Column] = field(default_factory=dict)
    points_at: Mapping[str, Array] = field(default_factory=dict)
    owner: Array | None = None


def code_type(codes: CodeList) -> npt.DTypeLike:
    """The smallest integer type that holds every code of the list, and -1."""
    return np.int8 if len(codes.values) <= np.iinfo(np.int8).max else np.int32


def code_positions(codes: CodeList) -> Mapping[str, int]:
    """Return the integer that encodes each code of the list."""
    return {code: number for number, code in enumerate(codes.values)}


def list_fields(entity: Entity, name: str) -> tuple[str, ...]:
    """The names of the fields of a fact that is a list."""
    fact = entity.facts[name]
    return tuple(fact.fields) if fact.type.kind == "records" else (CODE,)
