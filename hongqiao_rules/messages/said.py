"""Parts of sentences that are words themselves, and so are said in the sentence's language."""

from __future__ import annotations

from typing import NamedTuple


class Said(NamedTuple):
    """A part of a sentence in both languages; as an argument of a message it is said in that of the message."""

    en: str
    zh: str

    def say(self, lang: str) -> str:
        """The part in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en


def quoted(text: str) -> Said:
    """A text in the quotation marks of each language, so that the reader sees where it begins and ends."""
    return Said(f'"{text}"', f"“{text}”")
