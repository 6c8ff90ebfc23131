"""Check that every rule in force applies to some household under some reading.

A rule applies if it settles its conclusion: its conditions hold, and those of no earlier rule do; a line of a list of
amounts must also differ from zero. Households found for one rule are tried first for the others, by the direct engine. Z3
is asked only about the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hongqiao_rules.analysis.prove.household_space import ClaimScene
from hongqiao_rules.analysis.prove.proof_cases import Case, Cases
from hongqiao_rules.analysis.prove.property_proofs import TOO_LONG, Prover
from hongqiao_rules.analysis.solver.search import UndecidedError
from hongqiao_rules.engines.direct.direct_engine import DirectEngine, Run, decode
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.free_facts import facts as concrete
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion

_FEW = 3
"""The number of members up to which each size is a query of its own."""


class Reaching:
    """Finds rules that never apply. Households found in one period are tried in the next."""

    def __init__(self, cases: Cases, prover: Prover) -> None:
        self.cases, self.prover = cases, prover
        self._met: list[Facts] = []

    def unreached(self, overlays: tuple[str, ...], start: int, end: int) -> list[str]:
        """The rules of a period that apply to no household, under any combination of the readings they depend on.

        Raises:
            UndecidedError: the solver did not decide it in time.

        """
        names = [c.name for c in self.cases.linked[overlays].conclusions.values() if "/" not in c.name]
        known = self.cases.rulebook.definitions.readings
        default = {name: self.cases.chosen.get(name, reading.default) for name, reading in known.items()}
        alone = [default]
        alone += [
            {**default, n: c} for n in known if n not in self.cases.chosen for c in list(known[n].choices)[1:]
        ]
        in_force: dict[str, str] = {}
        applied = set[str]()
        for readings in alone:
            case = self.cases.case(overlays, readings, start, end, names)
            in_force |= {c.rule.id: d.name for d in case.dated.conclusions for c in d.candidates}
            applied |= self._applied(case)
        for rule, name in in_force.items():
            if rule in applied:
                continue
            for readings in self.cases.combinations(overlays, [name]):
                if self._reached(self.cases.case(overlays, readings, start, end, [name]), name, rule):
                    applied |= self._applied(self.cases.case(overlays, readings, start, end, names)) | {rule}
                    break
        return [rule for rule in in_force if rule not in applied]

    def _applied(self, case: Case) -> set[str]:
        """The rules that apply to some household found so far."""
        engine = self.prover.showing.engine(case)
        found = set[str]()
        for facts in self._met:
            found |= set(applying(engine, engine.run(facts, case.start)))
        return found

    def _reached(self, case: Case, name: str, rule: str) -> bool:
        """True if the rule applies to some household."""
        conclusion = next((c for c in case.dated.conclusions if c.name == name), None)
        candidate = (
            next((c for c in conclusion.candidates if c.rule.id == rule), None) if conclusion else None
        )
        if conclusion is None or candidate is None:
            return False
        counts = self.prover.sizes(self.prover.members)
        most = counts[-1]
        sizes = [(size, size) for size in counts if size <= _FEW]
        if most > _FEW:
            sizes.append((max(_FEW + 1, counts[0]), most))
        first, whole = (case.start, case.start), (case.start, case.end)
        for least, size in sizes:
            if self._met_by(ClaimScene(case, first, size, least), case, conclusion, candidate):
                return True
        # If the rule applies to nothing in a superset of all households, it never applies.
        wide = ClaimScene(case, whole, most, any_day=True, any_length=True)
        if wide.search.model([_applies(wide, conclusion, candidate)], self.prover.budget.left()) is None:
            if wide.space.bounded:
                raise UndecidedError(TOO_LONG)
            return False
        if self._met_by(ClaimScene(case, whole, most), case, conclusion, candidate):
            return True
        raise UndecidedError(TOO_LONG)

    def _met_by(
        self, scene: ClaimScene, case: Case, conclusion: DatedConclusion, candidate: Candidate
    ) -> bool:
        """True if the rule applies to a household of the scene; the direct engine confirms it, and it is kept."""
        model = scene.search.model([_applies(scene, conclusion, candidate)], self.prover.budget.left())
        if model is None:
            return False
        facts, day = concrete(scene.space, model, scene.facts), scene.on(model)
        engine = self.prover.showing.engine(case)
        if candidate.rule.id not in applying(engine, engine.run(facts, day)):
            raise AssertionError("the solver and the direct engine disagree")
        self._met.append(facts)
        return True


def _applies(scene: ClaimScene, conclusion: DatedConclusion, candidate: Candidate) -> Truth:
    """The truth that the rule applies to the household or to one of its members."""
    name, amount = conclusion.name, conclusion.list is not None and conclusion.type.kind != "truth"

    def of(who: int | None) -> Truth:
        parts = [scene.first.applies(name, candidate, who)]
        if amount:
            parts.append(terms.compare("!=", scene.first.value(name, who), 0))
        return terms.conjunction(parts)

    if conclusion.entity == scene.engine.root:
        return of(None)
    return terms.disjunction(
        terms.conjunction([present, of(who)]) for who, present in enumerate(scene.facts.present)
    )


def applying(engine: DirectEngine, run: Run) -> Iterator[str]:
    """The rules that apply in a run of the direct engine."""
    for conclusion, failed in zip(engine.dated.conclusions, run.failed, strict=True):
        value = run.state[engine.slots[conclusion.entity, conclusion.name]]
        of_root = conclusion.entity == engine.root
        outcomes = [failed] if of_root else failed or [None] * len(value)
        values = [value] if of_root else value
        amount = conclusion.list is not None and conclusion.type.kind != "truth"
        for outcome, given in zip(outcomes, values, strict=True):
            rule = _held(conclusion, outcome)
            if rule is not None and not (amount and given == 0):
                yield rule


def _held(conclusion: DatedConclusion, outcome: Any) -> str | None:
    if outcome is None:
        return conclusion.candidates[0].rule.id
    return next((c.rule.id for c, failed in decode(conclusion, outcome) if failed < 0), None)
