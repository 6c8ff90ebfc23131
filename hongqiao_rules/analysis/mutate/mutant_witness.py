"""Simplify a household that exposes a mutant, and assess it under both rulebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from hongqiao_rules.analysis.mutate.affected_cases import Pair
from hongqiao_rules.analysis.solver.smaller import smaller
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.definitions import calendar
from hongqiao_rules.rulebook.load import Rulebook

_APART = frozenset({"household", "on", "readings", "overlays", "assumed", "policy_version", "receipt"})
"""What of an assessment says which question was asked, and nothing of the answer."""
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Witness:
    """A household whose result differs under a mutant.

    Attributes:
        household: plain values that ``assess`` takes.
        on: the assessment date.
        readings: the choices of readings; the others take their default.
        overlays: the overlays.
        before: what the rulebook tells of it, those fields that differ.
        after: what the mutant tells; ``refused`` where one of them answers with an error.

    """

    household: Mapping[str, Any]
    on: date
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    before: Told
    after: Told


class Sides:
    """Two rulebooks under the same choices."""

    def __init__(
        self, base: Rulebook, changed: Rulebook, readings: Mapping[str, str], overlays: tuple[str, ...]
    ) -> None:
        self.readings, self.overlays, self.rulebooks = dict(readings), overlays, (base, changed)
        self.editions = [Edition(rulebook, readings, overlays) for rulebook in (base, changed)]

    def told(self, household: Mapping[str, Any], on: date) -> list[Told]:
        """Assess a household under both rulebooks; errors as for ``assess`` if both refuse it."""
        found: list[Told] = []
        refused: list[RequestError] = []
        for edition in self.editions:
            try:
                found.append(told(edition, household, on))
            except RequestError as error:
                refused.append(error)
                found.append({"refused": error.code})
        if len(refused) == len(found):
            raise refused[0]
        return found

    def differ(self, household: Mapping[str, Any], on: date) -> bool:
        """Whether they tell something else of a household."""
        one, other = self.told(household, on)
        return one != other

    def witness(self, household: Mapping[str, Any], on: date) -> Witness:
        """The witness that a household, which differs, is when everything is left out that it does not need."""
        definitions = self.rulebooks[0].definitions
        plain = smaller(definitions, household, on, lambda changed: self.differ(changed, on))
        one, other = self.told(plain, on)
        self.readings = self._named(plain, on)
        if one == other:
            raise AssertionError("the solver and the direct engine disagree")
        names = [name for name in dict.fromkeys([*one, *other]) if one.get(name) != other.get(name)]
        before, after = ({name: side[name] for name in names if name in side} for side in (one, other))
        return Witness(plain, on, self.readings, self.overlays, before, after)

    def _named(self, household: Mapping[str, Any], on: date) -> dict[str, str]:
        """The readings that have to be named."""
        named = dict(self.readings)
        for name in self.readings:
            fewer = {n: c for n, c in named.items() if n != name}
            if Sides(*self.rulebooks, fewer, self.overlays).told(household, on) == self.told(household, on):
                named = fewer
        return named


def told(edition: Edition, household: Mapping[str, Any], on: date) -> Told:
    """All that an assessment tells: its fields, and the figures of the rulebook that it does not show."""
    assessment = edition.assess(household, on)
    came = json.loads(assessment.to_json(trace=False))
    found = {name: value for name, value in came.items() if name not in _APART}
    found["notices"] = [notice["code"] for notice in found["notices"]]
    for name in edition.rulebook.definitions.head.figures:
        if name not in found:
            found[name] = assessment.basis.figure(name)
    return found


def witness(
    base: Rulebook, changed: Rulebook, pair: Pair, household: Mapping[str, Any] | None, day: int
) -> Witness:
    """The witness of a pair; where no household is given, any will do, for one of the rulebooks refuses the day."""
    on = calendar(day)
    born = date(on.year - 40, 1, 1).isoformat()
    anybody = {
        "id": "example",
        "members": [
            {
                "id": "applicant",
                "relationship": "applicant",
                "birth_date": born,
                "marital_status": "married",
                "incomes": [],
            }
        ],
    }
    return Sides(base, changed, pair.readings, pair.overlays).witness(household or anybody, on)
