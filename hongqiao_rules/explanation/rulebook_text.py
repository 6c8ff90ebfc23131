"""Write rules, parameters, sources, readings and overlays as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    Citation,
    Parameter,
    ParameterValue,
    Property,
    Rule,
    iso,
)
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.value_text import parameter_value
from hongqiao_rules.text.catalogue import Catalogue


class Reference:
    """Writes *rulebook* in the language *lang*; with a *day* (yyyymmdd), only what is in force on it."""

    def __init__(self, rulebook: Rulebook, lang: str, day: int | None) -> None:
        definitions = rulebook.definitions
        self.rulebook, self.definitions = rulebook, definitions
        self.lang, self.day, self.words = lang, day, catalogue(lang)
        self.rules = sorted(definitions.rules.items(), key=lambda item: item[0][0] or "")
        self.parameters = sorted(definitions.parameters.items(), key=lambda item: item[0][0] or "")

    def say(self, key: str, **arguments: object) -> str:
        """Return the sentence ``rulebook.KEY`` of the catalogue."""
        return self.words.say(f"rulebook.{key}", **arguments)

    def names(self) -> list[str]:
        """Return all names that :meth:`show` takes."""
        d = self.definitions
        ids = [id_ for (_, id_), _ in (*self.rules, *self.parameters)] + [id_ for _, id_ in d.properties]
        return list(dict.fromkeys([*ids, *d.readings, *d.overlays, *d.sources]))

    def listing(self) -> Iterator[str]:
        """Yield all definitions with their titles, a line each."""
        d = self.definitions
        yield self.say("rules")
        yield from self._titles(
            (f"{id_}{_of(overlay)}", rule.title) for (overlay, id_), rule in self.rules if self._holds(rule)
        )
        yield self.say("parameters")
        for (overlay, id_), parameter in self.parameters:
            latest = parameter.on(self.day) if self.day is not None else parameter.values[-1]
            if latest is not None:
                value = _value(parameter, latest)
                shown = self.words.say("pair", name=parameter.title, text=value)
                yield f"  {id_}{_of(overlay)}  {self.words.say('aside', text=shown, aside=iso(latest.start))}"
        yield self.say("readings")
        yield from self._titles((id_, reading.title) for id_, reading in d.readings.items())
        yield self.say("overlays")
        yield from self._titles((id_, overlay.title) for id_, overlay in d.overlays.items())
        yield self.say("properties")
        yield from self._titles(
            (f"{id_}{_of(overlay)}", claim.title) for (overlay, id_), claim in d.properties.items()
        )
        yield self.say("sources")
        yield from self._titles((id_, source.title) for id_, source in d.sources.items())

    def show(self, name: str) -> Iterator[str]:
        """Yield the lines of all definitions of that name, in full."""
        d = self.definitions
        for (overlay, id_), rule in self.rules:
            if id_ == name:
                yield from self._rule(rule, overlay)
        for (overlay, id_), parameter in self.parameters:
            if id_ == name:
                yield from self._parameter(parameter, overlay)
        for (overlay, id_), claim in d.properties.items():
            if id_ == name:
                yield from self._property(claim, overlay)
        if name in d.readings:
            yield from self._reading(name)
        if name in d.overlays:
            yield from self._overlay(name)
        if name in d.sources:
            yield from self._source(name)

    # --- one thing ------------------------------------------------------------------------------------------

    def _rule(self, rule: Rule, overlay: str | None) -> Iterator[str]:
        yield f"{rule.id}{_of(overlay)}  {rule.title.say(self.lang)}"
        yield self._graded(rule.basis, rule.confidence)
        linked = self.rulebook.linked(() if overlay is None else (overlay,))
        sentences = Sentences(linked, self.lang, self.day)
        for typed in linked.versions[rule.id]:
            version = typed.version
            if self.day is not None and not version.start <= self.day <= version.end:
                continue
            under = "; ".join(f"{name}={'/'.join(choices)}" for name, choices in version.under.items())
            yield f"  {_period(version.start, version.end)}{'  ' + under if under else ''}  [{version.about}]"
            for condition in version.when:
                yield f"    when   {condition}"
            yield f"    value  {version.value}"
            if version.rounding is not None:
                yield f"    round  {version.rounding.way}: {version.rounding.because.say(self.lang)}"
            yield "    " + self.say("says", sentence=sentences.version(typed))
        yield from self._citations(rule.citations)
        yield from self._limitations(rule.limitations)
        for name in rule.readings:
            yield from ("  " + line for line in self._reading(name))

    def _parameter(self, parameter: Parameter, overlay: str | None) -> Iterator[str]:
        yield f"{parameter.id}{_of(overlay)}  {parameter.title.say(self.lang)}"
        for value in parameter.values:
            if self.day is not None and not value.start <= self.day <= value.end:
                continue
            yield f"  {_period(value.start, value.end)}  {_value(parameter, value)}"
            graded = self._graded(value.basis, value.confidence)
            if value.start_basis:
                start = self.words.say(f"start.{value.start_basis}")
                graded = self.words.say("aside", text=graded, aside=start)
            yield f"  {graded}"
            if value.note is not None:
                yield f"    {value.note.say(self.lang)}"
            yield from ("  " + line for line in self._citations(value.citations))
        yield from self._limitations(parameter.limitations)

    def _property(self, claim: Property, overlay: str | None) -> Iterator[str]:
        yield f"{claim.id}{_of(overlay)}  {claim.title.say(self.lang)}"
        yield f"  {self.words.say(f'basis.{claim.basis}')}"
        yield from (f"    {claim.form}  {text}" for text in claim.claims)
        if claim.rises is not None:
            yield f"    when   rises: {claim.rises}"
        yield from (f"    within {text}" for text in claim.within)
        yield from (f"    of     {text}" for text in claim.of)
        for exception in claim.exceptions:
            yield f"    except {exception.title.say(self.lang)}"
            for key in ("where", "before", "after"):
                if (text := getattr(exception, key)) is not None:
                    yield f"      {key}  {text}"
        yield from self._citations(claim.citations)
        yield from self._limitations(claim.limitations)

    def _reading(self, name: str) -> Iterator[str]:
        reading = self.definitions.readings[name]
        yield f"{name}  {reading.title.say(self.lang)}"
        for number, (choice, said) in enumerate(reading.choices.items()):
            name = self.words.say("aside", text=choice, aside=self.say("default")) if number == 0 else choice
            yield f"  {name}  {self.words.say('pair', name=said.title, text=said.argument)}"

    def _overlay(self, name: str) -> Iterator[str]:
        overlay = self.definitions.overlays[name]
        yield f"{name}  {overlay.title.say(self.lang)}"
        yield f"  {_period(overlay.start, overlay.end)}"
        yield from self._citations(overlay.citations)
        yield from self._limitations(overlay.limitations)
        replaced = [id_ for of, id_ in self.definitions.rules if of == name]
        yield "  " + self.say("replaces", names=replaced)

    def _source(self, name: str) -> Iterator[str]:
        source = self.definitions.sources[name]
        yield f"{name}  {source.title.say(self.lang)}"
        facts = (
            source.issuer,
            source.number,
            source.dated,
            source.seen,
            None if source.copy_quality == "official" else self.words.say(f"copy.{source.copy_quality}"),
            source.note and source.note.say(self.lang),
        )
        yield from (f"  {fact}" for fact in facts if fact)

    # --- pieces ---------------------------------------------------------------------------------------------

    def _holds(self, rule: Rule) -> bool:
        return self.day is None or any(version.start <= self.day <= version.end for version in rule.versions)

    def _titles(self, titles: Iterable[tuple[str, Bilingual]]) -> Iterator[str]:
        return (f"  {name}  {title.say(self.lang)}" for name, title in titles)

    def _graded(self, basis: str, confidence: str) -> str:
        return f"  {graded(basis, confidence, self.words)}"

    def _limitations(self, limitations: tuple[Bilingual, ...]) -> Iterator[str]:
        return (f"  {self.say('limitation', text=text)}" for text in limitations)

    def _citations(self, citations: tuple[Citation, ...]) -> Iterator[str]:
        for citation in citations:
            text = cited(self.definitions, citation, self.words)
            yield "  " + when_cited(text, citation, self.words)


def graded(basis: str, confidence: str, words: Catalogue) -> str:
    """Return the basis and the confidence of a rule or a value, as text."""
    known, sure = words.say(f"basis.{basis}"), words.say(f"confidence.{confidence}")
    return words.say("confidence.graded", basis=known, confidence=sure)


def cited(definitions: Definitions, citation: Citation, words: Catalogue) -> str:
    """Return a citation as a sentence: the words, the document, the place, and the quality of the copy."""
    source = definitions.sources[citation.source]
    quoted = {"words": citation.words} if citation.words else {}
    key = "citation.quote" if quoted else "citation.plain"
    text = words.say(key, title=source.title, place=citation.place, **quoted)
    if source.copy_quality == "official":
        return text
    return words.say("aside", text=text, aside=words.say(f"copy.{source.copy_quality}"))


def when_cited(text: str, citation: Citation, words: Catalogue) -> str:
    """Return *text*, followed in brackets by the first or last day of the citation, if it has one."""
    bounds = []
    if citation.start:
        bounds.append(words.say("citation.from", day=iso(citation.start)))
    if citation.end < FOREVER:
        bounds.append(words.say("citation.until", day=iso(citation.end)))
    return words.say("aside", text=text, aside=bounds) if bounds else text


def _of(overlay: str | None) -> str:
    return f" [{overlay}]" if overlay else ""


def _period(start: int, end: int) -> str:
    return f"{iso(start)} – {'' if end == FOREVER else iso(end)}".rstrip()


def _value(parameter: Parameter, value: ParameterValue) -> str:
    return parameter_value(parameter, value.value).strip('"')
