"""Prove all properties of a rulebook, in one process or several."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from hongqiao_rules.analysis.prove.proof_cases import LAST_DAY, Cases, independent_of, parts_of  # fmt: skip
from hongqiao_rules.analysis.prove.proof_results import Declared, Outcome, Proofs, Unreachable
from hongqiao_rules.analysis.prove.property_proofs import Found, Prover
from hongqiao_rules.analysis.prove.reachability import Reaching
from hongqiao_rules.analysis.solver import check_members
from hongqiao_rules.analysis.solver.pool import results
from hongqiao_rules.analysis.solver.search import Budget, UndecidedError
from hongqiao_rules.errors import RequestError, nearest
from hongqiao_rules.rulebook.definitions import Property, calendar, next_day
from hongqiao_rules.rulebook.dependencies import signature
from hongqiao_rules.rulebook.load import Rulebook, load

_SHARES = 8
"""One query takes at most the time limit divided by this."""
Progress = Callable[[int, int], None]
"""A callback with the number of tasks done, and of all tasks."""


@dataclass(frozen=True)
class Question:
    """What a run proves: everything that each process needs.

    Attributes:
        folders: the folders of policy files; none for the bundled policies.
        members: the largest number of members of a household.
        seconds: the time limit.
        deadline: its end, as of ``time.time``.
        overlays: the choices of overlays; ``()`` is the rules without any.
        on: a day yyyymmdd; only its period is proved. By default every period is.
        readings: fixed choices of readings.
        properties: the ids; none for all.
    """

    folders: tuple[Path, ...]
    members: int
    seconds: float
    deadline: float
    overlays: tuple[tuple[str, ...], ...]
    on: int | None
    readings: Mapping[str, str]
    properties: tuple[str, ...]


class Task(NamedTuple):
    """A task: properties, by id, under cases with equal rules; or the reachability of the rules of one period."""

    properties: tuple[str, ...]
    overlays: tuple[str, ...]
    cases: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...], int, int], ...]


@dataclass
class Done:
    """The result of one task."""

    found: dict[tuple[str, tuple[str, ...]], Found] = field(default_factory=dict)
    unreached: list[tuple[str, tuple[str, ...], int, int]] = field(default_factory=list)


class Worker:
    """Does tasks; households found in one are tried in the next."""

    def __init__(self, question: Question, rulebook: Rulebook | None = None) -> None:
        self.rulebook = rulebook or load(question.folders)
        self.cases = Cases(self.rulebook, question.overlays, question.on, question.readings)
        budget = Budget(question.seconds, question.deadline, _SHARES)
        self.prover = Prover(self.rulebook, question.members, budget)
        self.reaching = Reaching(self.cases, self.prover)
        self.claims = {
            id_: dict(under)
            for id_, under in self.cases.claims().items()
            if not question.properties or id_ in question.properties
        }
        self.found: dict[tuple[str, tuple[str, ...]], Found] = {}

    # --- what there is to do --------------------------------------------------------------------------------

    def tasks(self) -> list[Task]:
        """The tasks, one for all cases with equal rules."""
        tasks: dict[object, Task] = {}
        for overlays in self.cases.overlays:
            for ids in self._families(overlays):
                names = self._names(ids, overlays)
                steps = self.claims[ids[0]][overlays].form == "steps"
                for case in self.cases.of(overlays, names, by_default=steps):
                    claims = tuple((id_, id(self.claims[id_][overlays])) for id_ in ids)
                    key = (claims, signature(case.dated), case.inputs.checks, case.inputs.defaults)
                    one = (case.overlays, tuple(case.readings.items()), case.start, case.end)
                    task = tasks.get(key, Task(ids, overlays, ()))
                    tasks[key] = task._replace(cases=(*task.cases, one))
        found = sorted(
            tasks.values(), key=lambda task: -task.cases[0][2]
        )  # the last period mostly has the largest steps
        reachable = tuple(id_ for id_, under in self.claims.items() if _form(under) == "reachable")
        for overlays in self.cases.overlays if reachable else ():
            for start, end in self.cases.periods(overlays):
                found.append(Task(reachable, overlays, ((overlays, (), start, end),)))
        return found

    def _families(self, overlays: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Group the properties whose parts of the rulebook contain each other."""
        linked = self.cases.linked[overlays]
        parts: dict[str, set[str]] = {}
        for id_, under in self.claims.items():
            claim = under.get(overlays)
            if claim is None or claim.form == "reachable":
                continue
            if self_evident(claim, self.cases, overlays):
                self._of(id_, overlays).cases += 1
                continue
            names = self.cases.depends[overlays].upstream(parts_of(claim, linked))
            parts[id_] = {name for name in names if "/" not in name}
        # Steps are measured, under the default readings only, so each is a task of its own.
        steps = [id_ for id_ in parts if self.claims[id_][overlays].form == "steps"]
        families = [(parts.pop(id_), [id_]) for id_ in steps]
        for id_ in sorted(parts, key=lambda id_: (-len(parts[id_]), id_)):
            alone = next((ids for part, ids in families[len(steps) :] if parts[id_] <= part), None)
            if alone is None:
                families.append((parts[id_], [id_]))
            else:
                alone.append(id_)
        return (tuple(ids) for _, ids in families)

    def _names(self, ids: Iterable[str], overlays: tuple[str, ...]) -> set[str]:
        linked = self.cases.linked[overlays]
        return {name for id_ in ids for name in parts_of(self.claims[id_][overlays], linked)}

    def _of(self, id_: str, overlays: tuple[str, ...]) -> Found:
        """Return the result so far of a property under some overlays."""
        claim = self.claims[id_][overlays]
        first = next(names for names, other in self.claims[id_].items() if other is claim)
        return self.found.setdefault((id_, first), Found())

    # --- doing it -------------------------------------------------------------------------------------------

    def do(self, task: Task) -> Done:
        """Do a task."""
        form = _form(self.claims[task.properties[0]])
        done = Done()
        if form == "reachable":
            overlays, _, start, end = task.cases[0]
            found = {id_: self._of(id_, overlays) for id_ in task.properties if overlays in self.claims[id_]}
            try:
                rules = self.reaching.unreached(overlays, start, end)
                done.unreached = [(rule, overlays, start, end) for rule in rules]
            except UndecidedError as error:
                for one in found.values():
                    one.undecided = error.problem
            for one in found.values():
                one.cases += 1
            done.found = self.take()
            return done
        names = {overlays: self._names(task.properties, overlays) for overlays, *_ in task.cases}
        cases = [
            self.cases.case(overlays, dict(readings), start, end, names[overlays])
            for overlays, readings, start, end in task.cases
        ]
        claims = {id_: self.claims[id_][task.overlays] for id_ in task.properties}
        self.prover.cases(cases, claims, {id_: self._of(id_, task.overlays) for id_ in claims})
        done.found = self.take()
        return done

    def take(self) -> dict[tuple[str, tuple[str, ...]], Found]:
        """Return the result and reset the count of cases, so that counts can be added."""
        found = {
            key: Found(**{name: getattr(one, name) for name in Found.__slots__})
            for key, one in self.found.items()
        }
        for one in self.found.values():
            one.cases = 0
        return found


