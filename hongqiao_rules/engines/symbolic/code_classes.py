"""Group codes that no rule distinguishes, so that one code represents its group."""

from __future__ import annotations

from collections.abc import Sequence

from hongqiao_rules.engines.symbolic.unknown_lists import trees
from hongqiao_rules.language.nodes import Compare, Constant, Contains, Node, Read, children
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FactDefinition


def alike(dateds: Sequence[Dated], fact: FactDefinition, codes: Sequence[str]) -> list[list[str]]:
    """The codes of a fact in groups that no rule of *dateds* distinguishes."""
    tests = set[frozenset[str]]()
    for dated in dateds:
        for tree in trees(dated):
            if not _gather(tree, fact, tests):
                return [[code] for code in codes]
    groups: dict[tuple[bool, ...], list[str]] = {}
    ordered = sorted(map(sorted, tests))
    for code in codes:
        groups.setdefault(tuple(code in test for test in ordered), []).append(code)
    return list(groups.values())


def _gather(node: Node, fact: FactDefinition, tests: set[frozenset[str]]) -> bool:
    """Add the sets of codes that a fact is compared with to *tests*; return False if it is used in any other way."""
    match node:
        case Compare(left=Read() as read, right=Constant(value=str(code))) if _is(read, fact):
            tests.add(frozenset([code]))
            return True
        case Compare(left=Constant(value=str(code)), right=Read() as read) if _is(read, fact):
            tests.add(frozenset([code]))
            return True
        case Contains(item=Read() as read, collection=Constant(value=frozenset() as listed)) if _is(
            read, fact
        ):
            tests.add(frozenset(map(str, listed)))
            return True
    return not _is(node, fact) and all(_gather(child, fact, tests) for child in children(node))


def _is(node: Node, fact: FactDefinition) -> bool:
    return isinstance(node, Read) and (node.entity, node.name) == (fact.entity, fact.name)
