"""How the fields of households go together, column by column: every household that the border's checks refuse is marked.

The counterpart, household by household and with sentences, is :mod:`hongqiao_rules.border.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from hongqiao_rules.engines import vectors
from hongqiao_rules.engines.columns import Array, Columns

if TYPE_CHECKING:
    from hongqiao_rules.population.reading import Stated

ADULT, EARNING = 18, 16


def check(
    columns: Columns, stated: Stated, day: int, positions: Callable[[str], Mapping[str, int]]
) -> tuple[Array, Array | None]:
    """Whose child each member is (a position, or -1), and which members may be refused; ``None`` where none is."""
    each, offsets, owner = columns.each, columns.offsets, columns.owner
    assert owner is not None
    relationship, born = each["relationship"], each["birth_date"]
    marital, absence = each["marital_status"], each["absence"]
    assert isinstance(relationship, np.ndarray)
    assert isinstance(born, np.ndarray)
    assert isinstance(marital, np.ndarray)
    assert isinstance(absence, np.ndarray)
    kinds, married = positions("relationship"), positions("marital-status")["married"]
    here = positions("absence")["none"]
    # What few members are is looked at member by member, what all of them are column by column.
    wrong = _Wrong(len(owner))
    applicants = np.flatnonzero(relationship == kinds["applicant"])
    applicant = _applicants(applicants, offsets, owner, wrong)
    wrong.where(absence.take(applicants) != here, applicants)
    spouses = np.flatnonzero(relationship == kinds["spouse"])
    homes = owner.take(spouses)
    wrong.where(homes[1:] == homes[:-1], spouses[1:])
    of = applicant.take(homes)
    wrong.where((of < 0) | (marital.take(np.maximum(of, 0)) != married), spouses)
    wrong.rows(_repeated(stated.id, offsets, owner))
    parent: Array = np.full(len(owner), -1, np.int64)
    children = np.flatnonzero(relationship == kinds["child"])
    parent[children] = applicant.take(owner.take(children))
    if len(stated.children):
        found = _stated_parents(stated, offsets, owner)
        parent[stated.children] = found
        wrong.where(found < 0, stated.children)
    has_parent = np.flatnonzero(parent >= 0)
    of = parent.take(has_parent)
    wrong.where((of == has_parent) | (born.take(of) > born.take(has_parent)), has_parent)
    if len(born) and born.max() > day:
        wrong.where(born > day)
    absent = stated.absent["incomes"]
    if absent is not None:
        wrong.where(absent & (absence == here) & (day - born >= EARNING * 10000))
    absent = stated.absent["marital_status"]
    if absent is not None:
        for needed in (applicants, of):
            wrong.where(absent.take(needed) & (day - born.take(needed) >= ADULT * 10000), needed)
    return parent, wrong.found


class _Wrong:
    """Which of *count* members may be refused; mostly none is, and then nothing is made."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.found: Array | None = None

    def where(self, mask: Array, rows: Array | None = None) -> None:
        """Mark those of *rows*, or of all members, that *mask* marks."""
        if mask.any():
            self.rows(np.flatnonzero(mask) if rows is None else rows[mask])

    def rows(self, rows: Array) -> None:
        """Mark *rows*."""
        if len(rows):
            if self.found is None:
                self.found = np.zeros(self._count, np.bool_)
            self.found[rows] = True


def _applicants(applicants: Array, offsets: Array, owner: Array, wrong: _Wrong) -> Array:
    """The applicant of each household, or -1; the first members of households with none or more than one are marked *wrong*.

    A household without members is marked elsewhere.
    """
    count = len(offsets) - 1
    homes = owner.take(applicants)
    if len(applicants) == count and np.array_equal(homes, np.arange(count)):
        return applicants
    first: Array = np.full(count, -1, np.int64)
    first[homes[::-1]] = applicants[::-1]
    filled = np.flatnonzero(offsets[1:] > offsets[:-1])
    wrong.where(np.bincount(homes, minlength=count).take(filled) != 1, offsets[:-1].take(filled))
    return first


def _repeated(ids: Array, offsets: Array, owner: Array) -> Array:
    """The members that have the id of an earlier member of theirs."""
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


def _stated_parents(stated: Stated, offsets: Array, owner: Array) -> Array:
    """For each member of whom a parent is stated the parent's position; -1 where there is no such member."""
    # Every such member beside every member of the same household.
    homes = owner.take(stated.children)
    expanded = vectors.expanded_offsets(offsets, homes)
    row = vectors.owners(expanded)
    others = vectors.expanded_positions(offsets, homes, expanded, row)
    same = np.flatnonzero(stated.id.take(others) == stated.parent.take(row))
    parent: Array = np.full(len(homes), -1, np.int64)
    parent[row.take(same)] = others.take(same)
    return parent
