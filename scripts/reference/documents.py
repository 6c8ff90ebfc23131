"""A page for each document that is cited."""

from __future__ import annotations

from collections.abc import Iterator

from reference.book import Book
from reference.markdown import table
from reference.texts import Texts


class DocumentPages:
    """The pages of documents in one language."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, Texts(lang)
        self.titles = {id_: source.title.say(lang) for id_, source in book.definitions.sources.items()}
        self.named = {
            ("rules", id_): next(r for _, r in book.rules(id_)).title.say(lang) for id_ in book.rule_ids
        }
        for id_ in book.parameter_ids:
            self.named["parameters", id_] = next(p for _, p in book.parameters(id_)).title.say(lang)
        for id_, overlay in book.definitions.overlays.items():
            self.named["overlays", id_] = overlay.title.say(lang)

    def page(self, source_id: str) -> Iterator[str]:
        """What the document is, how good the copy is, and what is taken from it."""
        texts, source = self.texts, self.book.definitions.sources[source_id]
        yield from (f"# {self.titles[source_id]}", "", texts("written"), "")
        facts = [
            ("document", f"《{source.title.zh}》 {source.title.en}"),
            ("issuer", source.issuer),
            ("number_of", source.number),
            ("dated", source.dated),
            ("seen", source.seen),
            (
                "quality",
                f"{texts(source.copy_quality)}{texts('colon')}{texts(f'{source.copy_quality}_says')}",
            ),
            ("note", source.note and source.note.say(self.lang)),
        ]
        yield from (f"* **{texts(key)}**{texts('colon')}{_plain(value)}" for key, value in facts if value)
        yield from ("", f"## {texts('taken')}", "")
        head = [texts(key) for key in ("where", "cited_words", "cited_by")]
        yield from table(head, self._rows(source_id))

    def _rows(self, source_id: str) -> Iterator[tuple[str, str, str]]:
        cited: dict[tuple[str, str | None], dict[str, None]] = {}
        for kind, id_, citation in self.book.citations():
            if citation.source == source_id:
                cited.setdefault((citation.place, citation.words), {})[self._link(kind, id_)] = None
        for (place, words), users in cited.items():
            yield place, words or self.texts("not_quoted"), self.texts("list").join(users)

    def _link(self, kind: str, id_: str) -> str:
        if kind == "overlays":
            return self.named[kind, id_]
        return f"[{self.named[kind, id_]}](../{kind}/{id_}.md)"


def _plain(text: str) -> str:
    """A text in which the names of hosts are not taken for links or emphasis."""
    return text.replace("_", "\\_").replace("*", "\\*")
