"""Find the exact faults of single rows that the column checks masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.facts_reader import FactsReader
from hongqiao_rules.household.reader import household_id
from hongqiao_rules.population.read.identity_numbers import REFUSED
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import FactDefinition, FieldDefinition
from hongqiao_rules.text.catalogue import Phrase

Parts = Mapping[str, FactDefinition | FieldDefinition]
"""The facts of an entity, or the fields of a record, by name."""


def rejects_schema(root: str) -> pa.Schema:
    """The columns of rejects, one row for each fault: table, row (from 1), the id of the *root*, and the fault."""
    texts = [(name, pa.string()) for name in (root, "path", "code", "message")]
    return pa.schema([("table", pa.string()), ("row", pa.int64()), *texts])


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
    # Two households without a valid id are not duplicates: the id has a fault of its own.
    again = repeated and household_id(stated) is not None
    faults = [Fault("DUPLICATE_HOUSEHOLD", "/id", name=household)] if again else []
    try:
        reader.read(plain(stated, reader.rulebook.definitions), day)
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


def plain(row: Mapping[str, Any], definitions: Definitions) -> dict[str, Any]:
    """A row as the JSON values of an input; a null becomes an absent field."""
    root, each = definitions.root, definitions.contained
    contained = {} if each is None or root.contains is None else {root.contains.named: each.facts}
    return _plain(row, root.facts, contained)


def _plain(row: Mapping[str, Any], parts: Parts, contained: Mapping[str, Parts]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in row.items():
        part = parts.get(name)
        if isinstance(value, list):
            fields = contained.get(name) or getattr(part, "fields", {})
            said[name] = [_plain(one, fields, {}) if isinstance(one, dict) else one for one in value]
        elif part is None and name.endswith("_fen") and isinstance(value, int):
            said[name.removesuffix("_fen")] = Decimal(value).scaleb(-2)
        elif value is not None:
            said[name] = value if part is None else _value(value, part.type.kind)
    return said


def _value(value: Any, kind: str) -> Any:
    """The JSON value of a truth or a number whose column is text."""
    if kind == "truth":
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
    if kind == "number" and isinstance(value, str) and re.fullmatch("0|-?[1-9][0-9]{0,17}", value):
        return int(value)
    return value


def table(rejects: Iterable[Reject], root: str, lang: str) -> pa.RecordBatch:
    """Rejects of a register of *root* as a batch, with sentences in the language *lang*."""
    rows: list[Mapping[str, Any]] = [
        {
            "table": reject.table,
            "row": reject.row,
            root: reject.household,
            "path": fault.path,
            "code": fault.code,
            "message": fault.say(lang),
        }
        for reject in rejects
        for fault in reject.faults
    ]
    return pa.RecordBatch.from_pylist(rows, schema=rejects_schema(root))
