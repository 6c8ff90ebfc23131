"""No figure outgrows 64 bits and no divisor is zero: shown from the declared ranges, before anything is computed.

What an engine counts in may be less than 64 bits: JavaScript's integers are exact up to :data:`LARGEST_IN_JAVASCRIPT`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Entity
from hongqiao_rules.rulebook.nodes import (
    Add,
    Aggregate,
    AssessmentDate,
    Constant,
    Element,
    FullYears,
    Greatest,
    If,
    Least,
    Multiply,
    Node,
    Read,
    Rounded,
    Subtract,
    children,
)  # fmt: skip

LARGEST = 2**63 - 1
LARGEST_IN_JAVASCRIPT = 2**53 - 1
_TRUTH = (0, 1)
Range = tuple[int, int]


@dataclass(frozen=True)
class OutOfRangeError(Exception):
    """An expression that may outgrow the largest integer there is, or divide by zero."""

    code: str
    node: Node


def check(dated: Dated, tell: Refuse, largest: int = LARGEST) -> dict[tuple[str, str], Range]:
    """The range of every conclusion, by entity and name; what may outgrow *largest* is told as a fault."""
    finder = _Ranges(dated, largest)
    refuse = partial(tell, largest=largest)
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


class _Ranges:
    def __init__(self, dated: Dated, largest: int) -> None:
        self.largest = largest
        self.entities: Mapping[str, Entity] = dated.linked.definitions.entities
        self.root = dated.root
        self.known: dict[tuple[str, str], Range] = {}
        self.loops: dict[int, Node] = {}

    def of(self, node: Node) -> Range:
        """The least and the greatest that *node* may be; raises where it may outgrow the largest integer."""
        low, high = self._of(node)
        if low < -self.largest or high > self.largest:
            raise OutOfRangeError("POLICY_OVERFLOW", node)
        return low, high

    def _of(self, node: Node) -> Range:
        match node:
            case Constant(value=int(value)):
                return int(value), int(value)
            case Read():
                return self._read(node)
            case AssessmentDate():
                return 101, 99991231
            case Element():
                return self._element(node)
            case Add():
                (a, b), (c, d) = self.of(node.left), self.of(node.right)
                return a + c, b + d
            case Subtract():
                (a, b), (c, d) = self.of(node.left), self.of(node.right)
                return a - d, b - c
            case Multiply():
                (a, b), (c, d) = self.of(node.left), self.of(node.right)
                corners = (a * c, a * d, b * c, b * d)
                return min(corners), max(corners)
            case Rounded():
                return self._rounded(node)
            case If():
                self.of(node.condition)
                (a, b), (c, d) = self.of(node.then), self.of(node.otherwise)
                return min(a, c), max(b, d)
            case Least():
                ends = [self.of(part) for part in node.parts]
                return min(a for a, _ in ends), min(b for _, b in ends)
            case Greatest():
                ends = [self.of(part) for part in node.parts]
                return max(a for a, _ in ends), max(b for _, b in ends)
            case FullYears():
                return -9999, 9999
            case Aggregate():
                return self._aggregate(node)
        for child in children(node):
            self.of(child)
        return _TRUTH

    def _read(self, node: Read) -> Range:
        fact = self.entities[node.entity].facts.get(node.name)
        if fact is None:
            return self.known.get((node.entity, node.name), _TRUTH)
        if fact.type.kind == "date":
            return 101, 99991231
        return (fact.least, fact.most) if fact.type.kind in ("money", "number") else _TRUTH

    def _element(self, node: Element) -> Range:
        domain = self.loops.get(node.variable)
        if node.field_name is None or not isinstance(domain, Read):
            return _TRUTH
        field = self.entities[domain.entity].facts[domain.name].fields[node.field_name]
        return (field.least, field.most) if field.type.kind in ("money", "number") else _TRUTH

    def _rounded(self, node: Rounded) -> Range:
        (a, b), (c, d) = self.of(node.numerator), self.of(node.denominator)
        if c <= 0:
            raise OutOfRangeError("POLICY_DIVISION_BY_ZERO", node)
        size = max(abs(a), abs(b))
        if max(2 * size, d * node.step) + d * node.step > self.largest:
            raise OutOfRangeError("POLICY_OVERFLOW", node)
        corners = [x // y for x in (a, b) for y in (c, d)]
        return min(corners) - node.step, max(corners) + node.step

    def _aggregate(self, node: Aggregate) -> Range:
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
        return _TRUTH

    def _size(self, domain: Node) -> int:
        if isinstance(domain, Read):
            return self.entities[domain.entity].facts[domain.name].most
        inside = self.entities[self.root].contains
        return 0 if inside is None else inside.most
