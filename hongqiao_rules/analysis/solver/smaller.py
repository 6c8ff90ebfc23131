"""Simplify an input that a solver found while a condition still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from hongqiao_rules.errors import HouseholdError
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import Entity

_AGES = (40, 65, 10)
"""The ages, in years on the assessment date, that a date is tried as."""

Plain = dict[str, Any]


def smaller(
    definitions: Definitions, household: Mapping[str, Any], on: date, holds: Callable[[Plain], bool]
) -> Plain:
    """Return *household* without the members, fields and list items that *holds* does not need, and with round dates.

    A change after which the household is refused is not made.
    """
    found = deepcopy(dict(household))
    again = True
    while again:
        again = False
        for changed in _plainer(definitions, found, on):
            try:
                again = holds(changed)
            except HouseholdError:
                continue
            if again:
                found = changed
                break
    return found


def _plainer(definitions: Definitions, household: Plain, on: date) -> Iterator[Plain]:
    """Yield every input that is one step simpler: without a member, field or list item, or with a round date."""
    root = definitions.entities[definitions.head.root]
    if root.contains is not None:
        inside, named = definitions.entities[root.contains.entity], root.contains.named
        each = household[named]
        for number in range(min(1, root.contains.least), len(each)):
            yield {**household, named: [*each[:number], *each[number + 1 :]]}
    yield from _simpler(root, household, on)
    if root.contains is not None:
        for number, one in enumerate(each):
            for changed in _simpler(inside, one, on):
                yield {**household, named: [*each[:number], changed, *each[number + 1 :]]}


def _simpler(entity: Entity, stated: Plain, on: date) -> Iterator[Plain]:
    """Every form of one entity that is simpler by one step."""
    for name, value in stated.items():
        fact = entity.facts.get(name)
        if fact is None:
            continue
        if not fact.required:
            yield {key: kept for key, kept in stated.items() if key != name}
            for place in range(len(value)) if isinstance(value, list) else ():
                yield {**stated, name: [*value[:place], *value[place + 1 :]]}
        elif fact.type.kind == "date":
            for age in _AGES:
                day = date(on.year - age, 1, 1).isoformat()
                if value == day:
                    break
                yield {**stated, name: day}
