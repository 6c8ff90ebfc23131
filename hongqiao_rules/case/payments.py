"""Compare, month by month, the amount paid with the amount due by what is known now.

The decision of the last day of an earlier month determines the payment of a month. The figure that the rulebook declares
as ``delay`` gives the number of months between a decision and its first payment.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hongqiao_rules.case.decisions import Decision, RuleChange, differences
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.errors import RequestError
from hongqiao_rules.household.fields import found, parse_money, yuan
from hongqiao_rules.text.catalogue import Phrase

LONGEST = 24
"""The number of months to search back for a decision."""

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Month:
    """One month's payment.

    Attributes:
        month: its first day.
        paid: yuan, by the decision of the time, or as stated by the caller.
        due: yuan, by what is known now; ``None`` if needed facts are missing (``now.faults``).
        then: the decision of the time by which the month was paid.
        now: the decision by which it should have been paid.
        decided: the day of the decision ``now``.
        rule: the id of the rule that gives the payment delay; ``None`` if there is no decision.
        basis: the basis of the delay for this month: ``attested``, ``inferred`` …
        rules: the rules whose results differ between the decisions, in rulebook order.
    """

    month: date
    paid: Decimal
    due: Decimal | None
    then: Decision
    now: Decision
    decided: date
    rule: str | None
    basis: str | None
    rules: tuple[RuleChange, ...]

    @property
    def difference(self) -> Decimal | None:
        """Yuan still owed to the household; negative if it was overpaid."""
        return None if self.due is None else self.due - self.paid


Decide = Callable[[date, date | None], Decision]
"""Returns the decision of a day by what was known on another day; by everything known if that is ``None``."""


def payments(decide: Decide, first: date, last: date, paid: Mapping[date, Decimal] | None) -> Iterator[Month]:
    """Yield the months from that of *first* to that of *last*; see :meth:`Case.payments`."""
    paid = None if paid is None else {month: _amount(month, amount) for month, amount in paid.items()}
    month = first.replace(day=1)
    while month <= last:
        decided, now = _in_force(decide, month, looking_back=False)
        _, then = _in_force(decide, month, looking_back=True)
        due = None if now.assessment is None else now.assessment.basis.total
        told = _paid(then) if paid is None else paid.get(month, NOTHING)
        rule, basis = (None, None) if now.assessment is None else _grade(now.assessment)
        rules = differences(then, now)
        yield Month(month, told, due, then, now, decided, rule, basis, rules)
        if (month.year, month.month) == (date.max.year, date.max.month):
            return
        month = _months_later(month, 1)


def _amount(month: Any, amount: Any) -> Decimal:
    """Parse the amount paid for a month; *month* must be the first day of one."""
    if not isinstance(month, date) or isinstance(month, datetime) or month.day != 1:
        raise RequestError("BAD_PAID", value=f"{month}: {amount}")
    fen = parse_money(amount)
    if fen is None:
        raise RequestError("BAD_PAID", value=Phrase("labelled", name=f"{month:%Y-%m}", value=found(amount)))
    return yuan(fen)


def _in_force(decide: Decide, month: date, *, looking_back: bool) -> tuple[date, Decision]:
    """The latest decision whose payment has begun by *month*, with its day."""
    unknown: tuple[date, Decision] | None = None
    for months in range(LONGEST):
        day = _last_day(_months_later(month, -months))
        decision = decide(day, day if looking_back else None)
        if decision.assessment is None:
            # No decision means no delay; report the faults of the month before.
            unknown = (day, decision) if months == 1 else unknown
            if months:
                break
        elif _delay(decision.assessment) <= months:
            return day, decision
    return unknown or (_last_day(_months_later(month, -1)), Decision(None))


def _delay(assessment: Assessment) -> int:
    basis = assessment.basis
    figure = basis.compiled.shown.result.delay
    delay = None if figure is None else basis.figure(figure)
    if delay is None:
        raise RequestError("NO_PAYMENT_RULE", figure=figure or "delay")
    return int(delay)


def _grade(assessment: Assessment) -> tuple[str | None, str | None]:
    """The id of the rule that gives the delay, and the basis of its value."""
    compiled = assessment.basis.compiled
    delay = next(c for c in compiled.dated.conclusions if c.name == compiled.shown.result.delay)
    rules = {candidate.rule.id for candidate in delay.candidates}
    for entry in assessment.citations:
        if entry["rule"] in rules:
            bases = [parameter["basis"] for parameter in entry["parameters"]]
            return entry["rule"], bases[0] if bases else entry["basis"]
    return None, None


def _paid(decision: Decision) -> Decimal:
    return NOTHING if decision.assessment is None else decision.assessment.basis.total


def _months_later(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
