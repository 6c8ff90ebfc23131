"""A judgement as a text to hand over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.definitions import Rule

if TYPE_CHECKING:
    from hongqiao_rules.standards.judgement import Answer, Judgement

_MANY = 10
"""The most communities that are named one by one; the rest is counted."""


def statement(judgement: Judgement, lang: str) -> str:
    """The statement of *judgement* in the language *lang*."""
    return "\n".join(_Statement(judgement, lang).lines()) + "\n"


class _Statement:
    def __init__(self, judgement: Judgement, lang: str) -> None:
        from hongqiao_rules.standards.standards import bundled_standards

        self.j, self.lang, self.words = judgement, lang, catalogue(lang)
        self.definitions = bundled_standards().definitions
        self.units = self.definitions.codes["unit"].values

    def say(self, key: str, **arguments: object) -> str:
        return self.words.say(f"standards.{key}", **arguments)

    def pair(self, name: object, text: object) -> str:
        return self.words.say("pair", name=name, text=text)

    def lines(self) -> Iterator[str]:
        yield self.say("heading")
        yield self.say("district", district=self.j.district, on=self.j.on)
        for rule in self.j.rules.values():
            yield ""
            yield from self.standard(rule)
        yield from ["", self.say("figures")]
        rules = {rule.concludes: rule for rule in self.definitions.rules.values()}
        for name, value in self.j.figures.items():
            shown = self.say("unknown") if value is None else value
            yield "  " + self.pair(rules[name].title, shown)
        if self.j.notices:
            yield from ["", self.words.say("notices"), *(f"  {n.say(self.lang)}" for n in self.j.notices)]
        yield from ["", self.words.say("receipt", receipt=self.j.receipt)]

    def standard(self, rule: Rule) -> Iterator[str]:
        title, due = rule.title.say(self.lang), self.j.due[rule.id]
        yield self.say("due", title=title, due=due) if due else title
        answers = [answer for answer in self.j.answers if answer.rule == rule.id]
        if len(answers) == 1 and answers[0].community is None:
            yield "  " + self.said(answers[0])
        else:
            states = self.j.states(rule.id).items()
            yield "  " + self.words.join([self.say(f"state_{state}", number=n) for state, n in states])
            told = [a for a in answers if a.state in ("short", "not_known")]
            for answer in told[:_MANY]:
                yield "    " + self.pair(answer.community, self.said(answer))
            if len(told) > _MANY:
                yield "    " + self.say("more", number=len(told) - _MANY)
        for citation in self.j.cited(rule):
            yield "  " + self.say("cited", words=citation.words, place=citation.place)

    def fact(self, pointer: str, answer: Answer) -> str:
        """A missing fact by its title, with its community where that is not the one of the answer."""
        *place, name = pointer.split("/")[1:]
        root = self.definitions.entities[self.definitions.head.root]
        assert root.contains is not None
        if not place:
            title = (
                root.facts[name].title
                if name in root.facts
                else self.definitions.entities[root.contains.entity].title
            )
            return title.say(self.lang)
        text = self.definitions.entities[root.contains.entity].facts[name].title.say(self.lang)
        community = self.j.communities[int(place[1])]
        return text if community == answer.community else self.pair(community, text)

    def said(self, answer: Answer) -> str:
        unit = self.units[answer.unit] if answer.unit else None
        if unit is None:
            by = self.say("items", number=answer.short_by)
        else:
            by = self.say("unit", number=answer.short_by, unit=unit)
        missing = [self.fact(pointer, answer) for pointer in answer.missing[:_MANY]]
        if len(answer.missing) > _MANY:
            missing.append(self.say("more", number=len(answer.missing) - _MANY))
        return self.say(answer.state, by=by, missing=missing)
