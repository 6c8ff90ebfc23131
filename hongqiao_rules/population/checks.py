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
    columns: Columns, stated: Stated, owner: Array, day: int, positions: Callable[[str], Mapping[str, int]]
) -> tuple[Array, Array]:
    """Whose child each member is (a position, or -1), and which members may be refused."""
    each, offsets = columns.each, columns.offsets
    relationship, born = each["relationship"], each["birth_date"]
    marital, absence = each["marital_status"], each["absence"]
    assert isinstance(relationship, np.ndarray)
    assert isinstance(born, np.ndarray)
    assert isinstance(marital, np.ndarray)
    assert isinstance(absence, np.ndarray)
    kinds, married = positions("relationship"), positions("marital-status")["married"]
    away = absence != positions("absence")["none"]
    applies = relationship == kinds["applicant"]
    applicant = _first(applies, offsets)
    wrong = applies & away
    # Faults of the household as a whole are marked at its first member; one without members is marked elsewhere.
    filled = np.flatnonzero(offsets[1:] > offsets[:-1])
    first = offsets[:-1].take(filled)
    wrong[first] |= vectors.count_segments(applies, offsets).take(filled) != 1
    spouses = relationship == kinds["spouse"]
    if spouses.any():
        unmarried = marital.take(np.maximum(applicant, 0)) != married
        found = vectors.count_segments(spouses, offsets)
        wrong[first] |= ((found > 1) | ((found > 0) & unmarried)).take(filled)
    wrong |= _repeated(stated.id, offsets, owner)
    parent = np.where(relationship == kinds["child"], applicant.take(owner), -1)
    parent = _stated_parents(stated, offsets, owner, parent)
    wrong |= (stated.parent == -2) | ((stated.parent >= 0) & (parent < 0))
    has_parent = np.flatnonzero(parent >= 0)
    of = parent.take(has_parent)
    wrong[has_parent] |= (of == has_parent) | (born.take(of) > born.take(has_parent))
    wrong |= born > day
    wrong |= stated.absent["incomes"] & ~away & (day - born >= EARNING * 10000)
    needed = applies.copy()
    needed[of] = True
    wrong |= needed & stated.absent["marital_status"] & (day - born >= ADULT * 10000)
    return parent, wrong


def _first(holds: Array, offsets: Array) -> Array:
    """For each segment the position of the first that holds, or -1."""
    places = np.flatnonzero(holds)
    found = np.searchsorted(places, offsets)
    some = found[1:] > found[:-1]
    first: Array = np.where(some, np.append(places, -1).take(found[:-1]), -1)
    return first


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


def _stated_parents(stated: Stated, offsets: Array, owner: Array, default: Array) -> Array:
    """The default, or the position of the member that is stated as parent; -1 where there is no such member."""
    rows = np.flatnonzero(stated.parent != -1)
    if not len(rows):
        return default
    parent = default.copy()
    parent[rows] = -1
    # Every such member beside every member of the same household.
    homes = owner.take(rows)
    expanded = vectors.expanded_offsets(offsets, homes)
    row = vectors.owners(expanded)
    others = vectors.expanded_positions(offsets, homes, expanded, row)
    same = np.flatnonzero(stated.id.take(others) == stated.parent.take(rows).take(row))
    parent[rows.take(row.take(same))] = others.take(same)
    return parent
