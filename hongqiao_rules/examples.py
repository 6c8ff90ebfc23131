"""The examples in rule files, run as tests: what is given is assessed, what is expected has to come out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from hongqiao_rules.assessment import Assessment
from hongqiao_rules.calculator import Calculator
from hongqiao_rules.errors import HouseholdError, PolicyFault, RequestError
from hongqiao_rules.messages import Said
from hongqiao_rules.rulebook.definitions import Example, Rule
from hongqiao_rules.rulebook.load import Faults, Rulebook


def of(rulebook: Rulebook) -> Iterator[tuple[Rule, Example]]:
    """The examples of *rulebook*: where policies were added to the bundled ones, those of the added files.

    An example says what a rulebook comes to, so those of the bundled policies say nothing of an enlarged one.
    """
    own = rulebook.own_files
    for rule in rulebook.definitions.rules.values():
        for example in rule.examples if rule.origin.file in own else ():
            yield rule, example


def refusal(error: HouseholdError | RequestError) -> Said:
    """What is told of an example or a case whose household or question is refused."""
    head = f"{error.code}: " if isinstance(error, RequestError) else ""
    return Said(head + error.say("en"), head + error.say("zh"))


def run(rulebook: Rulebook, calculator: Callable[..., Calculator]) -> tuple[int, list[PolicyFault]]:
    """Run the examples of *rulebook*.

    Args:
        rulebook: whose rules have the examples.
        calculator: makes a calculator over it from ``readings`` and ``overlays``.

    Returns:
        How many examples there are, and a fault for each that does not come out.
    """
    faults = Faults(rulebook.files)
    number = 0
    for _, example in of(rulebook):
        number += 1
        try:
            made = calculator(readings=example.readings, overlays=example.overlays)
            assessment = made.assess(example.given, on=calendar(example.on))
        except (HouseholdError, RequestError) as error:
            faults("POLICY_EXAMPLE_REFUSED", example.origin / "given", problem=refusal(error))
            continue
        for field, found, expected in differences(example.expect, assessment):
            faults(
                "POLICY_EXAMPLE_FAILS",
                example.origin / "expect" / field,
                field=field,
                found=shown(found),
                expected=shown(expected),
            )
    return number, faults.found


def calendar(day: int) -> date:
    """A day yyyymmdd as a date."""
    return date(day // 10000, day // 100 % 100, day % 100)


def shown(value: Any) -> str:
    """A value as it is told in a message."""
    return json.dumps(value, ensure_ascii=False)


def differences(expect: Mapping[str, Any], assessment: Assessment) -> Iterator[tuple[str, Any, Any]]:
    """What does not come out as expected: the field, what was found, what was expected.

    A field is one of the assessment's JSON, or a figure of the rulebook that it does not show (``payment_delay``).
    """
    came = json.loads(assessment.to_json(trace=False))
    for field, expected in expect.items():
        found = came[field] if field in came else assessment.basis.figure(field)
        if not _agrees(found, expected):
            yield field, found, expected


def _agrees(found: Any, expected: Any) -> bool:
    """Whether *found* is as expected; of a line, only what the example names has to agree."""
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(_agrees, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(name in found and _agrees(found[name], value) for name, value in expected.items())
    return bool(found == expected)
