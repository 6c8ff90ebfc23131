"""Definitions of a rulebook: frozen values, not yet linked or dated. Dates are integers, yyyymmdd.

They are named tuples because Python makes those classes several times faster than frozen dataclasses, and making its
classes is most of what it takes to have the rulebook ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from hongqiao_rules.errors import catalogue
from hongqiao_rules.language.nodes import Type

Path = tuple[str | int, ...]
"""The way to a value inside a policy file: keys and positions."""
FOREVER = 99_999_999
"""The day after every other: an end that is open. It is never shown."""


class Origin(NamedTuple):
    """The place of a definition: a file, and the path inside it."""

    file: str
    path: Path = ()

    def __truediv__(self, step: str | int) -> Origin:
        return Origin(self.file, (*self.path, step))


class Bilingual(NamedTuple):
    """One text in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """Return the text in *lang*, or in Chinese where the rulebook has it in no such language.

        Raises:
            RequestError: UNKNOWN_LANGUAGE; there is no such language.
        """
        return {"en": self.en}.get(catalogue(lang).lang, self.zh)


class Source(NamedTuple):
    """A document that is cited; ``copy_quality`` says how good the copy is that was read."""

    id: str
    title: Bilingual
    issuer: str
    number: str | None
    dated: str | None
    seen: str
    copy_quality: str
    note: Bilingual | None
    origin: Origin


class Citation(NamedTuple):
    """A place in a document; ``words`` are copied from it character by character.

    ``start`` and ``end`` bound the days on which it is cited, so that no decision rests on a document that is no longer
    in force or not yet.
    """

    source: str
    place: str
    words: str | None
    start: int
    end: int
    origin: Origin

    def on(self, day: int) -> bool:
        """Whether it is cited on a day."""
        return self.start <= day <= self.end


class FieldDefinition(NamedTuple):
    """One field of a record."""

    name: str
    title: Bilingual
    type: Type
    least: int
    most: int


class FactDefinition(NamedTuple):
    """Something to know of an entity. ``least`` and ``most`` bound its value, or the length of a list."""

    entity: str
    name: str
    title: Bilingual
    type: Type
    least: int
    most: int
    required: bool
    default: Any
    when_absent: Bilingual | None
    assumed_as: Bilingual | None
    changeable: bool
    intrusive: bool
    needs_paper: bool
    fields: Mapping[str, FieldDefinition]
    inverse: str | None
    origin: Origin


class Contents(NamedTuple):
    """The entities that an entity is made of: which, by what name, how many."""

    entity: str
    named: str
    least: int
    most: int


class Entity(NamedTuple):
    """A kind of thing that rules are about."""

    name: str
    title: Bilingual
    contains: Contents | None
    facts: Mapping[str, FactDefinition]
    origin: Origin


class CodeList(NamedTuple):
    """A closed list of codes with their titles."""

    id: str
    title: Bilingual
    values: Mapping[str, Bilingual]
    origin: Origin


class ParameterValue(NamedTuple):
    """A value, the period it holds for (``end`` included), and how well both are known."""

    start: int
    end: int
    value: Any
    basis: str
    confidence: str
    start_basis: str | None
    note: Bilingual | None
    citations: tuple[Citation, ...]
    origin: Origin


class Parameter(NamedTuple):
    """A figure (fen), a count, a share (a ``Fraction``) or a set of codes, by date."""

    id: str
    name: str
    title: Bilingual
    type: Type
    limitations: tuple[Bilingual, ...]
    values: tuple[ParameterValue, ...]
    origin: Origin

    def on(self, day: int) -> ParameterValue | None:
        """The value that holds on *day*, if there is one."""
        return next((value for value in self.values if value.start <= day <= value.end), None)


class Rounding(NamedTuple):
    """A rounding step: to a multiple of ``step`` (fen, or ones), which ``way``, on whose word."""

    step: int
    way: str
    because: Bilingual
    to: str = "whole"


class Version(NamedTuple):
    """A version of a rule, as text: its content in a period and under choices of readings."""

    start: int
    end: int
    under: Mapping[str, tuple[str, ...]]
    about: str
    when: tuple[str, ...]
    value: str
    rounding: Rounding | None
    when_origins: tuple[Origin, ...]
    value_origin: Origin
    about_origin: Origin
    origin: Origin


class Choice(NamedTuple):
    """One way to read a text, and what speaks for it."""

    title: Bilingual
    argument: Bilingual


class ReadingDefinition(NamedTuple):
    """A question that a text leaves open. The first choice is the default."""

    id: str
    title: Bilingual
    order: int
    choices: Mapping[str, Choice]
    rule: str
    origin: Origin

    @property
    def default(self) -> str:
        """The choice that holds where none is named."""
        return next(iter(self.choices))


class Example(NamedTuple):
    """A worked case, run as a test."""

    title: Bilingual
    on: int
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    origin: Origin


