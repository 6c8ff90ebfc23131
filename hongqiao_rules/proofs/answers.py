"""What ``check --prove`` answers: for each property whether it is proved, refuted or unknown, with its households."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from hongqiao_rules.questions.answer import TitledAnswer
from hongqiao_rules.rulebook.definitions import Bilingual

Status = Literal["proved", "refuted", "unknown", "measured"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A household, or two, that the direct engine has confirmed.

    Attributes:
        on: the assessment date.
        readings: the choices taken, where they are not the defaults.
        overlays: the overlays taken.
        household: plain values that ``assess`` takes.
        changed: of a claim about two, the second household.
        figures: what the household came to: each figure of the rulebook by its name.
        changed_figures: what the second came to.

    """

    on: date
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    household: Mapping[str, Any]
    changed: Mapping[str, Any] | None
    figures: Mapping[str, Any]
    changed_figures: Mapping[str, Any] | None

    @property
    def size(self) -> int:
        """How many members the household has."""
        return len(self.household["members"])


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared exception: its title, and a household of which it speaks; ``None`` where there is none.

    ``decided`` is false where the solver did not say whether there is one.
    """

    title: Bilingual
    shown: Shown | None
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A rule that no household can make apply, from ``start`` to ``end`` (``None``: without an end)."""

    rule: str
    overlays: tuple[str, ...]
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """The most by which an amount rises or falls for the least rise of what it is held against; yuan or ones."""

    by: Decimal
    shown: Shown


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one property.

    Attributes:
        id: the property.
        title: its title.
        overlay: the overlay that claims it, if one does.
        status: ``proved`` for all households, ``refuted``, ``unknown``, or ``measured`` where nothing is claimed.
        cases: how many different parts of the rulebook (by period, readings, overlay) the proofs were about.
        why: where it is unknown, why.
        shown: the smallest household that refutes it.
        exceptions: the declared exceptions.
        unreachable: the rules that never apply.
        rise: the largest rise for the least rise of an income.
        fall: the largest fall.

    """

    id: str
    title: Bilingual
    overlay: str | None
    status: Status
    cases: int = 0
    why: str | None = None
    shown: Shown | None = None
    exceptions: tuple[Declared, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    rise: Step | None = None
    fall: Step | None = None

    @property
    def right(self) -> bool:
        """Whether the property holds as it is declared, its exceptions happening."""
        return self.status in ("proved", "measured") and all(e.shown is not None for e in self.exceptions)


@dataclass(frozen=True, slots=True)
class Proofs(TitledAnswer):
    """What became of the properties of a rulebook.

    Attributes:
        members: households of up to so many members were looked at, over all facts in their declared ranges.
        overlays: with which overlays: each by itself, ``()`` being none.
        first: the first day that was looked at.
        last: the last; ``None`` where there is no end.
        readings: the readings that were looked at.
        every_combination: whether every combination of them was; else the defaults, and each other choice alone.
        outcomes: of each property, in the order of their ids.

    """

    members: int
    overlays: tuple[tuple[str, ...], ...]
    first: date
    last: date | None
    readings: tuple[str, ...]
    every_combination: bool
    outcomes: tuple[Outcome, ...]

    @property
    def right(self) -> bool:
        """Whether every property holds as it is declared."""
        return all(outcome.right for outcome in self.outcomes)

    def statement(self, lang: str = "zh") -> str:
        """The answer as text, in ``"zh"`` or ``"en"``."""
        from hongqiao_rules.explanation.proofs import statement

        return statement(self, lang)
