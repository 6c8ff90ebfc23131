"""The entries of the coverage, and how a text is parted into the sentences that they are about."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from hongqiao_rules.rulebook.load import bundled

SOURCE = "hongqiao-plan-2021"
FOLDER = "coverage"
_SENTENCE = re.compile(r"[^。]*。”?|[^。]+\Z")

Kind = Literal["modelled", "not_computable", "descriptive"]
KINDS: tuple[Kind, ...] = ("modelled", "not_computable", "descriptive")


class Entry(NamedTuple):
    """What became of one sentence.

    Attributes:
        chapter: the number of its chapter, 0 before the first.
        paragraph: the number of its paragraph, from 1 over the whole text; headings are paragraphs too.
        sentence: its number in the paragraph, from 1.
        digest: the SHA-256 of its characters in UTF-8.
        begins: its first characters.
        kind: modelled by rules, declared not computable, or descriptive.
        rules: the rules, parameters and notices that it is modelled by.
        quotes: digests of the words that the rulebooks cite from it.
        why: the id of the reason for which it, or the rest of it where it is modelled, is not computable.

    """

    chapter: int
    paragraph: int
    sentence: int
    digest: str
    begins: str
    kind: Kind
    rules: tuple[str, ...]
    quotes: tuple[str, ...]
    why: str | None


class Sentence(NamedTuple):
    """A sentence of a text, with its place."""

    paragraph: int
    sentence: int
    text: str


def digest(text: str) -> str:
    """The digest of a sentence, or of cited words."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, character by character: a paragraph is a line, a sentence ends with 。"""
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    for paragraph, line in enumerate(lines, 1):
        for number, found in enumerate(_SENTENCE.findall(line), 1):
            yield Sentence(paragraph, number, found)


def read() -> tuple[tuple[Entry, ...], dict[str, dict[str, str]]]:
    """The bundled entries in the order of the text, and the reasons with their texts in both languages."""
    entries: list[Entry] = []
    folder = bundled(FOLDER)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".jsonl"):
            chapter = int(file.name.removeprefix("chapter-").removesuffix(".jsonl"))
            lines = file.read_text(encoding="utf-8").splitlines()
            entries += [_entry(chapter, json.loads(line)) for line in lines]
    reasons: dict[str, dict[str, str]] = json.loads((folder / "reasons.json").read_text(encoding="utf-8"))
    return tuple(sorted(entries, key=lambda e: (e.paragraph, e.sentence))), reasons


def _entry(chapter: int, said: dict[str, Any]) -> Entry:
    return Entry(
        chapter, said["paragraph"], said["sentence"], said["digest"], said["begins"], said["as"],
        tuple(said.get("rules", ())), tuple(said.get("quotes", ())), said.get("why"),
    )  # fmt: skip
