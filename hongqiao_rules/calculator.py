"""The front door: rules, readings and overlays chosen once, then households assessed on dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, overload

from hongqiao_rules.assessment import Assessment
from hongqiao_rules.basis import Basis, Compiled, compiled
from hongqiao_rules.border.facts import Checked, reader_of
from hongqiao_rules.border.text import no_key_repeated, parse, parse_at_first_sight, readable
from hongqiao_rules.errors import RequestError
from hongqiao_rules.questions.asking import Asking
from hongqiao_rules.rulebook.definitions import ordinal
from hongqiao_rules.rulebook.load import Faults, Rulebook, bundled_rulebook, load

if TYPE_CHECKING:
    from hongqiao_rules.cases.case import Case
    from hongqiao_rules.cases.record import Record
    from hongqiao_rules.engines.direct import Run
    from hongqiao_rules.engines.facts import Facts
    from hongqiao_rules.household import Household
    from hongqiao_rules.questions.readings import Readings
    from hongqiao_rules.rulebook.definitions import Definitions, Entity, FactDefinition, FieldDefinition
    from hongqiao_rules.rulebook.link import Linked
    from hongqiao_rules.rulebook.nodes import Type


def _check_vocabulary(rulebook: Rulebook) -> None:
    """Refuse a rulebook about something else than the household of this package."""
    definitions, bundled = rulebook.definitions, bundled_rulebook().definitions
    head = definitions.head
    shown = bundled_rulebook().fields
    differing = [field.name for field in shown.figures if field.name not in head.figures]
    for field in shown.lists:  # those without a place an assessment can do without
        kind = field.type.kind
        if head.entries.get(field.name, kind if field in shown.others else None) != kind:
            differing.append(field.name)
    if not differing:
        found = rulebook.linked(()).conclusions
        differing = [field.name for field in shown.figures if not _alike(found[field.name].type, field.type)]
    for name, entity in bundled.entities.items():
        mine, theirs = _declared(bundled, entity), _declared(definitions, definitions.entities.get(name))
        differing += sorted(f"{name}.{fact}" for fact in mine | theirs if mine.get(fact) != theirs.get(fact))
    if differing or head.root != bundled.head.root:
        faults = Faults(rulebook.files)
        faults("POLICY_OTHER_VOCABULARY", head.origin / "root", what=differing[0] if differing else "root")
        faults.settle()


def listed(names: Iterable[str] | str) -> tuple[str, ...]:
    """Several names, or one by itself."""
    return (names,) if isinstance(names, str) else tuple(names)


def _declared(definitions: Definitions, entity: Entity | None) -> dict[str, object]:
    """What an entity's facts may be, and how many entities it contains: all that a household is checked by."""
    found: dict[str, object] = {}
    for fact in entity.facts.values() if entity is not None else ():
        parts: dict[str, FactDefinition | FieldDefinition] = {"": fact, **fact.fields}
        ranges = {name: (part.type, part.least, part.most) for name, part in parts.items()}
        lists = [definitions.codes.get(part.type.of or "") for part in parts.values()]
        codes = [listed and sorted(listed.values) for listed in lists]
        found[fact.name] = (ranges, codes, fact.required, fact.default, fact.inverse)
    if entity is not None and entity.contains is not None:
        found[entity.contains.named] = entity.contains
    return found


def _alike(one: Type, other: Type) -> bool:
    """Whether figures of two types are shown alike: of numbers it is no matter of what."""
    return one == other or one.kind == other.kind == "number"


