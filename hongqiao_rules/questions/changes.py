"""Why a household does not get something, and the smallest changes that would turn it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

import z3

from hongqiao_rules.assessment import Assessment
from hongqiao_rules.border.fields import yuan
from hongqiao_rules.engines import symbolic_terms as terms
from hongqiao_rules.engines.symbolic_codes import alike
from hongqiao_rules.engines.symbolic_terms import Amount, Choice, Number, Truth
from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.questions.situation import Situation
from hongqiao_rules.questions.solving import Search
from hongqiao_rules.questions.unknowns import Place, places, wholly_known
from hongqiao_rules.rulebook.nodes import Constant, Read, walk

if TYPE_CHECKING:
    from hongqiao_rules.calculator import Calculator


_TOLD_APART = ("none", "married")
"""Codes of absence and marital status that the border looks at."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A condition that did not hold.

    Attributes:
        rule: the rule that has it.
        member: the id of the member it was about; ``None`` where it is about the household.
        condition: in the words of the policy; ``None`` where another rule settled it first.
        looked_at: what the rule looked at, as in a trace.

    """

    rule: str
    member: str | None
    condition: str | None
    looked_at: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """One fact that would have to be another.

    Attributes:
        path: where, as a JSON pointer.
        member: the id of the member it is about, if it is about one.
        fact: the field.
        before: what was stated; ``None`` where nothing was.
        after: what it would have to be.
        or_else: codes that would do as well, because no rule tells them from that one.
        by: of an amount, how much more (less, where it is negative); else ``None``.

    """

    path: str
    member: str | None
    fact: str
    before: Any
    after: Any
    or_else: tuple[str, ...]
    by: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that together turn the answer; no fewer of them do.

    Attributes:
        edits: the facts.
        household: the household as it would be, as plain values that ``assess`` takes.
        programme: its programme.
        monthly_total: its total.

    """

    edits: tuple[Edit, ...]
    household: Mapping[str, Any]
    programme: str
    monthly_total: Decimal


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a household does not get a programme, a benefit or a deduction.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        target: the programme or the rule that was asked about.
        holds: whether the household has it as it is; then nothing failed and nothing has to change.
        failed: the conditions that failed.
        changes: every minimal change of what a person can change: first those of fewest facts. Of the same facts
            only what changes amounts least, with every choice of codes that does it (see ``Edit.or_else``).

    """

    household: str
    on: date
    target: str
    holds: bool
    failed: tuple[Failure, ...]
    changes: tuple[Change, ...]

    def to_json(self) -> str:
        """The result as JSON text; amounts are text with two decimals."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), default=str)

    def statement(self, lang: str = "zh") -> str:
        """The result in words, in ``"zh"`` or ``"en"``."""
        from hongqiao_rules.questions.words import why_not as said

        return said(self, lang)


