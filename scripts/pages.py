"""The parts of the documentation that are written from the policies, the messages and the command.

A page asks for such a part between two comments, and keeps its own words around it::

    <!-- begin: says elder-supplement -->
    <!-- end -->
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import chain
from pathlib import Path

import click
import plan_pages

from hongqiao_rules import messages
from hongqiao_rules.cli import COMMANDS, main
from hongqiao_rules.engines.trace import parameter_value
from hongqiao_rules.rulebook.definitions import (
    Bilingual,
    Citation,
    Definitions,
    Entity,
    FactDefinition,
    FieldDefinition,
    ReadingDefinition,
    Rule,
    iso,
)

_PART = re.compile(r"(<!-- begin: (\S+)((?: \S+)*) -->\n).*?(<!-- end -->)", re.DOTALL)
_BASIS = {
    "attested": "attested in the documents",
    "inferred": "inferred from the documents",
    "convention": "a convention; no document says so",
    "recalled": "recalled, without a source",
}
_COPY = {
    "official": "official page",
    "repost": "repost",
    "copy": "copy",
    "degraded": "degraded copy",
}


class Pages:
    """Fills the pages of a folder from *definitions*."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.parts: Mapping[str, Callable[..., Iterator[str]]] = {
            "says": self.says,
            "readings": self.readings,
            "limitations": self.limitations,
            "overlay": self.overlay,
            "fields": self.fields,
            "codes": self.codes,
            "errors": self.errors,
            "command": self.command,
            "standards": plan_pages.standards,
            "coverage": plan_pages.coverage,
        }

    def filled(self, folder: Path) -> Iterator[tuple[Path, str]]:
        """Every page of *folder* that asks for a part, with its text."""
        for path in sorted(folder.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            if _PART.search(text):
                yield path, _PART.sub(self._part, text)

    def _part(self, found: re.Match[str]) -> str:
        begin, name, arguments, end = found.groups()
        return begin + "\n" + "\n".join(self.parts[name](*arguments.split())) + "\n\n" + end

    # --- rules ----------------------------------------------------------------------------------------------

    def rule(self, rule_id: str) -> Rule:
        """The rule of the bundled policies, without overlays."""
        return self.definitions.rules[None, rule_id]

    def says(self, rule_id: str) -> Iterator[str]:
        """A rule's names, from when it is modelled and the words it rests on."""
        rule = self.rule(rule_id)
        start = min(version.start for version in rule.versions)
        yield f"`{rule.id}` · {rule.title.zh} · from {iso(start)} on · {_BASIS[rule.basis]}, confidence {rule.confidence}"
        for citation in rule.citations:
            yield ""
            yield from self._cited(citation)

    def _cited(self, citation: Citation) -> Iterator[str]:
        source = self.definitions.sources[citation.source]
        if citation.words:
            yield f"> {citation.words}"
            yield ">"
        yield f"> {source.title.zh}, {citation.place} ({source.title.en}; {_COPY[source.copy_quality]})"

    def readings(self, *rule_ids: str) -> Iterator[str]:
        """The questions that rules leave open, each with its choices and what speaks for them."""
        found: Iterable[ReadingDefinition] = chain.from_iterable(
            self.rule(r).readings.values() for r in rule_ids
        )
        for number, reading in enumerate(sorted(found, key=lambda r: r.order)):
            if number:
                yield ""
            yield f"**`{reading.id}`**: {_lower(reading.title.en)}."
            yield ""
            for choice_id, choice in reading.choices.items():
                default = " (the default)" if choice_id == reading.default else ""
                yield f"* `{choice_id}`{default}: {_lower(choice.title.en)}. {choice.argument.en}"

    def limitations(self, *rule_ids: str) -> Iterator[str]:
        """What rules leave out, or take on their own account."""
        return _listed(text for rule_id in rule_ids for text in self.rule(rule_id).limitations)

    def overlay(self, overlay_id: str) -> Iterator[str]:
        """An overlay: from when, the words of its amounts, and its limitations."""
        overlay = self.definitions.overlays[overlay_id]
        yield f"`{overlay.id}` · {overlay.title.zh} · from {iso(overlay.start)} on"
        for (of, _), parameter in self.definitions.parameters.items():
            if of != overlay_id or parameter.type.kind != "money":
                continue
            for value in parameter.values:
                yield ""
                yield f"{parameter.title.en}: **{parameter_value(parameter, value.value).strip(chr(34))}**"
                for citation in value.citations:
                    yield ""
                    yield from self._cited(citation)
        yield ""
        yield from _listed(overlay.limitations)

    # --- the household --------------------------------------------------------------------------------------

    def fields(self, entity_name: str) -> Iterator[str]:
        """The facts of an entity: values, meaning, and what happens where one is absent."""
        entity = self.definitions.entities[entity_name]
        yield "| Field | Values | Meaning | When absent |"
        yield "|---|---|---|---|"
        for number, fact in enumerate(entity.facts.values()):
            yield f"| `{fact.name}` | {self._values(fact)} | {_both(fact.title)} | {_absent(fact)} |"
            if number == 0 and entity.contains is not None:
                yield self._contents(entity)

    def _contents(self, entity: Entity) -> str:
        assert entity.contains is not None
        inside, title = entity.contains, self.definitions.entities[entity.contains.entity].title
        return f"| `{inside.named}` | a list of {inside.least} to {inside.most} | {_both(title)} | refused |"

    def _values(self, fact: FactDefinition) -> str:
        match fact.type.kind:
            case "text":
                return f"text of up to {fact.most} characters"
            case "date":
                return "`YYYY-MM-DD`"
            case "truth":
                return "`true`, `false`"
            case "reference":
                return "the `id` of a member"
            case "code":
                return f"a code of {self._codes(fact.type.of)}"
            case "codes":
                return f"a list of up to {fact.most} codes of {self._codes(fact.type.of)}"
        fields = ", ".join(f"`{field.name}`: {self._field(field)}" for field in fact.fields.values())
        return f"a list of up to {fact.most} objects of {fields}"

    def _codes(self, code_list: str | None) -> str:
        title = self.definitions.codes[code_list or ""].title.en
        return f"[{_lower(title)}](#{title.lower().replace(' ', '-').replace('(', '').replace(')', '')})"

    def _field(self, field: FieldDefinition) -> str:
        match field.type.kind:
            case "money":
                most = field.most // 100
                return f'yuan from {field.least} to {most}, a whole number or text such as `"2700.50"`'
            case "number":
                return f"an integer from {field.least} to {field.most}"
        return f"a code of {self._codes(field.type.of)}"

    def codes(self) -> Iterator[str]:
        """Every list of codes that a household is stated in, with the titles of the codes."""
        for number, codes in enumerate(c for c in self.definitions.codes.values() if c.id != "programme"):
            if number:
                yield ""
            yield f"### {codes.title.en}"
            yield ""
            yield f"{codes.title.zh}"
            yield ""
            yield "| Code | English | 中文 |"
            yield "|---|---|---|"
            for code, title in codes.values.items():
                yield f"| `{code}` | {title.en} | {title.zh} |"

    # --- errors and the command -----------------------------------------------------------------------------

    def errors(self, table: str) -> Iterator[str]:
        """Every code of a table of messages, a heading each, with its sentence in both languages."""
        sentences: Mapping[str, tuple[str, str]] = getattr(messages, table)
        for number, (code, (english, chinese)) in enumerate(sentences.items()):
            if number:
                yield ""
            yield from (f"### {code}", "", english, "", chinese)

    def command(self) -> Iterator[str]:
        """Each command with what its ``--help`` prints."""
        yield from _help("hongqiao-rules", main, None)
        for name in COMMANDS:
            command: click.Command = import_module(f"hongqiao_rules.cli.{name}").command
            yield from ("", f"### {name}", "")
            yield from _help(f"hongqiao-rules {name}", command, main)


def _help(words: str, command: click.Command, parent: click.Command | None) -> Iterator[str]:
    outer = click.Context(parent, info_name="hongqiao-rules") if parent is not None else None
    settings = {"help_option_names": ["-h", "--help"], "terminal_width": 78}
    context = click.Context(command, info_name=words.rpartition(" ")[2], parent=outer, **settings)  # type: ignore[arg-type]
    yield from ("```console", f"$ {words} --help", command.get_help(context), "```")


def _absent(fact: FactDefinition) -> str:
    return "refused" if fact.required else fact.when_absent.en if fact.when_absent is not None else ""


def _both(text: Bilingual) -> str:
    return f"{text.en} {text.zh}"


def _listed(texts: Iterable[Bilingual]) -> Iterator[str]:
    for text in texts:
        yield f"* {text.en}"


def _lower(text: str) -> str:
    """*text* as it goes on after a colon: an ordinary first word without its capital."""
    return text[:1].lower() + text[1:]
