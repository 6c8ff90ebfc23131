"""Compute the monthly total as a function of one amount, in exact pieces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer import HouseholdAnswer, noticed
from hongqiao_rules.analysis.answer_words import Speaker
from hongqiao_rules.analysis.situation import Situation
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.analysis.unknowns import (
    Place,
    Stated,
    entities,
    holders,
    may_vary,
    placeholder,
    places,
    wholly_known,
    with_values,
)
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine
from hongqiao_rules.engines.symbolic.terms import Number
from hongqiao_rules.errors import RequestError
from hongqiao_rules.household.fields import parse_money, yuan
from hongqiao_rules.rulebook.definitions import FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.load import Rulebook

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition

_MOST_PIECES = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of amounts in which the total is linear and the programme constant.

    Attributes:
        start: the first amount, yuan.
        end: the last amount, yuan; the next piece starts one fen above.
        at_start: the total at the first amount.
        at_end: the total at the last amount.
        rate: the change of the total, in fen, for one more fen of the amount.
        programme: the programme.

    """

    start: Decimal
    end: Decimal
    at_start: Decimal
    at_end: Decimal
    rate: int
    programme: str


@dataclass(frozen=True, slots=True)
class Cliff:
    """A jump of the total between two pieces.

    Attributes:
        at: the first amount after the jump, yuan.
        change: the change of the total over the last fen.

    """

    at: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class Schedule(HouseholdAnswer):
    """The monthly total of one household as a function of one amount.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        varying: the JSON pointer of the amount.
        member: the id of the member it is about; ``None`` for the household.
        fact: the field.
        stated: the stated amount.
        pieces: the pieces of the function, without a gap.
        cliffs: the jumps of the total.

    """

    household: str
    on: date
    varying: str
    member: str | None
    fact: str
    stated: Decimal
    pieces: tuple[Piece, ...]
    cliffs: tuple[Cliff, ...]

    def total_at(self, amount: Decimal) -> Decimal:
        """The total at an amount, yuan.

        Raises:
            ValueError: the amount is outside of the pieces.
        """
        for piece in self.pieces:
            if piece.start <= amount <= piece.end:
                return piece.at_start + (amount - piece.start) * piece.rate
        raise ValueError(amount)

    def _lines(self, say: Speaker) -> Iterator[str]:
        yield say("schedule.heading", varying=say.what(self.varying, self.fact, self.member))
        yield say.question(self.household, self.on)
        yield say("schedule.stated", stated=self.stated)
        yield ""
        for piece in self.pieces:
            key = "none" if piece.rate == 0 else "down" if piece.rate < 0 else "up"
            yield "  " + say(
                "schedule.piece", start=piece.start, end=piece.end, programme=say.programme(piece.programme),
                at_start=piece.at_start, at_end=piece.at_end,
                rate=say(f"schedule.rate_{key}", rate=abs(piece.rate)),
            )  # fmt: skip
        if self.cliffs:
            yield ""
            yield say("schedule.cliffs")
        for cliff in self.cliffs:
            key = "drops" if cliff.change < 0 else "rises"
            yield "  " + say(f"schedule.{key}", at=cliff.at, amount=abs(cliff.change))

    def plot(self, path: Path | str) -> None:
        """Draw the schedule into a file (.png or .svg). Needs the extra ``plots``.

        Raises:
            RequestError: matplotlib is not installed.
        """
        try:
            from hongqiao_rules.analysis.schedule_plot import schedule as drawn
        except ModuleNotFoundError as error:
            raise RequestError("EXTRA_NEEDED", module=error.name, extra="plots") from None
        lines = [((one.start, one.at_start), (one.end, one.at_end)) for one in self.pieces]
        stated = self.stated, self.total_at(self.stated)
        drawn(lines, [cliff.at for cliff in self.cliffs], stated, self.varying, Path(path))


