"""Simplify a household that a solver found while a condition still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from hongqiao_rules.errors import HouseholdError

_AGES = (40, 65, 10)
"""What a birth date is tried as, in years before the assessment date, so that examples read like households."""

Plain = dict[str, Any]


def smaller(household: Mapping[str, Any], on: date, holds: Callable[[Plain], bool]) -> Plain:
    """*household* with every field left out, list shortened and birth date made ordinary that *holds* does not need.

    A change after which the household would be refused is not made.
    """
    found = deepcopy(dict(household))
    again = True
    while again:
        again = False
        for changed in _plainer(found, on):
            try:
                again = holds(changed)
            except HouseholdError:
                continue
            if again:
                found = changed
                break
    return found


def _plainer(household: Plain, on: date) -> Iterator[Plain]:
    """Every household that is plainer by one step."""
    for name in [name for name in household if name not in ("id", "members")]:
        yield {key: value for key, value in household.items() if key != name}
    for number, member in enumerate(household["members"]):
        for name, value in member.items():
            if name in ("id", "relationship"):
                continue
            if name == "birth_date":
                for age in _AGES:
                    born = date(on.year - age, 1, 1).isoformat()
                    if value == born:
                        break
                    yield _with(household, number, {**member, name: born})
                continue
            yield _with(household, number, {key: kept for key, kept in member.items() if key != name})
            for place in range(len(value)) if isinstance(value, list) else ():
                yield _with(household, number, {**member, name: [*value[:place], *value[place + 1 :]]})


def _with(household: Plain, number: int, member: Plain) -> Plain:
    members = household["members"]
    return {**household, "members": [*members[:number], member, *members[number + 1 :]]}
