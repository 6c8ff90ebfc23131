"""A program of array operations over numbered registers; the columnar engine compiles a rulebook to it.

A program is built once and run for every chunk. Equal operations on the same registers are merged, operations that no
result needs are dropped, and an array is released after its last use, so that a chunk stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Register:
    """A place for an array, or for a single value that is known only in a run."""

    number: int


@dataclass(frozen=True, slots=True)
class Step:
    """One operation, whose result goes to the register with the number of the step; without a function, an input."""

    function: Callable[..., Any] | None
    arguments: tuple[Any, ...]


class Plan:
    """Builds a sequence of operations."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._written: dict[Hashable, Register] = {}
        self._inputs: dict[Hashable, Register] = {}

    def input(self, key: Hashable) -> Register:
        """The register of the input *key*."""
        if key not in self._inputs:
            self._inputs[key] = self._write(Step(None, ()))
        return self._inputs[key]

    def add(self, function: Callable[..., Any], *arguments: Any) -> Register:
        """The register of the result of *function*; the arguments are registers or constants."""
        # Python has True == 1, but NumPy treats these constants differently.
        key = (function, *((type(argument), argument) for argument in arguments))
        if key not in self._written:
            self._written[key] = self._write(Step(function, arguments))
        return self._written[key]

    def _write(self, step: Step) -> Register:
        self.steps.append(step)
        return Register(len(self.steps) - 1)

    def step(self, register: Register) -> Step:
        """The operation that writes *register*."""
        return self.steps[register.number]

    def program(self, results: Sequence[Register]) -> Program:
        """A program of the operations that *results* need."""
        return Program(self, results, self._inputs)


class Program:
    """The operations of a plan that some results need. Immutable and thread-safe."""

    def __init__(self, plan: Plan, results: Sequence[Register], inputs: Mapping[Hashable, Register]) -> None:
        self._results = [register.number for register in results]
        needed = set(self._results)
        for number in range(len(plan.steps) - 1, -1, -1):
            if number in needed:
                needed |= {a.number for a in plan.steps[number].arguments if isinstance(a, Register)}
        self.inputs = {key: register.number for key, register in inputs.items() if register.number in needed}
        constants: list[Any] = [None] * len(plan.steps)
        last_use: dict[int, int] = {}
        steps = []
        for number in sorted(needed):
            step = plan.steps[number]
            if step.function is None:
                continue
            places = []
            for argument in step.arguments:
                if isinstance(argument, Register):
                    last_use[argument.number] = number
                    places.append(argument.number)
                else:
                    places.append(len(constants))
                    constants.append(argument)
            steps.append((number, step.function, tuple(places)))
        kept = set(self._results)
        self._steps = [
            (number, function, places, [p for p in places if last_use.get(p) == number and p not in kept])
            for number, function, places in steps
        ]
        self._constants = constants

    def __len__(self) -> int:
        return len(self._steps)

    def run(self, given: Callable[[Hashable], Any]) -> list[Any]:
        """Run the operations and return the results, in the order given; *given* returns the input of a key."""
        values = self._constants.copy()
        for key, number in self.inputs.items():
            values[number] = given(key)
        for number, function, places, done in self._steps:
            values[number] = function(*[values[place] for place in places])
            for place in done:
                values[place] = None
        return [values[number] for number in self._results]
