"""Compare, month by month, what was paid with what was due by what is now known.

A month is paid by the decision as of the last day of an earlier month. The rulebook's figure of ``delay`` gives the months from
a decision to its first payment.
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
"""The months a decision is looked back for."""

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Month:
    """One month's payment.

    Attributes:
        month: its first day.
        paid: yuan, by the decision of the time, or as it was given.
        due: yuan, by what is known now; ``None`` where something needed for it is missing (``now.faults``).
        then: the decision of the time by which the month was paid.
        now: the decision by which it should have been paid.
        decided: the day as of which ``now`` is taken.
        rule: the id of the rule that says which decision pays the month; ``None`` where there is no decision.
        basis: how well the value of that rule is known for this month: ``attested``, ``inferred`` …
        rules: the rules through which the decisions differ, in rulebook order.

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
        """Yuan still owed to the household; less than zero where it was overpaid."""
        return None if self.due is None else self.due - self.paid


Decide = Callable[[date, date | None], Decision]
"""The decision as of a day, by what was known on another; by all that is known where none is given."""


def payments(decide: Decide, first: date, last: date, paid: Mapping[date, Decimal] | None) -> Iterator[Month]:
    """The months from that of *first* to that of *last*; see :meth:`Case.payments`."""
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
    """Return the amount paid for a month; *month* must be the first day of one."""
    if not isinstance(month, date) or isinstance(month, datetime) or month.day != 1:
        raise RequestError("BAD_PAID", value=f"{month}: {amount}")
    fen = parse_money(amount)
    if fen is None:
        raise RequestError("BAD_PAID", value=Phrase("labelled", name=f"{month:%Y-%m}", value=found(amount)))
    return yuan(fen)


def _in_force(decide: Decide, month: date, *, looking_back: bool) -> tuple[date, Decision]:
    """The latest decision whose payment has begun by *month*: the day as of which it is, and itself."""
    unknown: tuple[date, Decision] | None = None
    for months in range(LONGEST):
        day = _last_day(_months_later(month, -months))
        decision = decide(day, day if looking_back else None)
        if decision.assessment is None:
            # Without a decision there is no delay to go by: what is missing one month before is what is told.
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
    """The rule that settled the delay, and the basis of the value it used."""
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
