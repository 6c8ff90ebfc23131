"""Reshape tables of a register to the standard form: households with a list of members."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.population.read import arrow_columns
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition

SEPARATOR, INNER = ";", ":"
"""Separators in a text: between codes or records, and between the fields of a record."""


class Shape:
    """The columns of an input, checked once for unknown and missing names.

    Raises:
        RequestError: a column is unknown or missing.
    """

    def __init__(self, schema: pa.Schema, definitions: Definitions) -> None:
        root, each = definitions.root, definitions.contained
        inside = [] if root.contains is None else [root.contains.named]
        self._root = _Part([(field.name, field.type) for field in schema], root, "", inside)
        self._each: _Part | None = None
        for named in inside:
            kind = schema.field(named).type
            if each is None or not hasattr(kind, "value_type") or not pa.types.is_struct(kind.value_type):
                raise arrow_columns.refuse(named, kind, "members")
            struct = [kind.value_type.field(i) for i in range(kind.value_type.num_fields)]
            fields = [(field.name, field.type) for field in struct]
            self._each, self._named = _Part(fields, each, f"{named}.", [], income_kinds(definitions)), named

    def standard(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """*batch* in the standard form; unchanged if it has it."""
        batch = without_views(batch)
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        if self._each is not None and self._each.differs:
            offsets, items, null = arrow_columns.items(columns[self._named], self._named)
            fields = {items.type.field(i).name: items.field(i) for i in range(items.type.num_fields)}
            arrays = self._each.standard(fields)
            struct = pa.StructArray.from_arrays(
                list(arrays.values()), list(arrays), mask=pa.array(arrow_columns.null_mask(items))
            )
            columns[self._named] = list_array(offsets, struct, null)
        elif not self._root.differs:
            return batch
        columns = self._root.standard(columns)
        return pa.RecordBatch.from_arrays(list(columns.values()), list(columns))


class _Part:
    """The columns of one entity: those that are text but hold lists, and those of incomes by kind."""

    def __init__(
        self, columns: list[tuple[str, pa.DataType]], entity: Entity, prefix: str, inside: list[str],
        kinds: Iterable[str] = (),
    ) -> None:  # fmt: skip
        names, facts = [name for name, _ in columns], entity.facts
        wide = wide_incomes(kinds)
        _known(names, [*facts, *inside, *wide], prefix)
        _needed(names, [*(fact.name for fact in facts.values() if fact.required), *inside], prefix)
        self.prefix, self.wide = prefix, [name for name in names if name in wide]
        if self.wide and "incomes" in names:
            raise RequestError("COLUMNS_CONFLICT", one=f"{prefix}incomes", other=f"{prefix}{self.wide[0]}")
        self.texts: dict[str, list[str]] = {}
        for name, kind in columns:
            if name in facts and facts[name].type.kind in ("codes", "records"):
                if arrow_columns.is_text(kind) and not (name == "incomes" and wide):
                    self.texts[name] = list(facts[name].fields)
                elif facts[name].type.kind == "records":
                    _records(kind, facts[name], f"{prefix}{name}")
        self.differs = bool(self.wide or self.texts)

    def standard(self, arrays: dict[str, pa.Array]) -> dict[str, pa.Array]:
        """The columns in the standard form."""
        arrays |= {name: _listed(arrow_columns.plain(arrays[name]), of) for name, of in self.texts.items()}
        if self.wide:
            columns = {name: arrays.pop(name) for name in self.wide}
            arrays["incomes"] = _incomes(columns, self.prefix)
        return arrays


Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


def without_views(rows: Rows) -> Rows:
    """*rows* with plain strings in place of string views (from Polars), which Arrow cannot filter."""
    schema = pa.schema([field.with_type(_copied(field.type)) for field in rows.schema])
    return rows if schema.equals(rows.schema) else rows.cast(schema)


def _copied(kind: pa.DataType) -> pa.DataType:
    """The type with plain strings in place of string views."""
    if pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_struct(kind):
        return pa.struct(
            [f.with_type(_copied(f.type)) for f in (kind.field(i) for i in range(kind.num_fields))]
        )
    if pa.types.is_list(kind):
        return pa.list_(kind.value_field.with_type(_copied(kind.value_type)))
    if pa.types.is_large_list(kind):
        return pa.large_list(kind.value_field.with_type(_copied(kind.value_type)))
    return kind


def list_array(offsets: Array, items: pa.Array, null: Array | None = None) -> pa.Array:
    """A list array from offsets; lists marked by the mask are null."""
    mask = pa.array(null) if null is not None and null.any() else None
    if offsets[-1] > np.iinfo(np.int32).max:
        return pa.LargeListArray.from_arrays(pa.array(offsets), items, mask=mask)
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), items, mask=mask)


def contained(definitions: Definitions) -> str:
    """The name of the list of contained entities.

    Raises:
        RequestError: NOTHING_CONTAINED; the root contains nothing.
    """
    root = definitions.root
    if root.contains is None:
        raise RequestError("NOTHING_CONTAINED", root=root.name)
    return root.contains.named


def income_kinds(definitions: Definitions) -> Iterable[str]:
    """The kinds of incomes of the contained entities, each of which may have a column of its own."""
    each, kinds = definitions.contained, definitions.codes.get("income-kind")
    return kinds.values if each is not None and kinds is not None and "incomes" in each.facts else ()


def wide_incomes(kinds: Iterable[str]) -> list[str]:
    """The names of income columns, one for each kind, in yuan and in fen."""
    return [f"income_{kind}{unit}" for kind in kinds for unit in ("", "_fen")]


def _known(names: list[str], known: list[str], prefix: str) -> None:
    for name in names:
        if name not in known:
            raise RequestError(
                "UNKNOWN_COLUMN", column=prefix + name, known=tuple(known), meant=nearest(name, known)
            )
        if names.count(name) > 1:
            raise RequestError("COLUMN_TWICE", column=prefix + name)


def _needed(names: list[str], needed: list[str], prefix: str) -> None:
    for name in needed:
        if name not in names:
            raise RequestError("MISSING_COLUMN", column=prefix + name, names=tuple(names))


def _records(kind: pa.DataType, fact: FactDefinition, column: str) -> None:
    inner = getattr(kind, "value_type", kind)
    if pa.types.is_null(inner):
        return
    if not pa.types.is_struct(inner) or inner is kind:
        raise arrow_columns.refuse(column, kind, "incomes" if fact.name == "incomes" else "records")
    names = [inner.field(i).name for i in range(inner.num_fields)]
    money = [name for name, field in fact.fields.items() if field.type.kind == "money"]
    in_fen = {f"{name}_fen": name for name in money}
    _known(names, [*fact.fields, *in_fen], f"{column}.")
    stated = [in_fen.get(name, name) for name in names]
    _needed(stated, list(fact.fields), f"{column}.")
    for name in money:
        if stated.count(name) > 1:
            raise RequestError("COLUMNS_CONFLICT", one=f"{column}.{name}", other=f"{column}.{name}_fen")


def _listed(said: pa.Array, fields: list[str]) -> pa.Array:
    """Texts such as ``uremia;aids``, or of records such as ``visual:1``, as lists; an empty text is an empty list."""
    filled = pc.greater(pc.binary_length(said), 0).fill_null(False)  # noqa: FBT003
    # Most cells are empty: split only the others.
    split = pc.split_pattern(said.filter(filled), SEPARATOR)
    lengths = np.zeros(len(said), np.int64)
    lengths[filled.to_numpy(zero_copy_only=False)] = pc.list_value_length(split).to_numpy()
    offsets = np.zeros(len(said) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    items, null = split.flatten(), arrow_columns.nulls(said)
    if not fields:
        return list_array(offsets, items, null)
    count = len(fields)
    wanting = pc.subtract(count, pc.list_value_length(pc.split_pattern(items, INNER, max_splits=count - 1)))
    padded = pc.binary_join_element_wise(items, pc.binary_repeat(INNER, wanting), "")
    parts = pc.split_pattern(padded, INNER, max_splits=count - 1)
    columns = [pc.list_element(parts, number) for number in range(count)]
    return list_array(offsets, pa.StructArray.from_arrays(columns, fields), null)


def _incomes(columns: dict[str, pa.Array], prefix: str) -> pa.Array:
    """Income columns, one for each kind, as lists; a member without any stated income has a null list."""
    units = {name.endswith("_fen") for name in columns}
    if len(units) > 1:
        one = next(name for name in columns if name.endswith("_fen"))
        other = next(name for name in columns if not name.endswith("_fen"))
        raise RequestError("COLUMNS_CONFLICT", one=f"{prefix}{one}", other=f"{prefix}{other}")
    for name, array in columns.items():
        if pa.types.is_floating(array.type):
            raise arrow_columns.refuse(f"{prefix}{name}", array.type, "money")
    types = {array.type for array in columns.values() if not pa.types.is_null(array.type)}
    common = types.pop() if len(types) == 1 else pa.int64() if units == {True} else pa.string()
    amounts = pa.concat_arrays([array.cast(common) for array in columns.values()])
    count = len(amounts) // len(columns)
    stated = ~arrow_columns.null_mask(amounts).reshape(len(columns), count).T
    row, kind = np.nonzero(stated)
    offsets = np.zeros(count + 1, np.int64)
    np.cumsum(stated.sum(axis=1), out=offsets[1:])
    kinds = [name.removeprefix("income_").removesuffix("_fen") for name in columns]
    items = pa.StructArray.from_arrays(
        [
            pa.DictionaryArray.from_arrays(kind.astype(np.int32), kinds),
            amounts.take(pa.array(kind * count + row)),
        ],
        ["kind", "monthly_fen" if units == {True} else "monthly"],
    )
    return list_array(offsets, items, np.logical_not(stated.any(axis=1)))
