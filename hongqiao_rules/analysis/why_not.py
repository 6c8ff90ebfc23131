"""Find the smallest changes that would give a household a benefit or programme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count, groupby, islice
from math import prod
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer import HouseholdAnswer, noticed
from hongqiao_rules.analysis.answer_words import Speaker
from hongqiao_rules.analysis.situation import Situation
from hongqiao_rules.analysis.solver.search import Search
from hongqiao_rules.analysis.target import Failure, Target, failures, targeted
from hongqiao_rules.analysis.unknowns import Place, holders, may_vary, places, wholly_known
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.code_classes import alike
from hongqiao_rules.engines.symbolic.symbolic_facts import Item
from hongqiao_rules.engines.symbolic.terms import Amount, Choice, Number, Truth
from hongqiao_rules.errors import RequestError
from hongqiao_rules.household.fields import yuan

if TYPE_CHECKING:
    from hongqiao_rules.decision.edition import Edition


@dataclass(frozen=True, slots=True)
class Edit:
    """One fact that must change.

    Attributes:
        path: its JSON pointer.
        member: the id of the member it is about; ``None`` for the household.
        fact: the field.
        before: the stated value; ``None`` if absent.
        after: the value that it must have.
        or_else: other codes with the same effect, since no rule distinguishes them from *after*.
        by: the increase of an amount, negative for a decrease; else ``None``.

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
    """A minimal set of facts that together give the household the target.

    Attributes:
        edits: the facts.
        household: the changed household, as plain values that ``assess`` takes.
        programme: its programme.
        monthly_total: its total.

    """

    edits: tuple[Edit, ...]
    household: Mapping[str, Any]
    programme: str
    monthly_total: Decimal


@dataclass(frozen=True, slots=True)
class WhyNot(HouseholdAnswer):
    """Why a household does not get a programme, a benefit or a deduction.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        target: the programme or the rule.
        holds: whether the household has the target as stated; then *failed* and *changes* are empty.
        failed: the conditions that failed.
        changes: every minimal change of facts that a person can change, those of fewest facts first. For the same
            facts, the least change of amounts, with every choice of codes (see ``Edit.or_else``).
        more: whether there are more changes than requested; they have no fewer facts.

    """

    household: str
    on: date
    target: str
    holds: bool
    failed: tuple[Failure, ...]
    changes: tuple[Change, ...]
    more: bool = False

    def _lines(self, say: Speaker) -> Iterator[str]:
        target = say.programme(self.target) if self.target in say.outcomes else say.rule(self.target)
        yield say("why_not.heading", target=target)
        yield say.question(self.household, self.on)
        yield ""
        if self.holds:
            yield say("why_not.holds", target=target)
            return
        yield say("why_not.failed")
        for failure in self.failed:
            rule = say.rule(failure.rule)
            if failure.member is not None:
                rule = say("aside", text=rule, aside=failure.member)
            if failure.condition is None:
                yield "  " + say("why_not.instead", rule=rule)
            else:
                yield "  " + say("pair", name=rule, text=failure.condition)
            shown = [f"{name} = {_plain(value)}" for name, value in failure.looked_at.items()]
            yield "    " + say("why_not.looked_at", values=shown)
        yield ""
        yield say("why_not.changes" if self.changes else "why_not.no_changes")
        for _, group in groupby(self.changes, key=lambda change: [edit.path for edit in change.edits]):
            yield from _alternatives(list(group), say)
        if self.more:
            yield say("why_not.more_changes")


def _alternatives(changes: list[Change], say: Speaker) -> Iterator[str]:
    """Yield one line for changes of the same facts if all combinations of their values occur, else one for each."""
    values = [
        list(dict.fromkeys(_after(edit, say) for edit in edits))
        for edits in zip(*(c.edits for c in changes), strict=True)
    ]
    if prod(map(len, values)) == len(changes):
        joined = [say.words.join(own, "why_not.or") for own in values]
        outcomes = list(dict.fromkeys((c.programme, c.monthly_total) for c in changes))
        outcome = say.words.join([say.result(*one) for one in outcomes], "why_not.or")
        edits = [_edit(edit, after, say) for edit, after in zip(changes[0].edits, joined, strict=True)]
        yield "  " + say("why_not.then", edits=say.words.join(edits, "why_not.edits"), outcome=outcome)
        return
    for change in changes:
        yield from _alternatives([change], say)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    if isinstance(value, bool):  # first, since 1 == True
        return "true" if value else "false"
    return "–" if value is None else str(value)


def _after(edit: Edit, say: Speaker) -> str:
    codes = [say.said(edit.fact, edit.member, edit.path, code) for code in (edit.after, *edit.or_else)]
    return say.words.join(codes, "why_not.or")


def _edit(edit: Edit, after: str, say: Speaker) -> str:
    what = say.what(edit.path, edit.fact, edit.member)
    before = say.said(edit.fact, edit.member, edit.path, edit.before)
    key = "becomes" if edit.by is None else ("less" if edit.by < 0 else "more")
    amount = "" if edit.by is None else abs(edit.by)
    return say(f"why_not.{key}", what=what, before=before, after=after, amount=amount)


