"""Compile a dated rulebook to a ruleset of durable-rules.

Every fact and conclusion is a *cell*: a slot of the direct engine and the entity that it is of, or the root. A conclusion becomes
due when the patterns of one of its rules match. The conditions of the rulebook that compare a cell with a constant, or two
cells of one entity with each other, are matched by durable-rules itself; a condition beyond that (a sum, a loop, a list) is a cell
of its own, a truth that the rulebook's expression gives. For each rule of the rulebook there is one rule for where it
applies and one for each condition that fails first, so every conclusion rests on facts that are there, never on absence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from hongqiao_rules.engines.direct.direct_engine import DATE, DirectEngine, Writer, rounded
from hongqiao_rules.engines.inference.durable_rules import Rule
from hongqiao_rules.engines.inference.patterns import Kinds, Patterns, Reads, Test, Truth, testable
from hongqiao_rules.language.nodes import (
    Aggregate,
    AllOf,
    AssessmentDate,
    ChildrenOf,
    Constant,
    Domain,
    Element,
    Node,
    Read,
    children,
)
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion

Term = Callable[[list[Any], int, range], Any]
"""A compiled expression: of the cells by slot, the entity it is about, and the entities there are."""

FAILED, APPLIES = "fails", "applies"


@dataclass(slots=True, eq=False)
class Stage:
    """One step of the inference: a rule of the rulebook, or a condition with a cell of its own.

    Attributes:
        number: its place among the stages.
        slot: the cell that it settles.
        each: whether that is a cell of each entity, or of the root.
        conclusion: the number of the conclusion, ``None`` for a condition.
        guard: the slot of the cell that says why the rule before did not settle the conclusion.
        verdict: the slot of the cell that says why this one did not; ``None`` for the last.
        overruled: the verdicts, its own and later ones, that mean nothing once it settles the conclusion.
        weight: what a failed condition counts in the outcome of the conclusion.
        value: the value of the conclusion where the rule applies.
        reads: what it rests on.
        rule: the id of the rule; empty for a condition.
        otherwise: what the conclusion is where no rule applies.

    """

    number: int
    slot: int
    each: bool
    conclusion: int | None
    guard: int | None
    verdict: int | None
    weight: int
    value: Term
    reads: Reads
    rule: str = ""
    overruled: tuple[int, ...] = ()
    otherwise: int = 0


@dataclass(slots=True)
class Plan(Kinds):
    """A ruleset, and what its rules make due.

    Attributes:
        stages: in an order in which each comes after what it reads.
        due: for each rule of the ruleset the stage that it makes due, and the number of the condition that failed,
            0 where it applies.
        notices: for each notice the slot of the cell that says whether it is given; ``None`` where it always is.
        size: how many slots there are.

    """

    stages: list[Stage] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    due: dict[str, tuple[int, int]] = field(default_factory=dict)
    notices: list[int | None] = field(default_factory=list)
    size: int = 0


def plan(engine: DirectEngine) -> Plan:
    """The plan of a dated rulebook.

    Raises:
        RequestError: a rule reads more than a rule of the library can.

    """
    return _Planner(engine).plan()


class _Cells(DatedVisitor[[Mapping[int, Domain]], Reads]):
    """Gives the cells that an expression reads, inside of loops over domains by their variables."""

    def __init__(self, engine: DirectEngine, everyone: int) -> None:
        self.slots, self.relations, self.everyone = engine.slots, engine.relations, everyone

    def _nothing(self, _node: Constant | Element, _loops: Mapping[int, Domain]) -> Reads:
        return Reads()

    visit_constant = visit_element = _nothing

    def visit_assessment_date(self, _node: AssessmentDate, _loops: Mapping[int, Domain]) -> Reads:
        return Reads(root=frozenset({DATE}))

    def visit_all_of(self, _node: AllOf, _loops: Mapping[int, Domain]) -> Reads:
        return Reads(root=frozenset({self.everyone}))

    def visit_children_of(self, node: ChildrenOf, _loops: Mapping[int, Domain]) -> Reads:
        return Reads(own=frozenset({self.relations[node.relation]}))

    def visit_read(self, node: Read, loops: Mapping[int, Domain]) -> Reads:
        slot = self.slots[node.entity, node.name]
        if node.variable is None:
            return Reads(root=frozenset({slot}))
        domain = loops.get(node.variable)
        if isinstance(domain, ChildrenOf):
            return Reads(children=frozenset({(self.relations[domain.relation], slot)}))
        return Reads(own=frozenset({slot})) if domain is None else Reads(every=frozenset({slot}))

    def visit_aggregate(self, node: Aggregate, loops: Mapping[int, Domain]) -> Reads:
        domain, *inside = children(node)
        inner = {**loops, node.variable: node.domain}
        return reduce(or_, (self.visit(part, inner) for part in inside), self.visit(domain, loops))

    def _parts(self, node: Node, loops: Mapping[int, Domain]) -> Reads:
        return reduce(or_, (self.visit(part, loops) for part in children(node)))

    visit_add = visit_subtract = visit_multiply = visit_rounded = visit_full_years = visit_compare = _parts
    visit_and = visit_or = visit_not = visit_if = visit_least = visit_greatest = visit_contains = _parts


class _Planner:
    def __init__(self, engine: DirectEngine) -> None:
        self.engine, self.writer = engine, Writer(engine)
        self.done = Plan(everyone=engine.size, size=engine.size + 1)
        self.cells = _Cells(engine, self.done.everyone)
        for (entity, _), slot in engine.slots.items():
            if entity != engine.root:
                self.done.each.add(slot)
        self.done.each.update(engine.relations.values())
        self.texts: list[str] = []
        self.terms: list[tuple[Stage, Node]] = []

    def plan(self) -> Plan:
        for number, conclusion in enumerate(self.engine.dated.conclusions):
            self.conclusion(conclusion, number)
        for _, when in self.engine.dated.notices:
            self.done.notices.append(None if when is None else self.truth(when, each=False).slot)
        self.compile()
        return self.done

    # --- stages and rules -----------------------------------------------------------------------------------------

    def conclusion(self, conclusion: DatedConclusion, number: int) -> None:
        slot, each = (
            self.engine.slots[conclusion.entity, conclusion.name],
            conclusion.entity != self.engine.root,
        )
        guard, weight = None, 1
        tried: list[Stage] = []
        for candidate in conclusion.candidates:
            last = candidate is conclusion.candidates[-1]
            conditions = [self.condition(node, each=each) for node in candidate.conditions]
            verdict = None if last or not conditions else self.fresh(each=each)
            stage = self.stage(slot, candidate.value, each=each)
            stage.conclusion, stage.guard, stage.verdict, stage.weight = number, guard, verdict, weight
            stage.rule, stage.otherwise = candidate.rule.id, conclusion.otherwise
            tried.append(stage)
            if verdict is not None:
                for earlier in tried:
                    earlier.overruled += (verdict,)
            for node in conditions:
                stage.reads |= self.reads(node)
            if guard is not None:
                stage.reads |= Reads(own=frozenset({guard})) if each else Reads(root=frozenset({guard}))
            self.alternatives(stage, candidate, conditions)
            if not conditions:
                break  # nothing comes after a rule that always applies
            guard, weight = verdict, weight * (len(conditions) + 1)

    def condition(self, node: Node, *, each: bool) -> Constant | Test | Truth:
        """A condition as the matcher can test it: as it is, or as the truth of a cell of its own."""
        return node if isinstance(node, Constant) else testable(node) or self.truth(node, each=each)

    def truth(self, node: Node, *, each: bool) -> Truth:
        """A cell of its own for the truth of a condition."""
        slot = self.fresh(each=each)
        self.stage(slot, node, each=each, own_rule=True)
        return Truth(slot, each)

    def fresh(self, *, each: bool) -> int:
        slot = self.done.size
        self.done.size += 1
        if each:
            self.done.each.add(slot)
        return slot

    def stage(self, slot: int, value: Node, *, each: bool, own_rule: bool = False) -> Stage:
        stage = Stage(len(self.done.stages), slot, each, None, None, None, 1, _unset, self.reads(value))
        self.done.stages.append(stage)
        self.terms.append((stage, value))
        if own_rule:
            self.add(stage, APPLIES, 0, [], self.reads(value))
        return stage

    def alternatives(
        self, stage: Stage, candidate: Candidate, conditions: Sequence[Constant | Test | Truth]
    ) -> None:
        """One rule for each condition that may fail first, and one for where all hold."""
        held: list[tuple[Test | Truth, bool]] = []
        for index, node in enumerate(conditions, 1):
            if isinstance(node, Constant):
                if node.value is True:
                    continue
                self.add(stage, FAILED, index, held, Reads())
                return
            self.add(stage, FAILED, index, [*held, (node, False)], Reads())
            held.append((node, True))
        self.add(stage, APPLIES, 0, held, self.reads(candidate.value))

    def add(
        self, stage: Stage, name: str, index: int, tests: Sequence[tuple[Test | Truth, bool]], reads: Reads
    ) -> None:
        patterns = Patterns(self.done, self.engine.slots, each=stage.each)
        if stage.guard is not None:
            patterns.of(stage.guard)
        for node, wanted in tests:
            patterns.test(node, wanted=wanted)
        patterns.read(reads)
        if patterns.possible:
            rule = Rule(f"{stage.number}.{name}.{index}", patterns.ordered())
            self.done.rules.append(rule)
            self.done.due[rule.name] = stage.number, index

    # --- what an expression reads, and what it gives --------------------------------------------------------------

    def reads(self, node: Node | Truth) -> Reads:
        if isinstance(node, Truth):
            return Reads(own=frozenset({node.slot})) if node.each else Reads(root=frozenset({node.slot}))
        return self.cells.visit(node, {})

    def compile(self) -> None:
        """Make the terms of all stages, by the direct engine's own writer."""
        for number, (stage, node) in enumerate(self.terms):
            term = self.writer.visit(node)
            reads = stage.reads
            slots = {*reads.own, *reads.root, *reads.every, *(slot for _, slot in reads.children)}
            taken = "".join(
                f"    s{slot} = cells[{slot}]\n" for slot in sorted(slots) if slot < self.engine.size
            )
            self.texts.append(f"def term{number}(cells, v0, everyone):\n{taken}    return {term}\n")
        namespace: dict[str, Any] = {"rounded": rounded, **self.writer.constants}
        exec(compile("\n".join(self.texts), "<ruleset>", "exec"), namespace)  # noqa: S102  # written by the writer, from the tree
        for number, (stage, _) in enumerate(self.terms):
            stage.value = namespace[f"term{number}"]


def _unset(_cells: list[Any], _of: int, _everyone: range) -> Any:
    raise AssertionError("compiled later")
