"""The input of the columnar engine: one array for each fact, and offsets for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hongqiao_rules.rulebook.definitions import CodeList

Array = npt.NDArray[Any]

CODE = ""
"""The field name of the items of a list of codes."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A list for each row: row *i* has the items from ``offsets[i]`` to ``offsets[i + 1]``.

    Attributes:
        offsets: int64, rows + 1, beginning with 0.
        fields: for each field of the records, an array over all items; for a list of codes, one array named :data:`CODE`.
    """

    offsets: Array
    fields: Mapping[str, Array]


Column = Array | ListColumn


@dataclass(frozen=True, slots=True)
class Columns:
    """The facts of ``count`` households (root entities).

    Money (fen) and numbers are int64, dates are int32 (yyyymmdd), truths are bool. A code is its index in the code list, with
    the dtype of :func:`code_type`, or -1 if it is absent and has no default.

    Attributes:
        count: the number of roots.
        offsets: int64, ``count + 1`` values beginning with 0: root *i* contains the entities from ``offsets[i]`` to
            ``offsets[i + 1]``.
        root: a column for each fact of the root.
        each: a column for each fact of the contained entities.
        points_at: for each reference, the index among all contained entities of the entity referred to, or -1.
        owner: the root index of each contained entity; ``None`` to compute it from the offsets.
    """

    count: int
    offsets: Array
    root: Mapping[str, Column]
    each: Mapping[str, Column] = field(default_factory=dict)
    points_at: Mapping[str, Array] = field(default_factory=dict)
    owner: Array | None = None


def code_type(codes: CodeList) -> npt.DTypeLike:
    """The dtype of a column of codes: int8 if it can hold all indices of the list and -1, else int32."""
    return np.int8 if len(codes.values) <= np.iinfo(np.int8).max else np.int32


def code_positions(codes: CodeList) -> Mapping[str, int]:
    """The index of each code in its list, which encodes it."""
    return {code: number for number, code in enumerate(codes.values)}
