"""Lower a written expression to its dated form, for a day and readings.

Parameters and readings become constants, and a list total becomes a sum. A share is written as a numerator and a
denominator: the value of an expression is an integer expression divided by a denominator that is known here. Comparisons
are multiplied by the denominators. A result with a denominator other than 1 and no declared rounding is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import NoReturn

from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import WrittenVisitor
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.definitions import Origin, ParameterValue
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.text.catalogue import Phrase


class Lowering(WrittenVisitor[[], tuple[n.Node, int]]):
    """Lowers the expressions of one version of a rule.

    A visit returns the lowered node, an integer expression, and the denominator of its value.

    Attributes:
        used: the value of each parameter that was read.
        looked_up: the choice of each reading that was read.
        refused: True after a fault.
    """

    def __init__(
        self, linked: Linked, day: int, readings: Mapping[str, str], abouts: Mapping[str, str],
        typed: TypedVersion | None, refuse: Refuse,
    ) -> None:  # fmt: skip
        self.linked, self.day, self.readings, self.abouts = linked, day, readings, abouts
        self.typed, self._refuse, self.refused = typed, refuse, False
        self.used: dict[str, ParameterValue] = {}
        self.looked_up: dict[str, str] = {}

    def refuse(self, code: str, origin: Origin, *, offset: int = 0, **arguments: object) -> None:
        """Report a fault."""
        self.refused = True
        self._refuse(code, origin, offset=offset, **arguments)

    def value(self) -> n.Node:
        """The lowered value of the version in fen or ones, with its declared rounding."""
        assert self.typed is not None
        written, rounding = self.typed.value, self.typed.version.rounding
        if rounding is not None:
            dividing = isinstance(written, n.Divide)
            top, top_scale = self.visit(written.left if isinstance(written, n.Divide) else written)
            bottom, bottom_scale = self.visit(written.right) if isinstance(written, n.Divide) else (_ONE, 1)
            top, bottom = _times(top, bottom_scale), _times(bottom, top_scale)
            if not dividing and bottom == _ONE and rounding.step == 1:
                return top
            return n.Rounded(
                type=written.type, span=written.span, numerator=top, denominator=bottom, step=rounding.step,
                way=rounding.way,  # type: ignore[arg-type]  # the file's checker knows the three ways
            )  # fmt: skip
        node, scale = self.visit(written)
        if scale != 1:
            self.refuse(
                "POLICY_NEEDS_ROUNDING", self.typed.version.value_origin, offset=written.span[0],
                rule=self.typed.rule.id, scale=scale,
            )  # fmt: skip
        return node

    def truth(self, node: n.Node) -> n.Node:
        """A lowered condition; a constant if readings and parameters decide it."""
        return self.visit(node)[0]

    def _itself(
        self, node: n.Constant | n.AssessmentDate | n.Element | n.AllOf | n.ChildrenOf
    ) -> tuple[n.Node, int]:
        return node, 1

    visit_constant = visit_assessment_date = visit_element = visit_all_of = visit_children_of = _itself

    def visit_reading(self, node: n.Reading) -> tuple[n.Node, int]:
        choice = self.looked_up[node.name] = self.readings[node.name]
        return n.Constant(type=node.type, span=node.span, value=choice), 1

    def visit_read(self, node: n.Read) -> tuple[n.Node, int]:
        if node.name not in self.abouts and node.name in self.linked.conclusions:
            return n.Constant(type=node.type, span=node.span, value=nothing(node.type)), 1
        return node, 1

    def _sum(self, node: n.Add | n.Subtract) -> tuple[n.Node, int]:
        left, right, scale = self.common(node.left, node.right)
        if isinstance(left, n.Constant) and isinstance(right, n.Constant):
            a, b = _int(left), _int(right)
            return left._replace(value=a + b if isinstance(node, n.Add) else a - b, name=None), scale
        return node._replace(left=left, right=right), scale

    visit_add = visit_subtract = _sum

    def visit_divide(self, node: n.Divide) -> NoReturn:
        """Unreachable: :meth:`value` handles a division as the outermost operation, and linking refuses any other."""
        raise AssertionError(node)

    def visit_compare(self, node: n.Compare) -> tuple[n.Node, int]:
        left, right, _ = self.common(node.left, node.right)
        if isinstance(left, n.Constant) and isinstance(right, n.Constant):
            return _truth(n.COMPARE[node.operator](left.value, right.value), node), 1
        return node._replace(left=left, right=right), 1

    def visit_not(self, node: n.Not) -> tuple[n.Node, int]:
        part = self.truth(node.part)
        if isinstance(part, n.Constant):
            return _truth(not part.value, node), 1
        return node._replace(part=part), 1

    def _extreme(self, node: n.Least | n.Greatest) -> tuple[n.Node, int]:
        parts, scale = self.commons(node.parts)
        return node._replace(parts=parts), scale

    visit_least = visit_greatest = _extreme

    def _whole(self, node: n.Contains | n.FullYears) -> tuple[n.Node, int]:
        """Lower the parts of an operation on codes or dates; its denominator is 1."""
        return n.with_children(node, map(self.truth, n.children(node))), 1

    visit_contains = visit_full_years = _whole

    def visit_aggregate(self, node: n.Aggregate) -> tuple[n.Node, int]:
        where = None if node.where is None else self.truth(node.where)
        where = None if isinstance(where, n.Constant) and where.value is True else where
        body, scale = self.visit(node.body)
        return node._replace(where=where, body=body), scale

    def visit_parameter(self, node: n.Parameter) -> tuple[n.Node, int]:
        parameter = self.linked.parameters[node.name]
        found = parameter.on(self.day)
        if found is None:
            what: str | Phrase = parameter.id
            if self.typed is not None:
                what = Phrase("policy.needed_by", name=parameter.id, rule=self.typed.rule.id)
            self.refuse("POLICY_GAP", parameter.origin / "values", what=what, start=self.day, end=None)
            return n.Constant(
                type=node.type, span=node.span, value=frozenset() if node.type.kind == "codes" else 0
            ), 1
        self.used[node.name] = found
        if isinstance(found.value, Fraction):
            value, scale = found.value.numerator, found.value.denominator
            return n.Constant(type=node.type, span=node.span, value=value, name=node.name), scale
        return n.Constant(type=node.type, span=node.span, value=found.value, name=node.name), 1

    def visit_total(self, node: n.Total) -> tuple[n.Node, int]:
        """The sum of the amounts of a list: one term for each conclusion in it."""
        fresh = 1 + max((one.variable for one in self._all() if isinstance(one, n.Aggregate)), default=1)
        root = self.linked.definitions.head.root
        terms: list[n.Node] = []
        for name, about in self.abouts.items():
            if self.linked.conclusions[name].list != node.name:
                continue
            if about == root:
                terms.append(n.Read(type=n.MONEY, span=node.span, entity=root, name=name, variable=None))
                continue
            domain = n.AllOf(type=n.Type("entities", about), entity=about)
            body = n.Read(type=n.MONEY, span=node.span, entity=about, name=name, variable=fresh)
            terms.append(
                n.Aggregate(
                    type=n.MONEY, span=node.span, fold="sum", variable=fresh, label=about, domain=domain, where=None,
                    body=body,
                )
            )  # fmt: skip
        while len(terms) > _SUMMED:  # sums of sums, because the nesting that engines can read is limited
            terms = [_sum(terms[start : start + _SUMMED], node) for start in range(0, len(terms), _SUMMED)]
        return (_sum(terms, node) if terms else n.Constant(type=n.MONEY, span=node.span, value=0)), 1

    def _all(self) -> list[n.Node]:
        if self.typed is None:
            return []
        return [node for tree in self.typed.trees for node in n.walk(tree)]

    def common(self, left: n.Node, right: n.Node) -> tuple[n.Node, n.Node, int]:
        parts, scale = self.commons((left, right))
        return parts[0], parts[1], scale

    def commons(self, nodes: tuple[n.Node, ...]) -> tuple[tuple[n.Node, ...], int]:
        """The lowered *nodes* with a common denominator, and that denominator."""
        pairs = [self.visit(node) for node in nodes]
        scale = lcm(*(s for _, s in pairs))
        return tuple(_times(node, scale // s) for node, s in pairs), scale

    def visit_multiply(self, node: n.Multiply) -> tuple[n.Node, int]:
        (left, a), (right, b) = self.visit(node.left), self.visit(node.right)
        if isinstance(left, n.Constant):
            left, right = right, left
        scale = a * b
        if not isinstance(right, n.Constant):
            return node._replace(left=left, right=right), scale
        factor = _int(right)
        if isinstance(left, n.Constant):
            value = _int(left) * factor
            common = gcd(value, scale)
            return n.Constant(type=node.type, span=node.span, value=value // common), scale // common
        if isinstance(left, n.Multiply) and isinstance(left.right, n.Constant):
            factor *= _int(left.right)
            left = left.left
        common = gcd(factor, scale)
        constant = n.Constant(type=n.NUMBER, span=right.span, value=factor // common)
        return node._replace(left=left, right=constant), scale // common

    def _junction(self, node: n.And | n.Or) -> tuple[n.Node, int]:
        deciding = isinstance(node, n.Or)
        parts: list[n.Node] = []
        for part in node.parts:
            lowered = self.truth(part)
            if isinstance(lowered, n.Constant):
                if lowered.value is deciding:
                    return _truth(deciding, node), 1
                continue
            parts.append(lowered)
        if not parts:
            return _truth(not deciding, node), 1
        return (parts[0] if len(parts) == 1 else node._replace(parts=tuple(parts))), 1

    visit_and = visit_or = _junction

    def visit_if(self, node: n.If) -> tuple[n.Node, int]:
        condition = self.truth(node.condition)
        if isinstance(condition, n.Constant):
            return self.visit(node.then if condition.value else node.otherwise)
        then, otherwise, scale = self.common(node.then, node.otherwise)
        return node._replace(condition=condition, then=then, otherwise=otherwise), scale


def nothing(type_: n.Type) -> int:
    """The value of a conclusion if no rule applies: 0, or False for a truth."""
    return False if type_ == n.TRUTH else 0


_ONE = n.Constant(type=n.NUMBER, value=1)
_SUMMED = 32


def _sum(terms: list[n.Node], node: n.Node) -> n.Node:
    return reduce(lambda a, b: n.Add(type=n.MONEY, span=node.span, left=a, right=b), terms)


def _int(node: n.Constant) -> int:
    assert isinstance(node.value, int)
    return node.value


def _truth(value: bool, node: n.Node) -> n.Constant:
    return n.Constant(type=n.TRUTH, span=node.span, value=value)


def _times(node: n.Node, factor: int) -> n.Node:
    if factor == 1:
        return node
    if isinstance(node, n.Constant):
        return node._replace(value=_int(node) * factor)
    if isinstance(node, n.Multiply) and isinstance(node.right, n.Constant):
        return node._replace(right=node.right._replace(value=_int(node.right) * factor))
    return n.Multiply(
        type=node.type,
        span=node.span,
        left=node,
        right=n.Constant(type=n.NUMBER, span=node.span, value=factor),
    )
