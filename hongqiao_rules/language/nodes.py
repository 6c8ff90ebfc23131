"""The operations of the rule language: each is a class, and its annotated names are its fields.

Everything structural is derived from the fields: the parts of a node, copies with other parts, equality, the JSON form
and its schema, the names and variables that an expression uses. The meaning of an operation in one place (its range, its
sentence, its engine code) is a method of a visitor (:mod:`hongqiao_rules.language.visitors`), and every place must have it.

The same classes serve two stages. A *written* expression may name parameters, readings, shares and totals. A *dated*
expression (:mod:`hongqiao_rules.rulebook.dating`) contains only integers (fen, counts, yyyymmdd dates), truths and codes.
Engines read dated expressions only.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal, NamedTuple, TypeVar

from hongqiao_rules.language.values import Value


class Type(NamedTuple):
    """The type of an expression's value.

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
    """The type of *left* times *right*; ``None`` if the product has no meaning (money times money)."""
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
    """The type of *left* divided by *right*; ``None`` if the quotient has no meaning."""
    if left.kind in ("money", "number") and right.kind == "number":
        return left
    return NUMBER if left.kind == right.kind == "money" else None


ParameterName = str
ReadingName = str
ListName = str
FactName = str
EntityName = str
Variable = int
"""The number of the loop variable that an expression reads; 0 is the entity that the rule is about."""
Binder = int
"""The number of the variable that a loop introduces."""
Way = Literal["half-up", "half-even", "down", "up"]
Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
"""The Python function of each comparison."""
MIRRORED: Mapping[str, Comparison] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""The comparison that is equivalent after its sides are exchanged."""
Fold = Literal["any", "all", "count", "sum", "largest"]

KINDS: Mapping[str, str] = {
    "Node": "part", "Domain": "part", "Node | None": "part?", "tuple[Node, ...]": "parts",
    "ParameterName": "parameter", "ReadingName": "reading", "ListName": "list", "FactName": "fact",
    "EntityName": "entity", "Variable": "variable", "Variable | None": "variable?", "Binder": "binder",
    "object": "value", "str": "text", "str | None": "text?", "int": "number",
    "Comparison": "comparison", "Fold": "fold", "Way": "way",
}  # fmt: skip
"""The kind of a field of an operation, by its annotation. A field can have no other annotation."""

Stage = Literal["written", "dated"]
_OPERATIONS: list[type[Node]] = []


class Node(Value, ignoring=("span",)):
    """A typed expression. ``span`` is its start and end in the source text; equality ignores it.

    A subclass is an operation unless its name begins with an underscore. *only* restricts it to one stage.
    """

    type: Type
    span: tuple[int, int] = (0, 0)

    operation: ClassVar[str] = ""
    """The name of the operation: the class name in snake case."""
    only: ClassVar[Stage | None] = None
    kinds: ClassVar[Mapping[str, str]] = {}
    """The kind of each field (a value of :data:`KINDS`), in the order of declaration."""
    part_fields: ClassVar[tuple[str, ...]] = ()
    """The fields that hold nodes."""

    def __init_subclass__(cls, *, only: Stage | None = None, ignoring: tuple[str, ...] = ()) -> None:
        super().__init_subclass__(ignoring=ignoring)
        own = {name: text for name, text in cls._fields.items() if name not in Node._fields}
        if unknown := sorted(set(own.values()) - KINDS.keys()):
            raise TypeError(f"{cls.__name__}: a field cannot be of type {', '.join(unknown)}")
        cls.kinds = {name: KINDS[text] for name, text in own.items()}
        cls.part_fields = tuple(
            name for name, kind in cls.kinds.items() if kind in ("part", "part?", "parts")
        )
        cls.only = only
        cls.operation = "".join(f"_{c.lower()}" if c.isupper() else c for c in cls.__name__).lstrip("_")
        if not cls.__name__.startswith("_"):
            _OPERATIONS.append(cls)


def operations(stage: Stage, *, leaves: bool = False) -> list[type[Node]]:
    """The operations that may occur at *stage*; with *leaves*, only those without parts."""
    return [
        operation
        for operation in _OPERATIONS
        if operation.only in (None, stage) and not (leaves and operation.part_fields)
    ]


class Constant(Node):
    """A value: an int, a bool, a code or a frozenset of codes. ``name`` is the parameter that it came from, if any."""

    value: object
    name: str | None = None


class Parameter(Node, only="written"):
    """The value of a parameter on the assessment date."""

    name: ParameterName


class Reading(Node, only="written"):
    """The choice that is in force for a reading."""

    name: ReadingName


class Total(Node, only="written"):
    """The sum of a list of amounts (deductions, benefits)."""

    name: ListName


class Read(Node):
    """A fact or an earlier conclusion of an entity. ``variable`` refers to the entity; ``None`` means the root."""

    entity: EntityName
    name: FactName
    variable: Variable | None


class AssessmentDate(Node):
    """The date of the assessment, yyyymmdd."""


class Element(Node):
    """The current element of a loop over a list: a code, or one field of a record."""

    variable: Variable
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


class Divide(_Pair, only="written"):
    """Left divided by right; allowed only as the outermost operation of a rule that declares a rounding."""


class Rounded(Node, only="dated"):
    """``numerator / denominator`` rounded to a multiple of ``step``, in the direction ``way``."""

    numerator: Node
    denominator: Node
    step: int
    way: Way


class Compare(Node):
    """A comparison of two numbers, amounts, dates or codes."""

    operator: Comparison
    left: Node
    right: Node


class _Several(Node):
    parts: tuple[Node, ...]


class And(_Several):
    """True if all parts are."""


class Or(_Several):
    """True if at least one part is."""


class Not(Node):
    """True if the part is not."""

    part: Node


class If(Node):
    """``then`` if the condition is true, else ``otherwise``."""

    condition: Node
    then: Node
    otherwise: Node


class Least(_Several):
    """The least of the parts."""


class Greatest(_Several):
    """The greatest of the parts."""


class Contains(Node):
    """True if ``item`` (a code) is in ``collection``: a constant set of codes, or a fact that is a list of codes."""

    item: Node
    collection: Node


class FullYears(Node):
    """The number of full years from ``start`` to ``end``; a year ends on the anniversary of ``start``."""

    start: Node
    end: Node


class AllOf(Node):
    """The domain of a loop: every entity of this kind in the root."""

    entity: EntityName


class ChildrenOf(Node):
    """The domain of a loop: the entities whose reference ``relation`` names the entity of ``variable``."""

    entity: EntityName
    relation: FactName
    variable: Variable


Domain = AllOf | ChildrenOf | Read
"""The domain of a loop; a :class:`Read` here is a fact that is a list of codes or records."""


class Aggregate(Node):
    """Fold ``body`` over the elements of a domain for which ``where`` is true: any, all, count, sum or largest.

    Over no element, any is false, all is true, and count, sum and largest are 0.
    """

    fold: Fold
    variable: Binder
    label: str
    domain: Domain
    where: Node | None
    body: Node


# --- derived from the fields --------------------------------------------------------------------------------------


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of *node*, in the order of its fields."""
    found: list[Node] = []
    for name in node.part_fields:
        part = getattr(node, name)
        if isinstance(part, tuple):
            found += part
        elif part is not None:
            found.append(part)
    return tuple(found)


