"""How the fields of households go together, column by column: every household that the border's checks refuse is marked.

The counterpart, household by household and with sentences, is :mod:`hongqiao_rules.border.checks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from hongqiao_rules.border.checks import ADULT, EARNING
from hongqiao_rules.engines import vectors
from hongqiao_rules.engines.columns import Array, Columns

if TYPE_CHECKING:
    from hongqiao_rules.population.reading import Stated


def check(
    columns: Columns, stated: Stated, day: int, positions: Callable[[str], Mapping[str, int]]
) -> tuple[Array, Array]:
    """Whose child each member is (a position, or -1), and which members may be refused."""
    each, offsets, owner = columns.each, columns.offsets, columns.owner
    assert owner is not None
    relationship, born = each["relationship"], each["birth_date"]
    marital, absence = each["marital_status"], each["absence"]
    assert isinstance(relationship, np.ndarray)
    assert isinstance(born, np.ndarray)
    assert isinstance(marital, np.ndarray)
    assert isinstance(absence, np.ndarray)
    kinds, married = positions("relationship"), positions("marital-status")["married"]
    applicants = np.flatnonzero(relationship == kinds["applicant"])
    applicant, wrong = _applicants(applicants, offsets, owner)
    there = absence.take(applicants) == positions("absence")["none"]
    wrong[applicants] |= ~there
    # What few members are is looked at member by member, what all of them are column by column.
    spouses = np.flatnonzero(relationship == kinds["spouse"])
    homes = owner.take(spouses)
    wrong[spouses[1:]] |= homes[1:] == homes[:-1]
    of = applicant.take(homes)
    wrong[spouses] |= (of < 0) | (marital.take(np.maximum(of, 0)) != married)
    wrong |= _repeated(stated.id, offsets, owner)
    parent: Array = np.full(len(owner), -1, np.int64)
    children = np.flatnonzero(relationship == kinds["child"])
    parent[children] = applicant.take(owner.take(children))
    if len(stated.children):
        parent[stated.children] = _stated_parents(stated, offsets, owner)
        wrong[stated.children] |= parent.take(stated.children) < 0
    has_parent = np.flatnonzero(parent >= 0)
    of = parent.take(has_parent)
    wrong[has_parent] |= (of == has_parent) | (born.take(of) > born.take(has_parent))
    if len(born) and born.max() > day:
        wrong |= born > day
    absent = stated.absent["incomes"]
    if absent is not None:
        wrong |= absent & (absence == positions("absence")["none"]) & (day - born >= EARNING * 10000)
    absent = stated.absent["marital_status"]
    if absent is not None:
        needed = np.zeros(len(owner), np.bool_)
        needed[applicants] = True
        needed[of] = True
        wrong |= needed & absent & (day - born >= ADULT * 10000)
    return parent, wrong


def _applicants(applicants: Array, offsets: Array, owner: Array) -> tuple[Array, Array]:
    """The applicant of each household, or -1; marked are the first members of households that have none or more than one.

    A household without members is marked elsewhere.
    """
    count, wrong = len(offsets) - 1, np.zeros(len(owner), np.bool_)
    homes = owner.take(applicants)
    if len(applicants) == count and np.array_equal(homes, np.arange(count)):
        return applicants, wrong
    first: Array = np.full(count, -1, np.int64)
    first[homes[::-1]] = applicants[::-1]
    filled = np.flatnonzero(offsets[1:] > offsets[:-1])
    wrong[offsets[:-1].take(filled)] = np.bincount(homes, minlength=count).take(filled) != 1
    return first, wrong


def _repeated(ids: Array, offsets: Array, owner: Array) -> Array:
    """Which members have the id of an earlier member of theirs."""
    repeated = np.zeros(len(ids), np.bool_)
    largest = int(np.diff(offsets).max(initial=0))
    if largest <= 8:
        for step in range(1, largest):
            repeated[step:] |= (ids[step:] == ids[:-step]) & (owner[step:] == owner[:-step])
        return repeated
    order = np.lexsort((ids, owner))
    same = (ids[order][1:] == ids[order][:-1]) & (owner[order][1:] == owner[order][:-1])
    repeated[order[1:][same]] = True
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
