"""Model unknown lists without excluding a case.

A list may have any number of any items. But most rules only test whether an item of some kind is in the list, or use the
total of a kind. So one optional item for each kind that the rules distinguish represents every possible list. The kinds
are derived from the rules. If rules use more (the largest item, the number of items), the caller limits the number of items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from hongqiao_rules.language import nodes as n
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FactDefinition

CODE = None
"""The name of the one field of an item in a list of codes."""

MOST_KINDS = 64
"""If there are more kinds than this, the list is not modelled by kinds."""
FEW_VALUES = 16
"""A number whose range is below this is distinguished by its value."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of items that rules distinguish.

    Attributes:
        items: one item of each kind: its fields except the summed ones.
        summed: the fields that rules only sum.
        presence: True if rules test the presence of items, apart from their sum.
    """

    items: Sequence[Mapping[str | None, Any]]
    summed: Sequence[str | None]
    presence: bool


def trees(dated: Dated) -> Iterator[n.Node]:
    """Yield every expression of a dated rulebook."""
    for conclusion in dated.conclusions:
        for candidate in conclusion.candidates:
            yield from candidate.conditions
            yield candidate.value
    yield from (when for _, when in dated.notices if when is not None)


def facts_read(dateds: Sequence[Dated]) -> set[tuple[str, str]]:
    """The facts and conclusions (entity, name) that a rule or notice reads; for a relation, the reference."""
    nodes = (node for dated in dateds for tree in trees(dated) for node in n.walk(tree))
    return {fact for node in nodes for fact in product(n.fields(node, "entity"), n.fields(node, "fact"))}


def kinds(
    dateds: Sequence[Dated], fact: FactDefinition, values: Callable[[str], Sequence[str]]
) -> Kinds | None:
    """The kinds of items of the list *fact* that the rules distinguish; ``None`` if kinds do not represent every list.

    Args:
        dateds: the rulebooks of the query.
        fact: the list.
        values: returns the codes of a code list.
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
    """One value of *domain* for each class of values that the tests do not distinguish."""
    if name in uses.distinct:
        return domain
    found: dict[tuple[bool, ...], Any] = {}
    for value in domain:
        found.setdefault(tuple(test(value) for test in uses.tests.get(name, [])), value)
    return list(found.values())


class _Uses:
    """Collects the ways in which rules use the items of one list."""

    def __init__(self, fact: FactDefinition) -> None:
        self.fact = fact
        self.tests: dict[str | None, list[Callable[[Any], bool]]] = {}
        self.distinct: set[str | None] = set()
        self.added: set[str | None] = set()
        self.presence = self.counted = self.beyond = False

    def is_list(self, node: n.Node) -> bool:
        return isinstance(node, n.Read) and (node.entity, node.name) == (self.fact.entity, self.fact.name)

    def look(self, node: n.Node) -> None:
        """Record every use of the list in *node*."""
        if isinstance(node, n.Contains) and self.is_list(node.collection):
            self.presence = True
            if isinstance(node.item, n.Constant):
                wanted = node.item.value
                self.tests.setdefault(CODE, []).append(lambda value: bool(value == wanted))
            else:
                self.distinct.add(CODE)
            self.look(node.item)
            return
        if isinstance(node, n.Aggregate) and self.is_list(node.domain):
            self.loop(node)
            return
        if self.is_list(node):
            self.beyond = True
        for child in n.children(node):
            self.look(child)

    def loop(self, node: n.Aggregate) -> None:
        variable = node.variable
        if node.where is not None:
            self.inside(node.where, variable)
        if node.fold == "count":
            self.counted = True
        elif node.fold == "sum":
            body = node.body
            if isinstance(body, n.Multiply) and isinstance(body.right, n.Constant):
                body = body.left
            if isinstance(body, n.Element) and body.variable == variable:
                self.added.add(body.field_name)
            else:
                self.beyond = True
        elif node.fold == "largest" and any(self.of(inner, variable) for inner in n.walk(node.body)):
            self.beyond = True
        else:
            self.presence = True
            self.inside(node.body, variable)

    @staticmethod
    def of(node: n.Node, variable: int) -> bool:
        return isinstance(node, n.Element) and node.variable == variable

    def inside(self, node: n.Node, variable: int) -> None:
        """Record the tests of an item, the loop variable *variable*, in *node*."""
        if (
            isinstance(node, n.Compare)
            and isinstance(node.right, n.Constant)
            and self.of(node.left, variable)
        ):
            self.test(node.left, n.Compare, node.operator, node.right.value)
        elif (
            isinstance(node, n.Compare)
            and isinstance(node.left, n.Constant)
            and self.of(node.right, variable)
        ):
            self.distinct.add(node.right.field_name)  # type: ignore[attr-defined]  # an Element
        elif (
            isinstance(node, n.Contains)
            and isinstance(node.collection, n.Constant)
            and self.of(node.item, variable)
        ):
            self.test(node.item, n.Contains, "in", node.collection.value)
        elif isinstance(node, n.Element) and node.variable == variable:
            self.distinct.add(node.field_name)
        else:
            if self.is_list(node):
                self.beyond = True
            for child in n.children(node):
                self.inside(child, variable)

    def test(self, element: Any, _kind: type[n.Node], sign: str, against: Any) -> None:
        from hongqiao_rules.engines.symbolic.terms import compare

        tests = self.tests.setdefault(element.field_name, [])
        if sign == "in":
            tests.append(lambda value: value in against)
        else:
            tests.append(lambda value: bool(compare(sign, value, against)))
