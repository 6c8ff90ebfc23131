"""One stated household with unknown facts as Z3 terms, and households from models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.solver.input_constraints import InputConstraints
from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.analysis.unknowns import Place, Stated, holders, with_values
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine, Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import Item, SymbolicFacts, known
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.household.checks import constant
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.definitions import FactDefinition
from hongqiao_rules.rulebook.input_rules import Check

if TYPE_CHECKING:
    from hongqiao_rules.decision.assessment import Assessment
    from hongqiao_rules.decision.edition import Edition

Values = Mapping[Place, Any]
"""Terms by the places that they replace."""


class Situation:
    """A stated household on a date, in which terms can replace the values of places."""

    def __init__(self, edition: Edition, stated: Stated, on: date) -> None:
        self.edition, self.stated, self.on = edition, stated, on
        self.day = edition.day(on)
        self.compiled, self.result = edition.compiled(self.day), edition.fields.result
        self.linked = self.compiled.dated.linked
        self.definitions = self.compiled.definitions
        self.engine = SymbolicEngine(self.compiled.dated)
        self._inputs = InputConstraints(edition.rulebook.inputs(self.day))
        self._defaults = [one for one in self._inputs.inputs.defaults if one.names is None]
        self.space = Space(self.definitions, [self.compiled.dated, self._inputs.dated])
        entities = self.definitions.entities
        self._needed = [entities[entity].facts[name] for entity, name in self._inputs.needed]
        facts = edition.reader.facts(stated.household, self.day)
        self._known = known(facts, self.definitions.entities, self.compiled.dated.root)

    def fresh(self, place: Place) -> Any:
        """A free term for a place."""
        if place.part is not None:
            return self.space.field(place.part, place.pointer)
        return self.space.fact(place.fact, place.pointer)

    def facts(self, values: Values) -> SymbolicFacts:
        """The facts after defaults, with *values* at some places."""
        root = dict(self._known.root)
        each = {name: list(column) for name, column in self._known.each.items()}
        for place, value in values.items():
            name = place.fact.name
            if place.member is None:
                root[name] = _placed(root[name], place, value)
            else:
                each[name][place.member] = _placed(each[name][place.member], place, value)
        for fact in self._needed:
            gone = [place not in values and not self._states(place) for place in self._places(fact)]
            if fact.entity == self.definitions.head.root:
                root[absent(fact.name)] = gone[0]
            else:
                each[absent(fact.name)] = gone
        facts = replace(self._known, root=root, each=each)
        for default in self._defaults:
            fact = self.definitions.entities[default.definition.entity].facts[default.definition.fact]
            symbols = self._inputs.symbols(facts, self.day)
            for place in self._places(fact):
                if place not in values and not self._states(place):
                    taken = self._inputs.taken(default, symbols, place.member)
                    value = terms.choose(taken, constant(default), None)
                    if place.member is None:
                        root[fact.name] = value
                    else:
                        each[fact.name][place.member] = value
        return facts

    def _places(self, fact: FactDefinition) -> list[Place]:
        """Every place of a fact in the household."""
        return [
            Place(fact, holder)
            for holder, entity, _ in holders(self.stated.household, self.definitions)
            if entity.name == fact.entity
        ]

    def _states(self, place: Place) -> bool:
        one = self.stated.household
        for step in place.holder:
            one = one[step] if isinstance(step, int) else getattr(one, step)
        return place.fact.name in one.model_fields_set

    def symbols(self, values: Values) -> Symbols:
        """The terms of the conclusions if the facts at the pointers in *values* have these values."""
        return self.engine.symbols(self.facts(values), self.day)

    def accepted(self, facts: SymbolicFacts) -> Iterator[Truth]:
        """The truths that each check accepts the household."""
        return (terms.negation(refused) for _, _, refused in self._refused(facts))

    def fitting(self, facts: SymbolicFacts) -> Iterator[Truth]:
        """Yield the truths that each check accepts the household, except checks that require an absent fact."""
        for check, _, refused in self._refused(facts):
            if check.definition.form != "needs":
                yield terms.negation(refused)

    def needed(self, facts: SymbolicFacts) -> Iterator[tuple[str, Truth]]:
        """Yield the pointer of each absent fact that may be needed, with the formula that it is."""
        for check, who, refused in self._refused(facts):
            one = check.definition
            if one.form == "needs" and one.field is not None and refused is not False:
                fact = self.definitions.entities[one.entity].facts[one.field]
                yield self._places(fact)[who or 0].pointer, refused

    def _refused(self, facts: SymbolicFacts) -> Iterator[tuple[Check, int | None, Truth]]:
        return self._inputs.refusals(self._inputs.symbols(facts, self.day))

    def household(self, model: Any, values: Values) -> dict[str, Any]:
        """The household of a model: as stated, but with the model's values of *values*."""
        said = {}
        for place, term in values.items():
            kind = place.kind
            if isinstance(kind, FactDefinition) and kind.type.kind in ("codes", "records"):
                said[place] = plain(kind, self.space.items(model, kind, term))
            else:
                said[place] = plain(kind, self.space.value(model, term))
        return with_values(self.stated.value, said)

    def assess(self, household: Mapping[str, Any]) -> Assessment:
        """Return the direct engine's result for a household of a model."""
        return self.edition.assess(household, self.on)


def _placed(before: Any, place: Place, value: Any) -> Any:
    if place.part is None:
        return value
    items = list(before)
    item: Item = items[place.record or 0]
    items[place.record or 0] = replace(item, value={**item.value, place.part.name: value})
    return items
