"""Distribute work over processes; each keeps one worker object."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any, TypeVar

_Worker = TypeVar("_Worker")
_Task = TypeVar("_Task")
_Done = TypeVar("_Done")
_here: list[Any] = []
"""The worker of a process of the pool."""


def results(
    worker: _Worker, make: Callable[..., _Worker], asked: tuple[Any, ...], do: Callable[[_Worker, _Task], _Done],
    tasks: Sequence[_Task], processes: int,
) -> Iterator[_Done]:  # fmt: skip
    """Run *tasks* and yield their results in order.

    Args:
        worker: does the tasks if one process is enough.
        make: makes the worker of another process.
        asked: the arguments of *make*; picklable.
        do: does one task; a function of a module or class, so that it is picklable.
        tasks: the tasks.
        processes: the largest number of processes.
    """
    if processes <= 1 or len(tasks) <= 1:
        yield from (do(worker, task) for task in tasks)
        return
    # Processes are spawned, since a fork of a process with threads may hang.
    with ProcessPoolExecutor(processes, get_context("spawn"), _start, (make, asked)) as pool:
        yield from pool.map(partial(_do, do), tasks)


def _start(make: Callable[..., Any], asked: tuple[Any, ...]) -> None:
    _here.append(make(*asked))


def _do(do: Callable[[Any, Any], Any], task: Any) -> Any:
    return do(_here[0], task)
