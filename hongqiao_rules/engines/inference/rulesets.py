"""Compile a dated rulebook to a ruleset of durable-rules.

Every fact and conclusion has *cells*: a slot of the direct engine, and an entity or the root. A conclusion becomes due when
the patterns of one of its rules match. durable-rules itself tests conditions that compare a cell with a constant, or two
cells of one entity. Any other condition (a sum, a loop, a list) gets a cell for its truth, which the expression of the
rulebook evaluates. Each rule of the rulebook becomes one rule for the case that it applies and one for each condition that
may fail first. So every conclusion depends on the presence of facts, never on their absence.
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
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion

Term = Callable[[list[Any], int, range], Any]
"""A compiled expression: a function of the cells by slot, the entity that it is about, and the range of all entities."""

FAILED, APPLIES = "fails", "applies"


@dataclass(slots=True, eq=False)
class Stage:
    """One step of the inference: a rule of the rulebook, or a condition with its own cell.

    Attributes:
        number: its index among the stages.
        slot: the slot that it sets.
        each: True if the slot has a cell for each entity.
        conclusion: the index of the conclusion, ``None`` for a condition.
        guard: the slot with the failed condition of the rule before, if there is one.
        verdict: the slot for the failed condition of this rule; ``None`` for the last rule.
        overruled: the verdicts, of this rule and later ones, to clear when this rule decides the conclusion.
        weight: the weight of its failed condition in the outcome of the conclusion.
        value: the value of the conclusion if the rule applies.
        reads: the slots that it depends on.
        rule: the id of the rule; empty for a condition.
        otherwise: the value of the conclusion if no rule applies.
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
    """A ruleset, and the stages that its rules make due.

    Attributes:
        stages: the stages; each comes after those whose slots it reads.
        rules: the rules of the ruleset.
        due: for each rule of the ruleset, the stage that it makes due, and the number of the failed condition, 0 if none.
        notices: for each notice, the slot of its condition; ``None`` if it always applies.
        size: the number of slots.
    """

    stages: list[Stage] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    due: dict[str, tuple[int, int]] = field(default_factory=dict)
    notices: list[int | None] = field(default_factory=list)
    size: int = 0


def plan(engine: DirectEngine) -> Plan:
    """The plan of a dated rulebook."""
    return _Planner(engine).plan()


class _Cells(DatedVisitor[[Mapping[int, n.Domain]], Reads]):
    """A visit returns the slots that a node reads; the argument has the domains of the enclosing loops by variable."""

    def __init__(self, engine: DirectEngine, everyone: int) -> None:
        self.slots, self.relations, self.everyone = engine.slots, engine.relations, everyone

    def _nothing(self, _node: n.Constant | n.Element, _loops: Mapping[int, n.Domain]) -> Reads:
        return Reads()

    visit_constant = visit_element = _nothing

    def visit_assessment_date(self, _node: n.AssessmentDate, _loops: Mapping[int, n.Domain]) -> Reads:
        return Reads(root=frozenset({DATE}))

    def visit_all_of(self, _node: n.AllOf, _loops: Mapping[int, n.Domain]) -> Reads:
        return Reads(root=frozenset({self.everyone}))

    def visit_children_of(self, node: n.ChildrenOf, _loops: Mapping[int, n.Domain]) -> Reads:
        return Reads(own=frozenset({self.relations[node.relation]}))

    def visit_read(self, node: n.Read, loops: Mapping[int, n.Domain]) -> Reads:
        slot = self.slots[node.entity, node.name]
        if node.variable is None:
            return Reads(root=frozenset({slot}))
        domain = loops.get(node.variable)
        if isinstance(domain, n.ChildrenOf):
            return Reads(children=frozenset({(self.relations[domain.relation], slot)}))
        return Reads(own=frozenset({slot})) if domain is None else Reads(every=frozenset({slot}))

    def visit_aggregate(self, node: n.Aggregate, loops: Mapping[int, n.Domain]) -> Reads:
        domain, *inside = n.children(node)
        inner = {**loops, node.variable: node.domain}
        return reduce(or_, (self.visit(part, inner) for part in inside), self.visit(domain, loops))

    def _parts(self, node: n.Node, loops: Mapping[int, n.Domain]) -> Reads:
        return reduce(or_, (self.visit(part, loops) for part in n.children(node)))

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
        self.terms: list[tuple[Stage, n.Node]] = []

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

    def condition(self, node: n.Node, *, each: bool) -> n.Constant | Test | Truth:
        """A condition in a form that the matcher can test: as it is, or the truth of a cell for it."""
        return node if isinstance(node, n.Constant) else testable(node) or self.truth(node, each=each)

    def truth(self, node: n.Node, *, each: bool) -> Truth:
        """Add a slot and a stage for the truth of a condition."""
        slot = self.fresh(each=each)
        self.stage(slot, node, each=each, own_rule=True)
        return Truth(slot, each)

    def fresh(self, *, each: bool) -> int:
        slot = self.done.size
        self.done.size += 1
        if each:
            self.done.each.add(slot)
        return slot

    def stage(self, slot: int, value: n.Node, *, each: bool, own_rule: bool = False) -> Stage:
        stage = Stage(len(self.done.stages), slot, each, None, None, None, 1, _unset, self.reads(value))
        self.done.stages.append(stage)
        self.terms.append((stage, value))
        if own_rule:
            self.add(stage, APPLIES, 0, [], self.reads(value))
        return stage

    def alternatives(
        self, stage: Stage, candidate: Candidate, conditions: Sequence[n.Constant | Test | Truth]
    ) -> None:
        """Add a rule for each condition that may fail first, and one for the case that all are true."""
        held: list[tuple[Test | Truth, bool]] = []
        for index, node in enumerate(conditions, 1):
            if isinstance(node, n.Constant):
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

    def reads(self, node: n.Node | Truth) -> Reads:
        if isinstance(node, Truth):
            return Reads(own=frozenset({node.slot})) if node.each else Reads(root=frozenset({node.slot}))
        return self.cells.visit(node, {})

    def compile(self) -> None:
        """Compile the expressions of all stages with the code generator of the direct engine."""
        for number, (stage, node) in enumerate(self.terms):
            term = self.writer.visit(node)
            reads = stage.reads
            slots = {*reads.own, *reads.root, *reads.every, *(slot for _, slot in reads.children)}
            taken = "".join(
                f"    s{slot} = cells[{slot}]\n" for slot in sorted(slots) if slot < self.engine.size
            )
            self.texts.append(f"def term{number}(cells, v0, everyone):\n{taken}    return {term}\n")
        namespace: dict[str, Any] = {"rounded": rounded, **self.writer.constants}
        exec(compile("\n".join(self.texts), "<ruleset>", "exec"), namespace)  # noqa: S102  # generated from the tree
        for number, (stage, _) in enumerate(self.terms):
            stage.value = namespace[f"term{number}"]


def _unset(_cells: list[Any], _of: int, _everyone: range) -> Any:
    raise AssertionError("compiled later")
