"""Frames of evaluation: the rows an expression is evaluated on, and how loop variables map to them.

Every loop of a rule is laid out flat. A :class:`Frame` is one such layout: a row for each household, for each member,
for each item of a list, for each member and child. A :class:`Scope` says, for an expression inside some loops, in which
frame it stands and at which row each variable is.
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

    ``offsets`` are the segments by owner, ``owner`` is the same turned round, and ``owners`` is how many there are.
    ``few`` says that most owners have no rows, so that it costs less to go by the rows than by the owners; ``listed`` that the
    offsets were given, and whose each row is has to be worked out.
    """

    count: Register
    offsets: Register | None = None
    owner: Register | None = None
    owners: Register | None = None
    few: bool = False
    listed: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """A variable: the frame of its own that it comes from, and at which row of it, ``None`` where row by row."""

    home: Scope
    index: Register | None


@dataclass(frozen=True, eq=False, slots=True)
class Scope:
    """A frame, the root's row for each of its rows (``None`` where rows are roots), and the variables."""

    frame: Frame
    root: Register | None
    places: Mapping[int, Place]


class Frames:
    """The frames of a plan, each laid out once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.root = Frame(plan.input("count"))
        offsets, owner = plan.input("offsets"), plan.input("owner")
        self.each = Frame(plan.add(vectors.items_of, offsets), offsets, owner, self.root.count)
        self.outermost = Scope(self.root, None, {})

    def of_each(self, variable: int) -> Scope:
        """Row by row over the contained entities."""
        places: dict[int, Place] = {}
        scope = Scope(self.each, self.each.owner, places)
        places[variable] = Place(scope, None)
        return scope

    def all_of(self, scope: Scope, variable: int) -> Scope:
        """Inside *scope*, every entity that the root contains."""
        return self._inside(scope, self.each, scope.root, variable, self.of_each(variable), None)

    def pointing_at(self, scope: Scope, relation: str, at: int, variable: int) -> Scope:
        """Inside *scope*, the entities whose reference *relation* points at the variable *at*."""
        add, points_at = self.plan.add, self.plan.input(("points_at", relation))
        pointing = add(vectors.pointing, points_at)
        owner = add(vectors.take, points_at, pointing)
        offsets = add(vectors.offsets_of, owner, self.each.count)
        pairs = Frame(add(vectors.size, owner), offsets, owner, self.each.count, few=True)
        rows = scope.places[at].index
        return self._inside(scope, pairs, rows, variable, self.of_each(variable), pointing)

    def items(self, scope: Scope, name: str, of: int | None, variable: int) -> Scope:
        """Inside *scope*, the items of a list that is a fact of the variable *of* (``None``: of the root)."""
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
        """*base* laid out over *scope*, whose rows are at *rows* of the frame that owns *base* (``None``: the same).

        *index* is where the rows of *base* are in the frame of the variable's own, ``None`` where they are the same.
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
        """Return the number of rows of each owner."""
        return self.plan.add(np.diff, frame.offsets)


Value = Any
"""The value of an expression at compile time: a register or a constant."""
