"""The examples of a rule as its page shows them: the household in words, then the arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from calculator_links import link
from site_templates import Templates

from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.rulebook.definitions import Example, FactDefinition, FieldDefinition, calendar, iso
from reference.book import Book


class Examples:
    """Writes the examples of a rulebook in one language."""

    def __init__(self, book: Book, templates: Templates) -> None:
        self.book, self.templates = book, templates
        self.words, self.word = templates.words, templates.word

    def choices(self, example: Example) -> list[str]:
        """Return the readings and overlays of an example."""
        readings = [
            self.word("chosen", name=name, choice=choice) for name, choice in example.readings.items()
        ]
        return readings + [self.word("overlay_taken", name=name) for name in example.overlays]

    def household(self, given: Mapping[str, Any]) -> Iterator[tuple[str | None, str]]:
        """Yield the facts of the root, without a name, then those of each contained entity with its id."""
        definitions = self.book.definitions
        root = definitions.entities[definitions.head.root]
        of_root = list(self._facts(root.facts, given))
        if of_root:
            yield None, self._joined(of_root)
        if root.contains is not None:
            inside = definitions.entities[root.contains.entity]
            for item in given[root.contains.named]:
                yield item["id"], self._joined(self._facts(inside.facts, item))

    def steps(self, example: Example) -> Iterator[tuple[int, str]]:
        """Yield the arithmetic of the statement, from the result to the total, each line with its depth."""
        edition = Edition(self.book.rulebook, example.readings, example.overlays)
        statement = edition.assess(example.given, on=calendar(example.on)).statement(self.words.lang)
        first, *blocks = statement.split("\n\n")
        basis = ("notices", "statement.assumed", "statement.overlays", "statement.readings")
        after = tuple(self.words.say(key) for key in basis)
        figures = takewhile(lambda block: not block.startswith(after), blocks)
        for line in "\n".join([first.splitlines()[2], *figures]).splitlines():
            if not line.startswith(" "):
                yield 0, line
            elif not line.startswith("    "):
                yield 1, line.strip()

    def link(self, example: Example) -> str:
        """Return a link that opens the example in the calculator."""
        return link(self.templates, 3, example.given, iso(example.on), example.readings, example.overlays)

    def expected(self, example: Example) -> str:
        """Return the values that an example expects, by name."""
        return self._joined(
            self.words.say("pair", name=f"`{name}`", text=self._expected(value))
            for name, value in example.expect.items()
        )

    def _expected(self, value: Any) -> str:
        if isinstance(value, list):
            return self.templates.listed(map(self._expected, value))
        if isinstance(value, Mapping):
            return " ".join(
                f"`{part}`" if part == value.get("rule") else str(part) for part in value.values()
            )
        return str(value)

    def _joined(self, parts: Iterable[str]) -> str:
        return self.words.join(parts, "list.semicolon")

    def _facts(self, facts: Mapping[str, FactDefinition], given: Mapping[str, Any]) -> Iterator[str]:
        for name, fact in facts.items():
            if name not in given or name == "id":
                continue
            if fact.type.kind == "truth":
                if given[name]:
                    yield self.templates.title(fact.title)
            elif fact.type.kind == "code" and fact.required:
                yield self._value(fact, given[name])
            else:
                yield self.word("fact", name=fact.title, value=self._value(fact, given[name]))

    def _value(self, fact: FactDefinition | FieldDefinition, value: Any) -> str:
        match fact.type.kind:
            case "code":
                return self.templates.title(self.book.definitions.codes[fact.type.of or ""].values[value])
            case "codes":
                codes = self.book.definitions.codes[fact.type.of or ""].values
                return self.templates.listed(self.templates.title(codes[code]) for code in value)
            case "records" if isinstance(fact, FactDefinition):
                fields = fact.fields
                return self.templates.listed(
                    " ".join(self._value(field, record[name]) for name, field in fields.items())
                    for record in value
                )
        return str(value)
