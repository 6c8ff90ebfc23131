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
"""Bytes that must stay free on a disk, so that open files can be completed."""


@contextmanager
def held_back() -> Iterator[None]:
    """Defer SIGINT until the block ends, because an aborted write would corrupt the file."""
    before = signal.getsignal(signal.SIGINT)
    # Only the main thread receives signals. A handler that is not written in Python cannot be restored.
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
    """Check that each of *folders* has room for *coming* bytes and for completing the files.

    Raises:
        OSError: a disk has less room; nothing was written.
    """
    for folder in folders:
        if shutil.disk_usage(folder).free < coming + ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
