"""Read households from a file or standard input one at a time, in constant memory."""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from typing import IO, Any

from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.json_text import DEEPEST, LARGEST, decode_at, not_json, parse
from hongqiao_rules.text.catalogue import Phrase

_CHUNK = 1 << 16
_BLANK = re.compile(r"[ \t\n\r]*")
_STRUCTURE = re.compile(r'["\[\]{}]')
_STRING_END = re.compile(r'(?:[^"\\]|\\.)*"', re.DOTALL)
_BOM = b"\xef\xbb\xbf"
_AFTER = Phrase("json.after_list")
_NO_END = Phrase("json.list_end")


@dataclass(slots=True)
class Record:
    """One household of an input: its line, and its values or the fault of its text."""

    line: int | None
    value: Any = None
    fault: Fault | None = None


def records(stream: IO[bytes], name: str) -> Iterator[Record]:
    """Yield the households of an input. The suffix of *name* gives the format; otherwise its first characters do."""
    buffered = BufferedReader(stream, _CHUNK) if not isinstance(stream, BytesIO | BufferedReader) else stream  # type: ignore[type-var]
    if name.endswith(".jsonl"):
        yield from _lines(buffered)
        return
    head = _head(buffered)
    first = head.removeprefix(_BOM).lstrip()[:1]
    rest = _Joined(head, buffered)
    if first == b"[":
        yield from _elements(rest)
    elif name.endswith(".json") or (first == b"{" and _spans(head)):
        yield _single(rest)
    else:
        yield from _lines(rest)


class _Joined:
    """A stream that begins with bytes that were read ahead."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self.head, self.stream = BytesIO(head), stream

    def read(self, size: int) -> bytes:
        return self.head.read(size) or self.stream.read(size)

    def readline(self, size: int) -> bytes:
        line = self.head.readline(size)
        return (
            line
            if line.endswith(b"\n") or len(line) == size
            else line + self.stream.readline(size - len(line))
        )


def _head(stream: IO[bytes]) -> bytes:
    """Return the first bytes of the input: as many as one household may have, and one more."""
    head = bytearray()
    while len(head) <= LARGEST and (more := stream.read(LARGEST + 1 - len(head))):
        head += more
    return bytes(head)


def _spans(head: bytes) -> bool:
    """True if the first object of the input is the whole input."""
    if len(head) > LARGEST:
        return False
    text = head.removeprefix(_BOM).decode("utf-8", "replace")
    start = _BLANK.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    end = _end(text, start)
    return end is not None and _BLANK.fullmatch(text, end) is not None


def _end(text: str, start: int) -> int | None:
    """Return the end of the object or list that begins at *start*, by counting brackets; ``None`` if it has none."""
    opened: list[str] = []
    index = start
    while found := _STRUCTURE.search(text, index):
        index = found.end()
        if found[0] == '"':
            string = _STRING_END.match(text, index)
            if string is None:
                return None
            index = string.end()
        elif found[0] in "[{":
            opened.append(found[0])
        else:
            # A bracket that is never closed does not hide the end of the list around it.
            wanted = "[" if found[0] == "]" else "{"
            while opened and opened.pop() != wanted:
                pass
            if not opened:
                return index
    return None


def _single(stream: _Joined) -> Record:
    data = bytearray()
    while len(data) <= LARGEST and (more := stream.read(_CHUNK)):
        data += more
    if len(data) <= LARGEST and not data.removeprefix(_BOM).strip():
        return Record(None, fault=Fault("NO_HOUSEHOLD", ""))
    return _parsed(bytes(data), None)


def _parsed(text: bytes, line: int | None) -> Record:
    try:
        return Record(line, parse(text, line))
    except HouseholdError as error:
        return Record(line, fault=error.faults[0])


def _lines(stream: Any) -> Iterator[Record]:
    number = 0
    while line := stream.readline(LARGEST + 2):
        number += 1
        whole = line.endswith(b"\n")
        if not whole and len(line) > LARGEST:
            yield Record(number, fault=Fault("TOO_LARGE", "", limit=LARGEST))
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield _parsed(line.rstrip(b"\r\n"), number)


def _elements(stream: _Joined) -> Iterator[Record]:
    """Yield the elements of a JSON list. An unreadable element is reported and skipped if its end can be found."""
    window = _Window(stream)
    window.skip_blank()
    window.index += 1
    first = True
    while True:
        window.skip_blank()
        if window.at("]"):
            window.index += 1
            window.skip_blank()
            if not window.ended():
                yield Record(window.line, fault=Fault("NOT_JSON", "", problem=_AFTER))
            return
        if not first:
            if not window.at(","):
                yield Record(window.line, fault=Fault("NOT_JSON", "", problem=_NO_END))
                return
            window.index += 1
            window.skip_blank()
        first = False
        window.fill()
        record = window.element()
        yield record
        if window.lost:
            return


class _Window:
    """A window on a text: the part being read, with room for at least one household ahead."""

    def __init__(self, stream: _Joined) -> None:
        self.stream = stream
        self.decoder = getincrementaldecoder("utf-8-sig")()
        self.text, self.index, self.line = "", 0, 1
        self.over = self.lost = self.garbled = False

    def fill(self) -> None:
        """Read until the window holds a household ahead, and drop the part before the position."""
        if len(self.text) - self.index > LARGEST or self.over:
            return
        parts = [self.text[self.index :]]
        size = len(parts[0])
        while size <= LARGEST + _CHUNK and not self.over:
            data = self.stream.read(_CHUNK)
            try:
                parts.append(self.decoder.decode(data, final=not data))
            except UnicodeDecodeError:
                self.over = self.garbled = True
            self.over = self.over or not data
            size += len(parts[-1]) if len(parts) > 1 else 0
        self.text, self.index = "".join(parts), 0

    def ended(self) -> bool:
        self.fill()
        return self.index >= len(self.text)

    def at(self, character: str) -> bool:
        return not self.ended() and self.text[self.index] == character

    def skip_blank(self) -> None:
        self.fill()
        while True:
            end = _BLANK.match(self.text, self.index).end()  # type: ignore[union-attr]  # it matches nothing, too
            self.line += self.text.count("\n", self.index, end)
            self.index = end
            if end < len(self.text) or self.over:
                return
            self.fill()

    def element(self) -> Record:
        line, start = self.line, self.index
        try:
            value, end = decode_at(self.text, start)
            record = Record(line, value)
        except json.JSONDecodeError as error:
            record = Record(line, fault=self._unreadable(error))
            end = self._behind(start)
        except RecursionError:
            record = Record(line, fault=Fault("TOO_DEEP", "", limit=DEEPEST))
            end = self._behind(start)
        if end - start > LARGEST // 4 and len(self.text[start:end].encode("utf-8", "replace")) > LARGEST:
            record = Record(line, fault=Fault("TOO_LARGE", "", limit=LARGEST))
        self.line += self.text.count("\n", start, end)
        self.index = end
        return record

    def _unreadable(self, error: json.JSONDecodeError) -> Fault:
        if self.garbled and error.pos >= len(self.text) - 1:
            return Fault("NOT_UTF8", "")
        line = self.line + self.text.count("\n", self.index, error.pos)
        return not_json(error, line)

    def _behind(self, start: int) -> int:
        """Return where to resume after an unreadable element; without its end, the rest is lost."""
        end = _end(self.text, start) if self.text[start : start + 1] in ("{", "[") else None
        if end is None:
            self.lost = True
        return len(self.text) if end is None else end
