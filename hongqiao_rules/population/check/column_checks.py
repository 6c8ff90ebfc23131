"""Evaluate input checks and derived defaults on columns; mask the households that may be invalid.

The columnar engine evaluates the declared checks. :mod:`hongqiao_rules.household.checks` finds the faults of a marked
household.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.columnar_engine import ColumnarEngine
from hongqiao_rules.engines.columnar.columns import Array, Column, Columns, code_positions
from hongqiao_rules.household.checks import constant
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.input_rules import NAMES, TAKEN, DatedInputs, Default, taking

Absent = Mapping[str, Array | None]
"""For each fact, a mask of the entities that do not state it; ``None`` if all do."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A stated reference.

    Attributes:
        rows: the positions of the entities that state it.
        positions: for every entity the position of the entity that it names, or -1.
        unstated: a mask of the entities that do not state it.
    """

    rows: Array
    positions: Array
    unstated: Array


@dataclass(frozen=True, slots=True)
class Stated:
    """The stated values of the members of a batch that the engine's columns do not have.

    Attributes:
        id: an integer for each member, equal where the ids are equal.
        references: the references by name.
        absent: for each fact a mask of the members that do not state it, or ``None`` if all do.
    """

    id: Array
    references: Mapping[str, Reference]
    absent: Mapping[str, Array | None]


class ColumnChecks:
    """The checks and derived defaults of a period, compiled for columns."""

    def __init__(self, inputs: DatedInputs) -> None:
        self.inputs = inputs
        self._defaults = [(one, ColumnarEngine(inputs.of(taking(one)))) for one in inputs.defaults]
        self._refused = ColumnarEngine(inputs.refused())

    def derive(self, columns: Columns, stated: Stated, of_root: Absent, day: int) -> Columns:
        """*columns* with derived defaults for absent facts, and for each reference the position it names (or -1)."""
        root, each = dict(columns.root), dict(columns.each)
        assert columns.owner is not None
        points_at = {name: one.positions.copy() for name, one in stated.references.items()}
        found = Columns(columns.count, columns.offsets, root, each, points_at, columns.owner)
        for one, engine in self._defaults:
            name, whole = one.definition.fact, one.definition.entity == self.inputs.root
            if name in points_at:
                values = engine.run(found, day).values
                rows = np.flatnonzero(values[TAKEN.format(name)] & stated.references[name].unstated)
                first = _first(values[NAMES.format(name)], columns)
                points_at[name][rows] = first.take(columns.owner.take(rows))
                continue
            missing, into = (of_root, root) if whole else (stated.absent, each)
            mask = missing.get(name)
            if mask is not None:
                taken = mask & engine.run(found, day).values[TAKEN.format(name)]
                into[name] = self._filled(one, into[name], taken)
        return found

    def _filled(self, one: Default, column: Column, rows: Array) -> Column:
        assert isinstance(column, np.ndarray)
        value, definitions = constant(one), self.inputs.definitions
        fact = definitions.entities[one.definition.entity].facts[one.definition.fact]
        if fact.type.kind == "code":
            value = code_positions(definitions.codes[fact.type.of or ""])[value]
        return vectors.chosen(rows, column.dtype.type(value), column)

    def refused(
        self, columns: Columns, stated: Stated, of_root: Absent, day: int
    ) -> tuple[Array | None, Array | None]:
        """Masks of the roots and of the contained entities that may be refused; ``None`` if none is."""
        assert columns.owner is not None
        members = len(columns.owner)
        wrong = _Wrong(members)
        wrong.rows(_repeated(stated.id, columns.offsets, columns.owner))
        for one in stated.references.values():
            wrong.where(one.positions.take(one.rows) < 0, one.rows)
        for pointing in columns.points_at.values():
            wrong.where(pointing == np.arange(members))
        root, each = dict(columns.root), dict(columns.each)
        for entity, name in self.inputs.needed:
            whole = entity == self.inputs.root
            mask = (of_root if whole else stated.absent).get(name)
            count = columns.count if whole else members
            (root if whole else each)[absent(name)] = np.zeros(count, np.bool_) if mask is None else mask
        given = Columns(columns.count, columns.offsets, root, each, columns.points_at, columns.owner)
        values = self._refused.run(given, day).values
        roots = None
        for conclusion in self._refused.conclusions:
            found = values[conclusion.name]
            if conclusion.entity == self.inputs.root:
                roots = found if found.any() else None
            else:
                wrong.where(found)
        return roots, wrong.found


def _first(holds: Array, columns: Columns) -> Array:
    """For each root the position of the first contained entity that is marked, or -1."""
    assert columns.owner is not None
    found = np.flatnonzero(holds)
    first: Array = np.full(columns.count, -1, np.int64)
    first[columns.owner.take(found[::-1])] = found[::-1]
    return first


class _Wrong:
    """A mask of the *count* members that may be refused, allocated when the first is marked."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.found: Array | None = None

    def where(self, mask: Array, rows: Array | None = None) -> None:
        """Mark those of *rows*, or of all members, that *mask* selects."""
        if mask.any():
            self.rows(np.flatnonzero(mask) if rows is None else rows[mask])

    def rows(self, rows: Array) -> None:
        """Mark the members *rows*."""
        if len(rows):
            if self.found is None:
                self.found = np.zeros(self._count, np.bool_)
            self.found[rows] = True


def _repeated(ids: Array, offsets: Array, owner: Array) -> Array:
    """A mask of the members whose id an earlier member of the same household has."""
    largest = int((offsets[1:] - offsets[:-1]).max(initial=0))
    if largest <= 8:
        found = [
            np.flatnonzero((ids[step:] == ids[:-step]) & (owner[step:] == owner[:-step])) + step
            for step in range(1, largest)
        ]
        return np.concatenate(found) if found else np.zeros(0, np.int64)
    order = np.lexsort((ids, owner))
    same = (ids[order][1:] == ids[order][:-1]) & (owner[order][1:] == owner[order][:-1])
    repeated: Array = order[1:][same]
    return repeated


def positions(ids: Array, rows: Array, named: Array, offsets: Array, owner: Array) -> Array:
    """For each of *rows*, the position of the entity that it names by the integer of its id, or -1."""
    # All pairs of such an entity and an entity of the same root.
    homes = owner.take(rows)
    expanded = vectors.expanded_offsets(offsets, homes)
    row = vectors.owners(expanded)
    others = vectors.expanded_positions(offsets, homes, expanded, row)
    same = np.flatnonzero(ids.take(others) == named.take(row))
    parent: Array = np.full(len(homes), -1, np.int64)
    parent[row.take(same)] = others.take(same)
    return parent
