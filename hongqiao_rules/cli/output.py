"""Writing to the terminal or a file: always UTF-8, a line at a time, whatever the locale."""

from __future__ import annotations

import errno
import os
import sys

from hongqiao_rules.errors import (
    Fault,
    HongqiaoRulesError,
    PolicyError,
    RequestError,
)
from hongqiao_rules.messages import Said


def put(text: str) -> None:
    """Write *text* and a line feed to standard output, and flush: what was written is not lost."""
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """Write *text* and a line feed to standard error."""
    sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stderr.buffer.flush()


def place(file: str, line: int | None, household: str | None, fault: Fault, lang: str) -> str:
    """A fault as ``FILE[:LINE]: household/path: CODE: message``, on one line."""
    where = file if line is None else f"{file}:{line}"
    return printable(f"{where}: {household or '-'}{fault.path}: {fault.code}: {fault.say(lang)}")


def printable(text: str) -> str:
    """*text* on one line: what cannot be printed is shown as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


_WHY = {
    errno.ENOENT: Said("there is no such file or folder", "没有这个文件或文件夹"),
    errno.EISDIR: Said("it is a folder", "这是文件夹"),
    errno.ENOTDIR: Said("it is no folder", "这不是文件夹"),
    errno.EACCES: Said("it may not be", "没有权限"),
    errno.ENOSPC: Said("the disk is full", "磁盘已满"),
}


def unusable(error: OSError) -> RequestError:
    """What the system says of a file, in both languages where it is one of the usual things."""
    why = _WHY.get(error.errno or 0) or error.strerror or str(error)
    return RequestError("FILE_NOT_USABLE", file=os.fsdecode(error.filename or "-"), why=why)


def refuse(error: HongqiaoRulesError, lang: str) -> None:
    """Tell an error of the package on standard error."""
    match error:
        case RequestError():
            tell(printable(f"{error.code}: {error.say(lang)}"))
        case PolicyError():
            tell(error.say(lang))
        case _:
            for line in error.say(lang).split("\n"):
                tell(printable(line))
