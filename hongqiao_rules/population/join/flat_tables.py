"""Join two flat tables in memory to nested households."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.errors import Fault, RequestError
from hongqiao_rules.population.check.reject_reasons import Reject
from hongqiao_rules.population.read import arrow_columns
from hongqiao_rules.population.read.table_shapes import contained, list_array
from hongqiao_rules.rulebook.all_definitions import Definitions


class Nested(NamedTuple):
    """Households with their members, and the member rows without a household."""

    households: pa.RecordBatch
    orphans: tuple[Reject, ...]


def nested(households: pa.Table | None, members: pa.Table, definitions: Definitions) -> Nested:
    """Nest members in households, one row for each household, its members in row order.

    Args:
        households: a row for each household with its ``id``; without it, every household that a member names.
        members: a row for each member, with the id of the household in the column that has the root's name.
        definitions: the vocabulary, which names the root and the list of what it contains.

    Raises:
        RequestError: a column that links the tables is missing or is not text, or the root contains nothing.
    """
    named = contained(definitions)
    root = definitions.root.name
    link = _linking(members, root)
    if households is None:
        households = pa.table({"id": pc.unique(link.drop_null())})
    ids = _linking(households, "id")
    # The first row of a repeated id gets the members; the later row is refused as a duplicate.
    found = pc.index_in(link, value_set=ids)
    lost = arrow_columns.null_mask(link) | arrow_columns.null_mask(found)
    orphans = tuple(
        orphan(row + 1, name, root)
        for row, name in zip(
            np.flatnonzero(lost).tolist(), link.filter(pa.array(lost)).to_pylist(), strict=True
        )
    )
    owner: Array = found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    owner[lost] = -1
    rows = np.flatnonzero(~lost)
    owner = owner.take(rows)
    if np.any(owner[1:] < owner[:-1]):
        order = np.argsort(owner, kind="stable")
        rows, owner = rows.take(order), owner.take(order)
    fields = members.drop_columns([root]).combine_chunks()
    if not np.array_equal(rows, np.arange(len(members))):
        fields = fields.take(pa.array(rows))
    struct = pa.StructArray.from_arrays(
        [arrow_columns.whole(column) for column in fields.columns], fields.column_names
    )
    offsets = np.zeros(len(households) + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=len(households)), out=offsets[1:])
    column = list_array(offsets, struct)
    arrays = [*(arrow_columns.whole(c) for c in households.columns), column]
    return Nested(pa.RecordBatch.from_arrays(arrays, [*households.column_names, named]), orphans)


def orphan(row: int, household: str | None, root: str) -> Reject:
    """The reject of a member row, counted from 1, whose *root* is missing or not stated."""
    stated = household is not None and household != ""
    fault = (
        Fault("ORPHAN_MEMBER", f"/{root}", name=household)
        if stated
        else Fault("MISSING_FIELD", f"/{root}", name=root)
    )
    return Reject("members", row, household, (fault,))


def _linking(table: pa.Table, name: str) -> pa.Array:
    if name not in table.column_names:
        raise RequestError("MISSING_COLUMN", column=name, names=tuple(table.column_names))
    column = arrow_columns.whole(table.column(name))
    if not arrow_columns.is_text(column.type):
        raise arrow_columns.refuse(name, column.type, "text")
    return arrow_columns.plain(column)
