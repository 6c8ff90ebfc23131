"""The direct engine: one household, exact integers, by closures made once from the expressions of a dated rulebook.

A run keeps every conclusion and which condition of a rule failed first; a trace is written from that when asked for
(:mod:`hongqiao_rules.engines.trace`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hongqiao_rules.engines.facts import Facts
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion
from hongqiao_rules.rulebook.nodes import (
    DATED, Add, Aggregate, AllOf, And, AssessmentDate, ChildrenOf, Compare, Constant, Contains, Element, FullYears,
    Greatest, If, Least, Multiply, Node, Not, Or, Read, Rounded, Subtract,
)  # fmt: skip

State = list[Any]
Variables = list[Any]
Term = Callable[[State, Variables], Any]
DATE, EVERYONE = 0, 1
"""The slots of the assessment date and of the positions of all contained entities."""


@dataclass(slots=True)
class Run:
    """What one household came to.

    ``state`` holds facts and conclusions by slot. ``failed`` has, for each conclusion with conditions, the index of
    the first condition that failed for each of its rules in turn, ending with -1 for the one that held; for
    conclusions about contained entities, a list of those.
    """

    state: State
    failed: list[Any]


class DirectEngine:
    """A dated rulebook compiled for one household at a time. Immutable, safe in threads."""

    def __init__(self, dated: Dated) -> None:
        self.dated = dated
        self.root = dated.root
        entities = dated.linked.definitions.entities
        inside = entities[self.root].contains
        self.contained = inside.entity if inside is not None else None
        self.slots: dict[tuple[str, str], int] = {}
        self.relations: dict[str, int] = {}
        size = 2
        for entity in entities.values():
            for fact in entity.facts.values():
                if fact.type.kind == "text":
                    continue
                if fact.type.kind == "reference":
                    self.relations[fact.name] = size
                else:
                    self.slots[entity.name, fact.name] = size
                size += 1
        for conclusion in dated.conclusions:
            self.slots[conclusion.entity, conclusion.name] = size
            size += 1
        self.size = size
        compiler = _Compiler(self)
        self._steps = [compiler.step(conclusion) for conclusion in dated.conclusions]
        self._notices = [
            (notice, None if when is None else compiler.term(when)) for notice, when in dated.notices
        ]
        self._width = compiler.width
        self._root_facts = [(slot, name) for (entity, name), slot in self.slots.items() if self._is_fact(entity, name, self.root)]
        self._each_facts = [
            (slot, name) for (entity, name), slot in self.slots.items() if self._is_fact(entity, name, self.contained)
        ]

    def _is_fact(self, entity: str, name: str, wanted: str | None) -> bool:
        return entity == wanted and name in self.dated.linked.definitions.entities[entity].facts

    def run(self, facts: Facts, day: int) -> Run:
        """Work out every conclusion for *facts* on *day* (yyyymmdd), which lies in the rulebook's period."""
        state: State = [None] * self.size
        state[DATE] = day
        state[EVERYONE] = range(facts.count)
        for slot, name in self._root_facts:
            state[slot] = facts.root[name]
        for slot, name in self._each_facts:
            state[slot] = facts.each[name]
        for name, slot in self.relations.items():
            state[slot] = facts.children[name]
        variables: Variables = [0] * self._width
        return Run(state, [step(state, variables) for step in self._steps])

    def notices(self, run: Run) -> list[Any]:
        """The notices that go with a run, in the order of their files."""
        variables: Variables = [0] * self._width
        return [notice for notice, when in self._notices if when is None or when(run.state, variables)]

    def value(self, run: Run, name: str) -> Any:
        """A conclusion (or fact) of the root by its name."""
        return run.state[self.slots[self.root, name]]


