"""An expression with its figures filled in: arithmetic that a reader can redo by hand.

It is worked out from the expression as written, by exact fractions, apart from the engine that made the decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from hongqiao_rules.basis import Compiled
from hongqiao_rules.engines.direct import Run
from hongqiao_rules.engines.trace import money, percent
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.dating import Candidate
from hongqiao_rules.rulebook.nodes import (
    Add,
    Aggregate,
    AllOf,
    And,
    AssessmentDate,
    ChildrenOf,
    Compare,
    Constant,
    Contains,
    Divide,
    Element,
    FullYears,
    Greatest,
    If,
    Least,
    Multiply,
    Node,
    Not,
    Or,
    Parameter,
    Read,
    Reading,
    Subtract,
    Total,
)  # fmt: skip

_SIGNS = {Add: "+", Subtract: "−", Multiply: "×", Divide: "÷"}
_COMPARISONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


class Arithmetic:
    """Works out and writes the expressions of one run.

    Args:
        compiled: the rulebook the run was made with.
        run: the run.
        lang: a language that has a catalogue.
    """

    def __init__(self, compiled: Compiled, run: Run, lang: str) -> None:
        self.compiled, self.run, self.words = compiled, run, catalogue(lang)
        self.engine, self.dated = compiled.engine, compiled.dated
        self.variables: dict[int, Any] = {}
        self.domains: dict[int, Node] = {}
        self.used: dict[str, None] = {}
        """The parameters that were written, in order, since it was last emptied."""
        self.definitions = {
            c.name: c.candidates[0].typed.value
            for c in self.dated.conclusions
            if c.name not in compiled.figures and c.list is None and c.type.kind in ("money", "number")
        }

    def of(self, candidate: Candidate, member: int | None) -> str:
        """The value of a rule as arithmetic, for the member at a position or for the household."""
        self.variables = {} if member is None else {0: member}
        return self.write(candidate.typed.value)

    def condition(self, node: Node, member: int | None) -> str:
        """A comparison with its figures filled in."""
        self.variables = {} if member is None else {0: member}
        return self.write(node)

    def holding(self, node: Aggregate) -> Iterator[Any]:
        """Stand in turn at each item of a loop of which its body holds."""
        for _ in self._items(node):
            if self.value(node.body):
                yield self.variables[node.variable]

    def largest(self, node: Aggregate) -> Iterator[int]:
        """Stand in turn at each item of a loop of which its body is largest."""
        most = self.value(node)
        for _ in self._items(node):
            if self.value(node.body) == most:
                yield self.variables[node.variable]

    @contextmanager
    def inside(self, node: Read) -> Iterator[None]:
        """Stand inside the rule that concludes *node*, at the member of whom it is read."""
        outer = self.variables
        self.variables = {} if node.variable is None else {0: outer[node.variable]}
        try:
            yield
        finally:
            self.variables = outer

    # --- values ---------------------------------------------------------------------------------------------

    def value(self, node: Node) -> Any:
        """The value of an expression: a fraction (of fen, or ones), a truth, a code or a list."""
        match node:
            case Constant():
                return node.value
            case Parameter():
                return self.dated.parameters[node.name].value
            case Reading():
                return self.dated.readings[node.name]
            case AssessmentDate():
                return self.run.state[0]
            case Read():
                return self._read(node)
            case Element():
                item = self.variables[node.variable]
                return item if node.field_name is None else item[self._field(node)]
            case Total():
                return sum(amount for _, _, amount in self.compiled.lines(self.run, node.name))
            case Add():
                return self.value(node.left) + self.value(node.right)
            case Subtract():
                return self.value(node.left) - self.value(node.right)
            case Multiply():
                return self.value(node.left) * self.value(node.right)
            case Divide():
                return Fraction(self.value(node.left)) / self.value(node.right)
            case Compare():
                return self._compare(node)
            case And():
                return all(self.value(part) for part in node.parts)
            case Or():
                return any(self.value(part) for part in node.parts)
            case Not():
                return not self.value(node.part)
            case If():
                return self.value(node.then if self.value(node.condition) else node.otherwise)
            case Least():
                return min(self.value(part) for part in node.parts)
            case Greatest():
                return max(self.value(part) for part in node.parts)
            case Contains():
                return self.value(node.item) in self.value(node.collection)
            case FullYears():
                return (self.value(node.end) - self.value(node.start)) // 10000
            case Aggregate():
                return self._fold(node)
        raise AssertionError(type(node))

    def _read(self, node: Read) -> Any:
        slot = self.engine.slots.get((node.entity, node.name))
        if slot is None:
            return 0  # an amount whose rule is not in force
        found = self.run.state[slot]
        return found if node.variable is None else found[self.variables[node.variable]]

    def _field(self, node: Element) -> int:
        domain = self.domains[node.variable]
        assert isinstance(domain, Read)
        fields = self.dated.linked.definitions.entities[domain.entity].facts[domain.name].fields
        return list(fields).index(node.field_name or "")

    def _compare(self, node: Compare) -> bool:
        left, right = self.value(node.left), self.value(node.right)
        match node.operator:
            case "<":
                return bool(left < right)
            case "<=":
                return bool(left <= right)
            case ">":
                return bool(left > right)
            case ">=":
                return bool(left >= right)
            case "==":
                return bool(left == right)
        return bool(left != right)

    def _items(self, node: Aggregate) -> Iterator[None]:
        """Stand at each item of the loop's domain for which its condition holds, one after the other."""
        domain = node.domain
        match domain:
            case AllOf():
                items: Any = range(len(self.run.state[next(iter(self._columns(domain.entity)))]))
            case ChildrenOf():
                items = self.run.state[self.engine.relations[domain.relation]][
                    self.variables[domain.variable]
                ]
            case _:
                items = self.value(domain)
        self.domains[node.variable] = domain
        for item in items:
            self.variables[node.variable] = item
            if node.where is None or self.value(node.where):
                yield

    def _columns(self, entity: str) -> Iterator[int]:
        return (slot for (name, _), slot in self.engine.slots.items() if name == entity)

    def _fold(self, node: Aggregate) -> Any:
        values = [self.value(node.body) for _ in self._items(node)]
        match node.fold:
            case "any":
                return any(values)
            case "all":
                return all(values)
            case "count":
                return len(values)
            case "sum":
                return sum(values)
        return max(values, default=0)

    # --- writing --------------------------------------------------------------------------------------------

    def figure(self, node: Node, value: Any) -> str:
        """A value as people write it."""
        if node.type.kind == "money":
            return money(int(value))
        if node.type.kind == "share":
            return percent(Fraction(value))
        return str(value)

    def write(self, node: Node) -> str:
        """The expression with its figures; of an ``if``, only the branch that was taken."""
        match node:
            case Add() | Subtract() | Multiply() | Divide():
                left, right = self._operand(node, node.left), self._operand(node, node.right)
                return f"{left} {_SIGNS[type(node)]} {right}"
            case Compare():
                return f"{self.write(node.left)} {_COMPARISONS[node.operator]} {self.write(node.right)}"
            case If():
                return self.write(node.then if self.value(node.condition) else node.otherwise)
            case Greatest(parts=(Constant(value=least), part)) if self.value(part) >= least:
                return self.write(part)
            case Greatest(parts=(Constant(value=0), part)):
                return self.words.say("arithmetic.floor", text=self.write(part))
            case Least() | Greatest():
                parts = self.words.join([self.write(part) for part in node.parts], "arithmetic.parts")
                return self.words.say("phrase.min" if isinstance(node, Least) else "phrase.max", parts=parts)
            case Aggregate(fold="sum"):
                return self._terms([self.write(node.body) for _ in self._items(node)], node)
            case Aggregate(fold="largest") if self.value(node):
                next(self.largest(node))
                return self.write(node.body)
            case Parameter():
                self.used[node.name] = None
            case Total():
                return self._terms([money(a) for _, _, a in self.compiled.lines(self.run, node.name)], node)
            case Read() if node.name in self.definitions:
                return self._defined(node)
        return self.figure(node, self.value(node))

    def _defined(self, node: Read) -> str:
        """A conclusion that no figure shows: its own arithmetic in its place."""
        with self.inside(node):
            return self.write(self.definitions[node.name])

    def _terms(self, terms: list[str], node: Node) -> str:
        """A sum as people write it: a term below zero is taken off."""
        return " + ".join(terms).replace(" + -", " − ") if terms else self.figure(node, 0)

    def _operand(self, outer: Node, inner: Node) -> str:
        text = self.write(inner)
        loose = " + " in text or " − " in text
        if loose and (
            isinstance(outer, Multiply | Divide) or (isinstance(outer, Subtract) and inner is outer.right)
        ):
            return f"({text})"
        return text
