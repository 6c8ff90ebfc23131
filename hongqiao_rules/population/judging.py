"""Single rows of a batch before the border: what exactly is wrong with a household that was marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from hongqiao_rules.border.reading import read
from hongqiao_rules.errors import Fault, HouseholdError

REJECTS = pa.schema(
    [
        ("table", pa.string()),
        ("row", pa.int64()),
        ("household", pa.string()),
        ("path", pa.string()),
        ("code", pa.string()),
        ("message", pa.string()),
    ]
)
"""The columns of rejects: the table and the row (from 1) that was refused, then what is wrong, a row for each fault."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A refused row with all that is wrong with it."""

    table: str
    row: int
    household: str | None
    faults: tuple[Fault, ...]


def judge(batch: pa.RecordBatch, number: int, row: int, day: int, *, repeated: bool) -> Reject | None:
    """The reject of row *number* of *batch*, which is row *row* of the input; ``None`` where nothing is wrong."""
    try:
        stated: dict[str, Any] = batch.slice(number, 1).to_pylist()[0]
    except UnicodeDecodeError:
        return Reject("households", row, None, (Fault("NOT_UTF8", ""),))
    except (OverflowError, ValueError):
        # The one value that Arrow holds and Python does not.
        return Reject("households", row, None, (Fault("BAD_DATE", "", value="a day of no calendar"),))
    household = stated.get("id")
    faults = [Fault("DUPLICATE_HOUSEHOLD", "/id", name=household)] if repeated else []
    try:
        read(_plain(stated), day)
    except HouseholdError as error:
        faults += error.faults
    return Reject("households", row, household, tuple(faults)) if faults else None


def _plain(value: Any) -> Any:
    """A row as it would stand in JSON: what is null in a column is a field that was left out."""
    if isinstance(value, dict):
        return dict(_field(name, inner) for name, inner in value.items() if inner is not None)
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


def _field(name: str, value: Any) -> tuple[str, Any]:
    if name == "monthly_fen" and isinstance(value, int):
        return "monthly", Decimal(value).scaleb(-2)
    if isinstance(value, str):
        if name == "grade" and value.isascii() and value.isdigit():
            return name, int(value)
        if name in _TRUTHS:
            return name, {"true": True, "false": False}.get(value, value)
    return name, _plain(value)


_TRUTHS = ("receives_family_planning_support", "childless", "hardship_recognized")


def table(rejects: Iterable[Reject], lang: str) -> pa.RecordBatch:
    """Rejects as a batch, with sentences in ``"zh"`` or ``"en"``."""
    rows: list[Mapping[str, Any]] = [
        {
            "table": reject.table,
            "row": reject.row,
            "household": reject.household,
            "path": fault.path,
            "code": fault.code,
            "message": fault.say(lang),
        }
        for reject in rejects
        for fault in reject.faults
    ]
    return pa.RecordBatch.from_pylist(rows, schema=REJECTS)