def why_not(calculator: Calculator, value: Any, target: str, on: date) -> WhyNot:
    """Why not *target*, and what would change it; see :meth:`Calculator.why_not`."""
    stated = wholly_known(calculator, value, on)
    situation = Situation(calculator, stated, on)
    wanted = _wanted(situation, target)
    before = situation.assess(stated.value)
    if wanted.holds(before):
        return WhyNot(stated.household.id, on, target, holds=True, failed=(), changes=())
    changing = _Changing(situation, wanted)
    changes = tuple(sorted(changing.changes(), key=changing.order))
    failed = tuple(_failed(situation, before, wanted))
    return WhyNot(stated.household.id, on, target, holds=False, failed=failed, changes=changes)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for: a programme, or a rule of a list."""

    target: str
    rules: tuple[str, ...]
    programme: bool
    list: str = ""
    conclusion: str = ""

    def holds(self, assessment: Assessment) -> bool:
        if self.programme:
            return assessment.programme == self.target
        return any(line.rule == self.target for line in getattr(assessment, self.list))

    def term(self, symbols: Any) -> Truth:
        if self.programme:
            return terms.compare("==", symbols.value("programme"), self.target)
        return terms.disjunction(
            entry if isinstance(entry, bool | z3.BoolRef) else terms.compare(">", entry, 0)
            for name, _, entry in symbols.lines(self.list)
            if name == self.conclusion
        )


def _wanted(situation: Situation, target: str) -> _Wanted:
    dated, programmes = situation.compiled.dated, situation.space.codes_of("programme")
    if target in programmes:
        settling = next(c for c in dated.conclusions if c.name == "programme").candidates
        givers = [
            n for n, c in enumerate(settling) if isinstance(c.value, Constant) and c.value.value == target
        ]
        tried = settling[: givers[-1] + 1] if givers else settling
        return _Wanted(target, tuple(c.rule.id for c in reversed(tried)), programme=True)
    for conclusion in dated.conclusions:
        for candidate in conclusion.candidates:
            if conclusion.list is not None and candidate.rule.id == target:
                return _Wanted(
                    target, (target,), programme=False, list=conclusion.list, conclusion=conclusion.name
                )
    lines = [c.candidates[0].rule.id for c in dated.conclusions if c.list is not None]
    known = [*programmes, *lines]
    raise RequestError("UNKNOWN_TARGET", name=target, known=", ".join(known), meant=nearest(target, known))


def _failed(situation: Situation, assessment: Assessment, wanted: _Wanted) -> Iterator[Failure]:
    """The conditions that failed of what was wanted, and what is behind them: the programme, and plain truths."""
    steps: dict[str, list[dict[str, Any]]] = {}
    for step in assessment.trace:
        steps.setdefault(step["rule"], []).append(step)
    waiting, told = list(wanted.rules), set[str]()
    while waiting:
        rule = waiting.pop(0)
        if rule in told:
            continue
        told.add(rule)
        found = [step for step in steps.get(rule, ()) if not step["applied"]]
        for step in found:
            yield Failure(rule, step["member"], step["failed"], step["looked_at"])
            waiting += _behind(situation, rule, step["failed"])
        for step in steps.get(rule, ())[:1] if not found else ():
            if step["value"] is False or wanted.programme:
                text = _value_of(situation, rule) if step["value"] is False else None
                yield Failure(rule, step["member"], text, step["looked_at"])


def _behind(situation: Situation, rule: str, words: str) -> Iterator[str]:
    """The rules of the household behind a failed condition: that settle the programme, or a truth."""
    dated = situation.compiled.dated
    conclusions = {c.name: c for c in dated.conclusions if c.entity == dated.root}
    for conclusion in dated.conclusions:
        for candidate in conclusion.candidates:
            for text, node in candidate.typed.conditions if candidate.rule.id == rule else ():
                for read in walk(node) if text == words else ():
                    behind = conclusions.get(read.name) if isinstance(read, Read) else None
                    if behind is not None and behind.type.kind in ("truth", "code"):
                        yield from (
                            other.rule.id
                            for other in behind.candidates
                            if other.conditions or len(behind.candidates) == 1
                        )


def _value_of(situation: Situation, rule: str) -> str:
    return next(
        candidate.typed.version.value
        for conclusion in situation.compiled.dated.conclusions
        for candidate in conclusion.candidates
        if candidate.rule.id == rule
    )


class _Changing:
    """Looks for the minimal changes: sets of facts, fewest first, and of each the least amounts."""

    def __init__(self, situation: Situation, wanted: _Wanted) -> None:
        self.situation, self.search, self.wanted = situation, Search(situation.space), wanted
        self.places = list(_changeable(situation))
        original = situation.facts({})
        self.before = {place: _at(original, place) for place in self.places}
        self.values = {place: self.fresh(place) for place in self.places}
        facts = situation.facts(self.values)
        symbols = situation.engine.symbols(facts, situation.day)
        self.required = [*situation.accepted(facts), wanted.term(symbols)]
        self.changed = {p: _differs(self.values[p], self.before[p]) for p in self.places}
        self.moved = {p: _moved(self.values[p], self.before[p]) for p in self.places}

    def fresh(self, place: Place) -> Any:
        """A term for a place; of codes that rules do not tell apart it is the first, or the one that was stated."""
        if place.kind.type.kind != "code":
            return self.situation.fresh(place)
        before = self.before[place]
        kinds = self.alike(place)
        codes = [before, *(kind[0] for kind in kinds if before not in kind)]
        return self.situation.space.code(place.pointer, codes)

    def alike(self, place: Place) -> list[list[str]]:
        """The codes of a place in groups that neither rules nor the border tell apart."""
        codes = self.situation.space.codes_of(place.kind.type.of or "")
        also = [code for code in _TOLD_APART if code in codes]
        return alike([self.situation.compiled.dated], place.fact, codes, also)

    def changes(self) -> Iterator[Change]:
        blocked: list[Truth] = []
        number = terms.total([terms.choose(changed, 1, 0) for changed in self.changed.values()])
        while self.search.model([*self.required, *blocked]) is not None:
            _, model = self.search.least(number, [*self.required, *blocked])
            chosen = [p for p in self.places if self.situation.space.value(model, self.changed[p])]
            blocked.append(terms.negation(terms.conjunction(self.changed[p] for p in chosen)))
            yield from self.of(chosen)

    def order(self, change: Change) -> Any:
        """The order of changes: fewest facts first, then as the facts and their codes are declared."""
        by_path = {place.pointer: number for number, place in enumerate(self.places)}
        codes = [
            self.situation.space.codes_of(self.places[by_path[edit.path]].kind.type.of or "").index(
                edit.after
            )
            for edit in change.edits
            if isinstance(self.values[self.places[by_path[edit.path]]], Choice)
        ]
        return len(change.edits), [by_path[edit.path] for edit in change.edits], codes

    def of(self, chosen: list[Place]) -> Iterator[Change]:
        """The changes of just these facts that change amounts least."""
        kept = [terms.negation(self.changed[p]) for p in self.places if p not in chosen]
        required = [*self.required, *kept]
        amount = terms.total([self.moved[place] for place in chosen])
        least, _ = self.search.least(amount, required)
        required.append(terms.compare("<=", amount, least))
        for _ in count():
            model = self.search.model(required)
            if model is None:
                return
            yield self.change(model, chosen)
            codes = [self.values[p] for p in chosen if isinstance(self.values[p], Choice)]
            same = [term.guards[self.situation.space.value(model, term)] for term in codes]
            required.append(terms.negation(terms.conjunction(same)))

    def change(self, model: Any, chosen: list[Place]) -> Change:
        household = self.situation.household(model, {place: self.values[place] for place in chosen})
        assessment = self.situation.assess(household)
        assert self.wanted.holds(assessment), household
        edits = tuple(self.edit(place, model, household) for place in chosen)
        return Change(edits, household, assessment.programme, assessment.monthly_total)

    def edit(self, place: Place, model: Any, household: Mapping[str, Any]) -> Edit:
        def stated(value: Any) -> Any:
            for step in place.steps:
                value = value[step] if isinstance(step, int) else value.get(step)
            return value

        before = stated(self.situation.stated.value)
        by = None
        if place.kind.type.kind == "money":
            value = self.situation.space.value(model, self.values[place])
            before, by = str(yuan(self.before[place])), yuan(value - self.before[place])
        member = None if place.member is None else self.situation.stated.household.members[place.member].id
        after = stated(household)
        kind = (
            next((k for k in self.alike(place) if after in k), []) if place.kind.type.kind == "code" else []
        )
        or_else = tuple(code for code in kind if code != after)
        return Edit(place.pointer, member, place.fact.name, before, after, or_else, by)


def _changeable(situation: Situation) -> Iterator[Place]:
    """What a person can change: codes and truths, the amounts of records, and a list that has nothing in it."""
    household, entities = situation.stated.household, situation.definitions.entities
    stated = set(places(household, situation.definitions))
    for number, one in [(None, household), *enumerate(household.members)]:
        entity = entities["household" if number is None else "member"]
        for fact in entity.facts.values():
            if not fact.changeable:
                continue
            if fact.type.kind != "records":
                yield Place(fact, number)
            elif getattr(one, fact.name):
                amounts = [p for p in stated if p.member == number and p.fact is fact and _amount(p)]
                yield from sorted(amounts, key=lambda p: p.record or 0)
            else:
                yield Place(fact, number)


def _amount(place: Place) -> bool:
    return place.part is not None and place.part.type.kind in ("money", "number")


def _at(facts: Any, place: Place) -> Any:
    value = facts.root[place.fact.name] if place.member is None else facts.each[place.fact.name][place.member]
    return value if place.part is None else value[place.record or 0].value[place.part.name]


def _differs(value: Any, before: Any) -> Truth:
    if isinstance(before, list):  # a list that has nothing in it
        return terms.disjunction(terms.compare("!=", amount, 0) for amount in _amounts(value))
    return terms.compare("!=", value, before)


def _moved(value: Any, before: Any) -> Amount:
    """By how much an amount changes; a code by nothing."""
    if isinstance(before, list):
        return terms.total(_amounts(value))
    if not isinstance(value, Number):
        return 0
    return terms.extreme([terms.difference(value, before), terms.difference(before, value)], greatest=True)


def _amounts(items: Any) -> list[Amount]:
    return [item.value[name] for item in items for name in item.summed]
