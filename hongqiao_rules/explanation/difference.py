"""The difference of two rulebooks in words, in Chinese and in English."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from hongqiao_rules.explanation.naming import value_said
from hongqiao_rules.proofs.comparing import Difference, Side, Witness

_WORDS: Mapping[str, tuple[str, str]] = {
    "heading": (
        "两套规则的差别（{on}与{other_on}）",
        "The difference of two rulebooks ({on} and {other_on})",
    ),
    "same": (
        "已证明：{members}人以内的每一个家庭，救助类别和每月合计都相同。",
        "Proved: every household of up to {members} members gets the same programme and the same total.",
    ),
    "differs": (
        "有家庭结果不同（查看了{members}人以内的全部家庭）。",
        "Some households get something else (all of up to {members} members were looked at).",
    ),
    "first": ("人数最少的例子：", "The smallest example:"),
    "moves": (
        "哪些家庭不同，第二套每月多给多少：",
        "Which households differ, and what the second gives them more a month:",
    ),
    "move": (
        "  {one} → {other}：{least}至{most}元",
        "  {one} -> {other}: {least} to {most} yuan",
    ),
    "gains": ("增加最多：每月{amount}元", "The most that any gains: {amount} yuan a month"),
    "loses": ("减少最多：每月{amount}元", "The most that any loses: {amount} yuan a month"),
    "none_gains": ("没有家庭增加。", "No household gains."),
    "none_loses": ("没有家庭减少。", "No household loses."),
    "sides": ("  {one} → {other}", "  {one} -> {other}"),
    "side": ("{programme}，每月{total}元", "{programme}, {total} yuan a month"),
    "rule": ("  {title}{member}：{one} → {other}", "  {title}{member}: {one} -> {other}"),
}


def statement(found: Difference, lang: str) -> str:
    """The answer as text."""
    return "\n".join(_Words(lang, found).lines(found)) + "\n"


class _Words:
    def __init__(self, lang: str, found: Difference) -> None:
        self.lang, self.index = lang, 0 if lang == "zh" else 1
        both = (found.other_linked, found.linked)  # what both have is called as in the first
        self.programmes = {
            c: t for book in both for c, t in book.definitions.codes["programme"].values.items()
        }
        self.rules = {**found.other_linked.rules, **found.linked.rules}

    def say(self, key: str, **arguments: object) -> str:
        return _WORDS[key][self.index].format(**arguments)

    def lines(self, found: Difference) -> Iterator[str]:
        yield self.say("heading", on=found.on, other_on=found.other_on)
        yield self.say("same" if found.same else "differs", members=found.members)
        if found.first is None:
            return
        yield from ["", self.say("moves")]
        for move in found.moves:
            one, other = self.programme(move.one), self.programme(move.other)
            yield self.say("move", one=one, other=other, least=move.least, most=move.most)
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
        yield self.say("sides", one=self.side(witness.one), other=self.side(witness.other))
        for rule, member, one, other in witness.rules:
            of = "" if member is None else f"（{member}）" if self.index == 0 else f" ({member})"
            shown = [value_said(value, self.lang, self.programmes) for value in (one, other)]
            yield self.say("rule", title=self.title(rule), member=of, one=shown[0], other=shown[1])

    def side(self, side: Side) -> str:
        return self.say("side", programme=self.programme(side.programme), total=side.monthly_total)

    def programme(self, code: str) -> str:
        return self.programmes[code].say(self.lang)

    def title(self, rule: str) -> str:
        return self.rules[rule].title.say(self.lang)
