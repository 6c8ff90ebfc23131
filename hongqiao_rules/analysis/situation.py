"""One stated household with what is unknown in it, over the rules of a day: terms, and households out of models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.solver.household_constraints import (
    ADULT,
    accepted,
    fitting,
    incomes_needed,
    reached,
    status_needed,
)
from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.analysis.unknowns import Place, Stated, with_values
from hongqiao_rules.engines.symbolic import terms as terms
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine, Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import Item, SymbolicFacts, known
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.rulebook.definitions import FactDefinition

if TYPE_CHECKING:
    from hongqiao_rules.decision.assessment import Assessment
    from hongqiao_rules.decision.edition import Edition

Values = Mapping[Place, Any]
"""Terms at places of a household."""


class Situation:
    """A stated household on a day, in which any place can be given another term."""

    def __init__(self, edition: Edition, stated: Stated, on: date) -> None:
        self.edition, self.stated, self.on = edition, stated, on
        self.day = edition.day(on)
        self.compiled = edition.compiled(self.day)
        self.linked = self.compiled.dated.linked
        self.definitions = self.compiled.definitions
        self.engine = SymbolicEngine(self.compiled.dated)
        self.space = Space(self.definitions, [self.compiled.dated])
        members = stated.household.members
        self.applicant = next(n for n, member in enumerate(members) if member.relationship == "applicant")
        self.with_spouse = any(member.relationship == "spouse" for member in members)
        self.no_incomes = [n for n, m in enumerate(members) if "incomes" not in m.model_fields_set]
        self.no_status = [n for n, m in enumerate(members) if "marital_status" not in m.model_fields_set]
        facts = edition.reader.facts(stated.household, self.day)
        self._known = known(facts, self.definitions.entities, self.compiled.dated.root)

    def fresh(self, place: Place) -> Any:
        """A term for a place, of which nothing is known."""
        if place.part is not None:
            return self.space.field(place.part, place.pointer)
        return self.space.fact(place.fact, place.pointer)

    def facts(self, values: Values) -> SymbolicFacts:
        """The facts with *values* at some places."""
        root = dict(self._known.root)
        each = {name: list(column) for name, column in self._known.each.items()}
        for place, value in values.items():
            name = place.fact.name
            if place.member is None:
                root[name] = _placed(root[name], place, value)
            else:
                each[name][place.member] = _placed(each[name][place.member], place, value)
        status = self.definitions.entities["member"].facts["marital_status"]
        for number in self.no_status:
            if Place(status, number) in values:
                continue
            minor = terms.negation(reached(each["birth_date"][number], self.day, ADULT))
            each["marital_status"][number] = terms.choose(minor, "never_married", None)
        return replace(self._known, root=root, each=each)

    def symbols(self, values: Values) -> Symbols:
        """The conclusions with *values* at some places."""
        return self.engine.symbols(self.facts(values), self.day)

    def accepted(self, facts: SymbolicFacts) -> Iterator[Truth]:
        """What has to hold for the household to be taken."""
        yield from accepted(facts, self.day, self.applicant, with_spouse=self.with_spouse)
        for number in self.no_incomes:
            yield terms.negation(incomes_needed(facts, self.day, number))

    def fitting(self, facts: SymbolicFacts) -> Iterator[Truth]:
        """The same but for what is not stated."""
        return fitting(facts, self.day, self.applicant, with_spouse=self.with_spouse)

    def needed(self, facts: SymbolicFacts) -> Iterator[tuple[str, Truth]]:
        """Of what is not stated, the paths and whether it has to be."""
        for number in range(len(self.stated.household.members)):
            if number in self.no_status:
                needed = status_needed(facts, self.day, self.applicant, number)
                yield f"/members/{number}/marital_status", needed
            if number in self.no_incomes:
                yield f"/members/{number}/incomes", incomes_needed(facts, self.day, number)

    def household(self, model: Any, values: Values) -> dict[str, Any]:
        """The household of a model, with *values* as they are there."""
        said = {}
        for place, term in values.items():
            kind = place.kind
            if isinstance(kind, FactDefinition) and kind.type.kind in ("codes", "records"):
                said[place] = plain(kind, self.space.items(model, kind, term))
            else:
                said[place] = plain(kind, self.space.value(model, term))
        return with_values(self.stated.value, said)

    def assess(self, household: Mapping[str, Any]) -> Assessment:
        """What the direct engine says of a household that was found."""
        return self.edition.assess(household, self.on)


def _placed(before: Any, place: Place, value: Any) -> Any:
    if place.part is None:
        return value
    items = list(before)
    item: Item = items[place.record or 0]
    items[place.record or 0] = replace(item, value={**item.value, place.part.name: value})
    return items
