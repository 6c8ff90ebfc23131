"""What became of the properties of a rulebook in words, in Chinese and in English."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from hongqiao_rules.explanation.words import Words
from hongqiao_rules.proofs.answers import Outcome, Proofs, Shown, Step
from hongqiao_rules.rulebook.definitions import Definitions

_WORDS: Mapping[str, tuple[str, str]] = {
    "heading": ("对所有家庭的断言", "What is claimed of every household"),
    "reach": (
        "查看了{members}人以内的所有家庭：全部事实在声明的范围内，{first}{last}的每一天，{overlays}。",
        "Looked at were all households of up to {members} members, with all facts in their declared ranges, on every day {first}{last}, {overlays}.",
    ),
    "from": ("自{day}起", "from {day} on"),
    "from_to": ("自{day}", "from {day}"),
    "to": ("至{day}", " to {day}"),
    "no_overlay": ("不用叠加规则", "without an overlay"),
    "overlay": ("用叠加规则{name}", "under the overlay {name}"),
    "readings": ("读法：{names}的各种组合。", "Readings: every combination of {names}."),
    "readings_alone": (
        "读法：{names}的默认选项，以及每个其他选项各自单独替换。",
        "Readings: the defaults of {names}, and each other choice alone.",
    ),
    "proved": ("已证明", "Proved"),
    "refuted": ("不成立", "Refuted"),
    "unknown": ("未定", "Unknown"),
    "measured": ("已测定", "Measured"),
    "line": ("{status}　{id}：{title}", "{status}  {id}: {title}"),
    "of_overlay": ("{title}（{overlay}）", "{title} ({overlay})"),
    "timeout": (
        "时间不够；可用 --seconds 延长，或用 --on、--property 缩小范围。",
        "There was not enough time; give it more with --seconds, or less to do with --on or --property.",
    ),
    "lists": (
        "没有找到反例，但更长的列表没有查看，规则须分辨其中的每一项。",
        "Nothing was found, but longer lists were not looked at, of which the rules tell every item apart.",
    ),
    "why": ("求解器没有给出答案：{why}。", "The solver gave no answer: {why}."),
    "smallest": ("不成立的最小家庭：", "The smallest household for which it fails:"),
    "declared": ("如声明的例外：{title}", "Except, as declared: {title}"),
    "absent": (
        "声明的例外没有出现：{title}。请删去，或查明规则何时变了。",
        "A declared exception does not happen: {title}. Take it out, or see when the rules changed.",
    ),
    "open": (
        "没有时间查明声明的例外是否出现：{title}",
        "There was no time to see whether a declared exception happens: {title}",
    ),
    "never": (
        "规则{rule}从不适用（{period}{overlay}）：没有家庭符合它的条件，或者总有其他规则在先。",
        "The rule {rule} never applies ({period}{overlay}): no household meets its conditions, or another rule always comes first.",
    ),
    "rise": ("最大一次上升：{by}元", "The largest rise: {by} yuan"),
    "fall": ("最大一次下降：{by}元", "The largest fall: {by} yuan"),
    "no_rise": ("没有上升。", "It never rises."),
    "no_fall": ("没有下降。", "It never falls."),
    "by_default": ("（按默认读法）", " (under the default readings)"),
    "at": ("{on}{choices}", "on {on}{choices}"),
    "choice": ("，{name}={choice}", ", {name}={choice}"),
    "figure": ("{name} {value}", "{name} {value}"),
    "moved": ("{name} {one} → {other}", "{name} {one} → {other}"),
    "end": (
        "{proved}项已证明，{refuted}项不成立，{unknown}项未定。",
        "{proved} proved, {refuted} refuted, {unknown} unknown.",
    ),
    "list": ("、", ", "),
    "parts": ("；", "; "),
}


def statement(found: Proofs, lang: str) -> str:
    """The answer as text."""
    return "\n".join(_Speaker(lang, found.linked.definitions).lines(found)) + "\n"


class _Speaker(Words):
    def __init__(self, lang: str, definitions: Definitions) -> None:
        super().__init__(lang)
        self.definitions = definitions

    def __call__(self, key: str, **arguments: object) -> str:
        return _WORDS[key][self._index].format(**arguments)

    def lines(self, found: Proofs) -> Iterator[str]:
        yield self("heading")
        first = self("from" if found.last is None else "from_to", day=found.first)
        last = "" if found.last is None else self("to", day=found.last)
        overlays = self("list").join(
            self("overlay", name="+".join(names)) if names else self("no_overlay") for names in found.overlays
        )
        yield self("reach", members=found.members, first=first, last=last, overlays=overlays)
        if found.readings:
            key = "readings" if found.every_combination else "readings_alone"
            yield self(key, names=self("list").join(found.readings))
        for outcome in found.outcomes:
            yield ""
            yield from self.outcome(outcome)
        statuses = [outcome.status for outcome in found.outcomes]
        yield ""
        yield self("end", **{status: statuses.count(status) for status in ("proved", "refuted", "unknown")})

    def outcome(self, outcome: Outcome) -> Iterator[str]:
        title = outcome.title.say(self.lang)
        if outcome.overlay is not None:
            title = self("of_overlay", title=title, overlay=outcome.overlay)
        yield self("line", status=self(outcome.status), id=outcome.id, title=title)
        if outcome.why is not None:
            yield "  " + (self(outcome.why) if outcome.why in _WORDS else self("why", why=outcome.why))
        if outcome.shown is not None:
            yield "  " + self("smallest")
            yield from self.shown(outcome.shown)
        for rule in outcome.unreachable:
            period = self("from" if rule.end is None else "from_to", day=rule.start)
            period += "" if rule.end is None else self("to", day=rule.end)
            overlay = "".join(self("list") + self("overlay", name=name) for name in rule.overlays)
            yield "  " + self("never", rule=rule.rule, period=period, overlay=overlay)
        for declared in outcome.exceptions:
            title = declared.title.say(self.lang)
            if declared.shown is None:
                yield "  " + self("absent" if declared.decided else "open", title=title)
                continue
            yield "  " + self("declared", title=title)
            yield from self.shown(declared.shown)
        if outcome.status == "measured":
            yield from self.step("rise", outcome.rise)
            yield from self.step("fall", outcome.fall)

    def step(self, name: str, step: Step | None) -> Iterator[str]:
        if step is None:
            yield "  " + self(f"no_{name}")
            return
        yield "  " + self(name, by=step.by) + self("by_default")
        yield from self.shown(step.shown)

    def shown(self, shown: Shown) -> Iterator[str]:
        choices = "".join(self("choice", name=name, choice=choice) for name, choice in shown.readings.items())
        choices += "".join(self("list") + self("overlay", name=name) for name in shown.overlays)
        yield "    " + self("at", on=shown.on, choices=choices)
        yield "    " + json.dumps(shown.household, ensure_ascii=False)
        if shown.changed is not None:
            for path, one, other in _changes(shown.household, shown.changed):
                values = [
                    "–" if value is None else json.dumps(value, ensure_ascii=False) for value in (one, other)
                ]
                yield "    " + self("moved", name=path, one=values[0], other=values[1])
        yield "    " + self("parts").join(self.figures(shown))

    def figures(self, shown: Shown) -> Iterator[str]:
        for name, one in shown.figures.items():
            other = one if shown.changed_figures is None else shown.changed_figures[name]
            title = self.figure(name)
            if one != other:
                yield self("moved", name=title, one=self.value(name, one), other=self.value(name, other))
            elif shown.changed_figures is None or name == "monthly_total":
                yield self("figure", name=title, value=self.value(name, one))

    def figure(self, name: str) -> str:
        """What a figure is called: by its list of codes, else by the rule that concludes it."""
        definitions = self.definitions
        codes = definitions.codes.get(name)
        rule = definitions.rules.get((None, name.replace("_", "-")))
        found = codes or rule
        return name if found is None else str(found.title.say(self.lang))

    def value(self, name: str, value: Any) -> str:
        codes = self.definitions.codes.get(name)
        return (
            str(value)
            if codes is None or value not in codes.values
            else str(codes.values[value].say(self.lang))
        )


def _changes(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where plain values differ, as JSON pointers, with what stands there; ``None`` where nothing does."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in dict.fromkeys([*one, *other]):
            yield from _changes(one.get(name), other.get(name), f"{path}/{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (here, there) in enumerate(zip(one, other, strict=True)):
            yield from _changes(here, there, f"{path}/{number}")
    elif one != other:
        yield path, one, other