_N = TypeVar("_N", bound=Node)


def with_children(node: _N, parts: Iterable[Node]) -> _N:
    """A copy of *node* with its parts replaced by *parts*, in the number and order of :func:`children`."""
    waiting = iter(parts)
    changed: dict[str, Any] = {}
    for name in node.part_fields:
        part = getattr(node, name)
        if isinstance(part, tuple):
            changed[name] = tuple(next(waiting) for _ in part)
        elif part is not None:
            changed[name] = next(waiting)
    return node._replace(**changed)


def walk(node: Node) -> list[Node]:
    """*node* and all its descendants, depth first."""
    found = [node]
    for child in children(node):
        found.extend(walk(child))
    return found


def leaves(node: Node) -> Iterator[Node]:
    """The nodes without parts in *node*, depth first."""
    return (inner for inner in walk(node) if not inner.part_fields)


def fields(node: Node, *kinds: str) -> list[Any]:
    """The values of the fields of *node* (not of its parts) that have one of *kinds* (see :data:`KINDS`)."""
    return [getattr(node, name) for name, kind in node.kinds.items() if kind in kinds]


def named(kind: str, nodes: Iterable[Node]) -> Iterator[str]:
    """The names of one kind (``fact``, ``parameter``, ``reading``, ``list``) in *nodes*, depth first, with repetitions.

    The kind ``fact`` includes conclusions that are read.
    """
    return (name for outer in nodes for node in walk(outer) for name in fields(node, kind))


def free_variables(node: Node) -> frozenset[int]:
    """The variables that *node* reads and that no loop in it introduces."""
    own = set(fields(node, "variable", "variable?"))
    found = own.union(*map(free_variables, children(node)))
    return frozenset(found.difference(fields(node, "binder"), [None]))
