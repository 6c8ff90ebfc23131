"""Results of ``check --prove``: each property proved, refuted or unknown, with its households."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from hongqiao_rules.analysis.answer import TitledAnswer
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.shown_fields import fields

Status = Literal["proved", "refuted", "unknown", "measured"]


@dataclass(frozen=True, slots=True)
class Shown:
    """One household, or two, confirmed by the direct engine.

    Attributes:
        on: the assessment date.
        readings: the choices that differ from the defaults.
        overlays: the overlays.
        household: plain values that ``assess`` takes.
        changed: the second household of a claim about two.
        figures: the figures of its assessment, by name.
        changed_figures: the figures of the second household.

    """

    on: date
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    household: Mapping[str, Any]
    changed: Mapping[str, Any] | None
    figures: Mapping[str, Any]
    changed_figures: Mapping[str, Any] | None

    @property
    def size(self) -> int:
        """The number of contained entities; a record has no id."""
        lists = (value for value in self.household.values() if isinstance(value, list))
        return sum(isinstance(one, Mapping) and "id" in one for items in lists for one in items)


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared exception: its title, and a household that it applies to; ``None`` if there is none.

    ``decided`` is false if the solver did not decide whether there is one.
    """

    title: Bilingual
    shown: Shown | None
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A rule that applies to no household from ``start`` to ``end``; ``None`` if the period has no end."""

    rule: str
    overlays: tuple[str, ...]
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """The largest rise or fall of an amount for the least rise of a fact, in yuan or a count."""

    by: Decimal
    shown: Shown


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one property.

    Attributes:
        id: the property.
        title: its title.
        overlay: the overlay that claims it, if any.
        status: ``proved`` for all households, ``refuted``, ``unknown``, or ``measured`` if nothing is claimed.
        cases: the number of cases (period, readings, overlay).
        why: why the status is ``unknown``.
        shown: the smallest household that refutes it.
        exceptions: the declared exceptions.
        unreachable: the rules that never apply.
        rise: the largest rise for the least rise of an income.
        fall: the largest fall.

    """

    id: str
    title: Bilingual
    overlay: str | None
    status: Status
    cases: int = 0
    why: str | None = None
    shown: Shown | None = None
    exceptions: tuple[Declared, ...] = ()
    unreachable: tuple[Unreachable, ...] = ()
    rise: Step | None = None
    fall: Step | None = None

    @property
    def right(self) -> bool:
        """Whether the property holds, and each declared exception applies to some household."""
        return self.status in ("proved", "measured") and all(e.shown is not None for e in self.exceptions)


@dataclass(frozen=True, slots=True)
class Proofs(TitledAnswer):
    """The results of all properties of a rulebook.

    Attributes:
        members: the largest number of members of a household; facts have all values in their declared ranges.
        overlays: the choices of overlays; ``()`` is the rules without any.
        first: the first day.
        last: the last day; ``None`` if there is no end.
        readings: the readings with more than one choice in the proofs.
        every_combination: whether the cases have every combination of them; else the defaults, and each other choice alone.
        outcomes: one for each property, in the order of their ids.

    """

    members: int
    overlays: tuple[tuple[str, ...], ...]
    first: date
    last: date | None
    readings: tuple[str, ...]
    every_combination: bool
    outcomes: tuple[Outcome, ...]

    @property
    def right(self) -> bool:
        """Whether every property is right."""
        return all(outcome.right for outcome in self.outcomes)

    def statement(self, lang: str = "zh") -> str:
        """The answer as text in the language *lang*."""
        return "\n".join(_Speaker(lang, self.linked).lines(self)) + "\n"


