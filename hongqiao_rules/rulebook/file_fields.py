"""The types of single fields of policy files: days, names, codes, expressions."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _date(value: object) -> object:
    if isinstance(value, str) and _DATE.match(value):
        with suppress(ValueError):
            return date.fromisoformat(value).isoformat()
    raise PydanticCustomError("bad_date", "not a date")


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


_STRINGS: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_DAY = WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
Day = Annotated[str, BeforeValidator(_date), _DAY]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
NoticeCode = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Expression = Annotated[Text, Field(description="An expression of the rule language")]
Conditions = Annotated[list[Expression], BeforeValidator(_several), WithJsonSchema(_STRINGS)]
Choices = Annotated[list[Identifier], BeforeValidator(_several), WithJsonSchema(_STRINGS)]
FactNames = Annotated[list[FactName], BeforeValidator(_several), WithJsonSchema(_STRINGS)]
Basis = Literal["attested", "inferred", "convention", "recalled"]
Confidence = Literal["high", "medium", "low"]
