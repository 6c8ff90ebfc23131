"""Compile a conclusion to a JavaScript function that can also write its trace.

The figures of a date are passed as the array ``k``, so that one function serves every date on which the rule is the same.
The other parameters are ``s``, the state by slot; ``c``, the indices of the contained entities; ``m``, their ids; ``o``, the
trace to append to, or null; ``y``, a cache of texts of the trace by slot. All numbers are integers, and divisions are exact
below 2^53.

Loops are array methods, which JavaScript engines inline.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, assert_never

from hongqiao_rules.engines.direct.trace_facts import Cell, LookedAt
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import DatedVisitor
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion
from hongqiao_rules.rulebook.value_text import parameter_value

Slots = Mapping[tuple[str, str], int]
"""The slot of each fact and conclusion in the state, by entity and name; slot 0 is the date."""


class Writer(DatedVisitor[[], str]):
    """Generates the text of one function; a visit returns the JavaScript expression of a node."""

    def __init__(self, dated: Dated, slots: Slots) -> None:
        self.dated, self.slots = dated, slots
        self.looking = LookedAt(dated)
        self.figures: list[Any] = []
        self._named: dict[str, str] = {}

    def figure(self, value: Any, name: str | None = None) -> str:
        """The expression for a value that differs by date, an item of ``k``; values with the same *name* share it."""
        if name is not None and name in self._named:
            return self._named[name]
        self.figures.append(value)
        place = f"k[{len(self.figures) - 1}]"
        if name is not None:
            self._named[name] = place
        return place

    def run(self, conclusion: DatedConclusion) -> str:
        """The function that evaluates a conclusion; about the root, it returns the index of the last rule tried."""
        slot = self.slots[conclusion.entity, conclusion.name]
        last = len(conclusion.candidates) - 1
        if conclusion.entity == self.dated.root:
            body = self.tried(conclusion, lambda number: f"s[{slot}]=x;return {number}")
            if conclusion.candidates[last].conditions:
                body += f"s[{slot}]={json.dumps(conclusion.otherwise)};return {last}"
            return f"(s,k,c,m,o,y)=>{{{body}}}"
        body = self.tried(conclusion, lambda _: "return x")
        if conclusion.candidates[last].conditions:
            body += f"return {json.dumps(conclusion.otherwise)}"
        return f"(s,k,c,m,o,y)=>{{s[{slot}]=c.map(v0=>{{{body}}})}}"

    def tried(self, conclusion: DatedConclusion, settled: Callable[[int], str]) -> str:
        """The statements that try the rules in order; *settled* gives the statement after the value of a rule."""
        text = ""
        for number, candidate in enumerate(conclusion.candidates):
            made = (
                f"const x={self.visit(candidate.value)};"
                f"o?.push({self.entry(conclusion, candidate, -1)});{settled(number)}"
            )
            if not candidate.conditions:
                return text + (f"{{{made}}}" if text else made)
            failing = [self.entry(conclusion, candidate, index) for index in range(len(candidate.conditions))]
            failed = failing[-1]
            if len(failing) == 1:
                text += f"if({self.visit(candidate.conditions[0])}){{{made}}}o?.push({failed});"
                continue
            for index, entry in reversed(list(enumerate(failing[:-1], 1))):
                failed = f"d{number}==={index}?{entry}:{failed}"
            text += f"const d{number}={self.failing(candidate)};if(d{number}===0){{{made}}}o?.push({failed});"
        return text

    def failing(self, candidate: Candidate) -> str:
        """An expression for the number (from 1) of the first failed condition; 0 if none fails."""
        text = "0"
        for index, condition in reversed(list(enumerate(candidate.conditions, 1))):
            text = f"({self.visit(condition)}?{text}:{index})"
        return text

    def notice(self, when: n.Node | None) -> str:
        """The function that returns true if a notice applies."""
        return f"(s,k,c)=>{'true' if when is None else self.visit(when)}"

    # --- expressions ----------------------------------------------------------------------------------------

    def visit_constant(self, node: n.Constant) -> str:
        if isinstance(node.value, bool | str):
            return json.dumps(node.value)
        return self.figure(sorted(node.value) if isinstance(node.value, frozenset) else node.value)

    def visit_read(self, node: n.Read) -> str:
        slot = self.slots[node.entity, node.name]
        return f"s[{slot}]" if node.variable is None else f"s[{slot}][v{node.variable}]"

    def visit_assessment_date(self, _node: n.AssessmentDate) -> str:
        return "s[0]"

    def visit_element(self, node: n.Element) -> str:
        name = f"v{node.variable}"
        return name if node.field_name is None else f"{name}.{node.field_name}"

    def _infix(self, node: n.Add | n.Subtract | n.Multiply | n.Compare) -> str:
        sign = (
            _SIGNS[type(node)]
            if not isinstance(node, n.Compare)
            else _COMPARISONS.get(node.operator, node.operator)
        )
        return f"({self.visit(node.left)}{sign}{self.visit(node.right)})"

    visit_add = visit_subtract = visit_multiply = visit_compare = _infix

    def visit_rounded(self, node: n.Rounded) -> str:
        numerator, denominator = self.visit(node.numerator), self.visit(node.denominator)
        return f"rounded({numerator},{denominator},{node.step},{json.dumps(node.way)})"

    def _junction(self, node: n.And | n.Or) -> str:
        return (
            f"({('&&' if isinstance(node, n.And) else '||').join(self.visit(part) for part in node.parts)})"
        )

    visit_and = visit_or = _junction

    def visit_not(self, node: n.Not) -> str:
        return f"!({self.visit(node.part)})"

    def visit_if(self, node: n.If) -> str:
        return f"({self.visit(node.condition)}?{self.visit(node.then)}:{self.visit(node.otherwise)})"

    def _extreme(self, node: n.Least | n.Greatest) -> str:
        name = "min" if isinstance(node, n.Least) else "max"
        return f"Math.{name}({','.join(self.visit(part) for part in node.parts)})"

    visit_least = visit_greatest = _extreme

    def visit_contains(self, node: n.Contains) -> str:
        return f"{self.visit(node.collection)}.includes({self.visit(node.item)})"

    def visit_full_years(self, node: n.FullYears) -> str:
        return f"years({self.visit(node.start)},{self.visit(node.end)})"

    def visit_all_of(self, _node: n.AllOf) -> str:
        return "c"

    def visit_children_of(self, node: n.ChildrenOf) -> str:
        return f"s[{self.slots[node.entity, node.relation]}][v{node.variable}]"

    def visit_aggregate(self, node: n.Aggregate) -> str:
        over = f"v{node.variable}"
        where = None if node.where is None else self.visit(node.where)
        body = "" if node.fold == "count" else self.visit(node.body)
        items = self.visit(node.domain)
        match node.fold:
            case "any":
                return f"{items}.some({over}=>{body if where is None else f'{where}&&{body}'})"
            case "all":
                return f"{items}.every({over}=>{body if where is None else f'!({where})||{body}'})"
            case "count":
                return f"{items}.length" if where is None else f"{items}.reduce((n,{over})=>{where}?n+1:n,0)"
            case "sum":
                both = body if where is None else f"({where}?{body}:0)"
                return f"{items}.reduce((n,{over})=>n+{both},0)"
            case "largest":
                both = body if where is None else f"({where}?{body}:null)"
                return f"largest({items},{over}=>{both})"
            case _:
                assert_never(node.fold)

    # --- the trace ------------------------------------------------------------------------------------------

    def entry(self, conclusion: DatedConclusion, candidate: Candidate, failing: int) -> str:
        """The expression of an entry; *failing* is the index of the failed condition, -1 if the rule applied."""
        each = conclusion.entity != self.dated.root
        conditions = candidate.typed.conditions
        seen = [node for _, node in (conditions if failing < 0 else conditions[: failing + 1])]
        applied = failing < 0
        looked = self.looked_at([*seen, candidate.typed.value] if applied else seen, each=each)
        failed = None if applied else conditions[failing][0]
        value = self.shown(conclusion.type, "x") if applied else "null"
        return (
            f"entry({_text(candidate.rule.id)},{'m[v0]' if each else 'null'},{json.dumps(applied)},"
            f"{value},{_text(failed)},{{{looked}}})"
        )

    def looked_at(self, nodes: list[n.Node], *, each: bool) -> str:
        """The values that *nodes* read, as members of an object literal."""
        parts: dict[str, str] = {}
        for label, shown in self.looking.of(nodes, each=each).items():
            match shown:
                case n.Parameter():
                    value = self.dated.parameters[shown.name].value
                    text = parameter_value(self.dated.linked.parameters[shown.name], value)
                    parts[label] = self.figure(json.loads(text), shown.name)
                case n.AssessmentDate():
                    parts[label] = "(y[0]??=day(s[0]))"
                case Cell():
                    parts[label] = self.whole(*shown)
                case _:
                    assert_never(shown)
        return ",".join(
            f"{label if label.isidentifier() else _text(label)}:{value}" for label, value in parts.items()
        )

    def whole(self, entity: str, name: str, one: bool) -> str:
        """The expression that shows a value of the state, with *one* that of the current entity, else of all entities."""
        fact = self.dated.linked.definitions.entities[entity].facts.get(name)
        type_ = fact.type if fact else next(c.type for c in self.dated.conclusions if c.name == name)
        slot = self.slots[entity, name]
        if entity == self.dated.root:
            text = self.shown(type_, f"s[{slot}]")
            return text if text == f"s[{slot}]" else f"(y[{slot}]??={text})"
        plain = self.shown(type_, "v") == "v"
        if one and plain:
            return f"s[{slot}][v0]"
        column = f"s[{slot}].slice()" if plain else f"s[{slot}].map(v=>{self.shown(type_, 'v')})"
        return f"(y[{slot}]??={column})" + ("[v0]" if one else "")

    def shown(self, type_: n.Type, place: str) -> str:
        """The expression that formats the value of *place* for an assessment."""
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
            case "codes":
                return f"{place}.slice()"
        return place


_SIGNS: Mapping[type[n.Node], str] = {n.Add: "+", n.Subtract: "-", n.Multiply: "*"}
_COMPARISONS: Mapping[str, str] = {"==": "===", "!=": "!=="}


def _text(value: str | None) -> str:
    return json.dumps(value, ensure_ascii=False)