def schedule(
    edition: Edition, value: Any, varying: str | None, on: date, most: Decimal | int | str | None = None
) -> Schedule:
    """The total of a household as a function of an amount; see :meth:`Calculator.schedule`."""
    stated, _ = wholly_known(edition, value, on), edition.fields.result
    stated, place = varied(stated, varying, edition, on)
    least, greatest = place.kind.least, place.kind.most
    limit = greatest if most is None else parse_money(most, least, greatest)
    if limit is None:
        raise RequestError("NOT_VARIABLE", name=str(most), known=f"{yuan(least)}–{yuan(greatest)}")
    return _Scheduling(Situation(edition, stated, on), place, limit).result()


def varied(stated: Stated, varying: str | None, edition: Edition, on: date) -> tuple[Stated, Place]:
    """Find the amount that *varying* names: a JSON pointer, or the records of an entity, as ``incomes of`` a member.

    ``None`` names the first records, else the first amount.

    Raises:
        RequestError: it names no amount of the household.

    """
    rulebook = edition.rulebook
    found = {p.pointer: p for p in places(stated.household, rulebook) if p.kind.type.kind == "money"}
    sums = _sums(stated.household, rulebook)
    if not found and not sums:
        raise RequestError("NO_AMOUNT")
    varying = next(iter([*sums, *found])) if varying is None else varying
    if varying in found:
        return stated, found[varying]
    if varying not in sums:
        raise RequestError("NOT_VARIABLE", name=varying, known=(*found, *sums))
    whole, amount = sums[varying]
    records = _as_one(stated, whole, amount, edition, on)
    if records is None:
        raise RequestError("NOT_VARIABLE", name=varying, known=tuple(found))
    value = with_values(stated.value, {whole: records})
    return wholly_known(edition, value, None), Place(whole.fact, whole.holder, 0, amount)


def _sums(household: Any, rulebook: Rulebook) -> dict[str, tuple[Place, FieldDefinition]]:
    """The lists of records with an amount: ``FACT of the CODE`` of the only entity with a required code, ``FACT of ID``."""
    definitions = rulebook.definitions
    by_code: dict[str, tuple[Place, FieldDefinition]] = {}
    by_id: dict[str, tuple[Place, FieldDefinition]] = {}
    for entity in entities(definitions):
        same = [(holder, one) for holder, kind, one in holders(household, definitions) if kind is entity]
        amounts = [
            (fact, next(_money(fact)))
            for fact in entity.facts.values()
            if any(_money(fact)) and may_vary(fact, rulebook)
        ]
        codes = [fact for fact in entity.facts.values() if fact.type.kind == "code" and fact.required]
        for fact, amount in amounts:
            for label in codes:
                for code in definitions.codes[label.type.of or ""].values:
                    having = [holder for holder, one in same if getattr(one, label.name) == code]
                    if len(having) == 1:
                        by_code[f"{fact.name} of the {code}"] = Place(fact, having[0]), amount
            by_id |= {f"{fact.name} of {one.id}": (Place(fact, holder), amount) for holder, one in same}
    return by_code | by_id


def _money(fact: FactDefinition) -> Iterator[FieldDefinition]:
    return (field for field in fact.fields.values() if field.type.kind == "money")


def _as_one(
    stated: Stated, whole: Place, amount: FieldDefinition, edition: Edition, on: date
) -> list[dict[str, Any]] | None:
    """Merge the records of a list that count into the first record; ``None`` if the sum cannot be stated.

    Records count if they change the first figure that depends on the list. The others stay records of their own.
    """
    day, definitions, fields = edition.day(on), edition.rulebook.definitions, whole.fact.fields
    compiled = edition.compiled(day)
    resting = SymbolicEngine(compiled.dated).resting_on(whole.fact.name)
    named = (c.name for c in compiled.dated.conclusions if c.name in compiled.figures and c.name in resting)
    figure = next(named, "")

    def settled(*records: dict[str, Any]) -> Any:
        return edition.assess(with_values(stated.value, {whole: records}), on).basis.figure(figure)

    given = [record.model_dump(mode="json") for record in whole.of(stated.household) or ()]
    amounts = [Decimal(record.pop(amount.name)) for record in given]
    kinds: list[dict[str, Any]] = [kind for number, kind in enumerate(given) if kind not in given[:number]]
    if not kinds:
        kinds = [
            {
                name: placeholder(field, day, definitions)
                for name, field in fields.items()
                if field is not amount
            }
        ]
        for name, field in [(n, f) for n, f in fields.items() if f.type.kind == "code"][:1]:
            kinds = [{**kinds[0], name: code} for code in definitions.codes[field.type.of or ""].values]
    counts = [settled({**kind, amount.name: str(yuan(amount.most))}) for kind in kinds]
    nothing = settled()
    first = next((number for number, count in enumerate(counts) if count != nothing), 0)
    alike = [counts[kinds.index(kind)] == counts[first] for kind in given]
    total = sum((one for one, taken in zip(amounts, alike, strict=True) if taken), Decimal("0.00"))
    if not amount.least <= total * 100 <= amount.most:
        return None
    others = [(kind, one) for kind, one, taken in zip(given, amounts, alike, strict=True) if not taken]
    return [{**kind, amount.name: str(one)} for kind, one in [(kinds[first], total), *others]]


