"""The assessment of a household: its figures, lines and notices, with its readings, assumptions and sources."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hongqiao_rules.decision.figures import Figures
from hongqiao_rules.decision.lines import Entry, Line, Notice
from hongqiao_rules.decision.outcome import Basis
from hongqiao_rules.errors import catalogue
from hongqiao_rules.rulebook.shown_fields import Field


@dataclass(frozen=True, eq=False, repr=False)
class Assessment(Figures):
    """The assessment of one household on one day.

    Attributes:
        complete: false if the rules are known to be incomplete for this question.
        readings: the chosen option of every reading.
        overlays: the overlays that were applied.
        notices: remarks that a user of this result must know.
        assumed: JSON pointers to absent fields for which a default was used.
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
        """The assessment of a run."""
        made = object.__new__(cls)
        made.__dict__["basis"] = basis
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle support: recreate from the run."""
        return type(self).of, (self.basis,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assessment) and self.basis.fields() == other.basis.fields()

    def __hash__(self) -> int:
        return hash(self.receipt)

    def __repr__(self) -> str:
        return f"Assessment({', '.join(f'{name}={value!r}' for name, value in self.basis.fields().items())})"

    if not TYPE_CHECKING:  # type checkers see the fields as they are declared

        def __getattr__(self, name: str) -> Any:
            """Compute all fields on the first access to one; JSON text is written without them."""
            if name not in self.__dataclass_fields__ or name == "basis":
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.__dict__.update(self.basis.fields())
            if name not in self.__dict__:
                raise AttributeError(
                    f"the rulebook {self.basis.compiled.definitions.head.id} has no {name!r}; see figures and lists"
                )
            return self.__dict__[name]

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures that the rulebook declares, by name: amounts as ``Decimal``."""
        return self._shown(self.basis.compiled.shown.figures)

    @property
    def lists(self) -> Mapping[str, tuple[Line, ...] | tuple[Entry, ...]]:
        """The lists that the rulebook declares, by name."""
        return self._shown(self.basis.compiled.shown.lists)

    def _shown(self, fields: Iterable[Field]) -> Mapping[str, Any]:
        values = self.basis.fields()
        return MappingProxyType({field.name: values[field.name] for field in fields})

    @property
    def trace(self) -> list[dict[str, Any]]:
        """The evaluation of each rule for each member: the facts it read, its result, and the failed part of a condition."""
        return json.loads(self.basis.trace_json())  # type: ignore[no-any-return]

    @property
    def citations(self) -> list[dict[str, Any]]:
        """The rules behind the figures and lines, each with its sources and parameters."""
        return json.loads(self.basis.citations_json())  # type: ignore[no-any-return]

    def to_json(self, *, lang: str = "zh", trace: bool = True) -> str:
        """The assessment as JSON text.

        Args:
            lang: the language of the notices.
            trace: whether to include ``trace`` and ``citations``.

        Raises:
            RequestError: UNKNOWN_LANGUAGE.
        """
        catalogue(lang)
        return self.basis.json(lang, trace=trace)

    def statement(self, lang: str = "zh") -> str:
        """The assessment as plain text: each figure as arithmetic, each rule with its citations.

        Raises:
            RequestError: UNKNOWN_LANGUAGE.
        """
        from hongqiao_rules.decision.statement import statement

        catalogue(lang)
        return statement(self.basis, lang)
