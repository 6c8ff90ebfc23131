"""Defer SIGINT during writes, and check free disk space."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = 16 << 20
"""Bytes that have to stay free on a disk, so that files can be ended on it."""


@contextmanager
def held_back() -> Iterator[None]:
    """Let a Ctrl-C that comes meanwhile take effect afterwards: a write broken off would spoil the file."""
    before = signal.getsignal(signal.SIGINT)
    # Only the main thread hears signals. A handler of another language cannot be put back.
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    heard = list[int]()
    signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        signal.raise_signal(heard[0])


def check_room(folders: Iterable[Path], coming: int) -> None:
    """See that *coming* bytes can be written to each of *folders* and still leave room to end the files.

    Raises:
        OSError: there is less; nothing was written yet.

    """
    for folder in folders:
        if shutil.disk_usage(folder).free < coming + ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
