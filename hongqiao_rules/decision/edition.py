"""An edition: a rulebook under readings and overlays, compiled for each period between two changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Self

from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.outcome import Basis, Compiled
from hongqiao_rules.engines.direct.direct_engine import Run
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.errors import RequestError
from hongqiao_rules.household.declared_models import model_of
from hongqiao_rules.household.facts_reader import Checked, reader_of
from hongqiao_rules.household.json_text import no_key_repeated, parse, parse_at_first_sight, readable
from hongqiao_rules.household.models import Household
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import ordinal
from hongqiao_rules.rulebook.link import Linked
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.shown_fields import Fields


def listed(names: Iterable[str] | str) -> tuple[str, ...]:
    """The names as a tuple; a single name becomes a tuple of one."""
    return (names,) if isinstance(names, str) else tuple(names)


class Edition:
    """A rulebook under one choice of readings and overlays. Immutable, cheap to share, safe in threads.

    Args:
        rulebook: the rulebook.
        readings: the choices of readings, by name; the others take their defaults.
        overlays: the overlays to apply, one or several.

    Attributes:
        reader: the reader of households, by the vocabulary.

    Raises:
        RequestError: a reading, a choice or an overlay is not known.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        readings: Mapping[str, str] | None = None,
        overlays: Iterable[str] | str = (),
    ) -> None:
        chosen = dict(readings or {})
        self._rulebook, self._overlays = rulebook, listed(overlays)
        rulebook.check_names(chosen, self.overlays)
        rulebook.linked(self.overlays)
        known = rulebook.definitions.readings
        self._readings = {name: chosen.get(name, reading.default) for name, reading in known.items()}
        self.reader = reader_of(rulebook, model_of(rulebook))
        self._latest: Compiled | None = None

    @classmethod
    def of(
        cls, rulebook: Rulebook, readings: Mapping[str, str] | None = None, overlays: Iterable[str] | str = ()
    ) -> Self:
        """An edition of this class; arguments and errors as for :class:`Edition`."""
        made = cls.__new__(cls)
        Edition.__init__(made, rulebook, readings, overlays)
        return made

    def with_choices(
        self, *, readings: Mapping[str, str] | None = None, overlays: Iterable[str] | str = ()
    ) -> Self:
        """The same rulebook under other readings and overlays; errors as for the constructor."""
        return self.of(self.rulebook, readings, overlays)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle support: recreate from the rulebook and the choices."""
        return type(self).of, (self.rulebook, self._readings, self.overlays)

    @property
    def readings(self) -> Mapping[str, str]:
        """The chosen option of every reading."""
        return MappingProxyType(self._readings)

    @property
    def overlays(self) -> tuple[str, ...]:
        """The overlays that are applied."""
        return self._overlays

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook."""
        return self._rulebook

    @property
    def linked(self) -> Linked:
        """The rulebook under the overlays, with one definition for each rule and parameter."""
        return self.rulebook.linked(self.overlays)

    @property
    def fields(self) -> Fields:
        """The fields of an :class:`Assessment`: the figures and lists that the rulebook declares."""
        return self.rulebook.fields

    @property
    def outcomes(self) -> Mapping[str, Bilingual]:
        """The codes of the outcome, with their titles."""
        codes = self.linked.conclusions[self.fields.result.outcome].type.of
        return self.rulebook.definitions.codes[codes or ""].values

    def day(self, on: date) -> int:
        """An assessment date as yyyymmdd.

        Raises:
            RequestError: the value is not a date, the date is not modelled, or an overlay is not in force on it.
        """
        if not isinstance(on, date) or isinstance(on, datetime):
            raise RequestError("BAD_ASSESSMENT_DATE", value=repr(on)[:60])
        day = ordinal(on)
        self._rulebook.check_day(day, self._overlays)
        return day

    def compiled(self, day: int) -> Compiled:
        """The compiled rules of *day* (yyyymmdd); all days between two changes share one object."""
        found = self._latest
        if found is None or not found.dated.start <= day <= found.dated.end:
            dated = self.rulebook.dated(day, self._readings, self.overlays)
            self._latest = found = self.rulebook.once(Compiled, dated, self.overlays, self.fields)
        return found

    def check(self, household: Household | Mapping[str, Any], on: date) -> Checked:
        """Check a household for *on* and read its facts; errors as for :meth:`assess`."""
        return self.reader.checked(household, self.day(on))

    def assess(self, household: Household | Mapping[str, Any], on: date) -> Assessment:
        """Assess *household* as of *on*.

        Args:
            household: a :class:`Household`, or a mapping of the same shape.
            on: the assessment date, which determines the standard, ages and rules in force.

        Raises:
            HouseholdError: the household is refused; ``faults`` has all its faults.
            RequestError: the date is not modelled, or an overlay is not in force on it.
        """
        return self.assess_plain(household, on)

    def assess_json(self, text: str | bytes, on: date) -> Assessment:
        """Assess the household of a JSON text as of *on*; errors as for :meth:`assess`."""
        day = self.day(on)
        text = readable(text)
        checked = self.reader.at_first_sight(parse_at_first_sight(text), day)
        if checked is None or not no_key_repeated(text, checked.text):
            checked = self.reader.checked(parse(text), day)
        return self.decide(checked, on, day)

    def assess_plain(self, value: Any, on: date) -> Assessment:
        """Assess plain values of any shape, as a JSON parser gives them; errors as for :meth:`assess`."""
        day = self.day(on)
        return self.decide(self.reader.checked(value, day), on, day)

    def decide(
        self, checked: Checked, on: date, day: int, engine: Callable[[Facts, int], Run] | None = None
    ) -> Assessment:
        """The assessment of a checked household.

        Args:
            checked: the household, checked for the same date.
            on: the assessment date.
            day: the assessment date as yyyymmdd.
            engine: runs the rules of that day on the facts; the direct engine by default.
        """
        compiled = self.compiled(day)
        return Assessment.of(
            Basis(compiled, (engine or compiled.engine.run)(checked.facts, day), checked, on)
        )
