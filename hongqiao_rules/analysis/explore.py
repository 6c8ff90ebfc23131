"""Bound the result of a household with unknown facts, and find the next question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer import HouseholdAnswer, noticed
from hongqiao_rules.analysis.answer_words import Speaker
from hongqiao_rules.analysis.situation import Situation, Values
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.analysis.unknowns import Place, understood
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import FULL_YEAR, Symbols
from hongqiao_rules.engines.symbolic.terms import Choice, Truth
from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.facts_reader import fen
from hongqiao_rules.household.fields import yuan

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition


@dataclass(frozen=True, slots=True)
class Bound:
    """The least or the greatest total of a household.

    Attributes:
        monthly_total: yuan a month.
        programme: the programme of a household with that total.
        household: this household, as plain values that ``assess`` takes.

    """

    monthly_total: Decimal
    programme: str
    household: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unknown:
    """One unknown value.

    Attributes:
        path: its JSON pointer.
        member: the id of the member it is about; ``None`` for the household.
        fact: the field.
        matters: whether it can change the programme or the total.
        alone: the largest difference of the total, yuan a month, that it can make while all else is held fixed.
        leaves: the largest range of the total, yuan a month, that remains once it is known.
        needs_paper: whether it needs a document.
        intrusive: whether it is sensitive.

    """

    path: str
    member: str | None
    fact: str
    matters: bool
    alone: Decimal
    leaves: Decimal
    needs_paper: bool
    intrusive: bool


@dataclass(frozen=True, slots=True)
class Exploration(HouseholdAnswer):
    """The possible results of a household with unknown facts.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        decided: whether no unknown can change the programme or the total.
        programmes: the possible programmes.
        least: the least total.
        greatest: the greatest total.
        unknowns: the unknown values, in the order of the document.
        next_question: the path of the next question: first what needs no document and is not sensitive; among these,
            what narrows the result most. ``None`` if all is decided.

    """

    household: str
    on: date
    decided: bool
    programmes: tuple[str, ...]
    least: Bound
    greatest: Bound
    unknowns: tuple[Unknown, ...]
    next_question: str | None

    def _lines(self, say: Speaker) -> Iterator[str]:
        yield from say.about("explore", self.household, self.on)
        yield ""
        if self.decided:
            programme = say.programme(self.programmes[0])
            yield say("explore.decided", programme=programme, total=self.least.monthly_total)
        else:
            yield say("explore.possible", programmes=[say.programme(code) for code in self.programmes])
            least, greatest = self.least, self.greatest
            yield say("explore.between", least=least.monthly_total, greatest=greatest.monthly_total)
            yield _instance(least, self.unknowns, say)
            yield _instance(greatest, self.unknowns, say)
        if self.unknowns:
            yield ""
            yield say("explore.unknown")
        names = {
            unknown.path: say.what(unknown.path, unknown.fact, unknown.member) for unknown in self.unknowns
        }
        for unknown in self.unknowns:
            yield f"  {_unknown(unknown, names[unknown.path], say)}"
        if self.next_question is not None:
            yield ""
            yield say("explore.next", what=names[self.next_question])


def _unknown(unknown: Unknown, what: str, say: Speaker) -> str:
    if not unknown.matters:
        return say("explore.no_matter", what=what)
    key = "explore.matters" if unknown.alone else "explore.programme_only"
    text = say(key, what=what, alone=unknown.alone, leaves=unknown.leaves)
    costs = [
        say(f"explore.{name}")
        for name, has in (("needs_paper", unknown.needs_paper), ("intrusive", unknown.intrusive))
        if has
    ]
    return say("aside", text=text, aside=costs) if costs else text


def _instance(bound: Bound, unknowns: Sequence[Unknown], say: Speaker) -> str:
    values = []
    for unknown in unknowns:
        value: Any = bound.household
        for step in unknown.path.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list | tuple) else value[step]
        what = say.what(unknown.path, unknown.fact, unknown.member)
        said = say.said(unknown.fact, unknown.member, unknown.path, value)
        values.append(say("answer.value", what=what, value=said))
    programme = say.programme(bound.programme)
    said = say("explore.for_instance", total=bound.monthly_total, programme=programme, values=values)
    return f"  {said}"


def explore(edition: Edition, value: Any, on: date) -> Exploration:
    """Explore *value*, a household with unknown fields; see :meth:`Calculator.explore`."""
    stated = understood(value, edition.day(on), edition.reader)
    return _Exploring(Situation(edition, stated, on)).result()


class _Exploring:
    def __init__(self, situation: Situation) -> None:
        self.situation, self.search = situation, Search(situation.space)
        self.unknown = situation.stated.unknown
        self.values: Values = {place: situation.fresh(place) for place in self.unknown}
        self.facts = situation.facts(self.values)
        self.symbols = situation.engine.symbols(self.facts, situation.day)
        self.accepted = list(situation.accepted(self.facts))

    def result(self) -> Exploration:
        household = self.situation.stated.household
        self.nothing_left_out()
        if self.search.model(self.accepted) is None:
            raise HouseholdError([Fault("NO_HOUSEHOLD_LEFT", "")], household.id)
        outcome = self.symbols.value(self.situation.result.outcome)
        total = self.symbols.value(self.situation.result.total)
        least = self.bound(*self.search.least(total, self.accepted))
        greatest = self.bound(*self.search.greatest(total, self.accepted))
        guards: Mapping[Any, Truth] = outcome.guards if isinstance(outcome, Choice) else {outcome: True}
        possible = [
            code
            for code in self.situation.edition.outcomes
            if code in (least.programme, greatest.programme)
            or (code in guards and self.search.model([*self.accepted, guards[code]]) is not None)
        ]
        decided = len(possible) == 1 and least.monthly_total == greatest.monthly_total
        unknowns = tuple(self.unknowns(greatest.monthly_total - least.monthly_total, decided=decided))
        asked = sorted(
            (u for u in unknowns if u.matters), key=lambda u: (u.needs_paper + u.intrusive, u.leaves, -u.alone)
        )  # fmt: skip
        return Exploration(
            household.id, self.situation.on, decided, tuple(possible), least, greatest, unknowns,
            asked[0].path if asked else None, linked=self.situation.linked,
            notices=noticed(*(self.situation.assess(bound.household) for bound in (least, greatest))),
        )  # fmt: skip

    def nothing_left_out(self) -> None:
        """Refuse a household without a fact that some completion needs.

        Otherwise the answer would exclude these completions.
        """
        if not self.unknown:
            return
        fitting = list(self.situation.fitting(self.facts))
        faults = [
            Fault("PERHAPS_NEEDED", path, name=path.rpartition("/")[2])
            for path, needed in self.situation.needed(self.facts)
            if self.search.model([*fitting, needed]) is not None
        ]
        if faults:
            raise HouseholdError(faults, self.situation.stated.household.id)

    def bound(self, fen: int, model: Any) -> Bound:
        household = self.situation.household(self.likely(fen, model), self.values)
        assessment = self.situation.assess(household)
        assert assessment.basis.total == yuan(fen), household
        return Bound(assessment.basis.total, assessment.basis.outcome, household)

    def likely(self, fen: int, model: Any) -> Any:
        """A model of the same total without dates over 100 years ago, if there is one; else *model*."""
        total = self.symbols.value(self.situation.result.total)
        dates = [term for place, term in self.values.items() if place.kind.type.kind == "date"]
        recent = [terms.compare(">=", term, self.situation.day - 100 * FULL_YEAR) for term in dates]
        wanted = [*self.accepted, *recent, terms.compare("==", total, fen)]
        return (self.search.model(wanted) if dates else None) or model

    def unknowns(self, open_: Decimal, *, decided: bool) -> Iterator[Unknown]:
        others = {} if decided else {place: self.situation.fresh(place) for place in self.unknown}
        nothing = Decimal("0.00")
        alone = {place: self.alone(place, others[place], open_) for place in others}
        mattering = {place for place, (matters, _) in alone.items() if matters}
        for place in self.unknown:
            leaves = open_
            if place in mattering:
                shared = {**others, place: self.values[place]}
                leaves = self.leaves(shared, open_) if len(mattering) > 1 else nothing
            yield Unknown(
                place.pointer, self.situation.stated.id_of(place), place.fact.name,
                place in mattering, alone[place][1] if alone else nothing, leaves, place.fact.needs_paper,
                place.fact.intrusive,
            )  # fmt: skip

    def alone(self, place: Place, other: Any, open_: Decimal) -> tuple[bool, Decimal]:
        """Whether households that differ only there can differ in result, and the largest difference of their totals."""
        second, both = self.second({**self.values, place: other})
        apart = self.apart(second, both, open_)
        one, two = (symbols.value(self.situation.result.outcome) for symbols in (self.symbols, second))
        return bool(apart) or self.search.model([*both, terms.compare("!=", one, two)]) is not None, apart

    def leaves(self, values: Values, open_: Decimal) -> Decimal:
        """Return the largest difference of totals between two households that agree in one unknown."""
        second, both = self.second(values)
        return self.apart(second, both, open_)

    def apart(self, second: Symbols, both: list[Truth], open_: Decimal) -> Decimal:
        """Return the largest difference of totals between two households; at most *open_*, which is tried first."""
        totals = (symbols.value(self.situation.result.total) for symbols in (self.symbols, second))
        apart = terms.difference(*totals)
        if self.search.model([*both, terms.compare(">=", apart, fen(open_))]) is not None:
            return open_
        return yuan(self.search.greatest(apart, both)[0])

    def second(self, values: Values) -> tuple[Symbols, list[Truth]]:
        """A second household with other *values*, and the constraints under which both are accepted."""
        facts = self.situation.facts(values)
        symbols = self.situation.engine.symbols(facts, self.situation.day)
        return symbols, [*self.accepted, *self.situation.accepted(facts)]
