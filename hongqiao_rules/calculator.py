"""The public facade: one choice of rules, and all questions that it answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from hongqiao_rules.analysis import MOST_CHANGES, need_solver
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.load import bundled_rulebook, load

if TYPE_CHECKING:
    from hongqiao_rules.analysis.every_reading import Readings
    from hongqiao_rules.analysis.explore import Exploration
    from hongqiao_rules.analysis.margins import Margins
    from hongqiao_rules.analysis.schedule import Schedule
    from hongqiao_rules.analysis.why_not import WhyNot
    from hongqiao_rules.case.event_log import Record
    from hongqiao_rules.case.living_case import Case
    from hongqiao_rules.household.models import Household

    Stated = Household | Mapping[str, Any] | str | bytes
    """A :class:`Household`, a mapping of the same shape, or its JSON text."""


class Calculator(Edition):
    """Assesses households under one choice of rules. Immutable, cheap to share, safe in threads.

    Args:
        readings: The choices of readings, by name; others take their defaults.
        overlays: The overlays to apply, one name or several.
        policies: A folder of policy files, or several. A folder with a rulebook file replaces the bundled policies; any
            other is added to them.

    Raises:
        RequestError: A reading, a choice or an overlay does not exist.
        PolicyError: A policy file is invalid; each fault has its file, line and column.

    """

    def __init__(
        self,
        *,
        readings: Mapping[str, str] | None = None,
        overlays: Iterable[str] | str = (),
        policies: Path | str | Iterable[Path | str] | None = None,
    ) -> None:
        if policies is None:
            rulebook = bundled_rulebook()
        else:
            folders = [policies] if isinstance(policies, str | Path) else policies
            rulebook = load([Path(folder) for folder in folders])
        super().__init__(rulebook, readings, overlays)

    @overload
    def assess(self, household: Household | Mapping[str, Any], on: date) -> Assessment: ...
    @overload
    def assess(
        self, household: Household | Mapping[str, Any], on: date, *, readings: Literal["all"]
    ) -> Readings: ...
    def assess(
        self,
        household: Household | Mapping[str, Any],
        on: date,
        *,
        readings: Literal["all"] | None = None,
    ) -> Assessment | Readings:
        """Return the assessment of *household* on the day *on*.

        Args:
            household: A :class:`Household`, or a mapping of the same shape.
            on: The assessment date, which determines the rules and standards in force and the ages.
            readings: ``"all"`` for the assessments under every combination of readings, and the readings on which the result
                depends.

        Raises:
            HouseholdError: The household is invalid; ``faults`` has all faults.
            RequestError: The date is not modelled, or an overlay is not in force on it.

        """
        if readings is not None:
            if readings != "all":
                raise RequestError("BAD_READINGS", value=repr(readings)[:60])
            from hongqiao_rules.analysis.every_reading import every_reading

            return every_reading(self, household, on)
        return super().assess(household, on)

    def check_date(self, on: date) -> None:
        """Check that :meth:`assess` accepts a date.

        Raises:
            RequestError: The date is not modelled, or an overlay is not in force on it.
        """
        self.day(on)

    def open_case(
        self,
        household: str | None = None,
        *,
        record: Record | Path | str | None = None,
        inference: bool | None = None,
    ) -> Case:
        """Return a living case: it records events, and its decisions follow from them.

        Args:
            household: The id of the household; None for the one in an existing record.
            record: Where events are kept: a file of lines, or any :class:`~hongqiao_rules.case.event_log.Record`; None for
                memory.
            inference: True to update conclusions with durable-rules as facts change, False to recompute them with the
                direct engine; None for durable-rules if it is installed. The answers are the same.

        Raises:
            RecordError: The record is damaged, in use, or of another case.
            RequestError: *inference* is True and durable-rules is not installed.

        """
        from hongqiao_rules.case.living_case import open_case
        from hongqiao_rules.household.declared_models import need_household

        need_household(self.rulebook)
        return open_case(self, household, record, inference)

    # --- questions, with the extra ``proofs`` ----------------------------------------------------------------

    def explore(self, household: Stated, on: date) -> Exploration:
        """Return the possible results of a household with unknown facts.

        Args:
            household: A household; any field but ids, relationships and parents may be ``"unknown"``, also a whole list or
                a field of one of its records.
            on: The assessment date.

        Raises:
            HouseholdError: The stated facts are invalid for any values of the unknown ones.
            RequestError: The date is not modelled, or Z3 is not installed.

        """
        need_solver()
        from hongqiao_rules.analysis.explore import explore

        return explore(self, household, on)

    def why_not(self, household: Stated, target: str, on: date, *, most: int | None = MOST_CHANGES) -> WhyNot:
        """Return why a household does not get *target*, and the minimal changes of changeable facts that would give it.

        Args:
            household: A household without unknown facts.
            target: A programme, or the rule of a benefit or a deduction.
            on: The assessment date.
            most: The most changes to return, those with the fewest facts first; ``more`` is True if there are others. None
                for all.

        Raises:
            HouseholdError: The household is invalid.
            RequestError: The target does not exist, a fact is unknown, the date is not modelled, or Z3 is not installed.

        """
        need_solver()
        from hongqiao_rules.analysis.why_not import why_not

        return why_not(self, household, target, on, most)

    def margins(self, household: Stated, on: date) -> Margins:
        """Return how far each stated amount is from a change of the programme or of a benefit.

        Raises:
            HouseholdError: The household is invalid.
            RequestError: A fact is unknown, the date is not modelled, or Z3 is not installed.

        """
        need_solver()
        from hongqiao_rules.analysis.margins import margins

        return margins(self, household, on)

    def schedule(
        self, household: Stated, varying: str | None, on: date, most: Decimal | int | str | None = None
    ) -> Schedule:
        """Return the monthly total as a function of one amount, as exact linear pieces.

        Args:
            household: A household without unknown facts.
            varying: A JSON pointer to an amount (``/members/0/incomes/0/monthly``), ``incomes of ID`` or ``incomes of the
                applicant``: the sum of the counted incomes of that member, as one income of the first kind that is stated.
                Incomes that do not count on that day keep their amounts.
            on: The assessment date.
            most: The greatest amount, yuan; by default the greatest that can be stated.

        Raises:
            HouseholdError: The household is invalid.
            RequestError: The amount does not exist, a fact is unknown, the date is not modelled, or Z3 is not installed.

        """
        need_solver()
        from hongqiao_rules.analysis.schedule import schedule

        return schedule(self, household, varying, on, most)
