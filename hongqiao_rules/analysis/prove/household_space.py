"""Z3 variables for all households up to a number of members, and a changed copy of each.

Queries are split by the codes that rules conclude about the household (the programme), so that Z3 sees constants. Each
household is in exactly one part, since a conclusion has exactly one code. Two households that differ in one fact share
every term that does not depend on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from hongqiao_rules.analysis.prove.proof_cases import Case
from hongqiao_rules.analysis.solver.scene import Scene
from hongqiao_rules.analysis.solver.search import UndecidedError
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.free_facts import fresh
from hongqiao_rules.engines.symbolic.symbolic_engine import Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import Item, SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Amount, Number, Truth
from hongqiao_rules.language.nodes import Read, Rounded, walk
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FactDefinition
from hongqiao_rules.rulebook.properties import rising_facts

MOST_PARTS = 32
"""The largest number of parts of a query about one household."""
_LEMMA_SECONDS = 2.0
World = tuple[Truth, Symbols, Symbols]
"""One part of a query: its condition, and the terms of both households; of one household, the same terms twice."""


class ClaimScene(Scene):
    """A scene of one case, with a second household that differs from the first in some facts.

    Args:
        case: the rules.
        days: see :class:`Scene`, also for the other arguments.

    """

    def __init__(
        self, case: Case, days: tuple[int, int], most: int, least: int | None = None, *,
        any_day: bool = False, any_length: bool = False,
    ) -> None:  # fmt: skip
        dated = case.dated
        super().__init__([(dated, case.inputs)], days, most, least, any_day=any_day, any_length=any_length)
        self.first = self.symbols(dated)
        self.engine = self.first.engine
        self.splitting = self._splitting(dated)
        self._worlds: dict[int, list[tuple[Truth, Symbols]]] = {}
        self._second: dict[object, tuple[SymbolicFacts, Symbols]] = {}
        self._resting = set[str]()
        self.risen: dict[str, Amount] = {}

    def _splitting(self, dated: Dated) -> Mapping[str, Sequence[Any]]:
        """The conclusions that split a query, each with its possible values.

        They are codes, and counts that are divisors: Z3 divides by a constant easily, by a variable hardly.
        """
        trees = [tree for c in dated.conclusions for k in c.candidates for tree in k.trees]
        rounded = [node for tree in trees for node in walk(tree) if isinstance(node, Rounded)]
        divisors = {n.name for node in rounded for n in walk(node.denominator) if isinstance(n, Read)}
        found: dict[str, Sequence[Any]] = {}
        parts = 1
        for conclusion in dated.conclusions:
            if conclusion.entity != dated.root or "/" in conclusion.name:
                continue
            values: Sequence[Any] = ()
            if conclusion.type.kind == "code":
                values = self.space.codes_of(conclusion.type.of or "")
            elif conclusion.name in divisors:
                number = self.first.value(conclusion.name)
                if isinstance(number, Number) and number.high - number.low < MOST_PARTS:
                    values = range(number.low, number.high + 1)
            if values and parts * len(values) <= MOST_PARTS:
                found[conclusion.name] = values
                parts *= len(values)
        return found

    # --- the second household -------------------------------------------------------------------------------

    def rising(self, name: str) -> tuple[SymbolicFacts, Symbols]:
        """The second household: the same, but amounts of the fact *name* may be more; ``risen`` has by how much."""
        if name not in self._second:
            rises: list[Amount] = []
            facts = self.facts
            for fact in rising_facts(self.definitions, name):
                facts = self._replaced(
                    facts, fact, lambda term, label, f=fact: self._more(f, term, label, rises)
                )
            self.risen[name] = terms.total(rises)
            self._second[name] = facts, self.first.over(facts, name)
            self._resting |= self.engine.resting_on(name)
            self._learn(self._second[name][1], self.engine.resting_on(name))
        return self._second[name]

    def _learn(self, second: Symbols, names: Collection[str]) -> None:
        """Add lemmas: numbers about the household that are never less in the second one.

        The solver has proved each from the constraints, so it excludes no household; it makes later queries faster.
        """
        for conclusion in self.engine.dated.conclusions:
            if conclusion.name in self.splitting:
                break
            amount = conclusion.type.kind in ("money", "number") and conclusion.entity == self.engine.root
            if not amount or conclusion.name not in names:
                continue
            one, other = self.first.value(conclusion.name), second.value(conclusion.name)
            try:
                if self.search.model([terms.compare("<", other, one)], _LEMMA_SECONDS) is None:
                    self.space.require(terms.compare(">=", other, one))
            except UndecidedError:
                continue

    def changing(self, names: Collection[str]) -> tuple[SymbolicFacts, Symbols]:
        """The second household, with any values of the facts in *names*, and otherwise the same."""
        key = frozenset(names)
        if key not in self._second:
            facts, symbols = self.facts, self.first
            for name in sorted(key):
                for entity in self.definitions.entities.values():
                    fact = entity.facts.get(name)
                    if fact is not None:
                        facts = self._replaced(
                            facts, fact, lambda _, label, f=fact: fresh(self.space, f, f"{label}'")
                        )
                self._resting |= self.engine.resting_on(name)
                symbols = symbols.over(facts, name)
            self.accept(facts)
            self._second[key] = facts, symbols
        return self._second[key]

    def amounts(self) -> Iterator[Amount]:
        """Every unknown amount in a list of the first household."""
        for term in (
            *self.facts.root.values(),
            *(term for column in self.facts.each.values() for term in column),
        ):
            for item in term if isinstance(term, list) else ():
                if isinstance(item.value, Mapping):
                    yield from (value for value in item.value.values() if isinstance(value, Number))

    def _replaced(self, facts: SymbolicFacts, fact: FactDefinition, by: Any) -> SymbolicFacts:
        if fact.entity == self.engine.root and fact.name in facts.root:
            return replace(facts, root={**facts.root, fact.name: by(facts.root[fact.name], f"/{fact.name}")})
        if fact.entity != self.engine.root and fact.name in facts.each:
            column = [by(term, f"/{number}/{fact.name}") for number, term in enumerate(facts.each[fact.name])]
            return replace(facts, each={**facts.each, fact.name: column})
        return facts

    def _more(self, fact: FactDefinition, term: Any, label: str, rises: list[Amount]) -> Any:
        if fact.type.kind != "records":
            return self._amount(term, label, rises)
        items: list[Item] = []
        for number, item in enumerate(term):
            fields = dict(item.value)
            for name, field in fact.fields.items():
                if field.type.kind == "money":
                    fields[name] = self._amount(fields[name], f"{label}/{number}/{name}", rises)
            items.append(replace(item, value=fields))
        return items

    def _amount(self, term: Amount, label: str, rises: list[Amount]) -> Amount:
        if not isinstance(term, Number):
            return term
        rise = self.space.number(f"{label} more by", 0, term.high - term.low)
        more = terms.total([term, rise])
        self.space.require(terms.compare("<=", more, term.high))
        rises.append(rise)
        assert isinstance(more, Number)
        return Number(more.expr, term.low, term.high)

    # --- the parts of a question ----------------------------------------------------------------------------

    def worlds(self, second: Symbols | None = None) -> Iterator[World]:
        """Return the parts of one household, or of it and the *second*."""
        if second is None:
            yield from ((truth, one, one) for truth, one in self._parts(self.first))
            return
        for (here, one), (there, other) in product(self._parts(self.first), self._parts(second)):
            # A conclusion that does not depend on the changed facts is the same in both.
            if all(
                one.value(name) == other.value(name) for name in self.splitting if name not in self._resting
            ):
                yield terms.conjunction([here, there]), one, other

    def _parts(self, symbols: Symbols) -> list[tuple[Truth, Symbols]]:
        if id(symbols) not in self._worlds:
            parts: list[tuple[Truth, Symbols]] = [(True, symbols)]
            for name, values in self.splitting.items():
                parts = [
                    (terms.conjunction([truth, holds]), supposed)
                    for truth, one in parts
                    for supposed, holds in (one.supposing(name, value) for value in values)
                    if holds is not False
                ]
            self._worlds[id(symbols)] = parts
        return self._worlds[id(symbols)]
