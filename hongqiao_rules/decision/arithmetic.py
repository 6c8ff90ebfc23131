"""Write an expression with its values filled in, so that a reader can redo the arithmetic.

The values come from :mod:`hongqiao_rules.decision.evaluator`, not from the engine.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, assert_never

from hongqiao_rules.decision.evaluator import Evaluator
from hongqiao_rules.decision.outcome import Compiled
from hongqiao_rules.engines.direct.direct_engine import Run
from hongqiao_rules.errors import catalogue
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import WrittenVisitor
from hongqiao_rules.rulebook.dating import Candidate
from hongqiao_rules.rulebook.definitions import iso
from hongqiao_rules.rulebook.value_text import money, percent

_SIGNS = {n.Add: "+", n.Subtract: "−", n.Multiply: "×", n.Divide: "÷"}
_COMPARISONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}

_BRACKETS = re.compile(r"\([^()]*\)")


class Arithmetic(WrittenVisitor[[], str]):
    """Writes expressions with the values of one run; for an ``if``, only the branch that was taken.

    Args:
        compiled: the compiled rulebook of the run.
        run: the run.
        lang: the language, which must have a catalogue.

    Attributes:
        values: the evaluator of the run, with the current items of the loops.
        used: the parameters written since the list was last emptied, in order.
        definitions: the expressions of conclusions that no figure shows, by name; they replace the names.
    """

    def __init__(self, compiled: Compiled, run: Run, lang: str) -> None:
        self.compiled, self.run, self.words = compiled, run, catalogue(lang)
        self.values = Evaluator(compiled, run)
        self.used: dict[str, None] = {}
        self.definitions = {
            c.name: c.candidates[0].typed.value
            for c in compiled.dated.conclusions
            if c.name not in compiled.figures and c.list is None and c.type.kind in ("money", "number")
        }

    def of(self, candidate: Candidate, member: int | None) -> str:
        """The value of a rule as arithmetic, for the member at a position or for the household."""
        return self.condition(candidate.typed.value, member)

    def condition(self, node: n.Node, member: int | None) -> str:
        """An expression with its figures filled in."""
        self.values.about(member)
        return self.visit(node)

    def figure(self, node: n.Node, value: Any) -> str:
        """A value as people write it."""
        if node.type.kind == "money":
            return money(int(value))
        if node.type.kind == "share":
            return percent(Fraction(value))
        if node.type.kind == "truth":
            return self.words.say("yes" if value else "no")
        return iso(value) if node.type.kind == "date" else str(value)

    # --- one method for each operation ----------------------------------------------------------------------

    def _itself(self, node: n.Node) -> str:
        """The value alone."""
        return self.figure(node, self.values.visit(node))

    visit_constant = visit_reading = visit_assessment_date = visit_element = visit_contains = _itself
    visit_and = visit_or = visit_not = visit_full_years = visit_all_of = visit_children_of = _itself

    def visit_parameter(self, node: n.Parameter) -> str:
        self.used[node.name] = None
        return self._itself(node)

    def visit_total(self, node: n.Total) -> str:
        return self._terms([money(a) for _, _, a in self.compiled.lines(self.run, node.name)], node)

    def visit_read(self, node: n.Read) -> str:
        if node.name not in self.definitions:
            return self._itself(node)
        with self.values.inside(node):
            return self.visit(self.definitions[node.name])

    def _step(self, node: n.Add | n.Subtract | n.Multiply | n.Divide) -> str:
        left, right = self._operand(node, node.left), self._operand(node, node.right)
        return f"{left} {_SIGNS[type(node)]} {right}"

    visit_add = visit_subtract = visit_multiply = visit_divide = _step

    def visit_compare(self, node: n.Compare) -> str:
        return f"{self.visit(node.left)} {_COMPARISONS[node.operator]} {self.visit(node.right)}"

    def visit_if(self, node: n.If) -> str:
        return self.visit(node.then if self.values.visit(node.condition) else node.otherwise)

    def visit_greatest(self, node: n.Greatest) -> str:
        match node.parts:
            case (n.Constant(value=least), part) if self.values.visit(part) >= least:
                return self.visit(part)
            case (n.Constant(value=0), part):
                return self.words.say("arithmetic.floor", text=self.visit(part))
        return self.words.say("phrase.max", parts=self._parts(node))

    def visit_least(self, node: n.Least) -> str:
        return self.words.say("phrase.min", parts=self._parts(node))

    def visit_aggregate(self, node: n.Aggregate) -> str:
        match node.fold:
            case "sum":
                return self._terms([self.visit(node.body) for _ in self.values.items(node)], node)
            case "largest":
                if not self.values.visit(node):
                    return self._itself(node)
                next(self.values.largest(node))
                return self.visit(node.body)
            case "any" | "all" | "count":
                return self._itself(node)
            case _:
                assert_never(node.fold)

    def _parts(self, node: n.Least | n.Greatest) -> str:
        return self.words.join([self.visit(part) for part in node.parts], "arithmetic.parts")

    def _terms(self, terms: list[str], node: n.Node) -> str:
        """A sum as people write it: a term below zero is taken off."""
        return " + ".join(terms).replace(" + -", " − ") if terms else self.figure(node, 0)

    def _operand(self, outer: n.Add | n.Subtract | n.Multiply | n.Divide, inner: n.Node) -> str:
        """An operand, in brackets where it would be read as part of something else."""
        text, first = self.visit(inner), inner is outer.left
        product = isinstance(outer, n.Multiply | n.Divide)
        loose = " + " in text or " − " in text
        worded = any(character.isalpha() for character in _BRACKETS.sub("", text))  # "the smaller of 3 and 2"
        bracketed = loose and (product or (isinstance(outer, n.Subtract) and not first))
        return f"({text})" if bracketed or (worded and (product or first)) else text
