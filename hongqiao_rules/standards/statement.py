"""A judgement as a text to hand over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from hongqiao_rules.rulebook.definitions import Rule

if TYPE_CHECKING:
    from hongqiao_rules.standards.judgement import Answer, Judgement

_MANY = 10
"""So many communities are named in a line; of more, the rest is counted."""
_WORDS: Mapping[str, tuple[str, str]] = {
    "heading": ("社区建设标准对照说明", "Statement of the standards of communities"),
    "district": ("{district}，截至 {on}", "{district}, as of {on}"),
    "due": ("{title}（应于{due}达到）", "{title} (to hold by {due})"),
    "no_due": ("{title}", "{title}"),
    "met": ("已达到", "met"),
    "short": ("尚欠 {by}", "short by {by}"),
    "not_known": ("无法判断，没有填写：{missing}", "not known, because this was not stated: {missing}"),
    "not_applicable": ("不适用", "does not apply"),
    "summary": ("{state} {count} 个", "{state}: {count}"),
    "state_met": ("已达到", "met"),
    "state_short": ("未达到", "short"),
    "state_not_known": ("无法判断", "not known"),
    "state_not_applicable": ("不适用", "does not apply"),
    "one": ("{community}：{text}", "{community}: {text}"),
    "more": ("……其余 {count} 个见JSON", "… and {count} more, in the JSON"),
    "unit": ("{count} {unit}", "{count} {unit}"),
    "items": ("{count} 项", "{count}"),
    "cited": ("依据：“{words}”——{place}", "Basis: “{words}” – {place}"),
    "figures": ("数字：", "Figures:"),
    "figure": ("{title}：{value}", "{title}: {value}"),
    "unknown": ("无法判断", "not known"),
    "notices": ("提示：", "Notices:"),
    "receipt": ("凭据 {receipt}", "Receipt {receipt}"),
    "list": ("、", ", "),
}


def statement(judgement: Judgement, lang: str) -> str:
    """The statement of *judgement* in ``"zh"`` or ``"en"``."""
    return "\n".join(_Statement(judgement, lang).lines()) + "\n"


class _Statement:
    def __init__(self, judgement: Judgement, lang: str) -> None:
        from hongqiao_rules.standards.standards import bundled_standards

        self.j, self.lang = judgement, lang
        self.definitions = bundled_standards().definitions
        self.units = self.definitions.codes["unit"].values

    def words(self, key: str, **arguments: object) -> str:
        return _WORDS[key][self.lang == "en"].format(**arguments)

    def lines(self) -> Iterator[str]:
        yield self.words("heading")
        yield self.words("district", district=self.j.district, on=self.j.on)
        for rule in self.j.rules.values():
            yield ""
            yield from self.standard(rule)
        yield from ["", self.words("figures")]
        rules = {rule.concludes: rule for rule in self.definitions.rules.values()}
        for name, value in self.j.figures.items():
            shown = self.words("unknown") if value is None else value
            yield "  " + self.words("figure", title=rules[name].title.say(self.lang), value=shown)
        if self.j.notices:
            yield from ["", self.words("notices"), *(f"  {n.say(self.lang)}" for n in self.j.notices)]
        yield from ["", self.words("receipt", receipt=self.j.receipt)]

    def standard(self, rule: Rule) -> Iterator[str]:
        title, due = rule.title.say(self.lang), self.j.due[rule.id]
        yield self.words("due", title=title, due=due) if due else self.words("no_due", title=title)
        answers = [answer for answer in self.j.answers if answer.rule == rule.id]
        if len(answers) == 1 and answers[0].community is None:
            yield "  " + self.said(answers[0])
        else:
            states = self.j.states(rule.id).items()
            parts = [self.words("summary", state=self.words(f"state_{s}"), count=n) for s, n in states]
            yield "  " + self.words("list").join(parts)
            told = [a for a in answers if a.state in ("short", "not_known")]
            for answer in told[:_MANY]:
                yield "    " + self.words("one", community=answer.community, text=self.said(answer))
            if len(told) > _MANY:
                yield "    " + self.words("more", count=len(told) - _MANY)
        for citation in self.j.cited(rule):
            yield "  " + self.words("cited", words=citation.words, place=citation.place)

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
        return text if community == answer.community else self.words("one", community=community, text=text)

    def said(self, answer: Answer) -> str:
        unit = self.units[answer.unit].say(self.lang) if answer.unit else None
        by = (
            self.words("unit", count=answer.short_by, unit=unit)
            if unit
            else self.words("items", count=answer.short_by)
        )
        shown = [self.fact(pointer, answer) for pointer in answer.missing[:_MANY]]
        if len(answer.missing) > _MANY:
            shown.append(self.words("more", count=len(answer.missing) - _MANY))
        return self.words(answer.state, by=by, missing=self.words("list").join(shown))
