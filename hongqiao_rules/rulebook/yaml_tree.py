"""YAML with positions: a policy file as plain values, and the place of every key and value in it.

Only what a policy needs is read: mappings, lists, text, whole numbers, ``true`` and ``false``. What YAML would
guess (``NO``, ``12:30``, ``0777``) stays text; what it would hide (anchors, tags, duplicate keys, floats) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from hongqiao_rules.errors import PolicyFault

Path = tuple[str | int, ...]

LARGEST_FILE = 1_000_000
DEEPEST = 24
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?\Z|[-+]?[0-9]+[eE][-+]?[0-9]+\Z|[-+]?\.(inf|nan)\Z",
    re.I,
)


class _RefusedError(Exception):
    """A file that cannot be read any further."""


@dataclass
class Document:
    """One policy file: its values, and the (line, column) of each, both from 1."""

    file: str
    lines: list[str]
    tree: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    plain: dict[Path, int | None] = field(default_factory=dict)
    """Where a text stands as written on one line: the column of its first character (else ``None``)."""

    def fault(
        self, code: str, path: Path = (), *, key: bool = False, offset: int = 0, **arguments: object
    ) -> PolicyFault:
        """The fault of *code* at *path*, at its key or its value, *offset* characters into a text."""
        line, column = self._place(path, key=key)
        if offset and self.plain.get(path) is not None:
            column += offset
        return self.fault_at(code, line, column, **arguments)

    def fault_at(self, code: str, line: int, column: int, **arguments: object) -> PolicyFault:
        """The fault of *code* at a line and column."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return PolicyFault(code, self.file, line, column, text[:200], **arguments)

    def _place(self, path: Path, *, key: bool) -> tuple[int, int]:
        tables = (self.keys, self.places) if key else (self.places, self.keys)
        for length in range(len(path), -1, -1):
            for table in tables:
                if path[:length] in table:
                    return table[path[:length]]
        return (1, 1)


def read(file: str, data: bytes) -> tuple[Document, list[PolicyFault]]:
    """Read one file. Returns the document (its tree ``None`` where nothing could be read) and the faults."""
    document = Document(file, [])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        document.lines = data[: error.start].decode("utf-8", "replace").splitlines()
        return document, [document.fault_at("POLICY_NOT_UTF8", len(document.lines) or 1, 1)]
    document.lines = text.splitlines()
    if len(data) > LARGEST_FILE:
        return document, [document.fault_at("POLICY_TOO_LARGE", 1, 1, limit=LARGEST_FILE)]
    reader = _Reader(document)
    try:
        document.tree = reader.document(text)
    except _RefusedError:
        document.tree = None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        line = min(line, max(1, len(document.lines)))
        reader.faults.append(
            document.fault_at(
                "POLICY_NOT_YAML", line, column, problem=getattr(error, "problem", "") or str(error)
            )
        )
    return document, reader.faults


class _Reader:
    """Builds the values from the parser's events, so that nothing is resolved, expanded or merged on the way."""

    def __init__(self, document: Document) -> None:
        self.out = document
        self.faults: list[PolicyFault] = []

    def document(self, text: str) -> Any:
        self.events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        value: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse("POLICY_SEVERAL_DOCUMENTS", event)
                value = self.value(next(self.events), ())
        if documents == 0:
            self.faults.append(self.out.fault_at("POLICY_EMPTY", 1, 1))
        return value

    def refuse(self, code: str, event: Any, **arguments: object) -> None:
        """Tell a fault at *event* and stop reading the file."""
        mark = event.start_mark
        self.faults.append(self.out.fault_at(code, mark.line + 1, mark.column + 1, **arguments))
        raise _RefusedError

    def value(self, event: Any, path: Path) -> Any:
        mark = event.start_mark
        self.out.places[path] = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.refuse("POLICY_ALIAS", event)
        if event.tag is not None and event.tag != "!":
            self.refuse("POLICY_TAG", event, tag=event.tag)
        if len(path) > DEEPEST:
            self.refuse("POLICY_TOO_DEEP", event, limit=DEEPEST)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event, path)

    def mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        event: Any
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("POLICY_KEY_NOT_TEXT", event)
            key = str(event.value)
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            child = (*path, key)
            if key in values:
                first = self.out.keys[child][0]
                self.faults.append(
                    self.out.fault_at("POLICY_DUPLICATE_KEY", line, column, key=key, first=first)
                )
                self.value(next(self.events), (*path, f"{key} "))
                continue
            self.out.keys[child] = (line, column)
            values[key] = self.value(next(self.events), child)
        return values

    def sequence(self, path: Path) -> list[Any]:
        values: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self.value(event, (*path, len(values))))
        return values

    def scalar(self, event: Any, path: Path) -> Any:
        text = str(event.value)
        quoted = event.style in ("'", '"')
        start, end = event.start_mark, event.end_mark
        if event.style in (None, "'", '"') and start.line == end.line:
            self.out.plain[path] = start.column + 1 + quoted
            self.out.places[path] = (start.line + 1, start.column + 1 + quoted)
        if quoted or event.style in ("|", ">"):
            return text.rstrip("\n")
        if text in ("", "~", "null"):
            self.faults.append(self.out.fault("POLICY_NO_VALUE", path, name=path[-1] if path else "file"))
            return ""
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            if len(text) > 18:
                self.faults.append(self.out.fault("POLICY_NUMBER_TOO_LARGE", path, value=text[:40]))
                return 0
            return int(text)
        if _FLOAT.match(text):
            self.faults.append(self.out.fault("POLICY_FLOAT", path, value=text))
            return ""
        return text
