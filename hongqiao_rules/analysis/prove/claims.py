"""Translate each form of property to a formula over one household or two.

The functions take terms of the symbolic engine or values of the direct engine; of values, a truth is a ``bool``. So the
direct engine confirms a household by the same formula that found it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Any, Protocol

from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import Property
from hongqiao_rules.rulebook.properties import claim_name


class Values(Protocol):
    """The conclusions of one household: terms or values."""

    def value(self, name: str) -> Any:
        """A conclusion about the root."""
        ...

    def lines(self, name: str) -> Iterator[tuple[str, int | None, Any]]:
        """The entries of a list: the conclusion, the position of the member or ``None``, the amount or truth."""
        ...


class Claim:
    """A property under the rules of a case."""

    def __init__(self, claim: Property, dated: Dated) -> None:
        self.property = claim
        self.lists = dated.linked.definitions.head.entries
        self.settled: Collection[str] = {c.name for c in dated.conclusions}

    def broken(self, one: Values, other: Values) -> Truth:
        """Whether the claim fails, without regard to exceptions. A claim about one household ignores *other*."""
        claim = self.property
        match claim.form:
            case "always":
                return terms.negation(one.value(claim_name(claim)))
            case "exactly_one":
                held = [one.value(claim_name(claim, number)) for number in range(len(claim.claims))]
                none = terms.negation(terms.disjunction(held))
                twice = [terms.conjunction(pair) for pair in combinations(held, 2)]
                return terms.disjunction([none, *twice])
            case "never_negative":
                return terms.disjunction(terms.compare("<", amount, 0) for amount in self._results(one))
            case "never_rises" | "never_falls":
                sign = ">" if claim.form == "never_rises" else "<"
                same = [
                    terms.compare("==", *(side.value(f"{claim.id}/within/{number}") for side in (one, other)))
                    for number in range(len(claim.within))
                ]
                moved = terms.compare(sign, other.value(claim_name(claim)), one.value(claim_name(claim)))
                return terms.conjunction([*same, moved])
            case "independent":
                pairs = zip(self._results(one), self._results(other), strict=True)
                return terms.disjunction(terms.compare("!=", a, b) for a, b in pairs)
        raise AssertionError(claim.form)

    def excepted(self, number: int, one: Values, other: Values) -> Truth:
        """Whether a declared exception applies to the household, or to the two."""
        exception = self.property.exceptions[number]
        keys = ("where", one), ("before", one), ("after", other)
        return terms.conjunction(
            side.value(f"{self.property.id}/except/{number}/{key}")
            for key, side in keys
            if getattr(exception, key) is not None
        )

    def refuted(self, one: Values, other: Values) -> Truth:
        """Whether the claim fails and no declared exception applies."""
        count = range(len(self.property.exceptions))
        spoken = terms.disjunction(self.excepted(number, one, other) for number in count)
        return terms.conjunction([self.broken(one, other), terms.negation(spoken)])

    def happens(self, number: int, one: Values, other: Values) -> Truth:
        """Whether the claim fails and a declared exception applies."""
        return terms.conjunction([self.broken(one, other), self.excepted(number, one, other)])

    def amount(self, side: Values) -> Any:
        """The amount of a claim about an amount."""
        return side.value(claim_name(self.property))

    def _results(self, side: Values) -> Iterator[Any]:
        for name in self.property.claims:
            if name in self.lists:
                yield from (value for _, _, value in side.lines(name))
            elif name in self.settled:  # by a rule that is in force
                yield side.value(name)
