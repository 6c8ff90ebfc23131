"""The public facade: one choice of rules, and everything that can be asked under it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from hongqiao_rules.analysis import MOST_CHANGES, need_solver
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.decision.vocabulary import check_vocabulary
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
        readings: choices for readings, by name; every other takes its default.
        overlays: named amendments to apply, one or several.
        policies: a folder of policy files, or several. One with a rulebook file of its own stands in place of the
            bundled policies; one without is added to them.

    Raises:
        RequestError: a reading, a choice or an overlay is not known.
        PolicyError: the policy files are refused; every fault has file, line and column.

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
            check_vocabulary(rulebook)
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
        """Assess *household* as of *on*.

        Args:
            household: a :class:`Household`, or a mapping of the same shape.
            on: the assessment date; it decides the standard, ages and rules in force.
            readings: ``"all"`` assesses it under every combination of readings, and tells whether they agree and on
                which the result turns.

        Raises:
            HouseholdError: the household is refused; ``faults`` tells everything that is wrong with it.
            RequestError: the date is not modelled, or an overlay is not in force on it.

        """
        if readings is not None:
            if readings != "all":
                raise RequestError("BAD_READINGS", value=repr(readings)[:60])
            from hongqiao_rules.analysis.every_reading import every_reading

            return every_reading(self, household, on)
        return super().assess(household, on)

    def check_date(self, on: date) -> None:
        """Refuse a date that :meth:`assess` would refuse.

        Raises:
            RequestError: the date is not modelled, or an overlay is not in force on it.
        """
        self.day(on)

    def open_case(
        self,
        household: str | None = None,
        *,
        record: Record | Path | str | None = None,
        inference: bool | None = None,
    ) -> Case:
        """Open a living case: events are recorded in it, and its decision follows them.

        Args:
            household: the id of the household; ``None`` takes the id that an existing record names.
            record: where its events are kept: a file of lines, or any :class:`~hongqiao_rules.case.event_log.Record`;
                ``None`` keeps them in memory.
            inference: whether conclusions are kept by durable-rules as facts change, or worked out anew by the direct
                engine; ``None`` takes durable-rules where it is installed. The answers are the same.

        Raises:
            RecordError: the record is damaged, in use, or of another case.
            RequestError: durable-rules is asked for and not installed.

        """
        from hongqiao_rules.case.living_case import open_case

        return open_case(self, household, record, inference)

    # --- questions, with the extra ``proofs`` ----------------------------------------------------------------

    def explore(self, household: Stated, on: date) -> Exploration:
        """Explore the possible results of a household with unknown facts.

        Args:
            household: any field but ids, relationships and parents may be ``"unknown"``: a whole list, too, or one
                field of a record in it.
            on: the assessment date.

        Raises:
            HouseholdError: what is stated is refused, whatever the unknown fields are.
            RequestError: the date is not modelled, or Z3 is not installed.

        """
        need_solver()
        from hongqiao_rules.analysis.explore import explore

        return explore(self, household, on)

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
        need_solver()
        from hongqiao_rules.analysis.why_not import why_not

        return why_not(self, household, target, on, most)

    def margins(self, household: Stated, on: date) -> Margins:
        """Return how far each stated figure is from a change of the programme or of a benefit.

        Raises:
            HouseholdError: the household is refused.
            RequestError: something is unknown, the date is not modelled, or Z3 is not installed.

        """
        need_solver()
        from hongqiao_rules.analysis.margins import margins

        return margins(self, household, on)

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
        need_solver()
        from hongqiao_rules.analysis.schedule import schedule

        return schedule(self, household, varying, on, most)
