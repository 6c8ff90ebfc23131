"""All inputs up to a number of contained entities as Z3 variables, and every conclusion about them as a term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hongqiao_rules.analysis.solver import sizes
from hongqiao_rules.analysis.solver.input_constraints import InputConstraints
from hongqiao_rules.analysis.solver.json_facts import household
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.engines.symbolic.free_facts import facts as concrete
from hongqiao_rules.engines.symbolic.free_facts import free
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine, Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.input_rules import DatedInputs


class Scene:
    """The households of *least* to *most* members that can be assessed, under one or more dated rulebooks.

    Args:
        rules: the rulebooks, all of one vocabulary, each with its input checks.
        days: the first and the last assessment date, yyyymmdd.
        most: the largest number of contained entities; fewer where the vocabulary allows no more.
        least: the smallest number; by default that of the vocabulary.
        other_day: the assessment date for the second rulebook; by default the same as for the first.
        any_day: see :class:`Space`.
        any_length: see :class:`Space`.

    Attributes:
        day: the assessment date; a number where the first and the last date are the same.
        facts: the free facts.

    """

    def __init__(
        self, rules: Sequence[tuple[Dated, DatedInputs]], days: tuple[int, int], most: int, least: int | None = None, *,
        other_day: int | None = None, any_day: bool = False, any_length: bool = False,
    ) -> None:  # fmt: skip
        dateds, inputs = zip(*rules, strict=True)
        self.definitions = dateds[0].linked.definitions
        self._inputs = [InputConstraints(one) for one in inputs]
        judged = [*dateds, *(one.dated for one in self._inputs)]
        self.space = Space(self.definitions, judged, any_day=any_day, any_length=any_length)
        self.search = Search(self.space)
        self.day = self.space.date("on", *days)
        self._days = [self.day, *(self.day if other_day is None else other_day for _ in inputs[1:])]
        counts = sizes(self.definitions, most)
        self.facts = free(
            self.space, counts[0] if least is None else least, counts[-1], self._inputs[0].needed_codes
        )
        self.accept(self.facts, ordered=True)

    def accept(self, facts: SymbolicFacts, *, ordered: bool = False) -> None:
        """Require that every rulebook accepts households with these facts; see :meth:`InputConstraints.accepted`."""
        known: list[object] = []
        for constraints, day in zip(self._inputs, self._days, strict=True):
            same = (constraints.inputs.checks, constraints.inputs.defaults, day)
            if same not in known:
                self.space.require(*constraints.accepted(facts, day, ordered=ordered and not known))
                known.append(same)

    def symbols(self, dated: Dated, number: int = 0) -> Symbols:
        """The terms of the conclusions of *dated* over the facts of the scene, on the date of rulebook *number*."""
        return SymbolicEngine(dated).symbols(self.facts, self._days[number])

    def household(self, model: Any, facts: SymbolicFacts | None = None) -> dict[str, Any]:
        """The household of a model as plain values that ``assess`` takes."""
        needed = {fact for one in self._inputs for fact in one.needed}
        return household(concrete(self.space, model, facts or self.facts), self.definitions, needed)

    def on(self, model: Any) -> int:
        """The date of a model, yyyymmdd."""
        return int(self.space.value(model, self.day))
