"""Try all mutants of a rulebook, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hongqiao_rules.analysis import need_solver
from hongqiao_rules.analysis.mutate.affected_cases import check, every_pair
from hongqiao_rules.analysis.mutate.all_mutants import mutants
from hongqiao_rules.analysis.mutate.example_run import notice, trials
from hongqiao_rules.analysis.mutate.household_search import search
from hongqiao_rules.analysis.mutate.mutant import OPERATORS, Mutant
from hongqiao_rules.analysis.mutate.mutation_report import Mutations, Outcome
from hongqiao_rules.analysis.solver import check_members
from hongqiao_rules.analysis.solver.pool import results
from hongqiao_rules.errors import PolicyError, RequestError, nearest
from hongqiao_rules.rulebook.load import Rulebook, bundled_rulebook, load

_FEW = 16
"""The number of mutants for which another process is worth its start."""


def mutations(
    folders: Sequence[Path], cases: Sequence[Path], seconds: float, members: int, processes: int,
    only: Iterable[str], progress: Callable[[int, int], None] | None,
) -> Mutations:  # fmt: skip
    """See :func:`hongqiao_rules.mutations.mutate`."""
    check_members(members)
    asked = tuple(map(str, folders)), tuple(map(str, cases)), seconds, members
    tried = Trying(*asked)
    wanted = set(only)
    for name in sorted(wanted.difference(OPERATORS)):
        raise RequestError(
            "UNKNOWN_CHANGE", name=name, known=tuple(OPERATORS), meant=nearest(name, OPERATORS)
        )
    numbers = [n for n, mutant in enumerate(tried.mutants) if not wanted or mutant.operator in wanted]
    found: list[Outcome] = []
    processes = min(processes, 1 + len(numbers) // _FEW)
    for outcome in results(tried, Trying, asked, Trying.outcome, numbers, processes):
        found.append(outcome)
        if progress is not None:
            progress(len(found), len(numbers))
    return Mutations(tuple(found), len(tried.trials), members, solver=tried.solver)


class Trying:
    """A rulebook with its mutants and trials."""

    def __init__(
        self, folders: tuple[str, ...], cases: tuple[str, ...], seconds: float, members: int
    ) -> None:
        self.seconds, self.members = seconds, members
        self.rulebook: Rulebook = (
            load([Path(folder) for folder in folders]) if folders else bundled_rulebook()
        )
        self.trials = trials(self.rulebook, [Path(file) for file in cases])
        self.mutants = mutants(self.rulebook)
        try:
            need_solver()
            self.solver = True
        except RequestError:
            self.solver = False

    def outcome(self, number: int) -> Outcome:
        """Return the outcome of a mutant."""
        mutant = self.mutants[number]
        try:
            place = notice(self.rulebook, mutant, self.trials)
            if place is not None:
                return Outcome.of(mutant, "noticed", place)
            check(self.rulebook, mutant.apply())
        except PolicyError as error:
            return Outcome.of(mutant, "refused", error.code)
        return self.survivor(mutant)

    def survivor(self, mutant: Mutant) -> Outcome:
        """The outcome of a mutant that no trial noticed: equivalent, or with a household that exposes it."""
        changed = mutant.apply()
        if self.solver:
            from hongqiao_rules.analysis.mutate.equivalence import Prover

            try:
                found = Prover(self.rulebook, changed, self.seconds, self.members).witness()
            except RequestError:
                pass
            else:
                if found is None:
                    return Outcome.of(mutant, "equivalent", None)
                return Outcome.of(mutant, "survived", None, found)
        elif next(every_pair(self.rulebook, changed), None) is None:
            return Outcome.of(mutant, "equivalent", None)
        found = search(self.rulebook, changed, self.trials)
        return Outcome.of(mutant, "unknown" if found is None else "survived", None, found)
