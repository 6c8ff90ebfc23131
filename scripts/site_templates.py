"""The Jinja templates of the pages in ``scripts/templates``, filled in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from site_words import words

from hongqiao_rules.explanation.rulebook_text import graded
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import FOREVER, iso
from hongqiao_rules.text.catalogue import languages

TEMPLATES = Path(__file__).with_name("templates")


class Templates:
    """The templates in one language, with *functions* and values that they may use.

    In a template ``word`` gives a word of the site, ``say`` any sentence of the catalogue, ``join`` joins a list as the
    language does; the filter ``t`` gives a title in the language of the page, ``others`` in the other languages.
    """

    def __init__(
        self, lang: str, filters: Mapping[str, Callable[..., str]] | None = None, **functions: object
    ) -> None:
        self.lang, self.words = lang, words(lang)
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(["html.j2", "svg.j2"], default=False),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(
            t=self.title,
            others=self.others,
            cell=cell,
            plain=plain,
            language=self.language,
            **(filters or {}),
        )
        self._environment.globals.update(
            lang=lang, word=self.word, say=self.words.say, join=self.words.join, listed=self.listed,
            graded=self.graded, iso=iso, link=self.link, FOREVER=FOREVER, languages=languages, **functions,
        )  # fmt: skip

    def fill(self, template: str, **values: object) -> str:
        """Return the text of a template."""
        return self._environment.get_template(f"{template}.j2").render(values)

    def line(self, template: str, **values: object) -> str:
        """Return the text of a template as one line, without the indentation of its lines."""
        return "".join(line.strip() for line in self.fill(template, **values).splitlines())

    def word(self, key: str, /, **arguments: object) -> str:
        """Return the word *key* of the site."""
        return self.words.say(f"site.{key}", **arguments)

    def title(self, text: Bilingual) -> str:
        """Return a text of a rulebook in the language of the page."""
        return text.say(self.lang)

    def others(self, text: Bilingual) -> list[str]:
        """Return a text of a rulebook in the other languages, each once and only where it differs."""
        said = dict.fromkeys(text.say(lang) for lang in languages())
        return [one for one in said if one != self.title(text)]

    def language(self, lang: str) -> str:
        """Return the name of a language."""
        return self.word(f"language.{lang}")

    def listed(self, items: Iterable[str]) -> str:
        """Return the items joined, or the word for none."""
        return self.words.join(items) or self.word("nothing")

    def link(self, text: Bilingual, page: str) -> str:
        """Return a Markdown link with the title of what it leads to."""
        return f"[{self.title(text)}]({page})"

    def graded(self, known: object) -> str:
        """Return how well a rule or a value is known."""
        return graded(known.basis, known.confidence, self.words)  # type: ignore[attr-defined]


def cell(text: str) -> str:
    """Return a text as a cell of a Markdown table, which a bar would end."""
    return text.replace("|", "\\|")


def plain(text: str) -> str:
    """Return a text in which Markdown finds no emphasis: addresses have underscores."""
    return text.replace("_", "\\_").replace("*", "\\*")
