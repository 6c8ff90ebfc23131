"""The columnar engine: evaluate a dated rulebook on whole columns of households.

The rulebook is compiled once to a sequence of array operations (:mod:`hongqiao_rules.engines.columnar.columnar_compiler`)
that is run for every chunk. NumPy's integers overflow silently; loading the rulebook has shown that no value exceeds 64
bits (:mod:`hongqiao_rules.rulebook.ranges`).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.array_program import Program
from hongqiao_rules.engines.columnar.columnar_compiler import Writer
from hongqiao_rules.engines.columnar.columns import Array, Columns, ListColumn
from hongqiao_rules.rulebook.dating import Dated


class ColumnarEngine:
    """A dated rulebook compiled to evaluate many households at a time. Immutable and thread-safe.

    Args:
        dated: the rulebook in a period.
        wanted: the names of the conclusions to evaluate; by default all.
        notices: True to evaluate the conditions of the notices.
        summed: the names of conclusions about contained entities to sum for each root.
    """

    def __init__(
        self, dated: Dated, wanted: Iterable[str] | None = None, *, notices: bool = True,
        summed: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.dated = dated
        writer = Writer(dated)
        for conclusion in dated.conclusions:
            writer.conclude(conclusion)
        names = None if wanted is None else set(wanted)
        self.conclusions = tuple(c for c in dated.conclusions if names is None or c.name in names)
        results = [writer.column(c) for c in self.conclusions]
        self.notices = tuple(notice for notice, _ in dated.notices) if notices else ()
        results += [writer.notice(when) for _, when in dated.notices] if notices else []
        self.summed = tuple(c for c in dated.conclusions if c.name in summed)
        results += [writer.total(c) for c in self.summed]
        self.program: Program = writer.plan.program(results)

    def run(self, columns: Columns, day: int) -> Conclusions:
        """Evaluate the conclusions for *columns* on *day* (yyyymmdd), which must be in the period of the rulebook."""
        found = self.program.run(lambda key: _given(columns, day, key))
        arrays = iter(found)
        return Conclusions(
            {conclusion.name: next(arrays) for conclusion in self.conclusions},
            {notice.code: next(arrays) for notice in self.notices},
            {conclusion.name: next(arrays) for conclusion in self.summed},
        )


class Conclusions:
    """The results of many households.

    Attributes:
        values: for each conclusion, a column over the roots or the contained entities, whichever it is about.
        notices: for each notice, by code, a bool column over the roots.
        sums: for each summed conclusion, a column over the roots.
    """

    __slots__ = ("notices", "sums", "values")

    def __init__(
        self, values: Mapping[str, Array], notices: Mapping[str, Array], sums: Mapping[str, Array]
    ) -> None:
        self.values, self.notices, self.sums = values, notices, sums


def _given(columns: Columns, day: int, key: Hashable) -> Any:
    """The value of the program's input *key* in *columns*."""
    match key:
        case "count":
            return columns.count
        case "offsets":
            return columns.offsets
        case "owner":
            return vectors.owners(columns.offsets) if columns.owner is None else columns.owner
        case "day":
            return day
        case ("points_at", str(relation)):
            return columns.points_at[relation]
        case ("root" | "each" as whose, str(name)):
            return (columns.root if whose == "root" else columns.each)[name]
        case ("offsets", str(whose), str(name)):
            return _list(columns, whose, name).offsets
        case ("field", str(whose), str(name), str(field)):
            return _list(columns, whose, name).fields[field]
    raise AssertionError(key)


def _list(columns: Columns, whose: str, name: str) -> ListColumn:
    column = (columns.root if whose == "root" else columns.each)[name]
    assert isinstance(column, ListColumn)
    return column
