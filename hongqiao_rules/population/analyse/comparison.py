"""Compare two runs over a population: who enters, leaves, gains and loses, and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hongqiao_rules.engines.columnar.columns import Array
from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read import arrow_amounts
from hongqiao_rules.population.read.sources import Source
from hongqiao_rules.population.runs import Run, batchwise, nothing
from hongqiao_rules.population.write.result_columns import CODE
from hongqiao_rules.rulebook.shown_fields import Fields

Figures = Mapping[str, Array]
Rules = Mapping[str, Mapping[str, str]]
KINDS = ("enters", "leaves", "rises", "falls")
ONLY = {-1: "only_before", -2: "only_after"}
"""The cause given for a household that one of the two registers does not have."""


def changes_schema(fields: Fields) -> pa.Schema:
    """The columns of the table of changes."""
    outcome = fields.result.outcome
    codes = ("change", f"{outcome}_before", f"{outcome}_after")
    amounts = ("total_before", "total_after", "difference")
    return pa.schema(
        [
            (fields.root, pa.string()),
            *((name, CODE) for name in codes),
            *((name, arrow_amounts.AMOUNT) for name in amounts),
            ("rule", CODE),
            ("because", CODE),
        ]
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference of two runs. Amounts are fen a month.

    Attributes:
        changes: a row for each household whose total changes.
        counts: the number of households that enter, leave, rise, fall, and stay unchanged.
        differences: for each kind of change, the sum of the differences.
        by_rule: a row for each rule of a list: amounts and households before and after.
        before: the sum of totals before.
        after: the sum of totals after.
        only_before: the number of households that only the first run has.
        only_after: the number of households that only the second run has.
        undecided: the number of households that one run assessed and the other refused; no amount includes them.
        rejected: the number of refused households, in both runs together.
    """

    changes: pa.Table
    counts: Mapping[str, int]
    differences: Mapping[str, int]
    by_rule: pa.Table
    before: int
    after: int
    only_before: int
    only_after: int
    undecided: int
    rejected: int


def compare(before: Run, after: Run) -> Comparison:
    """Compare two runs by household id."""
    ids, left, right = _aligned(before, after)
    old, new = _figures(before, left), _figures(after, right)
    nothing = np.zeros(len(ids), np.int64)
    result = after.fields.result
    total, pays = result.total, result.pays
    difference = new[total] - old[total]
    undecided = ((right < 0) & _among(ids, after.refused)) | ((left < 0) & _among(ids, before.refused))
    # Totals exclude households that only one run decided; they would look like savings or costs.
    had = {name: values[~undecided] for name, values in old.items()}
    have = {name: values[~undecided] for name, values in new.items()}
    rows = np.flatnonzero((difference != 0) & ~undecided)
    was, goes, by = old[total][rows], new[total][rows], difference[rows]
    kind = np.where(was == 0, 0, np.where(goes == 0, 1, np.where(by > 0, 2, 3)))
    paid = {**before.rules[pays], **after.rules[pays]}
    changed = np.stack([new.get(n, nothing)[rows] - old.get(n, nothing)[rows] for n in paid])
    # The rule that contributed most to the change; among equals the first of the rulebook.
    responsible = np.argmax(changed * np.sign(by), axis=0)
    columns = {
        after.fields.root: ids.take(pa.array(rows)),
        "change": pa.DictionaryArray.from_arrays(kind.astype(np.int32), list(KINDS)),
        f"{result.outcome}_before": _named(before.outcome, left[rows]),
        f"{result.outcome}_after": _named(after.outcome, right[rows]),
        "total_before": arrow_amounts.column(was),
        "total_after": arrow_amounts.column(goes),
        "difference": arrow_amounts.column(by),
        "rule": pa.DictionaryArray.from_arrays(responsible.astype(np.int32), list(paid.values())),
        "because": _because(before, after, old, new, rows, nothing, _only(left[rows], right[rows])),
    }
    counts = {name: int((kind == number).sum()) for number, name in enumerate(KINDS)}
    return Comparison(
        pa.table(columns, schema=changes_schema(after.fields)),
        {**counts, "unchanged": len(ids) - len(rows) - int(undecided.sum())},
        {name: int(by[kind == number].sum()) for number, name in enumerate(KINDS)},
        _by_rule(before.rules, after.rules, had, have),
        int(had[total].sum()),
        int(have[total].sum()),
        int(((right < 0) & ~undecided).sum()),
        int(((left < 0) & ~undecided).sum()),
        int(undecided.sum()),
        before.rejected + after.rejected,
    )


def in_stream(
    before: Assessor, after: Assessor, source: Source, write: Callable[[pa.Table], None]
) -> Comparison:
    """Compare two questions over one register batch by batch; the changes of each batch go to *write*.

    The result has everything but the changes.

    Raises:
        RequestError: a file or a column is refused.
    """
    total = compare(nothing(before, source), nothing(after, source))
    for old, new in batchwise([before, after], source):
        found = compare(old, new)
        write(found.changes)
        total = _added(total, found)
    return total


