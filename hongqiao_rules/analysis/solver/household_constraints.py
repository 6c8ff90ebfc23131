"""Constraints that exclude every household the reader refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hongqiao_rules.engines.symbolic import terms as terms
from hongqiao_rules.engines.symbolic.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Amount, Truth

ALSO = frozenset({("member", "birth_date"), ("member", "absence"), ("member", "marital_status")})
"""What the border looks at, also where no rule does."""

ADULT = 18


def accepted(facts: SymbolicFacts, day: Amount, applicant: int) -> Iterator[Truth]:
    """Return the constraints under which the reader accepts a household on *day*.

    Args:
        facts: its facts; a marital status that was not stated is ``None``.
        day: the assessment date.
        applicant: the position of the applicant.

    """
    born, absence, status = (facts.each[name] for name in ("birth_date", "absence", "marital_status"))
    children = _children(facts)
    yield terms.compare("==", absence[applicant], "none")
    if "relationship" in facts.each:
        yield from _related(facts, applicant)
    for number in range(len(born)):
        yield terms.compare("<=", born[number], day)
        for child, own in enumerate(children[number]):
            yield implies(own, terms.compare("<=", born[number], born[child]))
    for number, one in enumerate(status):
        unsaid = terms.compare("==", one, None)
        minor = terms.negation(reached(born[number], day, ADULT))
        # Of a minor an unstated status is "never married".
        needed = status_needed(facts, day, applicant, number)
        yield implies(unsaid, terms.negation(terms.disjunction([needed, minor])))


def _children(facts: SymbolicFacts) -> Sequence[Sequence[Truth]]:
    """For each member, whether each is their child."""
    count = len(facts.each["birth_date"])
    return facts.points.get("parent", [[False] * count] * count)


def status_needed(facts: SymbolicFacts, day: Amount, applicant: int, number: int) -> Truth:
    """Whether the marital status of a member has to be stated."""
    asked = True if number == applicant else terms.disjunction(_children(facts)[number])
    return terms.conjunction([asked, reached(facts.each["birth_date"][number], day, ADULT)])


def _related(facts: SymbolicFacts, applicant: int) -> Iterator[Truth]:
    """Return the constraints between relationships that rules read: one applicant, at most one spouse, a parent for each child."""
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
    """Return the implication: *then* holds if the condition does."""
    return terms.disjunction([terms.negation(condition), then])
