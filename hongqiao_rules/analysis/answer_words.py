"""Write the answers of the analyses as statements for a caseworker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.analysis.unknowns import entities
from hongqiao_rules.errors import catalogue

if TYPE_CHECKING:
    from hongqiao_rules.decision.lines import Notice
    from hongqiao_rules.rulebook.bilingual import Bilingual
    from hongqiao_rules.rulebook.link import Linked


def outcomes(linked: Linked) -> Mapping[str, Bilingual]:
    """The codes of the outcome, with their titles; none if the rulebook declares no result."""
    result = linked.definitions.head.result
    codes = None if result is None else linked.conclusions[result.outcome].type.of
    return {} if codes is None else linked.definitions.codes[codes].values


class Speaker:
    """The words of one language, and the titles of a rulebook."""

    def __init__(self, lang: str, linked: Linked) -> None:
        self.words, self.lang = catalogue(lang), lang
        self.definitions = linked.definitions
        self.rules, self.outcomes = linked.rules, outcomes(linked)

    def __call__(self, key: str, **arguments: object) -> str:
        return self.words.say(key, **arguments)

    def about(self, room: str, household: str, on: object) -> Iterator[str]:
        """The heading of an answer, and the household it is about."""
        yield self(f"{room}.heading")
        yield self.question(household, on)

    def question(self, household: str, on: object) -> str:
        """The line that names the root by its id, and the day."""
        return self("statement.about", title=entities(self.definitions)[0].title, id=household, on=on)

    def result(self, programme: str, total: object) -> str:
        """A programme with its total."""
        return self("answer.result", programme=self.programme(programme), total=total)

    def programme(self, code: str) -> str:
        return self.outcomes[code].say(self.lang)

    def code(self, code_list: str, code: str) -> str:
        found = self.definitions.codes[code_list].values.get(code)
        return code if found is None else found.say(self.lang)

    def rule(self, name: str) -> str:
        return self.rules[name].title.say(self.lang) if name in self.rules else name

    def what(self, path: str, fact: str, member: str | None) -> str:
        """The words for a place in a household."""
        definition = entities(self.definitions)[member is not None].facts[fact]
        title, steps = definition.title.say(self.lang), path.split("/")
        if steps[-1] != fact:
            field = definition.fields[steps[-1]].title
            title = self("answer.field", title=title, number=int(steps[-2]) + 1, field=field)
        return title if member is None else self("aside", text=title, aside=member)

    def said(self, fact: str, member: str | None, path: str, value: Any) -> str:
        """A value as it is stated, in words."""
        definition = entities(self.definitions)[member is not None].facts[fact]
        if value is None and definition.default is not None:
            value = plain(definition, definition.default)
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


def text(lines: Iterator[str], notices: Sequence[Notice], lang: str) -> str:
    """The lines, followed by the notices."""
    told = ["", catalogue(lang).say("notices"), *(f"  {one.say(lang)}" for one in notices)]
    return "\n".join([*lines, *(told if notices else [])]) + "\n"
