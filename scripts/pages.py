"""The parts of the documentation that are made from the policies, the messages and the command.

A page asks for such a part in a comment on a line of its own::

    <!-- made: says elder-supplement -->

The part is in the language of the page. Its template is in ``templates/parts``; the method of its name gives the values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import catalogues
import click
from calculator_links import link
from site_templates import Templates
from site_words import DEFAULT, SUFFIXES

from hongqiao_rules.cli import main
from hongqiao_rules.cli.helping import Context
from hongqiao_rules.explanation.rulebook_text import when_cited
from hongqiao_rules.plan.bundled_coverage import coverage
from hongqiao_rules.plan.coverage_reader import Entry
from hongqiao_rules.plan.coverage_words import counts, how
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import (
    Citation,
    FactDefinition,
    FieldDefinition,
    ReadingDefinition,
)
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.rulebook.value_text import parameter_value

TOP = Path(__file__).resolve().parents[1]
_PART = re.compile(r"^<!-- made: (\S+)((?: \S+)*) -->$", re.MULTILINE)


def filled(folder: Path, definitions: Definitions) -> Iterator[tuple[Path, str]]:
    """Yield each page of *folder* that asks for a part, with its text."""
    parts = {suffix: Parts(definitions, lang) for lang, suffix in SUFFIXES.items()}
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if _PART.search(text):
            of_page = parts["".join(path.suffixes)]
            of_page.depth = len(path.relative_to(folder).parts)
            yield path, _PART.sub(of_page.part, text)


class Parts:
    """Writes the parts of pages in one language; ``depth`` counts the folders above the page being filled."""

    def __init__(self, definitions: Definitions, lang: str) -> None:
        self.definitions, self.lang, self.depth = definitions, lang, 1
        self.templates = Templates(
            lang, definitions=definitions, accounted=self.accounted, cited=self.cited, values=self.values
        )
        self.words, self.word = self.templates.words, self.templates.word

    def part(self, found: re.Match[str]) -> str:
        """Return the text of a part that a page asks for."""
        name, arguments = found.groups()
        values = getattr(self, name.replace("-", "_"))(*arguments.split())
        return self.templates.fill(f"parts/{name}.md", **values).rstrip("\n")

    # --- rules ----------------------------------------------------------------------------------------------

    def says(self, rule_id: str) -> Mapping[str, Any]:
        """A rule: its other titles, its first day, and the words it rests on."""
        return {"rule": self.definitions.rules[None, rule_id]}

    def readings(self, *rule_ids: str) -> Mapping[str, Any]:
        """The readings of rules with their choices and arguments."""
        rules = (self.definitions.rules[None, rule_id] for rule_id in rule_ids)
        return _ordered(reading for rule in rules for reading in rule.readings.values())

    def all_readings(self) -> Mapping[str, Any]:
        """All readings of the rulebook."""
        rules = (rule for rule in self.definitions.rules.values() if rule.overlay is None)
        return _ordered(reading for rule in rules for reading in rule.readings.values())

    def limitations(self, *rule_ids: str) -> Mapping[str, Any]:
        """The limitations of rules."""
        return {"texts": [t for id_ in rule_ids for t in self.definitions.rules[None, id_].limitations]}

    def all_limitations(self) -> Mapping[str, Any]:
        """The limitations of each rule."""
        rules = self.definitions.rules.values()
        return {"rules": [rule for rule in rules if rule.overlay is None and rule.limitations]}

    def overlay(self, overlay_id: str) -> Mapping[str, Any]:
        """An overlay: its first day, its amounts with their words, and its limitations."""
        amounts = [
            (parameter.title, parameter_value(parameter, value.value).strip('"'), value.citations)
            for (of, _), parameter in self.definitions.parameters.items()
            if of == overlay_id and parameter.type.kind == "money"
            for value in parameter.values
        ]
        return {"overlay": self.definitions.overlays[overlay_id], "amounts": amounts}

    def cited(self, citation: Citation) -> str:
        """Return the place of a citation by the document's own title, with the title in the page's language."""
        source = self.definitions.sources[citation.source]
        asides = [self.templates.title(source.title), self.words.say(f"copy.{source.copy_quality}")]
        text = self.words.say(
            "aside",
            text=self.word("cited", title=source.title.zh, place=citation.place),
            aside=self.words.join(asides[source.title.zh == asides[0] :], "list.semicolon"),
        )
        return when_cited(text, citation, self.words)

    def entries(self) -> Mapping[str, Any]:
        """The rules of the lists without amounts, in the order of an assessment, each with its first day."""
        head = self.definitions.head
        lists = [name for name, kind in head.entries.items() if kind != "money"]
        rules = (
            rule for rule in self.definitions.rules.values() if rule.overlay is None and rule.list in lists
        )
        ordered = sorted(rules, key=lambda rule: (lists.index(rule.list or ""), rule.order))
        return {"rules": [(rule, self.definitions.head.lists[rule.list]) for rule in ordered]}

    # --- the household --------------------------------------------------------------------------------------

    def fields(self, entity_name: str) -> Mapping[str, Any]:
        """The facts of an entity: values, meaning, and what an absent one means."""
        return {"entity": self.definitions.entities[entity_name]}

    def values(self, fact: FactDefinition) -> str:
        """Return the values that a fact may have."""
        match fact.type.kind:
            case "date":
                return "`YYYY-MM-DD`"
            case "truth":
                return "`true`, `false`"
            case "text":
                return self.word("text_of", most=fact.most)
            case "reference":
                return self.word("reference_of")
            case "code" | "codes":
                return self.word(f"{fact.type.kind}_of", most=fact.most, **self._anchor(fact.type.of))
        fields = [
            self.words.say("pair", name=f"`{field.name}`", text=self._field(field))
            for field in fact.fields.values()
        ]
        return self.word("records_of", most=fact.most, fields=self.words.join(fields, "list.comma"))

    def _anchor(self, code_list: str | None) -> dict[str, Any]:
        """Return the title of a list of codes and the anchor of its heading."""
        title = self.definitions.codes[code_list or ""].title
        plain = re.sub(r"[^\w\- ]", "", self.templates.title(title).lower())
        return {"title": title, "anchor": plain.replace(" ", "-")}

    def _field(self, field: FieldDefinition) -> str:
        match field.type.kind:
            case "money":
                return self.word("yuan_of", least=field.least, most=field.most // 100)
            case "number":
                return self.word("integer_of", least=field.least, most=field.most)
        return self.word("code_of", **self._anchor(field.type.of))

    def checks(self, entity_name: str) -> Mapping[str, Any]:
        """The input checks, derived defaults and figures of an entity."""
        (rules,) = (one for one in self.definitions.inputs if one.entity == entity_name)
        return rules._asdict()

    def codes(self) -> Mapping[str, Any]:
        """The lists of codes of which a household is stated."""
        return {"lists": [codes for codes in self.definitions.codes.values() if codes.id != "programme"]}

    def errors(self, group: str) -> Mapping[str, Any]:
        """The codes of a group of errors with their sentences; declared input checks are errors of a household."""
        found: Mapping[str, Mapping[str, str]] = catalogues.codes(group)
        if group == "household":
            checks = (one for rules in self.definitions.inputs for one in rules.checks.values())
            found = {**found, **{one.code: one.message.by_language() for one in checks}}
        return {"codes": sorted(found.items())}

    # --- standards, the calculator, the plan, the command ---------------------------------------------------

    def standards(self) -> Mapping[str, Any]:
        """The standards of the second rulebook, each with its words in the plan."""
        definitions = load(part="standards").definitions
        rules = [rule for rule in definitions.rules.values() if rule.list is not None]
        return {"rules": sorted(rules, key=lambda rule: rule.order), "entities": definitions.entities}

    def calculator(self, file: str, on: str, *choices: str) -> Mapping[str, Any]:
        """A link that opens the calculator with the household of a file; *choices* are readings and overlays."""
        household = json.loads((TOP / file).read_text(encoding="utf-8"))
        readings = dict(choice.split("=") for choice in choices if "=" in choice)
        overlays = [choice for choice in choices if "=" not in choice]
        return {"link": link(self.templates, self.depth, household, on, readings, overlays)}

    def coverage(self) -> Mapping[str, Any]:
        """The plan, sentence by sentence."""
        covered = coverage()
        return {"counts": counts(covered, self.lang), "covered": covered}

    def accounted(self, entry: Entry) -> str:
        """Return links to the rules of a sentence of the plan, or why it has none."""
        own = load(part="standards").definitions.rules
        folders = {rule: "standards/" if (None, rule) in own else "" for rule in entry.rules}
        links = (f"[`{rule}`](reference/{folder}rules/{rule}.md)" for rule, folder in folders.items())
        return ", ".join(links) or how(entry, self.lang)

    def command(self) -> Mapping[str, Any]:
        """Each command with its ``--help``."""
        names = {"info_name": "hongqiao-rules", "help_option_names": ["-h", "--help"]}
        context = Context(main, terminal_width=78, **names)  # type: ignore[arg-type]  # by their names
        context.meta["help"] = self.lang
        return {
            "contexts": list(_contexts(context)),
            "asked": "" if SUFFIXES[self.lang] == SUFFIXES[DEFAULT] else f" --lang {self.lang}",
        }


def _ordered(readings: Iterable[ReadingDefinition]) -> Mapping[str, Any]:
    return {"readings": sorted(readings, key=lambda reading: reading.order)}


def _contexts(context: click.Context) -> Iterator[click.Context]:
    """Yield the context of a command, then those of its commands."""
    yield context
    if isinstance(context.command, click.Group):
        for name in context.command.list_commands(context):
            command = context.command.get_command(context, name)
            assert command is not None
            yield from _contexts(Context(command, parent=context, info_name=name))
