"""List the values that a trace entry shows: the parameters, facts and conclusions that expressions read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hongqiao_rules.language.nodes import AssessmentDate, Node, Parameter, Read, Total, leaves
from hongqiao_rules.language.visitors import WrittenLeaves
from hongqiao_rules.rulebook.dating import Dated


class Cell(NamedTuple):
    """A fact or a conclusion: with ``one``, of the entity that the entry is about; else of the root or of all entities."""

    entity: str
    name: str
    one: bool


Shown = Parameter | AssessmentDate | Cell


class LookedAt(WrittenLeaves[[bool], Iterator[tuple[str, Shown]]]):
    """A visit yields the labels and values that a leaf shows in an entry about a contained entity (*each*) or the root."""

    def __init__(self, dated: Dated) -> None:
        self.dated = dated
        entities = dated.linked.definitions.entities
        inside = entities[dated.root].contains
        self.several = None if inside is None else inside.named
        hidden = ("text", "reference")
        self.known = {(c.entity, c.name) for c in dated.conclusions} | {
            (entity.name, fact.name)
            for entity in entities.values()
            for fact in entity.facts.values()
            if fact.type.kind not in hidden
        }

    def of(self, nodes: Iterable[Node], *, each: bool) -> dict[str, Shown]:
        """The values that *nodes* read, by label, in order."""
        return dict(pair for node in nodes for leaf in leaves(node) for pair in self.visit(leaf, each))

    def visit_parameter(self, node: Parameter, _each: bool) -> Iterator[tuple[str, Shown]]:
        if node.name in self.dated.parameters:
            yield node.name, node

    def visit_assessment_date(self, node: AssessmentDate, _each: bool) -> Iterator[tuple[str, Shown]]:
        yield "on", node

    def visit_read(self, node: Read, each: bool) -> Iterator[tuple[str, Shown]]:
        if (node.entity, node.name) in self.known:
            own = node.variable is None or (each and node.variable == 0)
            label = node.name if own or self.several is None else f"{self.several}.{node.name}"
            yield label, Cell(node.entity, node.name, own and node.variable is not None)

    def visit_total(self, node: Total, _each: bool) -> Iterator[tuple[str, Shown]]:
        for conclusion in self.dated.conclusions:
            if conclusion.list == node.name:
                yield conclusion.name, Cell(conclusion.entity, conclusion.name, one=False)

    def _nothing(self, _node: Node, _each: bool) -> Iterator[tuple[str, Shown]]:
        return iter(())

    visit_constant = visit_reading = visit_element = visit_all_of = visit_children_of = _nothing
