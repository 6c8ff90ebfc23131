"""Convert Arrow batches of households to the columns of the engine, and mask rows to check singly.

The mask contains every row that the household reader refuses, and may contain valid rows too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.columns import (
    CODE,
    Array,
    Column,
    Columns,
    ListColumn,
    code_positions,
    code_type,
)
from hongqiao_rules.language.nodes import Type
from hongqiao_rules.population.check.column_checks import ColumnChecks, Reference, Stated, positions
from hongqiao_rules.population.read import arrow_amounts, arrow_columns
from hongqiao_rules.population.read.arrow_columns import Leaf
from hongqiao_rules.rulebook.definitions import FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.load import Rulebook


@dataclass(frozen=True, slots=True)
class Reading:
    """The columns of a batch.

    Attributes:
        columns: the engine's columns.
        members: the ids of the contained entities.
        marked: a mask of households that may be refused, or ``None`` if there are none.
        unread: whether a value could not be converted, so that the household reader must refuse it.
    """

    columns: Columns
    members: pa.Array
    marked: Array | None
    unread: bool


class Reader:
    """Reads batches by the declarations of a rulebook. Immutable, thread-safe."""

    def __init__(self, rulebook: Rulebook) -> None:
        definitions = rulebook.definitions
        self._rulebook, self.root, self.contained = rulebook, definitions.root, definitions.contained
        self._codes = {
            name: (pa.array(list(listed.values)), code_type(listed), code_positions(listed))
            for name, listed in definitions.codes.items()
        }
        self._checks: list[ColumnChecks] = []

    def _period(self, day: int) -> ColumnChecks:
        for known in self._checks:
            if known.inputs.start <= day <= known.inputs.end:
                return known
        made = ColumnChecks(self._rulebook.inputs(day))
        self._checks = [*self._checks, made]
        return made

    def read(self, batch: pa.RecordBatch, day: int) -> Reading:
        """Read the columns of *batch*, which has the standard form, for an assessment on *day* (yyyymmdd)."""
        marked = arrow_columns.identifiers(batch.column("id"), "id")
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        root = _Entity(self, self.root.facts, columns, len(batch), "")
        household = root.columns()
        offsets, each, null = self._contained(columns, len(batch))
        member, sizes = each.columns(), offsets[1:] - offsets[:-1]
        inside = self.root.contains
        if inside and len(sizes) and (sizes.min() < inside.least or sizes.max() > inside.most):
            marked = arrow_columns.either(marked, (sizes < inside.least) | (sizes > inside.most))
        owner = vectors.owners(offsets)
        stated = each.stated(offsets, owner)
        checks = self._period(day)
        given = Columns(len(batch), offsets, household, member, {}, owner)
        found = checks.derive(given, stated, root.absent, day)
        roots, wrong = checks.refused(found, stated, root.absent, day)
        of_members = arrow_columns.either(each.marked, wrong)
        if of_members is not None:
            of_members = vectors.any_marked(of_members, owner, len(batch))
        marked = arrow_columns.either(marked, null, root.marked, roots, of_members)
        return Reading(found, each.arrays["id"], marked, root.unread or each.unread)

    def _contained(self, columns: Mapping[str, pa.Array], count: int) -> tuple[Array, _Entity, Array | None]:
        """The offsets of the contained entities, these entities, and a mask of the roots that do not state them."""
        inside = self.root.contains
        if inside is None or self.contained is None:
            nobody = _Entity(self, {}, {"id": pa.array([], pa.string())}, 0, "")
            return np.zeros(count + 1, np.int64), nobody, None
        offsets, items, null = arrow_columns.items(columns[inside.named], inside.named)
        fields = {items.type.field(i).name: items.field(i) for i in range(items.type.num_fields)}
        each = _Entity(self, self.contained.facts, fields, len(items), f"{inside.named}.")
        each.mark(arrow_columns.nulls(items))
        return offsets, each, null

    def leaf(
        self, kind: Type, definition: FactDefinition | FieldDefinition, array: pa.Array, column: str,
        default: str | None = None,
    ) -> Leaf:  # fmt: skip
        """Convert a column of single values; a null code becomes *default*."""
        if pa.types.is_null(array.type):
            array = array.cast(pa.string())
        match kind.kind:
            case "code":
                known, dtype, _ = self._codes[kind.of or ""]
                return arrow_columns.codes(array, column, known, dtype, self.code(kind, default))
            case "date":
                return arrow_columns.date(array, column)
            case "money":
                read = arrow_amounts.fen if column.endswith("_fen") else arrow_amounts.money
                return read(array, column, definition.least, definition.most)
            case "number":
                return arrow_columns.number(array, column, definition.least, definition.most)
            case "truth":
                return arrow_columns.truth(array, column)
        raise AssertionError(kind)

    def code(self, kind: Type, value: str | None) -> int:
        """The integer of a code; -1 for ``None``."""
        return -1 if value is None else self._codes[kind.of or ""][2][value]

    def code_type(self, kind: Type) -> Any:
        """The dtype for the codes of a list."""
        return self._codes[kind.of or ""][1]


class _Entity:
    """Reads the columns of one entity fact by fact; ``marked`` collects rows that may be refused."""

    def __init__(
        self, reader: Reader, facts: Mapping[str, FactDefinition], arrays: Mapping[str, pa.Array], count: int,
        prefix: str,
    ) -> None:  # fmt: skip
        self.reader, self.facts, self.arrays, self.count, self.prefix = reader, facts, arrays, count, prefix
        self.marked: Array | None = None
        self.unread = False
        self.absent: dict[str, Array | None] = {}

    def mark(self, *masks: Array | None) -> None:
        """Add *masks* to the marked rows."""
        self.marked = arrow_columns.either(self.marked, *masks)

    def columns(self) -> dict[str, Column]:
        """A column for each fact that is neither text nor a reference."""
        for fact in self.facts.values():
            if fact.type.kind == "text" and fact.name != "id" and fact.name in self.arrays:
                said = arrow_columns.text(self.arrays[fact.name], f"{self.prefix}{fact.name}")
                self.mark(said.bad, said.null if fact.required else None)
        return {
            fact.name: self.column(fact)
            for fact in self.facts.values()
            if fact.type.kind not in ("text", "reference")
        }

    def stated(self, offsets: Array, owner: Array) -> Stated:
        """The ids and the references."""
        ids = arrow_columns.text(self.arrays["id"], f"{self.prefix}id")
        self.mark(ids.bad, ids.null)
        references = {
            fact.name: self._reference(fact.name, ids.values, offsets, owner)
            for fact in self.facts.values()
            if fact.type.kind == "reference"
        }
        return Stated(ids.values, references, self.absent)

    def _reference(self, name: str, ids: Array, offsets: Array, owner: Array) -> Reference:
        array = self.arrays.get(name)
        pointing: Array = np.full(self.count, -1, np.int64)
        if array is None or pa.types.is_null(array.type):
            return Reference(_NOBODY, pointing, np.ones(self.count, np.bool_))
        if not arrow_columns.is_text(array.type):
            raise arrow_columns.refuse(f"{self.prefix}{name}", array.type, "text")
        null = arrow_columns.nulls(array)
        rows = np.arange(self.count) if null is None else np.flatnonzero(~null)
        _, dictionary = arrow_columns.encode(self.arrays["id"])
        named = array if null is None else array.take(pa.array(rows))
        found = arrow_columns.codes(named, f"{self.prefix}{name}", dictionary, np.int64)
        if len(rows):
            pointing[rows] = positions(ids, rows, found.values, offsets, owner)
        return Reference(rows, pointing, np.zeros(self.count, np.bool_) if null is None else null)

    def column(self, fact: FactDefinition) -> Column:
        array, kind = self.arrays.get(fact.name), fact.type.kind
        if kind in ("codes", "records"):
            return self._list(fact, array)
        if array is None:
            self.absent[fact.name] = np.ones(self.count, np.bool_)
            if kind == "code":
                return np.full(
                    self.count, self.reader.code(fact.type, fact.default), self.reader.code_type(fact.type)
                )
            return np.full(self.count, fact.default or 0, _TYPES[kind])
        leaf = self.reader.leaf(fact.type, fact, array, f"{self.prefix}{fact.name}", fact.default)
        self.absent[fact.name] = leaf.null
        self.unread |= leaf.bad is not None
        self.mark(leaf.bad, leaf.null if fact.required else None)
        if fact.default and kind != "code" and leaf.null is not None:
            return vectors.chosen(leaf.null, leaf.values.dtype.type(fact.default), leaf.values)
        return leaf.values

    def _list(self, fact: FactDefinition, array: pa.Array | None) -> ListColumn:
        if array is None or pa.types.is_null(array.type):
            self.absent[fact.name] = np.ones(self.count, np.bool_)
            return ListColumn(np.zeros(self.count + 1, np.int64), self._nothing(fact))
        column = f"{self.prefix}{fact.name}"
        offsets, items, self.absent[fact.name] = arrow_columns.items(array, column)
        wrong = arrow_columns.nulls(items)
        fields: dict[str, Array] = {}
        if fact.type.kind == "codes":
            leaf = self.reader.leaf(Type("code", fact.type.of), fact, items, column)
            self.unread |= leaf.bad is not None
            fields[CODE], wrong = leaf.values, arrow_columns.either(wrong, leaf.bad)
        elif pa.types.is_null(items.type):
            # All lists are empty or hold nulls.
            offsets = offsets if len(items) == 0 else np.zeros_like(offsets)
            self.mark(np.full(self.count, len(items) > 0))
            fields, wrong = self._nothing(fact), None
        else:
            for name, field in fact.fields.items():
                place = _field(items, name)
                leaf = self.reader.leaf(
                    field.type, field, items.field(place), f"{column}.{items.type.field(place).name}"
                )
                self.unread |= leaf.bad is not None
                fields[name], wrong = leaf.values, arrow_columns.either(wrong, leaf.bad, leaf.null)
        sizes = offsets[1:] - offsets[:-1]
        if sizes.max(initial=0) > fact.most:
            self.mark(sizes > fact.most)
        if wrong is not None:
            self.mark(vectors.any_marked(wrong, vectors.owners(offsets), self.count))
        return ListColumn(offsets, fields)

    def _nothing(self, fact: FactDefinition) -> dict[str, Array]:
        if fact.type.kind == "codes":
            return {CODE: np.zeros(0, self.reader.code_type(fact.type))}
        return {
            name: np.zeros(0, self.reader.code_type(field.type) if field.type.kind == "code" else np.int64)
            for name, field in fact.fields.items()
        }


_TYPES = {"money": np.int64, "number": np.int64, "date": np.int32, "truth": np.bool_}
_NOBODY: Array = np.zeros(0, np.int64)


def _field(items: pa.Array, name: str) -> int:
    """The position of a record's field; the name of a money field may end in ``_fen``."""
    place = items.type.get_field_index(name)
    return int(place if place >= 0 else items.type.get_field_index(f"{name}_fen"))
