"""The questions a calculator answers beside an assessment. What answers them is imported when they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from hongqiao_rules.calculator import Calculator
    from hongqiao_rules.household import Household
    from hongqiao_rules.questions.changes import WhyNot
    from hongqiao_rules.questions.explore import Exploration
    from hongqiao_rules.questions.margins import Margins
    from hongqiao_rules.questions.schedule import Schedule

    Stated = Household | Mapping[str, Any] | str | bytes


MOST_CHANGES = 100
"""Of the changes that would turn an answer so many are told where nothing else is asked for."""


class Asking:
    """What :class:`~hongqiao_rules.Calculator` can be asked with the extra ``proofs``.

    A household is a :class:`~hongqiao_rules.Household`, a mapping of the same shape, or its JSON text.
    """

    def explore(self, household: Stated, on: date) -> Exploration:
        """What a household can come to of which not everything is known.

        Args:
            household: any field but ids, relationships and parents may be ``"unknown"``: a whole list, too, or one
                field of a record in it.
            on: the assessment date.

        Raises:
            HouseholdError: what is stated is refused, whatever the unknown fields are.
            RequestError: the date is not modelled, or Z3 is not installed.

        """
        from hongqiao_rules.questions import need_solver

        need_solver()
        from hongqiao_rules.questions.explore import explore

        return explore(cast("Calculator", self), household, on)

    def why_not(self, household: Stated, target: str, on: date, *, most: int | None = MOST_CHANGES) -> WhyNot:
        """Why a household does not get something, and every minimal change of what a person can change that would turn it.

        Args:
            household: a household of which everything is known.
            target: a programme, or the rule of a benefit or a deduction.
            on: the assessment date.
            most: so many changes are told at most, those of fewest facts first; ``more`` says whether there are others.
                ``None`` tells all of them.

        Raises:
            HouseholdError: the household is refused.
            RequestError: there is no such programme or rule, something is unknown, the date is not modelled, or Z3 is
                not installed.

        """
        from hongqiao_rules.questions import need_solver

        need_solver()
        from hongqiao_rules.questions.changes import why_not

        return why_not(cast("Calculator", self), household, target, on, most)

    def margins(self, household: Stated, on: date) -> Margins:
        """How far each stated figure is from turning the decision: the programme, or who is paid which benefit.

        Raises:
            HouseholdError: the household is refused.
            RequestError: something is unknown, the date is not modelled, or Z3 is not installed.

        """
        from hongqiao_rules.questions import need_solver

        need_solver()
        from hongqiao_rules.questions.margins import margins

        return margins(cast("Calculator", self), household, on)

    def schedule(
        self, household: Stated, varying: str, on: date, most: Decimal | int | str | None = None
    ) -> Schedule:
        """The monthly total as one amount varies, in exact pieces.

        Args:
            household: a household of which everything is known.
            varying: the amount: a JSON pointer to one (``/members/0/incomes/0/monthly``), or ``incomes of`` a member by
                id or ``incomes of the applicant``: all their incomes that count as one, of the kind that is stated first;
                what does not count on that day stays as it is.
            on: the assessment date.
            most: up to which amount, yuan; by default the most that can be stated.

        Raises:
            HouseholdError: the household is refused.
            RequestError: there is no such amount, something is unknown, the date is not modelled, or Z3 is not
                installed.

        """
        from hongqiao_rules.questions import need_solver

        need_solver()
        from hongqiao_rules.questions.schedule import schedule

        return schedule(cast("Calculator", self), household, varying, on, most)
