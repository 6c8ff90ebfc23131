"""Compile one rule to patterns of durable-rules, in an order in which its matcher is correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, assert_never

from hongqiao_rules.engines.inference.durable_rules import Pattern
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor

_NEGATED: Mapping[str, n.Comparison] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_SIGNS: Mapping[str, str] = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "==": "==", "!=": "$neq"}


@dataclass(frozen=True, slots=True)
class Reads:
    """The slots that an expression reads: of the entity itself, of the root, of all entities, of its related entities."""

    own: frozenset[int] = frozenset()
    root: frozenset[int] = frozenset()
    every: frozenset[int] = frozenset()
    children: frozenset[tuple[int, int]] = frozenset()
    """Pairs of the slot of a relation and the slot that is read of the related entities."""

    def __or__(self, other: Reads) -> Reads:
        return Reads(
            self.own | other.own, self.root | other.root, self.every | other.every,
            self.children | other.children,
        )  # fmt: skip


@dataclass(slots=True)
class Kinds:
    """The kinds of facts passed to the matcher.

    Attributes:
        each: the slots with a cell for each entity; the others have one cell, of the root.
        everyone: the slot of the number of entities.
        own: the kind of the facts of a slot whose cells patterns read one by one; key -1: of the entities themselves.
        whole: the kind of the facts that report a change in a slot that patterns read for all entities at once.
    """

    each: set[int] = field(default_factory=set)
    everyone: int = 0
    own: dict[int, str] = field(default_factory=dict)
    whole: dict[int, str] = field(default_factory=dict)


class Truth(NamedTuple):
    """A condition whose truth has its own cell, in ``slot``; *each*: a cell for each entity."""

    slot: int
    each: bool


Test = n.Read | n.Not | n.Compare | n.Contains
"""The conditions that the matcher itself may test."""


def _plain(node: n.Node) -> bool:
    return isinstance(node, n.Read) and node.variable in (None, 0)


class _Testable(DatedVisitor[[], Test | None]):
    """A visit returns the condition if the matcher can test it (a truth, comparison or membership of cells), else ``None``."""

    def visit_read(self, node: n.Read) -> Test | None:
        return node if _plain(node) else None

    def visit_not(self, node: n.Not) -> Test | None:
        return node if _plain(node.part) else None

    def visit_compare(self, node: n.Compare) -> Test | None:
        match node:
            case n.Compare(left=n.Read() as left, right=n.Constant()) if _plain(left):
                return node
            case n.Compare(left=n.Constant(), right=n.Read() as right) if _plain(right):
                return node
            case n.Compare(left=n.Read() as left, right=n.Read() as right) if _plain(left) and _plain(right):
                numbers = left.type.kind in ("money", "number", "date")
                return node if numbers and left.variable == right.variable and left != right else None
        return None

    def visit_contains(self, node: n.Contains) -> Test | None:
        listed = node.collection.value if isinstance(node.collection, n.Constant) else None
        few = isinstance(listed, frozenset) and len(listed) <= 20
        return node if few and _plain(node.item) else None

    def _beyond(self, _node: n.Node) -> Test | None:
        return None

    visit_constant = visit_assessment_date = visit_element = visit_all_of = visit_children_of = _beyond
    visit_add = visit_subtract = visit_multiply = visit_rounded = visit_full_years = _beyond
    visit_and = visit_or = visit_if = visit_least = visit_greatest = visit_aggregate = _beyond


testable = _Testable().visit
"""A condition that the matcher can test, or ``None``."""


class Patterns:
    """Builds the patterns of one rule, one for each cell that it reads."""

    def __init__(self, kinds: Kinds, slots: Mapping[tuple[str, str], int], *, each: bool) -> None:
        self.kinds, self.slots, self.each = kinds, slots, each
        self.own: dict[int, Pattern] = {}
        self.root: dict[str, Pattern] = {}
        self.versus: list[tuple[Pattern, str, Pattern]] = []
        self.possible = True

    def of(self, slot: int) -> Pattern:
        """The pattern for a cell of the entity itself or of the root."""
        kind = self.kinds.own.setdefault(slot, f"f{slot}")
        if slot in self.kinds.each:
            return self.own.setdefault(slot, Pattern(kind))
        return self.root.setdefault(kind, Pattern(kind))

    def read(self, reads: Reads) -> None:
        for slot in sorted(reads.own | reads.root):
            self.of(slot)
        for slot in sorted(reads.every | {slot for _, slot in reads.children}):
            kind = self.kinds.whole.setdefault(slot, f"w{slot}")
            self.root.setdefault(kind, Pattern(kind))

    def test(self, node: Test | Truth, *, wanted: bool) -> None:
        match node:
            case Truth():
                self.of(node.slot).tests.append(("==", wanted))
            case n.Read():
                self.cell(node).tests.append(("==", wanted))
            case n.Not():
                self.cell(node.part).tests.append(("==", not wanted))
            case n.Contains():
                self.member(node, wanted=wanted)
            case n.Compare():
                self.compare(node, wanted=wanted)
            case _:
                assert_never(node)

    def cell(self, node: n.Node) -> Pattern:
        assert isinstance(node, n.Read)
        return self.of(self.slots[node.entity, node.name])

    def member(self, node: n.Contains, *, wanted: bool) -> None:
        assert isinstance(node.collection, n.Constant)
        assert isinstance(node.collection.value, frozenset)
        codes, pattern = node.collection.value, self.cell(node.item)
        if not wanted:
            pattern.tests += [("$neq", code) for code in sorted(codes)]
            return
        pattern.among = pattern.among & codes if pattern.among else codes
        self.possible &= bool(pattern.among)

    def compare(self, node: n.Compare, *, wanted: bool) -> None:
        operator = node.operator if wanted else _NEGATED[node.operator]
        left, right = node.left, node.right
        if isinstance(left, n.Constant):
            left, right, operator = right, left, n.MIRRORED[operator]
        if isinstance(right, n.Constant):
            assert isinstance(right.value, int | str)
            self.cell(left).tests.append((_SIGNS[operator], right.value))
            return
        self.versus.append((self.cell(right), operator, self.cell(left)))

    def ordered(self) -> list[Pattern]:
        """The patterns with their joins, those of the entity itself first."""
        if self.each and not self.own:
            self.of_each()
        patterns = [*self.own.values(), *self.root.values()]
        if not patterns:
            patterns = [self.of(self.kinds.everyone)]
        place = {id(pattern): number for number, pattern in enumerate(patterns)}
        for earlier, operator, later in self.versus:
            if place[id(earlier)] > place[id(later)]:
                earlier, later, operator = later, earlier, n.MIRRORED[operator]
            later.versus.append(("$eq" if operator == "==" else _SIGNS[operator], place[id(earlier)]))
            later.joined = place[id(earlier)]
        for pattern in list(self.own.values())[1:]:
            if pattern.joined is None:
                pattern.joined = 0
        return patterns

    def of_each(self) -> None:
        """Add a pattern for the entity itself, for a rule about each entity that reads none of its cells."""
        self.own[-1] = Pattern(self.kinds.own.setdefault(-1, "entity"))
