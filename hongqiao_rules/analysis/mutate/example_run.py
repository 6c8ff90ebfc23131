"""Run examples and cases against a mutant."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hongqiao_rules.analysis import examples
from hongqiao_rules.analysis.mutate.mutant import Mutant, Places
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import HouseholdError, PolicyError, RequestError
from hongqiao_rules.household.fields import parse_date
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import calendar
from hongqiao_rules.rulebook.dependencies import signature
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.text.catalogue import Phrase

_NEEDED, _OPTIONAL = ("on", "expect"), ("readings", "overlays", "note")
"""The keys of a case, besides the name of the root."""


@dataclass(frozen=True)
class Trial:
    """A household with its expected result: an example, or a case.

    Attributes:
        place: ``file:line``.
        subject: the rule of an example; ``None`` for a case.
        on: the assessment date.
        readings: the choices of readings; the others take their defaults.
        overlays: the overlays.
        given: the household.
        expect: the expected values of fields of the assessment, or of figures of the rulebook.

    """

    place: str
    subject: str | None
    on: date
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    given: Any
    expect: Mapping[str, Any]


def trials(rulebook: Rulebook, cases: Sequence[Path]) -> list[Trial]:
    """The examples of *rulebook* and the cases of files, all of which pass.

    Raises:
        RequestError: a file cannot be read, or a line is no case or fails; with the place.
        PolicyError: an example fails.

    """
    _, faults = examples.run(rulebook)
    if faults:
        raise PolicyError(faults)
    places = Places(rulebook)
    found = [
        Trial(
            f"{example.origin.file}:{places.at(example.origin)[0]}", rule.id, calendar(example.on),
            example.readings, example.overlays, example.given, example.expect,
        )
        for rule, example in examples.of(rulebook)
    ]  # fmt: skip
    for file in cases:
        for case in _read(file, rulebook.definitions.head.root):
            _check(rulebook, case)
            found.append(case)
    return found


def _read(file: Path, root: str) -> list[Trial]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else Phrase("encoding.not_utf8")
        raise RequestError("CASES_UNREADABLE", file=file, problem=problem) from None
    found = [_case(line, root, f"{file}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise RequestError("CASES_UNREADABLE", file=file, problem=Phrase("trial.empty"))
    return found


def _case(line: str, root: str, place: str) -> Trial:
    def refuse(key: str, **arguments: object) -> RequestError:
        return RequestError("NOT_A_CASE", place=place, problem=Phrase(f"trial.{key}", **arguments))

    try:
        tree = json.loads(line)
    except (ValueError, RecursionError):
        raise refuse("not_json") from None
    if not isinstance(tree, dict):
        raise refuse("not_an_object")
    needed = (root, *_NEEDED)
    missing = [name for name in needed if name not in tree]
    unknown = sorted(tree.keys() - {*needed, *_OPTIONAL})
    if missing or unknown:
        raise refuse("missing" if missing else "unknown", name=(missing or unknown)[0])
    on = parse_date(tree["on"]) if isinstance(tree["on"], str) else None
    if on is None:
        raise refuse("on")
    readings, overlays, expect = tree.get("readings", {}), tree.get("overlays", []), tree["expect"]
    if not (isinstance(readings, dict) and all(isinstance(choice, str) for choice in readings.values())):
        raise refuse("readings")
    if not (isinstance(overlays, list) and all(isinstance(name, str) for name in overlays)):
        raise refuse("overlays")
    if not (isinstance(expect, dict) and expect):
        raise refuse("expect")
    return Trial(place, None, on, readings, tuple(overlays), tree[root], expect)


def _check(rulebook: Rulebook, case: Trial) -> None:
    """Refuse a case that fails under the unchanged rulebook."""
    try:
        edition = Edition(rulebook, case.readings, case.overlays)
        differing = next(examples.differences(case.expect, edition.assess_plain(case.given, case.on)), None)
    except (HouseholdError, RequestError) as error:
        first = HouseholdError(error.faults[:1]) if isinstance(error, HouseholdError) else error
        raise RequestError("NOT_A_CASE", place=case.place, problem=examples.refusal(first)) from None
    if differing is not None:
        field, found, expected = differing
        raise RequestError(
            "CASE_FAILS", place=case.place, field=field, found=examples.shown(found), expected=examples.shown(expected)
        )  # fmt: skip


def notice(rulebook: Rulebook, mutant: Mutant, tried: Sequence[Trial]) -> str | None:
    """The place of the first trial that fails under the mutant, examples of the changed rule first; ``None`` if all pass.

    Raises:
        PolicyError: the loader refuses the mutant.

    """
    changed = mutant.apply()
    made: dict[tuple[Any, ...], tuple[Edition, Edition]] = {}
    unchanged: dict[tuple[Dated, Dated], bool] = {}
    for trial in sorted(tried, key=lambda trial: trial.subject != mutant.subject):
        choices = (*sorted(trial.readings.items()), trial.overlays)
        try:
            if choices not in made:
                made[choices] = (
                    Edition(rulebook, trial.readings, trial.overlays),
                    Edition(changed, trial.readings, trial.overlays),
                )
            before, after = made[choices]
            pair = (
                rulebook.dated(before.day(trial.on), before.readings, trial.overlays),
                changed.dated(after.day(trial.on), after.readings, trial.overlays),
            )
            if pair not in unchanged:
                unchanged[pair] = same(*pair)
            if unchanged[pair]:
                continue
            assessment = after.assess_plain(trial.given, trial.on)
            if next(examples.differences(trial.expect, assessment), None) is not None:
                return trial.place
        except (RequestError, ZeroDivisionError):
            return trial.place
    return None


def same(one: Dated, other: Dated) -> bool:
    """True if two dated rulebooks have equal expressions and equal completeness of their overlays."""
    complete = (
        [d.linked.definitions.overlays[name].complete for name in d.linked.overlays] for d in (one, other)
    )
    return signature(one) == signature(other) and next(complete) == next(complete)
