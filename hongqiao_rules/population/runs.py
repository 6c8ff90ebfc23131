"""Results of a run over a population, by batch or as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.population.assessor import Assessor, Outcome, threads
from hongqiao_rules.population.read import arrow_amounts, arrow_columns
from hongqiao_rules.population.read.sources import Source, ahead
from hongqiao_rules.rulebook.shown_fields import Fields


@dataclass(frozen=True, slots=True)
class Run:
    """The results of a population, or of a batch of it, in memory.

    Attributes:
        register: the source; two runs over the same source share the object.
        rows: the row index of each assessed household in the source.
        ids: the ids of these households.
        outcome: the outcome of each.
        figures: the columns of figures, in fen or counts, by name.
        rules: for each list of amounts, its columns and their rule ids, in order.
        fields: the fields of an assessment; they declare the outcome, the paid list and its total.
        thresholds: for each threshold column, the column that is compared with it.
        rejected: the number of refused households.
        refused: the ids of the refused households that have one.
    """

    register: object
    rows: Array
    ids: pa.Array
    outcome: pa.Array
    figures: Mapping[str, Array]
    rules: Mapping[str, Mapping[str, str]]
    fields: Fields
    thresholds: Mapping[str, str]
    rejected: int
    refused: pa.Array


def run(assessor: Assessor, source: Source) -> Run:
    """Assess every household of *source* and keep all figures.

    Raises:
        RequestError: a file or a column is refused.
    """
    return _joined([nothing(assessor, source), *(one for [one] in batchwise([assessor], source))])


def batchwise(assessors: Sequence[Assessor], source: Source) -> Iterator[list[Run]]:
    """Yield the results of each batch of *source* under each assessor, in order; the source is read once.

    Raises:
        RequestError: a file or a column is refused.
    """
    repeats, row = source.repeats(), 0
    waiting: list[Callable[[], Outcome]] = []
    at = row
    with threads() as pool:
        for batch in ahead(source.batches()):
            repeated = repeats.mask(batch.column("id"))
            begun = [
                a.begin(batch, pool, first_row=row + 1, repeated=repeated, narrow=True) for a in assessors
            ]
            if waiting:
                yield [_run(a, source, outcome(), at) for a, outcome in zip(assessors, waiting, strict=True)]
            waiting, at, row = begun, row, row + len(batch)
        if waiting:
            yield [_run(a, source, outcome(), at) for a, outcome in zip(assessors, waiting, strict=True)]


def nothing(assessor: Assessor, source: Source) -> Run:
    """Empty results with the columns that *source* would give."""
    return _run(assessor, source, Outcome(assessor.layout.narrow.empty_table(), None, ()), 0)


def _run(assessor: Assessor, source: Source, outcome: Outcome, first: int) -> Run:
    """The results of a batch whose first row index is *first*; amounts are fen."""
    results, fields = outcome.results.unify_dictionaries(), assessor.fields
    kept = np.delete(
        np.arange(len(results) + len(outcome.rejects)), [reject.row - 1 - first for reject in outcome.rejects]
    )
    return Run(
        source,
        kept + first,
        arrow_columns.whole(results[fields.root]),
        arrow_columns.whole(results[fields.result.outcome]),
        {
            c.name: arrow_amounts.whole_numbers(arrow_columns.whole(results[c.name]))
            for c in assessor.layout.columns
            if c.name != fields.result.outcome
        },
        {
            name: {c.name: c.candidates[0].rule.id for c in listed}
            for name, listed in assessor.layout.lists.items()
        },
        fields,
        assessor.layout.thresholds,
        len(outcome.rejects),
        pa.array([one.household for one in outcome.rejects if isinstance(one.household, str)], pa.string()),
    )


def _joined(runs: Sequence[Run]) -> Run:
    """The concatenation of the batches of one register."""
    first = runs[0]
    outcome = pa.chunked_array([one.outcome for one in runs], first.outcome.type)
    return Run(
        first.register,
        np.concatenate([one.rows for one in runs]),
        pa.concat_arrays([one.ids for one in runs]),
        arrow_columns.whole(outcome.unify_dictionaries()),
        {name: np.concatenate([one.figures[name] for one in runs]) for name in first.figures},
        first.rules,
        first.fields,
        first.thresholds,
        sum(one.rejected for one in runs),
        pa.concat_arrays([one.refused for one in runs]),
    )
