"""Append-only event logs: a file with one event a line, or an SQLite database.

A line is the event as JSON, a tab, and a digest chained to the line before, which reveals a line that was cut short,
changed or removed. A process that dies while it writes leaves at most one incomplete line. The next opening removes
that line and reports it (:class:`Torn`). Any other damage is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hongqiao_rules.errors import RecordError

_FORMAT = "hongqiao-rules case 1"
_BEGINNING = b'{"record": "%b", "case": ' % _FORMAT.encode()


@dataclass(frozen=True, slots=True)
class Torn:
    """An incomplete last line that was removed: its number (from 1) and its text."""

    line: int
    left: bytes


class Record(Protocol):
    """Stores the events of one case, in order, each as one line of text.

    Attributes:
        torn: the incomplete last line that was removed on opening, or ``None``.
    """

    torn: Torn | None

    def events(self) -> list[str]:
        """The JSON text of every event, in the order of their addition."""

    def append(self, event: str) -> None:
        """Store one more event; it survives the process once this returns."""

    def close(self) -> None:
        """Close the files and locks of the record."""


class MemoryRecord:
    """A record in memory."""

    torn: Torn | None = None

    def __init__(self, events: Iterable[str] = ()) -> None:
        self._events = list(events)

    def events(self) -> list[str]:
        """The JSON text of every event, in the order of their addition."""
        return list(self._events)

    def append(self, event: str) -> None:
        """Store one more event."""
        self._events.append(event)

    def close(self) -> None:
        """Do nothing: no resource is open."""


class FileRecord:
    """A record in a file of lines.

    Args:
        path: the file, created if it does not exist.
        case: the id of the case; ``None`` takes the id in the file.
        fsync: whether to force each event to the disk, so that it survives a crash of the machine. Without it an event
            is flushed to the system and survives the process only.

    Raises:
        RecordError: the file is damaged, is in use, or belongs to another case.
    """

    def __init__(self, path: Path | str, case: str | None = None, *, fsync: bool = False) -> None:
        self.path, self._fsync = Path(path), fsync
        self.torn: Torn | None = None
        self._events: list[str] = []
        self._digest = b""
        if case is None and not self.path.exists():
            raise RecordError("NO_RECORD", record=str(self.path))
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._file = os.open(self.path, flags, 0o644)
        self._closing = weakref.finalize(self, os.close, self._file)
        try:
            self._lock()
            self.case = self._open(case)
        except BaseException:
            self.close()
            raise

    def events(self) -> list[str]:
        """The JSON text of every event, in the order of their addition."""
        return list(self._events)

    def append(self, event: str) -> None:
        """Write one more event in one piece, with its line end."""
        line, digest = _sealed(event, self._digest)
        self._write(line)
        self._events.append(event)
        self._digest = digest

    def close(self) -> None:
        """Close the file and release its lock."""
        self._closing()

    def _open(self, wanted: str | None) -> str:
        content = self._content()
        *lines, left = content.split(b"\n")
        texts, digest = [], b""
        for number, line in enumerate(lines, 1):
            text, digest = _unsealed(line, digest)
            if text is None:
                code = "RECORD_DAMAGED" if content.startswith(_BEGINNING) else "NOT_A_RECORD"
                raise RecordError(code, record=str(self.path), line=number)
            texts.append(text)
        # A file without the header of a record belongs to someone else and stays unchanged.
        if not content.startswith(_BEGINNING) and not _BEGINNING.startswith(content):
            raise RecordError("NOT_A_RECORD", record=str(self.path))
        found = json.loads(texts[0])["case"] if texts else wanted
        if found is None:
            raise RecordError("NO_RECORD", record=str(self.path))
        if wanted not in (None, found):
            raise RecordError("RECORD_OF_ANOTHER", record=str(self.path), found=found, wanted=wanted)
        if left:
            self.torn = Torn(len(lines) + 1, left)
            os.ftruncate(self._file, len(content) - len(left))
        self._events, self._digest = texts[1:], digest
        if not texts:
            line, self._digest = _sealed(
                json.dumps({"record": _FORMAT, "case": found}, ensure_ascii=False), b""
            )
            self._write(line)
        return str(found)

    def _content(self) -> bytes:
        pieces = []
        while piece := os.read(self._file, 1 << 20):
            pieces.append(piece)
        return b"".join(pieces)

    def _write(self, line: bytes) -> None:
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            if written != len(line):
                raise OSError(f"only {written} of {len(line)} bytes could be written to {self.path}")
            if self._fsync:
                os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, size)  # the event is refused: remove what was written of it
            raise

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # Windows has no such locks; the operator must use one writer
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RecordError("RECORD_IN_USE", record=str(self.path)) from None


def _sealed(text: str, before: bytes) -> tuple[bytes, bytes]:
    body = text.encode()
    digest = hashlib.sha256(before + body).hexdigest()[:16].encode()
    return body + b"\t" + digest + b"\n", digest


def _unsealed(line: bytes, before: bytes) -> tuple[str | None, bytes]:
    """The text of a line; ``None`` if its digest does not match."""
    body, _, digest = line.rpartition(b"\t")
    if hashlib.sha256(before + body).hexdigest()[:16].encode() != digest:
        return None, digest
    return body.decode(), digest


class SQLiteStore:
    """The records of many cases in one SQLite database; each case has one writing process at a time.

    Args:
        path: the database, created if it does not exist.
        fsync: whether to force each event to the disk before it counts as recorded.

    Raises:
        RecordError: the file is no database.
        OSError: it cannot be opened or written.
    """

    def __init__(self, path: Path | str, *, fsync: bool = False) -> None:
        import sqlite3

        self.path = Path(path)
        try:
            self._database = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from None
        try:
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute(f"PRAGMA synchronous={'FULL' if fsync else 'NORMAL'}")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS event (household TEXT NOT NULL, number INTEGER NOT NULL,"
                " event TEXT NOT NULL, PRIMARY KEY (household, number)) WITHOUT ROWID"
            )
        except sqlite3.DatabaseError as error:
            self._database.close()
            if isinstance(error, sqlite3.OperationalError):  # locked, or not writable
                raise OSError(f"{self.path}: {error}") from None
            raise RecordError("NOT_A_RECORD", record=str(self.path)) from None

    def cases(self) -> Iterator[str]:
        """The ids of the cases with at least one event, in order."""
        return (row[0] for row in self._database.execute("SELECT DISTINCT household FROM event ORDER BY 1"))

    def record(self, case: str) -> SQLiteRecord:
        """The record of *case*; empty where it has no events yet."""
        return SQLiteRecord(self, case)

    def close(self) -> None:
        """Close the database."""
        self._database.close()


class SQLiteRecord:
    """The record of one case in a :class:`SQLiteStore`."""

    torn: Torn | None = None

    def __init__(self, store: SQLiteStore, case: str) -> None:
        self._store, self.case = store, case
        rows = store._database.execute(
            "SELECT number, event FROM event WHERE household = ? ORDER BY number", (case,)
        ).fetchall()
        if [number for number, _ in rows] != list(range(1, len(rows) + 1)):
            missing = next(n for n, (number, _) in enumerate(rows, 1) if n != number)
            raise RecordError("RECORD_DAMAGED", record=f"{store.path}: {case}", line=missing)
        self._events = [event for _, event in rows]

    def events(self) -> list[str]:
        """The JSON text of every event, in the order of their addition."""
        return list(self._events)

    def append(self, event: str) -> None:
        """Store one more event in its own transaction.

        Raises:
            RecordError: another process has added to this case in the meantime.
            OSError: the event cannot be written.
        """
        import sqlite3

        try:
            self._store._database.execute(
                "INSERT INTO event VALUES (?, ?, ?)", (self.case, len(self._events) + 1, event)
            )
        except sqlite3.IntegrityError:
            raise RecordError("RECORD_IN_USE", record=f"{self._store.path}: {self.case}") from None
        except sqlite3.OperationalError as error:
            raise OSError(f"{self._store.path}: {error}") from None
        self._events.append(event)

    def close(self) -> None:
        """Do nothing: the owner of the store closes it."""