class _Compiler:
    """From expressions to closures. ``TERMS`` has one method for each operation of the language."""

    def __init__(self, engine: DirectEngine) -> None:
        self.engine = engine
        self.width = 1
        self.fields: dict[int, list[str]] = {}

    # --- conclusions ----------------------------------------------------------------------------------------

    def step(self, conclusion: DatedConclusion) -> Callable[[State, Variables], Any]:
        slot = self.engine.slots[conclusion.entity, conclusion.name]
        about_root = conclusion.entity == self.engine.root
        candidates = [self.candidate(candidate) for candidate in conclusion.candidates]
        if len(candidates) == 1 and not candidates[0][0]:
            value = candidates[0][1]
            return _plain_root(slot, value) if about_root else _plain_each(slot, value)
        settle = _settle_one(*candidates[0]) if len(candidates) == 1 else _settle_first(candidates)
        return _settled_root(slot, settle) if about_root else _settled_each(slot, settle)

    def candidate(self, candidate: Candidate) -> tuple[list[Term], Term]:
        return [self.term(condition) for condition in candidate.conditions], self.term(candidate.value)

    # --- expressions ----------------------------------------------------------------------------------------

    def term(self, node: Node) -> Term:
        return TERMS[type(node)](self, node)

    def constant(self, node: Constant) -> Term:
        value = node.value
        return lambda _s, _v: value

    def read(self, node: Read) -> Term:
        slot, variable = self.engine.slots[node.entity, node.name], node.variable
        if variable is None:
            return lambda s, _v: s[slot]
        return lambda s, v: s[slot][v[variable]]

    def date(self, _node: AssessmentDate) -> Term:
        return lambda s, _v: s[DATE]

    def element(self, node: Element) -> Term:
        variable, name = node.variable, node.field_name
        if name is None:
            return lambda _s, v: v[variable]
        position = self.fields[variable].index(name)
        return lambda _s, v: v[variable][position]

    def arithmetic(self, node: Add | Subtract | Multiply) -> Term:
        left, right = self.term(node.left), self.term(node.right)
        if isinstance(node, Add):
            return lambda s, v: left(s, v) + right(s, v)
        if isinstance(node, Subtract):
            return lambda s, v: left(s, v) - right(s, v)
        return lambda s, v: left(s, v) * right(s, v)

    def rounded(self, node: Rounded) -> Term:
        top, bottom, step, way = self.term(node.numerator), self.term(node.denominator), node.step, node.way
        return lambda s, v: round_quotient(top(s, v), bottom(s, v), step, way)

    def compare(self, node: Compare) -> Term:
        left, right, holds = self.term(node.left), self.term(node.right), OPERATORS[node.operator]
        if isinstance(node.right, Constant):
            value = node.right.value
            return lambda s, v: holds(left(s, v), value)
        return lambda s, v: holds(left(s, v), right(s, v))

    def conjunction(self, node: And) -> Term:
        parts = [self.term(part) for part in node.parts]
        if len(parts) == 2:
            one, other = parts
            return lambda s, v: one(s, v) and other(s, v)
        return lambda s, v: all(part(s, v) for part in parts)

    def disjunction(self, node: Or) -> Term:
        parts = [self.term(part) for part in node.parts]
        if len(parts) == 2:
            one, other = parts
            return lambda s, v: one(s, v) or other(s, v)
        return lambda s, v: any(part(s, v) for part in parts)

    def negation(self, node: Not) -> Term:
        part = self.term(node.part)
        return lambda s, v: not part(s, v)

    def conditional(self, node: If) -> Term:
        condition, then, otherwise = self.term(node.condition), self.term(node.then), self.term(node.otherwise)
        return lambda s, v: then(s, v) if condition(s, v) else otherwise(s, v)

    def extreme(self, node: Least | Greatest) -> Term:
        parts, pick = [self.term(part) for part in node.parts], min if isinstance(node, Least) else max
        return lambda s, v: pick([part(s, v) for part in parts])

    def contains(self, node: Contains) -> Term:
        item, collection = self.term(node.item), self.term(node.collection)
        if isinstance(node.collection, Constant):
            codes = node.collection.value
            assert isinstance(codes, frozenset)
            return lambda s, v: item(s, v) in codes
        return lambda s, v: item(s, v) in collection(s, v)

    def full_years(self, node: FullYears) -> Term:
        start, end = self.term(node.start), self.term(node.end)
        return lambda s, v: (end(s, v) - start(s, v)) // 10000

    def everyone(self, _node: AllOf) -> Term:
        return lambda s, _v: s[EVERYONE]

    def own_children(self, node: ChildrenOf) -> Term:
        slot, variable = self.engine.relations[node.relation], node.variable
        return lambda s, v: s[slot][v[variable]]

    def aggregate(self, node: Aggregate) -> Term:
        variable = node.variable
        self.width = max(self.width, variable + 1)
        if isinstance(node.domain, Read) and node.domain.type.kind == "records":
            definitions = self.engine.dated.linked.definitions.entities[node.domain.entity]
            self.fields[variable] = list(definitions.facts[node.domain.name].fields)
        domain, body = self.term(node.domain), self.term(node.body)
        where = None if node.where is None else self.term(node.where)
        return FOLDS[node.fold](variable, domain, where, body)


def _plain_root(slot: int, value: Term) -> Term:
    def step(s: State, v: Variables) -> None:
        s[slot] = value(s, v)

    return step


