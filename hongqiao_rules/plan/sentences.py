"""Split a document into sentences, each identified by its place, digest and first words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

FIRST_WORDS = 10
"""The number of characters of a sentence that an entry shows."""

_END = re.compile(r"(?<=[。！？!?])(?![”’」』）)\"])")
_SPACE = re.compile(r"\s+")


class Sentence(NamedTuple):
    """One sentence: its paragraph, its number in the paragraph (both from 1), its offset in the text, and its words."""

    paragraph: int
    number: int
    line: int
    column: int
    text: str

    @property
    def digest(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of its characters without white space."""
        return digest(self.text)

    @property
    def begins(self) -> str:
        """Its first words."""
        return self.text[:FIRST_WORDS].strip()


def digest(text: str) -> str:
    """Return the digest that identifies a sentence; white space does not count."""
    return hashlib.sha256(_SPACE.sub("", text).encode()).hexdigest()[:16]


def sentences(text: str) -> Iterator[Sentence]:
    """Return the sentences of *text* in order. Each line that is not empty is a paragraph; a heading is a sentence."""
    paragraph = 0
    for line, content in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not content.strip():
            continue
        paragraph += 1
        number, start = 0, 0
        for part in _END.split(content):
            if part.strip():
                number += 1
                column = start + len(part) - len(part.lstrip()) + 1
                yield Sentence(paragraph, number, line, column, part.strip())
            start += len(part)
