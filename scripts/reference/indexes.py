"""The first pages of the folders: the diagram and a list of all rules, parameters and documents; the notices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hongqiao_rules.rulebook.definitions import Bilingual, iso
from reference.book import Book
from reference.dependencies import Dependencies
from reference.markdown import links, period, table
from reference.texts import Texts


class Indexes:
    """The first pages of the folders in one language."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, Texts(lang)
        self.definitions = book.definitions

    def rules(self, further: Mapping[str, Bilingual]) -> Iterator[str]:
        """The diagrams of the rules, all of them in a table, and the way to *further* rulebooks by their folders."""
        texts = self.texts
        yield from (f"# {texts('rules')}", "", texts("written"), "", texts("rules_intro"), "")
        yield from (f"## {texts('diagram')}", "", *Dependencies(self.book, self.lang).lines())
        yield from ("", f"## {texts('all_rules')}", "")
        head = [texts(key) for key in ("rule", "concludes", "rules_used")]
        yield from table(head, (self._rule(id_) for id_ in self.book.rule_ids))
        yield from ("", f"## {texts('beside')}", "")
        yield f"* [{texts('parameters')}](../parameters/index.md)"
        yield f"* [{texts('documents')}](../documents/index.md)"
        if self.definitions.notices:
            yield f"* [{texts('notices')}](../notices.md)"
        for part, title in further.items():
            yield f"* [{title.say(self.lang)}](../{part}/rules/index.md)"

    def _rule(self, rule_id: str) -> tuple[str, ...]:
        overlay, rule = next(self.book.rules(rule_id))
        title = f"[{rule.title.say(self.lang)}]({rule_id}.md)"
        if rule.list is not None:
            gives = self.texts("line_of", list=self.definitions.head.lists[rule.list].say(self.lang))
        else:
            gives = f"`{rule.concludes}`"
        titles = {id_: next(self.book.rules(id_))[1].title.say(self.lang) for id_ in self.book.rule_ids}
        used = links((id_ for id_ in self.book.rules_used(rule) if id_ != rule_id), titles, "", self.texts)
        return f"{title}<br>`{rule_id}`", gives + (f" [`{overlay}`]" if overlay else ""), used

    def parameters(self) -> Iterator[str]:
        """All parameters with their latest values."""
        texts = self.texts
        yield from (f"# {texts('parameters')}", "", texts("written"), "", texts("parameters_intro"), "")
        head = [texts(key) for key in ("parameter", "latest", "since")]
        yield from table(head, (self._parameter(id_) for id_ in self.book.parameter_ids))

    def _parameter(self, parameter_id: str) -> tuple[str, str, str]:
        _, parameter = next(self.book.parameters(parameter_id))
        value = parameter.values[-1]
        shown = self.book.shown(parameter, value, self.lang)
        return f"[{parameter.title.say(self.lang)}]({parameter_id}.md)", shown, iso(value.start)

    def documents(self) -> Iterator[str]:
        """All documents with how good their copies are."""
        texts = self.texts
        yield from (f"# {texts('documents')}", "", texts("written"), "", texts("documents_intro"), "")
        head = [texts(key) for key in ("document", "issuer", "dated", "quality")]
        yield from table(
            head,
            (
                (f"[{s.title.say(self.lang)}]({s.id}.md)", s.issuer, s.dated or "", texts(s.copy_quality))
                for s in self.definitions.sources.values()
            ),
        )

    def notices(self) -> Iterator[str]:
        """Every notice: its sentence, its period, and the condition under which it is given."""
        texts = self.texts
        yield from (f"# {texts('notices')}", "", texts("written"), "", texts("notices_intro"))
        overlays = dict.fromkeys([None, *self.definitions.overlays])
        for overlay in overlays:
            sentences = self.book.sentences(overlay, self.lang)
            for notice, when in self.book.linked(overlay).notices:
                if notice.overlay != overlay:
                    continue
                said = [period(texts, notice.start, notice.end) + texts("stop")] if notice.start else []
                said.append(
                    texts("given_when", when=sentences.visit(when)) if when else texts("given_always")
                )
                if notice.unless_overlay:
                    said.append(texts("unless", name=notice.unless_overlay))
                if overlay is not None:
                    said.append(texts("overlay_only", name=overlay))
                if notice.rule is not None:
                    link = f"[`{notice.rule}`](rules/{notice.rule}.md)"
                    said.append(texts("about_rule") + link + texts("stop"))
                message = notice.message.say(self.lang)
                yield from ("", f"## {notice.code}", "", f"> {message}", "")
                yield ("" if self.lang == "zh" else " ").join(said)
