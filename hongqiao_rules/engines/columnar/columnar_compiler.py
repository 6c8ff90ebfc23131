"""Compile a dated rulebook to a program of array operations.

Every loop of a rule is flattened (:mod:`hongqiao_rules.engines.columnar.frames`). Every expression is evaluated in the
smallest frame that has its variables: an expression about a household once for each household, an expression about a
member once for each member, whatever loops contain it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any, assert_never

import numpy as np

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.columnar.array_program import Plan, Register
from hongqiao_rules.engines.columnar.columns import CODE, code_positions, code_type
from hongqiao_rules.engines.columnar.frames import Frames, Scope, Value
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.dating import Dated, DatedConclusion


class Writer(DatedVisitor[[Scope], Value]):
    """Writes the operations of a rulebook to a plan; a visit returns the register or constant with the value of a node."""

    def __init__(self, dated: Dated) -> None:
        self.dated = dated
        self.definitions = dated.linked.definitions
        self.plan = Plan()
        self.frames = Frames(self.plan)
        self.known: dict[tuple[str, str], Value] = {}
        self.single: set[Register] = {self.plan.input("day")}
        self.conditional_amounts: set[Register] = set()
        self.fields: dict[Scope, tuple[str, str]] = {}
        self.places: dict[str, Mapping[str, int]] = {}

    # --- rules ----------------------------------------------------------------------------------------------

    def conclude(self, conclusion: DatedConclusion) -> None:
        """Write a conclusion: the value of the first rule whose conditions hold, else its ``otherwise``."""
        of_root = conclusion.entity == self.dated.root
        scope = self.frames.outermost if of_root else self.frames.of_each(0)
        found: Value = conclusion.otherwise
        for candidate in reversed(conclusion.candidates):
            holds = self.junction(candidate.conditions, scope, deciding=False)
            found = self.choose(holds, self.at(candidate.value, scope), found)
        self.known[conclusion.entity, conclusion.name] = found

    def notice(self, when: n.Node | None) -> Register:
        """Write the condition of a notice: a bool column over the roots."""
        holds = True if when is None else self.at(when, self.frames.outermost)
        return self.plan.add(vectors.full, holds, self.frames.root.count, "truth")

    def column(self, conclusion: DatedConclusion) -> Register:
        """The column of a conclusion over its entities, also if its value is a constant."""
        frame = self.frames.root if conclusion.entity == self.dated.root else self.frames.each
        value = self.known[conclusion.entity, conclusion.name]
        return self.plan.add(vectors.full, value, frame.count, conclusion.type.kind)

    def total(self, conclusion: DatedConclusion) -> Register:
        """The sum of a conclusion about contained entities: a column over the roots."""
        value = self.known[conclusion.entity, conclusion.name]
        found: Register = self.fold("sum", value, self.frames.all_of(self.frames.outermost, 0))
        return found

    # --- expressions ----------------------------------------------------------------------------------------

    def at(self, node: n.Node, scope: Scope) -> Value:
        """The value of *node* for each row of *scope*, evaluated in the smallest frame that has its variables."""
        free = n.free_variables(node)
        if not free and scope.root is not None:
            return self.lifted(self.at(node, self.frames.outermost), scope.root)
        for variable in sorted(free):
            place = scope.places[variable]
            if place.index is not None and free <= place.home.places.keys():
                return self.lifted(self.at(node, place.home), place.index)
        return self.visit(node, scope)

    def lifted(self, value: Value, index: Register) -> Value:
        """*value* for the rows of another frame, whose rows are at *index*."""
        return self.plan.add(vectors.take, value, index) if self.varies(value) else value

    def varies(self, value: Value) -> bool:
        """True if a value is a column, False if it is the same for all rows."""
        return isinstance(value, Register) and value not in self.single

    def put(self, function: Callable[..., Any], *arguments: Value) -> Value:
        """The value of an elementwise operation; on constants, it is computed at compile time."""
        registers = [argument for argument in arguments if isinstance(argument, Register)]
        if not registers:
            found = function(*arguments)
            return found.item() if isinstance(found, np.bool_ | np.int64 | np.ndarray) else found
        register = self.plan.add(function, *arguments)
        if self.single.issuperset(registers):
            self.single.add(register)
        return register

    def visit_constant(self, node: n.Constant, _scope: Scope) -> Value:
        if isinstance(node.value, str):
            codes = self.definitions.codes[node.type.of or ""]
            return np.dtype(code_type(codes)).type(self.positions(node.type.of)[node.value])
        return node.value

    def positions(self, codes: str | None) -> Mapping[str, int]:
        """The integers that encode the codes of a list, by code."""
        name = codes or ""
        if name not in self.places:
            self.places[name] = code_positions(self.definitions.codes[name])
        return self.places[name]

    def visit_read(self, node: n.Read, _scope: Scope) -> Value:
        if (node.entity, node.name) in self.known:
            return self.known[node.entity, node.name]
        return self.plan.input(("root" if node.entity == self.dated.root else "each", node.name))

    def visit_assessment_date(self, _node: n.AssessmentDate, _scope: Scope) -> Value:
        return self.plan.input("day")

    def visit_element(self, node: n.Element, scope: Scope) -> Value:
        whose, name = self.fields[scope.places[node.variable].home]
        return self.plan.input(("field", whose, name, node.field_name or CODE))

    def _arithmetic(self, node: n.Add | n.Subtract | n.Multiply, scope: Scope) -> Value:
        return self.put(_SIGNS[type(node)], self.at(node.left, scope), self.at(node.right, scope))

    visit_add = visit_subtract = visit_multiply = _arithmetic

    def visit_compare(self, node: n.Compare, scope: Scope) -> Value:
        left, right = self.at(node.left, scope), self.at(node.right, scope)
        if isinstance(left, Register) and isinstance(right, int) and node.operator in _YEARS:
            step = self.plan.step(left)
            if step.function is vectors.years:
                # A comparison of full years with a constant needs no division.
                operator, more = _YEARS[node.operator]
                return self.put(operator, step.arguments[0], (right + more) * 10000)
        return self.put(_COMPARISONS[node.operator], left, right)

    def visit_rounded(self, node: n.Rounded, scope: Scope) -> Value:
        numerator, denominator = self.at(node.numerator, scope), self.at(node.denominator, scope)
        return self.put(vectors.rounded, numerator, denominator, node.step, node.way)

    def visit_and(self, node: n.And, scope: Scope) -> Value:
        return self.junction(node.parts, scope, deciding=False)

    def visit_or(self, node: n.Or, scope: Scope) -> Value:
        return self.junction(node.parts, scope, deciding=True)

    def junction(self, parts: Iterable[n.Node], scope: Scope, *, deciding: bool) -> Value:
        """The conjunction (*deciding* False) or disjunction (True) of the parts, with constants folded."""
        found = [self.at(part, scope) for part in parts]
        open_ = [part for part in found if not isinstance(part, bool)]
        if deciding in [part for part in found if isinstance(part, bool)]:
            return deciding
        if not open_:
            return not deciding
        if len(open_) == 1:
            return open_[0]
        return self.put(vectors.any_of if deciding else vectors.all_of, *open_)

    def visit_not(self, node: n.Not, scope: Scope) -> Value:
        return self.put(np.logical_not, self.at(node.part, scope))

    def visit_if(self, node: n.If, scope: Scope) -> Value:
        then, otherwise = self.at(node.then, scope), self.at(node.otherwise, scope)
        return self.choose(self.at(node.condition, scope), then, otherwise)

    def choose(self, condition: Value, then: Value, otherwise: Value) -> Value:
        if isinstance(condition, bool):
            return then if condition else otherwise
        if then is True and otherwise is False:
            return condition
        # Multiplication is twice as fast as selection. A truth is not an amount, so False is not 0 here.
        if _is_zero(otherwise):
            return self.masked(condition, then)
        if _is_zero(then):
            return self.masked(self.put(np.logical_not, condition), otherwise)
        if _is_whole(then) and _is_whole(otherwise):
            return self.put(np.add, self.put(np.multiply, condition, then - otherwise), otherwise)
        return self.put(vectors.chosen, condition, then, otherwise)

    def masked(self, condition: Value, amount: Value) -> Value:
        found = self.put(np.multiply, condition, amount)
        if self.varies(condition):
            self.conditional_amounts.add(found)
        return found

    def _extreme(self, node: n.Least | n.Greatest, scope: Scope) -> Value:
        function: Callable[..., Any] = np.minimum if isinstance(node, n.Least) else np.maximum
        parts = [self.at(part, scope) for part in node.parts]
        found = parts[0]
        for part in parts[1:]:
            found = self.put(function, found, part)
        return found

    visit_least = visit_greatest = _extreme

    def visit_contains(self, node: n.Contains, scope: Scope) -> Value:
        if isinstance(node.collection, n.Constant):
            assert isinstance(node.collection.value, frozenset)
            positions = self.positions(node.collection.type.of)
            wanted = sorted(positions[code] for code in node.collection.value)
            item = self.at(node.item, scope)
            if not self.varies(item):
                return int(item) in wanted
            return self.put(vectors.in_runs, item, _runs(wanted))
        collection = node.collection
        assert isinstance(collection, n.Read)
        inner = self.items(scope, collection, _ITEM)
        element = n.Element(type=node.item.type, variable=_ITEM, field_name=None)
        same = self.put(np.equal, self.at(element, inner), self.at(node.item, inner))
        return self.fold("any", same, inner)

    def visit_full_years(self, node: n.FullYears, scope: Scope) -> Value:
        between = self.put(np.subtract, self.at(node.end, scope), self.at(node.start, scope))
        return self.put(vectors.years, between)

    def _domain(self, _node: n.AllOf | n.ChildrenOf, _scope: Scope) -> Value:
        raise AssertionError("a domain has no value")

    visit_all_of = visit_children_of = _domain

    def visit_aggregate(self, node: n.Aggregate, scope: Scope) -> Value:
        inner = self.laid_out(node, scope)
        where: Value = True if node.where is None else self.at(node.where, inner)
        body = True if node.fold == "count" else self.at(node.body, inner)
        match node.fold:
            case "all":
                fails = self.both(where, self.put(np.logical_not, body))
                return self.put(np.logical_not, self.fold("any", fails, inner))
            case "any" | "count":
                return self.fold(node.fold, self.both(where, body), inner)
            case "sum":
                return self.fold("sum", self.choose(where, body, 0), inner)
            case "largest":
                return self.fold("largest", self.choose(where, body, vectors.LEAST), inner)
            case _:
                assert_never(node.fold)

    def both(self, one: Value, other: Value) -> Value:
        for part, rest in ((one, other), (other, one)):
            if isinstance(part, bool):
                return rest if part else False
        return self.put(np.logical_and, one, other)

    def laid_out(self, node: n.Aggregate, scope: Scope) -> Scope:
        domain = node.domain
        match domain:
            case n.AllOf():
                return self.frames.all_of(scope, node.variable)
            case n.ChildrenOf():
                return self.frames.pointing_at(scope, domain.relation, domain.variable, node.variable)
            case n.Read():
                return self.items(scope, domain, node.variable)
            case _:
                assert_never(domain)

    def items(self, scope: Scope, fact: n.Read, variable: int) -> Scope:
        inner = self.frames.items(scope, fact.name, fact.variable, variable)
        whose = "root" if fact.variable is None else "each"
        self.fields[inner.places[variable].home] = whose, fact.name
        return inner

    def fold(self, fold: str, values: Value, inner: Scope) -> Value:
        """The fold of the rows of *inner* for each row that owns them."""
        frame, add = inner.frame, self.plan.add
        if values is True and fold in ("any", "count"):
            lengths = self.frames.lengths(frame)
            return lengths if fold == "count" else add(np.greater, lengths, 0)
        if not self.varies(values):
            kind = "truth" if fold in ("any", "count") else "number"
            values = add(vectors.full, values, frame.count, kind)
        match fold:
            case "any" if frame.few:
                return add(vectors.any_marked, values, frame.owner, frame.owners)
            case "any":
                return add(vectors.any_segments, values, frame.offsets, frame.owner)
            case "count":
                return add(vectors.count_segments, values, frame.offsets)
            case "sum":
                if values not in self.conditional_amounts:
                    return add(vectors.sum_segments, values, frame.offsets)
                # An amount under a condition, which is usually false.
                step = self.plan.step(values)
                if frame.listed:
                    return add(vectors.sum_of_items, *step.arguments, frame.offsets)
                if frame.few:
                    return add(vectors.sum_marked, *step.arguments, frame.owner, frame.owners)
                return add(vectors.sum_where, *step.arguments, frame.offsets, frame.owner)
        return add(vectors.largest_segments, values, frame.offsets)


_ITEM = -1
"""The variable of the loop that searches a list for an item; no expression has a negative variable."""
_SIGNS: Mapping[type[n.Node], Callable[..., Any]] = {
    n.Add: np.add, n.Subtract: np.subtract, n.Multiply: np.multiply,
}  # fmt: skip
_COMPARISONS: Mapping[str, Callable[..., Any]] = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal,
}  # fmt: skip
_YEARS: Mapping[str, tuple[Callable[..., Any], int]] = {
    "<": (np.less, 0), "<=": (np.less, 1), ">": (np.greater_equal, 1), ">=": (np.greater_equal, 0),
}  # fmt: skip


def _is_whole(value: Value) -> bool:
    """True if a value is a constant amount, number or code."""
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _is_zero(value: Value) -> bool:
    return type(value) is int and value == 0


def _runs(numbers: list[int]) -> tuple[tuple[int, int], ...]:
    """The runs of consecutive integers in sorted *numbers*, each as its first and last."""
    if not numbers:
        return ()
    breaks = [(a, b) for a, b in pairwise(numbers) if b != a + 1]
    firsts = [numbers[0], *(b for _, b in breaks)]
    lasts = [*(a for a, _ in breaks), numbers[-1]]
    return tuple(zip(firsts, lasts, strict=True))
