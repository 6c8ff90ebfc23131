"""Every error of the package.

    HongqiaoRulesError
    ├── HouseholdError   a household is invalid; all faults are in ``faults``
    ├── PolicyError      policy files are invalid; all faults, with file, line and column, are in ``faults``
    ├── RequestError     a question cannot be answered: its date, a reading or an overlay is invalid
    │   └── RecordError  the record of a case is damaged, in use, or of another case
    ├── EventError       an event is invalid and changes nothing; all faults are in ``faults``
    └── DistrictError    a district is invalid; all faults are in ``faults``

The sentence of a code is the entry ``fault.<code>`` of each catalogue in :mod:`hongqiao_rules.text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hongqiao_rules.text.catalogue import Catalogue, languages, quoted, read


def catalogue(lang: object) -> Catalogue:
    """Return the catalogue of a language.

    Raises:
        RequestError: UNKNOWN_LANGUAGE; it has no catalogue.
    """
    known = languages()
    if isinstance(lang, str) and lang in known:
        return read(lang)
    value = quoted(str(lang)[:60])
    raise RequestError("UNKNOWN_LANGUAGE", value=value, known=known, meant=nearest(lang, known))


def sentence(code: str, lang: str, arguments: Mapping[str, object]) -> str:
    """Return the sentence of an error in *lang*, with the suggestion ``meant`` where the arguments have one."""
    return catalogue(lang).message(f"fault.{code}", arguments)


class HongqiaoRulesError(Exception):
    """The base of all errors that this package raises on purpose. They can be pickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle support: the constructors take other arguments than the text that Exception keeps."""
        return _as_it_was, (type(self), self.args, self.__dict__)

    def say(self, lang: str) -> str:
        """Return the message in the language *lang*; several faults have a line or more each."""
        catalogue(lang)
        return str(self)


def _as_it_was(
    kind: type[HongqiaoRulesError], args: tuple[Any, ...], state: dict[str, Any]
) -> HongqiaoRulesError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class _Fault(NamedTuple):
    code: str
    path: str
    message: str


class Fault(_Fault):
    """One fault of a household: ``(code, path, message)``.

    ``code`` is stable and ``UPPER_SNAKE``; ``path`` is a JSON pointer from the household; ``message`` is an
    English sentence, and :meth:`say` gives it in any language.
    """

    arguments: Mapping[str, object]

    def __new__(cls, code: str, path: str, **arguments: object) -> Fault:
        """Return the fault *code* at *path*; *arguments* are the placeholders of its sentence."""
        fault = super().__new__(cls, code, path, sentence(code, "en", arguments))
        fault.arguments = arguments
        return fault

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, object]]:
        return (self.code, self.path), dict(self.arguments)

    def say(self, lang: str) -> str:
        """Return the sentence in the language *lang*."""
        return sentence(self.code, lang, self.arguments)


class _RefusedError(HongqiaoRulesError):
    """The base of errors with several faults, which are in ``faults``."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.say("en"))

    def say(self, lang: str) -> str:
        """Return the faults in the language *lang*, a line each: ``path: CODE: sentence``."""
        return "\n".join(f"{fault.path or '/'}: {fault.code}: {fault.say(lang)}" for fault in self.faults)


class HouseholdError(_RefusedError):
    """A household is invalid. ``faults`` has all faults, in the order of the document."""

    def __init__(self, faults: Iterable[Fault], household: str | None = None) -> None:
        self.household = household
        super().__init__(faults)


class RequestError(HongqiaoRulesError):
    """A question cannot be answered: a date, a reading or an overlay is invalid or not modelled."""

    def __init__(self, code: str, **arguments: object) -> None:
        self.code = code
        self.arguments = arguments
        self.message = sentence(code, "en", arguments)
        super().__init__(f"{code}: {self.message}")

    def say(self, lang: str) -> str:
        """Return the sentence in the language *lang*."""
        return sentence(self.code, lang, self.arguments)


class RecordError(RequestError):
    """The record of a case cannot be used: it is damaged, in use, or of another case."""


class EventError(_RefusedError):
    """An event is invalid and changes nothing. The paths of ``faults`` begin at the event."""


class DistrictError(_RefusedError):
    """A district is invalid. ``faults`` has all faults; their paths begin at the district."""

    def __init__(self, faults: Iterable[Fault], district: str | None = None) -> None:
        self.district = district
        super().__init__(faults)


class _PolicyFault(NamedTuple):
    code: str
    file: str
    line: int
    column: int
    message: str
    text: str


class PolicyFault(_PolicyFault):
    """A fault of a policy file.

    ``line`` and ``column`` count from 1, ``text`` is the line itself, ``message`` an English sentence.
    """

    arguments: Mapping[str, object]

    def __new__(
        cls, code: str, file: str, line: int, column: int, text: str = "", **arguments: object
    ) -> PolicyFault:
        """Return the fault *code* at a place; *arguments* are the placeholders of its sentence."""
        fault = super().__new__(cls, code, file, line, column, sentence(code, "en", arguments), text)
        fault.arguments = arguments
        return fault

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        return (self.code, self.file, self.line, self.column, self.text), dict(self.arguments)

    def __str__(self) -> str:
        """Return ``file:line:column: CODE: sentence``, then the line itself with a caret."""
        return self.say("en")

    def say(self, lang: str) -> str:
        """Return the fault with its place and its line, the sentence in the language *lang*."""
        message = sentence(self.code, lang, self.arguments)
        head = f"{self.file}:{self.line}:{self.column}: {self.code}: {message}"
        if not self.text:
            return head
        # Of a long line, the part around the place.
        start = max(0, self.column - 120)
        shown, column = (
            ("…" if start else "") + self.text[start : start + 200],
            self.column - start + (start > 0),
        )
        return f"{head}\n    {shown}\n    {caret(shown, column)}"


class PolicyError(HongqiaoRulesError):
    """Policy files are invalid. ``file``, ``line`` and ``column`` are those of the first fault."""

    def __init__(self, faults: Iterable[PolicyFault]) -> None:
        self.faults: tuple[PolicyFault, ...] = tuple(
            sorted(set(faults), key=lambda f: (f.file, f.line, f.column, f.code, f.message))
        )
        first = self.faults[0]
        self.code, self.file, self.line, self.column = first.code, first.file, first.line, first.column
        super().__init__(self.say("en"))

    def say(self, lang: str) -> str:
        """Return the faults in the language *lang*, each with its place and its line."""
        return "\n".join(fault.say(lang) for fault in self.faults)


def caret(text: str, column: int) -> str:
    """Return a caret under *column* (from 1) of *text*; a Han character takes two columns."""
    before = text[: column - 1]
    return "".join("  " if ord(c) > 0x2E7F else ("\t" if c == "\t" else " ") for c in before) + "^"


def nearest(name: object, known: Iterable[str]) -> str | None:
    """Return the known name that is most similar to *name*, or None if none is similar enough."""
    from difflib import get_close_matches

    if not isinstance(name, str):
        return None
    if len(name) > 100:
        return None
    found = get_close_matches(name.lower(), known := list(known), n=1, cutoff=0.6)
    if found:
        return found[0]
    folded = name.lower().replace("-", "_").replace(" ", "_")
    return next(iter(get_close_matches(folded, known, n=1, cutoff=0.6)), None)
