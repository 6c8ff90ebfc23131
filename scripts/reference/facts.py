"""The page of a further rulebook's facts and codes: what there is to know of each entity, and by which rules it is used."""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.rulebook.definitions import Entity, FactDefinition
from reference.book import Book
from reference.markdown import table
from reference.texts import Texts


class FactPage:
    """Writes the page in one language."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, Texts(lang)
        self.used: dict[tuple[str, str], list[str]] = {}
        for rule_id in book.rule_ids:
            for _, rule in book.rules(rule_id):
                for fact in book.facts_used(rule):
                    self.used.setdefault(fact, []).append(rule_id)

    def page(self) -> Iterator[str]:
        """A table for each entity, and one for each list of codes."""
        texts, definitions = self.texts, self.book.definitions
        yield from (f"# {texts('facts_and_codes')}", "", texts("written"), "", texts("facts_intro"))
        for entity in definitions.entities.values():
            yield from ("", f"## {entity.title.say(self.lang)}", "")
            yield from table(
                [texts(key) for key in ("field", "meaning", "values", "when_absent", "used_by")],
                self._rows(entity),
            )
        yield from ("", f"## {texts('codes')}")
        for codes in definitions.codes.values():
            yield from ("", f"### {codes.title.say(self.lang)}", "", f"`{codes.id}`", "")
            rows = ((f"`{code}`", title.say(self.lang)) for code, title in codes.values.items())
            yield from table([texts("code_word"), texts("meaning")], rows)

    def _rows(self, entity: Entity) -> Iterator[tuple[str, ...]]:
        for number, fact in enumerate(entity.facts.values()):
            absent = self.texts("refused") if fact.required else (
                fact.when_absent.say(self.lang) if fact.when_absent else ""
            )  # fmt: skip
            titles = {
                id_: self.book.definitions.rules[None, id_].title.say(self.lang)
                for id_ in self.used.get((entity.name, fact.name), ())
            }
            rules = self.texts("list").join(
                f"[{title}](rules/{id_}.md)" for id_, title in dict.fromkeys(titles.items())
            )
            yield (f"`{fact.name}`", fact.title.say(self.lang), self._values(fact), absent, rules or "–")
            if number == 0 and entity.contains is not None:
                inside = entity.contains
                title = self.book.definitions.entities[inside.entity].title.say(self.lang)
                several = self.texts("list_of", least=inside.least, most=f"{inside.most:,}")
                yield (f"`{inside.named}`", title, several, self.texts("nothing"), "–")

    def _values(self, fact: FactDefinition) -> str:
        match fact.type.kind:
            case "text":
                return self.texts("text_of", most=fact.most)
            case "truth":
                return "`true`, `false`"
            case "number":
                return f"{fact.least:,} – {fact.most:,}"
        return f"`{fact.type.of or fact.type.kind}`"
