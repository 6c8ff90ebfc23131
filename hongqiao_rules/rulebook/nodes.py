"""The terms of the language: types, and the some twenty operations an expression is made of.

One set of classes serves twice. As *written*, an expression may name parameters, readings, shares and totals. As
*dated* (:mod:`hongqiao_rules.rulebook.dating`), those are gone: what is left is integers (fen, counts, yyyymmdd
dates), truths and codes, which is all that an engine has to know (:data:`DATED`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from hongqiao_rules.rulebook.values import Value


class Type(NamedTuple):
    """What kind of value an expression gives.

    ``kind`` is ``money`` (fen), ``number`` (``of`` its unit: years, members; ``None`` fits any), ``share``,
    ``truth``, ``date``, ``code`` (``of`` its code list), ``codes`` (a list of codes of one list), ``records``
    (``of`` ``entity.fact``), ``entities`` (``of`` an entity) or ``list`` (of amounts).
    """

    kind: str
    of: str | None = None

    def __str__(self) -> str:
        return f"{self.kind} of {self.of}" if self.of else self.kind


MONEY, SHARE, TRUTH, DATE = Type("money"), Type("share"), Type("truth"), Type("date")
NUMBER = Type("number")


def product(left: Type, right: Type) -> Type | None:
    """The type of *left* times *right*; ``None`` where that means nothing (money times money)."""
    kinds = {left.kind, right.kind}
    if not kinds <= {"money", "number", "share"}:
        return None
    if "money" in kinds:
        return None if left.kind == right.kind else MONEY
    if left.kind == right.kind == "number":
        return None if left.of and right.of else Type("number", left.of or right.of)
    if left.kind == right.kind:
        return SHARE
    return left if left.kind == "number" else right


def quotient(left: Type, right: Type) -> Type | None:
    """The type of *left* over *right*; ``None`` where that means nothing."""
    if left.kind in ("money", "number") and right.kind == "number":
        return left
    return NUMBER if left.kind == right.kind == "money" else None


class Node(Value, ignoring=("span",)):
    """A typed expression. ``span`` is where it stands in the text it was read from; it tells no two apart."""

    type: Type
    span: tuple[int, int] = (0, 0)


class Constant(Node):
    """A value: an int, a bool, a code, a frozenset of codes. ``name`` is the parameter it came from."""

    value: object
    name: str | None = None


class _Named(Node):
    name: str


class Parameter(_Named):
    """A dated value by its name. Only as written."""


class Reading(_Named):
    """The choice taken for a reading. Only as written."""


class Total(_Named):
    """The sum of a list of amounts (deductions, benefits). Only as written."""


class Read(Node):
    """A fact or an earlier conclusion of an entity. ``variable`` says whose; ``None`` is the root's own."""

    entity: str
    name: str
    variable: int | None


class AssessmentDate(Node):
    """The date of the assessment, yyyymmdd."""


class Element(Node):
    """The code, or one field of the record, at which a loop over a list of codes or records stands."""

    variable: int
    field_name: str | None


class _Pair(Node):
    left: Node
    right: Node


class Add(_Pair):
    """Left plus right."""


class Subtract(_Pair):
    """Left minus right."""


class Multiply(_Pair):
    """Left times right; at most one of them is money."""


class Divide(_Pair):
    """Left over right; only as the outermost step of a rule that has a rounding. Only as written."""


class Rounded(Node):
    """``numerator / denominator`` brought to a multiple of ``step``, ``way`` being how."""

    numerator: Node
    denominator: Node
    step: int
    way: Literal["half-up", "down", "up"]


Comparison = Literal["<", "<=", ">", ">=", "==", "!="]


class Compare(Node):
    """A comparison of two numbers, amounts, dates or codes."""

    operator: Comparison
    left: Node
    right: Node


class _Several(Node):
    parts: tuple[Node, ...]


class And(_Several):
    """All of the parts hold."""


class Or(_Several):
    """At least one of the parts holds."""


class Not(Node):
    """The part does not hold."""

    part: Node


class If(Node):
    """``then`` where the condition holds, else ``otherwise``."""

    condition: Node
    then: Node
    otherwise: Node


class Least(_Several):
    """The least of the parts."""


class Greatest(_Several):
    """The greatest of the parts."""


class Contains(Node):
    """The code is one of the collection: a constant set, or a list of codes that is a fact."""

    item: Node
    collection: Node


class FullYears(Node):
    """Full years from one date to another, counted from birthday to birthday."""

    start: Node
    end: Node


class AllOf(Node):
    """The domain of a loop: every entity of a kind in the root."""

    entity: str


class ChildrenOf(Node):
    """The domain of a loop: those entities whose reference ``relation`` points at ``variable``."""

    entity: str
    relation: str
    variable: int


Fold = Literal["any", "all", "count", "sum", "largest"]


class Aggregate(Node):
    """A loop over a domain: any, all, count, sum or largest of ``body`` where ``where`` holds.

    Over nothing: any is false, all is true, count, sum and largest are 0.
    """

    fold: Fold
    variable: int
    label: str
    domain: Node
    where: Node | None
    body: Node


DATED: tuple[type[Node], ...] = (
    Constant, Read, AssessmentDate, Element, Add, Subtract, Multiply, Rounded, Compare, And, Or, Not, If,
    Least, Greatest, Contains, FullYears, AllOf, ChildrenOf, Aggregate,
)  # fmt: skip
"""The operations that every engine defines."""

WRITTEN_ONLY: tuple[type[Node], ...] = (Parameter, Reading, Total, Divide)
"""The operations that dating takes away."""


def children(node: Node) -> tuple[Node, ...]:
    """The expressions that *node* is made of, in order."""
    match node:
        case Add() | Subtract() | Multiply() | Divide() | Compare():
            return (node.left, node.right)
        case Rounded():
            return (node.numerator, node.denominator)
        case And() | Or() | Least() | Greatest():
            return node.parts
        case Not():
            return (node.part,)
        case If():
            return (node.condition, node.then, node.otherwise)
        case Contains():
            return (node.item, node.collection)
        case FullYears():
            return (node.start, node.end)
        case Aggregate():
            return (node.domain, node.body) if node.where is None else (node.domain, node.where, node.body)
    return ()


def walk(node: Node) -> list[Node]:
    """*node* and everything in it, outermost first."""
    found = [node]
    for child in children(node):
        found.extend(walk(child))
    return found
