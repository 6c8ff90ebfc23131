"""How far a change can reach: which conclusions it touches, and under which overlays, readings and days it can matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hongqiao_rules.errors import RequestError
from hongqiao_rules.mutations.noticing import same
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FOREVER, next_day, previous_day
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Faults, Rulebook
from hongqiao_rules.rulebook.nodes import Node, Parameter, Read, Reading, Total, walk
from hongqiao_rules.rulebook.ranges import check as ranges


@dataclass(frozen=True)
class Pair:
    """Two dated rulebooks for the same question, which do not say the same.

    Attributes:
        start: the first day, yyyymmdd.
        end: the last day on which both are these.
        readings: the choices that whoever asks names.
        overlays: the overlays.
        one: the first rulebook; ``None`` where it refuses these days.
        other: the second.

    """

    start: int
    end: int
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    one: Dated | None
    other: Dated | None


class Reach:
    """What depends on what, in two linked rulebooks taken together. Notices are names that begin with a space."""

    def __init__(self, one: Linked, other: Linked) -> None:
        self.one, self.other = one, other
        self.needs: dict[str, set[str]] = {}
        self.readings: dict[str, set[str]] = {}
        for linked in (one, other):
            for name, trees in _trees(linked).items():
                self._look(linked, name, trees)
            for name, conclusion in linked.conclusions.items():
                for rule in conclusion.rules:
                    for typed in linked.versions[rule.id]:
                        self.readings[name] |= typed.version.under.keys()
        mine, theirs = _prints(one), _prints(other)
        self.touched = {
            name for name in self.needs if mine.get(name) != theirs.get(name)
        } | self._by_default()

    def _look(self, linked: Linked, name: str, trees: list[Node]) -> None:
        needs, readings = self.needs.setdefault(name, set()), self.readings.setdefault(name, set())
        for tree in trees:
            for node in walk(tree):
                if isinstance(node, Read) and node.name in linked.conclusions:
                    needs.add(node.name)
                elif isinstance(node, Total):
                    needs |= {c.name for c in linked.conclusions.values() if c.list == node.name}
                elif isinstance(node, Reading):
                    readings.add(node.name)

    def _by_default(self) -> set[str]:
        return {name for name, used in self.readings.items() if used & set(self.other_defaults)}

    @property
    def other_defaults(self) -> Mapping[str, tuple[str, str]]:
        """The readings whose default differs, with both defaults."""
        mine, theirs = self.one.definitions.readings, self.other.definitions.readings
        return {
            name: (reading.default, theirs[name].default)
            for name, reading in mine.items()
            if reading.default != theirs[name].default
        }

    def upstream(self, names: set[str]) -> set[str]:
        """*names* and all that they are worked out from."""
        return _closed(names, lambda name: self.needs.get(name, set()))

    def downstream(self, names: set[str]) -> set[str]:
        """*names* and all that rests on them."""
        return _closed(names, lambda name: self.resting(name))

    def resting(self, name: str) -> set[str]:
        """What reads *name* itself."""
        return {other for other, needs in self.needs.items() if name in needs}

    def told(self, name: str) -> bool:
        """Whether an assessment tells it: a figure, an entry of a list, a notice."""
        linked = self.one if name in self.one.conclusions else self.other
        return (
            name.startswith(" ")
            or name in linked.definitions.head.figures
            or linked.conclusions[name].list is not None
        )


def _closed(names: set[str], following: Callable[[str], set[str]]) -> set[str]:
    found, waiting = set(names), list(names)
    while waiting:
        for name in following(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _trees(linked: Linked) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for name, conclusion in linked.conclusions.items():
        versions = [typed for rule in conclusion.rules for typed in linked.versions[rule.id]]
        found[name] = [
            node for typed in versions for node in (typed.value, *(n for _, n in typed.conditions))
        ]
    for notice, when in linked.notices:
        found[f" {notice.code}"] = [] if when is None else [when]
    return found


def _prints(linked: Linked) -> dict[str, Any]:
    """All that a conclusion or notice says itself."""
    used = {
        name: {n.name: linked.parameters[n.name].values for t in trees for n in walk(t) if isinstance(n, Parameter)}
        for name, trees in _trees(linked).items()
    }  # fmt: skip
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
        name = f" {notice.code}"
        found[name] = notice.start, notice.end, notice.unless_overlay, when, used[name]
    return found


def reaches(base: Rulebook, changed: Rulebook) -> Iterator[Reach]:
    """How far the change reaches, without overlays and under each of them, where it reaches anything."""
    for overlays in ((), *((name,) for name in base.definitions.overlays)):
        one, other = base.linked(overlays), changed.linked(overlays)
        reach = Reach(one, other)
        if reach.touched or _apart(one) != _apart(other):
            yield reach


def pairs(base: Rulebook, changed: Rulebook, reach: Reach, names: set[str]) -> Iterator[Pair]:
    """Everything that both rulebooks can be asked for and answer with other words.

    Args:
        base: the first rulebook.
        changed: the second.
        reach: how far the change reaches under the overlays.
        names: the readings that these turn on are taken apart; all others take their default.

    """
    overlays = reach.one.overlays
    used = {reading for name in names for reading in reach.readings.get(name, ())}
    asked = sorted(used - reach.other_defaults.keys())
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
    """Refuse what the loader would refuse of *changed*, looking only where it can differ from *base*, which was loaded.

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
    """The pairs under all readings that can matter to anything an assessment tells."""
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
    """What changes an assessment beside conclusions and notices: which days are modelled, and what is complete."""
    definitions = linked.definitions
    overlays = [definitions.overlays[name] for name in linked.overlays]
    return definitions.head.modelled_from, [(o.start, o.end, o.complete) for o in overlays]


def _ends(linked: Linked) -> Iterator[int]:
    for name in linked.overlays:
        overlay = linked.definitions.overlays[name]
        yield overlay.start
        if overlay.end < FOREVER:
            yield next_day(overlay.end)
