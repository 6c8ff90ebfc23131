"""Report the outcome of every mutant as values, JSON and text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from hongqiao_rules.analysis.answer import Answer
from hongqiao_rules.analysis.mutate.mutant import Change, Mutant
from hongqiao_rules.analysis.mutate.mutant_witness import Witness
from hongqiao_rules.errors import catalogue
from hongqiao_rules.text.catalogue import Catalogue

Status = Literal["noticed", "refused", "equivalent", "survived", "unknown"]
_STATUSES: tuple[Status, ...] = ("noticed", "refused", "equivalent", "survived", "unknown")


@dataclass(frozen=True)
class Outcome(Change):
    """The outcome of one mutant.

    Attributes:
        status: ``noticed``, ``refused`` (by the loader), ``equivalent``, ``survived`` or ``unknown``.
        by: the place of the example or case that noticed, or the code of the loader's fault.
        witness: a household that exposes a survivor.
    """

    status: Status
    by: str | None
    witness: Witness | None

    @classmethod
    def of(cls, mutant: Mutant, status: Status, by: str | None, witness: Witness | None = None) -> Outcome:
        """The outcome of *mutant*."""
        change = {one.name: getattr(mutant, one.name) for one in fields(Change)}
        return cls(**change, status=status, by=by, witness=witness)


@dataclass(frozen=True, slots=True)
class Mutations(Answer):
    """The outcomes of all mutants of a rulebook.

    Attributes:
        outcomes: one for each mutant, in the order of the files.
        trials: the number of examples and cases.
        members: ``equivalent`` is proved for households of up to so many members.
        solver: whether Z3 is installed; without it, only mutants with equal rules are ``equivalent``.
    """

    outcomes: tuple[Outcome, ...]
    trials: int
    members: int
    solver: bool

    @property
    def survivors(self) -> tuple[Outcome, ...]:
        """The mutants that no trial noticed and that are not proved equivalent."""
        return tuple(outcome for outcome in self.outcomes if outcome.status in ("survived", "unknown"))

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the mutants by status."""
        found = Counter(outcome.status for outcome in self.outcomes)
        return {status: found[status] for status in _STATUSES}

    def statement(self, lang: str = "zh") -> str:
        """The answer as text in the language *lang*: the survivors with their households, then the counts."""
        return "\n".join(self._lines(catalogue(lang))) + "\n"

    def _lines(self, words: Catalogue) -> Iterator[str]:
        for outcome in self.survivors:
            yield from _survivor(outcome, words)
            yield ""
        yield words.say("mutation.counts", number=len(self.outcomes), trials=self.trials)
        for status in _STATUSES:
            if self.counts[status] or status in ("noticed", "equivalent", "survived"):
                yield f"  {self.counts[status]:>5}  {words.say(f'mutation.status_{status}')}"
        if self.counts["equivalent"] and self.solver:
            yield words.say("mutation.reach", members=self.members)
        if self.counts["unknown"]:
            yield words.say("mutation.more_time" if self.solver else "mutation.no_solver")


def _survivor(outcome: Outcome, words: Catalogue) -> Iterator[str]:
    nothing = words.say("mutation.nothing")
    yield words.say(
        "pair", name=outcome.place(), text=words.say(f"mutation.{outcome.operator.replace(' ', '_')}")
    )
    yield f"    {outcome.was or nothing}"
    yield f"  → {outcome.now or nothing}"
    witness = outcome.witness
    if witness is None:
        yield "  " + words.say("mutation.status_unknown")
        return
    yield "  " + words.say("mutation.witness")
    yield f"    {json.dumps(witness.household, ensure_ascii=False)}"
    choices = "".join(f" --reading {name}={choice}" for name, choice in witness.readings.items())
    choices += "".join(f" --overlay {name}" for name in witness.overlays)
    yield "    " + words.say("mutation.on", on=witness.on, choices=choices)
    for name in dict.fromkeys([*witness.before, *witness.after]):
        before, after = (
            json.dumps(side.get(name), ensure_ascii=False) for side in (witness.before, witness.after)
        )
        yield "    " + words.say("pair", name=name, text=words.say("moved", before=before, after=after))
