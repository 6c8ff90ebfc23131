"""Mutate typed expressions: each mutant has the same type as the original.

Texts are only quoted in reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import WrittenVisitor
from hongqiao_rules.rulebook.value_text import money


class Variant(NamedTuple):
    """A change of an expression: the new whole, the part changed, and its replacement."""

    operator: str
    tree: n.Node
    part: n.Node
    now: str


Codes = Callable[[str], tuple[str, ...]]
"""The codes of a code list, or the choices of ``reading:name``."""


def variants(tree: n.Node, text: str, codes: Codes) -> Iterator[Variant]:
    """Yield every change of *tree*, parsed from *text*, outermost first and without repetition."""
    seen = {tree}
    for variant in _Changes(text, codes).within(tree, None):
        if variant.tree not in seen:
            seen.add(variant.tree)
            yield variant


_COMPARISONS: Mapping[n.Comparison, tuple[tuple[str, n.Comparison], ...]] = {
    "<": (("boundary", "<="), ("direction", ">"), ("negation", ">=")),
    "<=": (("boundary", "<"), ("direction", ">="), ("negation", ">")),
    ">": (("boundary", ">="), ("direction", "<"), ("negation", "<=")),
    ">=": (("boundary", ">"), ("direction", "<="), ("negation", "<")),
    "==": (("negation", "!="),),
    "!=": (("negation", "=="),),
}
_FOLDS: Mapping[str, n.Fold] = {"any": "all", "all": "any", "sum": "largest", "largest": "sum"}


Changes = Iterator[tuple[str, n.Node, str]]
"""The operator, the replacement of a node, and its text."""


class _Changes(WrittenVisitor[[n.Node | None], Changes]):
    def __init__(self, text: str, codes: Codes) -> None:
        self.text, self.codes = text, codes

    def said(self, node: n.Node) -> str:
        """The text of a node."""
        return " ".join(self.text[slice(*node.span)].split())

    def within(self, node: n.Node, parent: n.Node | None) -> Iterator[Variant]:
        """Yield the changes of *node* and of its parts, each as a change of *node*."""
        for operator, changed, now in self.visit(node, parent):
            yield Variant(operator, changed, node, now)
        parts = n.children(node)
        for index, child in enumerate(parts):
            for inner in self.within(child, node):
                others = (*parts[:index], inner.tree, *parts[index + 1 :])
                yield inner._replace(tree=n.with_children(node, others))

    # --- the changes of each operation itself ----------------------------------------------------------------

    def visit_not(self, node: n.Not, _parent: n.Node | None) -> Changes:
        inside = node.part
        now = self.said(inside)
        if isinstance(inside, n.Contains):
            now = f"{self.said(inside.item)} in {self.said(inside.collection)}"
        yield "negation", inside, now

    def visit_contains(self, node: n.Contains, parent: n.Node | None) -> Changes:
        collection = node.collection
        if isinstance(collection, n.Constant) and isinstance(collection.value, frozenset):
            for operator, codes, now in code_changes(collection.value, self.all_codes(node.item.type)):
                changed = node._replace(collection=collection._replace(value=codes))
                yield operator, changed, f"{self.said(node.item)} in {now}"
        negated = f"{self.said(node.item)} not in {self.said(node.collection)}"
        yield from self.negated(node, parent, negated)

    def visit_full_years(self, node: n.FullYears, _parent: n.Node | None) -> Changes:
        now = f"full_years({self.said(node.end)}, {self.said(node.start)})"
        yield "operands", node._replace(start=node.end, end=node.start), now

    def _truth(self, node: n.Read | n.Element, parent: n.Node | None) -> Changes:
        yield from self.negated(node, parent, f"not ({self.said(node)})")

    visit_read = visit_element = _truth

    def negated(self, node: n.Node, parent: n.Node | None, now: str) -> Changes:
        if node.type == n.TRUTH and not isinstance(parent, n.Not | n.If):
            yield "negation", n.Not(type=n.TRUTH, span=node.span, part=node), now

    def _nothing(self, _node: n.Node, _parent: n.Node | None) -> Changes:
        """Names have no changes: their values do, and what they are compared with."""
        return iter(())

    visit_parameter = visit_reading = visit_total = visit_assessment_date = _nothing
    visit_all_of = visit_children_of = _nothing

    def all_codes(self, type_: n.Type) -> tuple[str, ...]:
        return self.codes(type_.of or "")

    def visit_compare(self, node: n.Compare, _parent: n.Node | None) -> Changes:
        left, right = self.said(node.left), self.said(node.right)
        for operator, sign in _COMPARISONS[node.operator]:
            yield operator, node._replace(operator=sign), f"{left} {sign} {right}"
        for item, code in ((node.left, node.right), (node.right, node.left)):
            if not (isinstance(code, n.Constant) and code.type.kind == "code"):
                continue
            if isinstance(item, n.Reading):
                choices = self.all_codes(code.type)
                for other in choices if len(choices) > 2 else ():  # the negation covers two choices
                    if other != code.value:
                        yield (
                            "reading",
                            node._replace(left=item, right=code._replace(value=other)),
                            f"{self.said(item)} {node.operator} {other!r}",
                        )
                continue
            for other in self.all_codes(code.type):
                if other != code.value:
                    # A comparison with a code is a list of one.
                    listed = n.Constant(
                        type=n.Type("codes", code.type.of),
                        span=code.span,
                        value=frozenset({code.value, other}),
                    )
                    found: n.Node = n.Contains(type=n.TRUTH, span=node.span, item=item, collection=listed)
                    word = "in"
                    if node.operator == "!=":
                        found, word = n.Not(type=n.TRUTH, span=node.span, part=found), "not in"
                    yield "code added", found, f"{self.said(item)} {word} ({code.value!r}, {other!r})"

    def _junction(self, node: n.And | n.Or, _parent: n.Node | None) -> Changes:
        word, other = ("and", n.Or) if isinstance(node, n.And) else ("or", n.And)
        said = [self._part(part, among=len(node.parts)) for part in node.parts]
        swapped = "or" if word == "and" else "and"
        yield "junction", other(type=n.TRUTH, span=node.span, parts=node.parts), f" {swapped} ".join(said)
        for index in range(len(node.parts)):
            left = (*node.parts[:index], *node.parts[index + 1 :])
            text = f" {word} ".join([*said[:index], *said[index + 1 :]])
            yield "dropped", left[0] if len(left) == 1 else node._replace(parts=left), text

    visit_and = visit_or = _junction

    def _part(self, part: n.Node, among: int) -> str:
        text = self.said(part)
        return f"({text})" if among > 1 and isinstance(part, n.And | n.Or | n.If) else text

    def visit_if(self, node: n.If, _parent: n.Node | None) -> Changes:
        then, otherwise = self.said(node.then), self.said(node.otherwise)
        yield (
            "branches",
            node._replace(then=node.otherwise, otherwise=node.then),
            f"({otherwise}) if {self.said(node.condition)} else ({then})",
        )
        yield "dropped", node.then, then
        yield "dropped", node.otherwise, otherwise

    def _arithmetic(
        self, node: n.Add | n.Subtract | n.Multiply | n.Divide, _parent: n.Node | None
    ) -> Changes:
        left, right = self.said(node.left), self.said(node.right)
        match node:
            case n.Add():
                made = n.Subtract(type=node.type, span=node.span, left=node.left, right=node.right)
                yield "operation", made, f"{left} - {right}"
            case n.Subtract():
                added = n.Add(type=node.type, span=node.span, left=node.left, right=node.right)
                yield "operation", added, f"{left} + {right}"
                swapped = node._replace(left=node.right, right=node.left)
                yield "operands", swapped, f"{right} - ({left})"
            case n.Divide() if node.left.type == node.right.type:
                yield "operands", node._replace(left=node.right, right=node.left), f"{right} / ({left})"
        for kept, text in ((node.left, left), (node.right, right)):
            if kept.type == node.type:
                yield "dropped", kept, text

    visit_add = visit_subtract = visit_multiply = visit_divide = _arithmetic

    def _extreme(self, node: n.Least | n.Greatest, _parent: n.Node | None) -> Changes:
        word, other = ("max", n.Greatest) if isinstance(node, n.Least) else ("min", n.Least)
        said = [self.said(part) for part in node.parts]
        yield (
            "extreme",
            other(type=node.type, span=node.span, parts=node.parts),
            f"{word}({', '.join(said)})",
        )
        own = "min" if isinstance(node, n.Least) else "max"
        for index in range(len(node.parts)):
            left = (*node.parts[:index], *node.parts[index + 1 :])
            kept = [*said[:index], *said[index + 1 :]]
            text = kept[0] if len(left) == 1 else f"{own}({', '.join(kept)})"
            yield "dropped", left[0] if len(left) == 1 else node._replace(parts=left), text

    visit_least = visit_greatest = _extreme

    def visit_aggregate(self, node: n.Aggregate, parent: n.Node | None) -> Changes:
        text = self.said(node)
        if node.fold in _FOLDS:
            fold = _FOLDS[node.fold]
            if node.fold in ("any", "all") or node.body.type.kind in ("money", "number"):
                yield "fold", node._replace(fold=fold), fold + text.removeprefix(node.fold)
        if node.where is not None:
            at = text.find(" if ")
            yield "dropped", node._replace(where=None), f"{text[:at]})"
        yield from self.negated(node, parent, f"not ({text})")

    def visit_constant(self, node: n.Constant, _parent: n.Node | None) -> Changes:
        if (
            node.name is not None
            or node.type.kind not in ("money", "number")
            or not isinstance(node.value, int)
        ):
            return
        for value in (node.value + 1, node.value - 1):
            now = money(value) if node.type.kind == "money" else str(value)
            yield "figure", node._replace(value=value), now


def code_changes(listed: frozenset[str], known: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str], str]]:
    """Yield a list without each of its codes, and with each other code: the operator, the list, its text."""
    for code in known:
        operator, changed = (
            ("code dropped", listed - {code}) if code in listed else ("code added", listed | {code})
        )
        written = [name for name in known if name in changed]
        yield operator, changed, f"[{', '.join(written)}]"
