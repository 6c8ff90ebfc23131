"""A page for each parameter."""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.rulebook.definitions import FOREVER, Parameter, ParameterValue, iso
from reference.book import Book
from reference.charts import Step, chart
from reference.markdown import document, graded, links, table
from reference.texts import Texts


class ParameterPages:
    """The pages of parameters in one language."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, Texts(lang)
        self.titles = {
            id_: next(p for _, p in book.parameters(id_)).title.say(lang) for id_ in book.parameter_ids
        }
        self.rule_titles = {id_: next(r for _, r in book.rules(id_)).title.say(lang) for id_ in book.rule_ids}

    def page(self, parameter_id: str) -> Iterator[str]:
        """The history of a parameter, where each value comes from, and the rules that use it."""
        texts = self.texts
        yield from (f"# {self.titles[parameter_id]}", "", texts("written"))
        for number, (overlay, parameter) in enumerate(self.book.parameters(parameter_id)):
            yield ""
            if overlay is not None and number == 0:
                yield from (texts("overlay_only", name=overlay), "")
            if number:
                yield from (f"## {texts('overlay', name=overlay)}", "")
            yield from self._parameter(parameter, "###" if number else "##")
        yield from ("", f"## {texts('used_by')}", "")
        yield links(self.book.parameter_users[parameter_id], self.rule_titles, "../rules/", texts)

    def _parameter(self, parameter: Parameter, level: str) -> Iterator[str]:
        texts = self.texts
        yield f"`{parameter.id}` · {texts(parameter.type.kind)}"
        yield from ("", f"{level} {texts('history')}", "")
        if len(parameter.values) > 1 and parameter.type.kind in ("money", "number", "share"):
            title = texts("chart", title=parameter.title.say(self.lang))
            drawn = chart(title, [self._step(parameter, v) for v in parameter.values], self._last())
            yield from (f'<div class="wide" tabindex="0">{drawn}</div>', "")
        head = [texts(key) for key in ("from", "until", "value", "known", "source")]
        yield from table(head, (self._row(parameter, value) for value in parameter.values))
        notes = [value for value in parameter.values if value.note is not None]
        if notes:
            yield from ("", f"{level} {texts('note')}", "")
            for value in notes:
                assert value.note is not None
                yield f"* {iso(value.start)}{texts('colon')}{value.note.say(self.lang)}"
        if parameter.limitations:
            yield from ("", f"{level} {texts('limitations')}", "")
            yield from (f"* {text.say(self.lang)}" for text in parameter.limitations)

    def _last(self) -> int:
        return max(self.book.last_day, int(self.book.definitions.head.checked_to))

    def _step(self, parameter: Parameter, value: ParameterValue) -> Step:
        return Step(value.start, value.end, float(value.value), self.book.shown(parameter, value, self.lang))

    def _row(self, parameter: Parameter, value: ParameterValue) -> tuple[str, ...]:
        texts = self.texts
        known = graded(texts, value.basis, value.confidence)
        if value.start_basis is not None:
            known += ("；" if self.lang == "zh" else "; ") + texts(f"start_{value.start_basis}")
        sources = []
        for citation in value.citations:
            words = f"“{citation.words}” " if citation.words else ""
            sources.append(words + document(self.book, citation, self.lang))
        shown = self.book.shown(parameter, value, self.lang)
        end = "" if value.end == FOREVER else iso(value.end)
        return (iso(value.start), end, shown, known, "<br>".join(sources))
