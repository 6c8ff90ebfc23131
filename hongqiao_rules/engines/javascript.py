"""A conclusion written as JavaScript: one function that works it out, one that writes its trace.

The figures of a date are no part of the text: they are handed over as the array ``k``, so that one text serves every
date on which a rule reads the same. ``s`` has the state by slot, ``c`` the positions of the contained entities. All
numbers are integers; the only divisions are those of whole multiples, and so exact below 2^53.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hongqiao_rules.engines.trace import parameter_value
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion
from hongqiao_rules.rulebook.nodes import (
    DATED,
    Add,
    Aggregate,
    AllOf,
    And,
    AssessmentDate,
    ChildrenOf,
    Compare,
    Constant,
    Contains,
    Element,
    FullYears,
    Greatest,
    If,
    Least,
    Multiply,
    Node,
    Not,
    Or,
    Read,
    Rounded,
    Subtract,
    Total,
    Type,
    walk,
)  # fmt: skip
from hongqiao_rules.rulebook.nodes import Parameter as ParameterNode

Slots = Mapping[tuple[str, str], int]
"""The place of each fact and conclusion in the state, by entity and name; 0 is the date."""


class Writer:
    """Writes the text of one function. ``TERMS`` has one method for each operation of the language."""

    def __init__(self, dated: Dated, slots: Slots) -> None:
        self.dated, self.slots = dated, slots
        self.figures: list[Any] = []

    def figure(self, value: Any) -> str:
        """A value that differs by date: its place among the figures of the function."""
        self.figures.append(value)
        return f"k[{len(self.figures) - 1}]"

    def run(self, conclusion: DatedConclusion) -> str:
        """The function that works a conclusion out and tells which condition of each rule tried failed first."""
        slot = self.slots[conclusion.entity, conclusion.name]
        first = conclusion.candidates[0]
        of_root = conclusion.entity == self.dated.root
        if not first.conditions:
            value = self.term(first.value)
            return f"(s,k,c)=>{{s[{slot}]={value if of_root else f'c.map(v0=>{value})'};return 0}}"
        body = json.dumps(conclusion.otherwise)
        body = f"x={body};"
        for candidate in reversed(conclusion.candidates):
            body = f"d={self.failing(candidate)};f.push(d);if(d===0)x={self.term(candidate.value)};else{{{body}}}"
        if of_root:
            return f"(s,k,c)=>{{let d,x;const f=[];{body}s[{slot}]=x;return f}}"
        return (
            f"(s,k,c)=>{{const w=s[{slot}]=[],g=[];for(const v0 of c){{let d,x;const f=[];"
            f"{body}w.push(x);g.push(f)}}return g}}"
        )

    def failing(self, candidate: Candidate) -> str:
        """The number, from 1, of the first condition that fails; 0 where all hold."""
        text = "0"
        for index, condition in reversed(list(enumerate(candidate.conditions, 1))):
            text = f"({self.term(condition)}?{text}:{index})"
        return text

    def notice(self, when: Node | None) -> str:
        """The function that tells whether a notice goes with a run."""
        return f"(s,k,c)=>{'true' if when is None else self.term(when)}"

    # --- expressions ----------------------------------------------------------------------------------------

    def term(self, node: Node) -> str:
        return TERMS[type(node)](self, node)

    def constant(self, node: Constant) -> str:
        if isinstance(node.value, bool | str):
            return json.dumps(node.value)
        return self.figure(sorted(node.value) if isinstance(node.value, frozenset) else node.value)

    def read(self, node: Read) -> str:
        slot = self.slots[node.entity, node.name]
        return f"s[{slot}]" if node.variable is None else f"s[{slot}][v{node.variable}]"

    def date(self, _node: AssessmentDate) -> str:
        return "s[0]"

    def element(self, node: Element) -> str:
        name = f"v{node.variable}"
        return name if node.field_name is None else f"{name}.{node.field_name}"

    def infix(self, node: Add | Subtract | Multiply | Compare) -> str:
        sign = (
            _COMPARISONS.get(node.operator, node.operator)
            if isinstance(node, Compare)
            else _SIGNS[type(node)]
        )
        return f"({self.term(node.left)}{sign}{self.term(node.right)})"

    def rounded(self, node: Rounded) -> str:
        numerator, denominator = self.term(node.numerator), self.term(node.denominator)
        return f"rounded({numerator},{denominator},{node.step},{json.dumps(node.way)})"

    def junction(self, node: And | Or) -> str:
        return f"({('&&' if isinstance(node, And) else '||').join(self.term(part) for part in node.parts)})"

    def negation(self, node: Not) -> str:
        return f"!({self.term(node.part)})"

    def conditional(self, node: If) -> str:
        return f"({self.term(node.condition)}?{self.term(node.then)}:{self.term(node.otherwise)})"

    def extreme(self, node: Least | Greatest) -> str:
        name = "min" if isinstance(node, Least) else "max"
        return f"Math.{name}({','.join(self.term(part) for part in node.parts)})"

    def contains(self, node: Contains) -> str:
        return f"{self.term(node.collection)}.includes({self.term(node.item)})"

    def full_years(self, node: FullYears) -> str:
        return f"years({self.term(node.start)},{self.term(node.end)})"

    def everyone(self, _node: AllOf) -> str:
        return "c"

    def own_children(self, node: ChildrenOf) -> str:
        return f"s[{self.slots[node.entity, node.relation]}][v{node.variable}]"

    def aggregate(self, node: Aggregate) -> str:
        over = f"v{node.variable}"
        where = None if node.where is None else self.term(node.where)
        body = "true" if node.fold == "count" else self.term(node.body)
        items = self.term(node.domain)
        match node.fold:
            case "any" | "count":
                both = body if where is None else f"{where}&&{body}"
                return f"{_FOLDS[node.fold]}({items},{over}=>{both})"
            case "all":
                both = body if where is None else f"!({where})||{body}"
            case "sum":
                both = body if where is None else f"{where}?{body}:0"
            case "largest":
                both = body if where is None else f"{where}?{body}:null"
        return f"{_FOLDS[node.fold]}({items},{over}=>{both})"


_SIGNS: Mapping[type[Node], str] = {Add: "+", Subtract: "-", Multiply: "*"}
_COMPARISONS: Mapping[str, str] = {"==": "===", "!=": "!=="}
_FOLDS: Mapping[str, str] = {"any": "any", "all": "all", "count": "count", "sum": "sum", "largest": "largest"}
TERMS: Mapping[type[Node], Callable[[Writer, Any], str]] = {
    Constant: Writer.constant, Read: Writer.read, AssessmentDate: Writer.date, Element: Writer.element,
    Add: Writer.infix, Subtract: Writer.infix, Multiply: Writer.infix, Compare: Writer.infix,
    Rounded: Writer.rounded, And: Writer.junction, Or: Writer.junction, Not: Writer.negation,
    If: Writer.conditional, Least: Writer.extreme, Greatest: Writer.extreme, Contains: Writer.contains,
    FullYears: Writer.full_years, AllOf: Writer.everyone, ChildrenOf: Writer.own_children,
    Aggregate: Writer.aggregate,
}  # fmt: skip
if _missing := set(DATED) - set(TERMS):
    raise AssertionError(f"the JavaScript engine does not define {_missing}")


class TraceWriter(Writer):
    """Writes the function that appends a conclusion's entries to a trace: the same entries as the direct engine's."""

    def trace(self, conclusion: DatedConclusion) -> str:
        """The function: ``f`` is what the conclusion's run returned, ``o`` the trace, ``m`` the entities' ids."""
        each = conclusion.entity != self.dated.root
        slot = self.slots[conclusion.entity, conclusion.name]
        conditional = bool(conclusion.candidates[0].conditions)
        lines = ""
        for number, candidate in reversed(list(enumerate(conclusion.candidates))):
            made = self.entry(conclusion, candidate, -1, slot, each=each)
            for index in range(len(candidate.conditions)):
                failed = self.entry(conclusion, candidate, index, slot, each=each)
                made = f"d==={index + 1}?{failed}:{made}"
            tried = f"d={'g' if each else 'f'}[{number}];" if conditional else ""
            lines = f"{tried}o.push({made});" + (f"if(d!==0){{{lines}}}" if lines else "")
        if not each:
            return f"(s,k,f,o,m)=>{{let d;{lines}}}"
        return f"(s,k,f,o,m)=>{{for(let v0=0;v0<m.length;v0++){{let d;const g=f[v0];{lines}}}}}"

    def entry(
        self, conclusion: DatedConclusion, candidate: Candidate, failing: int, slot: int, *, each: bool
    ) -> str:
        """One entry. *failing* is -1 where the rule applied."""
        conditions = candidate.typed.conditions
        seen = [node for _, node in (conditions if failing < 0 else conditions[: failing + 1])]
        applied = failing < 0
        looked = self.looked_at([*seen, candidate.typed.value] if applied else seen, each=each)
        failed = None if applied else conditions[failing][0]
        value = self.shown(conclusion.type, f"s[{slot}]" + ("[v0]" if each else "")) if applied else "null"
        return (
            f"entry({_text(candidate.rule.id)},{'m[v0]' if each else 'null'},{json.dumps(applied)},"
            f"{value},{_text(failed)},{{{looked}}})"
        )

    def looked_at(self, nodes: list[Node], *, each: bool) -> str:
        """What the expressions read, as members of an object."""
        entities, root = self.dated.linked.definitions.entities, self.dated.root
        inside = entities[root].contains
        parts: dict[str, str] = {}
        for node in (inner for outer in nodes for inner in walk(outer)):
            match node:
                case ParameterNode():
                    value = self.dated.parameters.get(node.name)
                    if value is not None and node.name not in parts:
                        shown = parameter_value(self.dated.linked.parameters[node.name], value.value)
                        parts[node.name] = self.figure(json.loads(shown))
                case AssessmentDate():
                    parts["on"] = "day(s[0])"
                case Read() if (node.entity, node.name) in self.slots and self._known(node):
                    own = node.variable is None or (each and node.variable == 0)
                    label = node.name if own or inside is None else f"{inside.named}.{node.name}"
                    parts[label] = self.whole(node.entity, node.name, one=own and node.variable is not None)
                case Total():
                    for conclusion in self.dated.conclusions:
                        if conclusion.list == node.name:
                            parts[conclusion.name] = self.whole(conclusion.entity, conclusion.name, one=False)
        return ",".join(f"{_text(label)}:{value}" for label, value in parts.items())

    def _known(self, node: Read) -> bool:
        """Whether it is a fact with a value, or a conclusion of this date."""
        fact = self.dated.linked.definitions.entities[node.entity].facts.get(node.name)
        if fact is not None:
            return fact.type.kind != "reference"
        return any(c.name == node.name and c.entity == node.entity for c in self.dated.conclusions)

    def whole(self, entity: str, name: str, *, one: bool) -> str:
        """A value of the state as it is shown: that of the entity at hand, or of every entity."""
        fact = self.dated.linked.definitions.entities[entity].facts.get(name)
        type_ = fact.type if fact else next(c.type for c in self.dated.conclusions if c.name == name)
        place = f"s[{self.slots[entity, name]}]"
        if entity == self.dated.root:
            return self.shown(type_, place)
        if one:
            return self.shown(type_, f"{place}[v0]")
        inner = self.shown(type_, "v")
        return f"{place}.slice()" if inner == "v" else f"{place}.map(v=>{inner})"

    def shown(self, type_: Type, place: str) -> str:
        """How a value of a type is written in an assessment."""
        match type_.kind:
            case "money":
                return f"yuan({place})"
            case "date":
                return f"day({place})"
            case "records":
                entity, _, fact = (type_.of or "").partition(".")
                fields = self.dated.linked.definitions.entities[entity].facts[fact].fields
                shown = ",".join(f"{name}:{self.shown(f.type, f'r.{name}')}" for name, f in fields.items())
                return f"{place}.map(r=>({{{shown}}}))"
        return place


def _text(value: str | None) -> str:
    return json.dumps(value, ensure_ascii=False)
