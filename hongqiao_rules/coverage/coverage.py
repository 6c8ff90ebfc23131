"""The coverage as a whole, and everything that does not fit: in itself, to the rulebooks, to a text of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hongqiao_rules.calculator import bundled_rulebook
from hongqiao_rules.coverage.entries import KINDS, SOURCE, Sentence, digest, read, sentences
from hongqiao_rules.messages import sentence as message
from hongqiao_rules.rulebook.definitions import Citation, Definitions
from hongqiao_rules.standards.standards import bundled_standards


class Finding(NamedTuple):
    """Something that does not fit, with its place in the plan (0 where it has none)."""

    code: str
    paragraph: int
    sentence: int
    arguments: Mapping[str, object]

    def say(self, lang: str) -> str:
        """``paragraph.sentence: CODE: sentence`` in ``"zh"`` or ``"en"``."""
        place = f"{self.paragraph}.{self.sentence}: " if self.paragraph else ""
        return f"{place}{self.code}: {message(self.code, lang, self.arguments)}"


class Coverage:
    """What became of every sentence of the plan. Immutable."""

    def __init__(self) -> None:
        self.entries, self.reasons = read()
        self.definitions: tuple[Definitions, ...] = (
            bundled_rulebook().definitions,
            bundled_standards().definitions,
        )

    def counts(self, chapter: int | None = None) -> Mapping[str, int]:
        """How many sentences there are of each kind, in a chapter or in all."""
        counted = Counter(e.kind for e in self.entries if chapter in (None, e.chapter))
        return {kind: counted[kind] for kind in KINDS}

    def findings(self, text: str | None = None) -> tuple[Finding, ...]:
        """What does not fit; with *text*, a text of the plan, also every sentence that is another, missing or unread."""
        found = [*self._itself(), *self._rulebooks()]
        if text is not None:
            found += self._text(list(sentences(text)))
        return tuple(found)

    def quotes(self) -> Iterator[tuple[str, str]]:
        """All words that the rulebooks cite from the plan: the id of what cites them, and the words."""
        for definitions in self.definitions:
            for id_, citations in _cited(definitions):
                yield from ((id_, c.words) for c in citations if c.source == SOURCE and c.words is not None)

    def _itself(self) -> Iterator[Finding]:
        """A gap in the numbering is a sentence without an entry."""
        before = (0, 0)
        for entry in self.entries:
            here = entry.paragraph, entry.sentence
            if here not in ((before[0], before[1] + 1), (before[0] + 1, 1)):
                yield Finding("COVERAGE_GAP", *here, {"begins": entry.begins})
            before = here
            settled = entry.rules if entry.kind == "modelled" else entry.kind == "descriptive" or entry.why
            if not settled or (entry.why is not None and entry.why not in self.reasons):
                yield Finding("COVERAGE_UNREAD", *here, {"begins": entry.begins})

    def _rulebooks(self) -> Iterator[Finding]:
        """What entries name is there, and what the rulebooks cite stands in an entry."""
        known = {id_ for definitions in self.definitions for id_ in _named(definitions)}
        for entry in self.entries:
            for rule in entry.rules:
                if rule not in known:
                    yield Finding("COVERAGE_UNKNOWN_RULE", entry.paragraph, entry.sentence, {"rule": rule})
        recorded = {(rule, quote) for entry in self.entries for rule in entry.rules for quote in entry.quotes}
        for id_, words in self.quotes():
            if (id_, digest(words)) not in recorded:
                yield Finding("COVERAGE_QUOTE_UNRECORDED", 0, 0, {"rule": id_, "words": words})

    def _text(self, found: list[Sentence]) -> Iterator[Finding]:
        """Entries and sentences side by side; what was moved is known by its digest."""
        stated = {entry.digest for entry in self.entries}
        there = {(s.paragraph, s.sentence): s for s in found}
        digests = {digest(s.text) for s in found}
        for entry in self.entries:
            if entry.digest in digests:
                continue
            now = there.get((entry.paragraph, entry.sentence))
            code = "COVERAGE_MISSING" if now is None or digest(now.text) in stated else "COVERAGE_CHANGED"
            arguments = {"begins": entry.begins, "rules": ", ".join(entry.rules) or "–"}
            yield Finding(code, entry.paragraph, entry.sentence, arguments)
        places = {(e.paragraph, e.sentence) for e in self.entries if e.digest not in digests}
        for one in found:
            if digest(one.text) not in stated and (one.paragraph, one.sentence) not in places:
                yield Finding("COVERAGE_NEW", one.paragraph, one.sentence, {"begins": one.text[:12]})
        whole = [s.text for s in found]
        for id_, words in self.quotes():
            if not any(words in text for text in whole):
                yield Finding("COVERAGE_QUOTE_NOT_IN_TEXT", 0, 0, {"rule": id_, "words": words})


def _cited(definitions: Definitions) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    for rule in definitions.rules.values():
        yield rule.id, rule.citations
    for parameter in definitions.parameters.values():
        for value in parameter.values:
            yield parameter.id, value.citations


def _named(definitions: Definitions) -> Iterator[str]:
    for table in (definitions.rules, definitions.parameters, definitions.notices):
        yield from (id_ for _, id_ in table)
