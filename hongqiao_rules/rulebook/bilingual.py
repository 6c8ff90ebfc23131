"""Texts of a rulebook: in Chinese, in English, and in the languages that files of translations add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hongqiao_rules.errors import catalogue


class Bilingual(NamedTuple):
    """A text in Chinese and in English; ``further`` has its translations to other languages."""

    zh: str
    en: str
    further: tuple[tuple[str, str], ...] = ()

    def by_language(self) -> dict[str, str]:
        """The text by language."""
        return {"zh": self.zh, "en": self.en, **dict(self.further)}

    def say(self, lang: str) -> str:
        """The text in *lang*; in Chinese if the rulebook does not have it in that language.

        Raises:
            RequestError: UNKNOWN_LANGUAGE; the program has no such language.
        """
        return self.by_language().get(catalogue(lang).lang, self.zh)


def bilingual(tree: Mapping[str, str]) -> Bilingual:
    """The text of a tree with the keys ``zh`` and ``en``, and a further one for each translation."""
    further = {lang: text for lang, text in tree.items() if lang not in ("zh", "en")}
    return Bilingual(tree["zh"], tree["en"], tuple(further.items()))
