"""Derive birth dates from citizen identity numbers (公民身份号码, GB 11643-1999): 18 characters, the last a check digit.

Positions 7 to 14 are the date of birth; the check digit is ISO 7064 MOD 11-2. The number is not passed on.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.population.read import arrow_columns
from hongqiao_rules.rulebook.all_definitions import Definitions

COLUMN = "id_number"
"""The name of the column in a mapping."""
REFUSED = "<id-number>"
"""The birth date of an invalid number, until its household is refused."""

_WRITTEN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_LENGTH = 18
_WEIGHTS = np.array([pow(2, _LENGTH - 1 - place, 11) for place in range(_LENGTH - 1)])
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)


def columns(definitions: Definitions) -> list[str]:
    """:data:`COLUMN` where the contained entities have a birth date, else nothing."""
    each = definitions.contained
    return [COLUMN] if each is not None and "birth_date" in each.facts and COLUMN not in each.facts else []


def derived(table: pa.Table) -> pa.Table:
    """*table* with birth dates in place of the identity numbers.

    An invalid number, or one that contradicts a stated birth date, gives :data:`REFUSED`. A stated birth date stays if there
    is no number or if it is not a date, so that its fault is reported.
    """
    column = table.column(COLUMN)
    if not arrow_columns.is_text(column.type):
        raise arrow_columns.refuse(COLUMN, column.type, "text")
    table = table.drop_columns([COLUMN])
    dates = birth_dates(column.cast(pa.string()).combine_chunks())
    if "birth_date" not in table.column_names:
        return table.append_column("birth_date", dates)
    place = table.column_names.index("birth_date")
    stated = table.column("birth_date").cast(pa.string()).combine_chunks()
    stated = pc.if_else(pc.equal(stated, ""), None, stated)
    written = pc.or_(pc.match_substring_regex(stated, _WRITTEN), pc.equal(dates, REFUSED))
    differs = pc.and_kleene(written, pc.not_equal(dates, stated)).fill_null(False)  # noqa: FBT003
    found = pc.if_else(differs, REFUSED, pc.coalesce(stated, dates))
    return table.set_column(place, "birth_date", found)


def birth_dates(numbers: pa.Array) -> pa.Array:
    """The birth date of each number as YYYY-MM-DD; null if it is empty, :data:`REFUSED` if it is invalid."""
    said = pc.ascii_upper(pc.utf8_trim_whitespace(numbers))
    right = pc.match_substring_regex(said, r"^[0-9]{17}[0-9X]$").fill_null(False)  # noqa: FBT003
    letters = arrow_columns.characters(said.filter(right)).reshape(-1, _LENGTH)
    digits = letters[:, :-1].astype(np.int64) - ord("0")
    holds = right.to_numpy(zero_copy_only=False).copy()
    holds[holds] = _CHECKS[digits @ _WEIGHTS % 11] == letters[:, -1]
    parts = [pc.utf8_slice_codeunits(said, *ends) for ends in ((6, 10), (10, 12), (12, 14))]
    dates = pc.binary_join_element_wise(*parts, "-")
    # An empty cell may be an empty text and means no number.
    none = pc.equal(said, "").fill_null(True)  # noqa: FBT003
    return pc.if_else(none, None, pc.if_else(pa.array(holds), dates, REFUSED))
