"""Definitions of a rulebook: frozen values, not yet linked or dated. Dates are integers, yyyymmdd.

They are named tuples because Python creates these classes several times faster than frozen dataclasses, and creating
classes takes most of the time that a rulebook needs to load.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from hongqiao_rules.language.nodes import Type
from hongqiao_rules.rulebook.bilingual import Bilingual

Path = tuple[str | int, ...]
"""The path to a value in a policy file: keys and indices."""
FOREVER = 99_999_999
"""An open end: later than every day. It is never shown."""


class Origin(NamedTuple):
    """The place of a definition: a file, and the path in it."""

    file: str
    path: Path = ()

    def __truediv__(self, step: str | int) -> Origin:
        return Origin(self.file, (*self.path, step))


class Source(NamedTuple):
    """A cited document; ``copy_quality`` is the quality of the copy that was read."""

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
    """A place in a document; ``words`` is a literal quotation.

    ``start`` and ``end`` are the first and last day on which it is cited, so that no decision cites a document that is not
    in force.
    """

    source: str
    place: str
    words: str | None
    start: int
    end: int
    origin: Origin

    def on(self, day: int) -> bool:
        """True if it is cited on *day* (yyyymmdd)."""
        return self.start <= day <= self.end


class FieldDefinition(NamedTuple):
    """A field of a record; ``least`` and ``most`` bound its value (fen, or ones)."""

    name: str
    title: Bilingual
    type: Type
    least: int
    most: int


class FactDefinition(NamedTuple):
    """A property of an entity that is stated in the input. ``least`` and ``most`` bound its value or its length."""

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
    """The entities that an entity contains: their kind, their plural name, their least and greatest number."""

    entity: str
    named: str
    least: int
    most: int


class Entity(NamedTuple):
    """A kind of thing that rules are about, with its facts by name."""

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
    """A value of a parameter, its first and last day, and how well both are known."""

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
    """An amount (fen), a number, a share (a ``Fraction``) or a set of codes, by date."""

    id: str
    name: str
    title: Bilingual
    type: Type
    limitations: tuple[Bilingual, ...]
    values: tuple[ParameterValue, ...]
    origin: Origin

    def on(self, day: int) -> ParameterValue | None:
        """The value in force on *day* (yyyymmdd), or ``None``."""
        return next((value for value in self.values if value.start <= day <= value.end), None)


class Rounding(NamedTuple):
    """A rounding to a multiple of ``step`` (fen, or ones) in the direction ``way``, and the reason for it."""

    step: int
    way: str
    because: Bilingual
    to: str = "whole"
    multiple: int = 1


class Version(NamedTuple):
    """A version of a rule, as text: its content in a period under choices of readings."""

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
    """One choice of a reading, and the argument for it."""

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
        """The choice that is in force if a caller names none."""
        return next(iter(self.choices))


class Example(NamedTuple):
    """A worked example of a rule; ``check`` runs it as a test."""

    title: Bilingual
    on: int
    readings: Mapping[str, str]
    overlays: tuple[str, ...]
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    origin: Origin


class Rule(NamedTuple):
    """A rule: the name that it concludes, its versions, and its citations.

    ``due`` is the deadline of a target; ``threshold_of`` is the figure whose threshold the rule gives.
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
    """A sentence that an assessment shows if the condition holds."""

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
    """A named amendment. ``complete`` is False if part of its source text could not be read."""

    id: str
    title: Bilingual
    start: int
    end: int
    complete: bool
    citations: tuple[Citation, ...]
    limitations: tuple[Bilingual, ...]
    origin: Origin


class PropertyException(NamedTuple):
    """A known exception of a property: ``where`` for one household, ``before`` and ``after`` for two."""

    title: Bilingual
    where: str | None
    before: str | None
    after: str | None
    origin: Origin


class Property(NamedTuple):
    """A claim about every household.

    Attributes:
        form: the kind of claim, a key of the file such as ``always``.
        claims: the expressions, or the names, under that key.
        rises: the fact that is greater in the second of two households.
        within: the expressions that have the same value in both households.
        of: the facts that the results do not depend on.
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
    """The roles of figures and lists of an assessment; :class:`hongqiao_rules.rulebook.file_models.Result` describes them."""

    outcome: str
    pays: str
    total: str
    delay: str | None
    decisive: tuple[str, ...]
    compared: tuple[str, ...]


class Head(NamedTuple):
    """The head of a rulebook: its root entity, its period, and the figures and lists of an assessment.

    Attributes:
        entries: the type of the entries by list: ``money`` or ``number`` (shown if not zero), or ``truth`` (shown if true).
        totals: the figure that is the sum of a list, by list.
        assessment: the figures and lists of an assessment, in order; lists that it omits follow.
        for_display: the figures that no rule may read.
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


def iso(day: int) -> str:
    """A yyyymmdd date as ``YYYY-MM-DD``."""
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def ordinal(day: date) -> int:
    """A date as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def calendar(value: int) -> date:
    """A yyyymmdd date as ``datetime.date``."""
    return date(value // 10000, value // 100 % 100, value % 100)


def next_day(value: int) -> int:
    """The day after a yyyymmdd date; :data:`FOREVER` after 9999-12-31."""
    return FOREVER if value >= 9999_12_31 else ordinal(calendar(value) + timedelta(days=1))


def previous_day(value: int) -> int:
    """The day before a yyyymmdd date."""
    return ordinal(calendar(value) - timedelta(days=1))