def why_not(edition: Edition, value: Any, target: str, on: date, most: int | None) -> WhyNot:
    """Explain why a household does not get *target*, and what would change that; see :meth:`Calculator.why_not`."""
    if most is not None and most < 1:
        raise RequestError("MOST_CHANGES", value=most)
    stated = wholly_known(edition, value, on)
    situation = Situation(edition, stated, on)
    wanted = targeted(situation, target)
    before = situation.assess(stated.value)
    if wanted.holds(before):
        return WhyNot(
            stated.household.id,
            on,
            target,
            holds=True,
            failed=(),
            changes=(),
            linked=situation.linked,
            notices=noticed(before),
        )
    changing = _Changing(situation, wanted)
    found = list(islice(changing.changes(), None if most is None else most + 1))
    more = most is not None and len(found) > most
    changes = tuple(sorted(found[:most], key=changing.order))
    failed = tuple(failures(situation, before, wanted))
    return WhyNot(
        stated.household.id, on, target, holds=False, failed=failed, changes=changes, more=more, linked=situation.linked, notices=noticed(before),
    )  # fmt: skip


class _Changing:
    """Finds the minimal changes: sets of facts, fewest first, each with the least amounts."""

    def __init__(self, situation: Situation, wanted: Target) -> None:
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
        """A term for a place; it has one code of each group that no rule distinguishes, if possible the stated one."""
        if place.kind.type.kind != "code":
            return self.situation.fresh(place)
        before = self.before[place]
        kinds = self.alike(place)
        codes = [before, *(kind[0] for kind in kinds if before not in kind)]
        return self.situation.space.code(place.pointer, codes)

    def alike(self, place: Place) -> list[list[str]]:
        """The codes of a place, grouped if neither rules nor input checks distinguish them."""
        codes = self.situation.space.codes_of(place.kind.type.of or "")
        return alike(self.situation.space.dateds, place.fact, codes)

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
        """Yield the changes of exactly these facts with the least change of amounts, by the fewest records."""
        kept = [terms.negation(self.changed[p]) for p in self.places if p not in chosen]
        required = [*self.required, *kept]
        lists = [self.values[place] for place in chosen if isinstance(self.before[place], list)]
        records = [terms.choose(item.present, 1, 0) for items in lists for item in items if not item.summed]
        for amount in (terms.total([self.moved[place] for place in chosen]), terms.total(records)):
            if isinstance(amount, Number):
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
        return Change(edits, household, assessment.basis.outcome, assessment.basis.total)

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
        member = self.situation.stated.id_of(place)
        after = stated(household)
        kind = (
            next((k for k in self.alike(place) if after in k), []) if place.kind.type.kind == "code" else []
        )
        or_else = tuple(code for code in kind if code != after)
        return Edit(place.pointer, member, place.fact.name, before, after, or_else, by)


def _changeable(situation: Situation) -> Iterator[Place]:
    """Return the facts that a person can change: codes, truths, amounts of records, and empty lists."""
    household, rulebook = situation.stated.household, situation.edition.rulebook
    stated = list(places(household, rulebook))
    for holder, entity, one in holders(household, rulebook.definitions):
        for fact in entity.facts.values():
            if not fact.changeable or not may_vary(fact, rulebook):
                continue
            if fact.type.kind not in ("codes", "records") or not getattr(one, fact.name):
                yield Place(fact, holder)
            elif fact.type.kind == "records":
                yield from (p for p in stated if p.holder == holder and p.fact is fact and _amount(p))


def _amount(place: Place) -> bool:
    return place.part is not None and place.part.type.kind in ("money", "number")


def _at(facts: Any, place: Place) -> Any:
    value = facts.root[place.fact.name] if place.member is None else facts.each[place.fact.name][place.member]
    return value if place.part is None else value[place.record or 0].value[place.part.name]


def _differs(value: Any, before: Any) -> Truth:
    if isinstance(before, list):  # an empty list
        return terms.disjunction(truth for item in value for truth in _there(item))
    return terms.compare("!=", value, before)


def _moved(value: Any, before: Any) -> Amount:
    """The absolute change of an amount; 0 for a code."""
    if isinstance(before, list):
        return terms.total(_amounts(value))
    if not isinstance(value, Number):
        return 0
    return terms.extreme([terms.difference(value, before), terms.difference(before, value)], greatest=True)


def _there(item: Item) -> Iterator[Truth]:
    """Yield the formulas that a possible item is in a list; an item that is always there counts unless its sums are 0."""
    if item.present is not True:
        yield item.present
    else:
        yield from (terms.compare("!=", item.value[name], 0) for name in item.summed)


def _amounts(items: Any) -> list[Amount]:
    """Return the amounts of a list's items: sums of like records, else single records; 0 for an absent one."""
    return [
        terms.choose(item.present, value, 0)
        for item in items
        for name, value in item.value.items()
        if name in item.summed or (not item.summed and isinstance(value, Number))
    ]
