"""Proofs over every household with Z3: declared properties, and the difference of two rulebooks.

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
    """Prove the properties that policies declare, or refute them with the smallest household that does.

    Args:
        policies: folders of policy files, as for :class:`Calculator`; the bundled ones where none is named.
        members: households have at most so many members, from 1 to 8.
        seconds: for so long; what is not decided by then is unknown.
        on: only the period between two changes in which this day lies; every period where it is not given.
        overlays: these overlays together; where not given, the rules without any and under each by itself.
        readings: choices that are fixed; of the other readings every combination is looked at.
        properties: only these, by id.
        processes: share the work between so many processes.
        progress: is told how many parts of the work are done, of how many.

    Raises:
        RequestError: Z3 is missing, or there is no such property, reading or overlay, or nothing is modelled on the day.
        PolicyError: the policy files are refused, or are not about households.

    """
    need_solver()
    from hongqiao_rules.analysis.prove.proof_run import asked
    from hongqiao_rules.analysis.prove.proof_run import prove as run
    from hongqiao_rules.decision.edition import listed
    from hongqiao_rules.decision.vocabulary import check_vocabulary
    from hongqiao_rules.rulebook.load import load

    folders = [Path(policies)] if isinstance(policies, str | Path) else [Path(folder) for folder in policies]
    rulebook = _rulebook or load(folders)
    check_vocabulary(rulebook)
    day = None if on is None else ordinal(on)
    named = None if overlays is None else listed(overlays)
    question = asked(rulebook, folders, members, seconds, day, named, readings or {}, listed(properties))
    return run(question, rulebook, processes, progress)


def difference(
    one: Edition, other: Edition, on: date, other_on: date | None = None, *, members: int = 3
) -> Difference:
    """Compare what two calculators give every household.

    Args:
        one: the first choice of rules.
        other: the second.
        on: the assessment date.
        other_on: the date for the second; the same where it is not given.
        members: how many members the households have at most, from 1 to 8.

    Raises:
        RequestError: Z3 is missing, a date is not modelled, the solver ran out of time, or *members* is out of range.

    """
    need_solver()
    from hongqiao_rules.analysis.difference import difference as compare

    return compare(one, other, on, other_on or on, members)
