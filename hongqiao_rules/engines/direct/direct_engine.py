"""The direct engine: compile a dated rulebook to one Python function that evaluates one household.

The source of the function is generated from the typed tree: names are slot numbers, and constants are passed as objects.
No text of a policy or an input reaches Python's compiler. A run records every conclusion and the first failed condition of
each rule; :mod:`hongqiao_rules.engines.direct.trace` writes a trace from it on request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion
from hongqiao_rules.rulebook.definitions import NoticeDefinition


@dataclass(slots=True)
class Run:
    """The result of evaluating one household.

    Attributes:
        state: the date, facts and conclusions by slot; for contained entities, a list with one value for each entity.
        failed: for each conclusion ``None`` if it has no conditions, else a number that encodes the first failed condition of
            each rule (see :func:`decode`); for conclusions about contained entities, a list of such numbers.
        noticed: for each notice of the rulebook, True if it applies.
    """

    state: list[Any]
    failed: list[Any]
    noticed: list[bool]


DATE = 0
"""The slot of the assessment date."""


class DirectEngine:
    """A dated rulebook compiled to evaluate one household at a time. Immutable and thread-safe."""

    def __init__(self, dated: Dated) -> None:
        self.dated = dated
        self.root = dated.root
        entities = dated.linked.definitions.entities
        inside = entities[self.root].contains
        self.contained = inside.entity if inside is not None else None
        self.slots: dict[tuple[str, str], int] = {}
        self.relations: dict[str, int] = {}
        self.loads: list[tuple[int, str, str]] = []
        size = 1
        for entity in (e for e in entities.values() if e.name in (self.root, self.contained)):
            for fact in entity.facts.values():
                if fact.type.kind == "text":
                    continue
                if fact.type.kind == "reference":
                    self.relations[fact.name] = size
                    self.loads.append((size, "children", fact.name))
                else:
                    self.slots[entity.name, fact.name] = size
                    self.loads.append((size, "root" if entity.name == self.root else "each", fact.name))
                size += 1
        for conclusion in dated.conclusions:
            self.slots[conclusion.entity, conclusion.name] = size
            size += 1
        self.size = size
        writer = Writer(self)
        self.source = writer.program()
        namespace: dict[str, Any] = {"rounded": rounded, **writer.constants}
        exec(compile(self.source, "<rulebook>", "exec"), namespace)  # noqa: S102  # generated above, from the tree
        self._run: Callable[[Facts, int], tuple[list[Any], list[Any], list[bool]]] = namespace["run"]

    def run(self, facts: Facts, day: int) -> Run:
        """Evaluate every conclusion for *facts* on *day* (yyyymmdd), which must be in the period of the rulebook."""
        return Run(*self._run(facts, day))

    def notices(self, run: Run) -> list[NoticeDefinition]:
        """The notices that apply to a run, in the order of their files."""
        return [notice for (notice, _), held in zip(self.dated.notices, run.noticed, strict=True) if held]

    def value(self, run: Run, name: str) -> Any:
        """The value of a conclusion or fact of the root."""
        return run.state[self.slots[self.root, name]]


def decode(conclusion: DatedConclusion, outcome: int | None) -> list[tuple[Candidate, int]]:
    """The rules tried for a conclusion, each with the index of its first failed condition, or -1 if it applied.

    *outcome* is an item of ``Run.failed``.
    """
    tried: list[tuple[Candidate, int]] = []
    left = outcome or 0
    for candidate in conclusion.candidates:
        left, digit = divmod(left, len(candidate.conditions) + 1)
        tried.append((candidate, digit - 1))
        if digit == 0:
            break
    return tried


def turns(dated: Dated) -> list[list[int]]:
    """The indices of the conclusions in turns: alternately conclusions about the root and about contained entities.

    A conclusion about an entity may read conclusions of its own turn about the same entity. It may read conclusions about
    all entities only if their turn is earlier. So one loop over the entities evaluates a whole turn.
    """
    settled: dict[tuple[str, str], int] = {}
    found: list[list[int]] = [[]]
    for number, conclusion in enumerate(dated.conclusions):
        mine = turn = int(conclusion.entity != dated.root)
        parts = [part for c in conclusion.candidates for part in (*c.conditions, c.value)]
        for node in (inner for part in parts for inner in n.walk(part)):
            if isinstance(node, n.Read) and (node.entity, node.name) in settled:
                before = settled[node.entity, node.name]
                after = before if before % 2 == mine and node.variable in (None, 0) else before + 1
                turn = max(turn, after + (after + mine) % 2)
        settled[conclusion.entity, conclusion.name] = turn
        found += [[] for _ in range(len(found), turn + 1)]
        found[turn].append(number)
    return found


class Writer(DatedVisitor[[], str]):
    """Generates the source of the function; a visit returns the Python expression of a node."""

    def __init__(self, engine: DirectEngine) -> None:
        self.engine = engine
        self.constants: dict[str, object] = {}
        self.fields: dict[int, list[str]] = {}
        self.own: dict[int, None] | None = None
        """In a loop over the contained entities, the slots whose value for the current entity is read, in order."""

    # --- the program ----------------------------------------------------------------------------------------

    def program(self) -> str:
        engine, conclusions = self.engine, self.engine.dated.conclusions
        lines = ["def run(facts, s0):", "    everyone = range(facts.count)"]
        lines += ["    root, each, children = facts.root, facts.each, facts.children"]
        lines += [f"    s{slot} = {where}[{name!r}]" for slot, where, name in engine.loads]
        for number, turn in enumerate(turns(engine.dated)):
            lines += ["    " + line for line in (self.for_each(turn) if number % 2 else self.for_root(turn))]
        state = ", ".join(f"s{slot}" for slot in range(engine.size))
        failed = ", ".join(
            f"f{number}" if conclusion.candidates[0].conditions else "None"
            for number, conclusion in enumerate(conclusions)
        )
        noticed = ", ".join("True" if when is None else self.visit(when) for _, when in engine.dated.notices)
        return "\n".join([*lines, f"    return [{state}], [{failed}], [{noticed}]", ""])

    def for_root(self, turn: list[int]) -> list[str]:
        """The lines that evaluate the conclusions of a turn about the root."""
        return [line for number in turn for line in self.conclusion(number, "s")]

    def for_each(self, turn: list[int]) -> list[str]:
        """The loop that evaluates a turn about contained entities; ``x3`` is the current entity's value of slot 3."""
        self.own = {}
        body = [line for number in turn for line in self.conclusion(number, "x")]
        made = [self.slot(number) for number in turn]
        given, self.own = [slot for slot in self.own if slot not in made], None
        if len(turn) == 1 and not self.engine.dated.conclusions[turn[0]].candidates[0].conditions:
            value = body[0].partition(" = ")[2]
            if len(given) == 1:
                return [f"s{made[0]} = [{value} for x{given[0]} in s{given[0]}]"]
            columns = "".join(f"s{s}, " for s in given)
            return [
                f"s{made[0]} = [{value} for {''.join(f'x{s}, ' for s in given)}_ in zip({columns}everyone)]"
            ]
        outcomes = [f"f{i}" for i in turn if self.engine.dated.conclusions[i].candidates[0].conditions]
        row = ", ".join([*(f"x{slot}" for slot in made), *outcomes])
        columns = ", ".join([*(f"s{slot}" for slot in made), *outcomes])
        return [
            "rows = []",
            f"for {''.join(f'x{s}, ' for s in given)}_ in zip({''.join(f's{s}, ' for s in given)}everyone):",
            *("    " + line for line in body),
            f"    rows.append(({row},))",
            f"{columns}, = map(list, zip(*rows)) if rows else ([] for _ in range({len(made) + len(outcomes)}))",
        ]

    def slot(self, number: int) -> int:
        conclusion = self.engine.dated.conclusions[number]
        return self.engine.slots[conclusion.entity, conclusion.name]

    def conclusion(self, number: int, place: str) -> list[str]:
        """The lines that evaluate a conclusion: the failed condition of each rule, then the value of the rule that applies.

        The failed conditions are the digits of the outcome. Rules after the one that applies are not tried.
        """
        conclusion, target = self.engine.dated.conclusions[number], f"{place}{self.slot(number)}"
        candidates = conclusion.candidates
        if not candidates[0].conditions:
            return [f"{target} = {self.visit(candidates[0].value)}"]
        lines, terms, weight = [], [], 1
        for position, candidate in enumerate(candidates):
            failing = self.failing(candidate)
            lines.append(f"d{position} = {f'({failing}) if d{position - 1} else 0' if position else failing}")
            terms.append(f"d{position} * {weight}" if position else "d0")
            weight *= len(candidate.conditions) + 1
        value = str(conclusion.otherwise)
        for position, candidate in reversed(list(enumerate(candidates))):
            value = f"({value} if d{position} else {self.visit(candidate.value)})"
        return [*lines, f"{target} = {value}", f"f{number} = {' + '.join(terms)}"]

    def failing(self, candidate: Candidate) -> str:
        """An expression for the number (from 1) of the first failed condition; 0 if none fails."""
        text = "0"
        for index, condition in reversed(list(enumerate(candidate.conditions, 1))):
            if not (isinstance(condition, n.Constant) and condition.value is True):
                text = f"({text} if {self.visit(condition)} else {index})"
        return text

    # --- expressions ----------------------------------------------------------------------------------------

    def visit_constant(self, node: n.Constant) -> str:
        if isinstance(node.value, int):
            return f"({int(node.value) if not isinstance(node.value, bool) else node.value})"
        name = f"k{len(self.constants)}"
        self.constants[name] = node.value
        return name

    def visit_read(self, node: n.Read) -> str:
        slot = self.engine.slots[node.entity, node.name]
        return f"s{slot}" if node.variable is None else self.of(slot, node.variable)

    def of(self, slot: int, variable: int) -> str:
        """The expression that reads the value of a slot for the entity of a loop variable."""
        if self.own is None or variable != 0:
            return f"s{slot}[v{variable}]"
        self.own[slot] = None
        return f"x{slot}"

    def visit_assessment_date(self, _node: n.AssessmentDate) -> str:
        return f"s{DATE}"

    def visit_element(self, node: n.Element) -> str:
        if node.field_name is None:
            return f"v{node.variable}"
        return f"v{node.variable}[{self.fields[node.variable].index(node.field_name)}]"

    def _infix(self, node: n.Add | n.Subtract | n.Multiply) -> str:
        return f"({self.visit(node.left)} {_SIGNS[type(node)]} {self.visit(node.right)})"

    visit_add = visit_subtract = visit_multiply = _infix

    def visit_compare(self, node: n.Compare) -> str:
        years, limit = node.left, node.right
        if (
            isinstance(years, n.FullYears)
            and isinstance(limit, n.Constant)
            and isinstance(limit.value, int)
            and node.operator in (">=", "<")
        ):
            # Full years reach a whole number exactly if the difference of the dates does: no division is needed.
            difference = f"{self.visit(years.end)} - {self.visit(years.start)}"
            return f"({difference} {node.operator} {limit.value * 10000})"
        return f"({self.visit(years)} {node.operator} {self.visit(limit)})"

    def visit_rounded(self, node: n.Rounded) -> str:
        return f"rounded({self.visit(node.numerator)}, {self.visit(node.denominator)}, {node.step}, {node.way!r})"

    def _junction(self, node: n.And | n.Or) -> str:
        return f"({(' and ' if isinstance(node, n.And) else ' or ').join(self.visit(part) for part in node.parts)})"

    visit_and = visit_or = _junction

    def visit_not(self, node: n.Not) -> str:
        return f"(not {self.visit(node.part)})"

    def visit_if(self, node: n.If) -> str:
        return f"({self.visit(node.then)} if {self.visit(node.condition)} else {self.visit(node.otherwise)})"

    def _extreme(self, node: n.Least | n.Greatest) -> str:
        return f"{'min' if isinstance(node, n.Least) else 'max'}({', '.join(self.visit(part) for part in node.parts)})"

    visit_least = visit_greatest = _extreme

    def visit_contains(self, node: n.Contains) -> str:
        return f"({self.visit(node.item)} in {self.visit(node.collection)})"

    def visit_full_years(self, node: n.FullYears) -> str:
        return f"(({self.visit(node.end)} - {self.visit(node.start)}) // 10000)"

    def visit_all_of(self, _node: n.AllOf) -> str:
        return "everyone"

    def visit_children_of(self, node: n.ChildrenOf) -> str:
        return self.of(self.engine.relations[node.relation], node.variable)

    def visit_aggregate(self, node: n.Aggregate) -> str:
        domain = node.domain
        if isinstance(domain, n.Read) and domain.type.kind == "records":
            entity = self.engine.dated.linked.definitions.entities[domain.entity]
            self.fields[node.variable] = list(entity.facts[domain.name].fields)
        items, over = self.visit(domain), f"v{node.variable}"
        held = isinstance(node.body, n.Constant) and node.body.value is True
        if node.fold in ("any", "count") and held and node.where is None:
            return f"(len({items}) > 0)" if node.fold == "any" else f"len({items})"
        where = "" if node.where is None else f" if {self.visit(node.where)}"
        body = "1" if node.fold == "count" else self.visit(node.body)
        same = _SAME.fullmatch(body if node.fold == "any" else where.removeprefix(" if "))
        if isinstance(domain, n.AllOf) and same is not None and same[2] == over:
            if node.fold == "any" and not where:
                return f"({same[3]} in {same[1]})"
            if node.fold == "count":
                return f"{same[1]}.count({same[3]})"
        if isinstance(domain, n.AllOf) and not where and body.endswith(f"[{over}]") and body.count("[") == 1:
            listed = body.removesuffix(f"[{over}]")
        else:
            listed = f"[{body} for {over} in {items}{where}]"
        folded = _FOLDS[node.fold].format(listed)
        # Most lists of an entity are empty, and the test is faster than the loop.
        return folded if isinstance(domain, n.AllOf) else f"({folded} if {items} else {_EMPTY[node.fold]})"


_SAME = re.compile(r"\((s[0-9]+)\[(v[0-9]+)\] == (k[0-9]+)\)")
"""The source of a comparison of a column's value for the entity of the loop with a code."""
_SIGNS: Mapping[type[n.Node], str] = {n.Add: "+", n.Subtract: "-", n.Multiply: "*"}
_FOLDS: Mapping[str, str] = {
    "any": "(True in {})", "all": "(False not in {})", "sum": "sum({})", "count": "len({})",
    "largest": "max({}, default=0)",
}  # fmt: skip
_EMPTY: Mapping[str, str] = {"any": "False", "all": "True", "sum": "0", "count": "0", "largest": "0"}


def rounded(numerator: int, denominator: int, step: int, way: str) -> int:
    """Return ``numerator / denominator`` rounded to a multiple of *step*; ``half-up`` is away from zero (四舍五入)."""
    unit, size = denominator * step, abs(numerator)
    if way in ("half-up", "half-even"):
        steps = (2 * size + unit) // (2 * unit)
        if way == "half-even" and steps % 2 and 2 * size + unit == 2 * unit * steps:
            steps -= 1
    elif way == "up":
        steps = -(-size // unit)
    else:
        steps = size // unit
    return steps * step if numerator >= 0 else -steps * step
