"""Base class of every answer: JSON, plain values, a statement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from hongqiao_rules.analysis.answer_words import Speaker, text

if TYPE_CHECKING:
    from hongqiao_rules.decision.assessment import Assessment
    from hongqiao_rules.decision.lines import Notice
    from hongqiao_rules.rulebook.link import Linked


class Answer:
    """Base class of answers: frozen dataclasses of plain values."""

    __slots__ = ()

    def to_json(self) -> str:
        """The answer as JSON text; amounts are text with two decimals."""
        return json.dumps(self._plain(), ensure_ascii=False, separators=(",", ":"), default=str)

    def _plain(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload, no-any-return]  # every subclass is a dataclass


@dataclass(frozen=True, slots=True)
class TitledAnswer(Answer):
    """An answer whose statement uses the titles of a rulebook; JSON and comparisons leave the rulebook out."""

    linked: Linked = field(repr=False, compare=False, kw_only=True)

    def _plain(self) -> dict[str, Any]:
        beside = {one.name: None for one in fields(self) if not one.repr}
        plain = asdict(replace(self, **beside))  # type: ignore[arg-type]  # removed below
        return {name: value for name, value in plain.items() if name not in beside}


@dataclass(frozen=True, slots=True)
class HouseholdAnswer(TitledAnswer):
    """An answer about a household, with the notices of its assessments: as text in statements, as codes in JSON."""

    notices: tuple[Notice, ...] = field(default=(), repr=False, kw_only=True)

    def statement(self, lang: str = "zh") -> str:
        """The answer in words in the language *lang*."""
        return text(self._lines(Speaker(lang, self.linked)), self.notices, lang)

    def _lines(self, say: Speaker) -> Iterator[str]:
        """The lines of the statement, without the notices."""
        raise NotImplementedError

    def _plain(self) -> dict[str, Any]:
        # super() fails in a dataclass with slots, which is a new class.
        return {**TitledAnswer._plain(self), "notices": [notice.code for notice in self.notices]}


def noticed(*assessments: Assessment) -> tuple[Notice, ...]:
    """The notices of assessments, each once."""
    return tuple(dict.fromkeys(notice for one in assessments for notice in one.notices))
