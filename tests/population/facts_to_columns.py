"""Facts of single households laid side by side, the plain way: what the columnar engine is held against."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np

from hongqiao_rules.engines.columnar.columnar_engine import ColumnarEngine
from hongqiao_rules.engines.columnar.columns import (
    CODE,
    Columns,
    ListColumn,
    code_positions,
    code_type,
)
from hongqiao_rules.engines.direct.facts import Facts

TYPES = {"money": np.int64, "number": np.int64, "date": np.int32, "truth": np.bool_}


def columns(definitions, households: Sequence[Facts]) -> Columns:
    root = definitions.entities[definitions.head.root]
    inside = root.contains
    each = definitions.entities[inside.entity] if inside else None
    starts = list(accumulate((facts.count for facts in households), initial=0))
    return Columns(
        len(households),
        np.array(starts, np.int64),
        {n: _column(definitions, root, n, [f.root[n] for f in households]) for n in _facts(root)},
        {n: _column(definitions, each, n, [v for f in households for v in f.each[n]]) for n in _facts(each)},
        {fact.name: _points_at(households, starts, fact.name) for fact in _references(each)},
    )


def _facts(entity) -> list[str]:
    facts = entity.facts.values() if entity else ()
    return [fact.name for fact in facts if fact.type.kind not in ("text", "reference")]


def _references(entity) -> list:
    return [fact for fact in (entity.facts.values() if entity else ()) if fact.type.kind == "reference"]


def _points_at(households, starts, name):
    found = np.full(starts[-1], -1, np.int64)
    for facts, start in zip(households, starts, strict=False):
        for number, children in enumerate(facts.children[name]):
            for child in children:
                found[start + child] = start + number
    return found


def _column(definitions, entity, name, values):
    kind = entity.facts[name].type
    if kind.kind not in ("codes", "records"):
        return _array(definitions, kind, values)
    offsets = np.array(list(accumulate(map(len, values), initial=0)), np.int64)
    items = [item for listed in values for item in listed]
    if kind.kind == "codes":
        return ListColumn(offsets, {CODE: _codes(definitions, kind.of, items)})
    types = entity.facts[name].fields
    return ListColumn(
        offsets, {f: _array(definitions, types[f].type, [i[n] for i in items]) for n, f in enumerate(types)}
    )


def _array(definitions, kind, values):
    return _codes(definitions, kind.of, values) if kind.kind == "code" else np.array(values, TYPES[kind.kind])


def _codes(definitions, name, values: Iterable):
    positions = code_positions(definitions.codes[name])
    return np.array([-1 if v is None else positions[v] for v in values], code_type(definitions.codes[name]))


def assert_same(rules, direct, made: Columns, households: Iterable[Facts], day: int) -> None:
    """The columnar engine on columns and the direct engine on facts: every conclusion and every notice."""
    found = ColumnarEngine(rules).run(made, day)
    runs = [direct.run(facts, day) for facts in households]
    assert len(runs) == made.count
    for conclusion in rules.conclusions:
        slot = direct.slots[conclusion.entity, conclusion.name]
        expected = [run.state[slot] for run in runs]
        if conclusion.entity != rules.root:
            expected = [value for values in expected for value in values]
        values = found.values[conclusion.name].tolist()
        if conclusion.type.kind == "code":
            names = list(rules.linked.definitions.codes[conclusion.type.of].values)
            values = [names[value] for value in values]
        assert values == expected, conclusion.name
    expected = [[notice.code for notice in direct.notices(run)] for run in runs]
    goes = {code: column.tolist() for code, column in found.notices.items()}
    codes = [[code for code, holds in goes.items() if holds[number]] for number in range(made.count)]
    assert codes == expected
