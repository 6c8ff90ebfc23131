"""The types of single fields: text, dates, amounts, grades. Each has its own error codes."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from hongqiao_rules.household.json_text import InexactNumber, RepeatedKeys, writable
from hongqiao_rules.text.catalogue import Phrase, quoted

LONGEST_TEXT = 200
MOST_MEMBERS, MOST_ITEMS = 100, 50
LARGEST_YUAN = 9_999_999
UNKNOWN = "unknown"
"""A reserved word: no field accepts it as a value."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_AMOUNT = re.compile(r"([0-9]{1,7})(?:\.([0-9]{1,2}))?\Z")


class FrozenModel(BaseModel):
    """Base of the models of input: frozen, strict, unknown keys refused."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", revalidate_instances="never")


def found(value: Any) -> Phrase | str:
    """The words for a value of a wrong type in messages, such as ``a list``."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal() | InexactNumber():
            return Phrase("found.number", value=str(value)[:40])
        case str():
            return Phrase("found.text", value=quoted(writable(value[:40])))
        case dict() | RepeatedKeys():
            return Phrase("found.object")
        case list() | tuple():
            return Phrase("found.list")
    return "null" if value is None else type(value).__name__


def _shown(value: Any) -> Phrase | str:
    return quoted(writable(value[:40])) if isinstance(value, str) else found(value)


def _refuse(code: str, **arguments: Any) -> PydanticCustomError:
    return PydanticCustomError(code, "refused", arguments)


def parse_date(value: Any) -> date | None:
    """The date of a ``date`` or of a ``YYYY-MM-DD`` text; ``None`` for anything else."""
    if isinstance(value, date):
        return None if isinstance(value, datetime) else value
    return _written_date(value) if isinstance(value, str) and len(value) == 10 else None


@lru_cache(maxsize=65536)
def _written_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DATE.match(text) else None
    except ValueError:
        return None


def _date(value: Any) -> date:
    parsed = parse_date(value)
    if parsed is None:
        raise _refuse("BAD_DATE", value=_shown(value))
    return parsed


def parse_money(value: Any) -> int | None:
    """The fen of an amount of yuan: an ``int``, or a text or ``Decimal`` with at most two places; else ``None``."""
    if isinstance(value, str):
        return _written_money(value) if len(value) <= 10 else None
    if isinstance(value, int) and not isinstance(value, bool):
        return value * 100 if 0 <= value <= LARGEST_YUAN else None
    if isinstance(value, Decimal) and value.is_finite() and 0 <= value < LARGEST_YUAN + 1:
        _, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int)  # the number is finite
        return int(value * 100) if exponent >= -2 or not any(digits[exponent + 2 :]) else None
    return None


@lru_cache(maxsize=65536)
def _written_money(text: str) -> int | None:
    match = _AMOUNT.match(text)
    return None if match is None else int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0"))


def _money(value: Any) -> Decimal:
    fen = parse_money(value)
    if fen is None:
        text = str(value)
        if isinstance(value, float | InexactNumber) and parse_money(text) is not None:
            raise _refuse("MONEY_AS_FLOAT", value=text)
        raise _refuse("BAD_MONEY", value=_shown(value))
    return yuan(fen)


@lru_cache(maxsize=65536)
def yuan(fen: int) -> Decimal:
    """An amount of fen as yuan with two decimal places."""
    return Decimal(fen).scaleb(-2)


def _grade(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 4:
        return value
    raise _refuse("BAD_GRADE", value=_shown(value))


def _not_null(value: Any) -> Any:
    if value is None:
        raise _refuse("NULL_VALUE")
    return value


NotNull = BeforeValidator(_not_null)
"""The annotation of a field that may be absent but not null."""
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Day = Annotated[date, BeforeValidator(_date)]
Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": LARGEST_YUAN},
                {"type": "string", "pattern": r"^[0-9]{1,7}(\.[0-9]{1,2})?$"},
            ]
        }
    ),
]
Grade = Annotated[
    int, BeforeValidator(_grade), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 4})
]
Several = Field(strict=False, max_length=MOST_ITEMS)
"""The field of a list, which is a tuple in Python."""
