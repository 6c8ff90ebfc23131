"""Test how strong the examples of a rulebook are: change each rule a little and see what notices."""

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
    """Change each rule, parameter and notice of a rulebook a little, and see whether an example or a case notices.

    Args:
        policies: folders of policy files, as ``Calculator`` takes them; the bundled ones where none is given. Of
            folders that are added to the bundled policies, only they are changed, and only their examples are tried.
        cases: files of further cases, a JSON object a line: ``household``, ``on``, ``expect`` and, where wanted,
            ``readings``, ``overlays`` and ``note``.
        seconds: how long may be looked for a proof, for one change that nothing noticed.
        members: a proof holds of households of up to so many members, from 1 to 8.
        processes: in how many processes. Where it is more than one, the caller's module must be importable (see the
            ``spawn`` method of ``multiprocessing``).
        only: the kinds of changes that are made, of :data:`hongqiao_rules.analysis.mutate.mutant.OPERATORS`; all where none
            is named.
        progress: called with how many changes are done, and of how many.

    Raises:
        PolicyError: the files are refused, or one of their examples does not come out.
        RequestError: a file of cases is refused, or one of its cases does not come out; the policies are not about
            households; *members* is out of range; a kind of change is not known.

    """
    from hongqiao_rules.analysis.mutate.mutation_run import mutations
    from hongqiao_rules.decision.edition import listed

    folders = [policies] if isinstance(policies, str | Path) else policies
    return mutations(
        [Path(folder) for folder in folders], [Path(file) for file in cases], seconds, members, processes,
        listed(only),
        progress,
    )  # fmt: skip
