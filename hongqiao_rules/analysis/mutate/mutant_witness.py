"""Simplify a household that exposes a mutant, and assess it under both rulebooks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hongqiao_rules.analysis.mutate.affected_cases import Pair
from hongqiao_rules.analysis.solver.smaller import smaller
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.load import Rulebook

_APART = frozenset({"on", "readings", "overlays", "assumed", "policy_version", "receipt"})
"""The fields of an assessment that repeat the question."""
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Witness:
    """A household whose result differs under a mutant.

    Attributes:
        household: plain values that ``assess`` takes.
        on: the assessment date.
        readings: the choices of readings; the others take their defaults.
        overlays: the overlays.
        before: the fields of the result that differ, under the rulebook.
        after: the same under the mutant; ``refused`` is the code of an error.

    """

    household: Mapping[str, Any]
    on: date
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    before: Told
    after: Told


class Sides:
    """A rulebook and its mutant under the same choices."""

    def __init__(self, base: Rulebook, changed: Rulebook, choices: Pair) -> None:
        self.rulebooks, self.choices = (base, changed), choices
        self.editions = [Edition(book, choices.readings, choices.overlays) for book in self.rulebooks]

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
        """True if the two rulebooks assess the household differently."""
        one, other = self.told(household, on)
        return one != other

    def witness(self, household: Mapping[str, Any], on: date) -> Witness:
        """The witness of a household that differs, simplified, with only the readings that matter."""
        definitions = self.rulebooks[0].definitions
        plain = smaller(definitions, household, on, lambda changed: self.differ(changed, on))
        one, other = found = self.told(plain, on)
        if one == other:
            raise AssertionError("the solver and the direct engine disagree")
        choices = self.choices
        for name in self.choices.readings:
            fewer = replace(choices, readings={n: c for n, c in choices.readings.items() if n != name})
            if Sides(*self.rulebooks, fewer).told(plain, on) == found:
                choices = fewer
        names = [name for name in dict.fromkeys([*one, *other]) if one.get(name) != other.get(name)]
        before, after = ({name: side[name] for name in names if name in side} for side in (one, other))
        return Witness(plain, on, choices.readings, choices.overlays, before, after)


def told(edition: Edition, household: Mapping[str, Any], on: date) -> Told:
    """The fields of an assessment, and the figures of the rulebook that it does not show."""
    assessment, head = edition.assess(household, on), edition.rulebook.definitions.head
    came = json.loads(assessment.to_json(trace=False))
    found = {name: value for name, value in came.items() if name not in _APART and name != head.root}
    found["notices"] = [notice["code"] for notice in found["notices"]]
    for name in head.figures:
        if name not in found:
            found[name] = assessment.basis.figure(name)
    return found
