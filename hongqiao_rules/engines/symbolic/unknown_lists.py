"""Model unknown lists without bounds that would exclude a case.

A list may hold anything in any number. But rules only ask whether something of a kind is in it, or what amounts of a
kind come to; so one optional item for each kind that rules tell apart stands for every list there can be. Which kinds
those are is read from the rules. Where rules ask more (which is the largest, how many there are), there are as many
items as the caller allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hongqiao_rules.language.nodes import (
    Aggregate,
    Compare,
    Constant,
    Contains,
    Element,
    Multiply,
    Node,
    Read,
    children,
    fields,
    walk,
)  # fmt: skip
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FactDefinition

CODE = None
"""The name of the one field of an item in a list of codes."""

MOST_KINDS = 64
"""Above this number of kinds, the fields of records are not distinguished."""
FEW_VALUES = 16
"""A number with at most this many values is distinguished by its value."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of items that rules tell apart.

    Attributes:
        items: one of each kind: its fields but those that are only ever added up.
        summed: the fields that are only ever added up.
        presence: whether rules ask if something is in the list, apart from what it adds up to.

    """

    items: Sequence[Mapping[str | None, Any]]
    summed: Sequence[str | None]
    presence: bool


def trees(dated: Dated) -> Iterator[Node]:
    """Every expression of a rulebook."""
    for conclusion in dated.conclusions:
        for candidate in conclusion.candidates:
            yield from candidate.conditions
            yield candidate.value
    yield from (when for _, when in dated.notices if when is not None)


def facts_read(dateds: Sequence[Dated]) -> set[tuple[str, str]]:
    """The facts and conclusions that some rule or notice reads, by entity and name; relations by the reference."""
    nodes = (node for dated in dateds for tree in trees(dated) for node in walk(tree))
    return {fact for node in nodes for fact in product(fields(node, "entity"), fields(node, "fact"))}


def kinds(
    dateds: Sequence[Dated], fact: FactDefinition, values: Callable[[str], Sequence[str]]
) -> Kinds | None:
    """The kinds of items of a list that the rulebooks tell apart; ``None`` where kinds do not tell all.

    Args:
        dateds: every rulebook that is asked about the same list.
        fact: the list.
        values: the codes of a code list.

    """
    uses = _Uses(fact)
    for dated in dateds:
        for tree in trees(dated):
            uses.look(tree)
    if uses.beyond:
        return None
    domains: dict[str | None, list[Any]] = {}
    for name, type_, least, most in _fields(fact):
        if type_.kind == "code":
            domains[name] = list(values(type_.of or ""))
        elif type_.kind == "truth":
            domains[name] = [False, True]
        elif most - least < FEW_VALUES and type_.kind in ("number", "money"):
            domains[name] = list(range(least, most + 1))
        elif name in uses.distinct or name in uses.tests or not least <= 0 <= most:
            return None
    summed = [name for name, *_ in _fields(fact) if name not in domains]
    if uses.counted or (uses.added - set(summed)):
        return None
    reduced = {name: _told_apart(domain, name, uses) for name, domain in domains.items()}
    items = [dict(zip(reduced, combined, strict=True)) for combined in product(*reduced.values())]
    if len(items) > MOST_KINDS:
        return None
    return Kinds(items, summed, presence=uses.presence)


def _fields(fact: FactDefinition) -> list[tuple[str | None, Any, int, int]]:
    if fact.type.kind == "codes":
        return [(CODE, type(fact.type)("code", fact.type.of), 0, 0)]
    return [(field.name, field.type, field.least, field.most) for field in fact.fields.values()]


def _told_apart(domain: list[Any], name: str | None, uses: _Uses) -> list[Any]:
    """The first value of each kind of values that no test tells apart."""
    if name in uses.distinct:
        return domain
    found: dict[tuple[bool, ...], Any] = {}
    for value in domain:
        found.setdefault(tuple(test(value) for test in uses.tests.get(name, [])), value)
    return list(found.values())


class _Uses:
    """The ways in which rules use the items of one list."""

    def __init__(self, fact: FactDefinition) -> None:
        self.fact = fact
        self.tests: dict[str | None, list[Callable[[Any], bool]]] = {}
        self.distinct: set[str | None] = set()
        self.added: set[str | None] = set()
        self.presence = self.counted = self.beyond = False

    def is_list(self, node: Node) -> bool:
        return isinstance(node, Read) and (node.entity, node.name) == (self.fact.entity, self.fact.name)

    def look(self, node: Node) -> None:
        """Take note of every use in an expression."""
        if isinstance(node, Contains) and self.is_list(node.collection):
            self.presence = True
            if isinstance(node.item, Constant):
                wanted = node.item.value
                self.tests.setdefault(CODE, []).append(lambda value: bool(value == wanted))
            else:
                self.distinct.add(CODE)
            self.look(node.item)
            return
        if isinstance(node, Aggregate) and self.is_list(node.domain):
            self.loop(node)
            return
        if self.is_list(node):
            self.beyond = True
        for child in children(node):
            self.look(child)

    def loop(self, node: Aggregate) -> None:
        variable = node.variable
        if node.where is not None:
            self.inside(node.where, variable)
        if node.fold == "count":
            self.counted = True
        elif node.fold == "sum":
            body = node.body
            if isinstance(body, Multiply) and isinstance(body.right, Constant):
                body = body.left
            if isinstance(body, Element) and body.variable == variable:
                self.added.add(body.field_name)
            else:
                self.beyond = True
        elif node.fold == "largest" and any(self.of(n, variable) for n in walk(node.body)):
            self.beyond = True
        else:
            self.presence = True
            self.inside(node.body, variable)

    @staticmethod
    def of(node: Node, variable: int) -> bool:
        return isinstance(node, Element) and node.variable == variable

    def inside(self, node: Node, variable: int) -> None:
        """Take note of the tests of an item."""
        if isinstance(node, Compare) and isinstance(node.right, Constant) and self.of(node.left, variable):
            self.test(node.left, Compare, node.operator, node.right.value)
        elif isinstance(node, Compare) and isinstance(node.left, Constant) and self.of(node.right, variable):
            self.distinct.add(node.right.field_name)  # type: ignore[attr-defined]  # an Element
        elif (
            isinstance(node, Contains)
            and isinstance(node.collection, Constant)
            and self.of(node.item, variable)
        ):
            self.test(node.item, Contains, "in", node.collection.value)
        elif isinstance(node, Element) and node.variable == variable:
            self.distinct.add(node.field_name)
        else:
            if self.is_list(node):
                self.beyond = True
            for child in children(node):
                self.inside(child, variable)

    def test(self, element: Any, _kind: type[Node], sign: str, against: Any) -> None:
        from hongqiao_rules.engines.symbolic.terms import compare

        tests = self.tests.setdefault(element.field_name, [])
        if sign == "in":
            tests.append(lambda value: value in against)
        else:
            tests.append(lambda value: bool(compare(sign, value, against)))
