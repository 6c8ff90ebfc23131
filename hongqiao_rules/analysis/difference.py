"""Compare two rulebooks over every household: proved equal, or the households that differ first and most.

Both rulebooks share one free household, so that one query covers all households. The direct engine assesses each
household that is found under both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer import TitledAnswer
from hongqiao_rules.analysis.answer_words import outcomes
from hongqiao_rules.analysis.prove.proof_cases import part
from hongqiao_rules.analysis.solver import check_members, sizes
from hongqiao_rules.analysis.solver.scene import Scene
from hongqiao_rules.analysis.solver.smaller import smaller
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import Symbols
from hongqiao_rules.engines.symbolic.terms import Amount, Truth
from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.naming import value_said
from hongqiao_rules.household.fields import yuan

if TYPE_CHECKING:
    from hongqiao_rules.decision.assessment import Assessment
    from hongqiao_rules.decision.edition import Edition
    from hongqiao_rules.rulebook.link import Linked


@dataclass(frozen=True, slots=True)
class Side:
    """The result of one rulebook for a household: the programme, and the total in yuan a month."""

    programme: str
    monthly_total: Decimal


@dataclass(frozen=True, slots=True)
class Witness:
    """A household for which two rulebooks differ.

    Attributes:
        household: plain values that ``assess`` takes.
        one: the result of the first rulebook.
        other: the result of the second.
        rules: the rules whose values differ, in rulebook order: ``(rule, member, one, other)``, values as in a
            trace, ``None`` if a rule did not apply.

    """

    household: Mapping[str, Any]
    one: Side
    other: Side
    rules: tuple[tuple[str, str | None, Any, Any], ...]

    @property
    def amount(self) -> Decimal:
        """The second total minus the first, yuan a month."""
        return self.other.monthly_total - self.one.monthly_total


@dataclass(frozen=True, slots=True)
class Move:
    """Moves between programmes among the households for which two rulebooks differ, with the range of amounts.

    Attributes:
        one: the programme under the first.
        other: the programme under the second.
        least: the least difference, second total minus first, yuan a month.
        most: the greatest difference.

    """

    one: str
    other: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Difference(TitledAnswer):
    """Whether two rulebooks give every household the same programme and total.

    Attributes:
        on: the date of the first.
        other_on: the date of the second.
        members: the largest number of members of a household; facts have all values in their declared ranges.
        same: whether it is proved that no household differs.
        first: a household of the fewest members that differs; ``None`` if none does.
        gains: the household with the largest gain under the second; ``None`` if none gains.
        loses: the household with the largest loss; ``None`` if none loses.
        moves: the moves between programmes of the households that differ.

    """

    on: date
    other_on: date
    members: int
    same: bool
    first: Witness | None
    gains: Witness | None
    loses: Witness | None
    moves: tuple[Move, ...]
    other_linked: Linked = field(repr=False, compare=False, kw_only=True)

    def statement(self, lang: str = "zh") -> str:
        """The answer as text in the language *lang*."""
        return "\n".join(_Words(lang, self).lines(self)) + "\n"


class _Words:
    def __init__(self, lang: str, found: Difference) -> None:
        self.words = catalogue(lang)
        both = (found.other_linked, found.linked)  # the first names what both have
        self.programmes = {code: title for book in both for code, title in outcomes(book).items()}
        self.rules = {**found.other_linked.rules, **found.linked.rules}

    def say(self, key: str, **arguments: object) -> str:
        return self.words.say(f"difference.{key}", **arguments)

    def lines(self, found: Difference) -> Iterator[str]:
        yield self.say("heading", on=found.on, other_on=found.other_on)
        yield self.say("same" if found.same else "differs", members=found.members)
        if found.first is None:
            return
        yield from ["", self.say("moves")]
        for move in found.moves:
            before, after = self.programmes[move.one], self.programmes[move.other]
            yield "  " + self.say("move", before=before, after=after, least=move.least, most=move.most)
        yield from ["", self.say("first"), *self.witness(found.first)]
        for name, witness in (("gains", found.gains), ("loses", found.loses)):
            yield ""
            if witness is None:
                yield self.say(f"none_{name}")
                continue
            yield self.say(name, amount=abs(witness.amount))
            yield from self.witness(witness)

    def witness(self, witness: Witness) -> Iterator[str]:
        yield "  " + json.dumps(witness.household, ensure_ascii=False)
        yield f"  {self.moved(self.side(witness.one), self.side(witness.other))}"
        for rule, member, one, other in witness.rules:
            title = self.rules[rule].title.say(self.words.lang)
            if member is not None:
                title = self.words.say("aside", text=title, aside=member)
            shown = [value_said(value, self.words, self.programmes) for value in (one, other)]
            yield "  " + self.words.say("pair", name=title, text=self.moved(*shown))

    def moved(self, before: str, after: str) -> str:
        return self.words.say("moved", before=before, after=after)

    def side(self, side: Side) -> str:
        return self.say("side", programme=self.programmes[side.programme], total=side.monthly_total)


def difference(one: Edition, other: Edition, on: date, other_on: date, members: int) -> Difference:
    """See :func:`hongqiao_rules.proofs.difference`."""
    check_members(members)
    return _Comparison(one, other, on, other_on).answer(members)


class _Comparison:
    def __init__(self, one: Edition, other: Edition, on: date, other_on: date) -> None:
        self.sides, self.result = ((one, on), (other, other_on)), one.fields.result
        self.days = [edition.day(day) for edition, day in self.sides]
        self.compiled = [c.compiled(day) for (c, _), day in zip(self.sides, self.days, strict=True)]

    def answer(self, members: int) -> Difference:
        definitions = self.sides[0][0].rulebook.definitions
        first = next((w for size in sizes(definitions, members) if (w := self.differing(size))), None)
        gains, loses, moves = (None, None, ()) if first is None else self.most(members)
        on, other_on = (day for _, day in self.sides)
        one, two = (edition.linked for edition, _ in self.sides)
        return Difference(
            on, other_on, members, first is None, first, gains, loses, moves, linked=one, other_linked=two
        )

    def differing(self, size: int) -> Witness | None:
        """A household of exactly *size* members that differs."""
        scene, sides = self.over(size, least=size)
        for _, truths, _ in self.moves(sides):
            model = scene.search.model(truths)
            if model is not None:
                return self.witness(scene.household(model))
        return None

    def most(self, members: int) -> tuple[Witness | None, Witness | None, tuple[Move, ...]]:
        """The households that gain and lose most, and the moves between programmes."""
        scene, sides = self.over(members)
        search = scene.search
        found: list[Move] = []
        best: list[tuple[int, Any]] = [(0, None), (0, None)]
        for (was, now), truths, rise in self.moves(sides):
            if search.model(truths) is None:
                continue
            ends = search.least(rise, truths), search.greatest(rise, truths)
            found.append(Move(was, now, *(yuan(end) for end, _ in ends)))
            for number, (end, model) in enumerate(ends):
                if abs(end) > abs(best[number][0]) and (end > 0) == (number == 1):
                    best[number] = end, model
        loses, gains = (
            None if model is None else self.witness(scene.household(model), most=True) for _, model in best
        )
        return gains, loses, tuple(found)

    def moves(self, sides: tuple[Symbols, Symbols]) -> Iterator[tuple[tuple[str, str], list[Truth], Amount]]:
        """Yield the moves between programmes, each with its conditions and the difference of the totals.

        Under a known programme most terms fold to constants.
        """
        codes = self.sides[0][0].outcomes
        parts = [[(code, *side.supposing(self.result.outcome, code)) for code in codes] for side in sides]
        for (was, one, here), (now, other, there) in product(*parts):
            rise = terms.difference(other.value(self.result.total), one.value(self.result.total))
            differs: Truth = True if was != now else terms.compare("!=", rise, 0)
            truths = [here, there, differs]
            if not any(truth is False for truth in truths):
                yield (was, now), truths, rise

    def over(self, most: int, least: int | None = None) -> tuple[Scene, tuple[Symbols, Symbols]]:
        """The households that both rulebooks accept, and the terms of both."""
        one, other = (
            part(compiled.dated, (self.result.outcome, self.result.total)) for compiled in self.compiled
        )
        day, other_day = self.days
        inputs = [side.rulebook.inputs(at) for (side, _), at in zip(self.sides, self.days, strict=True)]
        rules = list(zip((one, other), inputs, strict=True))
        scene = Scene(rules, (day, day), most, least, other_day=other_day)
        return scene, (scene.symbols(one), scene.symbols(other, 1))

    def witness(self, found: Mapping[str, Any], *, most: bool = False) -> Witness:
        """Simplify a household that differs; *most* keeps the difference of the totals."""
        one, other = self.results(found)
        if one == other:
            raise AssertionError("the solver and the direct engine disagree")
        amount = other.monthly_total - one.monthly_total

        def holds(changed: dict[str, Any]) -> bool:
            here, there = self.results(changed)
            return there.monthly_total - here.monthly_total == amount if most else here != there

        plain = smaller(self.sides[0][0].rulebook.definitions, found, self.sides[0][1], holds)
        assessed = [calculator.assess(plain, day) for calculator, day in self.sides]
        return Witness(plain, *self.results(plain), tuple(_rules(*assessed)))

    def results(self, stated: Mapping[str, Any]) -> tuple[Side, Side]:
        """Return the results of both rulebooks for a household."""
        one, other = (calculator.assess(stated, day) for calculator, day in self.sides)
        return Side(one.basis.outcome, one.basis.total), Side(other.basis.outcome, other.basis.total)


Applied = Mapping[tuple[str, str | None], Any]


def _rules(one: Assessment, other: Assessment) -> Iterator[tuple[str, str | None, Any, Any]]:
    was, now = _applied(one), _applied(other)
    for key in dict.fromkeys([*was, *now]):
        if was.get(key) != now.get(key):
            yield (*key, was.get(key), now.get(key))


def _applied(assessment: Assessment) -> Applied:
    return {(e["rule"], e["member"]): e["value"] for e in assessment.trace if e["applied"]}
