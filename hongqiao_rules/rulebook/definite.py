"""Rewrite a condition so that it is true only if it is certain, whatever the values of unreadable facts are.

This is Kleene's three-valued logic, written as an expression of the language so that every engine can evaluate it. For each
fact, a further truth named by :func:`known` says that the fact could be read.
"""

from __future__ import annotations

from collections.abc import Iterable

from hongqiao_rules.language import nodes as n

DATE = "on"
"""The name of the assessment date, for :func:`known`."""


def known(name: str) -> str:
    """The name of the truth that a fact could be read. It has a space, which no name in a policy file has."""
    return f"{name} known"


def absent(name: str) -> str:
    """The name of the truth that a fact was not stated."""
    return f"{name} absent"


def definite(node: n.Node, root: str, *, wanted: bool = True) -> n.Node:
    """An expression that is true if *node* certainly has the truth value *wanted*.

    Args:
        node: a dated condition.
        root: the name of the root entity.
        wanted: True or False.
    """
    match node:
        case n.Constant():
            return node._replace(value=node.value is wanted)
        case n.And() | n.Or():
            parts = [definite(part, root, wanted=wanted) for part in node.parts]
            return conjunction(parts) if isinstance(node, n.And) == wanted else disjunction(parts)
        case n.Not():
            return definite(node.part, root, wanted=not wanted)
        case n.If():
            then, otherwise = (definite(part, root, wanted=wanted) for part in (node.then, node.otherwise))
            first = conjunction([definite(node.condition, root), then])
            second = conjunction([definite(node.condition, root, wanted=False), otherwise])
            return disjunction([first, second, conjunction([then, otherwise])])
        case n.Aggregate(fold="any" | "all"):
            return _quantified(node, root, wanted=wanted)
    itself = node if wanted else n.Not(type=n.TRUTH, span=node.span, part=node)
    return conjunction([_known(node, root), itself])


def _quantified(node: n.Aggregate, root: str, *, wanted: bool) -> n.Node:
    """:func:`definite` of ``any`` and ``all``: one certain element decides, or every element must be certain."""
    where = _constant(node, holds=True) if node.where is None else node.where
    body = definite(node.body, root, wanted=wanted)
    if (node.fold == "any") == wanted:
        one = conjunction([definite(where, root), body])
        return node._replace(fold="any", where=None, body=one)
    every = disjunction([definite(where, root, wanted=False), body])
    return conjunction([_known(node.domain, root), node._replace(fold="all", where=None, body=every)])


def _known(node: n.Node, root: str) -> n.Node:
    """An expression that is true if the values that determine *node* could be read."""
    match node:
        case n.Read():
            return node._replace(type=n.TRUTH, name=known(node.name))
        case n.AssessmentDate():
            return n.Read(type=n.TRUTH, span=node.span, entity=root, name=known(DATE), variable=None)
        case n.Aggregate():
            where = _constant(node, holds=True) if node.where is None else node.where
            parts = [
                _known(where, root),
                disjunction([definite(where, root, wanted=False), _known(node.body, root)]),
            ]
            every = node._replace(type=n.TRUTH, fold="all", where=None, body=conjunction(parts))
            trivial = isinstance(every.body, n.Constant)
            return conjunction([_known(node.domain, root), *([] if trivial else [every])])
    return conjunction([_known(child, root) for child in n.children(node)] or [_constant(node, holds=True)])


def _constant(node: n.Node, *, holds: bool) -> n.Constant:
    return n.Constant(type=n.TRUTH, span=node.span, value=holds)


def conjunction(parts: Iterable[n.Node]) -> n.Node:
    """The expression that all *parts* are true, with constants folded."""
    return _junction(parts, deciding=False)


def disjunction(parts: Iterable[n.Node]) -> n.Node:
    """The expression that at least one of *parts* is true, with constants folded."""
    return _junction(parts, deciding=True)


def _junction(parts: Iterable[n.Node], *, deciding: bool) -> n.Node:
    left: list[n.Node] = []
    for part in parts:
        if not isinstance(part, n.Constant):
            left += [] if part in left else [part]
        elif part.value is deciding:
            return part
    if len(left) > 1:
        return (n.Or if deciding else n.And)(type=n.TRUTH, parts=tuple(left))
    return left[0] if left else n.Constant(type=n.TRUTH, value=not deciding)
