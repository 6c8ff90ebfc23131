"""Convert engine results to Arrow batches: a row a household, and a row a line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pyarrow as pa

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.columnar_engine import Conclusions
from hongqiao_rules.engines.columnar.columns import Array, Columns
from hongqiao_rules.population.read import arrow_amounts, arrow_columns
from hongqiao_rules.rulebook.dating import Dated, DatedConclusion

CODE = pa.dictionary(pa.int32(), pa.string())
"""Text with few distinct values."""


def lines_schema(root: str) -> pa.Schema:
    """The columns of lines, one amount or entry each: ``member`` is null for the root, ``amount`` for an entry without one."""
    texts = [(root, pa.string()), ("list", CODE), ("rule", CODE), ("member", pa.string())]
    return pa.schema([*texts, ("amount", arrow_amounts.AMOUNT)])


class Layout:
    """The columns of results under one dated rulebook; only lines contain entries without amounts.

    The order is: figures of the assessment, thresholds, the rules of each list of amounts, all other figures.
    ``thresholds`` maps each threshold to the figure that is compared with it.
    """

    def __init__(self, dated: Dated, *, complete: bool, lines: bool = True) -> None:
        head = dated.linked.definitions.head
        self.dated, self.complete = dated, complete
        self.codes = dated.linked.definitions.codes
        named = {conclusion.name: conclusion for conclusion in dated.conclusions}
        self.figures = [named[name] for name in head.figures]
        self.listed = {name: _ordered(dated, name) for name in head.lists}
        self.lists = {name: listed for name, listed in self.listed.items() if head.entries[name] == "money"}
        thresholds = {c.name: c.candidates[0].rule.threshold_of for c in dated.conclusions}
        self.thresholds = {name: of for name, of in sorted(thresholds.items()) if of is not None}
        self.columns = [
            *(c for c in self.figures if c.name in head.assessment),
            *(named[name] for name in self.thresholds),
            *(c for listed in self.lists.values() for c in listed),
            *(c for c in self.figures if c.name not in head.assessment),
        ]
        every = [conclusion for listed in self.listed.values() for conclusion in listed]
        of_members = [conclusion for conclusion in self.columns if conclusion.entity != dated.root]
        self.summed = [conclusion.name for conclusion in of_members]
        wanted = [*(c for c in self.columns if c not in of_members), *(every if lines else ())]
        self.wanted = [conclusion.name for conclusion in wanted]
        self.notices = [notice.code for notice, _ in dated.notices]
        self.rules = [conclusion.candidates[0].rule.id for conclusion in every]
        self.scale = np.array([{"money": 1, "number": 100}.get(c.type.kind, 0) for c in every], np.int64)
        self.line_schema = lines_schema(dated.root)
        # These columns have mostly distinct values; a writer need not look for repetitions.
        self.distinct = (dated.root, *(c.name for c in self.figures if c.type.kind == "money"))
        columns = [
            (dated.root, pa.string()),
            *((c.name, _type(c)) for c in self.columns),
            ("complete", pa.bool_()),
            ("notices", pa.list_(pa.field("item", pa.string(), nullable=False))),
        ]
        self.schema = pa.schema([pa.field(*column, nullable=False) for column in columns])
        self.narrow = pa.schema(
            [f.with_type(arrow_amounts.NARROW) if f.type == arrow_amounts.AMOUNT else f for f in self.schema]
        )

    def results(
        self, ids: pa.Array, columns: Columns, found: Conclusions, *, narrow: bool = False
    ) -> pa.RecordBatch:
        """A row for each household; members' amounts are summed. *narrow* amounts use half the memory."""
        arrays = [arrow_columns.plain(ids)]
        wide = 0 if narrow else sum(conclusion.type.kind == "money" for conclusion in self.columns)
        rooms = iter(arrow_amounts.rooms(wide, columns.count))
        for conclusion in self.columns:
            of_root = conclusion.entity == self.dated.root
            values = (found.values if of_root else found.sums)[conclusion.name]
            arrays.append(self._column(conclusion, values, rooms, narrow=narrow))
        arrays.append(pa.repeat(pa.scalar(self.complete), columns.count))
        arrays.append(self._notices(found, columns.count))
        return pa.RecordBatch.from_arrays(arrays, schema=self.narrow if narrow else self.schema)

    def _column(
        self, conclusion: DatedConclusion, values: Array, rooms: Iterator[Array], *, narrow: bool
    ) -> pa.Array:
        match conclusion.type.kind:
            case "money":
                return (
                    arrow_amounts.narrow(values) if narrow else arrow_amounts.column(values, room=next(rooms))
                )
            case "code":
                known = list(self.codes[conclusion.type.of or ""].values)
                return pa.DictionaryArray.from_arrays(values.astype(np.int32), known)
            case "date":
                return pa.array(_dates(values.astype(np.int64)))
        return pa.array(values)

    def _notices(self, found: Conclusions, count: int) -> pa.Array:
        kind = self.schema.field("notices").type
        goes = {code: found.notices[code] for code in self.notices if found.notices[code].any()}
        usual = {code: np.count_nonzero(array) * 2 > count for code, array in goes.items()}
        differing = arrow_columns.either(*(array != usual[code] for code, array in goes.items()))
        alike = _alike(tuple(code for code, all_of_them in usual.items() if all_of_them), count, kind)
        if differing is None:
            return alike
        rows = np.flatnonzero(differing)
        if len(rows) * _SELDOM <= count:
            lists = [tuple(code for code, array in goes.items() if array[row]) for row in rows]
            return _patched(alike, rows.tolist(), [_alike(texts, 1, kind) for texts in lists])
        each, lengths = np.empty((count, len(goes)), np.bool_), np.zeros(count, np.int32)
        for number, array in enumerate(goes.values()):
            each[:, number] = array
            lengths += array
        offsets = np.zeros(count + 1, np.int32)
        np.cumsum(lengths, out=offsets[1:])
        numbers = np.broadcast_to(np.arange(len(goes), dtype=np.int32), each.shape)[each]
        texts = pa.array(list(goes), pa.string()).take(pa.array(numbers))
        return pa.ListArray.from_arrays(offsets, texts, type=kind)

    def lines(self, ids: pa.Array, members: pa.Array, columns: Columns, found: Conclusions) -> pa.RecordBatch:
        """A row for each non-zero amount and each entry, sorted by root, list, rule and contained entity."""
        owner = vectors.owners(columns.offsets) if columns.owner is None else columns.owner
        nothing: Array = np.zeros(0, np.int64)
        households, of, paid = [nothing], [nothing], [nothing]
        lists, rules = [nothing.astype(np.int32)], [nothing.astype(np.int32)]
        rule = 0
        for number, listed in enumerate(self.listed.values()):
            for conclusion in listed:
                values = found.values[conclusion.name]
                some = np.flatnonzero(values)
                of_root = conclusion.entity == self.dated.root
                households.append(some if of_root else owner.take(some))
                of.append(np.full(len(some), -1) if of_root else some)
                lists.append(np.full(len(some), number, np.int32))
                rules.append(np.full(len(some), rule, np.int32))
                paid.append(values.take(some).astype(np.int64))
                rule += 1
        household, member = np.concatenate(households), np.concatenate(of)
        number_of_rule = np.concatenate(rules)
        order = np.lexsort((member, number_of_rule, household))
        member, number_of_rule = member.take(order), number_of_rule.take(order)
        scale = self.scale.take(number_of_rule)
        arrays = [
            arrow_columns.plain(ids).take(pa.array(household.take(order))),
            pa.DictionaryArray.from_arrays(np.concatenate(lists).take(order), list(self.listed)),
            pa.DictionaryArray.from_arrays(number_of_rule, self.rules),
            arrow_columns.plain(members).take(pa.array(member, mask=member < 0)),
            arrow_amounts.column(np.concatenate(paid).take(order) * scale, scale == 0),
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.line_schema)


