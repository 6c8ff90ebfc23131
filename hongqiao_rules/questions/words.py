"""Answers in words, for someone who has the family in front of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import prod
from typing import TYPE_CHECKING, Any

from hongqiao_rules.errors import catalogue
from hongqiao_rules.questions.answer import noticed

if TYPE_CHECKING:
    from hongqiao_rules.decision.lines import Notice
    from hongqiao_rules.questions.changes import Change, Edit, WhyNot
    from hongqiao_rules.questions.explore import Bound, Exploration, Unknown
    from hongqiao_rules.questions.margins import Margin, Margins, Turn
    from hongqiao_rules.questions.readings import Readings
    from hongqiao_rules.questions.schedule import Schedule
    from hongqiao_rules.rulebook.link import Linked


class _Speaker:
    """The words of one language, and the titles of the rulebook that was asked."""

    def __init__(self, lang: str, linked: Linked) -> None:
        self.words, self.lang = catalogue(lang), lang
        self.definitions = linked.definitions
        self.rules = linked.rules

    def __call__(self, key: str, **arguments: object) -> str:
        return self.words.say(key, **arguments)

    def about(self, room: str, household: str, on: object) -> Iterator[str]:
        """The heading of an answer, and the household it is about."""
        yield self(f"{room}.heading")
        yield self("statement.household", household=household, on=on)

    def result(self, programme: str, total: object) -> str:
        """A programme with its total."""
        return self("answer.result", programme=self.programme(programme), total=total)

    def programme(self, code: str) -> str:
        return self.code("programme", code)

    def code(self, code_list: str, code: str) -> str:
        found = self.definitions.codes[code_list].values.get(code)
        return code if found is None else found.say(self.lang)

    def rule(self, name: str) -> str:
        return self.rules[name].title.say(self.lang) if name in self.rules else name

    def what(self, path: str, fact: str, member: str | None) -> str:
        """A place in a household."""
        definition = self.definitions.entities["household" if member is None else "member"].facts[fact]
        title, steps = definition.title.say(self.lang), path.split("/")
        if steps[-1] != fact:
            field = definition.fields[steps[-1]].title
            title = self("answer.field", title=title, number=int(steps[-2]) + 1, field=field)
        return title if member is None else self("aside", text=title, aside=member)

    def said(self, fact: str, member: str | None, path: str, value: Any) -> str:
        """A value as it is stated, in words."""
        definition = self.definitions.entities["household" if member is None else "member"].facts[fact]
        value = definition.default if value is None and definition.default is not None else value
        if isinstance(value, list | tuple):
            parts = [
                self.words.join(
                    [self.one(definition.fields[k].type, v) for k, v in item.items()], "answer.record"
                )
                if isinstance(item, dict)
                else self.code(definition.type.of or "", item)
                for item in value
            ]
            return self.words.join(parts) or self("nothing")
        last = path.split("/")[-1]
        return self.one((definition if last == fact else definition.fields[last]).type, value)

    def one(self, type_: Any, value: Any) -> str:
        if isinstance(value, bool):
            return self("yes" if value else "no")
        if value is None:
            return "–"
        return self.code(type_.of, value) if type_.kind == "code" else str(value)


def _text(lines: Iterator[str], notices: Sequence[Notice], lang: str) -> str:
    """The lines, followed by the notices."""
    told = ["", catalogue(lang).say("notices"), *(f"  {one.say(lang)}" for one in notices)]
    return "\n".join([*lines, *(told if notices else [])]) + "\n"


def exploration(found: Exploration, lang: str) -> str:
    """An exploration in words."""
    return _text(_exploration(found, _Speaker(lang, found.linked)), found.notices, lang)


def _exploration(found: Exploration, say: _Speaker) -> Iterator[str]:
    yield from say.about("explore", found.household, found.on)
    yield ""
    if found.decided:
        programme = say.programme(found.programmes[0])
        yield say("explore.decided", programme=programme, total=found.least.monthly_total)
    else:
        yield say("explore.possible", programmes=[say.programme(code) for code in found.programmes])
        least, greatest = found.least, found.greatest
        yield say("explore.between", least=least.monthly_total, greatest=greatest.monthly_total)
        yield _instance(least, found.unknowns, say)
        yield _instance(greatest, found.unknowns, say)
    if found.unknowns:
        yield ""
        yield say("explore.unknown")
    names = {unknown.path: say.what(unknown.path, unknown.fact, unknown.member) for unknown in found.unknowns}
    for unknown in found.unknowns:
        yield f"  {_unknown(unknown, names[unknown.path], say)}"
    if found.next_question is not None:
        yield ""
        yield say("explore.next", what=names[found.next_question])


def _unknown(unknown: Unknown, what: str, say: _Speaker) -> str:
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


def _instance(bound: Bound, unknowns: Sequence[Unknown], say: _Speaker) -> str:
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


def why_not(found: WhyNot, lang: str) -> str:
    """What failed and what would change it, in words."""
    return _text(_why_not(found, _Speaker(lang, found.linked)), found.notices, lang)


def _why_not(found: WhyNot, say: _Speaker) -> Iterator[str]:
    programmes = say.definitions.codes["programme"].values
    target = say.programme(found.target) if found.target in programmes else say.rule(found.target)
    yield say("why_not.heading", target=target)
    yield say("statement.household", household=found.household, on=found.on)
    yield ""
    if found.holds:
        yield say("why_not.holds", target=target)
        return
    yield say("why_not.failed")
    for failure in found.failed:
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
    yield say("why_not.changes" if found.changes else "why_not.no_changes")
    for _, group in groupby(found.changes, key=lambda change: [edit.path for edit in change.edits]):
        yield from _alternatives(list(group), say)
    if found.more:
        yield say("why_not.more_changes")


def _alternatives(changes: list[Change], say: _Speaker) -> Iterator[str]:
    """Changes of the same facts: in one line where every value of one goes with every value of the others."""
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
    if isinstance(value, bool):  # before all else: 1 is equal to true
        return "true" if value else "false"
    return "–" if value is None else str(value)


def _after(edit: Edit, say: _Speaker) -> str:
    codes = [say.said(edit.fact, edit.member, edit.path, code) for code in (edit.after, *edit.or_else)]
    return say.words.join(codes, "why_not.or")


def _edit(edit: Edit, after: str, say: _Speaker) -> str:
    what = say.what(edit.path, edit.fact, edit.member)
    before = say.said(edit.fact, edit.member, edit.path, edit.before)
    key = "becomes" if edit.by is None else ("less" if edit.by < 0 else "more")
    amount = "" if edit.by is None else abs(edit.by)
    return say(f"why_not.{key}", what=what, before=before, after=after, amount=amount)


def margins(found: Margins, lang: str) -> str:
    """Margins in words."""
    return _text(_margins(found, _Speaker(lang, found.linked)), found.notices, lang)


def _margins(found: Margins, say: _Speaker) -> Iterator[str]:
    yield from say.about("margins", found.household, found.on)
    yield say("margins.now", programme=say.programme(found.programme), total=found.monthly_total)
    for figure in found.figures:
        yield ""
        yield say("pair", name=say.what(figure.path, figure.fact, figure.member), text=figure.stated)
        if figure.below is None and figure.above is None:
            yield "  " + say("margins.steady")
        yield from _turns(figure, say)


def _turns(figure: Margin, say: _Speaker) -> Iterator[str]:
    dates = isinstance(figure.stated, str) and "-" in figure.stated
    for turn, plain, dated in ((figure.below, "below", "earlier"), (figure.above, "above", "later")):
        if turn is not None:
            by: object = turn.by
            if dates:
                by = say("unit.days", count=by)
            key = dated if dates else plain
            yield "  " + say(f"margins.{key}", at=turn.at, by=by, then=_then(turn, say))


def _then(turn: Turn, say: _Speaker) -> str:
    parts = [say.result(turn.programme, turn.monthly_total)]
    for key, rules in (("gained", turn.appears), ("lost", turn.disappears)):
        if rules:
            parts.append(say(f"margins.{key}", rules=[say.rule(rule) for rule in rules]))
    return say.words.join(parts, "list.comma")


def schedule(found: Schedule, lang: str) -> str:
    """A schedule in words."""
    return _text(_schedule(found, _Speaker(lang, found.linked)), found.notices, lang)


def _schedule(found: Schedule, say: _Speaker) -> Iterator[str]:
    yield say("schedule.heading", varying=say.what(found.varying, found.fact, found.member))
    yield say("statement.household", household=found.household, on=found.on)
    yield say("schedule.stated", stated=found.stated)
    yield ""
    for piece in found.pieces:
        key = "none" if piece.rate == 0 else "down" if piece.rate < 0 else "up"
        yield "  " + say(
            "schedule.piece", start=piece.start, end=piece.end, programme=say.programme(piece.programme),
            at_start=piece.at_start, at_end=piece.at_end,
            rate=say(f"schedule.rate_{key}", rate=abs(piece.rate)),
        )  # fmt: skip
    if found.cliffs:
        yield ""
        yield say("schedule.cliffs")
    for cliff in found.cliffs:
        key = "drops" if cliff.change < 0 else "rises"
        yield "  " + say(f"schedule.{key}", at=cliff.at, amount=abs(cliff.change))


def readings(found: Readings, lang: str) -> str:
    """The results under every reading, in words."""
    linked = found.outcomes[0].assessment.basis.compiled.dated.linked
    notices = noticed(*(outcome.assessment for outcome in found.outcomes))
    return _text(_readings(found, _Speaker(lang, linked)), notices, lang)


def _readings(found: Readings, say: _Speaker) -> Iterator[str]:
    questions = say.definitions.readings
    yield from say.about("readings", found.household, found.on)
    first = found.outcomes[0].assessment
    if found.agree:
        yield say("readings.agree", programme=say.programme(first.programme), total=first.monthly_total)
        return
    yield say("readings.differ", readings=[questions[name].title for name in found.turns_on])
    for outcome in found.outcomes:
        yield ""
        a = outcome.assessment
        yield "  " + say("readings.outcome", programme=say.programme(a.programme), total=a.monthly_total)
        for choices in outcome.choices:
            parts = [
                say("pair", name=questions[n].title, text=questions[n].choices[c].title)
                for n, c in choices.items()
            ]
            yield "    " + say.words.join(parts, "list.semicolon")
