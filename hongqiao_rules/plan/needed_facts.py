"""Find the facts that a conclusion needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hongqiao_rules.language.nodes import AllOf, Node, Read, leaves
from hongqiao_rules.language.visitors import DatedLeaves
from hongqiao_rules.rulebook.dating import Dated


class Need(NamedTuple):
    """A fact of the root, of the entity itself (``own``), or of every contained entity.

    ``fact`` is None for the list of contained entities itself.
    """

    of: str
    fact: str | None


ROOT, OWN, EVERY = "root", "own", "every"


class Needs(DatedLeaves[[], Iterable[Need]]):
    """The facts that each conclusion of a dated rulebook needs."""

    def __init__(self, dated: Dated) -> None:
        self._root = dated.root
        self._known: dict[tuple[str, str], frozenset[Need]] = {}
        self.conditions: dict[str, frozenset[Need]] = {}
        for c in dated.conclusions:
            conditions = [node for candidate in c.candidates for node in candidate.conditions]
            self.conditions[c.name] = self.of(conditions)
            self._known[c.entity, c.name] = self.of([*conditions, *(one.value for one in c.candidates)])

    def conclusion(self, entity: str, name: str) -> frozenset[Need]:
        """Return the facts that a conclusion about *entity* needs."""
        return self._known[entity, name]

    def of(self, nodes: Iterable[Node]) -> frozenset[Need]:
        """Return the facts that expressions need."""
        return frozenset(need for outer in nodes for leaf in leaves(outer) for need in self.visit(leaf))

    def visit_all_of(self, _node: AllOf) -> Iterable[Need]:
        return [Need(EVERY, None)]

    def visit_read(self, node: Read) -> Iterable[Need]:
        own = node.variable == 0
        inner = self._known.get((node.entity, node.name))
        if inner is not None:
            return [Need(EVERY if need.of == OWN and not own else need.of, need.fact) for need in inner]
        return [Need(ROOT if node.entity == self._root else OWN if own else EVERY, node.name)]

    def _nothing(self, _node: Node) -> Iterable[Need]:
        return []

    visit_constant = visit_assessment_date = visit_element = visit_children_of = _nothing
