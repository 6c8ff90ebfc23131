"""How far a change can reach: which conclusions it touches, and under which overlays, readings and days it can matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from hongqiao_rules.errors import RequestError
from hongqiao_rules.mutations.noticing import same
from hongqiao_rules.rulebook.build import next_day, previous_day
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FOREVER
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.nodes import Node, Parameter, Read, Reading, Total, walk


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
        self.touched = {
            name for name in self.needs if _prints(one).get(name) != _prints(other).get(name)
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
        found, waiting = set(names), list(names)
        while waiting:
            for needed in self.needs.get(waiting.pop(), ()):
                if needed not in found:
                    found.add(needed)
                    waiting.append(needed)
        return found

    def downstream(self, names: set[str]) -> set[str]:
        """*names* and all that rests on them."""
        found = set(names)
        while more := {name for name, needs in self.needs.items() if needs & found and name not in found}:
            found |= more
        return found

    def matter(self, names: set[str]) -> list[str]:
        """The readings on which *names* turn."""
        return sorted({reading for name in self.upstream(names) for reading in self.readings[name]})


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


def pairs(base: Rulebook, changed: Rulebook, *, local: bool) -> Iterator[tuple[Reach, Pair]]:
    """Everything that both rulebooks can be asked for and answer with other words.

    Args:
        base: the first rulebook.
        changed: the second.
        local: take only those readings apart on which the touched conclusions themselves turn, and not those on which
            what follows from them turns.

    """
    for overlays in ((), *((name,) for name in base.definitions.overlays)):
        one, other = base.linked(overlays), changed.linked(overlays)
        reach = Reach(one, other)
        complete = [
            [linked.definitions.overlays[name].complete for name in overlays] for linked in (one, other)
        ]
        if not reach.touched and complete[0] == complete[1] and _bounds(one) == _bounds(other):
            continue
        wide = reach.touched if local else reach.downstream(reach.touched)
        asked = [name for name in reach.matter(wide) if name not in reach.other_defaults]
        choices = base.definitions.readings
        days = sorted(
            {*base.change_dates(overlays), *changed.change_dates(overlays), *_starts(one), *_starts(other)}
        )
        for combination in product(*(choices[name].choices for name in asked)):
            readings = dict(zip(asked, combination, strict=True))
            for start, following in zip(days, [*days[1:], FOREVER], strict=True):
                end = previous_day(following) if following < FOREVER else FOREVER
                dateds = [_dated(rulebook, start, readings, overlays) for rulebook in (base, changed)]
                if dateds[0] is None and dateds[1] is None:
                    continue
                if None not in dateds and same(*dateds):  # type: ignore[arg-type]  # neither is None
                    continue
                yield reach, Pair(start, end, readings, overlays, *dateds)


def _dated(
    rulebook: Rulebook, day: int, readings: Mapping[str, str], overlays: tuple[str, ...]
) -> Dated | None:
    try:
        rulebook.check_day(day, overlays)
    except RequestError:
        return None
    known = rulebook.definitions.readings
    return rulebook.dated(day, {n: readings.get(n, r.default) for n, r in known.items()}, overlays)


def _bounds(linked: Linked) -> Any:
    definitions = linked.definitions
    return definitions.head.modelled_from, [(o.start, o.end) for o in definitions.overlays.values()]


def _starts(linked: Linked) -> Iterator[int]:
    for name in linked.overlays:
        overlay = linked.definitions.overlays[name]
        yield overlay.start
        if overlay.end < FOREVER:
            yield next_day(overlay.end)
