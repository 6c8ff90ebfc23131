"""Visitors: one method ``visit_…`` for each operation of a stage, without a default.

A class that lacks a method for an operation is an error for mypy, because it is abstract. It is also a TypeError when its
module is imported; the message names the class and the operations. Operations with the same meaning share one method:
``visit_subtract = visit_add``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

from hongqiao_rules.language import nodes as n

P = ParamSpec("P")
R = TypeVar("R")


class Visitor(ABC, Generic[P, R]):
    """Base of the four visitors below. *P*: parameters of the methods after the node. *R*: the type that they return."""

    stage: ClassVar[n.Stage]
    leaves: ClassVar[bool] = False
    _visits: ClassVar[Mapping[type[n.Node], Callable[..., Any]]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__module__ == __name__:
            return
        visits = {
            o: getattr(cls, f"visit_{o.operation}", None) for o in n.operations(cls.stage, leaves=cls.leaves)
        }
        missing = [o.operation for o, v in visits.items() if getattr(v, "__isabstractmethod__", v is None)]
        if missing:
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} does not define {', '.join(missing)}")
        cls._visits = visits  # type: ignore[assignment]  # None is missing

    def visit(self, node: n.Node, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call the method for the operation of *node* and return its result."""
        found: R = self._visits[type(node)](self, node, *args, **kwargs)
        return found


class DatedLeaves(Visitor[P, R]):
    """A visitor of the operations without parts that a dated expression may contain."""

    stage: ClassVar[n.Stage] = "dated"
    leaves = True

    @abstractmethod
    def visit_constant(self, node: n.Constant, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_read(self, node: n.Read, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_assessment_date(self, node: n.AssessmentDate, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_element(self, node: n.Element, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_all_of(self, node: n.AllOf, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_children_of(self, node: n.ChildrenOf, /, *args: P.args, **kwargs: P.kwargs) -> R: ...


class WrittenLeaves(DatedLeaves[P, R]):
    """A visitor of the operations without parts that a written expression may contain."""

    stage = "written"

    @abstractmethod
    def visit_parameter(self, node: n.Parameter, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_reading(self, node: n.Reading, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_total(self, node: n.Total, /, *args: P.args, **kwargs: P.kwargs) -> R: ...


class _Steps(Visitor[P, R]):
    @abstractmethod
    def visit_add(self, node: n.Add, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_subtract(self, node: n.Subtract, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_multiply(self, node: n.Multiply, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_compare(self, node: n.Compare, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_and(self, node: n.And, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_or(self, node: n.Or, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_not(self, node: n.Not, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_if(self, node: n.If, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_least(self, node: n.Least, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_greatest(self, node: n.Greatest, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_contains(self, node: n.Contains, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_full_years(self, node: n.FullYears, /, *args: P.args, **kwargs: P.kwargs) -> R: ...

    @abstractmethod
    def visit_aggregate(self, node: n.Aggregate, /, *args: P.args, **kwargs: P.kwargs) -> R: ...


class DatedVisitor(DatedLeaves[P, R], _Steps[P, R]):
    """A visitor of dated expressions."""

    leaves = False

    @abstractmethod
    def visit_rounded(self, node: n.Rounded, /, *args: P.args, **kwargs: P.kwargs) -> R: ...


class WrittenVisitor(WrittenLeaves[P, R], _Steps[P, R]):
    """A visitor of written expressions."""

    leaves = False

    @abstractmethod
    def visit_divide(self, node: n.Divide, /, *args: P.args, **kwargs: P.kwargs) -> R: ...
