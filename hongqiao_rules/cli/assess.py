"""``hongqiao-rules assess``: an assessment of each household of a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options
from hongqiao_rules.cli.inputs import Record, records
from hongqiao_rules.cli.output import place, put, tell
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.errors import Fault, HouseholdError, catalogue
from hongqiao_rules.household.reader import household_id

if TYPE_CHECKING:
    from hongqiao_rules.analysis.every_reading import Readings


@dataclass(slots=True)
class _Outcome:
    line: int | None
    household: str | None
    assessment: Assessment | Readings | None
    faults: tuple[Fault, ...]


@click.command("assess")
@click.argument("file", type=options.Existing(dash=True))
@options.on
@options.readings
@click.option("--readings", "every", type=click.Choice(["all"]))
@options.overlays
@options.shape
@click.option("--trace/--no-trace", default=True, show_default=True)
@options.policies
@options.lang
def command(
    file: str,
    on: str,
    readings: tuple[str, ...],
    overlays: tuple[str, ...],
    shape: str,
    *,
    every: Literal["all"] | None,
    trace: bool,
    policies: tuple[Path, ...],
    lang: str,
) -> None:
    """Assess the households of FILE (one in .json, a list in .json, one a line in .jsonl, - for standard input)."""
    day = options.day(on)
    calculator = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    calculator.check_date(day)
    with ExitStack() as stack:
        stream = sys.stdin.buffer if file == "-" else stack.enter_context(Path(file).open("rb"))
        size = 0 if file == "-" else Path(file).stat().st_size
        found = records(stream, "" if file == "-" else file)
        outcomes = _assessed(calculator, day, every, _with_progress(found, stream, size, stack))
        refused = _write(outcomes, file, shape, lang, trace=trace)
    if refused:
        raise click.exceptions.Exit(2)


def _with_progress(
    found: Iterator[Record], stream: IO[bytes], size: int, stack: ExitStack
) -> Iterator[Record]:
    """Yield the records; show a progress bar if standard error is a terminal and the input is large."""
    if size < 1 << 20 or not sys.stderr.isatty():
        yield from found
        return
    bar = stack.enter_context(click.progressbar(length=size, file=sys.stderr, label="hongqiao-rules"))
    for number, record in enumerate(found):
        if number % 256 == 0:
            bar.update(stream.tell() - bar.pos)
        yield record
    bar.update(size - bar.pos)


def _assessed(
    calculator: Calculator, on: date, every: Literal["all"] | None, found: Iterable[Record]
) -> Iterator[_Outcome]:
    """Yield the outcome of each record. A repeated id is a fault of the later household."""
    seen: set[bytes] = set()
    empty = True
    for record in found:
        empty = False
        household = household_id(record.value)
        faults: list[Fault] = [] if record.fault is None else [record.fault]
        assessment: Assessment | Readings | None = None
        if record.fault is None:
            try:
                if every is None:
                    assessment = calculator.assess_plain(record.value, on)
                else:
                    assessment = calculator.assess(record.value, on, readings=every)
            except HouseholdError as error:
                faults.extend(error.faults)
        if household is not None:
            # Digests take less memory than ids; a collision of 128 bits does not occur.
            key = blake2b(household.encode("utf-8", "surrogatepass"), digest_size=16).digest()
            if key in seen:
                faults.insert(0, Fault("DUPLICATE_HOUSEHOLD", "/id", name=household))
            seen.add(key)
        yield _Outcome(record.line, household, None if faults else assessment, tuple(faults))
    if empty:
        yield _Outcome(None, None, None, (Fault("NO_HOUSEHOLD", ""),))


def _write(outcomes: Iterator[_Outcome], file: str, shape: str, lang: str, *, trace: bool) -> int:
    """Write the outcomes in order and report the faults; return the number of refused households."""
    ahead = list(islice(outcomes, 2))
    many = len(ahead) > 1
    refused = 0
    for number, outcome in enumerate(chain(ahead, outcomes)):
        for fault in outcome.faults:
            tell(place(file, outcome.line, outcome.household, fault, lang))
        refused += bool(outcome.faults)
        if outcome.faults and not many:
            continue
        if shape == "json":
            put(_json(outcome, lang, trace=trace))
        else:
            put(("" if number == 0 else "=" * 72 + "\n") + _text(outcome, lang).rstrip("\n"))
    return refused


def _json(outcome: _Outcome, lang: str, *, trace: bool) -> str:
    if outcome.assessment is not None:
        return outcome.assessment.to_json(lang=lang, trace=trace)
    errors = [{"code": f.code, "path": f.path, "message": f.say(lang)} for f in outcome.faults]
    refused = {"household": outcome.household, "error": errors[0], "errors": errors}
    return json.dumps(refused, ensure_ascii=False, separators=(",", ":"))


def _text(outcome: _Outcome, lang: str) -> str:
    if outcome.assessment is not None:
        return outcome.assessment.statement(lang)
    say = catalogue(lang).say
    if outcome.household is not None or outcome.line is None:
        head = say("assess.refused", household=outcome.household or "-")
    else:
        head = say("assess.refused_line", line=outcome.line)
    lines = [f"  {fault.path or '/'}: {fault.code}: {fault.say(lang)}" for fault in outcome.faults]
    return "\n".join([head, *lines])
