"""Assesses batches of households: read, judged where marked, worked out in chunks, written as batches again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow as pa

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.engines.columnar import ColumnarEngine
from hongqiao_rules.engines.columns import Array
from hongqiao_rules.population import judging, leaves
from hongqiao_rules.population.judging import Reject
from hongqiao_rules.population.reading import Reader
from hongqiao_rules.population.results import LINES, Layout
from hongqiao_rules.population.shapes import Shape

CHUNK = 32_768
"""Households that are worked out at a time: their columns stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a batch.

    Attributes:
        results: a row for each household that was assessed, in the order of the input.
        lines: a row for each deduction and benefit, where they were asked for.
        rejects: the households that were refused.

    """

    results: pa.Table
    lines: pa.Table | None
    rejects: tuple[Reject, ...]


class Assessor:
    """Assesses batches of households under one calculator on one day. Immutable, safe in threads.

    Args:
        calculator: the rules, readings and overlays.
        on: the assessment date.
        lines: whether to write a row for each deduction and benefit too.

    Raises:
        RequestError: the date is not modelled, or an overlay is not in force on it.

    """

    def __init__(self, calculator: Calculator, on: date, *, lines: bool = False) -> None:
        calculator.check_date(on)
        self.day = on.year * 10000 + on.month * 100 + on.day
        compiled = calculator.compiled(self.day)
        self.on, self.wants_lines = on, lines
        self.layout = Layout(compiled.dated, complete=compiled.complete, lines=lines)
        self.seed = compiled.seed
        self._engine = ColumnarEngine(compiled.dated, self.layout.wanted)
        self._reader = Reader(compiled.definitions)
        self._definitions = compiled.definitions
        _keep_memory()

    def assess(self, batch: pa.RecordBatch, *, first_row: int = 1, repeated: Array | None = None) -> Outcome:
        """Assess every household of *batch*.

        Args:
            batch: a row for each household, its members a list of structs.
            first_row: the row of the input at which the batch begins; rejects count from there.
            repeated: which households have an id that the input used before.

        Raises:
            RequestError: a column is missing, unknown, or of a type that cannot hold what it should.

        """
        batch = Shape(batch.schema, self._definitions).standard(batch)
        results, lines, rejects = [], [], list[Reject]()
        for start in range(0, len(batch), CHUNK):
            piece = batch.slice(start, CHUNK)
            again = None if repeated is None else repeated[start : start + CHUNK]
            reading = self._reader.read(piece, self.day)
            marked = reading.marked if again is None else reading.marked | again
            if marked.any():
                rows = np.flatnonzero(marked)
                begins = first_row + start
                found_wrong = judging.judge(
                    piece.take(pa.array(rows)), (rows + begins).tolist(), self.day,
                    [False] * len(rows) if again is None else again[rows].tolist(),
                )  # fmt: skip
                rejects += found_wrong
                refused = np.zeros(len(piece), np.bool_)
                refused[[reject.row - begins for reject in found_wrong]] = True
                if refused.any():
                    piece = piece.filter(pa.array(~refused))
                    reading = self._reader.read(piece, self.day)
            found = self._engine.run(reading.columns, self.day)
            results.append(self.layout.results(piece.column("id"), reading.columns, found))
            if self.wants_lines:
                _, members, _ = leaves.items(piece.column("members"), "members")
                lines.append(
                    self.layout.lines(piece.column("id"), members.field("id"), reading.columns, found)
                )
        return Outcome(
            pa.Table.from_batches(results, self.layout.schema),
            pa.Table.from_batches(lines, LINES) if self.wants_lines else None,
            tuple(rejects),
        )


@lru_cache(maxsize=1)
def _keep_memory() -> None:
    """Let the C library keep the arrays of a chunk for the next.

    glibc hands every large block back to the system until one larger still was freed, and fetching it anew for each
    operation costs more than the operation; elsewhere this does nothing.
    """
    np.ones(31_000_000, np.uint8)
