"""The proofs of the properties of a rulebook in words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hongqiao_rules.errors import catalogue
from hongqiao_rules.proofs.answers import Outcome, Proofs, Shown, Step
from hongqiao_rules.rulebook.definitions import Definitions


def statement(found: Proofs, lang: str) -> str:
    """The answer as text."""
    return "\n".join(_Speaker(lang, found.linked.definitions).lines(found)) + "\n"


class _Speaker:
    def __init__(self, lang: str, definitions: Definitions) -> None:
        self.words, self.definitions = catalogue(lang), definitions

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
            title = self.figure(name)
            if one != other:
                yield self.moved(title, self.value(name, one), self.value(name, other))
            elif shown.changed_figures is None or name == "monthly_total":
                yield self("figure", name=title, value=self.value(name, one))

    def figure(self, name: str) -> str:
        """The name of a figure: the title of its list of codes, else of the rule that concludes it."""
        definitions = self.definitions
        found = definitions.codes.get(name) or definitions.rules.get((None, name.replace("_", "-")))
        return name if found is None else found.title.say(self.words.lang)

    def value(self, name: str, value: Any) -> str:
        codes = self.definitions.codes.get(name)
        if codes is None or value not in codes.values:
            return str(value)
        return codes.values[value].say(self.words.lang)


def _changes(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where plain values differ, as JSON pointers, with what stands there; ``None`` where nothing does."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in dict.fromkeys([*one, *other]):
            yield from _changes(one.get(name), other.get(name), f"{path}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (here, there) in enumerate(zip(one, other, strict=True)):
            yield from _changes(here, there, f"{path}/{number}")
    elif one != other:
        yield path, one, other
