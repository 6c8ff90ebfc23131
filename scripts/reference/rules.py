"""A page for each rule."""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.language.nodes import If
from hongqiao_rules.rulebook.definitions import FOREVER, Rule, Version, iso
from reference.book import Book, Overlay
from reference.examples import listed, worked
from reference.markdown import graded, links, period, quoted, spread, table
from reference.texts import Texts

_WORKED = 5
"""How many examples of a rule are worked out on its page; the others stand in a table."""


class RulePages:
    """The pages of rules in one language; pages of a folder ``rules`` beside ``parameters`` and ``documents``."""

    def __init__(self, book: Book, lang: str) -> None:
        self.book, self.lang, self.texts = book, lang, Texts(lang)
        self.definitions = book.definitions
        self.titles = {id_: next(r for _, r in book.rules(id_)).title.say(lang) for id_ in book.rule_ids}
        self.parameter_titles = {
            id_: next(p for _, p in book.parameters(id_)).title.say(lang) for id_ in book.parameter_ids
        }

    def page(self, rule_id: str) -> Iterator[str]:
        """Everything there is to say of the rules of that id."""
        yield f"# {self.titles[rule_id]}"
        yield ""
        yield self.texts("written")
        for number, (overlay, rule) in enumerate(self.book.rules(rule_id)):
            yield ""
            if overlay is not None and number == 0:
                yield self.texts("overlay_only", name=overlay)
                yield ""
            if number:
                yield f"## {self.texts('overlay', name=overlay)}"
                yield ""
            yield from self._rule(overlay, rule, "###" if number else "##")
        yield from self._place(rule_id)

    def _rule(self, overlay: Overlay, rule: Rule, level: str) -> Iterator[str]:
        texts = self.texts
        yield self._head(rule)
        yield from ("", f"{level} {texts('words')}", "")
        yield from quoted(self.book, rule.citations, self.lang)
        if not rule.citations:
            yield texts("no_words")
        yield from ("", f"{level} {texts('says')}", "")
        sentences = self.book.sentences(overlay, self.lang)
        for typed in self.book.typed(rule):
            if len(rule.versions) > 1:
                yield from (f"**{self._version(typed.version)}**", "")
            yield from (*spread(sentences.version(typed), cases=isinstance(typed.value, If)), "")
        yield texts("says_note", day=iso(self.book.last_day))
        yield from ("", f"{level} {texts('expression')}", "", texts("expression_note"), "")
        yield f'```yaml title="{rule.origin.file}"'
        yield from self.book.source_lines(rule)
        yield "```"
        yield from ("", f"{level} {texts('history')}", "", texts("history_note"), "")
        yield from table((texts("day"), texts("change")), self._history(rule))
        yield from self._readings(rule, level)
        if rule.limitations:
            yield from ("", f"{level} {texts('limitations')}", "")
            yield from (f"* {text.say(self.lang)}" for text in rule.limitations)
        if rule.examples:
            yield from ("", f"{level} {texts('examples')}", "", texts("examples_note"))
            for example in rule.examples[:_WORKED]:
                yield from ("", f"{level}# {example.title.say(self.lang)}", "")
                yield from worked(self.book, example, self.lang)
            if rule.examples[_WORKED:]:
                head = (texts("day"), texts("household"), texts("comes_to"))
                rows = [listed(example, self.lang) for example in rule.examples[_WORKED:]]
                yield from ("", f"{level}# {texts('further_examples')}", "", *table(head, rows))

    def _head(self, rule: Rule) -> str:
        texts, definitions = self.texts, self.definitions
        about = rule.versions[0].about
        parts = [f"`{rule.id}`"]
        if rule.list is not None:
            parts.append(texts("line_of", list=definitions.head.lists[rule.list].say(self.lang)))
        else:
            parts.append(texts("gives", name=rule.concludes))
        if about != definitions.head.root:
            entity = definitions.entities[about].title.say(self.lang)
            parts.append(texts("about", entity=entity if self.lang == "zh" else entity.lower()))
        start, end = min(v.start for v in rule.versions), max(v.end for v in rule.versions)
        parts += [period(texts, start, end), graded(texts, rule.basis, rule.confidence)]
        return " · ".join(parts)

    def _version(self, version: Version) -> str:
        said = [period(self.texts, version.start, version.end)]
        for reading, choices in version.under.items():
            listed = self.texts("list").join(f"`{choice}`" for choice in choices)
            said.append(self.texts("under", reading=f"`{reading}`", choices=listed))
        return ("，" if self.lang == "zh" else ", ").join(said)

    def _history(self, rule: Rule) -> Iterator[tuple[str, str]]:
        start, end = min(v.start for v in rule.versions), max(v.end for v in rule.versions)
        found = [(start, self.texts("begins"))]
        found += [(day, self.texts("version_begins")) for day in {v.start for v in rule.versions} - {start}]
        if end != FOREVER:
            found.append((end, self.texts("ends")))
        parameters = self.book.linked(rule.overlay).parameters.values()
        for parameter in (p for p in parameters if p.id in self.book.parameters_used(rule)):
            link = f"[{parameter.title.say(self.lang)}](../parameters/{parameter.id}.md)"
            for value in parameter.values:
                if value.end >= start and value.start <= end:
                    shown = self.book.shown(parameter, value, self.lang)
                    day = max(value.start, start)
                    found.append((day, f"{link}{self.texts('colon')}{shown}"))
        yield from ((iso(day), text) for day, text in sorted(found, key=lambda item: item[0]))

    def _readings(self, rule: Rule, level: str) -> Iterator[str]:
        if rule.readings:
            yield from ("", f"{level} {self.texts('readings')}")
        for reading in sorted(rule.readings.values(), key=lambda r: r.order):
            yield from ("", self.texts("asked", title=reading.title.say(self.lang), id=reading.id), "")
            for choice_id, choice in reading.choices.items():
                default = self.texts("default") if choice_id == reading.default else ""
                title, argument = choice.title.say(self.lang), choice.argument.say(self.lang)
                yield (
                    f"* `{choice_id}`{default}{self.texts('colon')}{title}{self.texts('stop')}{argument}"
                    if (self.lang == "zh")
                    else f"* `{choice_id}`{default}: {title}. {argument}"
                )

    def _place(self, rule_id: str) -> Iterator[str]:
        texts, book = self.texts, self.book
        of_id = [rule for _, rule in book.rules(rule_id)]
        used = dict.fromkeys(id_ for rule in of_id for id_ in book.rules_used(rule))
        parameters = dict.fromkeys(id_ for rule in of_id for id_ in book.parameters_used(rule))
        facts = dict.fromkeys(fact for rule in of_id for fact in book.facts_used(rule))
        yield from ("", f"## {texts('place')}", "")
        colon = texts("colon")
        yield f"* **{texts('rules_used')}**{colon}{links(used, self.titles, '', texts)}"
        listed = links(parameters, self.parameter_titles, "../parameters/", texts)
        yield f"* **{texts('parameters_used')}**{colon}{listed}"
        names = [
            f"`{name}` {self.definitions.entities[e].facts[name].title.say(self.lang)}" for e, name in facts
        ]
        yield f"* **{texts('facts')}**{colon}{texts('list').join(names) or texts('nothing')}"
        yield f"* **{texts('feeds')}**{colon}{links(book.feeds[rule_id], self.titles, '', texts)}"