def self_evident(claim: Property, cases: Cases, overlays: tuple[str, ...]) -> bool:
    """Whether a claim of independence needs no solver, since no rule behind the results ever reads one of the facts."""
    if claim.form != "independent":
        return False
    linked = cases.linked[overlays]
    behind = cases.depends[overlays].upstream(parts_of(claim, linked))
    return behind.isdisjoint(independent_of(claim, linked))


def _form(under: Mapping[tuple[str, ...], Property]) -> str:
    return next(iter(under.values())).form


def prove(question: Question, rulebook: Rulebook, processes: int, progress: Progress | None) -> Proofs:
    """See :func:`hongqiao_rules.proofs.prove`."""
    worker = Worker(question, rulebook)
    tasks = worker.tasks()
    unreached: list[tuple[str, tuple[str, ...], int, int]] = []
    # Results come in the order of the tasks, so that each run shows the same household of a size.
    for number, done in enumerate(results(worker, Worker, (question,), Worker.do, tasks, processes), 1):
        for (id_, overlays), found in done.found.items():
            worker._of(id_, overlays).merge(found)
        unreached += done.unreached
        if progress is not None:
            progress(number, len(tasks))
    return _answer(worker, question, unreached)


def _answer(
    worker: Worker, question: Question, unreached: list[tuple[str, tuple[str, ...], int, int]]
) -> Proofs:
    cases = worker.cases
    periods = [period for overlays in cases.overlays for period in cases.periods(overlays)]
    last = max(end for _, end in periods)
    heard, every = set[str](), True
    for id_, under in worker.claims.items():
        for overlays, claim in under.items():
            if claim.form not in ("steps", "reachable") and not self_evident(claim, cases, overlays):
                names = worker._names([id_], overlays)
                heard |= cases.depends[overlays].heard_by(names)
                every = every and cases.every(overlays, names)
    readings = tuple(
        name
        for name in worker.rulebook.definitions.readings
        if name in heard and name not in question.readings
    )
    outcomes = []
    for id_, under in sorted(worker.claims.items()):
        claims: dict[int, tuple[tuple[str, ...], Property]] = {}
        for overlays, claim in under.items():
            claims.setdefault(id(claim), (overlays, claim))
        for overlays, claim in claims.values():
            rules = _rules(unreached, [names for names, other in under.items() if other is claim])
            outcomes.append(
                _outcome(claim, worker._of(id_, overlays), rules if claim.form == "reachable" else [])
            )
    return Proofs(
        question.members, tuple(cases.overlays), calendar(min(start for start, _ in periods)),
        None if last == LAST_DAY else calendar(last), readings, every, tuple(outcomes), linked=worker.rulebook.linked(()),
    )  # fmt: skip


