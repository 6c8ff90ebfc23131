"""All reference pages of the rulebooks, in both languages, and their place in the navigation.

The first rulebook, called ``""``, has its pages in the folder of the reference itself, every other in a folder of its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hongqiao_rules.rulebook.definitions import Bilingual
from hongqiao_rules.rulebook.load import Rulebook
from reference.book import Book
from reference.documents import DocumentPages
from reference.facts import FactPage
from reference.indexes import Indexes
from reference.parameters import ParameterPages
from reference.rules import RulePages

FOLDERS = ("rules", "parameters", "documents")


def pages(rulebooks: Mapping[str, Rulebook]) -> Iterator[tuple[str, str]]:
    """Every page with its path below the folder of the reference."""
    titles = {part: rulebook.definitions.head.title for part, rulebook in rulebooks.items() if part}
    for part, rulebook in rulebooks.items():
        for name, text in _pages(Book(rulebook), {} if part else titles):
            yield (f"{part}/{name}" if part else name), text
        if part:  # those of the first rulebook stand on the page of the household
            for lang, suffix in (("en", ".md"), ("zh", ".zh.md")):
                yield f"{part}/facts{suffix}", "\n".join(FactPage(Book(rulebook), lang).page()) + "\n"


def _pages(book: Book, further: Mapping[str, Bilingual]) -> Iterator[tuple[str, str]]:
    for lang, suffix in (("en", ".md"), ("zh", ".zh.md")):
        indexes = Indexes(book, lang)
        rules, parameters = RulePages(book, lang), ParameterPages(book, lang)
        documents = DocumentPages(book, lang)
        made = {
            "rules/index": indexes.rules(further),
            "parameters/index": indexes.parameters(),
            "documents/index": indexes.documents(),
            **({"notices": indexes.notices()} if book.definitions.notices else {}),
            **{f"rules/{id_}": rules.page(id_) for id_ in book.rule_ids},
            **{f"parameters/{id_}": parameters.page(id_) for id_ in book.parameter_ids},
            **{f"documents/{id_}": documents.page(id_) for id_ in book.definitions.sources},
        }
        for name, lines in made.items():
            yield name + suffix, "\n".join(lines) + "\n"


def navigation(rulebooks: Mapping[str, Rulebook]) -> list[Any]:
    """The entries of the navigation for the reference pages, as a parsed ``mkdocs.yml`` would hold them."""
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
