"""A dated rulebook as a ruleset for durable-rules: what each conclusion reads, and the rules that say when it is due.

Every fact and conclusion is a *cell*: a slot of the direct engine and the entity that it is of, or the root. A conclusion becomes
due when the patterns of one of its rules match. The conditions of the rulebook that compare a cell with a constant, or two
cells of one entity with each other, are matched by durable-rules itself; a condition beyond that (a sum, a loop, a list) is a cell
of its own, a truth that the rulebook's expression gives. For each rule of the rulebook there is one rule for where it
applies and one for each condition that fails first, so every conclusion rests on facts that are there, never on absence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hongqiao_rules.engines.direct import DATE, DirectEngine, Writer, rounded
from hongqiao_rules.engines.durable import Rule
from hongqiao_rules.engines.patterns import Kinds, Patterns, Reads, Truth, testable
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.nodes import (
    TRUTH,
    Aggregate,
    AllOf,
    AssessmentDate,
    ChildrenOf,
    Constant,
    Node,
    Read,
    children,
)

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


class _Planner:
    def __init__(self, engine: DirectEngine) -> None:
        self.engine, self.writer = engine, Writer(engine)
        self.done = Plan(everyone=engine.size, size=engine.size + 1)
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

    def condition(self, node: Node, *, each: bool) -> Node:
        """A condition as the matcher can test it: as it is, or as the truth of a cell of its own."""
        if isinstance(node, Constant) or testable(node) is not None:
            return node
        return self.truth(node, each=each)

    def truth(self, node: Node, *, each: bool) -> Truth:
        """A cell of its own for the truth of a condition."""
        slot = self.fresh(each=each)
        self.stage(slot, node, each=each, own_rule=True)
        return Truth(type=TRUTH, slot=slot, each=each)

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

    def alternatives(self, stage: Stage, candidate: Candidate, conditions: Sequence[Node]) -> None:
        """One rule for each condition that may fail first, and one for where all hold."""
        held: list[tuple[Node, bool]] = []
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
        self, stage: Stage, name: str, index: int, tests: Sequence[tuple[Node, bool]], reads: Reads
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

    def reads(self, node: Node) -> Reads:
        found = Reads()
        for part in self._reads(node, {}):
            found |= part
        return found

    def _reads(self, node: Node, loops: Mapping[int, Node]) -> Iterator[Reads]:
        slots = self.engine.slots
        match node:
            case Truth():
                yield Reads(own=frozenset({node.slot})) if node.each else Reads(root=frozenset({node.slot}))
            case AssessmentDate():
                yield Reads(root=frozenset({DATE}))
            case AllOf():
                yield Reads(root=frozenset({self.done.everyone}))
            case ChildrenOf():
                yield Reads(own=frozenset({self.engine.relations[node.relation]}))
            case Read():
                slot = slots[node.entity, node.name]
                domain = None if node.variable is None else loops.get(node.variable)
                if node.variable is None:
                    yield Reads(root=frozenset({slot}))
                elif isinstance(domain, ChildrenOf):
                    yield Reads(children=frozenset({(self.engine.relations[domain.relation], slot)}))
                elif domain is not None:
                    yield Reads(every=frozenset({slot}))
                else:
                    yield Reads(own=frozenset({slot}))
            case Aggregate():
                yield from self._reads(node.domain, loops)
                inner = {**loops, node.variable: node.domain}
                for part in children(node)[1:]:
                    yield from self._reads(part, inner)
            case _:
                for part in children(node):
                    yield from self._reads(part, loops)

    def compile(self) -> None:
        """Make the terms of all stages, by the direct engine's own writer."""
        for number, (stage, node) in enumerate(self.terms):
            term = self.writer.term(node)
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
