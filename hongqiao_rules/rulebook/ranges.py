"""Show from declared ranges that no value exceeds 64 bits and no divisor can be zero.

Integers of an engine may have fewer bits: those of JavaScript are exact up to :data:`LARGEST_IN_JAVASCRIPT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import assert_never

from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Entity

LARGEST = 2**63 - 1
LARGEST_IN_JAVASCRIPT = 2**53 - 1
Range = tuple[int, int]
_TRUTH: Range = (0, 1)
_DATE: Range = (101, 99991231)


@dataclass(frozen=True)
class OutOfRangeError(Exception):
    """An expression that may exceed the largest integer or divide by zero."""

    code: str
    node: n.Node


def check(dated: Dated, tell: Refuse, largest: int = LARGEST) -> dict[tuple[str, str], Range]:
    """The least and greatest value of every conclusion, by entity and name; faults go to *tell*.

    Faults are POLICY_OVERFLOW for an expression that may exceed *largest*, POLICY_DIVISION_BY_ZERO, and
    POLICY_COUNT_BELOW_ZERO for an entry of a list of counts that may be negative.
    """
    finder = _Ranges(dated, largest)
    refuse = partial(tell, largest=largest)
    entries = dated.linked.definitions.head.entries
    for conclusion in dated.conclusions:
        found = [(0, 0)] if conclusion.list is not None else []
        for candidate in conclusion.candidates:
            version = candidate.typed.version
            try:
                for condition in candidate.conditions:
                    finder.of(condition)
            except OutOfRangeError as error:
                refuse(error.code, version.when_origins[0], rule=candidate.rule.id)
            try:
                found.append(finder.of(candidate.value))
                if found[-1][0] < 0 and entries.get(conclusion.list or "") == "number":
                    refuse("POLICY_COUNT_BELOW_ZERO", version.value_origin, rule=candidate.rule.id)
            except OutOfRangeError as error:
                refuse(error.code, version.value_origin, offset=error.node.span[0], rule=candidate.rule.id)
                found.append((0, 0))
        ends = (min(low for low, _ in found), max(high for _, high in found))
        finder.known[conclusion.entity, conclusion.name] = ends
    for notice, when in dated.notices:
        try:
            if when is not None:
                finder.of(when)
        except OutOfRangeError as error:
            refuse(error.code, notice.origin / "when", offset=error.node.span[0], rule=notice.code)
    return finder.known


class _Ranges(DatedVisitor[[], Range]):
    def __init__(self, dated: Dated, largest: int) -> None:
        self.largest = largest
        self.entities: Mapping[str, Entity] = dated.linked.definitions.entities
        self.root = dated.root
        self.known: dict[tuple[str, str], Range] = {}
        self.loops: dict[int, n.Node] = {}

    def of(self, node: n.Node) -> Range:
        """The least and greatest value of *node*.

        Raises:
            OutOfRangeError: The value may exceed the largest integer, or a divisor may be zero.
        """
        low, high = self.visit(node)
        if low < -self.largest or high > self.largest:
            raise OutOfRangeError("POLICY_OVERFLOW", node)
        return low, high

    def visit_constant(self, node: n.Constant) -> Range:
        return (int(node.value), int(node.value)) if isinstance(node.value, int) else _TRUTH

    def visit_assessment_date(self, _node: n.AssessmentDate) -> Range:
        return _DATE

    def visit_add(self, node: n.Add) -> Range:
        (a, b), (c, d) = self.of(node.left), self.of(node.right)
        return a + c, b + d

    def visit_subtract(self, node: n.Subtract) -> Range:
        (a, b), (c, d) = self.of(node.left), self.of(node.right)
        return a - d, b - c

    def visit_multiply(self, node: n.Multiply) -> Range:
        (a, b), (c, d) = self.of(node.left), self.of(node.right)
        corners = (a * c, a * d, b * c, b * d)
        return min(corners), max(corners)

    def visit_if(self, node: n.If) -> Range:
        self.of(node.condition)
        (a, b), (c, d) = self.of(node.then), self.of(node.otherwise)
        return min(a, c), max(b, d)

    def visit_least(self, node: n.Least) -> Range:
        ends = [self.of(part) for part in node.parts]
        return min(a for a, _ in ends), min(b for _, b in ends)

    def visit_greatest(self, node: n.Greatest) -> Range:
        ends = [self.of(part) for part in node.parts]
        return max(a for a, _ in ends), max(b for _, b in ends)

    def visit_full_years(self, node: n.FullYears) -> Range:
        self._truth(node)
        return -9999, 9999

    def _truth(self, node: n.Node) -> Range:
        for child in n.children(node):
            self.of(child)
        return _TRUTH

    visit_compare = visit_and = visit_or = visit_not = visit_contains = _truth

    def _entities(self, _node: n.AllOf | n.ChildrenOf) -> Range:
        """Any range: entities have no value; :meth:`_size` gives the length of a loop over them."""
        return _TRUTH

    visit_all_of = visit_children_of = _entities

    def visit_read(self, node: n.Read) -> Range:
        fact = self.entities[node.entity].facts.get(node.name)
        if fact is None:
            return self.known.get((node.entity, node.name), _TRUTH)
        if fact.type.kind == "date":
            return _DATE
        return (fact.least, fact.most) if fact.type.kind in ("money", "number") else _TRUTH

    def visit_element(self, node: n.Element) -> Range:
        domain = self.loops.get(node.variable)
        if node.field_name is None or not isinstance(domain, n.Read):
            return _TRUTH
        field = self.entities[domain.entity].facts[domain.name].fields[node.field_name]
        return (field.least, field.most) if field.type.kind in ("money", "number") else _TRUTH

    def visit_rounded(self, node: n.Rounded) -> Range:
        (a, b), (c, d) = self.of(node.numerator), self.of(node.denominator)
        if c <= 0:
            raise OutOfRangeError("POLICY_DIVISION_BY_ZERO", node)
        size = max(abs(a), abs(b))
        if max(2 * size, d * node.step) + d * node.step > self.largest:
            raise OutOfRangeError("POLICY_OVERFLOW", node)
        corners = [x // y for x in (a, b) for y in (c, d)]
        low, high = min(corners) - node.step, max(corners) + node.step
        return (max(0, low) if a >= 0 else low), (min(0, high) if b <= 0 else high)  # rounding keeps the sign

    def visit_aggregate(self, node: n.Aggregate) -> Range:
        most = self._size(node.domain)
        self.loops[node.variable] = node.domain
        if node.where is not None:
            self.of(node.where)
        low, high = self.of(node.body)
        match node.fold:
            case "count":
                return 0, most
            case "sum":
                return min(0, low * most), max(0, high * most)
            case "largest":
                return min(0, low), max(0, high)
            case "any" | "all":
                return _TRUTH
            case _:
                assert_never(node.fold)

    def _size(self, domain: n.Domain) -> int:
        match domain:
            case n.Read():
                return self.entities[domain.entity].facts[domain.name].most
            case n.AllOf() | n.ChildrenOf():
                inside = self.entities[self.root].contains
                return 0 if inside is None else inside.most
            case _:
                assert_never(domain)
