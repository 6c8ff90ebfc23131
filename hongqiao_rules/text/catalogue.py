"""Catalogues: all sentences of the program by key, one gettext catalogue for each language.

``locale/<lang>/LC_MESSAGES/hongqiao_rules.po`` is the source of a language. ``scripts/generate.py`` sorts and compiles it;
at run time only the compiled ``.mo`` is read. Another folder in ``locale`` is another language.

:func:`hongqiao_rules.errors.catalogue` gives the catalogue of a language and refuses unknown ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LOCALE = str(Path(__file__).with_name("locale"))
_FILE = ("LC_MESSAGES", "hongqiao_rules.mo")
_LONGEST = 600
SENTENCE = "declared"
"""The argument that replaces the sentence of a key: a message that a rulebook declares."""


@dataclass(frozen=True, slots=True, init=False)
class Phrase:
    """A sentence as an argument of another: a key of the catalogue and its arguments."""

    key: str
    arguments: Mapping[str, object]

    def __init__(self, key: str, /, **arguments: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "arguments", arguments)

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True)
class Listing:
    """Items to be joined. *last* is the key that joins the last two: ``list.pair``, ``list.and`` or ``list.or``."""

    items: tuple[object, ...]
    last: str = "list.pair"


def quoted(text: str) -> Phrase:
    """Return a phrase: *text* in quotation marks."""
    return Phrase("quoted", text=text)


class _Text(str):
    """A text argument. ``{title:capital}`` makes its first letter a capital, ``{title:small}`` a small one except in acronyms."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        match spec:
            case "capital":
                return self[:1].upper() + self[1:]
            case "small":
                return self[:1].lower() + self[1:] if self[1:2].islower() else str(self)
        return super().__format__(spec)


class Catalogue:
    """The sentences of one language."""

    def __init__(self, lang: str, translations: NullTranslations) -> None:
        translations.add_fallback(_Missing())
        self.lang = lang
        self._translations = translations

    def say(self, key: str, /, **arguments: object) -> str:
        """Return the sentence of *key* with its placeholders filled.

        Args:
            key: A key of the catalogue.
            arguments: The placeholders by name. A :class:`Phrase` is given in the same language; a tuple, a list or a
                :class:`Listing` is joined as in that language. ``count`` chooses the plural form.

        Raises:
            KeyError: The catalogue has no such key, or the sentence has a placeholder without an argument.
        """
        return self._pattern(key, arguments).format_map({n: self._word(v) for n, v in arguments.items()})

    def message(self, key: str, arguments: Mapping[str, object]) -> str:
        """Return the sentence of an error. Long values are cut; the argument ``meant`` is added as a suggestion.

        The argument :data:`SENTENCE` replaces the sentence of *key*.
        """
        words = {name: _cut(self._word(value)) for name, value in arguments.items()}
        text = (words.get(SENTENCE) or self._pattern(key, arguments)).format_map(words)
        if arguments.get("meant"):
            text = self.say("sentences", before=text, after=self.say("meant", meant=words["meant"]))
        return text

    def __contains__(self, key: str) -> bool:
        try:
            self.pattern(key)
        except KeyError:
            return False
        return True

    def pattern(self, key: str) -> str:
        """Return the sentence of *key* with its placeholders as they are."""
        return self._translations.gettext(key)

    def join(self, items: Iterable[object], key: str = "list.pair", last: str | None = None) -> str:
        """Join *items*: *key* joins each pair, *last* the last two; both have the placeholders ``before`` and ``after``."""
        *first, final = [str(self._word(item)) for item in items] or [""]
        if not first:
            return final
        before = reduce(lambda done, item: self.say(key, before=done, after=item), first)
        return self.say(last or key, before=before, after=final)

    def _pattern(self, key: str, arguments: Mapping[str, object]) -> str:
        count = arguments.get("count")
        if isinstance(count, int):
            try:
                return self._translations.ngettext(key, key, count)
            except KeyError:  # a sentence without plural forms
                pass
        return self.pattern(key)

    def _word(self, value: object) -> object:
        match value:
            case Phrase():
                return self.say(value.key, **value.arguments)
            case Listing():
                return self.join(value.items, last=value.last)
            case str():
                return _Text(value)
            case tuple() | list() if not hasattr(value, "say"):  # a title of a rulebook is a tuple that has
                return self.join(value)
        return _Text(value.say(self.lang)) if hasattr(value, "say") else value


class _Missing(NullTranslations):
    """Raises KeyError where gettext would answer with the key."""

    def gettext(self, message: str) -> NoReturn:
        raise KeyError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        raise KeyError(msgid1)


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, in alphabetical order."""
    return _languages(LOCALE)


def read(lang: str) -> Catalogue:
    """Return the catalogue of a language of :func:`languages`."""
    return _read(LOCALE, lang)


@cache
def _languages(folder: str) -> tuple[str, ...]:
    return tuple(
        sorted(entry.name for entry in _inside(folder).iterdir() if entry.joinpath(*_FILE).is_file())
    )


@cache
def _read(folder: str, lang: str) -> Catalogue:
    with _inside(folder).joinpath(lang, *_FILE).open("rb") as file:
        return Catalogue(lang, GNUTranslations(file))


def _inside(locale: str) -> Path | Traversable:
    """Return the folder *locale*, or the same folder inside a zipped wheel."""
    folder = Path(locale)
    if folder.is_dir():
        return folder
    from importlib.resources import files  # its import would slow every start of the command

    return files("hongqiao_rules.text") / folder.name


def _cut(value: object) -> Any:
    """Cut a long text, so that no input can flood a message."""
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