class _Scheduling:
    def __init__(self, situation: Situation, place: Place, limit: int) -> None:
        self.situation, self.place, self.limit = situation, place, limit
        self.search = Search(situation.space)
        self.amount = situation.fresh(place)
        assert isinstance(self.amount, Number)
        self.facts = situation.facts({place: self.amount})
        self.symbols = situation.engine.symbols(self.facts, situation.day)
        self.known: dict[int, tuple[int, str]] = {}

    def result(self) -> Schedule:
        pieces = tuple(self.pieces())
        cliffs = tuple(
            Cliff(after.start, after.at_start - before.at_end)
            for before, after in pairwise(pieces)
            if after.at_start - before.at_end not in (_FEN * before.rate, _FEN * after.rate)
        )
        household, place = self.situation.stated.household, self.place
        return Schedule(
            household.id, self.situation.on, place.pointer,
            self.situation.stated.id_of(place), place.fact.name,
            place.of(household), pieces, cliffs, linked=self.situation.linked,
            notices=noticed(self.situation.assess(self.situation.stated.value)),
        )  # fmt: skip

    def pieces(self) -> Iterator[Piece]:
        start = self.place.kind.least
        for _ in range(_MOST_PIECES):
            total, programme = self.at(start)
            rate = self.rate(start)
            end = self.last(start, total, rate, programme)
            yield Piece(
                yuan(start), yuan(end), yuan(total), yuan(total + rate * (end - start)), rate, programme
            )
            if end == self.limit:
                return
            start = end + 1
        raise RequestError("TOO_MANY_PIECES", most=_MOST_PIECES)

    def at(self, fen: int) -> tuple[int, str]:
        """The total in fen and the programme at an amount, by the direct engine."""
        if fen not in self.known:
            household = with_values(self.situation.stated.value, {self.place: str(yuan(fen))})
            basis = self.situation.assess(household).basis
            self.known[fen] = basis.figure(self.situation.result.total), basis.outcome
        return self.known[fen]

    def rate(self, start: int) -> int:
        """The slope of the piece that starts at *start*; 0 if it has one amount only."""
        following = [self.at(fen) for fen in range(start, min(start + 2, self.limit) + 1)]
        if len(following) < 2 or following[0][1] != following[1][1]:
            return 0
        first = following[1][0] - following[0][0]
        if len(following) == 3 and following[1][1] == following[2][1]:
            return first if following[2][0] - following[1][0] == first else 0
        return first

    def last(self, start: int, total: int, rate: int, programme: str) -> int:
        """The last amount of the piece that starts at *start*, in fen."""
        beyond = terms.difference(self.amount, start)
        line = terms.total([terms.product(beyond, rate), total])
        leaves = terms.disjunction(
            [
                terms.compare("!=", self.symbols.value(self.situation.result.total), line),
                terms.compare("!=", self.symbols.value(self.situation.result.outcome), programme),
            ]
        )
        within = [terms.compare(">", self.amount, start), terms.compare("<=", self.amount, self.limit)]
        if self.search.model([*within, leaves]) is None:
            return self.limit
        return self.search.least(self.amount, [*within, leaves])[0] - 1


_FEN = Decimal("0.01")
