"""A scene: free facts of all households up to a number of members, and every conclusion as a term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hongqiao_rules.analysis.solver.household_constraints import ALSO, accepted
from hongqiao_rules.analysis.solver.json_facts import household
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.engines.symbolic.free_facts import facts as concrete
from hongqiao_rules.engines.symbolic.free_facts import free
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine, Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Amount
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.rulebook.dating import Dated


class Scene:
    """The households of *least* to *most* members that can be assessed on a day, under one or more dated rulebooks.

    Args:
        dateds: the rulebooks, all of one vocabulary.
        days: the first and the last day of the assessment, yyyymmdd.
        most: the largest number of members.
        least: the smallest number of members.
        any_day: see :class:`Space`.
        any_length: see :class:`Space`.

    Attributes:
        day: the day of the assessment; a number where the first and the last day are the same.
        facts: the free facts; the first member is the applicant.

    """

    def __init__(
        self, dateds: Sequence[Dated], days: tuple[int, int], most: int, least: int = 1, *,
        any_day: bool = False, any_length: bool = False,
    ) -> None:  # fmt: skip
        self.definitions = dateds[0].linked.definitions
        self.space = Space(self.definitions, dateds, any_day=any_day, any_length=any_length)
        self.search = Search(self.space)
        self.day = self.space.date("on", *days)
        self.facts = free(self.space, least, most, ALSO)
        self.accept(self.facts, self.day)

    def accept(self, facts: SymbolicFacts, day: Amount) -> None:
        """Require that households of these facts can be assessed on *day*."""
        self.space.require(*accepted(facts, day, applicant=0))

    def symbols(self, dated: Dated, day: Amount | None = None) -> Symbols:
        """The conclusions of *dated* about the households, on the day of the scene or another."""
        return SymbolicEngine(dated).symbols(self.facts, self.day if day is None else day)

    def household(self, model: Any, facts: SymbolicFacts | None = None) -> dict[str, Any]:
        """The household of a model as plain values that ``assess`` takes."""
        return household(concrete(self.space, model, facts or self.facts), self.definitions.entities)

    def on(self, model: Any) -> int:
        """The day of a model, yyyymmdd."""
        return int(self.space.value(model, self.day))