class Rule(NamedTuple):
    """One rule: what it concludes, in which versions, and what it rests on.

    ``due`` is the day on which what a target asks for has to hold, ``threshold_of`` the figure that a threshold is for.
    """

    id: str
    title: Bilingual
    concludes: str
    list: str | None
    order: int
    overrides: tuple[str, ...]
    versions: tuple[Version, ...]
    basis: str
    confidence: str
    citations: tuple[Citation, ...]
    limitations: tuple[Bilingual, ...]
    readings: Mapping[str, ReadingDefinition]
    examples: tuple[Example, ...]
    overlay: str | None
    due: int | None
    threshold_of: str | None
    origin: Origin


class NoticeDefinition(NamedTuple):
    """A sentence that goes with an assessment when its condition holds."""

    code: str
    message: Bilingual
    start: int
    end: int
    unless_overlay: str | None
    when: str | None
    rule: str | None
    overlay: str | None
    origin: Origin


class Overlay(NamedTuple):
    """A named amendment. ``complete`` is false where part of its text could not be read."""

    id: str
    title: Bilingual
    start: int
    end: int
    complete: bool
    citations: tuple[Citation, ...]
    limitations: tuple[Bilingual, ...]
    origin: Origin


class PropertyException(NamedTuple):
    """A known exception of a property: ``where`` holds for one household; ``before`` and ``after`` for two."""

    title: Bilingual
    where: str | None
    before: str | None
    after: str | None
    origin: Origin


class Property(NamedTuple):
    """A property of every household.

    ``form`` is the key that says what is claimed, ``claims`` what stands there: expressions, or names. ``rises`` is the
    fact that is more in the second of two households, ``within`` what is the same in both, ``of`` the facts that a
    result is independent of.
    """

    id: str
    title: Bilingual
    form: str
    claims: tuple[str, ...]
    rises: str | None
    within: tuple[str, ...]
    of: tuple[str, ...]
    exceptions: tuple[PropertyException, ...]
    basis: str
    citations: tuple[Citation, ...]
    limitations: tuple[Bilingual, ...]
    overlay: str | None
    origin: Origin


class Result(NamedTuple):
    """The fields of an assessment that say what a household gets; see the ``result`` of a rulebook file."""

    outcome: str
    pays: str
    total: str
    delay: str | None
    decisive: tuple[str, ...]
    compared: tuple[str, ...]


class Head(NamedTuple):
    """The head of a rulebook: its subject, its period, and what an assessment shows.

    ``totals`` gives the figure that adds up a list, by the name of the list; ``assessment`` the figures and lists of an
    assessment in their order, followed by the lists that it does not name; ``for_display`` the figures that no rule reads.

    ``entries`` gives the type of the entries of each list: ``money`` or ``number``, shown where they are not zero, or
    ``truth``, shown where it holds.
    """

    id: str
    title: Bilingual
    version: str
    root: str
    modelled_from: int
    not_modelled: Bilingual
    checked_to: int
    checked_notice: Bilingual
    figures: tuple[str, ...]
    lists: Mapping[str, Bilingual]
    entries: Mapping[str, str]
    totals: Mapping[str, str]
    assessment: tuple[str, ...]
    for_display: tuple[str, ...]
    result: Result | None
    origin: Origin


class Definitions:
    """All that the files of a rulebook define, by id. Overlays keep their rules and parameters apart."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.codes: dict[str, CodeList] = {}
        self.inputs: list[Any] = []
        """The declared input checks and defaults, a file each; their classes stand above, in ``input_checks``."""
        self.parameters: dict[tuple[str | None, str], Parameter] = {}
        self.rules: dict[tuple[str | None, str], Rule] = {}
        self.notices: dict[tuple[str | None, str], NoticeDefinition] = {}
        self.overlays: dict[str, Overlay] = {}
        self.properties: dict[tuple[str | None, str], Property] = {}

    @property
    def readings(self) -> dict[str, ReadingDefinition]:
        """Every reading by its id, in their declared order."""
        found = [reading for rule in self.rules.values() for reading in rule.readings.values()]
        return {reading.id: reading for reading in sorted(found, key=lambda r: (r.order, r.id))}


def iso(day: int) -> str:
    """A date as ``YYYY-MM-DD``."""
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def ordinal(day: date) -> int:
    """A date as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def calendar(value: int) -> date:
    """A date from yyyymmdd."""
    return date(value // 10000, value // 100 % 100, value % 100)


def next_day(value: int) -> int:
    """The day after yyyymmdd; after the last that there is, :data:`FOREVER`."""
    return FOREVER if value >= 9999_12_31 else ordinal(calendar(value) + timedelta(days=1))


def previous_day(value: int) -> int:
    """The day before yyyymmdd."""
    return ordinal(calendar(value) - timedelta(days=1))
