"""Pydantic models of policy files, one for each kind.

They check the shape of each file; :mod:`hongqiao_rules.rulebook.link` checks the files together. Their JSON Schemas let an
editor complete policy files. This module is imported only when files have to be checked.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hongqiao_rules.language.nodes import Way
from hongqiao_rules.rulebook.file_fields import (
    Basis,
    Choices,
    Conditions,
    Confidence,
    Day,
    Expression,
    FactName,
    FactNames,
    Identifier,
    NoticeCode,
    Text,
)  # fmt: skip


class FileModel(BaseModel):
    """Base of the models of policy files: frozen, strict, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bilingual(FileModel):
    """A text in Chinese and in English."""

    zh: Text
    en: Text


class Citation(FileModel):
    """A place in a document, its operative words, and the first and last day for which it is cited, if not always."""

    source: Identifier
    place: Text
    words: Text | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None


class Source(FileModel):
    """A cited document."""

    id: Identifier
    title: Text
    english: Text
    issuer: Text
    number: Text | None = None
    dated: Text | None = None
    seen: Text
    copy_quality: Literal["official", "repost", "copy", "degraded"]
    note: Bilingual | None = None


class SourcesFile(FileModel):
    """All cited documents."""

    sources: list[Source]


class Contains(FileModel):
    """The entities that this entity contains: their kind, their plural name, and their least and greatest number."""

    entity: FactName
    named: FactName
    least: Annotated[int, Field(ge=0)]
    most: Annotated[int, Field(ge=1)]


class FieldOfRecord(FileModel):
    """One field of a record, such as the kind or the amount of an income."""

    title: Bilingual
    type: Literal["money", "number", "code"]
    unit: Text | None = None
    codes: Identifier | None = None
    least: int | None = None
    most: int | None = None


class Fact(FileModel):
    """A property of an entity that is stated in the input."""

    title: Bilingual
    type: Literal["text", "money", "number", "truth", "date", "code", "codes", "records", "reference"]
    unit: Text | None = None
    codes: Identifier | None = None
    fields: dict[FactName, FieldOfRecord] | None = None
    least: int | None = None
    most: int | None = None
    inverse: FactName | None = None
    required: bool = False
    default: Any = None
    when_absent: Bilingual | None = None
    assumed_as: Bilingual | None = None
    changeable: bool = False
    intrusive: bool = False
    needs_paper: bool = False


class EntityFile(FileModel):
    """A kind of thing that rules are about, and its facts."""

    entity: FactName
    title: Bilingual
    contains: Contains | None = None
    facts: dict[FactName, Fact]


class Figure(FileModel):
    """A number that the checks of a file use, and the reason for its value."""

    title: Bilingual
    value: Annotated[int, Field(ge=0)]
    unit: Text | None = None
    because: Bilingual


class DerivedDefault(FileModel):
    """A derived default for an absent field: a value or, for a reference, a condition that selects an entity."""

    when: Expression | None = None
    value: Expression | None = None
    names: Expression | None = None


class Check(FileModel):
    """An input check: the condition under which the input is refused, the field at fault, and the message."""

    for_: Annotated[Expression | None, Field(alias="for")] = None
    at: Text | None = None
    needs: FactName | None = None
    when: Expression | None = None
    at_most_one: Expression | None = None
    at_least_one: Expression | None = None
    message: Bilingual


class ChecksFile(FileModel):
    """The input checks and derived defaults of an entity, and the figures that they use."""

    checks: FactName
    figures: dict[FactName, Figure] = {}
    defaults: dict[FactName, DerivedDefault] = {}
    refused: dict[NoticeCode, Check] = {}


class CodesFile(FileModel):
    """A closed list of codes with their titles."""

    codes: Identifier
    title: Bilingual
    values: dict[FactName, Bilingual]


