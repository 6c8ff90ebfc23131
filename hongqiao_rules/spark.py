"""Assess a register in Spark with the columnar engine. Needs the extra ``spark``.

For registers in a Spark or Hive warehouse. One machine is faster per core from Parquet to Parquet
(``hongqiao-rules population assess``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hongqiao_rules.decision.edition import Edition, listed
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.load import bundled_rulebook

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

REJECTED = "household string, path string, code string, message string"
"""The columns of refused households: a row for each fault."""


def assess(
    dataframe: DataFrame,
    *,
    on: date,
    readings: Mapping[str, str] | None = None,
    overlays: Iterable[str] | str = (),
) -> DataFrame:
    """Return a row of results for each valid household; :func:`rejects` returns the faults of the others.

    Args:
        dataframe: A row for each household, with its members as an array of structs and the field names of a household.
        on: The assessment date.
        readings: The choices of readings, by name.
        overlays: The overlays to apply, one name or several.

    Raises:
        RequestError: A reading or an overlay does not exist, or is not in force; a column is missing, unknown, or of an
            unsuitable type. It is raised before any row is read.
    """
    named = listed(overlays)
    assessor = _checked(dataframe, on, readings, named)
    schema = ", ".join(f"`{field.name}` {_spark_type(field.type)}" for field in assessor.layout.schema)
    return _once(dataframe).mapInArrow(_work(on, _items(readings), named), schema)


def rejects(
    dataframe: DataFrame,
    *,
    on: date,
    readings: Mapping[str, str] | None = None,
    overlays: Iterable[str] | str = (),
    lang: str = "zh",
) -> DataFrame:
    """Return a row for each fault of the households that :func:`assess` leaves out. Raises as :func:`assess`.

    The sentences are in the language *lang*. All rows with a repeated id are refused, because a data frame has no order
    that would make one of them the first.
    """
    catalogue(lang)
    named = listed(overlays)
    _checked(dataframe, on, readings, named)
    work = _work(on, _items(readings), named, rejects=lang)
    return _once(dataframe).mapInArrow(work, REJECTED)


def _checked(
    dataframe: DataFrame, on: date, readings: Mapping[str, str] | None, overlays: tuple[str, ...]
) -> Any:
    """Return the assessor after checking the columns, so that their faults are raised here and not in a worker."""
    assessor = _assessor(on, _items(readings), overlays)
    assessor.check(dataframe.limit(0).toArrow().schema)
    return assessor


_TIMES = "hongqiao_rules_times"


def _once(dataframe: DataFrame) -> DataFrame:
    """Add to each row the number of rows with the same id."""
    from pyspark.sql import functions as f
    from pyspark.sql.window import Window

    return dataframe.withColumn(_TIMES, f.count(f.lit(1)).over(Window.partitionBy("id")))


def _items(readings: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((readings or {}).items()))


@lru_cache(maxsize=8)
def _assessor(on: date, readings: tuple[tuple[str, str], ...], overlays: tuple[str, ...]) -> Any:
    """Return the assessor, created once in each worker; the rulebook is not sent to workers."""
    from hongqiao_rules.population.assessor import Assessor

    return Assessor(Edition(bundled_rulebook(), dict(readings), overlays), on)


def _work(
    on: date, readings: tuple[tuple[str, str], ...], overlays: tuple[str, ...], *, rejects: str | None = None
) -> Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def work(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import numpy as np
        import pyarrow as pa

        from hongqiao_rules.population.check import reject_reasons

        assessor = _assessor(on, readings, overlays)
        for batch in batches:
            repeated = np.asarray(batch.column(_TIMES)) > 1
            outcome = assessor.assess(batch.drop_columns([_TIMES]), repeated=repeated)
            if rejects is not None:
                yield reject_reasons.table(outcome.rejects, assessor.fields.root, rejects).drop_columns(
                    ["table", "row"]
                )
                continue
            # Spark takes codes as plain text.
            columns = [
                c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for c in outcome.results.columns
            ]
            yield from pa.table(columns, names=outcome.results.column_names).to_batches()

    return work


def _spark_type(kind: pa.DataType) -> str:
    import pyarrow as pa

    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if pa.types.is_list(kind):
        return "array<string>"
    return {"int64": "bigint", "bool": "boolean"}.get(str(kind), "string")
