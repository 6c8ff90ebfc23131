"""List every mutant of a rulebook in a fixed order, so that processes number them alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from hongqiao_rules.analysis.mutate.date_mutants import Dates
from hongqiao_rules.analysis.mutate.expression_mutants import Codes, Variant, variants
from hongqiao_rules.analysis.mutate.figure_mutants import figures
from hongqiao_rules.analysis.mutate.mutant import Mutant, Mutated, Places, with_item
from hongqiao_rules.language.nodes import TRUTH, Node, Or
from hongqiao_rules.rulebook.definitions import NoticeDefinition, Origin, Overlay, Rounding, Rule
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.load import Rulebook

_WAYS = ("half-up", "half-even", "down", "up")
_Tree = tuple[tuple[tuple[str, Node], ...], tuple[int, ...], Node]
_Change = tuple[str, Origin, int, str, str, _Tree]
"""The operator, the place and the offset in it, the text before and after, the changed expressions."""


def mutants(rulebook: Rulebook) -> list[Mutant]:
    """All mutants of *rulebook*, made in the files that the caller gave (see ``Rulebook.own_files``)."""
    return list(_Maker(rulebook).all())


class _Maker:
    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook, self.definitions = rulebook, rulebook.definitions
        self.places = Places(rulebook)
        self.names: Counter[str] = Counter()
        self.dates = Dates(rulebook, self.places)

    def all(self) -> Iterator[Mutant]:
        own = self.rulebook.own_files
        for key, rule in self.definitions.rules.items():
            if rule.origin.file in own:
                yield from self.rule(key, rule)
        for key, parameter in self.definitions.parameters.items():
            if parameter.origin.file in own:
                for number, operator, value, was, now in figures(self.definitions, parameter):
                    values = list(parameter.values)
                    values[number] = values[number]._replace(value=value)
                    changed = parameter._replace(values=tuple(values))
                    origin = values[number].origin / "value"
                    yield self.defined(operator, parameter.id, origin, was, now, "parameters", key, changed)
                yield from self.moved(parameter.id, "parameters", key, self.dates.parameter(parameter))
        for key, notice in self.definitions.notices.items():
            if notice.origin.file in own:
                yield from self.notice(key, notice)
        for id_, overlay in self.definitions.overlays.items():
            if overlay.origin.file in own:
                yield from self.overlay(id_, overlay)
        if self.definitions.head.origin.file in own:
            for origin, was, now, changes in self.dates.head(self.definitions):
                apply = partial(Mutated, self.rulebook, changes)
                yield self.made("date", self.definitions.head.id, origin, 0, was, now, apply)

    # --- naming ---------------------------------------------------------------------------------------------

    def made(
        self, operator: str, subject: str, origin: Origin, offset: int, was: str, now: str, apply: Callable[[], Mutated]
    ) -> Mutant:  # fmt: skip
        """Make a mutant with its id, line and column."""
        where = ".".join(map(str, origin.path))
        folder = next((o for o in self.definitions.overlays if f"/{o}/" in origin.file), None)
        name = f"{folder + '/' if folder else ''}{subject}/{where}/{operator.replace(' ', '-')}"
        self.names[name] += 1
        if self.names[name] > 1:
            name += f"-{self.names[name]}"
        line, column = self.places.at(origin, offset)
        return Mutant(name, operator, subject, origin.file, line, column, was, now, apply)

    def defined(
        self, operator: str, subject: str, origin: Origin, was: str, now: str, table: str, key: object, item: Any
    ) -> Mutant:  # fmt: skip
        """Make a mutant that changes a definition."""

        def apply() -> Mutated:
            return Mutated(self.rulebook, with_item(self.definitions, table, key, item))

        return self.made(operator, subject, origin, 0, was, now, apply)

    def moved(
        self, subject: str, table: str, key: object, found: Iterator[tuple[Origin, str, str, Any]]
    ) -> Iterator[Mutant]:
        for origin, was, now, item in found:
            yield self.defined("date", subject, origin, was, now, table, key, item)

    # --- rules ----------------------------------------------------------------------------------------------

    def linked(self, overlay: str | None) -> Linked:
        return self.rulebook.linked(() if overlay is None else (overlay,))

    def codes(self, linked: Linked) -> Codes:
        def known(name: str) -> tuple[str, ...]:
            if name.startswith("reading:"):
                return tuple(linked.definitions.readings[name.removeprefix("reading:")].choices)
            return tuple(linked.definitions.codes[name].values)

        return known

    def rule(self, key: tuple[str | None, str], rule: Rule) -> Iterator[Mutant]:
        linked = self.linked(rule.overlay)
        codes = self.codes(linked)
        for number, typed in enumerate(linked.versions[rule.id]):
            for operator, origin, offset, was, now, tree in self.version(typed, codes):
                edit = partial(_with_version, rule, number, tree)
                yield self.made(
                    operator, rule.id, origin, offset, was, now, partial(Mutated, self.rulebook, None, edit)
                )
            rounding = typed.version.rounding
            if rounding is not None:
                yield from self.rounding(key, rule, number, rounding)
        yield from self.moved(rule.id, "rules", key, self.dates.rule(rule))
        yield from self.under(key, rule)
        yield from self.readings(key, rule)
        yield from self.precedence(linked, rule)

    def version(self, typed: TypedVersion, codes: Codes) -> Iterator[_Change]:
        """Yield the changes to the expressions of a version."""
        version = typed.version
        conditions, places = typed.conditions, typed.places
        for index, (_, node) in enumerate(conditions):
            text, origin = version.when[places[index]], version.when_origins[places[index]]
            for variant in variants(node, text, codes):
                changed = (*conditions[:index], (variant.now, variant.tree), *conditions[index + 1 :])
                yield _change(variant, text, origin, (changed, places, typed.value))
            left = conditions[:index] + conditions[index + 1 :]
            kept = places[:index] + places[index + 1 :]
            yield "dropped", origin, node.span[0], _said(text, node), "", (left, kept, typed.value)
        for place in sorted(set(places)):
            together = [index for index, at in enumerate(places) if at == place]
            if len(together) > 1:
                yield self.either(typed, place, together)
        text, origin = version.value, version.value_origin
        if self.places.said(origin) is None:
            return  # an entry has no written value
        for variant in variants(typed.value, text, codes):
            yield _change(variant, text, origin, (conditions, places, variant.tree))

    @staticmethod
    def either(typed: TypedVersion, place: int, together: list[int]) -> _Change:
        """Replace conditions that one text joins by ``and`` with their disjunction."""
        text, origin = typed.version.when[place], typed.version.when_origins[place]
        parts = tuple(typed.conditions[index][1] for index in together)
        junction = Or(type=TRUTH, span=(parts[0].span[0], parts[-1].span[1]), parts=parts)
        was = _said(text, junction)
        now = " or ".join(_said(text, part) for part in parts)
        first, last = together[0], together[-1]
        conditions = (*typed.conditions[:first], (now, junction), *typed.conditions[last + 1 :])
        places = (*typed.places[:first], place, *typed.places[last + 1 :])
        return "junction", origin, junction.span[0], was, now, (conditions, places, typed.value)

    def rounding(
        self, key: tuple[str | None, str], rule: Rule, number: int, rounding: Rounding
    ) -> Iterator[Mutant]:
        versions = list(rule.versions)
        origin = versions[number].origin / "rounding" / "way"
        if self.places.said(origin) is None:
            origin = rule.origin / "rounding" / "way"
            if number:
                return  # one rounding for all versions
        for way in _WAYS:
            if way != rounding.way:
                changed = [
                    v._replace(rounding=v.rounding._replace(way=way)) if v.rounding == rounding else v
                    for v in versions
                ]
                item = rule._replace(versions=tuple(changed))
                yield self.defined("rounding", rule.id, origin, rounding.way, way, "rules", key, item)

    def under(self, key: tuple[str | None, str], rule: Rule) -> Iterator[Mutant]:
        """Swap the choices of a reading that select the versions of a rule."""
        for name in sorted({name for version in rule.versions for name in version.under}):
            one, *others = self.definitions.readings[name].choices
            for other in others:
                swap = {one: other, other: one}
                changed = tuple(
                    v._replace(
                        under={
                            n: tuple(swap.get(c, c) for c in chosen) if n == name else chosen
                            for n, chosen in v.under.items()
                        }
                    )
                    for v in rule.versions
                )
                first = next(v for v in rule.versions if name in v.under)
                yield self.defined(
                    "reading", rule.id, first.origin / "under" / name, f"{one}, {other}", f"{other}, {one}", "rules", key,
                    rule._replace(versions=changed),
                )  # fmt: skip

    def readings(self, key: tuple[str | None, str], rule: Rule) -> Iterator[Mutant]:
        """Make another choice the default of a reading."""
        for name, reading in rule.readings.items():
            one, *others = reading.choices
            for other in others:
                order = [other, *(c for c in reading.choices if c != other)]
                changed = reading._replace(choices={c: reading.choices[c] for c in order})
                item = rule._replace(readings={**rule.readings, name: changed})
                was, now = f"default {one}", f"default {other}"
                yield self.defined("reading", name, reading.origin, was, now, "rules", key, item)

    def precedence(self, linked: Linked, rule: Rule) -> Iterator[Mutant]:
        """Swap a rule with the next one in order of precedence."""
        rules = linked.conclusions[rule.concludes].rules
        at = [r.id for r in rules].index(rule.id)
        if at + 1 == len(rules):
            return
        following = rules[at + 1]
        definitions = self.definitions
        above = [o for o in rule.overrides if o != following.id]
        changed = with_item(
            definitions, "rules", (rule.overlay, rule.id), rule._replace(overrides=tuple(above))
        )
        raised = following._replace(
            overrides=tuple(dict.fromkeys([*following.overrides, rule.id, *rule.overrides]))
        )
        raised = raised._replace(overrides=tuple(o for o in raised.overrides if o != following.id))
        changed = with_item(changed, "rules", (following.overlay, following.id), raised)
        origin = rule.origin / "overrides"
        was, now = f"{rule.id}, {following.id}", f"{following.id}, {rule.id}"
        yield self.made("precedence", rule.id, origin, 0, was, now, partial(Mutated, self.rulebook, changed))

    # --- notices and overlays -------------------------------------------------------------------------------

    def notice(self, key: tuple[str | None, str], notice: NoticeDefinition) -> Iterator[Mutant]:
        linked = self.linked(notice.overlay)
        when = next(node for found, node in linked.notices if found.code == notice.code)
        origin = notice.origin / "when"
        if when is not None and notice.when is not None:
            for variant in variants(when, notice.when, self.codes(linked)):
                was = _said(notice.when, variant.part)
                apply = partial(
                    Mutated, self.rulebook, None, partial(_with_notice, notice.code, variant.tree)
                )
                yield self.made(
                    variant.operator, notice.code, origin, variant.part.span[0], was, variant.now, apply
                )
            apply = partial(Mutated, self.rulebook, None, partial(_with_notice, notice.code, None))
            yield self.made("dropped", notice.code, origin, 0, _said(notice.when, when), "", apply)
        if notice.unless_overlay is not None:
            item = notice._replace(unless_overlay=None)
            yield self.defined(
                "dropped", notice.code, notice.origin / "unless_overlay", notice.unless_overlay, "", "notices", key, item,
            )  # fmt: skip
        yield from self.moved(notice.code, "notices", key, self.dates.notice(notice))

    def overlay(self, key: str, overlay: Overlay) -> Iterator[Mutant]:
        complete = overlay.complete
        yield self.defined(
            "negation", key, overlay.origin / "complete", str(complete).lower(), str(not complete).lower(), "overlays",
            key, overlay._replace(complete=not complete),
        )  # fmt: skip
        yield from self.moved(key, "overlays", key, self.dates.overlay(overlay))


def _said(text: str, node: Node) -> str:
    return " ".join(text[slice(*node.span)].split())


def _change(variant: Variant, text: str, origin: Origin, tree: _Tree) -> _Change:
    """Return the mutant that changes a part of the expression *text* at *origin*."""
    part = variant.part
    return variant.operator, origin, part.span[0], _said(text, part), variant.now, tree


def _with_version(rule: Rule, number: int, tree: _Tree, linked: Linked) -> Linked:
    """The linked rulebook with other expressions in a version of *rule*, if it has that rule."""
    versions = linked.versions.get(rule.id)
    if versions is None or versions[0].rule.overlay != rule.overlay:
        return linked
    conditions, places, value = tree
    changed = versions[number]._replace(conditions=conditions, places=places, value=value)
    replaced = (*versions[:number], changed, *versions[number + 1 :])
    return linked._replace(versions={**linked.versions, rule.id: replaced})


def _with_notice(code: str, when: Node | None, linked: Linked) -> Linked:
    """The linked rulebook with another condition of a notice."""
    changed = tuple((notice, when if notice.code == code else own) for notice, own in linked.notices)
    return linked._replace(notices=changed)
