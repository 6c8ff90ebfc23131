"""Assess a population: households as Arrow tables or in files, a row of results for each. Needs the extra ``population``.

    from hongqiao_rules.population import assess
    outcome = assess(frame, on=date(2020, 10, 1))       # an Arrow table, a pandas or a Polars frame

Files, larger than memory too, are assessed by :func:`hongqiao_rules.population.files.assess_files`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.population.assessor import Assessor, Outcome
from hongqiao_rules.population.duplicates import Repeats, suspects
from hongqiao_rules.population.flat import nested
from hongqiao_rules.population.judging import Reject

__all__ = ["Assessor", "Outcome", "assess"]


def assess(
    households: Any,
    *,
    on: date,
    members: Any = None,
    calculator: Calculator | None = None,
    lines: bool = False,
) -> Outcome:
    """Assess every household of a table.

    Args:
        households: anything that gives an Arrow stream (a table, a record batch, a pandas or Polars frame): a row for
            each household, its members a list of structs.
        on: the assessment date.
        members: a flat table of members in any order, with the household's id in ``household``; then the households
            have no list of members.
        calculator: the rules, readings and overlays; by default the bundled rules.
        lines: whether to give a row for each deduction and benefit too.

    Raises:
        RequestError: a column is missing, unknown or of a wrong type, or the date is not modelled.

    """
    assessor = Assessor(calculator or Calculator(), on, lines=lines)
    table, orphans = pa.table(households), tuple[Reject, ...]()
    if members is None:
        batch = _one_batch(table)
    else:
        batch, orphans = nested(table, pa.table(members))
    if "id" not in batch.schema.names:
        return assessor.assess(batch)
    ids = batch.column("id")
    outcome = assessor.assess(batch, repeated=Repeats(suspects([ids])).mask(ids))
    return Outcome(outcome.results, outcome.lines, (*orphans, *outcome.rejects))


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    columns = [pa.concat_arrays(c.chunks) if c.num_chunks else pa.array([], c.type) for c in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)