class Calculator(Asking):
    """Assesses households under one choice of rules. Immutable, cheap to share, safe in threads.

    Args:
        readings: choices for readings, by name; every other takes its default.
        overlays: named amendments to apply, one or several.
        policies: a folder of policy files, or several. One with a rulebook file of its own stands in place of the
            bundled policies; one without is added to them.

    Raises:
        RequestError: a reading, a choice or an overlay is not known.
        PolicyError: the policy files are refused; every fault has file, line and column.

    """

    def __init__(
        self,
        *,
        readings: Mapping[str, str] | None = None,
        overlays: Iterable[str] | str = (),
        policies: Path | str | Iterable[Path | str] | None = None,
        _rulebook: Rulebook | None = None,
    ) -> None:
        if _rulebook is not None or policies is None:
            self._rulebook = _rulebook or bundled_rulebook()
        else:
            folders = [policies] if isinstance(policies, str | Path) else policies
            self._rulebook = load([Path(folder) for folder in folders])
            _check_vocabulary(self._rulebook)
        chosen = dict(readings or {})
        self._overlays = listed(overlays)
        self._rulebook.check_names(chosen, self._overlays)
        self._rulebook.linked(self._overlays)
        known = self._rulebook.definitions.readings
        self._readings = {name: chosen.get(name, reading.default) for name, reading in known.items()}
        self._facts = reader_of(self._rulebook)
        self._latest: Compiled | None = None

    def with_choices(
        self, *, readings: Mapping[str, str] | None = None, overlays: Iterable[str] | str = ()
    ) -> Calculator:
        """A calculator over the same policies with other readings and overlays; errors as for the constructor."""
        return Calculator(readings=readings, overlays=overlays, _rulebook=self._rulebook)

    def __reduce__(self) -> tuple[Any, ...]:
        """It is sent to another process as what it was made from."""
        from hongqiao_rules import sending

        return sending.calculator(self)

    @property
    def readings(self) -> Mapping[str, str]:
        """Every reading with the choice that is taken."""
        return MappingProxyType(self._readings)

    @property
    def overlays(self) -> tuple[str, ...]:
        """The overlays that are applied."""
        return self._overlays

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook behind the calculator."""
        return self._rulebook

    @property
    def linked(self) -> Linked:
        """The rulebook under the overlays: of each rule and parameter the one that counts."""
        return self._rulebook.linked(self._overlays)

    @overload
    def assess(self, household: Household | Mapping[str, Any], on: date) -> Assessment: ...
    @overload
    def assess(
        self, household: Household | Mapping[str, Any], on: date, *, readings: Literal["all"]
    ) -> Readings: ...
    def assess(
        self,
        household: Household | Mapping[str, Any],
        on: date,
        *,
        readings: Literal["all"] | None = None,
    ) -> Assessment | Readings:
        """Assess *household* as of *on*.

        Args:
            household: a :class:`Household`, or a mapping of the same shape.
            on: the assessment date; it decides the standard, ages and rules in force.
            readings: ``"all"`` assesses it under every combination of readings, and tells whether they agree and on
                which the result turns.

        Raises:
            HouseholdError: the household is refused; ``faults`` tells everything that is wrong with it.
            RequestError: the date is not modelled, or an overlay is not in force on it.

        """
        if readings is not None:
            if readings != "all":
                raise RequestError("BAD_READINGS", value=repr(readings)[:60])
            from hongqiao_rules.questions.readings import every_reading

            return every_reading(self, household, on)
        day = self._day(on)
        return self._come_to(self._facts.checked(household, day), on, day)

    def assess_json(self, text: str | bytes, on: date) -> Assessment:
        """Assess the household of a JSON text as of *on*; errors as for :meth:`assess`."""
        day = self._day(on)
        text = readable(text)
        checked = self._facts.at_first_sight(parse_at_first_sight(text), day)
        if checked is not None and no_key_repeated(text, checked.text):
            return self._come_to(checked, on, day)
        return self.assess_plain(parse(text), on)

    def assess_plain(self, value: Any, on: date) -> Assessment:
        """Assess values as they came out of a JSON text, whatever they are; errors as for :meth:`assess`."""
        day = self._day(on)
        return self._come_to(self._facts.checked(value, day), on, day)

    def check_date(self, on: date) -> None:
        """Refuse a date that :meth:`assess` would refuse.

        Raises:
            RequestError: the date is not modelled, or an overlay is not in force on it.
        """
        self._day(on)

    def _day(self, on: date) -> int:
        if not isinstance(on, date) or isinstance(on, datetime):
            raise RequestError("BAD_ASSESSMENT_DATE", value=repr(on)[:60])
        day = ordinal(on)
        self._rulebook.check_day(day, self._overlays)
        return day

    def compiled(self, day: int) -> Compiled:
        """The rules of *day* (yyyymmdd) with their engine, compiled once for all days between two changes."""
        found = self._latest
        if found is None or not found.dated.start <= day <= found.dated.end:
            dated = self._rulebook.dated(day, self._readings, self._overlays)
            self._latest = found = compiled(dated, self._overlays, self._rulebook, bundled_rulebook().fields)
        return found

    def open_case(
        self,
        household: str | None = None,
        *,
        record: Record | Path | str | None = None,
        inference: bool | None = None,
    ) -> Case:
        """Open a living case: events are recorded in it, and its decision follows them.

        Args:
            household: the id of the household; ``None`` takes the id that an existing record names.
            record: where its events are kept: a file of lines, or any :class:`~hongqiao_rules.cases.record.Record`;
                ``None`` keeps them in memory.
            inference: whether conclusions are kept by durable-rules as facts change, or worked out anew by the direct
                engine; ``None`` takes durable-rules where it is installed. The answers are the same.

        Raises:
            RecordError: the record is damaged, in use, or of another case.
            RequestError: durable-rules is asked for and not installed.

        """
        from hongqiao_rules.cases.case import open_case

        return open_case(self, household, record, inference)

    def _assess(
        self, household: Household, on: date, day: int, engine: Callable[[Facts, int], Run] | None = None
    ) -> Assessment:
        return self._come_to(self._facts.of(household, day), on, day, engine)

    def _come_to(
        self, checked: Checked, on: date, day: int, engine: Callable[[Facts, int], Run] | None = None
    ) -> Assessment:
        compiled = self.compiled(day)
        return Assessment.of(
            Basis(compiled, (engine or compiled.engine.run)(checked.facts, day), checked, on)
        )
