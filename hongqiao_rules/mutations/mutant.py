"""A mutant: a rulebook with one small change in it, and where the change is."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from hongqiao_rules.rulebook.dating import Dated, changes
from hongqiao_rules.rulebook.definitions import Definitions, Origin
from hongqiao_rules.rulebook.link import Linked, Linker
from hongqiao_rules.rulebook.load import Faults, Rulebook

OPERATORS: Mapping[str, tuple[str, str]] = {
    "boundary": ("边界（含与不含）", "a boundary, included or not"),
    "direction": ("比较的方向", "the direction of a comparison"),
    "negation": ("否定", "a negation"),
    "junction": ("“并且”与“或者”", "and for or"),
    "dropped": ("去掉一部分", "a part dropped"),
    "branches": ("两个分支对调", "two branches swapped"),
    "operation": ("加与减", "plus for minus"),
    "operands": ("两项对调", "two operands swapped"),
    "extreme": ("较大与较小", "min for max"),
    "fold": ("任一与全部、求和与取最大", "any for all, sum for largest"),
    "figure": ("数字多一点或少一点", "a figure, up or down"),
    "code dropped": ("代码表少一个", "a code dropped from a list"),
    "code added": ("代码表多一个", "a code added to a list"),
    "reading": ("读法的选项", "the choice of a reading"),
    "date": ("日期差一天", "a date, a day earlier or later"),
    "rounding": ("取整的方向", "the way of rounding"),
    "precedence": ("先后次序", "precedence"),
}
"""What is changed, by the name that reports use, in Chinese and in English."""


@dataclass(frozen=True)
class Mutant:
    """One small change to a rulebook.

    Attributes:
        id: stable: what was changed, where in it, and how; no line numbers.
        operator: which kind of change, one of :data:`OPERATORS`.
        subject: the rule, parameter, notice, reading or overlay that was changed.
        file: its file.
        line: where in it, from 1.
        column: from 1.
        was: what stood there.
        now: what stands there now.
        apply: makes the changed rulebook of the one that the mutant was made for.

    """

    id: str
    operator: str
    subject: str
    file: str
    line: int
    column: int
    was: str
    now: str
    apply: Callable[[], Mutated] = field(repr=False, compare=False)

    def place(self) -> str:
        """``file:line:column``."""
        return f"{self.file}:{self.line}:{self.column}"


class Mutated(Rulebook):
    """A rulebook that is another but for a change: either to its definitions, which are linked and checked anew, or to
    the expressions of the linked form.
    """

    def __init__(
        self, base: Rulebook, definitions: Definitions | None = None, edit: Callable[[Linked], Linked] | None = None
    ) -> None:  # fmt: skip
        self.definitions = definitions or base.definitions
        self.digest = base.digest
        self._base, self._relinked, self._edit = base, definitions is not None, edit
        self._faults = Faults(base.files)
        self._linked: dict[tuple[str, ...], Linked] = {}
        self._changes: dict[tuple[str, ...], list[int]] = {}
        self._dated: dict[tuple[object, ...], Dated] = {}
        self._lock = Lock()

    def linked(self, overlays: tuple[str, ...]) -> Linked:
        """The changed rulebook under *overlays*; errors as for the unchanged one."""
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
    """*definitions* with another item under *key* of one of their tables."""
    changed = copy.copy(definitions)
    setattr(changed, table, {**getattr(definitions, table), key: item})
    return changed


class Places:
    """Where things stand in the files, and what the files say there."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.faults = Faults(rulebook.files)

    def at(self, origin: Origin, offset: int = 0) -> tuple[int, int]:
        """The line and column of the character at *offset* of what stands at *origin*."""
        document = self.faults.document(origin.file)
        place = document.fault("POLICY_NOT_YAML", origin.path, offset=offset, problem="")
        return place.line, place.column

    def said(self, origin: Origin) -> Any:
        """What the file says at *origin*; ``None`` where it says nothing."""
        found: Any = self.faults.document(origin.file).tree
        for step in origin.path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found
