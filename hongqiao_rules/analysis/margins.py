"""Find how far each stated figure is from a change of the decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer import HouseholdAnswer, noticed
from hongqiao_rules.analysis.answer_words import Speaker
from hongqiao_rules.analysis.situation import Situation
from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.analysis.unknowns import Place, places, wholly_known, with_values
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import Symbols
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.household.fields import parse_date, parse_money, yuan
from hongqiao_rules.rulebook.definitions import Result

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition

FIGURES = ("money", "date", "number")


@dataclass(frozen=True, slots=True)
class Turn:
    """The nearest value with another decision.

    Attributes:
        at: the value, as in JSON.
        by: its distance from the stated value: yuan, days, or a count.
        programme: the programme at that value.
        monthly_total: the total at that value.
        appears: the rules of the benefits that are paid at that value only.
        disappears: the rules of the benefits that are paid at the stated value only.

    """

    at: Any
    by: Decimal | int
    programme: str
    monthly_total: Decimal
    appears: tuple[str, ...]
    disappears: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Margin:
    """The distance of one figure from a change of the programme, or of the benefits that each member gets.

    Attributes:
        path: the JSON pointer of the figure.
        member: the id of the member it is about; ``None`` for the household.
        fact: the field.
        stated: the stated value.
        below: the nearest smaller value with another decision; ``None`` if there is none.
        above: the nearest greater value with another decision; ``None`` if there is none.

    """

    path: str
    member: str | None
    fact: str
    stated: Any
    below: Turn | None
    above: Turn | None


@dataclass(frozen=True, slots=True)
class Margins(HouseholdAnswer):
    """The margins of every stated figure of a household, in the order of its members.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        programme: the programme.
        monthly_total: the total.
        figures: each stated amount, date of birth and grade.

    """

    household: str
    on: date
    programme: str
    monthly_total: Decimal
    figures: tuple[Margin, ...]

    def _lines(self, say: Speaker) -> Iterator[str]:
        yield from say.about("margins", self.household, self.on)
        yield say("margins.now", programme=say.programme(self.programme), total=self.monthly_total)
        for figure in self.figures:
            yield ""
            yield say("pair", name=say.what(figure.path, figure.fact, figure.member), text=figure.stated)
            if figure.below is None and figure.above is None:
                yield "  " + say("margins.steady")
            yield from _turns(figure, say)


def _turns(figure: Margin, say: Speaker) -> Iterator[str]:
    dates = isinstance(figure.stated, str) and "-" in figure.stated
    for turn, key, dated in ((figure.below, "below", "earlier"), (figure.above, "above", "later")):
        if turn is not None:
            by: object = turn.by
            if dates:
                by = say("unit.days", count=by)
            key = dated if dates else key
            yield "  " + say(f"margins.{key}", at=turn.at, by=by, then=_then(turn, say))


def _then(turn: Turn, say: Speaker) -> str:
    parts = [say.result(turn.programme, turn.monthly_total)]
    for key, rules in (("gained", turn.appears), ("lost", turn.disappears)):
        if rules:
            parts.append(say(f"margins.{key}", rules=[say.rule(rule) for rule in rules]))
    return say.words.join(parts, "list.comma")


def margins(edition: Edition, value: Any, on: date) -> Margins:
    """Return the margin of each stated figure; see :meth:`Calculator.margins`."""
    situation = Situation(edition, wholly_known(edition, value, on), on)
    household = situation.stated.household
    before = situation.assess(situation.stated.value)
    found = [
        _margin(situation, place, before)
        for place in places(household, edition.rulebook)
        if place.kind.type.kind in FIGURES
    ]
    return Margins(
        household.id,
        on,
        before.basis.outcome,
        before.basis.total,
        tuple(found),
        linked=situation.linked,
        notices=noticed(before),
    )


def _margin(situation: Situation, place: Place, before: Assessment) -> Margin:
    search, term = Search(situation.space), situation.fresh(place)
    facts = situation.facts({place: term})
    symbols = situation.engine.symbols(facts, situation.day)
    as_stated, pays = situation.symbols({}), situation.result.pays
    turns = terms.disjunction(decision_differs(as_stated, symbols, situation.result))
    found = place.of(situation.stated.household)
    stated = found if isinstance(found, int) else str(found)
    number = _number(place, stated)
    known = [*situation.accepted(facts), turns]

    def turn(sign: str) -> Turn | None:
        wanted = [*known, terms.compare(sign, term, number)]
        if search.model(wanted) is None:
            return None
        nearest = search.greatest if sign == "<" else search.least
        at = plain(place.kind, nearest(term, wanted)[0])
        after = situation.assess(with_values(situation.stated.value, {place: at}))
        return Turn(
            at, _distance(place, stated, at), after.basis.outcome, after.basis.total,
            _rules(after, pays, without=before), _rules(before, pays, without=after),
        )  # fmt: skip

    member = situation.stated.id_of(place)
    return Margin(place.pointer, member, place.fact.name, stated, turn("<"), turn(">"))


def decision_differs(one: Symbols, other: Symbols, result: Result) -> Iterator[Truth]:
    """Yield the formulas that two decisions differ in the programme, or in one entry of the benefits."""
    yield terms.compare("!=", one.value(result.outcome), other.value(result.outcome))
    for (_, _, first), (_, _, second) in zip(one.lines(result.pays), other.lines(result.pays), strict=True):
        yield terms.compare("!=", terms.nonzero(first), terms.nonzero(second))


def _number(place: Place, stated: Any) -> int:
    if place.kind.type.kind == "date":
        return int(stated.replace("-", ""))
    kind = place.kind
    found = parse_money(stated, kind.least, kind.most) if kind.type.kind == "money" else int(stated)
    assert found is not None  # it was read
    return found


def _distance(place: Place, one: Any, other: Any) -> Decimal | int:
    if place.kind.type.kind == "date":
        first, second = parse_date(one), parse_date(other)
        assert first is not None  # they are
        assert second is not None
        return abs((first - second).days)
    apart = abs(_number(place, one) - _number(place, other))
    return yuan(apart) if place.kind.type.kind == "money" else apart


def _rules(assessment: Assessment, pays: str, *, without: Assessment) -> tuple[str, ...]:
    others = {(line.rule, line.member) for line in without.lists[pays]}
    found = [line.rule for line in assessment.lists[pays] if (line.rule, line.member) not in others]
    return tuple(dict.fromkeys(found))
