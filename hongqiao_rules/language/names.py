"""The names that an expression may use, and the errors that refuse an expression."""

from __future__ import annotations

import keyword
from collections.abc import Iterable, Mapping
from typing import Protocol

from hongqiao_rules.language.nodes import Fold, Type

FOLDS: Mapping[str, Fold] = {"any": "any", "all": "all", "count": "count", "sum": "sum", "largest": "largest"}
FUNCTIONS: Mapping[str, str] = {
    **{fold: f"{fold}(x.… for x in …)" for fold in FOLDS}, "count": "count(x for x in … if …)", "min": "min(a, b)",
    "max": "max(a, b)", "abs": "abs(a)", "full_years": "full_years(from, to)", "total": "total(list)", "reading": "reading('name')",
}  # fmt: skip
"""The functions of the language, each with its form, which messages show."""
RESERVED = frozenset((*keyword.kwlist, *FUNCTIONS, "on"))
"""The words that no fact, parameter, conclusion or list may have as its name."""


class RefusedExpressionError(Exception):
    """An invalid expression: the code of the fault, the character offset in the text, the arguments of the message."""

    def __init__(self, code: str, offset: int, **arguments: object) -> None:
        super().__init__(code)
        self.code, self.offset, self.arguments = code, offset, arguments


UNSETTLED = Type("unsettled")
"""The type of a conclusion whose own expression was refused; expressions that read it are not checked."""


class UnsettledNameError(Exception):
    """An expression reads a conclusion that was itself refused; the fault is not reported again."""


def snake(identifier: str) -> str:
    """The name in expressions of an *identifier* of policy files: underscores for hyphens."""
    return identifier.replace("-", "_")


class Typed(Protocol):
    """A declaration that has a type."""

    @property
    def type(self) -> Type:
        """The type of its values."""


class Names(Protocol):
    """The names that an expression may use. A lookup returns ``None`` if there is no such name."""

    root: str

    @property
    def lists(self) -> Iterable[str]:
        """The names of all lists of amounts, for suggestions."""

    @property
    def readings(self) -> Iterable[str]:
        """The names of all readings, for suggestions."""

    def fact(self, entity: str, name: str) -> Type | None:
        """The type of a fact of an entity."""

    def conclusion(self, name: str) -> tuple[str, Type] | None:
        """The entity and type of a conclusion."""

    def holder(self, name: str) -> str | None:
        """The entity contained in the root that has a fact of this name."""

    def parameter(self, name: str) -> Type | None:
        """The type of a parameter."""

    def fields(self, entity: str, fact: str) -> Mapping[str, Typed]:
        """The fields of the records of a fact, by name."""

    def collection(self, name: str) -> str | None:
        """The contained entity whose plural in the root is *name*."""

    def inverse(self, entity: str, name: str) -> str | None:
        """The reference of *entity* whose inverse relation is called *name*."""

    def codes(self, code_list: str) -> Iterable[str] | None:
        """The codes of a list, or the choices of ``reading:name``."""

    def is_code(self, name: str) -> bool:
        """True if any code list has a code of this name (codes are written in quotes)."""

    def total(self, name: str) -> bool:
        """True if there is a list of amounts of this name; the rules of the list become dependencies."""

    def known(self, entity: str) -> Iterable[str]:
        """All names that an expression about *entity* may use, for suggestions."""
