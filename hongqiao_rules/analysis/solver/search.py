"""Check satisfiability and find extreme values with one incremental Z3 solver."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import z3

from hongqiao_rules.engines.symbolic.terms import Amount, Number, Truth
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.errors import RequestError

_FIRST_STEP = 1 << 16
"""The first step of a search for an extreme; later steps halve the open range."""


class UndecidedError(RequestError):
    """The solver did not decide a query; ``problem`` is its reason."""

    def __init__(self, problem: object) -> None:
        super().__init__("NOT_DECIDED", problem=problem)
        self.problem = str(problem)


class Budget:
    """A time limit that several queries share.

    Args:
        seconds: the limit for all of them.
        deadline: the end, as of ``time.time``; *seconds* from now by default.
        shares: one query takes at most ``seconds / shares``, but may always take one second.
    """

    def __init__(self, seconds: float, deadline: float | None = None, shares: int = 1) -> None:
        self.deadline = time.time() + seconds if deadline is None else deadline
        self._most = max(1.0, seconds / shares)

    def left(self) -> float:
        """The seconds that the next query may take.

        Raises:
            UndecidedError: none are left.
        """
        left = self.deadline - time.time()
        if left <= 0:
            raise UndecidedError("timeout")
        return min(left, self._most)


class Search:
    """Queries over one space. All its constraints apply, including those added later.

    Args:
        space: the variables and their constraints.
        seconds: the limit for one query. The bundled rules need milliseconds; rules that multiply unknowns may
            have no limit.

    Every query raises ``UndecidedError`` at its limit.
    """

    def __init__(self, space: Space, seconds: float = 60) -> None:
        self.space, self.seconds = space, seconds
        # Z3's core without its preprocessing tactics is several times faster here.
        self._solver = z3.SimpleSolver(ctx=space.context)
        self._asserted = 0

    def model(self, truths: Iterable[Truth], seconds: float | None = None) -> Any:
        """A model in which all *truths* hold; ``None`` if there is none. *seconds* replaces the limit of the search."""
        known = list(truths)
        if any(truth is False for truth in known):
            return None
        with self._supposing(known, seconds):
            return self._check()

    def least(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The least value of *term* where all *truths* hold, and its model; they must be satisfiable."""
        return self._extreme(term, truths, greatest=False)

    def greatest(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The greatest value of *term* where all *truths* hold, and its model; they must be satisfiable."""
        return self._extreme(term, truths, greatest=True)

    def _extreme(self, term: Amount, truths: Iterable[Truth], *, greatest: bool) -> tuple[int, Any]:
        # Bisection takes a fraction of the time of Z3's optimizer.
        with self._supposing(truths):
            model = self._check()
            best = self.space.value(model, term)
            if not isinstance(term, Number):
                return best, model
            sign = 1 if greatest else -1
            reach = (term.high - best) if greatest else (best - term.low)
            step, by_one = min(reach, _FIRST_STEP), False
            while reach > 0:
                with self._supposing([(term.expr - best) * sign >= step]):
                    found = self._check()
                if found is None:
                    reach = step - 1
                else:
                    better = self.space.value(found, term)
                    reach -= (better - best) * sign
                    best, model = better, found
                # A model near the extreme is mostly the extreme, so every other query asks for one unit more.
                by_one = not by_one
                step = 1 if by_one else (reach + 1) // 2
            return best, model

    @contextmanager
    def _supposing(self, truths: Iterable[Truth], seconds: float | None = None) -> Iterator[None]:
        """Assert *truths* within the context."""
        solver, constraints = self._solver, self.space.constraints
        solver.add(constraints[self._asserted :])
        self._asserted = len(constraints)
        solver.set("timeout", max(1, int(1000 * (self.seconds if seconds is None else seconds))))
        solver.push()
        try:
            solver.add([truth for truth in truths if truth is not True])
            yield
        finally:
            solver.pop()

    def _check(self) -> Any:
        found = self._solver.check()
        if found == z3.unknown:
            reason = self._solver.reason_unknown()
            raise UndecidedError("timeout" if reason == "canceled" else reason)
        return self._solver.model() if found == z3.sat else None
