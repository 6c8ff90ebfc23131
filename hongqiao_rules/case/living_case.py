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

    Queries have no effect; only :meth:`record` adds to a case. Thread-safe: one call at a time.

    Attributes:
        id: the id of the household.
        torn: the incomplete last line of the record that was removed on opening, or ``None``.
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
        """All events in order; the first has the number 1."""
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
        """Append an event and return its number, by which later events refer to it.

        Raises:
            EventError: the event is invalid or contradicts the record; the case is unchanged.
            OSError: the event cannot be written; the case is unchanged.
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
        """Record a whole household, one event for each fact, and return the numbers of the events.

        Raises:
            HouseholdError: the household is refused.
            EventError: an event contradicts the record; the events before it are recorded.
        """
        with self._lock:
            return [self.record(event) for event in statements(self._read(stated), since, known)]

    def _read(self, stated: Household | Mapping[str, Any]) -> Household:
        household = self._edition.reader.read(stated, None)
        assert isinstance(household, Household)  # the vocabulary was checked when the case was opened
        return household

    def household(self, on: date, *, known_by: date | None = None) -> Household:
        """The household on a day, by what was known on *known_by*; by everything known if it is ``None``."""
        with self._lock:
            ledger = self._ledger if known_by is None else Ledger(self._known_by(known_by))
            return household(self.id, ledger, self._edition.day(on))

    def on(self, date_: date, *, known_by: date | None = None) -> Assessment:
        """The decision as of a day.

        Args:
            date_: the assessment date.
            known_by: only events known by the end of this day count; all events if it is ``None``.

        Raises:
            HouseholdError: facts are missing or contradictory on that day; ``faults`` has paths in :meth:`household`.
            RequestError: the date is not modelled.
        """
        with self._lock:
            self._open()
            day = self._edition.day(date_)
            checked = self._edition.reader.checked(self.household(date_, known_by=known_by), day)
            engine = self._session_on(day).run if self._inference and known_by is None else None
            return self._edition.decide(checked, date_, day, engine)

    def changes(self) -> list[Change]:
        """The effect of each event, with the rules through which it changed the decision."""
        from hongqiao_rules.case.decision_changes import changes

        with self._lock:
            return changes(self._edition, self.id, self._events)

    def upcoming(self, until: date, *, after: date | None = None) -> list[Upcoming]:
        """The known future changes of the decision.

        Args:
            until: the last day.
            after: the search begins on the next day; by default the last day on which an event became known.
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
            paid: yuan by the first day of a month; months that it leaves out were paid nothing, and months outside the
                range are ignored. If it is ``None``, each month was paid by the decision of the time, that is by what was
                known then.

        Raises:
            RequestError: a decision before the modelled period is needed, no rule gives the payment delay, or *paid* has an
                invalid month or amount.
        """
        from hongqiao_rules.case.decisions import decide
        from hongqiao_rules.case.payments import payments

        def decision(on: date, known_by: date | None) -> Decision:
            ledger = self._ledger if known_by is None else Ledger(self._known_by(known_by))
            return decide(self._edition, self.id, ledger, on)

        with self._lock:
            return list(payments(decision, first, last, paid))

    def close(self) -> None:
        """Release the record and the engine's memory. A second call has no effect."""
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
        """The engine's memory of this case for *day*; rebuilt when the rules of that day are others."""
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
