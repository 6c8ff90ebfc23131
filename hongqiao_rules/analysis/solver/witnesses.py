"""Read households from models, confirm them with the direct engine, and simplify them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from typing import Any

from hongqiao_rules.analysis.prove.proof_cases import Case
from hongqiao_rules.analysis.prove.proof_results import Shown
from hongqiao_rules.analysis.solver.smaller import smaller
from hongqiao_rules.analysis.unknowns import holders
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.engines.direct.direct_engine import DirectEngine, Run
from hongqiao_rules.errors import HouseholdError
from hongqiao_rules.household.declared_models import model_of
from hongqiao_rules.household.facts_reader import reader_of
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import calendar
from hongqiao_rules.rulebook.load import Rulebook

Plain = Mapping[str, Any]


class Ran:
    """The direct engine's results of one household: conclusions by name, and lists."""

    def __init__(self, engine: DirectEngine, run: Run) -> None:
        self.engine, self.run = engine, run

    def value(self, name: str) -> Any:
        """A conclusion about the root; 0 if no rule in force settles it."""
        slot = self.engine.slots.get((self.engine.root, name))
        return 0 if slot is None else self.run.state[slot]

    def lines(self, name: str) -> Iterator[tuple[str, int | None, Any]]:
        """The entries of a list, including zeros: the conclusion, the position of the member or ``None``, the value."""
        for conclusion in self.engine.dated.conclusions:
            if conclusion.list == name:
                value = self.run.state[self.engine.slots[conclusion.entity, conclusion.name]]
                if conclusion.entity == self.engine.root:
                    yield conclusion.name, None, value
                else:
                    yield from ((conclusion.name, who, one) for who, one in enumerate(value))


class Showing:
    """Runs the direct engine under the rules of a case, and confirms households found by the solver."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._engines: dict[int, tuple[Any, DirectEngine]] = {}

    def engine(self, case: Case) -> DirectEngine:
        """The direct engine of a case, with the claims of the properties as conclusions."""
        found = self._engines.get(id(case.dated))
        if found is None:
            # Keeping the rules keeps their id from being used again.
            found = self._engines[id(case.dated)] = case.dated, DirectEngine(case.dated)
        return found[1]

    def ran(self, case: Case, household: Plain, day: int) -> Ran:
        """Return the results of a household.

        Raises:
            HouseholdError: it is refused.

        """
        engine = self.engine(case)
        checked = reader_of(self.rulebook, model_of(self.rulebook)).checked(household, day)
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
        """Simplify a household while *holds*; ``None`` if the direct engine does not confirm it.

        Args:
            case: the rules.
            day: the assessment date, yyyymmdd.
            one: a household.
            other: the second household of a claim about two; it differs in *facts* only.
            facts: the names of the facts that differ.
            holds: the condition on the results of both; without *other*, the same results twice.

        """
        on = calendar(day)
        second = None if other is None else _carried(self.rulebook.definitions, facts, one, other)

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
    """The figures of an assessment that rules may read, as in its JSON."""
    said, compiled = json.loads(assessment.to_json(trace=False)), assessment.basis.compiled
    display = compiled.definitions.head.for_display
    return {field.name: said[field.name] for field in compiled.shown.figures if field.name not in display}


def _carried(
    definitions: Definitions, facts: Collection[str], one: Plain, other: Plain
) -> Callable[[Plain], dict[str, Any] | None]:
    """Return a function that derives the second household from the simplified first one; it keeps the second's *facts*.

    The function returns ``None`` for a household whose *facts* differ from those of the first.
    """

    def said(household: Plain) -> list[dict[str, Any]]:
        return [
            {name: holder[name] for name in facts if name in holder}
            for _, _, holder in holders(household, definitions)
        ]

    was, will = said(one), said(other)

    def carry(household: Plain) -> dict[str, Any] | None:
        if said(household) != was:
            return None
        changed = deepcopy(dict(household))
        for (_, _, holder), values in zip(holders(changed, definitions), will, strict=True):
            for name in facts:
                holder.pop(name, None)
            holder.update(values)
        return changed

    return carry
