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

SEPARATOR, INNER = ";", ":"
"""Separators in a text: between codes, and between the kind and grade of a disability."""
WRITTEN = "members.disabilities"
"""The record facts that may be given as text."""


class Shape:
    """The columns of an input, checked once for unknown and missing names.

    Raises:
        RequestError: a column is unknown or missing.
    """

    def __init__(self, schema: pa.Schema, definitions: Definitions) -> None:
        root, each = definitions.entities["household"], definitions.entities["member"]
        _known(schema.names, [*root.facts, "members"], "")
        _needed(schema.names, ["id", "members"], "")
        members = schema.field("members").type
        if not hasattr(members, "value_type") or not pa.types.is_struct(members.value_type):
            raise arrow_columns.refuse("members", members, "members")
        struct = members.value_type
        self.names = [struct.field(i).name for i in range(struct.num_fields)]
        self.kinds = list(definitions.codes["income-kind"].values)
        wide = wide_incomes(self.kinds)
        _known(self.names, [*each.facts, *wide], "members.")
        _needed(self.names, ["id", "relationship", "birth_date"], "members.")
        self.wide = [name for name in self.names if name in wide]
        if self.wide and "incomes" in self.names:
            raise RequestError("COLUMNS_CONFLICT", one="members.incomes", other=f"members.{self.wide[0]}")
        for fact in each.facts.values():
            if fact.type.kind == "records" and fact.name in self.names:
                _records(struct.field(fact.name).type, list(fact.fields), f"members.{fact.name}")
        self.texts = [
            name
            for name in self.names
            if name in each.facts
            and each.facts[name].type.kind in ("codes", "records")
            and arrow_columns.is_text(struct.field(name).type)
        ]

    def standard(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """*batch* in the standard form; unchanged if it has it."""
        batch = without_views(batch)
        if not self.wide and not self.texts:
            return batch
        place = batch.schema.get_field_index("members")
        offsets, members, null = arrow_columns.items(batch.column(place), "members")
        arrays = dict(zip(self.names, (members.field(i) for i in range(len(self.names))), strict=True))
        for name in self.texts:
            arrays[name] = _listed(arrow_columns.plain(arrays[name]), records=f"members.{name}" == WRITTEN)
        if self.wide:
            columns = {name: arrays.pop(name) for name in self.wide}
            arrays["incomes"] = _incomes(columns)
        struct = pa.StructArray.from_arrays(
            list(arrays.values()), list(arrays), mask=pa.array(arrow_columns.null_mask(members))
        )
        return batch.set_column(place, "members", list_array(offsets, struct, null))


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


def _records(kind: pa.DataType, fields: list[str], column: str) -> None:
    if pa.types.is_null(kind) or (arrow_columns.is_text(kind) and column == WRITTEN):
        return
    inner = getattr(kind, "value_type", kind)
    if pa.types.is_null(inner):
        return
    if not pa.types.is_struct(inner) or inner is kind:
        raise arrow_columns.refuse(column, kind, "incomes" if column == "members.incomes" else "records")
    names = [kind.value_type.field(i).name for i in range(kind.value_type.num_fields)]
    known = [*fields, *(f"{name}_fen" for name in fields if name == "monthly")]
    _known(names, known, f"{column}.")
    stated = [name.removesuffix("_fen") for name in names]
    _needed(stated, fields, f"{column}.")
    if len(set(stated)) < len(stated):
        raise RequestError("COLUMNS_CONFLICT", one=f"{column}.monthly", other=f"{column}.monthly_fen")


def _listed(said: pa.Array, *, records: bool) -> pa.Array:
    """Texts such as ``uremia;aids`` or ``visual:1`` as lists; an empty text is an empty list."""
    filled = pc.greater(pc.binary_length(said), 0).fill_null(False)  # noqa: FBT003
    # Most cells are empty: split only the others.
    split = pc.split_pattern(said.filter(filled), SEPARATOR)
    lengths = np.zeros(len(said), np.int64)
    lengths[filled.to_numpy(zero_copy_only=False)] = pc.list_value_length(split).to_numpy()
    offsets = np.zeros(len(said) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    items, null = split.flatten(), arrow_columns.nulls(said)
    if not records:
        return list_array(offsets, items, null)
    parts = pc.split_pattern(items, INNER, max_splits=1)
    kind = pc.list_element(parts, 0)
    two = pc.greater(pc.list_value_length(parts), 1)
    padded = pc.if_else(two, items, pc.binary_join_element_wise(items, pa.scalar(""), INNER))
    grade = pc.list_element(pc.split_pattern(padded, INNER, max_splits=1), 1)
    return list_array(offsets, pa.StructArray.from_arrays([kind, grade], ["kind", "grade"]), null)


def _incomes(columns: dict[str, pa.Array]) -> pa.Array:
    """Income columns, one for each kind, as lists; a member without any stated income has a null list."""
    units = {name.endswith("_fen") for name in columns}
    if len(units) > 1:
        one = next(name for name in columns if name.endswith("_fen"))
        other = next(name for name in columns if not name.endswith("_fen"))
        raise RequestError("COLUMNS_CONFLICT", one=f"members.{one}", other=f"members.{other}")
    for name, array in columns.items():
        if pa.types.is_floating(array.type):
            raise arrow_columns.refuse(f"members.{name}", array.type, "money")
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
