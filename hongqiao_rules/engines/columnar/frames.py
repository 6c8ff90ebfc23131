"""Frames of evaluation: the rows that an expression is evaluated on, and the mapping of loop variables to them.

Every loop of a rule is flattened. A :class:`Frame` is a set of rows: one for each household, each member, each item of a
list, or each pair of a member and a child. A :class:`Scope` gives, for an expression inside some loops, its frame and the
row of each variable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.array_program import Plan, Register


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """Rows, and the rows of an outer frame that own them.

    Attributes:
        count: the number of rows.
        offsets: the first row of each owner, owners + 1 values.
        owner: the owner of each row.
        owners: the number of owners.
        few: True if most owners have no rows, so that work by row is cheaper than work by owner.
        listed: True if the offsets are an input and ``owner`` has to be computed.
    """

    count: Register
    offsets: Register | None = None
    owner: Register | None = None
    owners: Register | None = None
    few: bool = False
    listed: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """A loop variable: its home scope, and the row of it for each row of the current frame (``None``: the same row)."""

    home: Scope
    index: Register | None


@dataclass(frozen=True, eq=False, slots=True)
class Scope:
    """A frame, the root of each of its rows (``None`` if the rows are roots), and the variables by number."""

    frame: Frame
    root: Register | None
    places: Mapping[int, Place]


class Frames:
    """Builds the frames and scopes of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.root = Frame(plan.input("count"))
        offsets, owner = plan.input("offsets"), plan.input("owner")
        self.each = Frame(plan.add(vectors.items_of, offsets), offsets, owner, self.root.count)
        self.outermost = Scope(self.root, None, {})

    def of_each(self, variable: int) -> Scope:
        """The scope with one row for each contained entity, which is the value of *variable*."""
        places: dict[int, Place] = {}
        scope = Scope(self.each, self.each.owner, places)
        places[variable] = Place(scope, None)
        return scope

    def all_of(self, scope: Scope, variable: int) -> Scope:
        """The scope of a loop inside *scope* over all entities that the root contains."""
        return self._inside(scope, self.each, scope.root, variable, self.of_each(variable), None)

    def pointing_at(self, scope: Scope, relation: str, at: int, variable: int) -> Scope:
        """The scope of a loop inside *scope* over the entities whose reference *relation* names the entity of *at*."""
        add, points_at = self.plan.add, self.plan.input(("points_at", relation))
        pointing = add(vectors.pointing, points_at)
        owner = add(vectors.take, points_at, pointing)
        offsets = add(vectors.offsets_of, owner, self.each.count)
        pairs = Frame(add(vectors.size, owner), offsets, owner, self.each.count, few=True)
        rows = scope.places[at].index
        return self._inside(scope, pairs, rows, variable, self.of_each(variable), pointing)

    def items(self, scope: Scope, name: str, of: int | None, variable: int) -> Scope:
        """The scope of a loop inside *scope* over the list *name* of the entity of the variable *of* (``None``: the root)."""
        outer = self.root if of is None else self.each
        offsets = self.plan.input(("offsets", "root" if of is None else "each", name))
        owner = self.plan.add(vectors.owners, offsets)
        frame = Frame(
            self.plan.add(vectors.items_of, offsets), offsets, owner, outer.count, few=True, listed=True
        )
        places: dict[int, Place] = {}
        if of is None:
            home = Scope(frame, owner, places)
            rows = scope.root
        else:
            assert self.each.owner is not None
            home = Scope(frame, self.plan.add(vectors.take, self.each.owner, owner), places)
            places[of] = Place(self.of_each(of), owner)
            rows = scope.places[of].index
        places[variable] = Place(home, None)
        return self._inside(scope, frame, rows, variable, home, None)

    def _inside(
        self, scope: Scope, base: Frame, rows: Register | None, variable: int, home: Scope,
        index: Register | None,
    ) -> Scope:  # fmt: skip
        """The scope of a loop inside *scope* over the rows of *base*.

        Args:
            scope: the scope that contains the loop.
            base: the rows of the loop for each of its owners.
            rows: for each row of *scope*, the owner in *base* (``None``: the same row).
            variable: the variable of the loop.
            home: the home scope of the variable.
            index: for each row of *base*, the row of *home* (``None``: the same row).
        """
        frame, add = base, self.plan.add
        assert base.offsets is not None
        if rows is not None:
            offsets = add(vectors.expanded_offsets, base.offsets, rows)
            owner = add(vectors.owners, offsets)
            positions = add(vectors.expanded_positions, base.offsets, rows, offsets, owner)
            frame = Frame(add(vectors.items_of, offsets), offsets, owner, add(vectors.size, rows))
            index = positions if index is None else add(vectors.take, index, positions)
        assert frame.owner is not None
        places = {
            outer: Place(place.home, self._through(place.index, frame.owner))
            for outer, place in scope.places.items()
        }
        return Scope(frame, self._through(scope.root, frame.owner), {**places, variable: Place(home, index)})

    def _through(self, index: Register | None, owner: Register) -> Register:
        return owner if index is None else self.plan.add(vectors.take, index, owner)

    def lengths(self, frame: Frame) -> Register:
        """The number of rows of each owner."""
        return self.plan.add(np.diff, frame.offsets)


Value = Any
"""The value of an expression at compile time: a register or a constant."""
