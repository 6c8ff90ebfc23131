"""Assess batches of households: read, check, evaluate in chunks, and return batches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

import numpy as np
import pyarrow as pa

from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.engines.columnar.columnar_engine import ColumnarEngine
from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.population.check import reject_reasons
from hongqiao_rules.population.check.reject_reasons import Reject
from hongqiao_rules.population.read import arrow_columns
from hongqiao_rules.population.read.household_columns import Reader
from hongqiao_rules.population.read.table_shapes import Shape
from hongqiao_rules.population.write.result_columns import Layout
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.load import Rulebook

CHUNK = 131_072
"""Households in a chunk: larger chunks exceed the processor cache, smaller ones add overhead per operation."""


def threads(*, writing: bool = False) -> ThreadPoolExecutor:
    """A pool of one to four threads; NumPy and Arrow release the interpreter lock.

    *writing* reserves one core for a writer, which takes as long as all other work together.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ThreadPoolExecutor(max(1, min(4, cores - writing)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of a batch.

    Attributes:
        results: a row for each assessed household, in the order of the input.
        lines: a row for each deduction and benefit; ``None`` if they were not requested.
        rejects: the invalid households.
    """

    results: pa.Table
    lines: pa.Table | None
    rejects: tuple[Reject, ...]


def _engine(
    _rulebook: Rulebook, dated: Dated, wanted: tuple[str, ...], summed: tuple[str, ...]
) -> ColumnarEngine:
    return ColumnarEngine(dated, wanted, summed=summed)


class Assessor:
    """Assesses batches of households under one edition on one day. Immutable and thread-safe.

    Args:
        edition: a calculator or an edition, which has the rules, readings and overlays.
        on: the assessment date.
        lines: True to write also a row for each deduction and benefit.

    Raises:
        RequestError: The date is not modelled, or an overlay is not in force on it.
    """

    def __init__(self, edition: Edition, on: date, *, lines: bool = False) -> None:
        self.day = edition.day(on)
        compiled = edition.compiled(self.day)
        self.on, self.wants_lines = on, lines
        self.layout = Layout(compiled.dated, complete=compiled.complete, lines=lines)
        self.seed, self.fields = compiled.seed, compiled.shown
        self._engine = edition.rulebook.once(
            _engine, compiled.dated, (*self.layout.wanted,), (*self.layout.summed,)
        )
        self._border = edition.reader
        self._reader = edition.rulebook.once(Reader)
        self._definitions = compiled.definitions
        _keep_memory()

    def check(self, schema: pa.Schema) -> None:
        """Check that *schema* has the columns of households.

        Raises:
            RequestError: a column is missing, unknown, or of a type that cannot hold its values.
        """
        nobody = pa.RecordBatch.from_pylist([], schema=schema)
        self._reader.read(Shape(schema, self._definitions).standard(nobody), self.day)

    def assess(self, batch: pa.RecordBatch, *, first_row: int = 1, repeated: Array | None = None) -> Outcome:
        """Assess every household of *batch*.

        Args:
            batch: a row for each household, its members a list of structs.
            first_row: the row number of the first household in the input; rejects use it.
            repeated: a mask of the households whose id occurred before in the input.

        Raises:
            RequestError: a column is missing, unknown, or of a type that cannot hold its values.
        """
        return self._outcome([self._worked_out(piece) for piece in self._pieces(batch, first_row, repeated)])

    def begin(
        self, batch: pa.RecordBatch, pool: Executor, *, first_row: int = 1, repeated: Array | None = None,
        narrow: bool = False,
    ) -> Callable[[], Outcome]:  # fmt: skip
        """Start the same on the threads of *pool*, one task for each chunk.

        Returns a function that waits for the outcome. *narrow* results use half the memory for amounts.
        """
        found = pool.map(partial(self._worked_out, narrow=narrow), self._pieces(batch, first_row, repeated))
        return lambda: self._outcome(list(found), narrow=narrow)

    def _pieces(self, batch: pa.RecordBatch, first_row: int, repeated: Array | None) -> Iterator[_Piece]:
        batch = Shape(batch.schema, self._definitions).standard(batch)
        for start in range(0, len(batch), CHUNK):
            again = None if repeated is None else repeated[start : start + CHUNK]
            yield _Piece(batch.slice(start, CHUNK), first_row + start, again)

    def _worked_out(
        self, piece: _Piece, *, narrow: bool = False
    ) -> tuple[pa.RecordBatch, pa.RecordBatch | None, list[Reject]]:
        batch, rejects = piece.households, list[Reject]()
        reading = self._reader.read(batch, self.day)
        marked = arrow_columns.either(reading.marked, piece.repeated)
        if marked is not None:
            rows = np.flatnonzero(marked)
            rejects = reject_reasons.judge(
                batch.take(pa.array(rows)), (rows + piece.first_row).tolist(), self.day,
                [False] * len(rows) if piece.repeated is None else piece.repeated[rows].tolist(), self._border,
            )  # fmt: skip
            if rejects:
                refused = np.zeros(len(batch), np.bool_)
                refused[[reject.row - piece.first_row for reject in rejects]] = True
                batch = batch.filter(pa.array(~refused))
                reading = self._reader.read(batch, self.day)
            # The household reader accepts a value that the columns cannot hold: evaluating it would use a wrong value.
            if reading.unread:
                raise AssertionError("the household reader and the columns differ on what can be read")
        found, ids = self._engine.run(reading.columns, self.day), batch.column("id")
        lines = None
        if self.wants_lines:
            lines = self.layout.lines(ids, reading.members, reading.columns, found)
        return self.layout.results(ids, reading.columns, found, narrow=narrow), lines, rejects

    def _outcome(
        self, found: list[tuple[pa.RecordBatch, pa.RecordBatch | None, list[Reject]]], *, narrow: bool = False
    ) -> Outcome:
        lines = [batch for _, batch, _ in found if batch is not None]
        schema = self.layout.narrow if narrow else self.layout.schema
        return Outcome(
            pa.Table.from_batches([results for results, _, _ in found], schema),
            pa.Table.from_batches(lines, self.layout.line_schema) if self.wants_lines else None,
            tuple(reject for _, _, rejects in found for reject in rejects),
        )


@dataclass(frozen=True, slots=True)
class _Piece:
    """Households that are assessed at a time, their first row, and a mask of those whose id was used before."""

    households: pa.RecordBatch
    first_row: int
    repeated: Array | None


@lru_cache(maxsize=1)
def _keep_memory() -> None:
    """Make glibc keep freed arrays for the next chunk.

    glibc returns large blocks to the system until a larger one has been freed, and requesting them again costs more than the
    operations. On other systems this has no effect.
    """
    np.ones(31_000_000, np.uint8)
