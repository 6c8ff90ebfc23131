"""All reference pages of the rulebooks, in all languages, and their place in the navigation.

The pages of the first rulebook, whose name is ``""``, are in the folder of the reference itself; those of each other
rulebook are in a folder of its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_templates import Templates
from site_words import SUFFIXES

from hongqiao_rules.explanation.rulebook_text import when_cited
from hongqiao_rules.language.nodes import If
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    Citation,
    FactDefinition,
    NoticeDefinition,
    Parameter,
    ParameterValue,
    Rule,
    Version,
)
from hongqiao_rules.rulebook.link import TypedVersion
from hongqiao_rules.rulebook.load import Rulebook
from reference.book import Book
from reference.charts import Step, chart
from reference.dependencies import Dependencies
from reference.examples import Examples

FOLDERS = ("rules", "parameters", "documents")
_CASE = re.compile(r"(?:(?<=：)|；|(?<=: )|; )[（(]\d+[）)] ?")


def pages(rulebooks: Mapping[str, Rulebook]) -> Iterator[tuple[str, str]]:
    """Yield each page with its path below the folder of the reference."""
    titles = {part: rulebook.definitions.head.title for part, rulebook in rulebooks.items() if part}
    for part, rulebook in rulebooks.items():
        book = Book(rulebook)
        for lang, suffix in SUFFIXES.items():
            made = ReferencePages(book, lang).pages({} if part else titles, facts=bool(part))
            yield from ((f"{part}/{name}{suffix}".removeprefix("/"), text) for name, text in made)


class ReferencePages:
    """Writes the pages of one rulebook in one language."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.definitions, self.lang = book, book.definitions, lang
        self.templates = Templates(
            lang, book=book, about=self.about, cited=self.cited, drawn=self.drawn, gives=self.gives, given=self.given,
            history=self.history, known=self.known, parameter_links=self.parameter_links, rule_links=self.rule_links,
            said=self.said, sources=self.sources, under=self.under, values=self.values,
        )  # fmt: skip
        self.words, self.word, self.link = self.templates.words, self.templates.word, self.templates.link
        self.examples = Examples(book, self.templates)

    def pages(self, further: Mapping[str, Bilingual], *, facts: bool) -> Iterator[tuple[str, str]]:
        """Yield each page with its path, without suffix.

        Args:
            further: Titles of other rulebooks by folder, to be linked.
            facts: Whether the facts and codes of the rulebook have a page here.
        """
        fill, book = self.templates.fill, self.book
        diagrams = Dependencies(book, self.templates)
        yield "rules/index", fill("rules.md", diagrams=diagrams, further=further)
        yield "parameters/index", fill("parameters.md")
        yield "documents/index", fill("documents.md")
        if self.definitions.notices:
            yield "notices", fill("notices.md")
        if facts:
            yield "facts", fill("facts.md")
        for id_ in book.rule_ids:
            yield f"rules/{id_}", fill("rule.md", id=id_, used=self.used(id_), examples=self.examples)
        for id_ in book.parameter_ids:
            yield f"parameters/{id_}", fill("parameter.md", id=id_)
        for id_, source in self.definitions.sources.items():
            yield f"documents/{id_}", fill("document.md", source=source, taken=self.taken(id_))

    # --- pieces of several pages ----------------------------------------------------------------------------

    def rule_links(self, ids: Iterable[str], folder: str = "") -> str:
        """Return links to the pages of rules, or the word for none."""
        return self.templates.listed(self.link(self.book.rule(id_).title, f"{folder}{id_}.md") for id_ in ids)

    def parameter_links(self, ids: Iterable[str], folder: str) -> str:
        """Return links to the pages of parameters, or the word for none."""
        titles = ((id_, self.book.parameter(id_).title) for id_ in ids)
        return self.templates.listed(self.link(title, f"{folder}{id_}.md") for id_, title in titles)

    def cited(self, citation: Citation) -> str:
        """Return the place of a citation, with a link to the page of the document."""
        source = self.definitions.sources[citation.source]
        page = f"../documents/{source.id}.md"
        text = self.word("cited_link", title=source.title, page=page, place=citation.place)
        quality = self.words.say(f"copy.{source.copy_quality}")
        return when_cited(self.words.say("aside", text=text, aside=quality), citation, self.words)

    def gives(self, rule: Rule, *, short: bool = False) -> str:
        """Return the name that a rule concludes, or the list that it adds to."""
        if rule.list is not None:
            return self.word("line_of", list=self.definitions.head.lists[rule.list])
        return f"`{rule.concludes}`" if short else self.word("gives", name=rule.concludes)

    # --- a rule ---------------------------------------------------------------------------------------------

    def about(self, rule: Rule) -> str:
        """Return the entity that a rule is about, unless it is the root."""
        about = rule.versions[0].about
        if about == self.definitions.head.root:
            return ""
        return f" · {self.word('about', entity=self.definitions.entities[about].title)}"

    def said(self, rule: Rule) -> Iterator[tuple[TypedVersion, list[str]]]:
        """Yield each version of a rule with its sentence, as lines."""
        sentences = self.book.sentences(rule.overlay, self.lang)
        for typed in self.book.typed(rule):
            yield typed, _spread(sentences.version(typed), cases=isinstance(typed.value, If))

    def under(self, version: Version) -> list[str]:
        """Return the choices of readings that a version needs."""
        return [
            self.word("under", reading=f"`{reading}`", choices=[f"`{choice}`" for choice in choices])
            for reading, choices in version.under.items()
        ]

    def history(self, rule: Rule) -> list[tuple[int, str]]:
        """Return the days (yyyymmdd) on which a rule, or a parameter that it uses, changes, with the change."""
        start, end = self.book.days(rule)
        found = [(start, self.word("begins"))]
        found += [(day, self.word("version_begins")) for day in {v.start for v in rule.versions} - {start}]
        if end != FOREVER:
            found.append((end, self.word("ends")))
        parameters, used = self.book.linked(rule.overlay).parameters, self.book.parameters_used(rule)
        for parameter in (one for one in parameters.values() if one.id in used):
            link = self.link(parameter.title, f"../parameters/{parameter.id}.md")
            for value in parameter.values:
                if value.end >= start and value.start <= end:
                    shown = self.book.shown(parameter, value, self.lang)
                    text = self.words.say("pair", name=link, text=shown)
                    found.append((max(value.start, start), text))
        return sorted(found, key=lambda item: item[0])

    def used(self, rule_id: str) -> dict[str, list[str]]:
        """Return the ids of the rules and parameters, and the facts in words, that the rules of an id use."""
        book, rules = self.book, [rule for _, rule in self.book.rules(rule_id)]
        facts = dict.fromkeys(fact for rule in rules for fact in book.facts_used(rule))
        titles = [(name, self.definitions.entities[entity].facts[name].title) for entity, name in facts]
        return {
            "rules": list(dict.fromkeys(id_ for rule in rules for id_ in book.rules_used(rule))),
            "parameters": list(dict.fromkeys(id_ for rule in rules for id_ in book.parameters_used(rule))),
            "facts": [f"`{name}` {title.say(self.lang)}" for name, title in titles],
        }

    # --- a parameter, a document, facts, notices ------------------------------------------------------------

    def drawn(self, parameter: Parameter) -> str:
        """Return the chart of the values of a parameter."""
        last = max(self.book.last_day, int(self.definitions.head.checked_to))
        steps = [
            Step(one.start, one.end, float(one.value), self.book.shown(parameter, one, self.lang))
            for one in parameter.values
        ]
        return chart(self.templates, self.word("chart", title=parameter.title), steps, last)

    def known(self, value: ParameterValue) -> str:
        """Return how well a value and its first day are known."""
        said = [self.templates.graded(value)]
        if value.start_basis is not None:
            said.append(self.words.say(f"start.{value.start_basis}"))
        return self.words.join(said, "list.semicolon")

    def sources(self, value: ParameterValue) -> list[str]:
        """Return the citations of a value, each with its words."""
        return [(f"“{one.words}” " if one.words else "") + self.cited(one) for one in value.citations]

    def taken(self, source_id: str) -> dict[tuple[str, str | None], list[str]]:
        """Return what cites a document, by the place and the words that are cited."""
        found: dict[tuple[str, str | None], dict[str, None]] = {}
        for kind, id_, citation in self.book.citations():
            if citation.source == source_id:
                found.setdefault((citation.place, citation.words), {})[self._citing(kind, id_)] = None
        return {cited: list(users) for cited, users in found.items()}

    def _citing(self, kind: str, id_: str) -> str:
        match kind:
            case "overlays":
                return self.definitions.overlays[id_].title.say(self.lang)
            case "rules":
                return self.link(self.book.rule(id_).title, f"../rules/{id_}.md")
        return self.link(self.book.parameter(id_).title, f"../{kind}/{id_}.md")

    def values(self, fact: FactDefinition) -> str:
        """Return the values that a fact may have."""
        match fact.type.kind:
            case "text":
                return self.word("text_of", most=fact.most)
            case "truth":
                return "`true`, `false`"
            case "number":
                return f"{fact.least:,} – {fact.most:,}"
        return f"`{fact.type.of or fact.type.kind}`"

    def given(self) -> Iterator[tuple[NoticeDefinition, str | None]]:
        """Yield each notice with its condition in words, None where it has none."""
        for overlay in dict.fromkeys([None, *self.definitions.overlays]):
            sentences = self.book.sentences(overlay, self.lang)
            for notice, when in self.book.linked(overlay).notices:
                if notice.overlay == overlay:
                    yield notice, sentences.visit(when) if when else None


