"""What the border refuses, as constraints: so that whatever a solver finds is a household that can be assessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import z3

from hongqiao_rules.border.checks import ADULT
from hongqiao_rules.engines import symbolic_terms as terms
from hongqiao_rules.engines.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic_free import free
from hongqiao_rules.engines.symbolic_space import Space
from hongqiao_rules.engines.symbolic_terms import Amount, Truth
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Definitions

ALSO = frozenset({("member", "birth_date"), ("member", "absence"), ("member", "marital_status")})
"""What the border looks at, also where no rule does."""


def every_household(
    definitions: Definitions, dateds: Sequence[Dated], day: Amount, most: int, least: int = 1
) -> tuple[Space, SymbolicFacts]:
    """All households of *least* to *most* members that can be assessed on *day*, the first the applicant."""
    space = Space(definitions, dateds)
    facts = free(space, least, most, ALSO)
    born, absence, status = (list(facts.each[name]) for name in ("birth_date", "absence", "marital_status"))
    parents = facts.points.get("parent", [[False] * most] * most)
    space.require(terms.compare("==", absence[0], "none"))
    for number in range(most):
        space.require(terms.compare("<=", born[number], day))
        unsaid = space.truth(f"marital_status {number} unsaid") if number else False
        if unsaid is not False:
            status[number] = terms.choose(unsaid, None, status[number])
            space.require(z3.Implies(unsaid, may_be_unsaid(facts, day, number)))
        for other in range(most):
            if parents[number][other] is not False:
                space.require(implies(parents[number][other], terms.compare("<=", born[number], born[other])))
    return space, replace(facts, each={**facts.each, "marital_status": status})


def may_be_unsaid(facts: SymbolicFacts, day: Amount, number: int) -> Truth:
    """Whether a grown member other than the applicant may have no marital status: where nobody's parent."""
    grown = terms.compare(">=", terms.difference(day, facts.each["birth_date"][number]), ADULT * 10000)
    own = facts.points.get("parent", [[]] * len(facts.present))[number]
    return terms.conjunction([grown, terms.negation(terms.disjunction(own))])


def implies(condition: Truth, then: Truth) -> Any:
    """Where the condition holds, *then* does."""
    return terms.disjunction([terms.negation(condition), then])
