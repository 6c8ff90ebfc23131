"""Mutate dates by one day: starts and ends of rules, values, notices, overlays and the rulebook."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from hongqiao_rules.analysis.mutate.mutant import Places
from hongqiao_rules.rulebook import definitions as d
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.assemble import CHECKED
from hongqiao_rules.rulebook.load import Rulebook

_MOVES: tuple[Callable[[int], int], ...] = (d.previous_day, d.next_day)


class Dates:
    """Moves the dates that the files state. Results are the place, the date before and after, the changed definition."""

    def __init__(self, rulebook: Rulebook, places: Places) -> None:
        self.rulebook, self.places = rulebook, places

    def parameter(self, parameter: d.Parameter) -> Iterator[tuple[d.Origin, str, str, d.Parameter]]:
        """Move the first day of each value, with the last day of the value before it; and a stated end."""
        values = parameter.values
        before = dict(pairwise(reversed(range(len(values)))))
        for number, value in enumerate(values):
            for move in _MOVES:
                start = move(value.start)
                changed = list(values)
                changed[number] = value._replace(start=start)
                if number in before:
                    earlier = values[before[number]]
                    changed[before[number]] = earlier._replace(end=d.previous_day(start))
                yield (
                    value.origin / "from", d.iso(value.start), d.iso(start),
                    parameter._replace(values=tuple(changed)),
                )  # fmt: skip
            if number + 1 == len(values) and self.places.said(value.origin / "until") is not None:
                for move in _MOVES:
                    end = move(value.end)
                    changed = [*values[:-1], value._replace(end=end)]
                    yield (
                        value.origin / "until", d.iso(value.end), d.iso(end),
                        parameter._replace(values=tuple(changed)),
                    )  # fmt: skip

    def rule(self, rule: d.Rule) -> Iterator[tuple[d.Origin, str, str, d.Rule]]:
        """Move the first and the last day of a rule, or of each version that states its own."""
        for key, name in (("from", "start"), ("until", "end")):
            shared = rule.origin / key
            own = {
                number: version.origin / key
                for number, version in enumerate(rule.versions)
                if version.origin != rule.origin and self.places.said(version.origin / key) is not None
            }
            groups = [(origin, [number]) for number, origin in own.items()]
            if self.places.said(shared) is not None:
                groups.append((shared, [n for n in range(len(rule.versions)) if n not in own]))
            for origin, numbers in groups:
                for move in _MOVES if numbers else ():
                    was = getattr(rule.versions[numbers[0]], name)
                    now = move(was)
                    versions = [
                        _with(version, name, now) if number in numbers else version
                        for number, version in enumerate(rule.versions)
                    ]
                    yield origin, d.iso(was), d.iso(now), rule._replace(versions=tuple(versions))

    def notice(self, notice: d.NoticeDefinition) -> Iterator[tuple[d.Origin, str, str, d.NoticeDefinition]]:
        """Move the first and the last day of a notice."""
        for key, name in (("from", "start"), ("until", "end")):
            origin = notice.origin / key
            if notice.code == CHECKED or self.places.said(origin) is None:
                continue
            for move in _MOVES:
                was = getattr(notice, name)
                yield origin, d.iso(was), d.iso(move(was)), _with(notice, name, move(was))

    def overlay(self, overlay: d.Overlay) -> Iterator[tuple[d.Origin, str, str, d.Overlay]]:
        """Move the first and the last day of an overlay."""
        for key, name in (("from", "start"), ("until", "end")):
            if self.places.said(overlay.origin / key) is not None:
                for move in _MOVES:
                    was = getattr(overlay, name)
                    yield (
                        overlay.origin / key, d.iso(was), d.iso(move(was)),
                        _with(overlay, name, move(was)),
                    )  # fmt: skip

    def head(self, definitions: Definitions) -> Iterator[tuple[d.Origin, str, str, Definitions]]:
        """Move the first modelled day, and the last checked day."""
        head = definitions.head
        for move in _MOVES:
            changed = copy.copy(definitions)
            changed.head = head._replace(modelled_from=move(head.modelled_from))
            yield (
                head.origin / "modelled_from",
                d.iso(head.modelled_from),
                d.iso(move(head.modelled_from)),
                changed,
            )
        for move in _MOVES:
            changed = copy.copy(definitions)
            notice = definitions.notices[None, CHECKED]
            moved = move(head.checked_to)
            changed.notices = {
                **definitions.notices,
                (None, CHECKED): notice._replace(start=d.next_day(moved)),
            }
            yield head.origin / "checked_to", d.iso(head.checked_to), d.iso(moved), changed


def _with(definition: Any, name: str, value: int) -> Any:
    """A definition with another day in it."""
    return definition._replace(**{name: value})
