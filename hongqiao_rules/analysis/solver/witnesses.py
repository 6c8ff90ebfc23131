"""Read households from models, confirm them with the direct engine, and simplify them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from typing import Any

from hongqiao_rules.analysis.prove.proof_cases import Case
from hongqiao_rules.analysis.prove.proof_results import Shown
from hongqiao_rules.analysis.solver.smaller import smaller
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.engines.direct.direct_engine import DirectEngine, Run
from hongqiao_rules.errors import HouseholdError
from hongqiao_rules.household.facts_reader import reader_of
from hongqiao_rules.household.models import Household
from hongqiao_rules.rulebook.definitions import calendar
from hongqiao_rules.rulebook.load import Rulebook

Plain = Mapping[str, Any]


class Ran:
    """The direct engine's results of one household: conclusions by name, and lists."""

    def __init__(self, engine: DirectEngine, run: Run) -> None:
        self.engine, self.run = engine, run

    def value(self, name: str) -> Any:
        """A conclusion about the whole; one that no rule in force settles is nothing."""
        slot = self.engine.slots.get((self.engine.root, name))
        return 0 if slot is None else self.run.state[slot]

    def lines(self, name: str) -> Iterator[tuple[str, int | None, Any]]:
        """The entries of a list, those of nothing too."""
        for conclusion in self.engine.dated.conclusions:
            if conclusion.list == name:
                value = self.run.state[self.engine.slots[conclusion.entity, conclusion.name]]
                if conclusion.entity == self.engine.root:
                    yield conclusion.name, None, value
                else:
                    yield from ((conclusion.name, who, one) for who, one in enumerate(value))


class Showing:
    """Runs households under the rules of cases, by the direct engine."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._engines: dict[int, tuple[Any, DirectEngine]] = {}

    def engine(self, case: Case) -> DirectEngine:
        """The direct engine over the rules of a case and what the properties claim of them."""
        found = self._engines.get(id(case.dated))
        if found is None:
            # The rules are kept beside their engine, so that no others come to have the same id.
            found = self._engines[id(case.dated)] = case.dated, DirectEngine(case.dated)
        return found[1]

    def ran(self, case: Case, household: Plain, day: int) -> Ran:
        """Return the results of a household.

        Raises:
            HouseholdError: the border refuses it.

        """
        engine = self.engine(case)
        checked = reader_of(self.rulebook, Household).checked(household, day)
        return Ran(engine, engine.run(checked.facts, day))

    def confirmed(
        self,
        case: Case,
        day: int,
        one: Plain,
        other: Plain | None,
        facts: Collection[str],
        holds: Callable[[Ran, Ran], Any],
    ) -> Shown | None:
        """The household as plain as it can be while *holds*; ``None`` where the direct engine does not confirm it.

        Args:
            case: under whose rules.
            day: the assessment date, yyyymmdd.
            one: a household.
            other: another one, that differs from it in *facts* only.
            facts: what they differ in.
            holds: what is to be confirmed of the two; of one, of it twice.

        """
        on = calendar(day)
        second = None if other is None else _carried(facts, one, other)

        def still(changed: Mapping[str, Any]) -> bool:
            after = changed if second is None else second(changed)
            if after is None:
                return False
            here = self.ran(case, changed, day)
            return bool(holds(here, here if second is None else self.ran(case, after, day)))

        try:
            if not still(one):
                return None
        except HouseholdError:
            return None
        found = smaller(self.rulebook.definitions, one, on, still)
        changed = None if second is None else second(found)
        edition = Edition(self.rulebook, case.readings, case.overlays)
        figures = [_figures(edition.assess(each, on)) for each in (found, changed) if each is not None]
        known = self.rulebook.definitions.readings
        readings = {
            name: choice for name, choice in edition.readings.items() if choice != known[name].default
        }
        return Shown(on, readings, case.overlays, found, changed, figures[0], figures[1] if changed else None)


def _figures(assessment: Assessment) -> dict[str, Any]:
    """The figures of an assessment that rules read, as they are in its JSON."""
    said, compiled = json.loads(assessment.to_json(trace=False)), assessment.basis.compiled
    display = compiled.definitions.head.for_display
    return {field.name: said[field.name] for field in compiled.shown.figures if field.name not in display}


def _carried(facts: Collection[str], one: Plain, other: Plain) -> Callable[[Plain], dict[str, Any] | None]:
    """Return a function that derives the second household from the simplified first one; it keeps the second's *facts*.

    ``None`` of a household in which they are not what they were in the first.
    """

    def said(household: Plain) -> list[dict[str, Any]]:
        return [
            {name: holder[name] for name in facts if name in holder}
            for holder in (household, *household["members"])
        ]

    was, will = said(one), said(other)

    def carry(household: Plain) -> dict[str, Any] | None:
        if said(household) != was:
            return None
        changed = deepcopy(dict(household))
        for holder, values in zip([changed, *changed["members"]], will, strict=True):
            for name in facts:
                holder.pop(name, None)
            holder.update(values)
        return changed

    return carry
