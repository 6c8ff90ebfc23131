"""The inference engine: forward chaining over the changing facts of one household.

A session has the facts and conclusions of one household. For the facts of another day or event, it passes only the changes
to durable-rules. Rules that match make conclusions due, which are evaluated in the order of the rulebook by its own exact
expressions. A conclusion is evaluated again if a value that it reads has changed; conclusions that read it follow only if
its own value changes. The result is the same run as that of the direct engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from hongqiao_rules.engines.direct.direct_engine import DATE, DirectEngine, Run
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.inference.durable_rules import Fired, Memory, Ruleset, Value
from hongqiao_rules.engines.inference.rulesets import Plan, Stage, plan

ROOT = -1
"""The index of the root where others are indices of entities."""
Cell = tuple[int, int]
"""A slot, and the index of an entity or ``ROOT``."""
ABSENT: Any = object()
"""The value of a cell that is not set."""


class Inference:
    """A dated rulebook as a ruleset of durable-rules, for which sessions can be opened.

    Raises:
        RequestError: INFERENCE_LIMIT; the rulebook exceeds a limit of durable-rules.
    """

    def __init__(self, engine: DirectEngine) -> None:
        self.engine = engine
        self.plan: Plan = plan(engine)
        self.ruleset = Ruleset(self.plan.rules)
        self.names = {slot: name for (_, name), slot in engine.slots.items()} | {DATE: "on"}
        self.names |= {slot: name for name, slot in engine.relations.items()}

    def open(self) -> Session:
        """A new session without facts."""
        return Session(self)


@dataclass(slots=True)
class Wave:
    """The effect of one change of facts, by cell.

    Attributes:
        changed: facts that were added, changed or removed.
        replaced: conclusions whose value changed.
        settled: conclusions that were evaluated, whether or not their value changed.
    """

    changed: set[Cell] = field(default_factory=set)
    replaced: set[Cell] = field(default_factory=set)
    settled: set[Cell] = field(default_factory=set)

    def touched(self, cell: Cell) -> bool:
        """True if the value of the cell changed."""
        return cell in self.changed or cell in self.replaced


class Session:
    """The facts and conclusions of one household. Not thread-safe."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.wave = Wave()
        self._plan = inference.plan
        self._memory: Memory | None = None
        self._forget()

    def run(self, facts: Facts, day: int) -> Run:
        """Evaluate *facts* on *day* (yyyymmdd) by applying only the changes; the run equals that of the direct engine."""
        memory = self._memory
        if memory is None or memory.lost:
            self._forget()
            memory = self._memory = self.inference.ruleset.open()
        with memory.lock:
            if memory.lost:  # another session took it before the lock was acquired
                return self.run(facts, day)
            try:
                self._take(memory, facts, day)
            except BaseException:
                self._memory = None  # it may have only a part of the change
                self.inference.ruleset.close(memory)
                raise
        noticed = [slot is None or self._cells[slot] for slot in self._plan.notices]
        return Run(self._cells[: self.inference.engine.size], list(self._failed), noticed)

    def close(self) -> None:
        """Release the memory of durable-rules. The session can be used again and then starts without facts."""
        if self._memory is not None:
            self.inference.ruleset.close(self._memory)
            self._memory = None

    def rests_on(self, name: str, of: int | None = None) -> list[tuple[str, int | None]]:
        """The facts that the conclusion *name* of entity *of* depends on, each with its entity (``None``: the root)."""
        of_root = of is None
        slot = next(
            slot
            for (entity, known), slot in self.inference.engine.slots.items()
            if known == name and (entity == self.inference.engine.root) is of_root
        )
        waiting: list[Cell] = [(slot, ROOT if of is None else of)]
        seen, found = set(waiting), set()
        while waiting:
            cell = waiting.pop()
            behind = [below for stage in self._of(cell[0]) for below in self._below(stage, cell[1])]
            if not self._of(cell[0]):
                found.add(cell)
            waiting += [below for below in behind if below not in seen]
            seen.update(behind)
        names = self.inference.names
        return [(names[slot], None if of == ROOT else of) for slot, of in sorted(found) if slot in names]

    # --- one change of facts --------------------------------------------------------------------------------------

    def _forget(self) -> None:
        size, stages = self._plan.size, self._plan.stages
        self._cells: list[Any] = [[] if slot in self._plan.each else ABSENT for slot in range(size)]
        self._failed: list[Any] = [None] * len(self.inference.engine.dated.conclusions)
        self._versions = 0
        self._told: dict[Cell, bool] = {}
        self._count = 0
        for stage in stages:
            if stage.conclusion is not None and stage.each and self._conditional(stage):
                self._failed[stage.conclusion] = []

    def _conditional(self, stage: Stage) -> bool:
        assert stage.conclusion is not None
        return bool(self.inference.engine.dated.conclusions[stage.conclusion].candidates[0].conditions)

    def _take(self, memory: Memory, facts: Facts, day: int) -> None:
        self.wave = wave = Wave()
        due: dict[tuple[int, int], int] = {}
        order: list[tuple[int, int]] = []

        def fire(fired: Iterable[Fired]) -> None:
            for one in fired:
                number, failing = self._plan.due[one.rule]
                key = number, one.of
                if key not in due:
                    heappush(order, key)
                due[key] = failing

        self._resize(memory, facts.count, fire)
        for slot, of, value in self._facts(facts, day):
            if self._set(memory, slot, of, value, fire):
                wave.changed.add((slot, of))
        self._announce(memory, {slot for slot, of in wave.changed if of != ROOT}, fire)
        while order:
            number, waiting = order[0][0], []
            while order and order[0][0] == number:
                key = heappop(order)
                waiting.append((key[1], due.pop(key)))
            self._settle(memory, self._plan.stages[number], waiting, fire)

    def _settle(self, memory: Memory, stage: Stage, waiting: list[tuple[int, int]], fire: Any) -> None:
        """Evaluate the cells that one stage makes due, and report their changes to the matcher."""
        wave, everyone, dirty = self.wave, range(self._count), set()
        for of, failing in waiting:
            if not self._stale(stage, of):
                continue
            digit, slots = failing * stage.weight, (stage.slot,)
            if stage.guard is not None:
                digit += self._value(stage.guard, of)
            if failing and stage.verdict is not None:
                value, slots = digit, (stage.verdict,)
            else:
                value = stage.otherwise if failing else stage.value(self._cells, of, everyone)
                self._outcome(stage, of, digit)
                for verdict in stage.overruled:
                    self._set(memory, verdict, of, ABSENT, fire)
            wave.settled.add((stage.slot, of))
            for slot in slots:
                if self._set(memory, slot, of, value, fire):
                    wave.replaced.add((slot, of))
                    if of != ROOT:
                        dirty.add(slot)
        self._announce(memory, dirty, fire)

    def _stale(self, stage: Stage, of: int) -> bool:
        """True if a conclusion that a rule made due has to be evaluated: it is not set, or a value that it reads changed."""
        if stage.guard is not None and self._value(stage.guard, of) is ABSENT:
            return False  # the rule before decides it now
        if self._value(stage.slot, of) is ABSENT:
            return True
        return any(self.wave.touched(cell) for cell in self._below(stage, of))

    def _below(self, stage: Stage, of: int) -> Iterator[Cell]:
        """Yield the cells that a stage reads."""
        reads = stage.reads
        for slot in reads.own:
            yield slot, of
        for slot in reads.root:
            yield slot, ROOT
        for slot in reads.every:
            for number in range(self._count):
                yield slot, number
        for relation, slot in reads.children:
            for number in self._cells[relation][of]:
                yield slot, number

    def _of(self, slot: int) -> list[Stage]:
        return [stage for stage in self._plan.stages if slot in (stage.slot, stage.verdict)]

    def _outcome(self, stage: Stage, of: int, digit: int) -> None:
        if stage.conclusion is None or not self._conditional(stage):
            return
        if of == ROOT:
            self._failed[stage.conclusion] = digit
        else:
            column = list(self._failed[stage.conclusion])
            column[of] = digit
            self._failed[stage.conclusion] = column

    # --- cells ----------------------------------------------------------------------------------------------------

    def _facts(self, facts: Facts, day: int) -> Iterator[tuple[int, int, Any]]:
        """Yield the facts by cell: slot, entity, value; equal columns are left out."""
        yield DATE, ROOT, day
        for slot, where, name in self.inference.engine.loads:
            if where == "root":
                yield slot, ROOT, facts.root[name]
            else:
                column = list(facts.each[name] if where == "each" else facts.children[name])
                if self._cells[slot] != column:
                    for of, value in enumerate(column):
                        yield slot, of, value

    def _value(self, slot: int, of: int) -> Any:
        return self._cells[slot] if of == ROOT else self._cells[slot][of]

    def _set(self, memory: Memory, slot: int, of: int, value: Any, fire: Any) -> bool:
        """Set a cell and return True if its value changed. The old fact is retracted before the new one is asserted."""
        if of == ROOT:
            if self._cells[slot] == value:
                return False
            self._cells[slot] = value
        else:
            if self._cells[slot][of] == value:
                return False
            column = list(self._cells[slot])  # earlier runs keep the old list
            column[of] = value
            self._cells[slot] = column
        kind = self._plan.own.get(slot)
        if kind is not None:
            self._tell(memory, kind, (slot, of), of, value, fire)
        return True

    def _tell(self, memory: Memory, kind: str, cell: Cell, of: int, value: Any, fire: Any) -> None:
        if self._told.pop(cell, False):
            memory.take_back(kind, of)
        if value is not ABSENT:
            self._told[cell] = True
            fire(memory.tell(kind, of, self._scalar(value)))

    def _scalar(self, value: Any) -> Value:
        """The value to pass to the matcher; for a list, a number that is new at each change."""
        if value is None:
            return ""
        if isinstance(value, int | str):
            return value
        self._versions += 1
        return self._versions

    def _announce(self, memory: Memory, slots: set[int], fire: Any) -> None:
        """Report to the matcher that a value in *slots* has changed, for patterns that read them for all entities."""
        for slot in sorted(slots):
            kind = self._plan.whole.get(slot)
            if kind is not None:
                self._versions += 1
                self._tell(memory, kind, (slot, ROOT), ROOT, self._versions, fire)

    def _resize(self, memory: Memory, count: int, fire: Any) -> None:
        """Change the number of entities to *count*, adding or removing them at the end."""
        if count == self._count and self._cells[self._plan.everyone] is not ABSENT:
            return
        for slot in self._plan.each:
            column = self._cells[slot]
            for of in range(count, self._count):
                if self._told.pop((slot, of), False):
                    memory.take_back(self._plan.own[slot], of)
            self._cells[slot] = [*column[:count], *([ABSENT] * (count - len(column)))]
        for number, failed in enumerate(self._failed):
            if isinstance(failed, list):
                self._failed[number] = [*failed[:count], *([0] * (count - len(failed)))]
        before, self._count = self._count, count
        entity = self._plan.own.get(-1)
        if entity is not None:
            for of in range(count, before):
                memory.take_back(entity, of)
            for of in range(before, count):
                fire(memory.tell(entity, of, 1))
        self.wave.changed.update((-1, of) for of in range(min(before, count), max(before, count)))
        if self._set(memory, self._plan.everyone, ROOT, count, fire):
            self.wave.changed.add((self._plan.everyone, ROOT))
        self._announce(memory, set(self._plan.whole), fire)
