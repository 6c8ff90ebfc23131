"""All reference pages of a rulebook, in both languages, and their place in the navigation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hongqiao_rules.rulebook.load import Rulebook
from reference.book import Book
from reference.documents import DocumentPages
from reference.indexes import Indexes
from reference.parameters import ParameterPages
from reference.rules import RulePages

FOLDERS = ("rules", "parameters", "documents")


def pages(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """Every page with its path below the folder of the reference."""
    book = Book(rulebook)
    for lang, suffix in (("en", ".md"), ("zh", ".zh.md")):
        indexes = Indexes(book, lang)
        rules, parameters, documents = (
            RulePages(book, lang),
            ParameterPages(book, lang),
            DocumentPages(book, lang),
        )
        made = {
            "rules/index": indexes.rules(),
            "parameters/index": indexes.parameters(),
            "documents/index": indexes.documents(),
            "notices": indexes.notices(),
            **{f"rules/{id_}": rules.page(id_) for id_ in book.rule_ids},
            **{f"parameters/{id_}": parameters.page(id_) for id_ in book.parameter_ids},
            **{f"documents/{id_}": documents.page(id_) for id_ in book.definitions.sources},
        }
        for name, lines in made.items():
            yield name + suffix, "\n".join(lines) + "\n"


def navigation(rulebook: Rulebook) -> Iterator[str]:
    """The lines of the navigation for the reference pages, as they stand in ``mkdocs.yml``."""
    book = Book(rulebook)
    ids = (book.rule_ids, book.parameter_ids, sorted(book.definitions.sources))
    for folder, of_folder in zip(FOLDERS, ids, strict=True):
        yield f"      - {folder.capitalize()}:"
        yield f"          - reference/{folder}/index.md"
        yield from (f"          - reference/{folder}/{id_}.md" for id_ in of_folder)
    yield "      - reference/notices.md"


def stale(folder: Path, kept: set[Path]) -> Iterator[Path]:
    """Pages that are left of rules, parameters and documents that are gone."""
    for name in FOLDERS:
        yield from sorted(path for path in (folder / name).glob("*.md") if path not in kept)
