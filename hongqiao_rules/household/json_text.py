"""Parse JSON text strictly: no duplicate key, no number that loses a digit."""

from __future__ import annotations

import json
from typing import Any

from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.text.catalogue import Phrase

LARGEST = 1_000_000
DEEPEST = 20


class InexactNumber:
    """A JSON number that is not a small whole one, as it was written; no field takes one."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class RepeatedKeys:
    """An object in which keys were given twice. It is no ``dict``, so that no model takes it."""

    def __init__(self, values: dict[str, Any], repeated: tuple[str, ...]) -> None:
        self.values, self.repeated = values, repeated


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | RepeatedKeys:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    names = [name for name, _ in pairs]
    return RepeatedKeys(made, tuple(dict.fromkeys(name for name in names if names.count(name) > 1)))


def _integer(text: str) -> int | InexactNumber:
    return int(text) if len(text) < 18 else InexactNumber(text)


_EXACT: Any = {"parse_float": InexactNumber, "parse_int": _integer, "parse_constant": InexactNumber}
_DECODER = json.JSONDecoder(object_pairs_hook=_object, **_EXACT)
_HASTY = json.JSONDecoder(**_EXACT)


def readable(text: str | bytes) -> str:
    """A JSON text without a byte order mark.

    Raises:
        HouseholdError: it is no UTF-8, or larger than 1 MB.
        TypeError: it is no text, such as a path or values that were read already.

    """
    if not isinstance(text, str | bytes):
        raise TypeError(
            f"a JSON text is str or bytes, not {type(text).__name__}; of a file, give what it holds"
        )
    if isinstance(text, bytes):
        if len(text) > LARGEST:
            raise HouseholdError([Fault("TOO_LARGE", "", limit=LARGEST)])
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise HouseholdError([Fault("NOT_UTF8", "")]) from None
    elif len(text) > LARGEST or (
        len(text) > LARGEST // 4 and len(text.encode("utf-8", "surrogatepass")) > LARGEST
    ):
        raise HouseholdError([Fault("TOO_LARGE", "", limit=LARGEST)])
    return text.removeprefix("\ufeff")


def parse(text: str | bytes, line: int | None = None) -> Any:
    """The values of a JSON text, which is that *line* of a file where it is one.

    Raises:
        HouseholdError: it is no JSON, no UTF-8, larger than 1 MB or nested deeper than the parser goes.

    """
    text = readable(text)
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise HouseholdError([not_json(error, line or error.lineno, error.colno)]) from None
    except RecursionError:
        raise HouseholdError([Fault("TOO_DEEP", "", limit=DEEPEST)]) from None


_PROBLEMS = (
    ("Expecting property name", "json.key"),
    ("Expecting ':'", "json.colon"),
    ("Expecting ','", "json.comma"),
    ("Expecting value", "json.value"),
    ("Illegal trailing comma", "json.trailing_comma"),
    ("Extra data", "json.extra"),
    ("Unterminated string", "json.unterminated"),
    ("Invalid control", "json.control"),
    ("Invalid \\", "json.escape"),
)
"""How a message of the parser begins, with the key of what is said instead."""


def not_json(error: json.JSONDecodeError, line: int, column: int | None = None) -> Fault:
    """The fault of a text that the parser refused in a line, at a column where that is known."""
    problem = next(
        (Phrase(key) for begins, key in _PROBLEMS if error.msg.startswith(begins)),
        Phrase("json.other", problem=error.msg.lower()),
    )
    if column is None:
        said = Phrase("json.in_line", problem=problem, line=line)
    else:
        said = Phrase("json.in_column", problem=problem, line=line, column=column)
    return Fault("NOT_JSON", "", problem=said)


def parse_at_first_sight(text: str) -> Any:
    """The values of a JSON text, in half the time, with only the last of a repeated key; ``None`` where it is no JSON."""
    try:
        return _HASTY.decode(text)
    except (ValueError, RecursionError):
        return None


def no_key_repeated(text: str, written: bytes) -> bool:
    """Whether it is certain that no key in a JSON *text* was given twice, *written* being its values written anew.

    There is a colon behind each key, and others only in texts, which are the same in both.
    """
    return "\\" not in text and text.count(":") == written.count(b":")


def decode_at(text: str, index: int) -> tuple[Any, int]:
    """The JSON value that begins at *index* of *text*, and where it ends.

    Raises:
        json.JSONDecodeError: none does.
        RecursionError: it is nested deeper than the parser goes.
    """
    return _DECODER.raw_decode(text, index)


def pointer(path: tuple[str | int, ...]) -> str:
    """A path as a JSON pointer (RFC 6901)."""
    return "".join("/" + writable(str(step)).replace("~", "~0").replace("/", "~1") for step in path)


def writable(text: str) -> str:
    """The text as UTF-8 can hold it: half a surrogate pair is shown as its escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def with_good_keys(value: Any, faults: list[Fault], path: tuple[str | int, ...] = ()) -> Any:
    """Return the values with the last of every repeated key and without unwritable keys; *faults* gets each."""
    if isinstance(value, RepeatedKeys):
        faults += [Fault("DUPLICATE_KEY", pointer((*path, name)), name=name) for name in value.repeated]
        value = value.values
    if isinstance(value, dict):
        bad = [name for name in value if isinstance(name, str) and writable(name) != name]
        faults += [Fault("BAD_TEXT", pointer((*path, name))) for name in bad]
        return {
            name: with_good_keys(inner, faults, (*path, name))
            for name, inner in value.items()
            if name not in bad
        }
    if isinstance(value, list):
        return [with_good_keys(inner, faults, (*path, number)) for number, inner in enumerate(value)]
    return value


def too_deep(value: Any) -> bool:
    """Whether *value* is nested deeper than a household may be."""
    level = [value] if isinstance(value, dict | list | RepeatedKeys) else []
    for _ in range(DEEPEST):
        inside = [_items(outer) for outer in level]
        nested = [
            inner for items in inside for inner in items if isinstance(inner, dict | list | RepeatedKeys)
        ]
        level = list({id(inner): inner for inner in nested}.values())  # an object may hold itself
        if not level:
            return False
    return True


def _items(value: Any) -> Any:
    value = value.values if isinstance(value, RepeatedKeys) else value
    return value.values() if isinstance(value, dict) else value
