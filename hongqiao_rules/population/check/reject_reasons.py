"""Find the exact faults of single rows that the column checks masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.facts_reader import FactsReader
from hongqiao_rules.population.read.identity_numbers import REFUSED
from hongqiao_rules.text.catalogue import Phrase

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
"""The columns of rejects, one row for each fault: table, row (from 1), and the fault."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A refused row with all its faults."""

    table: str
    row: int
    household: str | None
    faults: tuple[Fault, ...]


def judge(
    batch: pa.RecordBatch, rows: Sequence[int], day: int, repeated: Sequence[bool], reader: FactsReader[Any]
) -> list[Reject]:
    """The refused households among those of *batch*, which have the row numbers *rows*, on *day* (yyyymmdd)."""
    found = (_judged(*one, day, reader) for one in zip(_stated(batch), rows, repeated, strict=True))
    return [reject for reject in found if reject is not None]


def _judged(
    stated: dict[str, Any] | Fault, row: int, repeated: bool, day: int, reader: FactsReader[Any]
) -> Reject | None:
    if isinstance(stated, Fault):
        return Reject("households", row, None, (stated,))
    household = stated.get("id")
    # Two households without an id are not duplicates.
    again = repeated and household is not None
    faults = [Fault("DUPLICATE_HOUSEHOLD", "/id", name=household)] if again else []
    try:
        reader.read(plain(stated), day)
    except HouseholdError as error:
        faults += [_of_identity(fault) for fault in error.faults]
    return Reject("households", row, household, tuple(faults)) if faults else None


def _of_identity(fault: Fault) -> Fault:
    """The fault of an identity number in place of the fault of the date derived from it; the number is not repeated."""
    if fault.code == "BAD_DATE" and REFUSED in str(fault.arguments.get("value")):
        return Fault("BAD_ID_NUMBER", fault.path)
    return fault


def _stated(batch: pa.RecordBatch) -> list[dict[str, Any] | Fault]:
    """The households as Python values, or the fault of one that Python cannot hold."""
    try:
        return list(batch.to_pylist())
    except UnicodeDecodeError:
        fault = Fault("NOT_UTF8", "")
    except (OverflowError, ValueError):
        fault = Fault("BAD_DATE", "", value=Phrase("column.no_day"))
    if len(batch) == 1:
        return [fault]
    half = len(batch) // 2
    return [*_stated(batch.slice(0, half)), *_stated(batch.slice(half))]


def plain(value: Any) -> Any:
    """A row as JSON values; a null becomes an absent field."""
    if isinstance(value, dict):
        said = {}
        for name, inner in value.items():
            if isinstance(inner, dict | list):
                said[name] = plain(inner)
            elif name in _NAMED:
                said.update(_field(name, inner))
            elif inner is not None:
                said[name] = inner
        return said
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value


_TRUTHS = ("receives_family_planning_support", "childless", "hardship_recognized")
_NAMED = frozenset((*_TRUTHS, "monthly_fen", "grade"))


def _field(name: str, value: Any) -> dict[str, Any]:
    """A field as JSON has it, from a column that may hold it in another form."""
    if value is None:
        return {}
    if name == "monthly_fen" and isinstance(value, int):
        return {"monthly": Decimal(value).scaleb(-2)}
    if isinstance(value, str):
        if name == "grade" and value.isascii() and value.isdigit() and value == str(int(value)):
            return {name: int(value)}
        if name in _TRUTHS:
            return {name: {"true": True, "false": False}.get(value, value)}
    return {name: value}


def table(rejects: Iterable[Reject], lang: str) -> pa.RecordBatch:
    """Rejects as a batch, with sentences in the language *lang*."""
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
