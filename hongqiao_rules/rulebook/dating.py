"""A linked rulebook at a date and under readings: the form that engines read.

Parameters become constants, readings are decided, shares are multiplied out. What is left is exact arithmetic on
integers: an expression's value is its integer divided by a denominator that is known here, comparisons are
multiplied across, and a result that is not whole fen without a declared rounding is refused.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import NamedTuple

from hongqiao_rules.messages import Said
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.coherence import in_force
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    NoticeDefinition,
    Origin,
    ParameterValue,
    Rule,
    next_day,
)
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.memory import Memory
from hongqiao_rules.rulebook.nodes import (
    MONEY,
    NUMBER,
    TRUTH,
    Add,
    Aggregate,
    AllOf,
    And,
    Compare,
    Constant,
    Contains,
    Divide,
    FullYears,
    Greatest,
    If,
    Least,
    Multiply,
    Node,
    Not,
    Or,
    Parameter,
    Read,
    Reading,
    Rounded,
    Subtract,
    Total,
    Type,
    walk,
)  # fmt: skip
from hongqiao_rules.rulebook.values import Value


class Candidate(NamedTuple):
    """One rule that may settle a conclusion: it does where all its conditions hold."""

    rule: Rule
    typed: TypedVersion
    conditions: tuple[Node, ...]
    value: Node

    @property
    def trees(self) -> tuple[Node, ...]:
        """The conditions and the value."""
        return (*self.conditions, self.value)


class DatedConclusion(NamedTuple):
    """A conclusion at a date. The first candidate that holds settles it; where none does, it is ``otherwise``."""

    name: str
    entity: str
    type: Type
    list: str | None
    candidates: tuple[Candidate, ...]

    @property
    def otherwise(self) -> int:
        """What the conclusion is where no rule applies: 0, and of a truth that it does not hold."""
        return _nothing(self.type)


class Dated(Value):
    """A rulebook in the period that begins on ``start``, under the given readings and overlays.

    Equal only to itself, so that what is made from it can be kept by it.
    """

    start: int
    end: int
    readings: Mapping[str, str]
    linked: Linked
    parameters: Mapping[str, ParameterValue]
    conclusions: tuple[DatedConclusion, ...]
    notices: tuple[tuple[NoticeDefinition, Node | None], ...]

    __eq__, __hash__ = object.__eq__, object.__hash__

    @property
    def root(self) -> str:
        """The entity that a household (or whatever is assessed) is."""
        return self.linked.definitions.head.root


def changes(linked: Linked) -> list[int]:
    """Every day from which something in the rulebook differs from the day before, first to last."""
    spans = [(v.start, v.end) for p in linked.parameters.values() for v in p.values]
    spans += [(v.version.start, v.version.end) for versions in linked.versions.values() for v in versions]
    spans += [(notice.start, notice.end) for notice, _ in linked.notices]
    spans += [(overlay.start, overlay.end) for overlay in linked.definitions.overlays.values()]
    resting = [c for rule in linked.rules.values() for c in rule.citations]
    resting += [c for p in linked.parameters.values() for v in p.values for c in v.citations]
    spans += [(citation.start, citation.end) for citation in resting]
    first = linked.definitions.head.modelled_from
    days = {first, *(start for start, _ in spans), *(next_day(end) for _, end in spans if end < FOREVER)}
    return sorted(day for day in days if first <= day < FOREVER)


def date(
    linked: Linked, start: int, end: int, readings: Mapping[str, str], refuse: Refuse, memory: Memory | None = None
) -> Dated:  # fmt: skip
    """The rulebook as it stands from *start* to *end*, days between which nothing changes."""
    memory = memory or Memory(linked)
    chosen: list[tuple[str, list[TypedVersion]]] = []
    for name, conclusion in linked.conclusions.items():
        versions = [
            typed
            for rule in conclusion.rules
            for typed in linked.versions[rule.id]
            if in_force(typed.version, start, readings)
        ]
        if versions:
            chosen.append((name, versions))
    abouts = {name: versions[0].version.about for name, versions in chosen}
    conclusions = []
    used: dict[str, ParameterValue] = {}
    for name, versions in chosen:
        conclusion = linked.conclusions[name]
        candidates = []
        for typed in versions:
            lower = Lowering(linked, start, readings, abouts, typed, refuse)
            candidate = memory.recall(lower)
            if candidate is None:
                conditions = tuple([lower.truth(node) for _, node in typed.conditions])
                candidate = Candidate(typed.rule, typed, conditions, lower.value())
                memory.keep(lower, candidate)
            used.update(lower.used)
            candidates.append(candidate)
        conclusions.append(
            DatedConclusion(name, abouts[name], conclusion.type, conclusion.list, tuple(candidates))
        )
    notices = []
    for notice, when in linked.notices:
        if notice.start <= start <= notice.end and notice.unless_overlay not in linked.overlays:
            lower = Lowering(linked, start, readings, abouts, None, refuse)
            notices.append((notice, None if when is None else lower.truth(when)))
            used.update(lower.used)
    return Dated(
        start=start, end=end, readings=dict(readings), linked=linked, parameters=used,
        conclusions=tuple(conclusions), notices=tuple(notices),
    )  # fmt: skip


_ARITHMETIC: Mapping[str, Callable[[int, int], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip


class Lowering:
    """Takes parameters, readings, shares and totals out of the expressions of one version of a rule."""

    def __init__(
        self, linked: Linked, day: int, readings: Mapping[str, str], abouts: Mapping[str, str],
        typed: TypedVersion | None, refuse: Refuse,
    ) -> None:  # fmt: skip
        self.linked, self.day, self.readings, self.abouts = linked, day, readings, abouts
        self.typed, self._refuse, self.refused = typed, refuse, False
        self.used: dict[str, ParameterValue] = {}
        self.looked_up: dict[str, str] = {}

    def refuse(self, code: str, origin: Origin, *, offset: int = 0, **arguments: object) -> None:
        """Tell a fault."""
        self.refused = True
        self._refuse(code, origin, offset=offset, **arguments)

    def value(self) -> Node:
        """The value of the version, rounded where it says so, in whole fen or ones."""
        assert self.typed is not None
        written, rounding = self.typed.value, self.typed.version.rounding
        if rounding is not None:
            dividing = isinstance(written, Divide)
            top, top_scale = self.scaled(written.left if isinstance(written, Divide) else written)
            bottom, bottom_scale = self.scaled(written.right) if isinstance(written, Divide) else (_ONE, 1)
            top, bottom = _times(top, bottom_scale), _times(bottom, top_scale)
            if not dividing and bottom == _ONE and rounding.step == 1:
                return top
            return Rounded(
                type=written.type, span=written.span, numerator=top, denominator=bottom, step=rounding.step,
                way=rounding.way,  # type: ignore[arg-type]  # the file's checker knows the three ways
            )  # fmt: skip
        node, scale = self.scaled(written)
        if scale != 1:
            self.refuse(
                "POLICY_NEEDS_ROUNDING", self.typed.version.value_origin, offset=written.span[0],
                rule=self.typed.rule.id, scale=scale,
            )  # fmt: skip
        return node

    def truth(self, node: Node) -> Node:
        """A condition, decided already where readings and parameters decide it."""
        return self.scaled(node)[0]

    def scaled(self, node: Node) -> tuple[Node, int]:
        """The node as an integer expression and the denominator of its value."""
        match node:
            case Parameter():
                return self.parameter(node)
            case Reading():
                choice = self.looked_up[node.name] = self.readings[node.name]
                return Constant(type=node.type, span=node.span, value=choice), 1
            case Total():
                return self.total(node), 1
            case Read() if node.name not in self.abouts and self._is_conclusion(node):
                return Constant(type=node.type, span=node.span, value=_nothing(node.type)), 1
            case Add() | Subtract():
                left, right, scale = self.common(node.left, node.right)
                if isinstance(left, Constant) and isinstance(right, Constant):
                    a, b = _int(left), _int(right)
                    return left._replace(value=a + b if isinstance(node, Add) else a - b, name=None), scale
                return node._replace(left=left, right=right), scale
            case Multiply():
                return self.product(node)
            case Compare():
                left, right, _ = self.common(node.left, node.right)
                if isinstance(left, Constant) and isinstance(right, Constant):
                    return _truth(_ARITHMETIC[node.operator](left.value, right.value), node), 1  # type: ignore[arg-type]  # both of one ordered type, or codes under == and !=
                return node._replace(left=left, right=right), 1
            case And() | Or():
                return self.junction(node), 1
            case Not():
                part = self.truth(node.part)
                return (
                    _truth(not part.value, node) if isinstance(part, Constant) else node._replace(part=part)
                ), 1
            case If():
                return self.conditional(node)
            case Least() | Greatest():
                parts, scale = self.commons(node.parts)
                return node._replace(parts=parts), scale
            case Contains():
                item, collection = self.scaled(node.item)[0], self.scaled(node.collection)[0]
                return node._replace(item=item, collection=collection), 1
            case FullYears():
                return node._replace(start=self.scaled(node.start)[0], end=self.scaled(node.end)[0]), 1
            case Aggregate():
                where = None if node.where is None else self.truth(node.where)
                where = None if isinstance(where, Constant) and where.value is True else where
                body, scale = self.scaled(node.body)
                return node._replace(where=where, body=body), scale
        return node, 1

    def _is_conclusion(self, node: Read) -> bool:
        return node.name in self.linked.conclusions

    def parameter(self, node: Parameter) -> tuple[Node, int]:
        parameter = self.linked.parameters[node.name]
        found = parameter.on(self.day)
        if found is None:
            what: str | Said = parameter.id
            if self.typed is not None:
                rule = self.typed.rule.id
                what = Said(f"{what}, which {rule} needs,", f"{rule}所需的{what}")
            self.refuse("POLICY_GAP", parameter.origin / "values", what=what, start=self.day, end=None)
            return Constant(
                type=node.type, span=node.span, value=frozenset() if node.type.kind == "codes" else 0
            ), 1
        self.used[node.name] = found
        if isinstance(found.value, Fraction):
            value, scale = found.value.numerator, found.value.denominator
            return Constant(type=node.type, span=node.span, value=value, name=node.name), scale
        return Constant(type=node.type, span=node.span, value=found.value, name=node.name), 1

    def total(self, node: Total) -> Node:
        """The sum of the amounts of a list, spelled out."""
        fresh = 1 + max((n.variable for n in self._all() if isinstance(n, Aggregate)), default=1)
        root = self.linked.definitions.head.root
        terms: list[Node] = []
        for name, about in self.abouts.items():
            if self.linked.conclusions[name].list != node.name:
                continue
            if about == root:
                terms.append(Read(type=MONEY, span=node.span, entity=root, name=name, variable=None))
                continue
            domain = AllOf(type=Type("entities", about), entity=about)
            body = Read(type=MONEY, span=node.span, entity=about, name=name, variable=fresh)
            terms.append(
                Aggregate(
                    type=MONEY, span=node.span, fold="sum", variable=fresh, label=about, domain=domain, where=None,
                    body=body,
                )
            )  # fmt: skip
        while len(terms) > _SUMMED:  # of a long list sums of sums, for an engine's nesting has limits
            terms = [_sum(terms[start : start + _SUMMED], node) for start in range(0, len(terms), _SUMMED)]
        return _sum(terms, node) if terms else Constant(type=MONEY, span=node.span, value=0)

    def _all(self) -> list[Node]:
        if self.typed is None:
            return []
        return [node for tree in self.typed.trees for node in walk(tree)]

    def common(self, left: Node, right: Node) -> tuple[Node, Node, int]:
        parts, scale = self.commons((left, right))
        return parts[0], parts[1], scale

    def commons(self, nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], int]:
        """Several nodes brought to one denominator."""
        pairs = [self.scaled(node) for node in nodes]
        scale = lcm(*(s for _, s in pairs))
        return tuple(_times(node, scale // s) for node, s in pairs), scale

    def product(self, node: Multiply) -> tuple[Node, int]:
        (left, a), (right, b) = self.scaled(node.left), self.scaled(node.right)
        if isinstance(left, Constant):
            left, right = right, left
        scale = a * b
        if not isinstance(right, Constant):
            return node._replace(left=left, right=right), scale
        factor = _int(right)
        if isinstance(left, Constant):
            value = _int(left) * factor
            common = gcd(value, scale)
            return Constant(type=node.type, span=node.span, value=value // common), scale // common
        if isinstance(left, Multiply) and isinstance(left.right, Constant):
            factor *= _int(left.right)
            left = left.left
        common = gcd(factor, scale)
        constant = Constant(type=NUMBER, span=right.span, value=factor // common)
        return node._replace(left=left, right=constant), scale // common

    def junction(self, node: And | Or) -> Node:
        deciding = isinstance(node, Or)
        parts: list[Node] = []
        for part in node.parts:
            lowered = self.truth(part)
            if isinstance(lowered, Constant):
                if lowered.value is deciding:
                    return _truth(deciding, node)
                continue
            parts.append(lowered)
        if not parts:
            return _truth(not deciding, node)
        return parts[0] if len(parts) == 1 else node._replace(parts=tuple(parts))

    def conditional(self, node: If) -> tuple[Node, int]:
        condition = self.truth(node.condition)
        if isinstance(condition, Constant):
            return self.scaled(node.then if condition.value else node.otherwise)
        then, otherwise, scale = self.common(node.then, node.otherwise)
        return node._replace(condition=condition, then=then, otherwise=otherwise), scale


def _nothing(type_: Type) -> int:
    return False if type_ == TRUTH else 0


_ONE = Constant(type=NUMBER, value=1)
_SUMMED = 32


def _sum(terms: list[Node], node: Node) -> Node:
    return reduce(lambda a, b: Add(type=MONEY, span=node.span, left=a, right=b), terms)


def _int(node: Constant) -> int:
    assert isinstance(node.value, int)
    return node.value


def _truth(value: bool, node: Node) -> Constant:
    return Constant(type=TRUTH, span=node.span, value=value)


def _times(node: Node, factor: int) -> Node:
    if factor == 1:
        return node
    if isinstance(node, Constant):
        return node._replace(value=_int(node) * factor)
    if isinstance(node, Multiply) and isinstance(node.right, Constant):
        return node._replace(right=node.right._replace(value=_int(node.right) * factor))
    return Multiply(
        type=node.type, span=node.span, left=node, right=Constant(type=NUMBER, span=node.span, value=factor)
    )