def _outcome(claim: Property, found: Found, unreached: list[Unreachable]) -> Outcome:
    declared = tuple(
        Declared(exception.title, found.happening.get(number), found.undecided is None)
        for number, exception in enumerate(claim.exceptions)
    )
    if found.shown is not None or unreached:
        status: Any = "refuted"
    elif found.undecided is not None:
        status = "unknown"
    else:
        status = "measured" if claim.form == "steps" else "proved"
    return Outcome(
        claim.id, claim.title, claim.overlay, status, found.cases, found.undecided, found.shown, declared,
        tuple(unreached), found.steps.get("rise"), found.steps.get("fall"),
    )  # fmt: skip


def _rules(
    unreached: list[tuple[str, tuple[str, ...], int, int]], overlays: Sequence[tuple[str, ...]]
) -> list[Unreachable]:
    """The rules that never apply, with adjacent periods merged."""
    found: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = {}
    for rule, names, start, end in sorted(unreached):
        if names not in overlays:
            continue
        spans = found.setdefault((rule, names), [])
        if spans and next_day(spans[-1][1]) == start:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return [
        Unreachable(rule, names, calendar(start), None if end == LAST_DAY else calendar(end))
        for (rule, names), spans in found.items()
        for start, end in spans
    ]


def asked(
    rulebook: Rulebook, folders: Sequence[Path], members: int, seconds: float, on: int | None,
    overlays: Sequence[str] | None, readings: Mapping[str, str], properties: Sequence[str],
) -> Question:  # fmt: skip
    """The question, checked.

    Raises:
        RequestError: a name, the day or *members* is not valid; the message lists what is.
    """
    check_members(members)
    definitions = rulebook.definitions
    rulebook.check_names(readings, overlays or ())
    known = sorted({id_ for _, id_ in definitions.properties})
    for name in properties:
        if name not in known:
            raise RequestError("UNKNOWN_PROPERTY", name=name, known=tuple(known), meant=nearest(name, known))
    chosen = ((), *((name,) for name in definitions.overlays)) if overlays is None else (tuple(overlays),)
    if on is not None:
        rulebook.check_day(on, chosen[0] if overlays is not None else ())
        chosen = tuple(names for names in chosen if all(_holds(rulebook, name, on) for name in names))
    return Question(
        tuple(folders), members, seconds, time.time() + seconds, chosen, on, dict(readings), tuple(properties)
    )


def _holds(rulebook: Rulebook, overlay: str, day: int) -> bool:
    found = rulebook.definitions.overlays[overlay]
    return found.start <= day <= found.end
