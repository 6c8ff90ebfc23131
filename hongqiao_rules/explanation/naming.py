"""Names within sentences: the titles of facts, codes, parameters and rules, in the form that a sentence needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import FactDefinition, Rule
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.text.catalogue import Catalogue

_STRAIGHT = re.compile(r'"([^"]*)"')
_ASIDE = re.compile(r"\s*[（(][^（()）]*[)）]$")


class Naming:
    """Names the parts of *linked* by their titles in the language *lang*."""

    def __init__(self, linked: Linked, lang: str) -> None:
        self.linked, self.words = linked, catalogue(lang)
        self.definitions = linked.definitions

    def __call__(self, key: str, **parts: object) -> str:
        """Return the phrase of *key* with its placeholders filled."""
        return self.words.say(f"phrase.{key}", **parts)

    def title(self, text: Bilingual) -> str:
        """Return a title for the middle of a sentence, without the brackets at its end."""
        return self("noun", title=_ASIDE.sub("", text.say(self.words.lang)))

    def the(self, text: Bilingual) -> str:
        """Return a title as a noun with its article."""
        plain = self.title(text)
        return plain if plain.partition(" ")[0] in self("articles").split() else self("the", title=plain)

    def quoted(self, text: Bilingual) -> str:
        """Return a title in quotation marks."""
        return self("quoted", text=inner(text.say(self.words.lang)))

    def name(self, concluded: str) -> str:
        """Return the name of a conclusion: that of its list of codes, or else of its first rule."""
        codes = self.definitions.codes.get(concluded.replace("_", "-"))
        if codes is not None:
            return self.the(codes.title)
        rules = self.linked.conclusions[concluded].rules
        return self.the(rules[0].title) if len(rules) == 1 else self.quoted(rules[0].title)

    def concluded(self, rule: Rule) -> str:
        """Return the name of the result of a rule; its own title if several rules conclude the same name."""
        if rule.list is not None:
            counted = self.definitions.head.entries.get(rule.list) == "number"
            return self("number_of", name=self.quoted(rule.title)) if counted else self.the(rule.title)
        several = len(self.linked.conclusions[rule.concludes].rules) > 1
        coded = rule.concludes.replace("_", "-") in self.definitions.codes
        return self.quoted(rule.title) if several and not coded else self.name(rule.concludes)

    def fact(self, entity: str, name: str) -> FactDefinition | None:
        """Return the fact of that name, or None if it is a conclusion."""
        return self.definitions.entities[entity].facts.get(name)

    def codes(self, code_list: str | None, codes: Iterable[object]) -> str:
        """Return codes by their titles, in the order of their list."""
        values = self.definitions.codes[code_list or ""].values
        chosen = set(codes)
        return self.words.join(
            [self.quoted(title) for code, title in values.items() if code in chosen], "phrase.codes"
        )

    def measure(self, entity: str | None) -> str:
        """Return the word that counts one entity of that kind, or one entry of a list."""
        return self("entry_measure") if entity is None else self._formed("measures", entity)

    def number(self, entity: str | None) -> str:
        """Return the word for how many entities of that kind, or entries of a list, there are."""
        return self("entry_count") if entity is None else self._formed("counts", entity)

    def one(self, entity: str) -> str:
        """Return the name of one entity of that kind."""
        return self._formed("one", entity)

    def plural(self, entity: str) -> str:
        """Return the name of several entities of that kind."""
        return self._formed("several", entity)

    def _formed(self, key: str, entity: str) -> str:
        """Return the form of a title by the first rule ``ending/form`` that matches; ``*`` is the part before the ending."""
        title = self.title(self.definitions.entities[entity].title)
        rules = (rule.split("/") for rule in self(key).split())
        ending, form = next(rule for rule in rules if title.endswith(rule[0]))
        return form.replace("*", title.removesuffix(ending))


def value_said(value: Any, words: Catalogue, codes: Mapping[str, Bilingual]) -> str:
    """Return a value of a trace, a code by its title in *codes*; a dash for ``None``, where a rule did not apply."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return words.say("yes" if value else "no")
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return codes[value].say(words.lang) if value in codes else value


def inner(text: str) -> str:
    """Return a text for use inside quotation marks: its own marks become single ones."""
    return _STRAIGHT.sub(r"‘\1’", text.replace("“", "‘").replace("”", "’"))
