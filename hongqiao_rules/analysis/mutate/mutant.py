"""A mutant: a rulebook with one small change, and the place of the change."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.dating import changes
from hongqiao_rules.rulebook.definitions import Origin
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.link import Linked, Linker
from hongqiao_rules.rulebook.load import Rulebook

OPERATORS = (
    "boundary", "direction", "negation", "junction", "dropped", "branches", "operation", "operands", "extreme", "fold",
    "figure", "code dropped", "code added", "reading", "date", "rounding", "precedence",
)  # fmt: skip
"""The kinds of changes; the catalogues describe each as ``mutation.KIND``."""


@dataclass(frozen=True)
class Change:
    """One small change to a rulebook.

    Attributes:
        id: a name made of the place and the kind of change, without line numbers, so that it stays the same.
        operator: the kind of change, one of :data:`OPERATORS`.
        subject: the rule, parameter, notice, reading or overlay that is changed.
        file: its file.
        line: the line, from 1.
        column: the column, from 1.
        was: the text before the change.
        now: the text after it; empty if it is removed.
    """

    id: str
    operator: str
    subject: str
    file: str
    line: int
    column: int
    was: str
    now: str

    def place(self) -> str:
        """``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Mutant(Change):
    """A change that can be made: ``apply`` returns the changed rulebook."""

    apply: Callable[[], Mutated] = field(repr=False, compare=False)


class Mutated(Rulebook):
    """A rulebook with a change of its definitions, which are linked and checked again, or of its linked expressions."""

    def __init__(
        self, base: Rulebook, definitions: Definitions | None = None, edit: Callable[[Linked], Linked] | None = None
    ) -> None:  # fmt: skip
        self._base, self._relinked, self._edit = base, definitions is not None, edit
        super().__init__(definitions or base.definitions, base.digest, Faults(base.files))

    def linked(self, overlays: tuple[str, ...]) -> Linked:
        """The changed rulebook under *overlays*; raises the same errors as :meth:`Rulebook.linked`."""
        if overlays not in self._linked:
            linked = self._base.linked(overlays)
            if self._relinked:
                faults = Faults(self.files)
                linked = Linker(self.definitions, overlays, faults).link()
                faults.settle()
            elif self._edit is not None:
                linked = self._edit(linked)
            self._changes[overlays] = changes(linked)
            self._linked[overlays] = linked
        return self._linked[overlays]


def with_item(definitions: Definitions, table: str, key: object, item: Any) -> Definitions:
    """A copy of *definitions* with another item under *key* of a table."""
    changed = copy.copy(definitions)
    setattr(changed, table, {**getattr(definitions, table), key: item})
    return changed


class Places:
    """The texts of the policy files, and the places of definitions in them."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.faults = Faults(rulebook.files)

    def at(self, origin: Origin, offset: int = 0) -> tuple[int, int]:
        """Return the line and column of the character at *offset* in the value at *origin*."""
        document = self.faults.document(origin.file)
        place = document.fault("POLICY_NOT_YAML", origin.path, offset=offset, problem="")
        return place.line, place.column

    def said(self, origin: Origin) -> Any:
        """Return the text of the file at *origin*; ``None`` if it has none there."""
        found: Any = self.faults.document(origin.file).tree
        for step in origin.path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found
