"""Evaluate a written expression for one run in exact fractions, independently of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, assert_never

from hongqiao_rules.decision.outcome import Compiled
from hongqiao_rules.engines.direct.direct_engine import Run
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import WrittenVisitor


class Evaluator(WrittenVisitor[[], Any]):
    """Evaluates expressions to fractions (of fen or ones), booleans, codes, lists, or positions of members.

    Args:
        compiled: the rulebook of the run.
        run: the run.

    Attributes:
        variables: the current item of each loop: the position of a member, a code, or a record.
    """

    def __init__(self, compiled: Compiled, run: Run) -> None:
        self.compiled, self.run = compiled, run
        self.engine, self.dated = compiled.engine, compiled.dated
        self.variables: dict[int, Any] = {}
        self.domains: dict[int, n.Domain] = {}

    def about(self, member: int | None) -> None:
        """Set the subject: the member at a position, or ``None`` for the household."""
        self.variables = {} if member is None else {0: member}

    def items(self, node: n.Aggregate) -> Iterator[Any]:
        """Stand at each item of the loop's domain for which its condition holds, one after the other."""
        self.domains[node.variable] = node.domain
        for item in self.visit(node.domain):
            self.variables[node.variable] = item
            if node.where is None or self.visit(node.where):
                yield item

    def holding(self, node: n.Aggregate) -> Iterator[Any]:
        """Stand in turn at each item of a loop of which its body holds."""
        return (item for item in self.items(node) if self.visit(node.body))

    def largest(self, node: n.Aggregate) -> Iterator[int]:
        """Stand in turn at each item of a loop of which its body is largest."""
        most = self.visit(node)
        return (item for item in self.items(node) if self.visit(node.body) == most)

    @contextmanager
    def inside(self, node: n.Read) -> Iterator[None]:
        """Stand inside the rule that concludes *node*, at the member of whom it is read."""
        outer = self.variables
        self.variables = {} if node.variable is None else {0: outer[node.variable]}
        try:
            yield
        finally:
            self.variables = outer

    # --- one method for each operation ----------------------------------------------------------------------

    def visit_constant(self, node: n.Constant) -> Any:
        return node.value

    def visit_parameter(self, node: n.Parameter) -> Any:
        return self.dated.parameters[node.name].value

    def visit_reading(self, node: n.Reading) -> Any:
        return self.dated.readings[node.name]

    def visit_assessment_date(self, _node: n.AssessmentDate) -> Any:
        return self.run.state[0]

    def visit_read(self, node: n.Read) -> Any:
        slot = self.engine.slots.get((node.entity, node.name))
        if slot is None:
            return 0  # an amount whose rule is not in force is zero
        found = self.run.state[slot]
        return found if node.variable is None else found[self.variables[node.variable]]

    def visit_element(self, node: n.Element) -> Any:
        item, domain = self.variables[node.variable], self.domains[node.variable]
        if node.field_name is None:
            return item
        assert isinstance(domain, n.Read)
        fields = self.dated.linked.definitions.entities[domain.entity].facts[domain.name].fields
        return item[list(fields).index(node.field_name)]

    def visit_total(self, node: n.Total) -> Any:
        return sum(amount for _, _, amount in self.compiled.lines(self.run, node.name))

    def visit_add(self, node: n.Add) -> Any:
        return self.visit(node.left) + self.visit(node.right)

    def visit_subtract(self, node: n.Subtract) -> Any:
        return self.visit(node.left) - self.visit(node.right)

    def visit_multiply(self, node: n.Multiply) -> Any:
        return self.visit(node.left) * self.visit(node.right)

    def visit_divide(self, node: n.Divide) -> Any:
        return Fraction(self.visit(node.left)) / self.visit(node.right)

    def visit_compare(self, node: n.Compare) -> Any:
        return n.COMPARE[node.operator](self.visit(node.left), self.visit(node.right))

    def visit_and(self, node: n.And) -> Any:
        return all(self.visit(part) for part in node.parts)

    def visit_or(self, node: n.Or) -> Any:
        return any(self.visit(part) for part in node.parts)

    def visit_not(self, node: n.Not) -> Any:
        return not self.visit(node.part)

    def visit_if(self, node: n.If) -> Any:
        return self.visit(node.then if self.visit(node.condition) else node.otherwise)

    def visit_least(self, node: n.Least) -> Any:
        return min(self.visit(part) for part in node.parts)

    def visit_greatest(self, node: n.Greatest) -> Any:
        return max(self.visit(part) for part in node.parts)

    def visit_contains(self, node: n.Contains) -> Any:
        return self.visit(node.item) in self.visit(node.collection)

    def visit_full_years(self, node: n.FullYears) -> Any:
        return (self.visit(node.end) - self.visit(node.start)) // 10000

    def visit_all_of(self, node: n.AllOf) -> Any:
        slot = next(slot for (entity, _), slot in self.engine.slots.items() if entity == node.entity)
        return range(len(self.run.state[slot]))

    def visit_children_of(self, node: n.ChildrenOf) -> Any:
        return self.run.state[self.engine.relations[node.relation]][self.variables[node.variable]]

    def visit_aggregate(self, node: n.Aggregate) -> Any:
        values = [self.visit(node.body) for _ in self.items(node)]
        match node.fold:
            case "any":
                return any(values)
            case "all":
                return all(values)
            case "count":
                return len(values)
            case "sum":
                return sum(values)
            case "largest":
                return max(values, default=0)
            case _:
                assert_never(node.fold)
