"""What a caller gets: the decision, its amounts, and everything they rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from hongqiao_rules.errors import catalogue

if TYPE_CHECKING:
    from hongqiao_rules.basis import Basis


@dataclass(frozen=True, slots=True)
class Line:
    """One amount, in yuan a month: a deduction or a benefit.

    Attributes:
        rule: the id of the rule that gives it.
        member: the id of the member it is for; ``None`` where it is for the household.
        amount: yuan with two places, not zero.

    """

    rule: str
    member: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """Someone who is entered in a register, has priority for a service, or may be referred; it carries no amount.

    Attributes:
        rule: the id of the rule that says so.
        member: the id of the member it is about; ``None`` where it is the household.

    """

    rule: str
    member: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that whoever uses the assessment has to know.

    Attributes:
        code: stable, ``UPPER_SNAKE``.
        message: the sentence in Chinese; :meth:`say` gives it in either language.
        rule: the id of the rule it concerns, if it concerns one.

    """

    code: str
    message: str
    rule: str | None
    english: str = field(default="", repr=False)

    def say(self, lang: str) -> str:
        """Return the sentence in *lang*, or in Chinese where the rulebook has it in no such language.

        Raises:
            RequestError: UNKNOWN_LANGUAGE; there is no such language.
        """
        return {"en": self.english}.get(catalogue(lang).lang, self.message)


@dataclass(frozen=True)
class Assessment:
    """The assessment of one household on one day. Amounts are yuan a month, exact to the fen.

    Attributes:
        household: the id of the household.
        on: the assessment date.
        programme: ``"dibao"``, ``"low_income"`` or ``"none"``.
        counted_members: how many members count.
        standard: the dibao standard, a person.
        income: the counted income of the household.
        deductions: what is taken off the income, in rulebook order, each at its full amount.
        countable_income: the income after deductions, not below zero.
        per_capita_income: the countable income a person, half up to the fen; for display, no rule uses it.
        benefits: what is paid, in rulebook order.
        monthly_total: the sum of the benefits.
        registers: the registers and visiting lists that the members, or the household, are to be entered in.
        services: the services for which members have priority.
        referrals: the charities to which members may be referred; a referral is no entitlement.
        complete: false where the rules are known to be incomplete for this question.
        readings: every reading with the choice that was taken.
        overlays: the overlays that were applied.
        notices: what has to be known about this result.
        assumed: JSON pointers to fields that were absent, for which the contract's default was taken.
        policy_version: the version of the rulebook.
        receipt: a digest of the rulebook, the readings, the overlays, the date and the facts.

    """

    household: str
    on: date
    programme: Literal["dibao", "low_income", "none"]
    counted_members: int
    standard: Decimal
    income: Decimal
    deductions: tuple[Line, ...]
    countable_income: Decimal
    per_capita_income: Decimal
    benefits: tuple[Line, ...]
    monthly_total: Decimal
    registers: tuple[Entry, ...]
    services: tuple[Entry, ...]
    referrals: tuple[Entry, ...]
    complete: bool
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    notices: tuple[Notice, ...]
    assumed: tuple[str, ...]
    policy_version: str
    receipt: str
    basis: Basis = field(repr=False, compare=False)

    @classmethod
    def of(cls, basis: Basis) -> Assessment:
        """The assessment that rests on *basis*."""
        made = object.__new__(cls)
        made.__dict__["basis"] = basis
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """It is sent to another process as the question that it answers."""
        from hongqiao_rules import sending

        return sending.assessment(self)

    def __hash__(self) -> int:
        return hash(self.receipt)

    if not TYPE_CHECKING:  # type checkers see the fields as they are declared

        def __getattr__(self, name: str) -> Any:
            """Make the fields when the first of them is asked for; a JSON text is written without them."""
            if name not in self.__dataclass_fields__ or name == "basis":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.__dict__.update(self.basis.fields())
            return self.__dict__[name]

    @property
    def trace(self) -> list[dict[str, Any]]:
        """Every rule and member: what was looked at, what came of it, and which part of a condition failed."""
        return json.loads(self.basis.trace_json())  # type: ignore[no-any-return]

    @property
    def citations(self) -> list[dict[str, Any]]:
        """The sentences behind the figures: each rule that gave one, with its documents and its parameters."""
        return json.loads(self.basis.citations_json())  # type: ignore[no-any-return]

    def to_json(self, *, lang: Literal["zh", "en"] = "zh", trace: bool = True) -> str:
        """The assessment as JSON, in the fields of the contract.

        Args:
            lang: the language of the notices' messages.
            trace: whether ``trace`` and ``citations`` are in it.

        Raises:
            RequestError: there is no such language.

        """
        catalogue(lang)
        return self.basis.json(lang, trace=trace)

    def statement(self, lang: Literal["zh", "en"] = "zh") -> str:
        """The assessment as a text to hand over: each figure as arithmetic, each rule with the words cited.

        Raises:
            RequestError: there is no such language.

        """
        from hongqiao_rules.explanation.statement import statement

        catalogue(lang)
        return statement(self, lang)