def _plain_each(slot: int, value: Term) -> Term:
    def step(s: State, v: Variables) -> None:
        found = []
        for v[0] in s[EVERYONE]:
            found.append(value(s, v))
        s[slot] = found

    return step


Settle = Callable[[State, Variables], tuple[Any, tuple[int, ...]]]
_HELD = (-1,)


def _settle_one(conditions: list[Term], value: Term) -> Settle:
    outcomes = [(0, (index,)) for index in range(len(conditions))]

    def settle(s: State, v: Variables) -> tuple[Any, tuple[int, ...]]:
        for condition, outcome in zip(conditions, outcomes, strict=True):
            if not condition(s, v):
                return outcome
        return value(s, v), _HELD

    return settle


def _settle_first(candidates: list[tuple[list[Term], Term]]) -> Settle:
    def settle(s: State, v: Variables) -> tuple[Any, tuple[int, ...]]:
        failed: list[int] = []
        for conditions, value in candidates:
            first = next((index for index, condition in enumerate(conditions) if not condition(s, v)), -1)
            failed.append(first)
            if first < 0:
                return value(s, v), tuple(failed)
        return 0, tuple(failed)

    return settle


def _settled_root(slot: int, settle: Settle) -> Term:
    def step(s: State, v: Variables) -> tuple[int, ...]:
        s[slot], failed = settle(s, v)
        return failed

    return step


def _settled_each(slot: int, settle: Settle) -> Term:
    def step(s: State, v: Variables) -> list[tuple[int, ...]]:
        values, failed = [], []
        for v[0] in s[EVERYONE]:
            value, outcome = settle(s, v)
            values.append(value)
            failed.append(outcome)
        s[slot] = values
        return failed

    return step


def _any(variable: int, domain: Term, where: Term | None, body: Term) -> Term:
    def fold(s: State, v: Variables) -> bool:
        for v[variable] in domain(s, v):
            if (where is None or where(s, v)) and body(s, v):
                return True
        return False

    return fold


def _all(variable: int, domain: Term, where: Term | None, body: Term) -> Term:
    def fold(s: State, v: Variables) -> bool:
        for v[variable] in domain(s, v):
            if (where is None or where(s, v)) and not body(s, v):
                return False
        return True

    return fold


def _sum(variable: int, domain: Term, where: Term | None, body: Term) -> Term:
    def fold(s: State, v: Variables) -> int:
        total = 0
        for v[variable] in domain(s, v):
            if where is None or where(s, v):
                total += body(s, v)
        return total

    return fold


def _largest(variable: int, domain: Term, where: Term | None, body: Term) -> Term:
    def fold(s: State, v: Variables) -> int:
        values = []
        for v[variable] in domain(s, v):
            if where is None or where(s, v):
                values.append(body(s, v))
        return max(values, default=0)

    return fold


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
FOLDS: Mapping[str, Callable[[int, Term, Term | None, Term], Term]] = {
    "any": _any, "all": _all, "sum": _sum, "count": _sum, "largest": _largest,
}  # fmt: skip
TERMS: Mapping[type[Node], Callable[[_Compiler, Any], Term]] = {
    Constant: _Compiler.constant, Read: _Compiler.read, AssessmentDate: _Compiler.date, Element: _Compiler.element,
    Add: _Compiler.arithmetic, Subtract: _Compiler.arithmetic, Multiply: _Compiler.arithmetic,
    Rounded: _Compiler.rounded, Compare: _Compiler.compare, And: _Compiler.conjunction, Or: _Compiler.disjunction,
    Not: _Compiler.negation, If: _Compiler.conditional, Least: _Compiler.extreme, Greatest: _Compiler.extreme,
    Contains: _Compiler.contains, FullYears: _Compiler.full_years, AllOf: _Compiler.everyone,
    ChildrenOf: _Compiler.own_children, Aggregate: _Compiler.aggregate,
}  # fmt: skip
if missing := set(DATED) - set(TERMS):
    raise AssertionError(f"the direct engine does not define {missing}")


def round_quotient(numerator: int, denominator: int, step: int, way: str) -> int:
    """``numerator / denominator`` as a multiple of *step*; half up is away from zero, as 四舍五入 is."""
    unit = denominator * step
    size = abs(numerator)
    if way == "half-up":
        steps = (2 * size + unit) // (2 * unit)
    elif way == "up":
        steps = -(-size // unit)
    else:
        steps = size // unit
    return steps * step if numerator >= 0 else -steps * step
