"""A living case: an event log, and the decision of any day that follows from it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from hongqiao_rules.case.event_log import FileRecord, MemoryRecord, Record
from hongqiao_rules.case.events import AnyEvent, read_event, to_json
from hongqiao_rules.case.household_of_day import household, statements
from hongqiao_rules.case.timeline import Ledger, check
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.errors import EventError, Fault, HouseholdError, RecordError, RequestError
from hongqiao_rules.household.fields import LONGEST_TEXT
from hongqiao_rules.household.models import Household

if TYPE_CHECKING:
    from hongqiao_rules.case.decision_changes import Change, Upcoming
    from hongqiao_rules.case.decisions import Decision
    from hongqiao_rules.case.payments import Month
    from hongqiao_rules.decision.edition import Edition
    from hongqiao_rules.engines.inference.inference_engine import Session


class Case:
    """One household over time. Open it by :meth:`Calculator.open_case`; close it, or use it in a ``with``.

    What is asked of a case has no effect on it; :meth:`record` alone adds to it. Safe in threads: one at a time.

    Attributes:
        id: the id of the household.
        torn: the last line of the record that was cut off on opening, because it was never wholly written; or ``None``.

    """

    def __init__(self, edition: Edition, id_: str, kept: Record, *, inference: bool) -> None:
        self.id, self.torn = id_, kept.torn
        self._edition, self._kept = edition, kept
        self._lock = RLock()
        self._events: list[AnyEvent] = []
        self._ledger = Ledger()
        for number, text in enumerate(kept.events(), 1):
            self._replay(text, number)
        self._inference = inference
        self._session: Session | None = None
        self._closed = False

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """Every event, in order; the first has the number 1."""
        return tuple(self._events)

    @property
    def calculator(self) -> Edition:
        """The edition whose rules decide: the calculator that opened the case."""
        return self._edition

    @property
    def inferring(self) -> bool:
        """True if durable-rules keeps the conclusions; False if the direct engine evaluates them anew each time."""
        return self._inference

    def record(self, event: AnyEvent | Mapping[str, Any]) -> int:
        """Take an event into the record and give its number, by which later events refer to it.

        Raises:
            EventError: the event is wrong or contradicts the record; the case is as it was.
            OSError: it could not be written; the case is as it was.

        """
        told = read_event(event)
        with self._lock:
            self._open()
            check(self._ledger, told)
            self._kept.append(to_json(told))
            self._ledger.apply(told)
            self._events.append(told)
            return len(self._events)

    def state(self, stated: Household | Mapping[str, Any], *, since: date, known: date) -> list[int]:
        """Record a whole household, each of its facts an event of its own; the numbers of the events.

        Raises:
            HouseholdError: the household is refused.
            EventError: it contradicts the record at some event; those before it are recorded.

        """
        with self._lock:
            return [
                self.record(event)
                for event in statements(self._edition.reader.read(stated, None), since, known)
            ]

    def household(self, on: date, *, known_by: date | None = None) -> Household:
        """The household as it is on a day, by what was known on another; all that is known where none is given."""
        with self._lock:
            ledger = self._ledger if known_by is None else Ledger(self._known_by(known_by))
            return household(self.id, ledger, self._edition.day(on))

    def on(self, date_: date, *, known_by: date | None = None) -> Assessment:
        """The decision as of a day.

        Args:
            date_: the assessment date.
            known_by: the day up to whose end events are taken into account; every event where it is not given.

        Raises:
            HouseholdError: on that day something is missing or contradictory; ``faults`` tells what, with paths in
                :meth:`household`.
            RequestError: the date is not modelled.

        """
        with self._lock:
            self._open()
            day = self._edition.day(date_)
            checked = self._edition.reader.checked(self.household(date_, known_by=known_by), day)
            engine = self._session_on(day).run if self._inference and known_by is None else None
            return self._edition.decide(checked, date_, day, engine)

    def changes(self) -> list[Change]:
        """Return what each event changed, and through which rules."""
        from hongqiao_rules.case.decision_changes import changes

        with self._lock:
            return changes(self._edition, self.id, self._events)

    def upcoming(self, until: date, *, after: date | None = None) -> list[Upcoming]:
        """The changes of the decision that are already known to come, each with the decision from then on.

        Args:
            until: the last day looked at.
            after: the day from which on to look; the last on which something became known where it is not given.

        """
        from hongqiao_rules.case.decision_changes import upcoming

        with self._lock:
            if after is None:
                if not self._events:
                    return []
                after = self._events[-1].known
            return upcoming(self._edition, self.id, self._ledger, after, until)

    def payments(self, first: date, last: date, *, paid: Mapping[date, Decimal] | None = None) -> list[Month]:
        """Compare what was paid with what was due, month by month.

        Args:
            first: a day of the first month.
            last: a day of the last month.
            paid: yuan by the first day of a month; a month not in it was paid nothing, and other months in it are not
                looked at. Where it is not given, every month was paid by the decision of the time: by what was known
                when it was taken.

        Raises:
            RequestError: a decision before the modelled period is needed, no rule says when payment begins, or
                something in *paid* is no month or no amount.

        """
        from hongqiao_rules.case.decisions import decide
        from hongqiao_rules.case.payments import payments

        def decision(on: date, known_by: date | None) -> Decision:
            ledger = self._ledger if known_by is None else Ledger(self._known_by(known_by))
            return decide(self._edition, self.id, ledger, on)

        with self._lock:
            return list(payments(decision, first, last, paid))

    def close(self) -> None:
        """Let go of the record and of the engine's memory. Closing twice does no harm."""
        with self._lock:
            self._closed = True
            self._kept.close()
            if self._session is not None:
                self._session.close()
                self._session = None

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _replay(self, text: str, number: int) -> None:
        try:
            event = read_event(json.loads(text))
            check(self._ledger, event)
        except (ValueError, EventError):
            name = str(getattr(self._kept, "path", self.id))
            raise RecordError("RECORD_DAMAGED", record=name, line=number) from None
        self._ledger.apply(event)
        self._events.append(event)

    def _open(self) -> None:
        if self._closed:
            raise RequestError("CASE_CLOSED")

    def _known_by(self, day: date) -> list[AnyEvent]:
        return self._events[: bisect_right(self._events, day, key=lambda event: event.known)]

    def _session_on(self, day: int) -> Session:
        """The engine's memory of this case under the rules of *day*; rebuilt where those are other rules."""
        inference = self._edition.compiled(day).inference
        if self._session is None or self._session.inference is not inference:
            if self._session is not None:
                self._session.close()
            self._session = inference.open()
        return self._session


def open_case(
    edition: Edition, id_: str | None, record: Record | Path | str | None, inference: bool | None
) -> Case:
    """Open a case on its record; see :meth:`hongqiao_rules.Calculator.open_case`."""
    if id_ is not None and not 1 <= len(id_) <= LONGEST_TEXT:
        raise HouseholdError([Fault("TEXT_TOO_LONG" if id_ else "EMPTY_TEXT", "/id", limit=LONGEST_TEXT)])
    if isinstance(record, Path | str):
        record = FileRecord(record, id_)
    kept = record if record is not None else MemoryRecord()
    found = id_ if id_ is not None else getattr(kept, "case", None)
    if found is None:
        raise HouseholdError([Fault("MISSING_FIELD", "/id", name="id")])
    return Case(edition, found, kept, inference=_inferring(inference))


def _inferring(wanted: bool | None) -> bool:
    if wanted is False:
        return False
    try:
        import durable_rules_engine  # noqa: F401  # installed it may be, and yet not importable: on CPython 3.13
    except ImportError:
        if wanted:
            raise RequestError("NO_INFERENCE") from None
        return False
    return True
