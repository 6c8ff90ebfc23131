"""Run the examples of rule files as tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import HouseholdError, PolicyFault, RequestError, nearest
from hongqiao_rules.rulebook.definitions import Example, Origin, Rule, calendar
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.text.catalogue import Phrase


def of(rulebook: Rulebook) -> Iterator[tuple[Rule, Example]]:
    """Yield the examples of *rulebook*; if policies were added to the bundled ones, only those of the added files.

    Added rules may change the results of the bundled examples.
    """
    own = rulebook.own_files
    for rule in rulebook.definitions.rules.values():
        for example in rule.examples if rule.origin.file in own else ():
            yield rule, example


def refusal(error: HouseholdError | RequestError) -> HouseholdError | Phrase:
    """Return the message for an example or a case whose household or question is refused."""
    if isinstance(error, HouseholdError):
        return error
    return Phrase("example.refused", code=error.code, message=error)


def run(rulebook: Rulebook) -> tuple[int, list[PolicyFault]]:
    """Run the examples of *rulebook*: how many there are, and a fault for each that fails."""
    faults = Faults(rulebook.files)
    number = 0
    for _, example in of(rulebook):
        number += 1
        try:
            edition = Edition(rulebook, example.readings, example.overlays)
            assessment = edition.assess(example.given, on=calendar(example.on))
        except HouseholdError as error:
            for fault in error.faults:
                place = _inside(example.origin / "given", fault.path)
                faults("POLICY_EXAMPLE_REFUSED", place, problem=refusal(HouseholdError([fault])))
            continue
        except RequestError as error:
            place = example.origin / _ASKED.get(error.code, "on")
            if error.code in ("UNKNOWN_READING", "UNKNOWN_CHOICE"):
                place /= str(error.arguments["name"])
            faults("POLICY_EXAMPLE_REFUSED", place, problem=refusal(error))
            continue
        known = [*json.loads(assessment.to_json(trace=False)), *assessment.basis.compiled.figures]
        for field, found, expected in differences(example.expect, assessment):
            place = example.origin / "expect" / field
            if field not in known:
                listed = tuple(dict.fromkeys(known))
                faults(
                    "POLICY_EXAMPLE_UNKNOWN_FIELD", place, name=field, known=listed, meant=nearest(field, known)
                )  # fmt: skip
                continue
            faults(
                "POLICY_EXAMPLE_FAILS", place, field=field, found=shown(found), expected=shown(expected)
            )  # fmt: skip
    return number, faults.found


_ASKED = {
    "UNKNOWN_READING": "readings", "UNKNOWN_CHOICE": "readings", "UNKNOWN_OVERLAY": "overlays",
    "OVERLAY_TWICE": "overlays", "OVERLAYS_CONFLICT": "overlays",
}  # fmt: skip
"""The key of an example at fault for each code; all other codes are about its date."""


def _inside(origin: Origin, path: str) -> Origin:
    """The place at a JSON pointer inside *origin*."""
    for step in path.split("/")[1:]:
        origin /= int(step) if step.isdecimal() else step.replace("~1", "/").replace("~0", "~")
    return origin


def shown(value: Any) -> str:
    """Format a value for a message."""
    return json.dumps(value, ensure_ascii=False)


def differences(expect: Mapping[str, Any], assessment: Assessment) -> Iterator[tuple[str, Any, Any]]:
    """Return the fields of an example that differ: the field, the value found, the value expected.

    A field is a key of the assessment's JSON, or a figure of the rulebook that assessments do not show.
    """
    came = json.loads(assessment.to_json(trace=False))
    for field, expected in expect.items():
        found = came[field] if field in came else assessment.basis.figure(field)
        if not _agrees(found, expected):
            yield field, found, expected


def _agrees(found: Any, expected: Any) -> bool:
    """Whether *found* is as expected; of a line, only the keys of the example count."""
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(_agrees, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(name in found and _agrees(found[name], value) for name, value in expected.items())
    return bool(found == expected)
