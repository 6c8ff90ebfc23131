"""The difference of two rulebooks in words."""

from __future__ import annotations

import json
from collections.abc import Iterator

from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.naming import value_said
from hongqiao_rules.proofs.comparing import Difference, Side, Witness


def statement(found: Difference, lang: str) -> str:
    """The answer as text."""
    return "\n".join(_Words(lang, found).lines(found)) + "\n"


class _Words:
    def __init__(self, lang: str, found: Difference) -> None:
        self.words = catalogue(lang)
        both = (found.other_linked, found.linked)  # what both have is called as in the first
        self.programmes = {
            c: t for book in both for c, t in book.definitions.codes["programme"].values.items()
        }
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
