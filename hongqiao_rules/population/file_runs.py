"""Assess files to files as a stream, with checkpoints."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from time import monotonic

import pyarrow as pa

from hongqiao_rules.errors import RequestError, catalogue
from hongqiao_rules.population.assessor import Assessor, Outcome, threads
from hongqiao_rules.population.check.reject_reasons import Reject, rejects_schema
from hongqiao_rules.population.check.reject_reasons import table as rejects_table
from hongqiao_rules.population.read.sources import Source, ahead
from hongqiao_rules.population.write.atomic_files import Sink
from hongqiao_rules.population.write.interrupts import check_room, held_back

CHECKPOINT = 120
"""Seconds before the first checkpoint of a run."""


@dataclass(slots=True)
class Counts:
    """Counts of a run; ``households = assessed + rejected``.

    ``orphans`` counts member rows without a household.
    """

    households: int = 0
    assessed: int = 0
    rejected: int = 0
    orphans: int = 0

    @property
    def refused(self) -> bool:
        """True if any household or member was refused."""
        return bool(self.rejected or self.orphans)


@dataclass(frozen=True, slots=True)
class Targets:
    """The output files of a run: results, rejects, and optionally lines. The suffix selects Parquet or CSV."""

    results: Path
    rejects: Path
    lines: Path | None = None


def assess_files(
    assessor: Assessor,
    source: Source,
    targets: Targets,
    *,
    resume: bool = False,
    lang: str = "zh",
    progress: Callable[[int], None] = lambda _: None,
) -> Counts:
    """Assess every household of *source* and write the results, rejects and lines.

    Output goes to temporary files that are renamed once they are complete. An interrupted run leaves ``NAME.partial`` with
    ``NAME.partial.json``, and a run with *resume* continues from them. A killed run leaves its last checkpoint: the first comes
    after :data:`CHECKPOINT` seconds, each later one when the time of the whole run so far has passed again, because a
    checkpoint copies all output.

    Raises:
        RequestError: a file or a column is refused, or the interrupted run had another input or question.
        OSError: a file cannot be written, or its disk is nearly full; the output so far is kept as after an interruption.
    """
    catalogue(lang)
    keep_apart([targets.results, targets.rejects, targets.lines], source.files)
    run = _Run(targets, assessor, _question(assessor, source, targets))
    try:
        if resume:
            counts = run.resumed()
        else:
            counts = Counts(orphans=source.orphans)
            run.start()
            for orphans in _some(source.told(), 4096):
                run.sinks["rejects"].write(run.rejected(orphans, lang))
        begun = saved = monotonic()
        try:
            for size, outcome in _outcomes(assessor, source, counts.households):
                with held_back():
                    run.write(outcome, source, lang)
                    counts.households += size
                    counts.assessed += outcome.results.num_rows
                    counts.rejected += len(outcome.rejects)
                progress(counts.households)
                if monotonic() - saved >= max(CHECKPOINT, saved - begun):
                    with held_back():
                        run.save(counts)
                        run.go_on()
                    saved = monotonic()
        except (KeyboardInterrupt, OSError):
            with held_back():
                run.save(counts)
            raise
        with held_back():
            run.settle()
    except BaseException:
        for sink in run.sinks.values():
            sink.discard()
        raise
    return counts


def keep_apart(written: Iterable[Path | None], read: Iterable[Path]) -> None:
    """Refuse an output that is also an input or another output.

    Raises:
        RequestError: two of the paths are the same file.
    """
    taken = {os.path.realpath(path) for path in read}
    for path in written:
        if path is not None and os.path.realpath(path) in taken:
            raise RequestError("OUTPUT_IS_INPUT", file=path)
        if path is not None:
            taken.add(os.path.realpath(path))


class _Run:
    """The output files of a run, and the extent to which each is valid."""

    def __init__(self, targets: Targets, assessor: Assessor, question: str) -> None:
        self.targets, self.question, self.root = targets, question, assessor.layout.dated.root
        self.state = targets.results.with_name(targets.results.name + ".partial.json")
        self.schemas = {
            "results": (targets.results, assessor.layout.narrow, assessor.layout.distinct),
            "rejects": (targets.rejects, rejects_schema(self.root), ()),
        }
        if targets.lines is not None:
            self.schemas["lines"] = (targets.lines, assessor.layout.line_schema, ())
        self.sinks = dict[str, Sink]()

    def start(self) -> None:
        """Create new files."""
        self.sinks = {}
        for name, said in self.schemas.items():
            self.sinks[name] = Sink(*said)

    def write(self, outcome: Outcome, source: Source, lang: str) -> None:
        """Write the outcome of a batch.

        Raises:
            OSError: a disk is nearly full; nothing of the batch was written.
        """
        coming = outcome.results.nbytes + (0 if outcome.lines is None else outcome.lines.nbytes)
        # An amount as text may need twice the bytes.
        check_room({sink.path.absolute().parent for sink in self.sinks.values()}, 2 * coming)
        self.sinks["results"].write(outcome.results)
        rejects = [replace(reject, row=source.place(reject.row)) for reject in outcome.rejects]
        self.sinks["rejects"].write(self.rejected(rejects, lang))
        if outcome.lines is not None and "lines" in self.sinks:
            self.sinks["lines"].write(outcome.lines)

    def rejected(self, rejects: Iterable[Reject], lang: str) -> pa.Table:
        """A table of *rejects* with sentences in *lang*."""
        return pa.Table.from_batches([rejects_table(rejects, self.root, lang)], rejects_schema(self.root))

    def settle(self) -> None:
        """Rename the complete files to their final names."""
        for sink in self.sinks.values():
            sink.close()
        for sink in self.sinks.values():
            sink.settle()
        self.state.unlink(missing_ok=True)

    def save(self, counts: Counts) -> None:
        """Complete the output files, then record their lengths and *counts* in the state file."""
        for sink in self.sinks.values():
            sink.close()
        extents = {name: sink.extent for name, sink in self.sinks.items()}
        said = {"question": self.question, "counts": asdict(counts), "extents": extents}
        beside = self.state.with_name(self.state.name + ".new")
        beside.write_text(json.dumps(said), "utf-8")
        os.replace(beside, self.state)

    def go_on(self) -> None:
        """Create new files that begin with the saved rows."""
        extents = json.loads(self.state.read_text("utf-8"))["extents"]
        self.start()
        for name, sink in self.sinks.items():
            sink.begin_with(sink.beside, extents[name])

    def resumed(self) -> Counts:
        """The counts of an interrupted run, whose files hold exactly these rows."""
        try:
            said = json.loads(self.state.read_text("utf-8"))
        except (OSError, ValueError):
            raise RequestError("NOTHING_TO_RESUME", file=self.targets.results) from None
        if said["question"] != self.question:
            raise RequestError("RESUME_DIFFERS", file=self.targets.results)
        try:
            self.go_on()
        except (pa.ArrowException, FileNotFoundError):
            raise RequestError("NOTHING_TO_RESUME", file=self.targets.results) from None
        return Counts(**said["counts"])


def _some(rejects: Iterator[Reject], count: int) -> Iterator[list[Reject]]:
    while some := list(islice(rejects, count)):
        yield some


def _outcomes(assessor: Assessor, source: Source, done: int) -> Iterator[tuple[int, Outcome]]:
    """Yield the result of each batch in order; reading, assessing and writing overlap."""
    repeats, row = source.repeats(), 0
    waiting: deque[tuple[int, Callable[[], Outcome]]] = deque()
    with threads(writing=True) as pool:
        for batch in ahead(source.batches()):
            # Ids of rows from before the interruption count as seen.
            repeated = repeats.mask(batch.column("id"))
            skip = min(len(batch), max(0, done - row))
            first, row = row + skip + 1, row + len(batch)
            if skip == len(batch):
                continue
            again = None if repeated is None else repeated[skip:]
            begun = assessor.begin(batch.slice(skip), pool, first_row=first, repeated=again, narrow=True)
            waiting.append((len(batch) - skip, begun))
            if len(waiting) > 1:
                size, earliest = waiting.popleft()
                yield size, earliest()
        for size, last in waiting:
            yield size, last()


def _question(assessor: Assessor, source: Source, targets: Targets) -> str:
    """A digest of everything that determines the output, except the content of the input."""
    files = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in source.files]
    said = [
        assessor.seed,
        assessor.day,
        files,
        [str(p) for p in (targets.results, targets.rejects, targets.lines)],
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
