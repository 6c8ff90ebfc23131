"""The toy rulebook, and Hypothesis strategies for the facts of a farm, made from its declarations."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.rulebook.definitions import FactDefinition, FieldDefinition
from hongqiao_rules.rulebook.load import Rulebook, load

POLICIES = Path(__file__).parent / "policies"
READINGS = ({"organic-unit": "farm"}, {"organic-unit": "animal"})
OVERLAYS: tuple[tuple[str, ...], ...] = ((), ("dry-year",))


@cache
def rulebook() -> Rulebook:
    return load([POLICIES])


@cache
def engine(start: int, unit: str, overlays: tuple[str, ...]) -> DirectEngine:
    return DirectEngine(rulebook().dated(start, {"organic-unit": unit}, overlays))


def yyyymmdd(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


days = st.dates(date(1998, 1, 1), date(2032, 12, 31)).map(yyyymmdd)


def _values(definition: FactDefinition | FieldDefinition) -> st.SearchStrategy[Any]:
    kind = definition.type.kind
    if kind in ("money", "number"):
        return st.integers(definition.least, definition.most) | st.integers(
            definition.least, definition.least + 300
        )
    if kind == "truth":
        return st.booleans()
    if kind == "date":
        return days
    if kind in ("code", "codes"):
        codes = st.sampled_from(list(rulebook().definitions.codes[definition.type.of or ""].values))
        return codes if kind == "code" else st.lists(codes, max_size=3)
    assert isinstance(definition, FactDefinition)
    return st.lists(st.tuples(*map(_values, definition.fields.values())), max_size=3)


@st.composite
def farms(draw: st.DrawFn) -> Facts:
    """The facts of a farm with up to five animals; each may be the young of any other."""
    entities = rulebook().definitions.entities
    stated = {name: f for name, f in entities["farm"].facts.items() if f.type.kind != "text"}
    each = {n: f for n, f in entities["animal"].facts.items() if f.type.kind not in ("text", "reference")}
    count = draw(st.integers(0, 5))
    young: list[list[int]] = [[] for _ in range(count)]
    for number in range(count):
        dam = draw(st.none() | st.integers(0, count - 1))
        if dam is not None:
            young[dam].append(number)
    return Facts(
        {name: draw(_values(fact)) for name, fact in stated.items()}, count,
        {name: [draw(_values(fact)) for _ in range(count)] for name, fact in each.items()}, {"dam": young},
    )  # fmt: skip
