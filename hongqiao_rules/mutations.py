"""Mutation tests of a rulebook: make small changes, and find those that no example notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongqiao_rules.analysis.mutate.mutation_report import Mutations

__all__ = ["mutate"]


def mutate(
    policies: Path | str | Iterable[Path | str] = (),
    *,
    cases: Sequence[Path | str] = (),
    seconds: float = 60,
    members: int = 3,
    processes: int = 1,
    only: Iterable[str] | str = (),
    progress: Callable[[int, int], None] | None = None,
) -> Mutations:
    """Return which small changes of rules, parameters and notices an example or a case notices.

    Args:
        policies: Folders of policy files, as for ``Calculator``; by default the bundled ones. For folders that are added to
            the bundled policies, only their files are changed, and only their examples run.
        cases: Files of further cases, a JSON object a line with ``household`` (the root), ``on``, ``expect`` and optionally
            ``readings``, ``overlays`` and ``note``.
        seconds: The time limit for the proof about one change that nothing noticed.
        members: The most members of the households in proofs, from 1 to 8.
        processes: The number of processes. With more than one, the caller's module must be importable (see the ``spawn``
            method of ``multiprocessing``).
        only: The kinds of changes, of :data:`hongqiao_rules.analysis.mutate.mutant.OPERATORS`; by default all.
        progress: Called with the number of changes that are done, and of all.

    Raises:
        PolicyError: A file is invalid, or one of its examples fails.
        RequestError: A file of cases is invalid, or one of its cases fails; *members* is out of range; a kind of change does not exist.

    """
    from hongqiao_rules.analysis.mutate.mutation_run import mutations
    from hongqiao_rules.decision.edition import listed

    folders = [policies] if isinstance(policies, str | Path) else policies
    return mutations(
        [Path(folder) for folder in folders], [Path(file) for file in cases], seconds, members, processes,
        listed(only),
        progress,
    )  # fmt: skip