class _Speaker:
    def __init__(self, lang: str, linked: Linked) -> None:
        self.words, self.codes = catalogue(lang), linked.definitions.codes
        self.shown_fields = {field.name: field for field in fields(linked).figures}
        result = linked.definitions.head.result
        self.total = None if result is None else result.total

    def __call__(self, key: str, **arguments: object) -> str:
        return self.words.say(f"proof.{key}", **arguments)

    def lines(self, found: Proofs) -> Iterator[str]:
        yield self("heading")
        overlays = [
            self("overlay", name="+".join(names)) if names else self("no_overlay") for names in found.overlays
        ]
        yield self(
            "reach", members=found.members, period=self.period(found.first, found.last), overlays=overlays
        )
        if found.readings:
            key = "readings" if found.every_combination else "readings_alone"
            yield self(key, names=list(found.readings))
        for outcome in found.outcomes:
            yield ""
            yield from self.outcome(outcome)
        statuses = [outcome.status for outcome in found.outcomes]
        yield ""
        yield self("end", **{status: statuses.count(status) for status in ("proved", "refuted", "unknown")})

    def period(self, first: object, last: object) -> str:
        return self("from", first=first) if last is None else self("between", first=first, last=last)

    def outcome(self, outcome: Outcome) -> Iterator[str]:
        title: object = outcome.title
        if outcome.overlay is not None:
            title = self.words.say("aside", text=title, aside=outcome.overlay)
        yield self("line", status=self(outcome.status), id=outcome.id, title=title)
        if outcome.why is not None:
            known = f"why_{outcome.why}"
            yield "  " + (self(known) if f"proof.{known}" in self.words else self("why", why=outcome.why))
        if outcome.shown is not None:
            yield "  " + self("smallest")
            yield from self.shown(outcome.shown)
        for rule in outcome.unreachable:
            when = [self.period(rule.start, rule.end), *self.overlays(rule.overlays)]
            yield "  " + self("never", rule=rule.rule, when=when)
        for declared in outcome.exceptions:
            if declared.shown is None:
                yield "  " + self("absent" if declared.decided else "open", title=declared.title)
                continue
            yield "  " + self("declared", title=declared.title)
            yield from self.shown(declared.shown)
        if outcome.status == "measured":
            yield from self.step("rise", outcome.rise)
            yield from self.step("fall", outcome.fall)

    def step(self, name: str, step: Step | None) -> Iterator[str]:
        if step is None:
            yield "  " + self(f"no_{name}")
            return
        yield "  " + self(name, by=step.by)
        yield from self.shown(step.shown)

    def overlays(self, names: Iterable[str]) -> list[str]:
        return [self("overlay", name=name) for name in names]

    def shown(self, shown: Shown) -> Iterator[str]:
        choices = [f"{name}={choice}" for name, choice in shown.readings.items()]
        under = [self("at", on=shown.on), *choices, *self.overlays(shown.overlays)]
        yield "    " + self.words.join(under, "list.comma")
        yield "    " + json.dumps(shown.household, ensure_ascii=False)
        if shown.changed is not None:
            for path, one, other in _changes(shown.household, shown.changed):
                values = [
                    "–" if value is None else json.dumps(value, ensure_ascii=False) for value in (one, other)
                ]
                yield "    " + self.moved(path, *values)
        yield "    " + self.words.join(self.figures(shown), "list.semicolon")

    def moved(self, name: object, before: object, after: object) -> str:
        return self("figure", name=name, value=self.words.say("moved", before=before, after=after))

    def figures(self, shown: Shown) -> Iterator[str]:
        for name, one in shown.figures.items():
            other = one if shown.changed_figures is None else shown.changed_figures[name]
            title = self.shown_fields[name].title
            if one != other:
                yield self.moved(title, self.value(name, one), self.value(name, other))
            elif shown.changed_figures is None or name == self.total:
                yield self("figure", name=title, value=self.value(name, one))

    def value(self, name: str, value: Any) -> str:
        type_ = self.shown_fields[name].type
        return (
            self.codes[type_.of or ""].values[value].say(self.words.lang)
            if type_.kind == "code"
            else str(value)
        )


def _changes(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield the JSON pointers at which plain values differ, with both values; ``None`` for an absent one."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in dict.fromkeys([*one, *other]):
            yield from _changes(one.get(name), other.get(name), f"{path}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (here, there) in enumerate(zip(one, other, strict=True)):
            yield from _changes(here, there, f"{path}/{number}")
    elif one != other:
        yield path, one, other
