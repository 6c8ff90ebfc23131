"""Format values of a rulebook as text: amounts, shares and parameters."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

from hongqiao_rules.rulebook.definitions import Parameter

quote: Callable[[str], str] = encode_basestring
"""The JSON form of a text."""


def compact(value: Any) -> str:
    """The JSON text of *value* without spaces, Chinese characters not escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def money(fen: int) -> str:
    """An amount of fen as yuan with two decimal places: ``1234`` is ``12.34``."""
    return f"{fen // 100}.{fen % 100:02}" if fen >= 0 else f"-{money(-fen)}"


def percent(share: Fraction) -> str:
    """A share as policy files write it: ``30%`` if the percentage is an integer, else ``1/3``."""
    hundred = share * 100
    return f"{hundred.numerator}%" if hundred.denominator == 1 else f"{share.numerator}/{share.denominator}"


def parameter_value(parameter: Parameter, value: Any) -> str:
    """The JSON text of a value of *parameter*."""
    match parameter.type.kind:
        case "money":
            return f'"{money(value)}"'
        case "share":
            return f'"{percent(value)}"'
        case "codes":
            return json.dumps(sorted(value))
    return str(value)


class Kept(dict[Any, Any]):
    """A cache of the results of ``make`` by argument. It is emptied at ``most`` entries. A hit is faster than a call."""

    def __init__(self, make: Callable[[Any], Any], most: int = 65536) -> None:
        super().__init__()
        self.make, self.most = make, most

    def __missing__(self, value: Any) -> Any:
        made = self.make(value)
        if len(self) >= self.most:
            self.clear()
        self[value] = made
        return made


MONEY: Callable[[int], str] = Kept(money).__getitem__
""":func:`money` with a cache."""
