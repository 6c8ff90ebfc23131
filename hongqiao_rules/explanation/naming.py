"""What things are called in the middle of a sentence: by the titles that the policies give them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hongqiao_rules.explanation.phrases import PHRASES
from hongqiao_rules.rulebook.definitions import Bilingual, FactDefinition, Rule
from hongqiao_rules.rulebook.link import Linked

_PEOPLE = ("成员", "人", "人员", "者", "员")
"""Endings of Chinese titles that are counted as persons."""

_STRAIGHT = re.compile(r'"([^"]*)"')
_ASIDE = re.compile(r"\s*[（(][^（()）]*[)）]$")


class Naming:
    """Calls what *linked* has by its titles, in ``"zh"`` or ``"en"``."""

    def __init__(self, linked: Linked, lang: str) -> None:
        self.linked, self.lang = linked, lang
        self.definitions = linked.definitions

    def __call__(self, key: str, *parts: str) -> str:
        """The phrase of *key* with its blanks filled in."""
        return PHRASES[key][0 if self.lang == "zh" else 1].format(*parts)

    def title(self, text: Bilingual) -> str:
        """A title as it goes on within a sentence: without what stands in brackets at its end."""
        plain = _ASIDE.sub("", text.say(self.lang))
        return plain[:1].lower() + plain[1:] if plain[1:2].islower() else plain

    def the(self, text: Bilingual) -> str:
        """A title as a noun within a sentence."""
        plain = self.title(text)
        return plain if plain.startswith(("the ", "a ", "an ")) else self("fact", plain)

    def quoted(self, text: Bilingual) -> str:
        """A title in quotation marks."""
        return self("quoted", inner(text.say(self.lang)))

    def name(self, concluded: str) -> str:
        """What a conclusion is called: by its list of codes, by its one rule, else by the first of its rules."""
        codes = self.definitions.codes.get(concluded.replace("_", "-"))
        if codes is not None:
            return self.the(codes.title)
        rules = self.linked.conclusions[concluded].rules
        return self.the(rules[0].title) if len(rules) == 1 else self.quoted(rules[0].title)

    def concluded(self, rule: Rule) -> str:
        """What a rule gives: where several rules settle one name, each is called by its own title."""
        if rule.list is not None:
            counted = self.definitions.head.entries.get(rule.list) == "number"
            return self("number_of", self.quoted(rule.title)) if counted else self.the(rule.title)
        several = len(self.linked.conclusions[rule.concludes].rules) > 1
        coded = rule.concludes.replace("_", "-") in self.definitions.codes
        return self.quoted(rule.title) if several and not coded else self.name(rule.concludes)

    def fact(self, entity: str, name: str) -> FactDefinition | None:
        """The fact of that name, if it is one and no conclusion."""
        return self.definitions.entities[entity].facts.get(name)

    def codes(self, code_list: str | None, codes: Iterable[object]) -> str:
        """Codes by their titles, in the order of their list."""
        values = self.definitions.codes[code_list or ""].values
        chosen = set(codes)
        return self("code_or").join(self.quoted(title) for code, title in values.items() if code in chosen)

    def measure(self, entity: str | None) -> str:
        """The word by which Chinese counts entities of that kind, or the items of a list."""
        if entity is None:
            return "项"
        return "名" if self.definitions.entities[entity].title.zh.endswith(_PEOPLE) else "个"

    def plural(self, entity: str) -> str:
        """What several entities of that kind are called."""
        title = self.title(self.definitions.entities[entity].title)
        if self.lang == "zh":
            return title
        return title[:-1] + "ies" if title.endswith("y") else title + "s"


def value_said(value: Any, lang: str, codes: Mapping[str, Bilingual]) -> str:
    """A value of a trace, its codes by the titles in *codes*; ``None``, where a rule did not apply, as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return PHRASES["yes" if value else "no"][0 if lang == "zh" else 1]
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return codes[value].say(lang) if value in codes else value


def inner(text: str) -> str:
    """A text that goes into quotation marks: its own marks become single ones."""
    return _STRAIGHT.sub(r"‘\1’", text.replace("“", "‘").replace("”", "’"))
