"""Asking Z3: whether something can be, and how little and how much something can come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3

from hongqiao_rules.engines.symbolic_space import Space
from hongqiao_rules.engines.symbolic_terms import Amount, Number, Truth
from hongqiao_rules.errors import RequestError

_FIRST_STEP = 1 << 16
"""How far the first step of a search for an extreme goes; the next ones double until one goes too far."""


class Search:
    """Questions over one space; what is required of it holds in all of them.

    Args:
        space: the variables, and what is required of them.
        seconds: how long one question to the solver may take. The bundled rules need milliseconds; rules that multiply
            unknowns may need for ever.

    Every question raises ``RequestError`` where that is not enough.

    """

    def __init__(self, space: Space, seconds: float = 60) -> None:
        self.space, self._milliseconds = space, int(seconds * 1000)

    def _solver(self) -> Any:
        solver = z3.Solver(ctx=self.space.context)
        solver.set("timeout", self._milliseconds)
        return solver

    def model(self, truths: Iterable[Truth]) -> Any:
        """A model in which all *truths* hold; ``None`` where there is none."""
        return self._checked(self._solver(), truths)

    def least(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The least that *term* can be where all *truths* hold, which they can, and a model of it."""
        return self._extreme(term, truths, greatest=False)

    def greatest(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The greatest that *term* can be where all *truths* hold, which they can, and a model of it."""
        return self._extreme(term, truths, greatest=True)

    def _extreme(self, term: Amount, truths: Iterable[Truth], *, greatest: bool) -> tuple[int, Any]:
        # Halving what is open takes a fraction of the time that Z3's own optimizer does.
        solver = self._solver()
        model = self._checked(solver, truths)
        best = self.space.value(model, term)
        if not isinstance(term, Number):
            return best, model
        sign = 1 if greatest else -1
        reach = (term.high - best) if greatest else (best - term.low)
        step, by_one = min(reach, _FIRST_STEP), False
        while reach > 0:
            solver.push()
            solver.add((term.expr - best) * sign >= step)
            found = self._check(solver)
            solver.pop()
            if found is None:
                reach = step - 1
            else:
                better = self.space.value(found, term)
                reach -= (better - best) * sign
                best, model = better, found
            # Mostly the first model that is near is the best; whether anything is better is asked between the halves.
            by_one = not by_one
            step = 1 if by_one else (reach + 1) // 2
        return best, model

    def _checked(self, solver: Any, truths: Iterable[Truth]) -> Any:
        solver.add(self.space.constraints)
        for truth in truths:
            if truth is False:
                return None
            if truth is not True:
                solver.add(truth)
        return self._check(solver)

    @staticmethod
    def _check(solver: Any) -> Any:
        found = solver.check()
        if found == z3.unknown:
            raise RequestError("NOT_DECIDED", problem=solver.reason_unknown())
        return solver.model() if found == z3.sat else None
