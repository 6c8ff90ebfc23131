"""Small pieces of Markdown that several reference pages are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.rulebook_text import when_cited
from hongqiao_rules.rulebook.definitions import FOREVER, Citation, iso
from reference.book import Book
from reference.texts import Texts


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table; bars within cells are written so that they do not end them."""
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def period(texts: Texts, start: int, end: int) -> str:
    """From when until when."""
    return (
        texts("period", start=iso(start))
        if end == FOREVER
        else texts("closed", start=iso(start), end=iso(end))
    )


def graded(texts: Texts, basis: str, confidence: str) -> str:
    """How well something is known."""
    return texts("graded", basis=texts(basis), confidence=texts(confidence))


def document(book: Book, citation: Citation, lang: str, folder: str = "../documents") -> str:
    """A link to the page of the document that is cited, with the place in it."""
    texts, source = Texts(lang), book.definitions.sources[citation.source]
    name = f"[《{source.title.zh}》]" if lang == "zh" else f"[{source.title.en}]"
    gap = "" if lang == "zh" else ", "
    quality = texts(source.copy_quality)
    aside = f"（{quality}）" if lang == "zh" else f" ({quality})"
    return f"{name}({folder}/{source.id}.md){gap}{citation.place}{aside}"


def quoted(book: Book, citations: Iterable[Citation], lang: str) -> Iterator[str]:
    """Each citation as a quotation: the words where there are any, and where they stand."""
    for number, citation in enumerate(citations):
        if number:
            yield ""
        if citation.words:
            yield f"> {citation.words}"
            yield ">"
        yield f"> {when_cited(document(book, citation, lang), citation, catalogue(lang))}"


def links(ids: Iterable[str], titles: dict[str, str], folder: str, texts: Texts) -> str:
    """Links to pages of a folder, by their titles; a word for none where there are none."""
    found = [f"[{titles[id_]}]({folder}{id_}.md)" for id_ in ids]
    return texts("list").join(found) if found else texts("nothing")


_CASE = re.compile(r"(?:(?<=：)|；|(?<=: )|; )[（(]\d+[）)] ?")


def spread(sentence: str, *, cases: bool) -> Iterator[str]:
    """A sentence; where it lists *cases*, and nothing else is numbered in it, each in a line of its own."""
    head, *items = _CASE.split(sentence)
    if not cases or len(items) < 2 or len(re.findall(r"[（(]1[）)]", sentence)) > 1:
        yield sentence
        return
    yield from (head.rstrip(), "")
    yield from (f"{number}. {item}" for number, item in enumerate(items, 1))