class ParameterValue(FileModel):
    """A value and the first and last day on which it is in force."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day | None = None
    value: Any
    basis: Basis = "attested"
    confidence: Confidence
    start_basis: Basis | None = None
    note: Bilingual | None = None
    cites: Annotated[list[Citation], Field(min_length=1)]


class ParameterFile(FileModel):
    """An amount, a number, a share or a list of codes, by date."""

    parameter: Identifier
    title: Bilingual
    type: Literal["money", "number", "share", "codes"]
    unit: Text | None = None
    codes: Identifier | None = None
    limitations: list[Bilingual] = []
    values: Annotated[list[ParameterValue], Field(min_length=1)]


class Rounding(FileModel):
    """Rounding of a result: the multiple, the direction, and the reason."""

    to: Literal["fen", "jiao", "yuan", "whole"]
    multiple: Annotated[int, Field(ge=1, le=1000000)] = 1
    way: Way
    because: Bilingual


class Version(FileModel):
    """A version of a rule: its content in a period or under choices of readings."""

    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    under: dict[Identifier, Choices] = {}
    about: FactName | None = None
    when: Conditions | None = None
    value: Expression | None = None
    rounding: Rounding | None = None


class Choice(FileModel):
    """One choice of a reading, and the argument for it."""

    title: Bilingual
    argument: Bilingual


class Reading(FileModel):
    """A question that a text leaves open; the first choice is the default. ``order`` sorts the readings of a rulebook."""

    title: Bilingual
    order: int = 0
    choices: Annotated[dict[Identifier, Choice], Field(min_length=2)]


class Example(FileModel):
    """A worked example: the input, and the values that the assessment must have."""

    title: Bilingual
    on: Day
    readings: dict[Identifier, Identifier] = {}
    overlays: list[Identifier] = []
    given: dict[str, Any]
    expect: Annotated[dict[str, Any], Field(min_length=1)]


class RuleFile(FileModel):
    """A rule: its conclusion, versions, citations, readings and examples."""

    rule: Identifier
    title: Bilingual
    concludes: Identifier | None = None
    list_: Annotated[FactName | None, Field(alias="list")] = None
    order: int | None = None
    threshold_of: FactName | None = None
    overrides: list[Identifier] = []
    due: Day | None = None
    about: FactName | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    when: Conditions | None = None
    value: Expression | None = None
    rounding: Rounding | None = None
    versions: Annotated[list[Version] | None, Field(min_length=1)] = None
    basis: Basis
    confidence: Confidence
    cites: list[Citation] = []
    limitations: list[Bilingual] = []
    readings: dict[Identifier, Reading] = {}
    examples: list[Example] = []


class NoticeFile(FileModel):
    """A sentence that an assessment shows if the condition holds."""

    notice: NoticeCode
    message: Bilingual
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    unless_overlay: Identifier | None = None
    when: Expression | None = None
    rule: Identifier | None = None


class OverlayFile(FileModel):
    """An overlay: the rules and parameters in its folder replace those of the same id."""

    overlay: Identifier
    title: Bilingual
    from_: Annotated[Day, Field(alias="from")]
    until: Day | None = None
    complete: bool
    cites: Annotated[list[Citation], Field(min_length=1)]
    limitations: list[Bilingual] = []


class When(FileModel):
    """The fact in which the two households of a property differ; it is greater in the second."""

    rises: FactName


class DeclaredException(FileModel):
    """A known exception of a property: ``where`` for one household, ``before`` and ``after`` for two."""

    title: Bilingual
    where: Expression | None = None
    before: Expression | None = None
    after: Expression | None = None


class PropertyFile(FileModel):
    """A property of every household, for ``check --prove`` to prove or refute."""

    property: Identifier
    title: Bilingual
    always: Expression | None = None
    exactly_one: Annotated[list[Expression] | None, Field(min_length=2)] = None
    never_negative: Annotated[list[FactName] | None, Field(min_length=1)] = None
    never_rises: Expression | None = None
    never_falls: Expression | None = None
    steps: Expression | None = None
    independent: Annotated[list[FactName] | None, Field(min_length=1)] = None
    reachable: Literal["rules"] | None = None
    when: When | None = None
    within: Conditions = []
    of: FactNames = []
    except_: Annotated[list[DeclaredException], Field(alias="except")] = []
    basis: Basis
    cites: list[Citation] = []
    limitations: list[Bilingual] = []


class ListOfEntries(FileModel):
    """A list of an assessment: its entries are amounts, numbers or truths; ``total`` is the figure that is their sum."""

    title: Bilingual
    entries: Literal["money", "number", "truth"] = "money"
    total: FactName | None = None


class Result(FileModel):
    """The roles of figures and lists of an assessment.

    ``outcome`` is a figure of codes; ``pays`` is the list of amounts that are paid, and its ``total`` is the amount for a month.
    ``delay`` is the figure with the months from a decision to its first payment. A decision changes with its outcome, its lists,
    its total and the figures of ``decisive``. A comparison names the figures and lists of ``compared`` as causes of a change.
    """

    outcome: FactName
    pays: FactName
    delay: FactName | None = None
    decisive: list[FactName] = []
    compared: list[FactName] = []


class RulebookFile(FileModel):
    """The rulebook itself: the root entity, the first modelled day, and the figures and lists of an assessment.

    ``assessment`` is the order of figures and lists in an assessment. A figure that it omits is not shown; a list that it
    omits comes last. Without ``assessment``, all figures come first, then all lists. No rule may read a figure of
    ``for_display``.
    """

    rulebook: Identifier
    title: Bilingual
    version: Text
    root: FactName
    modelled_from: Day
    not_modelled: Bilingual
    checked_to: Day
    checked_notice: Bilingual
    figures: list[FactName]
    lists: dict[FactName, ListOfEntries]
    assessment: Annotated[list[FactName] | None, Field(min_length=1)] = None
    for_display: list[FactName] = []
    result: Result | None = None


class TextsFile(FileModel):
    """The texts of a rulebook in a further language, by key; ``hongqiao-rules check`` lists those that are missing."""

    texts: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    translations: dict[Text, Text]


KINDS: dict[str, type[FileModel]] = {
    "rulebook": RulebookFile, "sources": SourcesFile, "entity": EntityFile, "checks": ChecksFile, "codes": CodesFile,
    "parameter": ParameterFile, "rule": RuleFile, "notice": NoticeFile, "overlay": OverlayFile, "property": PropertyFile,
    "texts": TextsFile,
}  # fmt: skip
"""The model of each kind of file, by the first key of the file."""
