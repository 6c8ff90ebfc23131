"""Find what a change can affect: conclusions, overlays, readings and days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hongqiao_rules.analysis.mutate.example_run import same
from hongqiao_rules.errors import RequestError
from hongqiao_rules.language.nodes import named
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FOREVER, next_day, previous_day
from hongqiao_rules.rulebook.dependencies import Dependencies, notice_name, trees
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.ranges import check as ranges


@dataclass(frozen=True)
class Pair:
    """The different dated forms of a rulebook and its mutant under the same choices.

    Attributes:
        start: the first day, yyyymmdd.
        end: the last day, before either changes.
        readings: the named choices; the other readings take their defaults.
        overlays: the overlays.
        one: the rulebook; ``None`` if it refuses these days.
        other: the mutant; ``None`` if it refuses them.
    """

    start: int
    end: int
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    one: Dated | None
    other: Dated | None


class Reach(Dependencies):
    """The joint dependency graph of two linked rulebooks."""

    def __init__(self, one: Linked, other: Linked) -> None:
        super().__init__(one, other)
        self.one, self.other = one, other
        mine, theirs = one.definitions.readings, other.definitions.readings
        self.moved = {name for name, reading in mine.items() if reading.default != theirs[name].default}
        """The readings whose defaults differ."""
        before, after = _prints(one), _prints(other)
        self.touched = {
            name
            for name, readings in self.readings.items()
            if before.get(name) != after.get(name) or readings & self.moved
        }

    def told(self, name: str) -> bool:
        """True if an assessment shows *name*: it is a notice, a figure or an entry of a list."""
        linked = self.one if name in self.one.conclusions else self.other
        return (
            name.startswith(" ")
            or name in linked.definitions.head.figures
            or linked.conclusions[name].list is not None
        )


def _prints(linked: Linked) -> dict[str, Any]:
    """The declarations of each conclusion and notice; equal if nothing in them changed."""
    used = {
        name: {parameter: linked.parameters[parameter].values for parameter in named("parameter", found)}
        for name, found in trees(linked).items()
    }
    found: dict[str, Any] = {}
    for name, conclusion in linked.conclusions.items():
        versions = [
            (
                rule.id, v.version.start, v.version.end, v.version.under, v.version.rounding, v.value,
                [n for _, n in v.conditions],
            )
            for rule in conclusion.rules
            for v in linked.versions[rule.id]
        ]  # fmt: skip
        found[name] = versions, used[name]
    for notice, when in linked.notices:
        name = notice_name(notice.code)
        found[name] = notice.start, notice.end, notice.unless_overlay, when, used[name]
    return found


def reaches(base: Rulebook, changed: Rulebook) -> Iterator[Reach]:
    """Yield what the change affects, without overlays and under each overlay, if it affects anything."""
    for overlays in ((), *((name,) for name in base.definitions.overlays)):
        one, other = base.linked(overlays), changed.linked(overlays)
        reach = Reach(one, other)
        if reach.touched or _apart(one) != _apart(other):
            yield reach


def pairs(base: Rulebook, changed: Rulebook, reach: Reach, names: set[str]) -> Iterator[Pair]:
    """Yield the days and readings under which the two rulebooks differ.

    Args:
        base: the rulebook.
        changed: the mutant.
        reach: the dependencies under the overlays.
        names: conclusions and notices; readings that they do not depend on take their defaults.
    """
    overlays = reach.one.overlays
    asked = sorted({reading for name in names for reading in reach.readings.get(name, ())} - reach.moved)
    choices = base.definitions.readings
    days = sorted(
        {
            *base.change_dates(overlays), *changed.change_dates(overlays),
            *_ends(reach.one), *_ends(reach.other),
        }
    )  # fmt: skip
    for combination in product(*(choices[name].choices for name in asked)):
        readings = dict(zip(asked, combination, strict=True))
        for start, following in zip(days, [*days[1:], FOREVER], strict=True):
            end = previous_day(following) if following < FOREVER else FOREVER
            one, other = (_dated(rulebook, start, readings, overlays) for rulebook in (base, changed))
            if one is not None and other is not None and same(one, other):
                continue
            if one is not other:
                yield Pair(start, end, readings, overlays, one, other)


def check(base: Rulebook, changed: Rulebook) -> None:
    """Check the ranges of *changed* as the loader does, but only where it differs from *base*.

    Raises:
        PolicyError: with the first fault found.
    """
    for reach in reaches(base, changed):
        reached = reach.downstream(reach.touched)
        used = sorted({reading for name in reached for reading in reach.readings.get(name, ())})
        readings = changed.definitions.readings
        choices = [{name: choice} for name in used for choice in list(readings[name].choices)[1:]]
        for chosen in ({}, *choices):
            for day in changed.change_dates(reach.one.overlays):
                dated = _dated(changed, day, chosen, reach.one.overlays)
                if dated is not None:
                    faults = Faults(base.files)
                    ranges(dated, faults)
                    faults.settle()


def every_pair(base: Rulebook, changed: Rulebook) -> Iterator[Pair]:
    """The pairs under all readings that can change what an assessment shows."""
    for reach in reaches(base, changed):
        yield from pairs(base, changed, reach, reach.upstream(reach.downstream(reach.touched)))


def _dated(
    rulebook: Rulebook, day: int, readings: Mapping[str, str], overlays: tuple[str, ...]
) -> Dated | None:
    try:
        rulebook.check_day(day, overlays)
    except RequestError:
        return None
    known = rulebook.definitions.readings
    return rulebook.dated(day, {n: readings.get(n, r.default) for n, r in known.items()}, overlays)


def _apart(linked: Linked) -> Any:
    """Return what can differ outside conclusions and notices: the modelled days, and ``complete``."""
    definitions = linked.definitions
    overlays = [definitions.overlays[name] for name in linked.overlays]
    return definitions.head.modelled_from, [(o.start, o.end, o.complete) for o in overlays]


def _ends(linked: Linked) -> Iterator[int]:
    for name in linked.overlays:
        overlay = linked.definitions.overlays[name]
        yield overlay.start
        if overlay.end < FOREVER:
            yield next_day(overlay.end)