def _spread(sentence: str, *, cases: bool) -> list[str]:
    """Return the sentence as lines: *cases* that it numbers are a list, unless something else in it is numbered."""
    head, *items = _CASE.split(sentence)
    if not cases or len(items) < 2 or len(re.findall(r"[（(]1[）)]", sentence)) > 1:
        return [sentence]
    return [head.rstrip(), "", *(f"{number}. {item}" for number, item in enumerate(items, 1))]


def navigation(rulebooks: Mapping[str, Rulebook]) -> list[Any]:
    """Return the entries of the navigation for the reference pages, as a parsed ``mkdocs.yml`` would hold them."""
    entries: list[Any] = []
    for part, rulebook in rulebooks.items():
        book, path = Book(rulebook), f"reference/{part}/" if part else "reference/"
        ids = (book.rule_ids, book.parameter_ids, sorted(book.definitions.sources))
        own: list[Any] = [
            {folder.capitalize(): [f"{path}{folder}/{name}.md" for name in ("index", *of_folder)]}
            for folder, of_folder in zip(FOLDERS, ids, strict=True)
        ]
        if part:
            own.append(f"{path}facts.md")
        if book.definitions.notices:
            own.append(f"{path}notices.md")
        entries += [{rulebook.definitions.head.title.en: own}] if part else own
    return entries
