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
"""How far the first step of a search for an extreme goes; the next ones double until one goes too far."""


class UndecidedError(RequestError):
    """The solver did not decide a question in time; ``problem`` says why."""

    def __init__(self, problem: object) -> None:
        super().__init__("NOT_DECIDED", problem=problem)
        self.problem = str(problem)


class Budget:
    """A number of seconds that several questions share.

    Args:
        seconds: how long all of them may take.
        deadline: when they end, as of ``time.time``; *seconds* from now by default.
        shares: one question may take at most this part of *seconds*, but always one second.

    """

    def __init__(self, seconds: float, deadline: float | None = None, shares: int = 1) -> None:
        self.deadline = time.time() + seconds if deadline is None else deadline
        self._most = max(1.0, seconds / shares)

    def left(self) -> float:
        """The seconds that the next question may take.

        Raises:
            UndecidedError: none are left.

        """
        left = self.deadline - time.time()
        if left <= 0:
            raise UndecidedError("timeout")
        return min(left, self._most)


class Search:
    """Questions over one space; its constraints hold in all of them, those that are added later included.

    Args:
        space: the variables and their constraints.
        seconds: how long one question may take. The bundled rules need milliseconds; rules that multiply unknowns may
            need for ever.

    Every question raises ``UndecidedError`` where that is not enough.

    """

    def __init__(self, space: Space, seconds: float = 60) -> None:
        self.space, self.seconds = space, seconds
        # Z3's plain core is several times faster here than the tactics that it puts before it.
        self._solver = z3.SimpleSolver(ctx=space.context)
        self._asserted = 0

    def model(self, truths: Iterable[Truth], seconds: float | None = None) -> Any:
        """A model in which all *truths* hold; ``None`` where there is none. It takes up to *seconds*, if given."""
        known = list(truths)
        if any(truth is False for truth in known):
            return None
        with self._supposing(known, seconds):
            return self._check()

    def least(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The least that *term* can be where all *truths* hold, which they can, and a model of it."""
        return self._extreme(term, truths, greatest=False)

    def greatest(self, term: Amount, truths: Iterable[Truth]) -> tuple[int, Any]:
        """The greatest that *term* can be where all *truths* hold, which they can, and a model of it."""
        return self._extreme(term, truths, greatest=True)

    def _extreme(self, term: Amount, truths: Iterable[Truth], *, greatest: bool) -> tuple[int, Any]:
        # Halving what is open takes a fraction of the time that Z3's own optimizer does.
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
                # Mostly the first model that is near is the best; whether anything is better is asked between the halves.
                by_one = not by_one
                step = 1 if by_one else (reach + 1) // 2
            return best, model

    @contextmanager
    def _supposing(self, truths: Iterable[Truth], seconds: float | None = None) -> Iterator[None]:
        """Assert *truths* for as long as the context lasts."""
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
