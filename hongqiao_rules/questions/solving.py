"""Asking Z3: whether something can be, and how little and how much something can come to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3

from hongqiao_rules.engines.symbolic_space import Space
from hongqiao_rules.engines.symbolic_terms import Amount, Number, Truth


class Search:
    """Questions over one space; what is required of it holds in all of them."""

    def __init__(self, space: Space) -> None:
        self.space = space

    def model(self, truths: Iterable[Truth]) -> Any:
        """A model in which all *truths* hold; ``None`` where there is none."""
        solver = z3.Solver(ctx=self.space.context)
        return self._checked(solver, truths)

    def least(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The least that *term* can be where all *truths* hold, which they can, and a model of it."""
        return self._extreme(term, truths, greatest=False)

    def greatest(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The greatest that *term* can be where all *truths* hold, which they can, and a model of it."""
        return self._extreme(term, truths, greatest=True)

    def _extreme(self, term: Amount, truths: Iterable[Truth], *, greatest: bool) -> tuple[int, Any]:
        optimizer = z3.Optimize(ctx=self.space.context)
        if isinstance(term, Number):
            (optimizer.maximize if greatest else optimizer.minimize)(term.expr)
        model = self._checked(optimizer, truths)
        return self.space.value(model, term), model

    def _checked(self, solver: Any, truths: Iterable[Truth]) -> Any:
        solver.add(self.space.constraints)
        for truth in truths:
            if truth is False:
                return None
            if truth is not True:
                solver.add(truth)
        found = solver.check()
        if found == z3.unknown:  # pragma: no cover - linear arithmetic is decided
            raise AssertionError(solver.reason_unknown())
        return solver.model() if found == z3.sat else None
