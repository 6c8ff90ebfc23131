"""The symbolic engine: every conclusion of a dated rulebook as a term over known and unknown facts.

If all facts are known, the terms are Python values and Z3 is not used. Otherwise they are Z3 expressions over all households
that the facts leave possible. A conclusion is evaluated when it is first read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from hongqiao_rules.engines.symbolic import terms as terms
from hongqiao_rules.engines.symbolic.symbolic_facts import Item, SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Amount, Truth
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion

Bound = Mapping[int, Any]
"""The values of the variables of an expression: the index of an entity, or an item of a list."""

FULL_YEAR = 10000
"""The difference of two yyyymmdd dates that are a full year apart."""


class SymbolicEngine:
    """A dated rulebook that can be evaluated over any facts. Immutable."""

    def __init__(self, dated: Dated) -> None:
        self.dated = dated
        self.root = dated.root
        self.conclusions: Mapping[tuple[str, str], DatedConclusion] = {
            (conclusion.entity, conclusion.name): conclusion for conclusion in dated.conclusions
        }
        self._needs = {conclusion.name: needed(conclusion) for conclusion in dated.conclusions}
        self._resting: dict[str, frozenset[str]] = {}

    def symbols(self, facts: SymbolicFacts, day: Amount) -> Symbols:
        """The terms of the conclusions over *facts* on *day* (yyyymmdd; may be an unknown number)."""
        return Symbols(self, facts, day)

    def resting_on(self, name: str) -> frozenset[str]:
        """The names of the conclusions that depend on the fact or conclusion *name*, directly or indirectly."""
        if name not in self._resting:
            found = {name}
            for conclusion in self.dated.conclusions:  # each comes after those that it reads
                if not found.isdisjoint(self._needs[conclusion.name]):
                    found.add(conclusion.name)
            self._resting[name] = frozenset(found - {name})
        return self._resting[name]


def needed(conclusion: DatedConclusion) -> frozenset[str]:
    """The names of the facts and conclusions that a conclusion reads; for a relation, that of the reference."""
    return frozenset(n.named("fact", (tree for c in conclusion.candidates for tree in c.trees)))


class Symbols(DatedVisitor[[Bound], Any]):
    """The terms of one rulebook over some facts; each is built once, when it is first read."""

    def __init__(self, engine: SymbolicEngine, facts: SymbolicFacts, day: Amount) -> None:
        self.engine, self.facts, self.day = engine, facts, day
        self._known: dict[tuple[str, str, int | None], Any] = {}

    def value(self, name: str, who: int | None = None) -> Any:
        """The term of a conclusion or fact of the root, or of the contained entity at index *who*."""
        return self.read(None if who is None else 0, name, {0: who})

    def over(self, facts: SymbolicFacts, fact: str) -> Symbols:
        """The terms over *facts*, which differ from the current facts only in *fact*; independent terms are shared."""
        return self._without(facts, self.engine.resting_on(fact))

    def supposing(self, name: str, value: Any) -> tuple[Symbols, Truth]:
        """The terms under the assumption that the conclusion *name* of the root is *value*, and that assumption.

        Terms that depend on the conclusion are simplified, so a query can be case-split by the values of a conclusion.
        """
        holds = terms.compare("==", self.value(name), value)
        supposed = self._without(self.facts, self.engine.resting_on(name))
        supposed._known["", name, None] = value
        return supposed, holds

    def _without(self, facts: SymbolicFacts, names: frozenset[str]) -> Symbols:
        other = Symbols(self.engine, facts, self.day)
        other._known = {key: term for key, term in self._known.items() if key[1] not in names}
        return other

    def assume(self, name: str, who: int | None, value: Any) -> None:
        """Set a conclusion of the root, or of the contained entity at index *who*, to *value*."""
        self._known["" if who is None else "each", name, who] = value

    def column(self, name: str) -> list[Any]:
        """The terms of a conclusion about each contained entity; they have a meaning only for those that are present."""
        return [self.value(name, who) for who in range(len(self.facts.present))]

    def lines(self, name: str) -> Iterator[tuple[str, int | None, Any]]:
        """Yield the entries of a list: the conclusion, the index of the entity or ``None``, the amount or truth."""
        for conclusion in self.engine.dated.conclusions:
            if conclusion.list != name:
                continue
            if conclusion.entity == self.engine.root:
                yield conclusion.name, None, self.value(conclusion.name)
                continue
            for who, present in enumerate(self.facts.present):
                value = self.value(conclusion.name, who)
                yield conclusion.name, who, terms.choose(present, value, conclusion.otherwise)

    def conditions(self, candidate: Candidate, who: int | None = None) -> list[Truth]:
        """The terms of the conditions of a rule."""
        return [self.visit(condition, {0: who}) for condition in candidate.conditions]

    def failed(self, name: str, who: int | None = None) -> list[Amount]:
        """For each candidate of a conclusion, the number (from 1) of its first failed condition, 0 if none fails."""
        conclusion = self.conclusion(name, who)
        found = []
        for candidate in conclusion.candidates:
            first: Amount = 0
            for number, holds in reversed(list(enumerate(self.conditions(candidate, who), 1))):
                first = terms.choose(holds, first, number)
            found.append(first)
        return found

    def applies(self, name: str, candidate: Candidate, who: int | None = None) -> Truth:
        """The truth that *candidate* is the rule that decides a conclusion."""
        parts: list[Truth] = []
        for other in self.conclusion(name, who).candidates:
            holds = terms.conjunction(self.conditions(other, who))
            if other is candidate:
                return terms.conjunction([*parts, holds])
            parts.append(terms.negation(holds))
        raise AssertionError(name)

    def noticed(self) -> list[Truth]:
        """For each notice, the truth that it applies."""
        notices = self.engine.dated.notices
        return [True if when is None else self.visit(when, {0: None}) for _, when in notices]

    def conclusion(self, name: str, who: int | None) -> DatedConclusion:
        """The conclusion called *name*, about the root or (*who* given) about contained entities."""
        inside = self.engine.dated.linked.definitions.entities[self.engine.root].contains
        entity = self.engine.root if who is None or inside is None else inside.entity
        return self.engine.conclusions[entity, name]

    # --- expressions ----------------------------------------------------------------------------------------

    def read(self, variable: int | None, name: str, bound: Bound) -> Any:
        """The term of a fact or conclusion of the root, or of the contained entity bound to *variable*."""
        who = None if variable is None else bound[variable]
        facts: Any = self.facts.root if who is None else self.facts.each
        if name in facts:
            return facts[name] if who is None else facts[name][who]
        key = ("" if who is None else "each", name, who)
        if key not in self._known:
            self._known[key] = self.settled(self.conclusion(name, who), who)
        return self._known[key]

    def settled(self, conclusion: DatedConclusion, who: int | None) -> Any:
        """The term of a conclusion: the value of the first rule that applies, else its ``otherwise``."""
        bound = {0: who}
        found: Any = conclusion.otherwise
        held: list[tuple[Truth, Candidate]] = []
        for candidate in conclusion.candidates:
            holds = terms.conjunction(self.visit(condition, bound) for condition in candidate.conditions)
            if holds is not False:
                held.append((holds, candidate))
            if holds is True:
                break
        for number, (holds, candidate) in enumerate(reversed(held)):
            value = self.visit(candidate.value, bound)
            surely = number == 0 and conclusion.type.kind == "code"  # one rule always applies to a code
            found = value if surely else terms.choose(holds, value, found)
        return found

    def visit_constant(self, node: n.Constant, _bound: Bound) -> Any:
        return bool(node.value) if node.type.kind == "truth" else node.value

    def visit_read(self, node: n.Read, bound: Bound) -> Any:
        return self.read(node.variable, node.name, bound)

    def visit_assessment_date(self, _node: n.AssessmentDate, _bound: Bound) -> Any:
        return self.day

    def visit_element(self, node: n.Element, bound: Bound) -> Any:
        value = bound[node.variable]
        return value if node.field_name is None else value[node.field_name]

    def visit_add(self, node: n.Add, bound: Bound) -> Any:
        return terms.total([self.visit(node.left, bound), self.visit(node.right, bound)])

    def visit_subtract(self, node: n.Subtract, bound: Bound) -> Any:
        return terms.difference(self.visit(node.left, bound), self.visit(node.right, bound))

    def visit_multiply(self, node: n.Multiply, bound: Bound) -> Any:
        return terms.product(self.visit(node.left, bound), self.visit(node.right, bound))

    def visit_rounded(self, node: n.Rounded, bound: Bound) -> Any:
        return terms.rounded(
            self.visit(node.numerator, bound), self.visit(node.denominator, bound), node.step, node.way
        )

    def visit_compare(self, node: n.Compare, bound: Bound) -> Any:
        return terms.compare(node.operator, self.visit(node.left, bound), self.visit(node.right, bound))

    def visit_and(self, node: n.And, bound: Bound) -> Any:
        return terms.conjunction(self.visit(part, bound) for part in node.parts)

    def visit_or(self, node: n.Or, bound: Bound) -> Any:
        return terms.disjunction(self.visit(part, bound) for part in node.parts)

    def visit_not(self, node: n.Not, bound: Bound) -> Any:
        return terms.negation(self.visit(node.part, bound))

    def visit_if(self, node: n.If, bound: Bound) -> Any:
        condition = self.visit(node.condition, bound)
        if isinstance(condition, bool):
            return self.visit(node.then if condition else node.otherwise, bound)
        return terms.choose(condition, self.visit(node.then, bound), self.visit(node.otherwise, bound))

    def _extreme(self, node: n.Least | n.Greatest, bound: Bound) -> Any:
        parts = [self.visit(part, bound) for part in node.parts]
        return terms.extreme(parts, greatest=isinstance(node, n.Greatest))

    visit_least = visit_greatest = _extreme

    def visit_contains(self, node: n.Contains, bound: Bound) -> Any:
        item, collection = self.visit(node.item, bound), self.visit(node.collection, bound)
        if isinstance(collection, frozenset):
            return terms.among(item, collection)
        return terms.disjunction(
            terms.conjunction([one.present, terms.compare("==", item, one.value)]) for one in collection
        )

    def visit_full_years(self, node: n.FullYears, bound: Bound) -> Any:
        lived = terms.difference(self.visit(node.end, bound), self.visit(node.start, bound))
        return terms.floored(lived, FULL_YEAR)

    def visit_all_of(self, _node: n.AllOf, _bound: Bound) -> Any:
        return [Item(present, who) for who, present in enumerate(self.facts.present)]

    def visit_children_of(self, node: n.ChildrenOf, bound: Bound) -> Any:
        pointing = self.facts.points[node.relation][bound[node.variable]]
        return [Item(points, who) for who, points in enumerate(pointing)]

    def visit_aggregate(self, node: n.Aggregate, bound: Bound) -> Any:
        return _FOLDS[node.fold](self._items(node, bound))

    def _items(self, node: n.Aggregate, bound: Bound) -> Iterator[tuple[Truth, Callable[[], Any]]]:
        """Yield, for each item of the domain, the truth that it is in the loop, and a function that returns the body."""
        for item in self.visit(node.domain, bound):
            inner = {**bound, node.variable: item.value}
            guard = item.present
            if node.where is not None and guard is not False:
                guard = terms.conjunction([guard, self.visit(node.where, inner)])
            if guard is not False:
                yield guard, partial(self.visit, node.body, inner)


def _any(items: Iterator[tuple[Truth, Callable[[], Any]]]) -> Truth:
    return terms.disjunction(terms.conjunction([guard, body()]) for guard, body in items)


def _all(items: Iterator[tuple[Truth, Callable[[], Any]]]) -> Truth:
    return terms.conjunction(terms.disjunction([terms.negation(guard), body()]) for guard, body in items)


def _count(items: Iterator[tuple[Truth, Callable[[], Any]]]) -> Amount:
    return terms.total([terms.choose(guard, 1, 0) for guard, _ in items])


def _sum(items: Iterator[tuple[Truth, Callable[[], Any]]]) -> Amount:
    return terms.total([terms.choose(guard, body(), 0) for guard, body in items])


def _largest(items: Iterator[tuple[Truth, Callable[[], Any]]]) -> Amount:
    found: Amount = 0
    some: Truth = False
    for guard, body in items:
        value = body()
        larger = terms.extreme([found, value], greatest=True)
        found = terms.choose(guard, terms.choose(some, larger, value), found)
        some = terms.disjunction([some, guard])
    return found


_FOLDS: Mapping[str, Callable[[Iterator[tuple[Truth, Callable[[], Any]]]], Any]] = {
    "any": _any, "all": _all, "count": _count, "sum": _sum, "largest": _largest,
}  # fmt: skip
