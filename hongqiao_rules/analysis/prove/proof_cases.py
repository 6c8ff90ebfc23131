"""Enumerate the cases of a proof: periods, readings and overlays.

A property depends only on a part of the rulebook: the conclusions it names and their dependencies. One proof covers all
cases in which this part is equal, constant for constant: other periods, readings or overlays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from hongqiao_rules.engines.symbolic.symbolic_engine import needed
from hongqiao_rules.rulebook.dating import Dated, date
from hongqiao_rules.rulebook.definitions import FOREVER, Property, previous_day
from hongqiao_rules.rulebook.dependencies import Dependencies
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.input_rules import DatedInputs
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.properties import NAMED, UNCITED, claimed_under, expressions

LAST_DAY = 99991231
"""The last assessment date."""
MOST_COMBINATIONS = 64
"""The largest number of combinations of readings; beyond it, one reading at a time differs from the defaults."""


@dataclass(frozen=True)
class Case:
    """The rules of one period under readings and overlays.

    Attributes:
        overlays: the overlay.
        readings: the choice of every reading.
        start: the first day, yyyymmdd.
        end: the last day.
        dated: the part of the rules that the query needs, with the claims of the properties as conclusions.
        inputs: the input checks and derived defaults.
    """

    overlays: tuple[str, ...]
    readings: Mapping[str, str]
    start: int
    end: int
    dated: Dated
    inputs: DatedInputs


class Cases:
    """The cases of a rulebook.

    Args:
        rulebook: the rulebook.
        overlays: the choices of overlays; ``()`` is the rules without any.
        on: a day yyyymmdd; only its period is a case. By default every period is.
        readings: fixed choices; every choice of the other readings is a case.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        overlays: Sequence[tuple[str, ...]],
        on: int | None,
        readings: Mapping[str, str],
    ) -> None:
        self.rulebook, self.overlays, self.on, self.chosen = rulebook, overlays, on, readings
        self.linked = {names: rulebook.claimed(names) for names in overlays}
        self.depends = {names: Dependencies(linked) for names, linked in self.linked.items()}
        self._parts: dict[tuple[tuple[str, ...], frozenset[str]], Linked] = {}
        self._dated: dict[tuple[object, ...], Dated] = {}

    def claims(self) -> dict[str, dict[tuple[str, ...], Property]]:
        """The properties by id, and by the overlays under which they are claimed."""
        found: dict[str, dict[tuple[str, ...], Property]] = {}
        for names in self.overlays:
            for id_, claim in claimed_under(self.rulebook.definitions, names).items():
                found.setdefault(id_, {})[names] = claim
        return found

    def periods(self, overlays: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """The periods, first and last day, in which the overlays are in force."""
        days = self.rulebook.change_dates(overlays)
        known = self.rulebook.definitions.overlays
        first = max((known[name].start for name in overlays), default=0)
        last = min((known[name].end for name in overlays), default=FOREVER)
        for number, start in enumerate(days):
            end = previous_day(days[number + 1]) if number + 1 < len(days) else LAST_DAY
            within = self.on is None or start <= self.on <= end
            if within and first <= start <= last:
                yield start, end

    def combinations(self, overlays: tuple[str, ...], names: Collection[str]) -> list[dict[str, str]]:
        """Every combination of the readings that the conclusions *names* depend on, the defaults first.

        If there are too many, the defaults, and each other choice alone.
        """
        known = self.rulebook.definitions.readings
        default = {name: self.chosen.get(name, reading.default) for name, reading in known.items()}
        heard = self.depends[overlays].heard_by(names)
        open_ = [name for name in known if name in heard and name not in self.chosen]
        if self.every(overlays, names):
            taken = product(*(known[name].choices for name in open_))
            return [{**default, **dict(zip(open_, choices, strict=True))} for choices in taken]
        return [default, *({**default, n: c} for n in open_ for c in list(known[n].choices)[1:])]

    def every(self, overlays: tuple[str, ...], names: Collection[str]) -> bool:
        """Whether :meth:`combinations` returns every combination."""
        known, heard = self.rulebook.definitions.readings, self.depends[overlays].heard_by(names)
        count = prod(len(known[name].choices) for name in heard if name not in self.chosen)
        return count <= MOST_COMBINATIONS

    def of(
        self, overlays: tuple[str, ...], names: Collection[str], *, by_default: bool = False
    ) -> Iterator[Case]:
        """The cases of the conclusions *names* under *overlays*, the default readings first.

        With *by_default*, only the default readings.
        """
        combinations = self.combinations(overlays, names)
        for combination in combinations[:1] if by_default else combinations:
            for start, end in self.periods(overlays):
                yield self.case(overlays, combination, start, end, names)

    def case(
        self,
        overlays: tuple[str, ...],
        readings: Mapping[str, str],
        start: int,
        end: int,
        names: Iterable[str],
    ) -> Case:
        """One case of the conclusions *names*, with the part of the rules that they depend on."""
        part = self._part(overlays, frozenset(names))
        key = (id(part), start, *readings.values())
        if key not in self._dated:
            faults = Faults(self.rulebook.files)
            self._dated[key] = date(part, start, end, readings, faults)
            faults.settle()
        return Case(overlays, readings, start, end, self._dated[key], self.rulebook.inputs(start))

    def _part(self, overlays: tuple[str, ...], names: frozenset[str]) -> Linked:
        """Return the dependencies of the conclusions *names* in the linked rulebook."""
        if (overlays, names) not in self._parts:
            linked = self.linked[overlays]
            wanted = self.depends[overlays].upstream(names)
            kept = {name: conclusion for name, conclusion in linked.conclusions.items() if name in wanted}
            self._parts[overlays, names] = linked._replace(conclusions=kept, notices=())
        return self._parts[overlays, names]


def parts_of(claim: Property, linked: Linked) -> set[str]:
    """The conclusions that a property names: its expressions, and the conclusions of its lists."""
    names = {name for name, _, _ in expressions(claim)}
    for name in claim.claims if claim.form in NAMED else ():
        names |= {name} | {c.name for c in linked.conclusions.values() if c.list == name}
    return names


def part(dated: Dated, names: Iterable[str]) -> Dated:
    """The part of a dated rulebook that the conclusions *names* depend on."""
    wanted, kept = set(names), []
    for conclusion in reversed(dated.conclusions):
        if conclusion.name in wanted:
            kept.append(conclusion)
            wanted |= needed(conclusion)
    return dated._replace(conclusions=tuple(reversed(kept)), notices=())


def independent_of(claim: Property, linked: Linked) -> set[str]:
    """The facts that a property says its results are independent of."""
    named = set(claim.of) - {UNCITED}
    return named | (uncited(linked) if UNCITED in claim.of else set())


def uncited(linked: Linked) -> set[str]:
    """The facts that no rule with a citation depends on."""
    rules = [(c.name, rule) for c in linked.conclusions.values() for rule in c.rules]
    cited = Dependencies(linked).upstream((name for name, rule in rules if rule.citations))
    facts = (fact for entity in linked.definitions.entities.values() for fact in entity.facts.values())
    return {fact.name for fact in facts if fact.type.kind not in ("text", "reference")} - cited
