"""Parse YAML to plain values and the position of every key and value.

The accepted values are mappings, lists, text, integers, ``true`` and ``false``. Text that YAML converts by guessing
(``NO``, ``12:30``, ``0777``) stays text. Anchors, tags, duplicate keys and floats are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from hongqiao_rules.errors import PolicyFault
from hongqiao_rules.language import syntax
from hongqiao_rules.rulebook.definitions import Path
from hongqiao_rules.text.catalogue import Phrase

LARGEST_FILE = 1_000_000
LONGEST_LINE = 5000
"""The most characters of a line that a fault keeps."""
DEEPEST = 24
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]+)?\Z|[-+]?[0-9]+[eE][-+]?[0-9]+\Z|[-+]?\.(inf|nan)\Z",
    re.I,
)


class _RefusedError(Exception):
    """Stops the parsing of a file; its fault is already recorded."""


@dataclass
class Document:
    """A policy file: its tree, and the line and column (from 1) of each value and key."""

    file: str
    lines: list[str]
    tree: Any = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    texts: dict[Path, tuple[str, str | None]] = field(default_factory=dict)
    """The text of each scalar and its YAML style; ``places`` has the position of its first character."""

    def fault(
        self, code: str, path: Path = (), *, key: bool = False, offset: int = 0, **arguments: object
    ) -> PolicyFault:
        """A fault at the value at *path* (with *key*, at its key), *offset* characters into its text."""
        line, column = self.place(path, key=key)
        if offset and not key and path in self.texts:
            line, column = self._character(line, column, *self.texts[path], offset)
        return self.fault_at(code, line, column, **arguments)

    def fault_at(self, code: str, line: int, column: int, **arguments: object) -> PolicyFault:
        """A fault at a line and column (from 1); a line after the last becomes the end of the file."""
        if line > len(self.lines) > 0:
            line, column = len(self.lines), len(self.lines[-1]) + 1
        text = self.lines[line - 1] if self.lines else ""
        return PolicyFault(code, self.file, line, column, text[:LONGEST_LINE], **arguments)

    def _character(
        self, line: int, column: int, text: str, style: str | None, offset: int
    ) -> tuple[int, int]:
        """The line and column of the character at *offset* of *text*, whose source begins at *line* and *column*.

        YAML folding changes only white space, so the other characters are counted; escapes in quotes are skipped.
        """
        wanted = sum(not character.isspace() for character in text[:offset])
        row, at = (line, 0) if style in ("|", ">") else (line - 1, column - 1)
        for number, written in enumerate(self.lines[row:], row):
            while at < len(written):
                if not written[at].isspace():
                    if wanted == 0:
                        return number + 1, at + 1
                    wanted -= 1
                    doubled = style == "'" and written[at : at + 2] == "''"
                    at += doubled or (style == '"' and written[at] == "\\")
                at += 1
            at = 0
        return line, column

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """The line and column of the value at *path* (with *key*, of its key), or of the nearest enclosing value."""
        tables = (self.keys, self.places) if key else (self.places, self.keys)
        for length in range(len(path), -1, -1):
            for table in tables:
                if path[:length] in table:
                    return table[path[:length]]
        return (1, 1)


def read(file: str, data: bytes) -> tuple[Document, list[PolicyFault]]:
    """Parse the bytes of a file; return the document, whose tree is ``None`` if it cannot be parsed, and the faults."""
    document = Document(file, [])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        document.lines = data[: error.start].decode("utf-8", "replace").splitlines()
        line, column = len(document.lines) or 1, len(document.lines[-1]) + 1 if document.lines else 1
        return document, [document.fault_at("POLICY_NOT_UTF8", line, column)]
    document.lines = text.splitlines()
    if len(data) > LARGEST_FILE:
        return document, [document.fault_at("POLICY_TOO_LARGE", 1, 1, limit=LARGEST_FILE)]
    reader = _Reader(document)
    try:
        document.tree = reader.document(text)
    except _RefusedError:
        document.tree = None
    except yaml.YAMLError as error:
        reader.faults.append(_not_yaml(document, text, error))
    return document, reader.faults


def _not_yaml(document: Document, text: str, error: yaml.YAMLError) -> PolicyFault:
    said = getattr(error, "problem", "") or ""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if context is not None and any(words in said for words in syntax.CONTEXT):
        mark = context
    mark = mark or context
    if mark is None:
        problem = Phrase("yaml.unprintable")
        return document.fault_at("POLICY_NOT_YAML", *_unprintable(text), problem=problem)
    if "nesting depth" in said:
        # Newer versions of the scanner look ahead and stop at a depth limit of their own first.
        return document.fault_at("POLICY_TOO_DEEP", mark.line + 1, mark.column + 1, limit=DEEPEST)
    problem, line, column = syntax.yaml(document.lines, mark.line + 1, mark.column + 1, said)
    return document.fault_at("POLICY_NOT_YAML", line, column, problem=problem)


def _unprintable(text: str) -> tuple[int, int]:
    """The line and column of the first character that YAML does not allow."""
    for row, line in enumerate(text.split("\n")):
        for column, character in enumerate(line):
            if not (character.isprintable() or character in "\t\r"):
                return row + 1, column + 1
    return 1, 1


class _Reader:
    """Builds the values from the parser's events, so that YAML resolves, expands and merges nothing."""

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
        """Add a fault at *event* and stop parsing the file."""
        mark = event.start_mark
        self.faults.append(self.out.fault_at(code, mark.line + 1, mark.column + 1, **arguments))
        raise _RefusedError

    def value(self, event: Any, path: Path) -> Any:
        mark = event.start_mark
        self.out.places[path] = (mark.line + 1, mark.column + 1)
        self.check_plain(event)
        if len(path) > DEEPEST:
            self.refuse("POLICY_TOO_DEEP", event, limit=DEEPEST)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event, path)

    def check_plain(self, event: Any) -> None:
        """Refuse anchors, aliases and tags."""
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.refuse("POLICY_ALIAS", event)
        if event.tag is not None:
            self.refuse("POLICY_TAG", event, tag=event.tag)

    def mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        event: Any
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            self.check_plain(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse("POLICY_KEY_NOT_TEXT", event)
            key = str(event.value)
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            child = (*path, key)
            if key in values:
                first = self.out.keys[child][0]
                fault = self.out.fault_at("POLICY_DUPLICATE_KEY", line, column, key=key, first=first)
                self.faults.append(fault)
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
        mark = event.start_mark
        self.out.texts[path] = text, event.style
        self.out.places[path] = (mark.line + 1, mark.column + 1 + quoted)
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
