"""From files to files: a stream of households read, assessed and written, whatever their number."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from hongqiao_rules.errors import RequestError
from hongqiao_rules.population.assessor import Assessor, Outcome
from hongqiao_rules.population.judging import REJECTS
from hongqiao_rules.population.judging import table as rejects_table
from hongqiao_rules.population.results import LINES
from hongqiao_rules.population.sinks import Sink
from hongqiao_rules.population.sources import Source


@dataclass(slots=True)
class Counts:
    """How many households were read, and what became of them; ``households = assessed + rejected``.

    ``orphans`` are rows of members that belong to no household.
    """

    households: int = 0
    assessed: int = 0
    rejected: int = 0
    orphans: int = 0

    @property
    def refused(self) -> bool:
        """Whether anything was refused."""
        return bool(self.rejected or self.orphans)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where to write: results, rejects, and on demand the lines. Parquet or CSV, as the name ends."""

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
    """Assess every household of *source* and write what comes of it.

    Everything is written beside its place and put there at the end. A run that is interrupted leaves what it has as
    ``NAME.partial`` with ``NAME.partial.json``, from which a run with *resume* goes on.

    Raises:
        RequestError: a file or a column is refused, or what is to be resumed was made from something else.

    """
    state = targets.results.with_name(targets.results.name + ".partial.json")
    question = _question(assessor, source, targets)
    counts = _resumed(state, question, targets) if resume else Counts(orphans=len(source.orphans))
    sinks = {
        "results": Sink(targets.results, assessor.layout.schema, assessor.layout.distinct),
        "rejects": Sink(targets.rejects, REJECTS),
    }
    if targets.lines is not None:
        sinks["lines"] = Sink(targets.lines, LINES)
    try:
        if counts.households:
            for sink in sinks.values():
                _copy(sink)
        else:
            sinks["rejects"].write(pa.Table.from_batches([rejects_table(source.orphans, lang)], REJECTS))
        try:
            for size, outcome in _outcomes(assessor, source, counts.households):
                sinks["results"].write(outcome.results)
                sinks["rejects"].write(pa.Table.from_batches([rejects_table(outcome.rejects, lang)], REJECTS))
                if outcome.lines is not None and "lines" in sinks:
                    sinks["lines"].write(outcome.lines)
                counts.households += size
                counts.assessed += outcome.results.num_rows
                counts.rejected += len(outcome.rejects)
                progress(counts.households)
        except (KeyboardInterrupt, OSError):
            for sink in sinks.values():
                sink.close()
            state.write_text(json.dumps({"question": question, "counts": asdict(counts)}), "utf-8")
            raise
        for sink in sinks.values():
            sink.close()
    except BaseException:
        for sink in sinks.values():
            sink.discard()
        raise
    for sink in sinks.values():
        sink.settle()
    state.unlink(missing_ok=True)
    return counts


def _ahead(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same batches, each read while the one before it is used."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, batches, None)
            yield batch


def _outcomes(assessor: Assessor, source: Source, done: int) -> Iterator[tuple[int, Outcome]]:
    """What comes of each batch, in order; one is assessed while the next is read and the last is written."""
    repeats, row = source.repeats(), 0
    waiting: deque[tuple[int, Future[Outcome]]] = deque()
    with ThreadPoolExecutor(1) as pool:
        for batch in _ahead(source.batches()):
            # Ids of rows that were done before the interruption count as used.
            repeated = repeats.mask(batch.column("id"))
            skip = min(len(batch), max(0, done - row))
            first, row = row + skip + 1, row + len(batch)
            if skip == len(batch):
                continue
            again = None if repeated is None else repeated[skip:]
            future = pool.submit(assessor.assess, batch.slice(skip), first_row=first, repeated=again)
            waiting.append((len(batch) - skip, future))
            if len(waiting) > 1:
                size, earliest = waiting.popleft()
                yield size, earliest.result()
        for size, future in waiting:
            yield size, future.result()


def _resumed(state: Path, question: str, targets: Targets) -> Counts:
    try:
        said = json.loads(state.read_text("utf-8"))
    except (OSError, ValueError):
        raise RequestError("NOTHING_TO_RESUME", file=targets.results) from None
    if said["question"] != question:
        raise RequestError("RESUME_DIFFERS", file=targets.results)
    return Counts(**said["counts"])


def _copy(sink: Sink) -> None:
    """Begin with what an interrupted run had written."""
    if sink.path.suffix == ".csv":
        sink.append(sink.beside)
        return
    for batch in pq.ParquetFile(sink.beside).iter_batches():
        sink.write(pa.Table.from_batches([batch]))


def _question(assessor: Assessor, source: Source, targets: Targets) -> str:
    """A digest of everything that the output rests on but the contents of the input."""
    files = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in source.files]
    said = [
        assessor.seed,
        assessor.day,
        files,
        [str(p) for p in (targets.results, targets.rejects, targets.lines)],
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()
