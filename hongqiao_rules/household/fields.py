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
_AMOUNT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]{1,2}))?\Z")
MONEY_RANGE = (0, LARGEST_YUAN * 100 + 99)
"""The least and the greatest amount of an ordinary fact, fen."""


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


def parse_money(value: Any, least: int = MONEY_RANGE[0], most: int = MONEY_RANGE[1]) -> int | None:
    """The fen of an amount from *least* to *most* fen, or ``None``.

    An amount is an ``int`` of yuan, or a text or ``Decimal`` of yuan with at most two places.
    """
    fen: int | None = None
    if isinstance(value, str):
        count = digits(least, most)
        fen = _written_money(value, count) if len(value) <= count + 4 else None
    elif isinstance(value, int) and not isinstance(value, bool):
        fen = value * 100
    elif isinstance(value, Decimal) and value.is_finite() and value.adjusted() < 14:
        _, written, exponent = value.as_tuple()
        assert isinstance(exponent, int)  # the number is finite
        fen = int(value * 100) if exponent >= -2 or not any(written[exponent + 2 :]) else None
    return fen if fen is not None and least <= fen <= most else None


@lru_cache(maxsize=65536)
def _written_money(text: str, digits: int) -> int | None:
    """Return the fen of a text with at most so many *digits* before the point."""
    match = _AMOUNT.match(text)
    if match is None or len(match[2]) > digits:
        return None
    fen = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))
    return fen if not match[1] else -fen or None


def _money(least: int, most: int) -> BeforeValidator:
    """Return the check of an amount from *least* to *most* fen."""

    def check(value: Any) -> Decimal:
        fen = parse_money(value, least, most)
        if fen is not None:
            return yuan(fen)
        written = str(value)
        if isinstance(value, float | InexactNumber) and parse_money(written, least, most) is not None:
            raise _refuse("MONEY_AS_FLOAT", value=written)
        if (least, most) == MONEY_RANGE:
            raise _refuse("BAD_MONEY", value=_shown(value))
        raise _refuse("BAD_AMOUNT", value=_shown(value), least=str(yuan(least)), most=str(yuan(most)))

    return BeforeValidator(check)


def _money_schema(least: int, most: int) -> WithJsonSchema:
    text = f"^{'-?' if least < 0 else ''}[0-9]{{1,{digits(least, most)}}}(\\.[0-9]{{1,2}})?$"
    whole = {"type": "integer", "minimum": -(-least // 100), "maximum": most // 100}
    return WithJsonSchema({"anyOf": [whole, {"type": "string", "pattern": text}]})


def money_between(least: int, most: int) -> Any:
    """Return the annotation of an amount from *least* to *most* fen."""
    return Annotated[Decimal, _money(least, most), _money_schema(least, most)]


def number_between(least: int, most: int) -> Any:
    """Return the annotation of a whole number from *least* to *most*."""

    def check(value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        raise _refuse("BAD_NUMBER", value=_shown(value), least=least, most=most)

    schema = WithJsonSchema({"type": "integer", "minimum": least, "maximum": most})
    return Annotated[int, BeforeValidator(check), schema]


def digits(least: int, most: int) -> int:
    """Return how many digits the whole yuan of an amount from *least* to *most* fen may have."""
    return len(str(max(abs(least), abs(most)) // 100))


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
Money = Annotated[Decimal, _money(*MONEY_RANGE), _money_schema(*MONEY_RANGE)]
Grade = Annotated[
    int, BeforeValidator(_grade), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 4})
]
Several = Field(strict=False, max_length=MOST_ITEMS)
"""The field of a list, which is a tuple in Python."""
