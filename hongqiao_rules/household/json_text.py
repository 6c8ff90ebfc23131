"""Parse JSON text strictly: no duplicate key, no number that loses digits."""

from __future__ import annotations

import json
from typing import Any

from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.text.catalogue import Phrase

LARGEST = 1_000_000
DEEPEST = 20


class InexactNumber:
    """A JSON number that is not an integer of fewer than 18 characters, as text; no field accepts it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class RepeatedKeys:
    """An object with repeated keys. It is not a ``dict``, so no model accepts it."""

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
    """The decoded *text* without a byte order mark.

    Raises:
        HouseholdError: NOT_UTF8; TOO_LARGE: it has more than 1 MB.
        TypeError: *text* is neither ``str`` nor ``bytes``, for example a path or parsed values.
    """
    if not isinstance(text, str | bytes):
        raise TypeError(f"a JSON text is str or bytes, not {type(text).__name__}; pass the content of a file")
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
    """The values of a JSON text; if it is one line of a file, *line* is its number for messages.

    Raises:
        HouseholdError: It is not JSON, not UTF-8, larger than 1 MB or too deeply nested.
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
"""The beginnings of the parser's messages, each with the key of the phrase that replaces the message."""


def not_json(error: json.JSONDecodeError, line: int, column: int | None = None) -> Fault:
    """The fault NOT_JSON for an error of the parser at *line* and, if known, *column* (both from 1)."""
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
    """The values of a JSON text; of a repeated key the last; ``None`` if it is not JSON. Twice as fast as :func:`parse`."""
    try:
        return _HASTY.decode(text)
    except (ValueError, RecursionError):
        return None


def no_key_repeated(text: str, written: bytes) -> bool:
    """True if certainly no key is repeated in a JSON *text*; *written* is the JSON of its parsed values.

    Each key has a colon after it, and all other colons are in strings, which both texts share. So a repeated key makes the
    numbers of colons differ.
    """
    return "\\" not in text and text.count(":") == written.count(b":")


def decode_at(text: str, index: int) -> tuple[Any, int]:
    """The JSON value that begins at *index* of *text*, and the index after it.

    Raises:
        json.JSONDecodeError: No value begins there.
        RecursionError: The value is too deeply nested.
    """
    return _DECODER.raw_decode(text, index)


def pointer(path: tuple[str | int, ...]) -> str:
    """The JSON pointer (RFC 6901) of a path of keys and indices."""
    return "".join("/" + writable(str(step)).replace("~", "~0").replace("/", "~1") for step in path)


def writable(text: str) -> str:
    """*text* in a form that UTF-8 can encode: a lone surrogate becomes its escape sequence."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def with_good_keys(value: Any, faults: list[Fault], path: tuple[str | int, ...] = ()) -> Any:
    """A copy of *value* with the last value of each repeated key and without keys that UTF-8 cannot encode.

    A fault for each such key is added to *faults*.
    """
    if isinstance(value, RepeatedKeys):
        faults += [Fault("DUPLICATE_KEY", pointer((*path, name)), name=name) for name in value.repeated]
        value = value.values
    if isinstance(value, dict):
        bad = [name for name in value if isinstance(name, str) and writable(name) != name]
        faults += [Fault("BAD_TEXT", pointer((*path, name))) for name in bad]
        kept = {name: inner for name, inner in value.items() if name not in bad}
        return {name: with_good_keys(inner, faults, (*path, name)) for name, inner in kept.items()}
    if isinstance(value, list):
        return [with_good_keys(inner, faults, (*path, number)) for number, inner in enumerate(value)]
    return value


def too_deep(value: Any) -> bool:
    """True if *value* has more than :data:`DEEPEST` levels of objects and lists."""
    nests = (dict, list, RepeatedKeys)
    level = [value] if isinstance(value, nests) else []
    for _ in range(DEEPEST):
        nested = [inner for outer in level for inner in _items(outer) if isinstance(inner, nests)]
        level = list({id(inner): inner for inner in nested}.values())  # an object may contain itself
        if not level:
            return False
    return True


def _items(value: Any) -> Any:
    value = value.values if isinstance(value, RepeatedKeys) else value
    return value.values() if isinstance(value, dict) else value