_SELDOM = 256
"""If at most one row in this many differs, copying the ranges between them is faster than writing every row."""


@lru_cache(maxsize=16)
def _alike(texts: tuple[str, ...], count: int, kind: pa.DataType) -> pa.Array:
    """The same list of texts, *count* times; most households of a date have the same notices."""
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(len(texts))
    return pa.ListArray.from_arrays(offsets, pa.array(texts * count, pa.string()), type=kind)


def _patched(array: pa.Array, rows: list[int], others: list[pa.Array]) -> pa.Array:
    """*array* with the rows *rows* (ascending) replaced by *others*, arrays of length 1."""
    pieces, begin = list[pa.Array](), 0
    for row, other in zip(rows, others, strict=True):
        pieces += (array[begin:row], other)
        begin = row + 1
    return pa.concat_arrays([*pieces, array[begin:]])


def _ordered(dated: Dated, name: str) -> list[DatedConclusion]:
    listed = [conclusion for conclusion in dated.conclusions if conclusion.list == name]
    return sorted(listed, key=lambda c: (c.candidates[0].rule.order, c.candidates[0].rule.id))


def _dates(days: Array) -> Array:
    """Convert yyyymmdd to dates."""
    months = (days // 10000 - 1970) * 12 + days // 100 % 100 - 1
    found: Array = months.astype("datetime64[M]").astype("datetime64[D]") + (days % 100 - 1)
    return found


def _type(conclusion: DatedConclusion) -> pa.DataType:
    match conclusion.type.kind:
        case "money":
            return arrow_amounts.AMOUNT
        case "code":
            return CODE
        case "date":
            return pa.date32()
        case "truth":
            return pa.bool_()
    return pa.int64()
