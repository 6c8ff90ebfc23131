"""Proofs about all households with Z3: declared properties, and the difference of two rulebooks.

Needs the extra ``proofs``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hongqiao_rules.analysis import need_solver
from hongqiao_rules.rulebook.definitions import ordinal

if TYPE_CHECKING:
    from hongqiao_rules.analysis.difference import Difference
    from hongqiao_rules.analysis.prove.proof_results import Proofs
    from hongqiao_rules.decision.edition import Edition
    from hongqiao_rules.rulebook.load import Rulebook

__all__ = ["difference", "prove"]


def prove(
    policies: Path | str | Iterable[Path | str] = (),
    *,
    members: int = 8,
    seconds: float = 120,
    on: date | None = None,
    overlays: Iterable[str] | str | None = None,
    readings: Mapping[str, str] | None = None,
    properties: Iterable[str] | str = (),
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
    _rulebook: Rulebook | None = None,
) -> Proofs:
    """Prove the declared properties of policies, or refute them with the smallest counterexample.

    Args:
        policies: Folders of policy files, as for :class:`Calculator`; by default the bundled ones.
        members: The most members of a household, from 1 to 8.
        seconds: The time limit; what is not decided by then is unknown.
        on: A day: only the period between two changes that contains it; by default all periods.
        overlays: Overlays to apply together; by default the rules without overlays and under each single one.
        readings: Fixed choices; all combinations of the other readings are covered.
        properties: The ids of properties; by default all.
        processes: The number of processes.
        progress: Called with the number of parts that are done, and of all.

    Raises:
        RequestError: Z3 is missing; a property, a reading or an overlay does not exist; the day is not modelled.
        PolicyError: A policy file is invalid.

    """
    need_solver()
    from hongqiao_rules.analysis.prove.proof_run import asked
    from hongqiao_rules.analysis.prove.proof_run import prove as run
    from hongqiao_rules.decision.edition import listed
    from hongqiao_rules.rulebook.load import load

    folders = [Path(policies)] if isinstance(policies, str | Path) else [Path(folder) for folder in policies]
    rulebook = _rulebook or load(folders)
    day = None if on is None else ordinal(on)
    named = None if overlays is None else listed(overlays)
    question = asked(rulebook, folders, members, seconds, day, named, readings or {}, listed(properties))
    return run(question, rulebook, processes, progress)


def difference(
    one: Edition, other: Edition, on: date, other_on: date | None = None, *, members: int = 3
) -> Difference:
    """Return whether two calculators give every household the same result, and households for which they differ.

    Args:
        one: The first choice of rules.
        other: The second choice of rules.
        on: The assessment date.
        other_on: The date for *other*; by default the same.
        members: The most members of a household, from 1 to 8.

    Raises:
        RequestError: Z3 is missing, a date is not modelled, the solver ran out of time, or *members* is out of range.

    """
    need_solver()
    from hongqiao_rules.analysis.difference import difference as compare

    return compare(one, other, on, other_on or on, members)
