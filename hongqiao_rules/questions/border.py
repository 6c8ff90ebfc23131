"""What the border refuses, as constraints: so that whatever a solver finds is a household that can be assessed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from hongqiao_rules.border.checks import ADULT, EARNING
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
    space.require(*accepted(facts, day, applicant=0))
    return space, facts


def accepted(
    facts: SymbolicFacts,
    day: Amount,
    applicant: int,
    *,
    with_spouse: bool = False,
    no_incomes: Collection[int] = (),
) -> Iterator[Truth]:
    """What has to hold for the border to take a household on *day*.

    Args:
        facts: its facts; a marital status that was not stated is ``None``.
        day: the assessment date.
        applicant: the position of the applicant.
        with_spouse: whether there is a spouse of the applicant.
        no_incomes: the positions of the members whose incomes were not stated.

    """
    born, absence, status = (facts.each[name] for name in ("birth_date", "absence", "marital_status"))
    nobody: Sequence[Sequence[Truth]] = [[False] * len(born)] * len(born)
    children = facts.points.get("parent", nobody)
    yield terms.compare("==", absence[applicant], "none")
    if "relationship" in facts.each:
        yield from _related(facts, applicant)
    if with_spouse:
        yield terms.compare("==", status[applicant], "married")
    for number in range(len(born)):
        yield terms.compare("<=", born[number], day)
        for child, own in enumerate(children[number]):
            yield implies(own, terms.compare("<=", born[number], born[child]))
        unsaid = terms.compare("==", status[number], None)
        needed = True if number == applicant else terms.disjunction(children[number])
        minor = terms.negation(reached(born[number], day, ADULT))
        # Of a minor an unstated status is "never married".
        yield implies(unsaid, terms.negation(terms.disjunction([needed, minor])))
        if number in no_incomes:
            counted = terms.compare("==", absence[number], "none")
            yield terms.negation(terms.conjunction([counted, reached(born[number], day, EARNING)]))


def _related(facts: SymbolicFacts, applicant: int) -> Iterator[Truth]:
    """How relationships go together, where a rule reads them: one applicant, at most one spouse, a child of somebody."""
    relation, status = facts.each["relationship"], facts.each["marital_status"]
    parents = list(zip(*facts.points["parent"], strict=True)) if "parent" in facts.points else None
    spouses: list[Truth] = []
    for number, one in enumerate(relation):
        yield terms.compare("==" if number == applicant else "!=", one, "applicant")
        spouse = terms.conjunction([facts.present[number], terms.compare("==", one, "spouse")])
        yield implies(spouse, terms.compare("==", status[applicant], "married"))
        yield from (terms.negation(terms.conjunction([spouse, other])) for other in spouses)
        spouses.append(spouse)
        if parents is not None:
            child = terms.conjunction([facts.present[number], terms.compare("==", one, "child")])
            yield implies(child, terms.disjunction(parents[number]))


def reached(born: Amount, day: Amount, age: int) -> Truth:
    """Whether somebody is of that age."""
    return terms.compare(">=", terms.difference(day, born), age * 10000)


def implies(condition: Truth, then: Truth) -> Truth:
    """Where the condition holds, *then* does."""
    return terms.disjunction([terms.negation(condition), then])
