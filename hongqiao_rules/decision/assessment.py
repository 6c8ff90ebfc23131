"""The assessment of a household: its figures, lines, notices, and what they rest on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongqiao_rules.decision.figures import Figures
from hongqiao_rules.decision.lines import Notice
from hongqiao_rules.decision.outcome import Basis
from hongqiao_rules.errors import catalogue


@dataclass(frozen=True)
class Assessment(Figures):
    """The assessment of one household on one day: the figures and lists of the rulebook, and what they rest on.

    Attributes:
        complete: false where the rules are known to be incomplete for this question.
        readings: every reading with the choice that was taken.
        overlays: the overlays that were applied.
        notices: what has to be known about this result.
        assumed: JSON pointers to fields that were absent, for which the contract's default was taken.
        policy_version: the version of the rulebook.
        receipt: a digest of the rulebook, the readings, the overlays, the date and the facts.

    """

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
        """Pickle support: recreate from what it rests on."""
        return type(self).of, (self.basis,)

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

    def to_json(self, *, lang: str = "zh", trace: bool = True) -> str:
        """The assessment as JSON, in the fields of the contract.

        Args:
            lang: the language of the notices' messages.
            trace: whether ``trace`` and ``citations`` are in it.

        Raises:
            RequestError: there is no such language.

        """
        catalogue(lang)
        return self.basis.json(lang, trace=trace)

    def statement(self, lang: str = "zh") -> str:
        """The assessment as a text to hand over: each figure as arithmetic, each rule with the words cited.

        Raises:
            RequestError: there is no such language.

        """
        from hongqiao_rules.decision.statement import statement

        catalogue(lang)
        return statement(self.basis, lang)
