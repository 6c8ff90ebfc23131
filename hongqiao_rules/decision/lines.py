"""The values that the lists of an assessment hold: amounts, entries without an amount, and notices."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import NoticeDefinition


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of a list of an assessment, in yuan a month: a deduction or a benefit.

    Attributes:
        rule: the id of the rule that gives it.
        member: the id of its member; ``None`` for an amount of the whole household.
        amount: yuan with two places, not zero.
    """

    rule: str
    member: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry without an amount: in a register, for a service, or a referral.

    Attributes:
        rule: the id of its rule.
        member: the id of its member; ``None`` for the household.
    """

    rule: str
    member: str | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A remark that a user of the assessment must know.

    Attributes:
        code: stable, ``UPPER_SNAKE``.
        message: the sentence in Chinese; :meth:`say` gives it in any language.
        rule: the id of the rule it concerns, if it concerns one.
    """

    code: str
    message: str
    rule: str | None
    english: str = field(default="", repr=False)
    further: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, notice: NoticeDefinition) -> Notice:
        """Return a notice as a rulebook defines it."""
        text = notice.message
        return cls(notice.code, text.zh, notice.rule, text.en, text.further)

    def say(self, lang: str) -> str:
        """The sentence in *lang*, or in Chinese if the rulebook does not have it in that language.

        Raises:
            RequestError: UNKNOWN_LANGUAGE.
        """
        return Bilingual(self.message, self.english, self.further).say(lang)
