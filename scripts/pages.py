"""The parts of the documentation that are made from the policies, the messages and the command.

A page asks for such a part in a comment on a line of its own, and keeps its own words around it::

    <!-- made: says elder-supplement -->

A page whose name ends in ``.zh.md`` gets the part in Chinese, every other in English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import catalogues
import click
import coverage_pages
from calculator_links import link

from hongqiao_rules.cli import main
from hongqiao_rules.cli.helping import Context
from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.rulebook_text import when_cited
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
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.rulebook.value_text import parameter_value

TOP = Path(__file__).resolve().parents[1]
_PART = re.compile(r"^<!-- made: (\S+)((?: \S+)*) -->$", re.MULTILINE)
_WORDS: Mapping[str, tuple[str, str]] = {
    "head": (
        "`{id}` · {other} · {start}起 · {basis}，可信度{confidence} · [规则全文](../reference/rules/{id}.md)",
        "`{id}` · {other} · from {start} on · {basis}, confidence {confidence} · [the rule in full](../reference/rules/{id}.md)",
    ),
    "overlay": ("`{id}` · {other} · {start}起", "`{id}` · {other} · from {start} on"),
    "attested": ("有文件依据", "attested in the documents"),
    "inferred": ("由文件推断", "inferred from the documents"),
    "convention": ("惯例，没有文件规定", "a convention; no document says so"),
    "recalled": ("未查到出处", "recalled, without a source"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "low": ("低", "low"),
    "official": ("官方网页", "official page"),
    "repost": ("转载", "repost"),
    "copy": ("副本", "copy"),
    "degraded": ("有缺损的副本", "degraded copy"),
    "cited": ("《{zh}》{place}（{quality}）", "{zh}, {place} ({en}; {quality})"),
    "reading": ("**`{id}`**：{title}。", "**`{id}`**: {title}."),
    "choice": ("* `{id}`{default}：{title}。{argument}", "* `{id}`{default}: {title}. {argument}"),
    "default": ("（默认）", " (the default)"),
    "figure": ("{title}：**{value}**", "{title}: **{value}**"),
    "fields_head": ("| 字段 | 可填的值 | 含义 | 未填写时 |", "| Field | Values | Meaning | When absent |"),
    "refused": ("拒绝", "refused"),
    "several": ("列表，{least}至{most}项", "a list of {least} to {most}"),
    "text": ("文字，不超过{most}个字符", "text of up to {most} characters"),
    "reference": ("某一成员的 `id`", "the `id` of a member"),
    "code": ("[{title}](#{anchor})的代码", "a code of [{title}](#{anchor})"),
    "codes": (
        "列表，不超过{most}个[{title}](#{anchor})的代码",
        "a list of up to {most} codes of [{title}](#{anchor})",
    ),
    "records": ("列表，不超过{most}个对象，各有{fields}", "a list of up to {most} objects of {fields}"),
    "field": ("`{name}`：{of}", "`{name}`: {of}"),
    "yuan": (
        '{least}至{most}元，写整数或文字，如 `"2700.50"`',
        'yuan from {least} to {most}, a whole number or text such as `"2700.50"`',
    ),
    "integer": ("{least}至{most}的整数", "an integer from {least} to {most}"),
    "and": ("，", ", "),
    "codes_head": ("| 代码 | 中文 | 英文 |", "| Code | English | 中文 |"),
}


class Pages:
    """Fills the pages of a folder from *definitions*."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.lang, self.depth = "en", 1
        self.parts: Mapping[str, Callable[..., Iterator[str]]] = {
            "says": self.says,
            "readings": self.readings,
            "limitations": self.limitations,
            "overlay": self.overlay,
            "fields": self.fields,
            "codes": self.codes,
            "errors": self.errors,
            "command": self.command,
            "all-readings": self.all_readings,
            "all-limitations": self.all_limitations,
            "standards": self.standards,
            "calculator": self.calculator,
            "coverage": self.coverage,
        }

    def filled(self, folder: Path) -> Iterator[tuple[Path, str]]:
        """Every page of *folder* that asks for a part, with its text."""
        for path in sorted(folder.rglob("*.md")):
            text = path.read_text(encoding="utf-8")
            if _PART.search(text):
                self.lang = "zh" if path.name.endswith(".zh.md") else "en"
                self.depth = len(path.relative_to(folder).parts)
                yield path, _PART.sub(self._part, text)

    def _part(self, found: re.Match[str]) -> str:
        name, arguments = found.groups()
        return "\n".join(self.parts[name](*arguments.split()))

    def words(self, key: str, **arguments: object) -> str:
        """The text of *key* in the language of the page, with its blanks filled in."""
        return _WORDS[key][0 if self.lang == "zh" else 1].format(**arguments)

    def say(self, text: Bilingual) -> str:
        """A text in the language of the page."""
        return text.say(self.lang)

    def aside(self, text: Bilingual) -> str:
        """A text in the other language."""
        return text.say("en" if self.lang == "zh" else "zh")

    def lower(self, text: Bilingual) -> str:
        """A text as it goes on after a colon: an ordinary first word without its capital."""
        said = self.say(text)
        return said[:1].lower() + said[1:]

    # --- rules ----------------------------------------------------------------------------------------------

    def rule(self, rule_id: str) -> Rule:
        """The rule of the bundled policies, without overlays."""
        return self.definitions.rules[None, rule_id]

    def says(self, rule_id: str) -> Iterator[str]:
        """A rule's names, from when it is modelled and the words it rests on."""
        rule = self.rule(rule_id)
        yield self.words(
            "head",
            id=rule.id,
            other=self.aside(rule.title),
            start=iso(min(version.start for version in rule.versions)),
            basis=self.words(rule.basis),
            confidence=self.words(rule.confidence),
        )
        for citation in rule.citations:
            yield ""
            yield from self._cited(citation)

    def _cited(self, citation: Citation) -> Iterator[str]:
        source = self.definitions.sources[citation.source]
        if citation.words:
            yield f"> {citation.words}"
            yield ">"
        title, quality = source.title, self.words(source.copy_quality)
        text = self.words("cited", zh=title.zh, en=title.en, place=citation.place, quality=quality)
        yield f"> {when_cited(text, citation, catalogue(self.lang))}"

    def readings(self, *rule_ids: str) -> Iterator[str]:
        """The questions that rules leave open, each with its choices and what speaks for them."""
        found: Iterable[ReadingDefinition] = chain.from_iterable(
            self.rule(r).readings.values() for r in rule_ids
        )
        for number, reading in enumerate(sorted(found, key=lambda r: r.order)):
            if number:
                yield ""
            yield self.words("reading", id=reading.id, title=self.lower(reading.title))
            yield ""
            for choice_id, choice in reading.choices.items():
                yield self.words(
                    "choice",
                    id=choice_id,
                    default=self.words("default") if choice_id == reading.default else "",
                    title=self.lower(choice.title),
                    argument=self.say(choice.argument),
                )

    def all_readings(self) -> Iterator[str]:
        """Every reading of the rulebook."""
        rules = [rule.id for (overlay, _), rule in self.definitions.rules.items() if overlay is None]
        return self.readings(*rules)

    def limitations(self, *rule_ids: str) -> Iterator[str]:
        """What rules leave out, or take on their own account."""
        return self._listed(text for rule_id in rule_ids for text in self.rule(rule_id).limitations)

    def all_limitations(self) -> Iterator[str]:
        """The limitations of every rule, under its title."""
        for (overlay, rule_id), rule in self.definitions.rules.items():
            if overlay is None and rule.limitations:
                yield f"* [{self.say(rule.title)}](../reference/rules/{rule_id}.md)"
                yield from (f"    * {self.say(text)}" for text in rule.limitations)

    def overlay(self, overlay_id: str) -> Iterator[str]:
        """An overlay: from when, the words of its amounts, and its limitations."""
        overlay = self.definitions.overlays[overlay_id]
        yield self.words("overlay", id=overlay.id, other=self.aside(overlay.title), start=iso(overlay.start))
        for (of, _), parameter in self.definitions.parameters.items():
            if of != overlay_id or parameter.type.kind != "money":
                continue
            for value in parameter.values:
                yield ""
                shown = parameter_value(parameter, value.value).strip(chr(34))
                yield self.words("figure", title=self.say(parameter.title), value=shown)
                for citation in value.citations:
                    yield ""
                    yield from self._cited(citation)
        yield ""
        yield from self._listed(overlay.limitations)

    def _listed(self, texts: Iterable[Bilingual]) -> Iterator[str]:
        return (f"* {self.say(text)}" for text in texts)

    # --- the household --------------------------------------------------------------------------------------

    def fields(self, entity_name: str) -> Iterator[str]:
        """The facts of an entity: values, meaning, and what happens where one is absent."""
        entity = self.definitions.entities[entity_name]
        yield self.words("fields_head")
        yield "|---|---|---|---|"
        for number, fact in enumerate(entity.facts.values()):
            yield f"| `{fact.name}` | {self._values(fact)} | {self._both(fact.title)} | {self._absent(fact)} |"
            if number == 0 and entity.contains is not None:
                yield self._contents(entity)

    def _absent(self, fact: FactDefinition) -> str:
        if fact.required:
            return self.words("refused")
        return self.say(fact.when_absent) if fact.when_absent is not None else ""

    def _both(self, text: Bilingual) -> str:
        return f"{text.en} {text.zh}" if self.lang == "en" else text.zh

    def _contents(self, entity: Entity) -> str:
        assert entity.contains is not None
        inside, title = entity.contains, self.definitions.entities[entity.contains.entity].title
        several = self.words("several", least=inside.least, most=inside.most)
        return f"| `{inside.named}` | {several} | {self._both(title)} | {self.words('refused')} |"

    def _values(self, fact: FactDefinition) -> str:
        match fact.type.kind:
            case "date":
                return "`YYYY-MM-DD`"
            case "truth":
                return "`true`, `false`"
            case "text" | "reference":
                return self.words(fact.type.kind, most=fact.most)
            case "code" | "codes":
                return self.words(fact.type.kind, most=fact.most, **self._anchor(fact.type.of))
        fields = (
            self.words("field", name=field.name, of=self._field(field)) for field in fact.fields.values()
        )
        return self.words("records", most=fact.most, fields=self.words("and").join(fields))

    def _anchor(self, code_list: str | None) -> dict[str, str]:
        """The title of a list of codes, and the anchor of its heading below."""
        title = self.definitions.codes[code_list or ""].title
        plain = re.sub(r"[^\w\- ]", "", self.say(title).lower())
        return {"title": self.lower(title), "anchor": plain.replace(" ", "-")}

    def _field(self, field: FieldDefinition) -> str:
        match field.type.kind:
            case "money":
                return self.words("yuan", least=field.least, most=field.most // 100)
            case "number":
                return self.words("integer", least=field.least, most=field.most)
        return self.words("code", **self._anchor(field.type.of))

    def codes(self) -> Iterator[str]:
        """Every list of codes that a household is stated in, with the titles of the codes."""
        for number, codes in enumerate(c for c in self.definitions.codes.values() if c.id != "programme"):
            if number:
                yield ""
            yield from (f"### {self.say(codes.title)}", "", self.aside(codes.title), "")
            yield from (self.words("codes_head"), "|---|---|---|")
            for code, title in codes.values.items():
                yield f"| `{code}` | {self.say(title)} | {self.aside(title)} |"

    # --- errors and the command -----------------------------------------------------------------------------

    def errors(self, table: str) -> Iterator[str]:
        """Every code of a group of errors, a heading each, with its sentence in both languages.

        The input checks that the vocabulary declares are errors of a household.
        """
        found = catalogues.codes(table)
        if table == "household":
            checks = (one for rules in self.definitions.inputs for one in rules.checks.values())
            found |= {one.code: one.message._asdict() for one in checks}
        for number, (code, spoken) in enumerate(sorted(found.items())):
            if number:
                yield ""
            yield from (f"### {code}", "", spoken.pop(self.lang), "", *spoken.values())

    def standards(self) -> Iterator[str]:
        """Each standard of the second rulebook: its title, what it is about, and the words of the plan."""
        definitions = load(part="standards").definitions
        yield "| 规则 | 标准 | 对象 | 原文 |" if self.lang == "zh" else "| Rule | Standard | Of | Words |"
        yield "|---|---|---|---|"
        listed = [rule for rule in definitions.rules.values() if rule.list is not None]
        for rule in sorted(listed, key=lambda r: r.order):
            about = definitions.entities[rule.versions[0].about].title.say(self.lang)
            words = "；".join(citation.words or "" for citation in rule.citations)
            yield f"| `{rule.id}` | {rule.title.say(self.lang)} | {about} | {words} |"

    def calculator(self, file: str, on: str, *choices: str) -> Iterator[str]:
        """A link that opens the calculator with the household of an example; *choices* are readings and overlays."""
        household = json.loads((TOP / file).read_text(encoding="utf-8"))
        readings = dict(choice.split("=") for choice in choices if "=" in choice)
        yield link(
            self.depth,
            self.lang,
            household,
            on,
            readings,
            [choice for choice in choices if "=" not in choice],
        )

    def coverage(self) -> Iterator[str]:
        """How each sentence of the plan is accounted for."""
        return coverage_pages.lines(self.lang)

    def command(self) -> Iterator[str]:
        """Each command with what its ``--help`` prints in the page's language."""
        context = Context(
            main, info_name="hongqiao-rules", help_option_names=["-h", "--help"], terminal_width=78
        )
        context.meta["help"] = self.lang
        yield from _help(context)


def _help(context: click.Context) -> Iterator[str]:
    asked = " --lang zh" if context.meta["help"] == "zh" else ""
    yield from ("```console", f"$ {context.command_path}{asked} --help", context.get_help(), "```")
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            inner = Context(command, parent=context, info_name=name)
            yield from ("", f"### {inner.command_path.partition(' ')[2]}", "")
            yield from _help(inner)
