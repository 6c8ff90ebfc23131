"""An example of a rule's file as a reader follows it: the household in words, then the arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import takewhile
from typing import Any

from calculator_links import link

from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.definitions import Example, FactDefinition, iso
from reference.book import Book
from reference.texts import Texts


def worked(book: Book, example: Example, lang: str) -> Iterator[str]:
    """The example: on which day, what is known of whom, and what is worked out from it, line by line."""
    texts = Texts(lang)
    said = [texts("on_day", day=iso(example.on))]
    said += [texts("chosen", name=name, choice=choice) for name, choice in example.readings.items()]
    said += [texts("overlay_taken", name=name) for name in example.overlays]
    yield ("；" if lang == "zh" else "; ").join(said) + texts("stop")
    yield ""
    yield from _household(book, example.given, lang)
    yield ""
    edition = Edition(book.rulebook, example.readings, example.overlays)
    day = date(example.on // 10000, example.on // 100 % 100, example.on % 100)
    yield from _steps(edition.assess(example.given, on=day).statement(lang), lang)
    yield ""
    yield link(3, lang, example.given, iso(example.on), example.readings, example.overlays)


def listed(example: Example, lang: str) -> tuple[str, str, str]:
    """The example as a row: the day, the household with the choices taken, what is expected of it."""
    texts = Texts(lang)
    chosen = [texts("chosen", name=name, choice=choice) for name, choice in example.readings.items()]
    chosen += [texts("overlay_taken", name=name) for name in example.overlays]
    said = _joined([example.title.say(lang), *chosen], lang)
    expected = [f"`{name}`{texts('colon')}{_expected(value, lang)}" for name, value in example.expect.items()]
    return iso(example.on), said, _joined(expected, lang)


def _expected(value: Any, lang: str) -> str:
    if isinstance(value, list):
        return Texts(lang)("list").join(_expected(item, lang) for item in value) or Texts(lang)("nothing")
    if isinstance(value, Mapping):
        return " ".join(f"`{part}`" if part == value.get("rule") else str(part) for part in value.values())
    return str(value)


def _household(book: Book, given: Mapping[str, Any], lang: str) -> Iterator[str]:
    root = book.definitions.entities[book.definitions.head.root]
    of_root = list(_facts(book, root.facts, given, lang))
    if of_root:
        yield f"* {_joined(of_root, lang)}"
    if root.contains is not None:
        inside = book.definitions.entities[root.contains.entity]
        for item in given[root.contains.named]:
            yield f"* **{item['id']}**: {_joined(_facts(book, inside.facts, item, lang), lang)}"


def _joined(parts: Any, lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(parts)


def _facts(
    book: Book, facts: Mapping[str, FactDefinition], given: Mapping[str, Any], lang: str
) -> Iterator[str]:
    colon = Texts(lang)("colon")
    for name, fact in facts.items():
        if name not in given or name == "id":
            continue
        said = _value(book, fact, given[name], lang)
        if fact.type.kind == "truth":
            if given[name]:
                yield fact.title.say(lang)
        elif fact.type.kind == "code" and fact.required:
            yield said
        else:
            yield f"{fact.title.say(lang) if lang == 'zh' else fact.title.en.lower()}{colon}{said}"


def _value(book: Book, fact: FactDefinition, value: Any, lang: str) -> str:
    texts = Texts(lang)
    match fact.type.kind:
        case "code":
            return book.definitions.codes[fact.type.of or ""].values[value].say(lang)
        case "codes":
            codes = book.definitions.codes[fact.type.of or ""].values
            return texts("list").join(codes[code].say(lang) for code in value) or texts("nothing")
        case "records":
            return texts("list").join(_record(book, fact, record, lang) for record in value) or texts(
                "nothing"
            )
    return str(value)


def _record(book: Book, fact: FactDefinition, record: Mapping[str, Any], lang: str) -> str:
    said = []
    for name, field in fact.fields.items():
        if field.type.kind == "code":
            said.append(book.definitions.codes[field.type.of or ""].values[record[name]].say(lang))
        else:
            said.append(str(record[name]))
    return " ".join(said)


def _steps(statement: str, lang: str) -> Iterator[str]:
    """What a statement works out, from the result to the total, without what it is based on."""
    blocks = statement.split("\n\n")
    words = catalogue(lang)
    standard = words.say("statement.standard", amount="\0").partition("\0")[0]
    under = ""
    after = tuple(
        words.say(key) for key in ("notices", "statement.assumed", "statement.overlays", "statement.readings")
    )
    figures = takewhile(lambda block: not block.startswith(after), blocks[1:])
    for line in "\n".join([blocks[0].splitlines()[2], *figures]).splitlines():
        if not line.startswith(" "):
            under = line
            yield f"* {line}"
        elif not line.startswith("    ") and not under.startswith(standard):
            yield f"    * {line.strip()}"
