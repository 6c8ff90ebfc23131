"""Parse the text of an expression to a typed tree. Python's ``ast`` module reads the text; nothing is evaluated.

Examples::

    headage_rate * herd_size - total(levies)
    any(animal.grown and animal.litres > 0 for animal in herd)

The only literals are 0, 1, ``True``, ``False`` and codes in quotes: every other figure is a parameter with a source.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hongqiao_rules.errors import nearest
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language import syntax
from hongqiao_rules.language.names import (  # fmt: skip
    FOLDS,
    FUNCTIONS,
    UNSETTLED,
    Names,
    RefusedExpressionError,
    UnsettledNameError,
    snake,
)
from hongqiao_rules.text.catalogue import Phrase

_OTHER_LIST = Phrase("expression.other_list")
_HYPHENED = re.compile(r"[\w-]+")
_COMPARISONS: Mapping[type[ast.cmpop], n.Comparison] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


class _Loop(NamedTuple):
    number: int
    type: n.Type
    fact: tuple[str, str] | None = None


def parse(text: str, about: str, names: Names) -> n.Node:
    """The typed tree of *text*, an expression about the entity *about* that may use *names*.

    Raises:
        RefusedExpressionError: The expression is invalid; it has the code of the fault and its offset in *text*.
        UnsettledNameError: The expression reads a conclusion that was itself refused.
    """
    flat = " ".join(re.split(r"\s", text))
    tree = syntax.tree(flat)
    return _Parser(flat, about, names).node(tree)


class _Parser:
    def __init__(self, text: str, about: str, names: Names) -> None:
        self.text, self.about, self.names = text, about, names
        self.encoded = None if text.isascii() else text.encode()
        self.loops: dict[str, _Loop] = {}
        self.next_index = 0 if about == names.root else 1
        self.depth = 0

    # --- places ---------------------------------------------------------------------------------------------

    def offset(self, column: int) -> int:
        return column if self.encoded is None else len(self.encoded[:column].decode())

    def span(self, tree: ast.expr) -> tuple[int, int]:
        return self.offset(tree.col_offset), self.offset(tree.end_col_offset or tree.col_offset)

    def written(self, tree: ast.expr) -> str:
        return self.text[slice(*self.span(tree))][:40]

    def refuse(self, code: str, tree: ast.expr, **arguments: object) -> RefusedExpressionError:
        return RefusedExpressionError(code, self.span(tree)[0], **arguments)

    def unknown(self, name: str, tree: ast.expr, known: Iterable[str]) -> RefusedExpressionError:
        return self.refuse("EXPRESSION_UNKNOWN_NAME", tree, name=name, meant=nearest(name, known))

    def mismatch(self, why: str, tree: ast.expr, left: n.Type, right: n.Type) -> RefusedExpressionError:
        return self.refuse(
            "EXPRESSION_TYPES", tree, left=left, right=right, why=Phrase(f"expression.why.{why}")
        )

    # --- one node -------------------------------------------------------------------------------------------

    def node(self, tree: ast.expr) -> n.Node:
        """The typed node of *tree*; nesting is limited, because the engines nest their code as deeply."""
        self.depth += 1
        if self.depth > syntax.DEEPEST:
            raise self.refuse("EXPRESSION_SYNTAX", tree, problem=syntax.TOO_DEEP)
        node = self.typed(tree)
        self.depth -= 1
        return node

    def typed(self, tree: ast.expr) -> n.Node:
        span = self.span(tree)
        match tree:
            case ast.Constant():
                return self.literal(tree)
            case ast.Name(id=name):
                return self.name(name, tree)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                return self.attribute(owner, name, tree)
            case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
                return self.arithmetic(tree)
            case ast.BoolOp(op=op, values=values):
                parts = tuple(self.truth(value) for value in values)
                return (n.And if isinstance(op, ast.And) else n.Or)(type=n.TRUTH, span=span, parts=parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return n.Not(type=n.TRUTH, span=span, part=self.truth(operand))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.opposite(self.node(operand), tree)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.comparison(tree, left, op, right, span)
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                chain = [
                    self.comparison(tree, one, op, other, (self.span(one)[0], self.span(other)[1]))
                    for one, op, other in pairs
                ]
                return n.And(type=n.TRUTH, span=span, parts=tuple(chain))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                condition = self.truth(test)
                then, otherwise, type_ = self.unified(self.node(body), self.node(orelse), tree)
                return n.If(type=type_, span=span, condition=condition, then=then, otherwise=otherwise)
            case ast.Call(func=ast.Name(id=function), args=args, keywords=[]):
                return self.call(function, args, tree)
        raise self.refuse("EXPRESSION_NOT_ALLOWED", tree, what=self.written(tree))

    def literal(self, tree: ast.Constant) -> n.Node:
        value = tree.value
        if isinstance(value, bool):
            return n.Constant(type=n.TRUTH, span=self.span(tree), value=value)
        if isinstance(value, str):
            return n.Constant(type=n.Type("code"), span=self.span(tree), value=value)
        if isinstance(value, int) and value in (0, 1):
            return n.Constant(type=n.NUMBER, span=self.span(tree), value=value)
        raise self.refuse("EXPRESSION_LITERAL", tree, value=self.written(tree))

    def truth(self, tree: ast.expr) -> n.Node:
        node = self.node(tree)
        if node.type != n.TRUTH:
            raise self.refuse("EXPRESSION_NOT_TRUTH", tree, type=node.type)
        return node

    def name(self, name: str, tree: ast.expr) -> n.Node:
        span, root = self.span(tree), self.names.root
        if name in self.loops:
            loop = self.loops[name]
            if loop.type.kind == "code":
                return n.Element(type=loop.type, span=span, variable=loop.number, field_name=None)
            raise self.refuse("EXPRESSION_LOOP_ITSELF", tree, name=name)
        if name == "on":
            return n.AssessmentDate(type=n.DATE, span=span)
        for entity in dict.fromkeys((self.about, root)):
            if (found := self.names.fact(entity, name)) is not None:
                return self.read(found, span, entity, name)
        if (parameter := self.names.parameter(name)) is not None:
            return n.Parameter(type=parameter, span=span, name=name)
        conclusion = self.names.conclusion(name)
        if conclusion is not None and conclusion[0] in (self.about, root):
            entity, type_ = conclusion
            if type_ == UNSETTLED:
                raise UnsettledNameError
            return self.read(type_, span, entity, name)
        holder = self.names.holder(name) if conclusion is None else conclusion[0]
        if holder is not None:
            raise self.refuse("EXPRESSION_OF_WHOM", tree, name=name, entity=holder)
        raise self.refuse("EXPRESSION_UNKNOWN_NAME", tree, name=name, meant=self.meant(name, span[0]))

    def read(self, type_: n.Type, span: tuple[int, int], entity: str, name: str) -> n.Read:
        variable = 0 if entity != self.names.root else None
        return n.Read(type=type_, span=span, entity=entity, name=name, variable=variable)

    def meant(self, name: str, start: int) -> str | None:
        """The known name closest to an unknown *name* at offset *start*: the same with underscores, quoted, or similar."""
        known = {*self.names.known(self.about), *self.loops, *FUNCTIONS, "True", "False"}
        whole = snake(_HYPHENED.match(self.text[start:])[0])  # type: ignore[index]  # a name has a letter at least
        if whole in known:
            return whole
        return f"'{name}'" if self.names.is_code(name) else nearest(name, known)

    def attribute(self, owner: str, name: str, tree: ast.expr) -> n.Node:
        span = self.span(tree)
        loop = self.loops.get(owner)
        if loop is None:
            raise self.unknown(owner, tree, self.loops)
        if loop.fact is not None:
            fields = self.names.fields(*loop.fact)
            if name in fields:
                return n.Element(type=fields[name].type, span=span, variable=loop.number, field_name=name)
            raise self.unknown(name, tree, fields)
        entity = loop.type.of or ""
        found = self.names.fact(entity, name)
        if found is None:
            conclusion = self.names.conclusion(name)
            found = conclusion[1] if conclusion is not None and conclusion[0] == entity else None
            if found == UNSETTLED:
                raise UnsettledNameError
        if found is None:
            raise self.unknown(name, tree, self.names.known(entity))
        return n.Read(type=found, span=span, entity=entity, name=name, variable=loop.number)

    # --- arithmetic and comparison --------------------------------------------------------------------------

    def unified(self, left: n.Node, right: n.Node, tree: ast.expr) -> tuple[n.Node, n.Node, n.Type]:
        """Both sides with one common type, and that type; a literal 0 fits any amount, a number without unit any unit."""
        if left.type == right.type:
            return left, right, left.type
        for one, other in ((left, right), (right, left)):
            if isinstance(one, n.Constant) and one.name is None:
                fitted = self.fitted(one, other.type)
                if fitted is not None:
                    pair = (fitted, right) if one is left else (left, fitted)
                    return *pair, other.type
            if one.type == n.NUMBER and other.type.kind == "number":
                return left, right, other.type
        raise self.mismatch("one", tree, left.type, right.type)

    def fitted(self, literal: n.Constant, wanted: n.Type) -> n.Node | None:
        if literal.value == 0 and literal.type == n.NUMBER and wanted.kind in ("money", "number", "share"):
            return literal._replace(type=wanted)
        if literal.type == n.NUMBER and wanted.kind == "number":
            return literal._replace(type=wanted)
        if literal.type == n.Type("code") and wanted.kind == "code" and wanted.of is not None:
            return self.coded(literal, wanted)
        return None

    def coded(self, literal: n.Constant, wanted: n.Type) -> n.Constant:
        codes = list(self.names.codes(wanted.of or "") or ())
        if literal.value not in codes:
            raise RefusedExpressionError(
                "EXPRESSION_UNKNOWN_CODE", literal.span[0], value=literal.value, list=wanted.of,
                meant=nearest(literal.value, codes),
            )  # fmt: skip
        return literal._replace(type=wanted)

    def arithmetic(self, tree: ast.BinOp) -> n.Node:
        left, right, span = self.node(tree.left), self.node(tree.right), self.span(tree)
        if isinstance(tree.op, ast.Add | ast.Sub):
            left, right, type_ = self.unified(left, right, tree)
            if type_.kind not in ("money", "number", "share"):
                raise self.mismatch("add", tree, left.type, right.type)
            make = n.Add if isinstance(tree.op, ast.Add) else n.Subtract
            return make(type=type_, span=span, left=left, right=right)
        dividing = isinstance(tree.op, ast.Div)
        type_or_none = n.quotient(left.type, right.type) if dividing else n.product(left.type, right.type)
        if type_or_none is None:
            raise self.mismatch("divide" if dividing else "multiply", tree, left.type, right.type)
        return (n.Divide if dividing else n.Multiply)(type=type_or_none, span=span, left=left, right=right)

    def opposite(self, node: n.Node, tree: ast.expr) -> n.Node:
        """Zero less a number."""
        span = self.span(tree)
        zero, node, type_ = self.unified(n.Constant(type=n.NUMBER, span=span, value=0), node, tree)
        if type_.kind not in ("money", "number", "share"):
            raise self.mismatch("add", tree, zero.type, node.type)
        return n.Subtract(type=type_, span=span, left=zero, right=node)

    def comparison(
        self, tree: ast.expr, left: ast.expr, op: ast.cmpop, right: ast.expr, span: tuple[int, int]
    ) -> n.Node:
        if isinstance(op, ast.In | ast.NotIn):
            found = self.membership(self.node(left), right, span)
            return found if isinstance(op, ast.In) else n.Not(type=n.TRUTH, span=span, part=found)
        operator = _COMPARISONS.get(type(op))
        if operator is None:
            raise self.refuse("EXPRESSION_NOT_ALLOWED", tree, what=self.written(tree))
        one, other, type_ = self.unified(self.node(left), self.node(right), tree)
        if type_ == n.TRUTH and operator in ("==", "!="):
            neither = tuple(n.Not(type=n.TRUTH, span=part.span, part=part) for part in (one, other))
            parts = [n.And(type=n.TRUTH, span=span, parts=pair) for pair in ((one, other), neither)]
            same = n.Or(type=n.TRUTH, span=span, parts=tuple(parts))
            return same if operator == "==" else n.Not(type=n.TRUTH, span=span, part=same)
        ordered = type_.kind in ("money", "number", "share", "date")
        if not ordered and not (type_.kind == "code" and type_.of is not None and operator in ("==", "!=")):
            raise self.mismatch("truth" if type_ == n.TRUTH else "order", tree, one.type, other.type)
        return n.Compare(type=n.TRUTH, span=span, operator=operator, left=one, right=other)

    def membership(self, item: n.Node, tree: ast.expr, span: tuple[int, int]) -> n.Node:
        if isinstance(tree, ast.Tuple | ast.List):
            if item.type.kind != "code" or item.type.of is None:
                raise self.mismatch("in", tree, item.type, n.Type("codes"))
            codes = set()
            for element in tree.elts:
                literal = self.node(element)
                if not isinstance(literal, n.Constant) or literal.type != n.Type("code"):
                    raise self.refuse("EXPRESSION_NOT_ALLOWED", element, what=_OTHER_LIST)
                codes.add(self.coded(literal, item.type).value)
            listed = n.Constant(
                type=n.Type("codes", item.type.of), span=self.span(tree), value=frozenset(codes)
            )
            return n.Contains(type=n.TRUTH, span=span, item=item, collection=listed)
        collection = self.node(tree)
        if collection.type.kind != "codes":
            raise self.mismatch("in", tree, item.type, collection.type)
        if isinstance(item, n.Constant) and item.type == n.Type("code"):
            item = self.coded(item, n.Type("code", collection.type.of))
        if item.type != n.Type("code", collection.type.of):
            raise self.mismatch("in", tree, item.type, collection.type)
        return n.Contains(type=n.TRUTH, span=span, item=item, collection=collection)

    # --- functions ------------------------------------------------------------------------------------------

    def call(self, function: str, args: list[ast.expr], tree: ast.expr) -> n.Node:
        span = self.span(tree)
        match function, args:
            case (("min" | "max"), [_, _, *_]):
                parts = [self.node(arg) for arg in args]
                for number in range(1, len(parts)):
                    parts[0], parts[number], _ = self.unified(parts[0], parts[number], tree)
                parts = [self.unified(part, parts[0], tree)[0] for part in parts]
                if parts[0].type.kind not in ("money", "number", "share"):
                    raise self.mismatch("least", tree, parts[0].type, parts[1].type)
                kind = n.Least if function == "min" else n.Greatest
                return kind(type=parts[0].type, span=span, parts=tuple(parts))
            case ("abs", [arg]):
                value = self.node(arg)
                return n.Greatest(type=value.type, span=span, parts=(value, self.opposite(value, tree)))
            case ("full_years", [start, end]):
                dates = (self.node(start), self.node(end))
                if {node.type for node in dates} != {n.DATE}:
                    raise self.mismatch("years", tree, dates[0].type, dates[1].type)
                return n.FullYears(type=n.Type("number", "years"), span=span, start=dates[0], end=dates[1])
            case ("total", [ast.Name(id=name)]):
                if not self.names.total(name):
                    raise self.unknown(name, args[0], self.names.lists)
                return n.Total(type=n.MONEY, span=span, name=name)
            case ("reading", [ast.Constant(value=str(name))]):
                if self.names.codes(f"reading:{name}") is None:
                    raise self.unknown(name, args[0], self.names.readings)
                return n.Reading(type=n.Type("code", f"reading:{name}"), span=span, name=name)
            case (fold, [ast.GeneratorExp(elt=body, generators=[loop])]) if fold in FOLDS:
                return self.aggregate(FOLDS[fold], body, loop, tree)
        if function in FUNCTIONS:
            raise self.refuse("EXPRESSION_ARGUMENTS", tree, function=function, form=FUNCTIONS[function])
        raise self.unknown(function, tree, FUNCTIONS)

    def aggregate(self, fold: n.Fold, body: ast.expr, loop: ast.comprehension, tree: ast.expr) -> n.Node:
        if not isinstance(loop.target, ast.Name) or not isinstance(loop.iter, ast.Name) or loop.is_async:
            raise self.refuse("EXPRESSION_ARGUMENTS", tree, function=fold, form=FUNCTIONS[fold])
        label = loop.target.id
        if label in self.loops or label in set(self.names.known(self.about)):
            raise self.refuse("EXPRESSION_NAME_TAKEN", loop.target, name=label)
        domain, variable = self.domain(loop.iter)
        self.loops[label] = variable
        self.next_index += 1
        parts = [self.truth(condition) for condition in loop.ifs]
        where = parts[0] if parts else None
        if len(parts) > 1:
            where = n.And(type=n.TRUTH, span=parts[0].span, parts=tuple(parts))
        inner: n.Node
        if fold == "count":
            if not isinstance(body, ast.Name) or body.id != label:
                raise self.refuse("EXPRESSION_ARGUMENTS", tree, function=fold, form=FUNCTIONS[fold])
            inner = n.Constant(type=n.TRUTH, span=self.span(body), value=True)
            type_ = n.Type("number", variable.type.of if variable.fact is None else None)
        else:
            inner = self.truth(body) if fold in ("any", "all") else self.node(body)
            type_ = n.TRUTH if fold in ("any", "all") else inner.type
            if type_.kind not in ("truth", "money", "number"):
                raise self.mismatch("sum", body, inner.type, n.MONEY)
        del self.loops[label]
        return n.Aggregate(
            type=type_, span=self.span(tree), fold=fold, variable=variable.number, label=label, domain=domain,
            where=where, body=inner,
        )  # fmt: skip

    def domain(self, tree: ast.Name) -> tuple[n.Domain, _Loop]:
        """The domain of a loop (all entities, related entities, or the items of a list fact) and its variable."""
        name, span, index = tree.id, self.span(tree), self.next_index
        if (entity := self.names.collection(name)) is not None:
            type_ = n.Type("entities", entity)
            return n.AllOf(type=type_, span=span, entity=entity), _Loop(index, type_)
        if (relation := self.names.inverse(self.about, name)) is not None:
            type_ = n.Type("entities", self.about)
            domain = n.ChildrenOf(type=type_, span=span, entity=self.about, relation=relation, variable=0)
            return domain, _Loop(index, type_)
        items = self.name(name, tree)
        if isinstance(items, n.Read) and items.type.kind == "records":
            return items, _Loop(index, items.type, (items.entity, items.name))
        if isinstance(items, n.Read) and items.type.kind == "codes":
            return items, _Loop(index, n.Type("code", items.type.of), None)
        raise self.refuse("EXPRESSION_NOT_A_LIST", tree, name=name)
