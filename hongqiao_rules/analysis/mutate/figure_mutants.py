"""Mutate the figures of a parameter by the smallest step of their type."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hongqiao_rules.analysis.mutate.expression_mutants import code_changes
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Parameter
from hongqiao_rules.rulebook.value_text import parameter_value

_MOST_DECIMALS = 6


def figures(definitions: Definitions, parameter: Parameter) -> Iterator[tuple[int, str, Any, str, str]]:
    """Yield each change: the number of the period, the operator, the value, the text before and after."""
    for number, value in enumerate(parameter.values):
        if parameter.type.kind == "codes":
            known = tuple(definitions.codes[parameter.type.of or ""].values)
            for operator, codes, _ in code_changes(value.value, known):
                (code,) = codes ^ value.value
                if codes:  # no file can have an empty list
                    was, now = (code, "") if operator == "code dropped" else ("", code)
                    yield number, operator, codes, was, now
            continue
        steps = (1, 100) if parameter.type.kind == "money" and value.value % 100 == 0 else (1,)
        for step in map(Fraction, steps) if parameter.type.kind != "share" else (_step(value.value),):
            for changed in (value.value + step, value.value - step):
                if changed >= 0:
                    new = changed if parameter.type.kind == "share" else int(changed)
                    yield number, "figure", new, _said(parameter, value.value), _said(parameter, new)


def _said(parameter: Parameter, value: Any) -> str:
    if parameter.type.kind == "share" and (100 * value).denominator != 1 and _decimals(value) is not None:
        places = _decimals(value) or 0
        return f"{int(100 * value * 10**places) / 10**places:.{places}f}%"
    return str(json.loads(parameter_value(parameter, value)))


def _step(share: Fraction) -> Fraction:
    """The step by which to change a share: a unit of the last decimal of its percentage, or one over its denominator."""
    places = _decimals(share)
    return Fraction(1, share.denominator) if places is None else Fraction(1, 100 * 10**places)


def _decimals(share: Fraction) -> int | None:
    """The number of decimals of *share* as a percentage; ``None`` if it has no short decimal form."""
    return next((n for n in range(_MOST_DECIMALS + 1) if (share * 100 * 10**n).denominator == 1), None)
