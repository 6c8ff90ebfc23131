"""Hypothesis strategies for districts, made from the declarations; every fact may be left out."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from hongqiao_rules.rulebook.definitions import Entity
from hongqiao_rules.standards import Standards

STANDARDS = Standards()
DEFINITIONS = STANDARDS.rulebook.definitions
DAYS = st.sampled_from(["2016-01-01", "2020-12-31", "2021-01-01", "2025-12-31", "2027-01-01"])


def _facts(entity: Entity, *, most: int) -> dict[str, st.SearchStrategy[Any]]:
    return {
        fact.name: st.booleans()
        if fact.type.kind == "truth"
        else st.integers(fact.least, min(fact.most, most))
        for fact in entity.facts.values()
        if fact.type.kind != "text"
    }


@st.composite
def districts(draw: st.DrawFn) -> dict[str, Any]:
    """A district of up to four communities; of each entity all facts are stated, or some."""

    def some(entity: str, most: int) -> dict[str, Any]:
        known = _facts(DEFINITIONS.entities[entity], most=most)
        if draw(st.booleans()):
            return draw(st.fixed_dictionaries(known))
        return draw(st.fixed_dictionaries({}, optional=known))

    count = draw(st.integers(0, 4))
    communities = [
        {"id": f"c{n}", **some("community", draw(st.sampled_from([3, 40, 4000])))} for n in range(count)
    ]
    return {
        "id": "D",
        "communities": communities,
        **some("district", draw(st.sampled_from([3, 40, 200_000]))),
    }
