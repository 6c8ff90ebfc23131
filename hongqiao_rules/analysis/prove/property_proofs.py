"""Prove a property under one case, or find the smallest household that refutes it.

The first query is about a superset of all households: dates need not be in the calendar, lists may be too long. If none
of it refutes a claim, the claim is proved. Else exact queries follow, by increasing number of members, and the direct
engine confirms what they find.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from hongqiao_rules.analysis.prove.claims import Claim
from hongqiao_rules.analysis.prove.household_space import ClaimScene
from hongqiao_rules.analysis.prove.proof_cases import Case, independent_of
from hongqiao_rules.analysis.prove.proof_results import Shown, Step
from hongqiao_rules.analysis.solver import sizes
from hongqiao_rules.analysis.solver.search import Budget, UndecidedError
from hongqiao_rules.analysis.solver.witnesses import Ran, Showing
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Number, Truth
from hongqiao_rules.rulebook.definitions import Property
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.properties import RISING

TOO_LONG = "lists"
"""Why a claim is undecided if longer lists could refute it."""
_FEW = 2
"""The number of members up to which households are searched by size, and simplified, if larger ones take too long."""


@dataclass(slots=True)
class Found:
    """The result of one property so far.

    Attributes:
        cases: the number of cases.
        shown: the smallest household that refutes it.
        happening: for each declared exception by number, a household that it applies to.
        undecided: why the solver did not decide a query.
        steps: the largest rise and the largest fall.

    """

    cases: int = 0
    shown: Shown | None = None
    happening: dict[int, Shown] = field(default_factory=dict)
    undecided: str | None = None
    steps: dict[str, Step] = field(default_factory=dict)

    def merge(self, other: Found) -> None:
        """Merge the result of other cases."""
        self.cases += other.cases
        if other.shown is not None and (self.shown is None or other.shown.size < self.shown.size):
            self.shown = other.shown
        self.happening = {**other.happening, **self.happening}
        self.undecided = self.undecided or other.undecided
        for name, step in other.steps.items():
            if name not in self.steps or step.by > self.steps[name].by:
                self.steps[name] = step


class Prover:
    """Proves properties, one case at a time, until a deadline.

    Args:
        rulebook: the rulebook.
        members: the largest number of members of a household.
        budget: the time limit.

    """

    def __init__(self, rulebook: Rulebook, members: int, budget: Budget) -> None:
        self.members, self.budget = members, budget
        self.showing = Showing(rulebook)
        self.sizes = partial(sizes, rulebook.definitions)

    def cases(
        self, cases: Sequence[Case], claims: Mapping[str, Property], found: Mapping[str, Found]
    ) -> None:
        """Prove *claims* under cases that have the same rules for them, and add the results to *found*."""
        days = min(case.start for case in cases), max(case.end for case in cases)
        wide: ClaimScene | None = None
        for id_, claim in claims.items():
            found[id_].cases += 1
            try:
                if self.budget.left() and wide is None:
                    wide = ClaimScene(cases[0], days, self.members, any_day=True, any_length=True)
                assert wide is not None
                if claim.form == "steps":
                    self._steps(cases[0], Claim(claim, cases[0].dated), wide, found[id_])
                else:
                    self._claim(cases, Claim(claim, cases[0].dated), wide, found[id_])
            except UndecidedError as error:
                found[id_].undecided = error.problem

    # --- claims ---------------------------------------------------------------------------------------------

    def _claim(self, cases: Sequence[Case], claim: Claim, wide: ClaimScene, found: Found) -> None:
        if found.shown is not None:
            self._smaller(cases, claim, found, found.shown.size - 1)
        elif self._refutable(cases, claim, wide, found):
            self._smaller(cases, claim, found, self.members)
        elif wide.space.bounded:
            raise UndecidedError(TOO_LONG)
        for number in range(len(claim.property.exceptions)):
            if number not in found.happening:
                shown = self._smallest(
                    cases, claim, self.members, lambda a, b, n=number: claim.happens(n, a, b)
                )
                if shown is not None:
                    found.happening[number] = shown

    def _refutable(self, cases: Sequence[Case], claim: Claim, wide: ClaimScene, found: Found) -> bool:
        """True if some household may refute the claim; if Z3 cannot decide, households with few members are searched."""
        try:
            return self._possible(wide, claim, claim.refuted)
        except UndecidedError:
            found.shown = self._smallest(cases, claim, min(_FEW, self.members), claim.refuted)
            if found.shown is None:
                raise
            return False

    def _possible(self, scene: ClaimScene, claim: Claim, truth: Any) -> bool:
        """True if *truth* can be satisfied by a household (or a pair of households) of a scene."""
        second = self._second(scene, claim)
        if second is None and claim.property.form == "independent":
            return False  # no rule behind the results reads one of the facts
        for condition, one, other in scene.worlds(second and second[1]):
            if scene.search.model([condition, truth(one, other)], self.budget.left()) is not None:
                return True
        return False

    def _smaller(self, cases: Sequence[Case], claim: Claim, found: Found, most: int) -> None:
        """Look for a household of up to *most* members that refutes the claim."""
        shown = self._smallest(cases, claim, most, claim.refuted)
        if shown is not None:
            found.shown = shown
        elif found.shown is None:
            # Only households of the superset that cannot be stated refute it.
            days = min(case.start for case in cases), max(case.end for case in cases)
            exact = ClaimScene(cases[0], days, self.members, any_length=True)
            if exact.space.bounded or self._possible(exact, claim, claim.refuted):
                raise UndecidedError(TOO_LONG)

    def _smallest(self, cases: Sequence[Case], claim: Claim, most: int, truth: Any) -> Shown | None:
        """A confirmed household of the fewest members for which *truth* holds; ``None`` if there is none."""
        spans = [(case, (case.start, case.start)) for case in cases]
        spans += [(case, (case.start, case.end)) for case in cases if case.start < case.end]
        for case, span in spans:  # the first day of the first period mostly has one
            for size in self.sizes(most):
                scene = ClaimScene(case, span, size, size)
                second = self._second(scene, claim)
                for condition, one, other in scene.worlds(second and second[1]):
                    truths = [condition, truth(one, other)]
                    model = scene.search.model(truths, self.budget.left())
                    if model is not None:
                        model = self._plainer(scene, claim, truths, model)
                        return self._confirmed(case, claim, scene, model, second, truth)
        return None

    def _confirmed(
        self, case: Case, claim: Claim, scene: ClaimScene, model: Any, second: Any, truth: Any
    ) -> Shown:
        one = scene.household(model)
        other = None if second is None else scene.household(model, second[0])
        changed = self._changed(claim, scene)
        shown = self.showing.confirmed(case, scene.on(model), one, other, changed, truth)
        if shown is None:
            raise UndecidedError("the direct engine does not confirm what the solver found")
        return shown

    def _second(self, scene: ClaimScene, claim: Claim) -> tuple[SymbolicFacts, Symbols] | None:
        if claim.property.form in RISING:
            return scene.rising(claim.property.rises or "")
        changed = self._changed(claim, scene)
        return scene.changing(changed) if changed else None

    @staticmethod
    def _changed(claim: Claim, scene: ClaimScene) -> Collection[str]:
        """The facts in which the two households of a claim differ."""
        if claim.property.form in RISING:
            return (claim.property.rises or "",)
        read = scene.facts.root.keys() | scene.facts.each.keys()
        return sorted(read & independent_of(claim.property, scene.engine.dated.linked))

    def _plainer(self, scene: ClaimScene, claim: Claim, truths: Sequence[Truth], model: Any) -> Any:
        """A model with the least rise, and then the least amounts."""
        rise = scene.risen.get(claim.property.rises or "", 0)
        amounts = terms.total(scene.amounts()) if len(scene.facts.present) <= _FEW else 0
        for least in (rise, amounts):
            if isinstance(least, Number):
                model, reached = self._least(scene, least, truths, model)
                truths = [*truths, terms.compare("<=", least, reached)]
        return model

    def _least(self, scene: ClaimScene, term: Number, truths: Sequence[Truth], model: Any) -> tuple[Any, int]:
        low, high = term.low, scene.space.value(model, term)
        while low < high:
            middle = (low + high) // 2
            better = scene.search.model([*truths, terms.compare("<=", term, middle)], self.budget.left())
            if better is None:
                low = middle + 1
            else:
                model, high = better, scene.space.value(better, term)
        return model, high

    # --- steps ----------------------------------------------------------------------------------------------

    def _steps(self, case: Case, claim: Claim, wide: ClaimScene, found: Found) -> None:
        """Look for a larger change of the amount than found so far, for the least rise.

        The superset of all households gives a bound, which a household mostly attains.
        """
        for name, sign in (("rise", 1), ("fall", -1)):
            best = int(found.steps[name].by * 100) if name in found.steps else 0
            reached = self._furthest(wide, claim, sign, best)
            if reached is None:
                continue
            first, at = (case.start, case.start), None
            for size in self.sizes(self.members):
                exact = ClaimScene(case, first, size, size)
                at = self._furthest(exact, claim, sign, reached[0] - 1)
                if at is not None:
                    break
            else:
                exact = ClaimScene(case, (case.start, case.end), self.members)
                at = self._furthest(exact, claim, sign, best)
            if at is not None:
                truths, model = at[1]
                if size <= _FEW:
                    model = self._plainer(exact, claim, truths, model)
                found.steps[name] = self._stepped(case, claim, exact, model, at[0] * sign)

    def _furthest(
        self, scene: ClaimScene, claim: Claim, sign: int, beyond: int
    ) -> tuple[int, tuple[Sequence[Truth], Any]] | None:
        """The largest step above *beyond*, with its conditions and its model; ``None`` if there is none."""
        _, second = scene.rising(claim.property.rises or "")
        least = terms.compare("==", scene.risen[claim.property.rises or ""], 1)
        reach = beyond
        best: tuple[Sequence[Truth], Any] | None = None
        for condition, one, other in scene.worlds(second):
            step = terms.difference(claim.amount(other), claim.amount(one))
            step = step if sign > 0 else terms.difference(0, step)
            stride = 1
            while stride:
                truths = [condition, least, terms.compare(">=", step, reach + stride)]
                model = scene.search.model(truths, self.budget.left())
                if model is None:
                    stride //= 8
                else:
                    reach, stride = scene.space.value(model, step), stride * 8
                    best = [condition, least, terms.compare(">=", step, reach)], model
        return None if best is None else (reach, best)

    def _stepped(self, case: Case, claim: Claim, scene: ClaimScene, model: Any, by: int) -> Step:
        def holds(one: Ran, other: Ran) -> bool:
            return bool(claim.amount(other) - claim.amount(one) == by)

        shown = self._confirmed(case, claim, scene, model, scene.rising(claim.property.rises or ""), holds)
        return Step(Decimal(abs(by)) / 100, shown)