def _added(one: Comparison, other: Comparison) -> Comparison:
    """The sum of two comparisons; the changes are those of *one*."""
    sums = ("before", "after", "only_before", "only_after", "undecided", "rejected")
    return replace(
        one,
        counts={name: count + other.counts[name] for name, count in one.counts.items()},
        differences={name: amount + other.differences[name] for name, amount in one.differences.items()},
        by_rule=pa.table(
            {
                name: _sum(column, other.by_rule[name]) if name not in ("list", "rule") else column
                for name, column in zip(one.by_rule.column_names, one.by_rule.columns, strict=True)
            }
        ),
        **{name: getattr(one, name) + getattr(other, name) for name in sums},
    )


def _sum(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.Array:
    first, second = (arrow_amounts.whole_numbers(pa.concat_arrays(column.chunks)) for column in (one, other))
    return arrow_amounts.column(first + second) if pa.types.is_decimal(one.type) else pa.array(first + second)


def _among(ids: pa.Array, some: pa.Array) -> Array:
    """A mask of the ids that occur in *some*."""
    found: Array = pc.is_in(ids, value_set=some).to_numpy(zero_copy_only=False)
    return found


def _figures(run: Run, places: Array) -> Figures:
    """The figures of a run at *places*, by name; one row for each household of the comparison."""
    compared = (name for name in run.fields.result.compared if name not in run.rules)
    names = (*compared, run.fields.result.total, *(name for rules in run.rules.values() for name in rules))
    return {name: _at(run.figures[name], places) for name in names}


def _aligned(before: Run, after: Run) -> tuple[pa.Array, Array, Array]:
    """Outer-join two runs by household id; row indices into each, -1 where absent."""
    same = before.register is after.register
    if np.array_equal(before.rows, after.rows) if same else before.ids.equals(after.ids):
        places = np.arange(len(before.ids))
        return before.ids, places, places
    if same:
        at = np.searchsorted(before.rows, after.rows)
        there = (
            before.rows.take(np.minimum(at, len(before.rows) - 1)) == after.rows
            if len(before.rows)
            else at < 0
        )
        found = np.where(there, at, -1)
    else:
        found = pc.index_in(after.ids, value_set=before.ids).fill_null(-1).to_numpy(zero_copy_only=False)
    fresh = np.flatnonzero(found < 0)
    count = len(before.ids)
    left = np.concatenate([np.arange(count), np.full(len(fresh), -1)])
    right = np.full(count + len(fresh), -1)
    right[found[found >= 0]] = np.flatnonzero(found >= 0)
    right[count:] = fresh
    return pa.concat_arrays([before.ids, after.ids.take(pa.array(fresh))]), left, right


def _at(values: Array, places: Array) -> Array:
    """The values at *places*; 0 where the place is -1."""
    if not len(values):
        return np.zeros(len(places), np.int64)
    found = values.take(places, mode="wrap")
    if places.min(initial=0) < 0:
        found[places < 0] = 0
    return found


def _named(outcome: pa.Array, places: Array) -> pa.Array:
    return outcome.take(pa.array(places, mask=places < 0)).cast(CODE)


def _because(
    before: Run, after: Run, old: Figures, new: Figures, rows: Array, nothing: Array, only: Array
) -> pa.Array:
    """The names of the compared figures and rules that differ, separated by semicolons.

    *only* marks households of one register alone, whose figures are not compared.
    """
    labels: dict[str, str] = {}
    for name in after.fields.result.compared:
        labels |= {**before.rules[name], **after.rules[name]} if name in after.rules else {name: name}
    differs = [(new.get(name, nothing)[rows] != old.get(name, nothing)[rows]) for name in labels]
    pattern = np.zeros(len(rows), np.int64)
    for number, each in enumerate(differs):
        pattern |= each.astype(np.int64) << number
    pattern = np.where(only < 0, only, pattern)
    kinds, which = np.unique(pattern, return_inverse=True)
    texts = [
        ONLY.get(kind) or ";".join(label for n, label in enumerate(labels.values()) if kind >> n & 1)
        for kind in kinds.tolist()
    ]
    return pa.DictionaryArray.from_arrays(which.astype(np.int32), pa.array(texts, pa.string()))


def _only(left: Array, right: Array) -> Array:
    """A key of :data:`ONLY` for the households of one register alone, otherwise 0."""
    found: Array = np.where(right < 0, -1, np.where(left < 0, -2, 0))
    return found


def _by_rule(before: Rules, after: Rules, paid: Figures, pays: Figures) -> pa.Table:
    rows, nothing = [], np.zeros(0, np.int64)
    for listed in before:
        for name, rule in {**before[listed], **after[listed]}.items():
            was, goes = paid.get(name, nothing), pays.get(name, nothing)
            rows.append((listed, rule, was.sum(), goes.sum(), np.count_nonzero(was), np.count_nonzero(goes)))
    lists, rules, *columns = zip(*rows, strict=True)
    spent, spends, had, have = (np.array(column, np.int64) for column in columns)
    return pa.table(
        {
            "list": list(lists),
            "rule": list(rules),
            "before": arrow_amounts.column(spent),
            "after": arrow_amounts.column(spends),
            "difference": arrow_amounts.column(spends - spent),
            "households_before": had,
            "households_after": have,
        }
    )
