"""Terms of the symbolic engine: Python values if known, Z3 expressions otherwise.

A term is a truth (``bool`` or a Z3 Boolean), a number (``int`` or :class:`Number`) or a code (a text, ``None`` or
:class:`Choice`). Every operation folds known values, so that Z3 sees only the parts that depend on unknown facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import z3

from hongqiao_rules.language.nodes import COMPARE, MIRRORED

Truth = Any
"""``bool`` or ``z3.BoolRef``."""


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """An unknown integer and its bounds.

    Attributes:
        expr: the Z3 integer.
        low: its lower bound.
        high: its upper bound.
        floor_of: a number and a divisor if the integer is their quotient, rounded down; then comparisons need no division.
    """

    expr: z3.ArithRef
    low: int
    high: int
    floor_of: tuple[Any, int] | None = None


Amount = int | Number


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """An unknown code: for each possible code, the truth that it is this code. Exactly one guard is true."""

    guards: Mapping[str | None, Truth]


Code = str | None | Choice

WIDEST = 256
"""A product or quotient of two unknown numbers is case-split if one of them has a range of at most this size."""


# --- truths -------------------------------------------------------------------------------------------------


def negation(part: Truth) -> Truth:
    """The truth that *part* is false."""
    return (not part) if isinstance(part, bool) else z3.Not(part)


def conjunction(parts: Iterable[Truth]) -> Truth:
    """The truth that all *parts* are true; parts after one that is False are not evaluated."""
    return _junction(parts, z3.And, deciding=False)


def disjunction(parts: Iterable[Truth]) -> Truth:
    """The truth that at least one of *parts* is true; parts after one that is True are not evaluated."""
    return _junction(parts, z3.Or, deciding=True)


def _junction(parts: Iterable[Truth], combine: Callable[..., Any], *, deciding: bool) -> Truth:
    open_: list[Any] = []
    for part in parts:
        if isinstance(part, bool):
            if part is deciding:
                return deciding
        else:
            open_.append(part)
    if not open_:
        return not deciding
    return open_[0] if len(open_) == 1 else combine(*open_)


# --- choosing -----------------------------------------------------------------------------------------------


def choose(condition: Truth, then: Any, otherwise: Any) -> Any:
    """*then* if *condition* is true, else *otherwise*; both are truths, numbers or codes."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    if then is otherwise or (_known(then) and _known(otherwise) and then == otherwise):
        return then
    if _is_truth(then) and _is_truth(otherwise):
        return disjunction([conjunction([condition, then]), conjunction([negation(condition), otherwise])])
    if isinstance(then, int | Number):
        low, high = min(_low(then), _low(otherwise)), max(_high(then), _high(otherwise))
        return Number(z3.If(condition, _expr(then), _expr(otherwise)), low, high)
    guards: dict[str | None, Truth] = {}
    for code, guard in _guards(then).items():
        guards[code] = conjunction([condition, guard])
    for code, guard in _guards(otherwise).items():
        guards[code] = disjunction([guards.get(code, False), conjunction([negation(condition), guard])])
    return choice(guards)


def _known(term: Any) -> bool:
    return term is None or isinstance(term, bool | int | str)


def _is_truth(term: Any) -> bool:
    return isinstance(term, bool | z3.BoolRef)


# --- numbers ------------------------------------------------------------------------------------------------


def _expr(term: Amount) -> Any:
    return term.expr if isinstance(term, Number) else int(term)


def _low(term: Amount) -> int:
    return term.low if isinstance(term, Number) else int(term)


def _high(term: Amount) -> int:
    return term.high if isinstance(term, Number) else int(term)


def total(parts: Iterable[Amount]) -> Amount:
    """The sum of *parts*."""
    known, open_ = 0, []
    for part in parts:
        if isinstance(part, Number):
            open_.append(part)
        else:
            known += int(part)
    if not open_:
        return known
    if len(open_) == 1 and known == 0:
        return open_[0]
    exprs = [part.expr for part in open_] + ([known] if known else [])
    summed = z3.Sum(exprs) if len(exprs) > 2 else exprs[0] + exprs[1]
    return Number(summed, known + sum(p.low for p in open_), known + sum(p.high for p in open_))


def difference(left: Amount, right: Amount) -> Amount:
    """Left minus right."""
    if not isinstance(left, Number) and not isinstance(right, Number):
        return left - right
    if not isinstance(right, Number) and right == 0:
        return left
    return Number(_expr(left) - _expr(right), _low(left) - _high(right), _high(left) - _low(right))


def product(left: Amount, right: Amount) -> Amount:
    """Left times right."""
    if not isinstance(left, Number):
        left, right = right, left
    if not isinstance(left, Number):
        return left * _low(right)
    if not isinstance(right, Number):
        if right in (0, 1):
            return left if right else 0
        ends = (left.low * right, left.high * right)
        return Number(left.expr * right, min(ends), max(ends))
    if left.high - left.low < right.high - right.low:
        left, right = right, left
    if right.high - right.low <= WIDEST:
        factor = left
        return _by_value(right, lambda value: product(factor, value))
    corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return Number(left.expr * right.expr, min(corners), max(corners))


def _by_value(number: Number, of: Callable[[int], Amount]) -> Amount:
    """Case-split a guarded number: one term for each value it can take."""
    found = of(number.high)
    for value in range(number.high - 1, number.low - 1, -1):
        found = choose(compare("==", number, value), of(value), found)
    return found


