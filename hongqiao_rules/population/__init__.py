"""Assess a population: households as Arrow tables or in files, a row of results for each. Needs the extra ``population``.

    from hongqiao_rules.population import assess
    outcome = assess(frame, on=date(2020, 10, 1))       # an Arrow table, a pandas or a Polars frame

Files, larger than memory too, are assessed by :func:`hongqiao_rules.population.file_runs.assess_files`.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pyarrow as pa

from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.population.assessor import Assessor, Outcome, threads
from hongqiao_rules.population.check.duplicate_ids import Repeats
from hongqiao_rules.population.check.reject_reasons import Reject
from hongqiao_rules.population.join.flat_tables import nested
from hongqiao_rules.population.read.table_shapes import without_views
from hongqiao_rules.rulebook.load import bundled_rulebook

__all__ = ["Assessor", "Outcome", "assess"]


def assess(
    households: Any, *, on: date, members: Any = None, calculator: Edition | None = None, lines: bool = False
) -> Outcome:
    """Assess every household of a table.

    Args:
        households: an object with an Arrow stream (a table, a record batch, a pandas or Polars frame): a row for each
            household, its members a list of structs.
        on: the assessment date.
        members: a flat table of members in any order, with the household's id in the column that has the root's name; *households* then has no
            list of members.
        calculator: the rules, readings and overlays: a calculator or an edition; by default the bundled rules.
        lines: whether to return a row for each amount and entry too.

    Raises:
        RequestError: a column is missing, unknown or of a wrong type, or the date is not modelled.
    """
    edition = calculator or Edition(bundled_rulebook())
    assessor = Assessor(edition, on, lines=lines)
    table, orphans = without_views(pa.table(households)), tuple[Reject, ...]()
    batches = _batches(table)
    if members is not None:
        whole, orphans = nested(table, without_views(pa.table(members)), edition.rulebook.definitions)
        batches = [whole]
    if "id" not in batches[0].schema.names:
        return assessor.assess(batches[0])
    repeats, row, begun = Repeats(lambda: [batch.column("id") for batch in batches]), 1, []
    with threads() as pool:
        for batch in batches:
            repeated = repeats.mask(batch.column("id"))
            begun.append(assessor.begin(batch, pool, first_row=row, repeated=repeated))
            row += len(batch)
        outcomes = [outcome() for outcome in begun]
    found = [outcome.lines for outcome in outcomes if outcome.lines is not None]
    return Outcome(
        pa.concat_tables([outcome.results for outcome in outcomes]),
        pa.concat_tables(found) if lines else None,
        (*orphans, *(reject for outcome in outcomes for reject in outcome.rejects)),
    )


def _batches(table: pa.Table) -> list[pa.RecordBatch]:
    """The record batches of *table* without a copy; many small chunks are combined if Arrow can."""
    batches = table.to_batches()
    if len(batches) > 1 and len(table) < len(batches) * _CRUMB:
        with suppress(pa.ArrowNotImplementedError):
            batches = table.combine_chunks().to_batches()
    return batches or [pa.RecordBatch.from_pylist([], schema=table.schema)]


_CRUMB = 4096
"""Batches with fewer rows on average are combined."""
