"""``hongqiao-rules case``: living cases over a file of events or a database of many cases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.case.case_words import CaseWords
from hongqiao_rules.case.decision_changes import Change, Upcoming
from hongqiao_rules.case.decisions import Decision, RuleChange
from hongqiao_rules.case.event_log import FileRecord, SQLiteStore
from hongqiao_rules.case.living_case import Case
from hongqiao_rules.case.payments import Month
from hongqiao_rules.cli import options
from hongqiao_rules.cli.helping import Group
from hongqiao_rules.cli.output import place, put, reason, tell
from hongqiao_rules.errors import EventError, Fault, HouseholdError, RecordError, RequestError, catalogue
from hongqiao_rules.household.fields import found as found_there
from hongqiao_rules.household.fields import parse_money, yuan
from hongqiao_rules.household.json_text import with_good_keys
from hongqiao_rules.text.catalogue import Phrase

F = TypeVar("F", bound=Callable[..., Any])

_DATABASES = (".db", ".sqlite", ".sqlite3")


def _record(function: F) -> F:
    """Add the argument and the options of every command on a case."""
    for option in (
        click.argument("file", type=click.Path(dir_okay=False, path_type=Path)),
        click.option("--case", "case_id", metavar="ID"),
        options.choices,
        options.lang,
    ):
        function = option(function)
    return function


@contextmanager
def _opened(
    file: Path, case_id: str | None, readings: tuple[str, ...], overlays: tuple[str, ...],
    policies: tuple[Path, ...], lang: str, *, new: bool = False, fsync: bool = False,
) -> Iterator[Case]:  # fmt: skip
    """Open the case of a file or database; system errors are reported like any other refusal."""
    calculator = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    try:
        with (
            _kept(calculator, file, case_id, lang, new=new, fsync=fsync) as case,
            _placed(file, case.id, lang),
        ):
            yield case
    except BrokenPipeError:  # the reader of the output has gone
        raise
    except OSError as error:
        raise RecordError("RECORD_NOT_USABLE", record=str(file), why=reason(error)) from None


@contextmanager
def _placed(file: object, of: str | None, lang: str, line: int | None = None) -> Iterator[None]:
    """Report a household's or event's faults with their file and case."""
    try:
        yield
    except (HouseholdError, EventError) as error:
        named = of or getattr(error, "household", None)  # an invalid event does not name its household
        for fault in error.faults:
            tell(place(str(file), line, named, fault, lang))
        raise click.exceptions.Exit(2) from None


@contextmanager
def _kept(
    calculator: Calculator, file: Path, case_id: str | None, lang: str, *, new: bool, fsync: bool
) -> Iterator[Case]:
    if not new and not file.exists():
        raise RecordError("NO_RECORD", record=str(file))
    if file.suffix in _DATABASES:
        if case_id is None:
            raise RequestError("OPTION_NEEDED", option="--case", why=Phrase("case.many"))
        store = SQLiteStore(file, fsync=fsync)
        try:
            record = store.record(case_id)
            if not new and not record.events():
                raise RecordError("NO_RECORD", record=f"{file}: {case_id}")
            with calculator.open_case(case_id, record=record) as case:
                yield case
        finally:
            store.close()
        return
    if new and case_id is None and not file.exists():
        raise RequestError("OPTION_NEEDED", option="--case", why=Phrase("case.new"))
    with calculator.open_case(case_id, record=FileRecord(file, case_id, fsync=fsync)) as case:
        if case.torn is not None:
            left = case.torn.left.decode("utf-8", "backslashreplace")
            tell(catalogue(lang).say("case.torn", file=file, line=case.torn.line, left=left))
        yield case


@click.group("case", cls=Group)
@options.spoken
def command() -> None:
    """Living cases: open one, record what happens, and see what follows.

    FILE is a file of events, one a line, or a database (.db, .sqlite) of many cases, of which --case names one.
    """


@command.command("open")
@_record
@click.option("--household", type=options.Existing())
@click.option("--since", metavar="YYYY-MM-DD")
@click.option("--known", metavar="YYYY-MM-DD")
def open_(
    file: Path, household: Path | None, since: str | None, known: str | None, lang: str, **which: Any
) -> None:
    """Open a case, with a whole household where one is given."""
    if household is not None and since is None:
        raise RequestError("OPTION_NEEDED", option="--since", why=Phrase("case.stated_since"))
    if household is None and (since is not None or known is not None):
        stray = "--known" if since is None else "--since"
        raise RequestError("OPTION_WITHOUT_MODE", mode="--household", options=stray)
    if household is None:
        with _opened(file, lang=lang, new=True, **which) as case:
            put(catalogue(lang).say("case.opened", case=case.id, count=len(case.events)))
        return
    from hongqiao_rules.household.models import Household

    with _placed(household, None, lang):
        stated = Household.from_json(household.read_bytes())
    which["case_id"] = which["case_id"] or stated.id
    start = options.day(since or "")
    told = start if known is None else options.day(known)
    with _opened(file, lang=lang, new=True, **which) as case:
        case.state(stated, since=start, known=told)
        put(catalogue(lang).say("case.opened", case=case.id, count=len(case.events)))


@command.command("record")
@_record
@click.argument("events", type=options.Existing(dash=True))
@click.option("--fsync", is_flag=True)
def record(file: Path, events: str, lang: str, *, fsync: bool, **which: Any) -> None:
    """Record the events of EVENTS (one a line as JSON; - is standard input); at the first refused one, stop."""
    with _opened(file, lang=lang, fsync=fsync, **which) as case, click.open_file(events, "rb") as stream:
        for line, text in enumerate(stream, 1):
            if not text.strip():
                continue
            with _placed(events, case.id, lang, line):
                number = case.record(_parsed(text, line))
            put(catalogue(lang).say("case.recorded", number=number))


@command.command("show")
@_record
@options.on
@click.option("--known-by", metavar="YYYY-MM-DD")
@options.shape
def show(file: Path, on: str, known_by: str | None, shape: str, lang: str, **which: Any) -> None:
    """Show the decision of a day."""
    with _opened(file, lang=lang, **which) as case:
        then = None if known_by is None else options.day(known_by)
        assessment = case.on(options.day(on), known_by=then)
        put(assessment.to_json(lang=lang) if shape == "json" else assessment.statement(lang).rstrip("\n"))


@command.command("changes")
@_record
@options.shape
def changes(file: Path, shape: str, lang: str, **which: Any) -> None:
    """Show what each event changed, and through which rules."""
    with _opened(file, lang=lang, **which) as case:
        words = CaseWords(case.calculator, lang)
        for change in case.changes():
            if shape == "json":
                put(
                    _json({"number": change.number, "known": change.event.known, **_difference(change, lang)})
                )
            else:
                _put(words.change(change))


@command.command("upcoming")
@_record
@click.option("--until", required=True, metavar="YYYY-MM-DD")
@click.option("--after", metavar="YYYY-MM-DD")
@options.shape
def upcoming(file: Path, until: str, after: str | None, shape: str, lang: str, **which: Any) -> None:
    """Show the changes that are already known to come, with the amount from then on."""
    with _opened(file, lang=lang, **which) as case:
        start = None if after is None else options.day(after)
        found = case.upcoming(options.day(until), after=start)
        if shape == "text" and not found:
            put(catalogue(lang).say("case.no_change"))
        words = CaseWords(case.calculator, lang)
        for coming in found:
            causes = [{"kind": c.kind, "what": c.what, "number": c.number} for c in coming.causes]
            if shape == "json":
                put(_json({"causes": causes, **_difference(coming, lang)}))
            else:
                _put(words.coming(coming))


@command.command("payments")
@_record
@click.option("--from", "first", required=True, metavar="YYYY-MM")
@click.option("--to", "last", required=True, metavar="YYYY-MM")
@click.option("--paid", type=options.Existing())
@options.shape
def payments(
    file: Path, first: str, last: str, paid: Path | None, shape: str, lang: str, **which: Any
) -> None:
    """Show month by month what was paid, what was due, and what is owed or was overpaid."""
    begin, end = options.month(first), options.month(last)
    if end < begin:
        raise RequestError("MONTHS_REVERSED", first=first, last=last)
    with _placed(paid, None, lang):
        really = None if paid is None else _paid(paid)
    with _opened(file, lang=lang, **which) as case:
        found = case.payments(begin, end, paid=really)
        if beyond := sorted(month for month in really or () if not begin <= month <= end):
            months = [f"{month:%Y-%m}" for month in beyond]
            tell(catalogue(lang).say("case.months_beyond", file=paid, months=months))
        if shape == "text":
            _put(CaseWords(case.calculator, lang).months(found))
        for month in found if shape == "json" else ():
            put(_json(_payment(month, lang)))


def _paid(file: Path) -> dict[date, Decimal]:
    """Return the payments of a file by the first day of the month.

    Raises:
        HouseholdError: The text is not JSON, or repeats a month.
        RequestError: A month or an amount is invalid.
    """
    faults: list[Fault] = []
    given = with_good_keys(_parsed(file.read_bytes()), faults)
    if faults:
        raise HouseholdError(faults)
    if not isinstance(given, dict):
        raise RequestError("BAD_PAID", value=found_there(given))
    found = {}
    for name, amount in given.items():
        fen = parse_money(amount)
        if fen is None:
            raise RequestError(
                "BAD_PAID", value=Phrase("labelled", name=str(name), value=found_there(amount))
            )
        found[options.month(name)] = yuan(fen)
    return found


def _payment(month: Month, lang: str) -> dict[str, Any]:
    due, difference = month.due, month.difference
    return {
        "month": f"{month.month:%Y-%m}", "paid": str(month.paid), "due": None if due is None else str(due),
        "difference": None if difference is None else str(difference), "decided": month.decided,
        "rule": month.rule, "basis": month.basis,
        "then": _decision(month.then, lang), "now": _decision(month.now, lang), "rules": _changed(month.rules),
    }  # fmt: skip


def _put(lines: Iterator[str]) -> None:
    for line in lines:
        put(line)


def _parsed(text: bytes, line: int | None = None) -> Any:
    from hongqiao_rules.household.json_text import parse

    return parse(text.rstrip(b"\r\n"), line)


def _difference(change: Change | Upcoming, lang: str) -> dict[str, Any]:
    sides = {"before": _decision(change.before, lang), "after": _decision(change.after, lang)}
    return {"on": change.on, **sides, "rules": _changed(change.rules)}


def _changed(rules: Sequence[RuleChange]) -> list[dict[str, Any]]:
    return [{"rule": r.rule, "member": r.member, "before": r.before, "after": r.after} for r in rules]


def _decision(decision: Decision, lang: str) -> dict[str, Any]:
    a = decision.assessment
    if a is None:
        faults = [{"code": f.code, "path": f.path, "message": f.say(lang)} for f in decision.faults]
        return {"faults": faults}
    result = a.basis.compiled.shown.result
    return {result.outcome: a.basis.outcome, result.total: str(a.basis.total)}


def _json(value: Any) -> str:
    def plain(inner: Any) -> str:
        assert isinstance(inner, date)
        return inner.isoformat()

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=plain)