def floored(number: Amount, divisor: Amount) -> Amount:
    """*number* divided by a positive *divisor*, rounded down."""
    if isinstance(divisor, Number):
        if divisor.high - divisor.low <= WIDEST:
            return _by_value(divisor, lambda value: floored(number, value))
        ends = [end // by for end in (_low(number), _high(number)) for by in (divisor.low, divisor.high)]
        return Number(_integer(number, divisor) / divisor.expr, min(ends), max(ends))
    if not isinstance(number, Number):
        return number // divisor
    if divisor == 1:
        return number
    # Z3 also rounds down if the divisor is positive.
    return Number(number.expr / divisor, number.low // divisor, number.high // divisor, (number, divisor))


def _integer(number: Amount, beside: Number) -> Any:
    return number.expr if isinstance(number, Number) else z3.IntVal(number, beside.expr.ctx)


def rounded(numerator: Amount, denominator: Amount, step: int, way: str) -> Amount:
    """``numerator / denominator`` (positive) rounded to a multiple of *step*; ``half-up`` is away from zero."""
    if isinstance(denominator, Number):
        denominator = Number(denominator.expr, max(1, denominator.low), denominator.high)
    negative = compare("<", numerator, 0)
    size = choose(negative, difference(0, numerator), numerator)
    if isinstance(size, Number):
        size = Number(size.expr, max(0, size.low), max(abs(_low(numerator)), abs(_high(numerator))))
    unit = product(denominator, step)
    if way in ("half-up", "half-even"):
        doubled, twice = total([product(size, 2), unit]), product(unit, 2)
        steps = floored(doubled, twice)
        if way == "half-even":
            odd = compare("!=", product(floored(steps, 2), 2), steps)
            tie = conjunction([odd, compare("==", product(steps, twice), doubled)])
            steps = choose(tie, difference(steps, 1), steps)
    elif way == "up":
        steps = floored(total([size, unit, -1]), unit)
    else:
        steps = floored(size, unit)
    amount = product(steps, step)
    return choose(negative, difference(0, amount), amount)  # type: ignore[no-any-return]  # of two numbers, a number


def extreme(parts: Sequence[Amount], *, greatest: bool) -> Amount:
    """The greatest or the least of *parts*."""
    sign = ">=" if greatest else "<="
    found = parts[0]
    for part in parts[1:]:
        better = compare(sign, found, part)
        low, high = (max, max) if greatest else (min, min)
        chosen = choose(better, found, part)
        if isinstance(chosen, Number) and chosen is not found and chosen is not part:
            chosen = Number(chosen.expr, low(_low(found), _low(part)), high(_high(found), _high(part)))
        found = chosen
    return found


# --- comparisons --------------------------------------------------------------------------------------------


def compare(sign: str, left: Any, right: Any) -> Truth:
    """The truth of a comparison of two numbers, dates, codes or truths."""
    if _known(left) and _known(right):
        return bool(COMPARE[sign](left, right))
    if sign == "!=":
        return negation(compare("==", left, right))
    if isinstance(left, Choice) or isinstance(right, Choice):
        return _same_code(left, right)
    if _is_truth(left) and _is_truth(right):
        return choose(left, right, negation(right))
    if not isinstance(left, Number):
        left, right, sign = right, left, MIRRORED[sign]
    if left.floor_of is not None and not isinstance(right, Number):
        number, divisor = left.floor_of
        return _compare_floored(sign, number, divisor, right)
    decided = _decided(sign, left, right)
    return COMPARE[sign](left.expr, _expr(right)) if decided is None else decided


def nonzero(value: Amount | Truth) -> Truth:
    """The truth that a list shows an entry with this value: it is true, or an amount other than zero."""
    if _is_truth(value):
        return value
    return compare(">" if _low(value) >= 0 else "!=", value, 0)


def _decided(sign: str, left: Number, right: Amount) -> bool | None:
    """The result of a comparison if the bounds of its sides decide it, else ``None``."""
    below, above = left.high < _low(right), left.low > _high(right)
    if sign == "==":
        return False if below or above else None
    if sign in (">", ">="):
        below, above = above, below
        at_least = left.low >= _high(right), left.high <= _low(right)
    else:
        at_least = left.high <= _low(right), left.low >= _high(right)
    if sign in ("<=", ">="):
        return True if at_least[0] else (False if above else None)
    return True if below else (False if at_least[1] else None)


def _compare_floored(sign: str, number: Amount, divisor: int, right: int) -> Truth:
    """The truth of a comparison of ``number // divisor`` with a known number, without a division."""
    if sign in ("<", ">="):
        return compare(sign, number, right * divisor)
    if sign in ("<=", ">"):
        return compare({"<=": "<", ">": ">="}[sign], number, (right + 1) * divisor)
    return conjunction([compare(">=", number, right * divisor), compare("<", number, (right + 1) * divisor)])


# --- codes --------------------------------------------------------------------------------------------------


def choice(guards: Mapping[str | None, Truth]) -> Code:
    """The code whose guard is true."""
    possible = {code: guard for code, guard in guards.items() if guard is not False}
    return next(iter(possible)) if len(possible) == 1 else Choice(possible)


def _guards(code: Code) -> Mapping[str | None, Truth]:
    return code.guards if isinstance(code, Choice) else {code: True}


def _same_code(left: Code, right: Code) -> Truth:
    ones, others = _guards(left), _guards(right)
    return disjunction([conjunction([ones[code], others[code]]) for code in ones if code in others])


def among(code: Code, codes: Iterable[str]) -> Truth:
    """The truth that *code* is one of *codes*."""
    codes = set(codes)
    if not isinstance(code, Choice):
        return code in codes
    inside = [code for code in code.guards if code in codes]
    if len(inside) == len(code.guards):
        return True
    return disjunction([code.guards[one] for one in inside])
