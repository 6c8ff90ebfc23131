"""Answers in words, for who has the family in front of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import prod
from typing import TYPE_CHECKING, Any

from hongqiao_rules.explanation.words import Words
from hongqiao_rules.questions.answer import noticed
from hongqiao_rules.questions.sentences import WORDS

if TYPE_CHECKING:
    from hongqiao_rules.assessment import Notice
    from hongqiao_rules.questions.changes import Change, Edit, WhyNot
    from hongqiao_rules.questions.explore import Bound, Exploration, Unknown
    from hongqiao_rules.questions.margins import Margin, Margins, Turn
    from hongqiao_rules.questions.readings import Readings
    from hongqiao_rules.questions.schedule import Schedule
    from hongqiao_rules.rulebook.link import Linked


class _Speaker(Words):
    """Words in one language, and the titles of the rulebook that was asked."""

    def __init__(self, lang: str, linked: Linked) -> None:
        super().__init__(lang)
        self.definitions = linked.definitions
        self.rules = linked.rules

    def __call__(self, key: str, **arguments: object) -> str:
        return WORDS[key][self._index].format(**arguments)

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
            field = definition.fields[steps[-1]].title.say(self.lang)
            title = self("field", title=title, number=int(steps[-2]) + 1, field=field)
        return title if member is None else self("of_member", title=title, name=member)

    def said(self, fact: str, member: str | None, path: str, value: Any) -> str:
        """A value as it is stated, in words."""
        definition = self.definitions.entities["household" if member is None else "member"].facts[fact]
        value = definition.default if value is None and definition.default is not None else value
        if isinstance(value, list | tuple):
            parts = [
                " ".join(self.one(definition.fields[k].type, v) for k, v in item.items())
                if isinstance(item, dict)
                else self.code(definition.type.of or "", item)
                for item in value
            ]
            return self("list").join(parts) or self("none_listed")
        last = path.split("/")[-1]
        return self.one((definition if last == fact else definition.fields[last]).type, value)

    def one(self, type_: Any, value: Any) -> str:
        if isinstance(value, bool):
            return {True: ("是", "yes"), False: ("否", "no")}[value][self._index]
        if value is None:
            return "–"
        return self.code(type_.of, value) if type_.kind == "code" else str(value)

    def joined(self, parts: Sequence[str]) -> str:
        return self("list").join(parts)


def _text(lines: Iterator[str], notices: Sequence[Notice], lang: str) -> str:
    """The lines, and behind them what else has to be known."""
    told = ["", WORDS["notices"][0 if lang == "zh" else 1], *(f"  {one.say(lang)}" for one in notices)]
    return "\n".join([*lines, *(told if notices else [])]) + "\n"


def exploration(found: Exploration, lang: str) -> str:
    """An exploration in words."""
    return _text(_exploration(found, _Speaker(lang, found.linked)), found.notices, lang)


def _exploration(found: Exploration, say: _Speaker) -> Iterator[str]:
    yield say("exploration")
    yield say("about", household=found.household, on=found.on)
    yield ""
    if found.decided:
        yield say("decided", programme=say.programme(found.programmes[0]), total=found.least.monthly_total)
    else:
        yield say("possible", programmes=say.joined([say.programme(code) for code in found.programmes]))
        yield say("between", least=found.least.monthly_total, greatest=found.greatest.monthly_total)
        yield _instance(found.least, found.unknowns, say)
        yield _instance(found.greatest, found.unknowns, say)
    if found.unknowns:
        yield ""
        yield say("unknown")
    names = {unknown.path: say.what(unknown.path, unknown.fact, unknown.member) for unknown in found.unknowns}
    for unknown in found.unknowns:
        if not unknown.matters:
            yield say("no_matter", what=names[unknown.path])
            continue
        costs = [
            say(name)
            for name, has in (("paper", unknown.needs_paper), ("intrusive", unknown.intrusive))
            if has
        ]
        cost = say("cost", costs=say.joined(costs)) if costs else ""
        key = "matters" if unknown.alone else "programme_only"
        yield say(key, what=names[unknown.path], alone=unknown.alone, leaves=unknown.leaves, cost=cost)
    if found.next_question is not None:
        yield ""
        yield say("next", what=names[found.next_question])


def _instance(bound: Bound, unknowns: Sequence[Unknown], say: _Speaker) -> str:
    values = []
    for unknown in unknowns:
        value: Any = bound.household
        for step in unknown.path.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list | tuple) else value[step]
        what = say.what(unknown.path, unknown.fact, unknown.member)
        values.append(
            say("value", what=what, value=say.said(unknown.fact, unknown.member, unknown.path, value))
        )
    return say(
        "for_instance", total=bound.monthly_total, programme=say.programme(bound.programme), values=say.joined(values)
    )  # fmt: skip


def why_not(found: WhyNot, lang: str) -> str:
    """What failed and what would change it, in words."""
    return _text(_why_not(found, _Speaker(lang, found.linked)), found.notices, lang)


def _why_not(found: WhyNot, say: _Speaker) -> Iterator[str]:
    programmes = say.definitions.codes["programme"].values
    target = say.programme(found.target) if found.target in programmes else say.rule(found.target)
    yield say("why_not", target=target)
    yield say("about", household=found.household, on=found.on)
    yield ""
    if found.holds:
        yield say("holds", target=target)
        return
    yield say("failed")
    for failure in found.failed:
        rule = say.rule(failure.rule)
        if failure.member is not None:
            rule = say("of_member", title=rule, name=failure.member)
        if failure.condition is None:
            yield say("instead", rule=rule)
        else:
            yield say("failure", rule=rule, condition=failure.condition)
        shown = [f"{name} = {_plain(value)}" for name, value in failure.looked_at.items()]
        yield say("looked_at", values=say.joined(shown))
    yield ""
    yield say("changes" if found.changes else "no_changes")
    for _, group in groupby(found.changes, key=lambda change: [edit.path for edit in change.edits]):
        yield from _alternatives(list(group), say)
    if found.more:
        yield say("more_changes")


def _alternatives(changes: list[Change], say: _Speaker) -> Iterator[str]:
    """Changes of the same facts: in one line where every value of one goes with every value of the others."""
    values = [
        list(dict.fromkeys(_after(edit, say) for edit in edits))
        for edits in zip(*(c.edits for c in changes), strict=True)
    ]
    if prod(map(len, values)) == len(changes):
        joined = [" / ".join(own) for own in values]
        outcomes = list(dict.fromkeys((c.programme, c.monthly_total) for c in changes))
        shown = [say("turn", programme=say.programme(p), total=total, lines="") for p, total in outcomes]
        edits = [_edit(edit, after, say) for edit, after in zip(changes[0].edits, joined, strict=True)]
        yield say("then", edits=say("and").join(edits), outcome=" / ".join(shown))
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
    return " / ".join(codes)


def _edit(edit: Edit, after: str, say: _Speaker) -> str:
    what = say.what(edit.path, edit.fact, edit.member)
    before = say.said(edit.fact, edit.member, edit.path, edit.before)
    key = "becomes" if edit.by is None else ("less" if edit.by < 0 else "more")
    amount = "" if edit.by is None else abs(edit.by)
    return say(key, what=what, before=before, after=after, amount=amount)


def margins(found: Margins, lang: str) -> str:
    """Margins in words."""
    return _text(_margins(found, _Speaker(lang, found.linked)), found.notices, lang)


def _margins(found: Margins, say: _Speaker) -> Iterator[str]:
    yield say("margins")
    yield say("about", household=found.household, on=found.on)
    yield say("now", programme=say.programme(found.programme), total=found.monthly_total)
    for figure in found.figures:
        yield ""
        yield say("figure", what=say.what(figure.path, figure.fact, figure.member), stated=figure.stated)
        if figure.below is None and figure.above is None:
            yield say("steady")
        yield from _turns(figure, say)


def _turns(figure: Margin, say: _Speaker) -> Iterator[str]:
    dates = isinstance(figure.stated, str) and "-" in figure.stated
    for turn, plain, dated in ((figure.below, "below", "earlier"), (figure.above, "above", "later")):
        if turn is not None:
            by: object = turn.by
            if dates:
                by = say("day" if by == 1 else "days", number=by)
            yield say(dated if dates else plain, at=turn.at, by=by, then=_then(turn, say))


def _then(turn: Turn, say: _Speaker) -> str:
    lines = ""
    for key, rules in (("gained", turn.appears), ("lost", turn.disappears)):
        if rules:
            lines += say(key, rules=say.joined([say.rule(rule) for rule in rules]))
    return say("turn", programme=say.programme(turn.programme), total=turn.monthly_total, lines=lines)


def schedule(found: Schedule, lang: str) -> str:
    """A schedule in words."""
    return _text(_schedule(found, _Speaker(lang, found.linked)), found.notices, lang)


def _schedule(found: Schedule, say: _Speaker) -> Iterator[str]:
    yield say("schedule", varying=say.what(found.varying, found.fact, found.member))
    yield say("about", household=found.household, on=found.on)
    yield say("as_stated", stated=found.stated)
    yield ""
    for piece in found.pieces:
        key = "rate_0" if piece.rate == 0 else "rate_down" if piece.rate < 0 else "rate_up"
        yield say(
            "piece", start=piece.start, end=piece.end, programme=say.programme(piece.programme),
            at_start=piece.at_start, at_end=piece.at_end, rate=say(key, rate=abs(piece.rate)),
        )  # fmt: skip
    if found.cliffs:
        yield ""
        yield say("cliffs")
    for cliff in found.cliffs:
        key = "drops" if cliff.change < 0 else "rises"
        yield say("cliff", at=cliff.at, change=say(key, amount=abs(cliff.change)))


def readings(found: Readings, lang: str) -> str:
    """The results under every reading, in words."""
    linked = found.outcomes[0].assessment.basis.compiled.dated.linked
    notices = noticed(*(outcome.assessment for outcome in found.outcomes))
    return _text(_readings(found, _Speaker(lang, linked)), notices, lang)


def _readings(found: Readings, say: _Speaker) -> Iterator[str]:
    def named(name: str) -> str:
        return say.definitions.readings[name].title.say(say.lang)

    yield say("readings")
    yield say("about", household=found.household, on=found.on)
    first = found.outcomes[0].assessment
    if found.agree:
        yield say("agree", programme=say.programme(first.programme), total=first.monthly_total)
        return
    yield say("differ", readings=say.joined([named(name) for name in found.turns_on]))
    for outcome in found.outcomes:
        yield ""
        a = outcome.assessment
        yield say("outcome", programme=say.programme(a.programme), total=a.monthly_total)
        for choices in outcome.choices:
            parts = [
                say(
                    "chosen",
                    title=named(n),
                    choice=say.definitions.readings[n].choices[c].title.say(say.lang),
                )
                for n, c in choices.items()
            ]
            yield say("choices", choices=say("also").join(parts))
