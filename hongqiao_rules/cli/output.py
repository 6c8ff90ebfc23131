"""Write UTF-8 to the terminal or a file line by line, independent of the locale."""

from __future__ import annotations

import errno
import os
import sys

from hongqiao_rules.errors import Fault, HongqiaoRulesError, PolicyError, RequestError
from hongqiao_rules.text.catalogue import Phrase


def put(text: str) -> None:
    """Write *text* and a line feed to standard output, and flush it."""
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """Write *text* and a line feed to standard error."""
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stderr.buffer.flush()


def place(file: str, line: int | None, household: str | None, fault: Fault, lang: str) -> str:
    """Return a fault as one line: ``FILE[:LINE]: household/path: CODE: message``."""
    where = file if line is None else f"{file}:{line}"
    return printable(f"{where}: {household or '-'}{fault.path}: {fault.code}: {fault.say(lang)}")


def printable(text: str) -> str:
    """Return *text* on one line, with escapes for unprintable characters."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


_WHY = {
    errno.ENOENT: "file.absent", errno.EISDIR: "file.is_a_folder", errno.ENOTDIR: "file.no_folder",
    errno.EACCES: "file.no_permission", errno.ENOSPC: "file.disk_full",
}  # fmt: skip


def unusable(error: OSError) -> RequestError:
    """Return the error of the package for an error of the system about a file."""
    return RequestError("FILE_NOT_USABLE", file=os.fsdecode(error.filename or "-"), why=reason(error))


def reason(error: OSError) -> Phrase | str:
    """Return why the system refuses: a phrase for usual reasons, the message of the system for others."""
    key = _WHY.get(error.errno or 0)
    return Phrase(key) if key else error.strerror or str(error)


def refuse(error: HongqiaoRulesError, lang: str) -> None:
    """Write an error of the package to standard error."""
    match error:
        case RequestError():
            tell(printable(f"{error.code}: {error.say(lang)}"))
        case PolicyError():
            tell(error.say(lang))
        case _:
            for line in error.say(lang).split("\n"):
                tell(printable(line))
