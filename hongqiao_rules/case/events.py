"""Events of a case: a fact is stated, corrected, withdrawn, or lapses.

A fact holds from the day ``since`` to the day ``until``, both included; no ``until`` means no known end. ``known`` is
the day on which an event became known. A correction is an event of its own and erases nothing, so that every past
state of knowledge can be reconstructed. An event as JSON: ``{"event": "stated", "known": "2019-04-20", "since":
"2019-04-01", "fact": {"type": "income", "member": "mother", "kind": "wages", "monthly": "2700.00"}}``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hongqiao_rules.errors import EventError, Fault, nearest
from hongqiao_rules.household import models as stated
from hongqiao_rules.household.fields import Day, FrozenModel, Grade, Money, NotNull, Text, found
from hongqiao_rules.household.json_text import pointer, with_good_keys
from hongqiao_rules.household.reader import Loc, fault

# --- facts --------------------------------------------------------------------------------------------------------


class Joins(FrozenModel):
    """A person is a member of the household; the fact ends when the person leaves."""

    type: Literal["joins"] = "joins"
    member: Text
    relationship: stated.Relationship
    birth_date: Day
    parent: Annotated[Text | None, NotNull] = None


class Income(FrozenModel):
    """A member has an income in the months of the fact."""

    type: Literal["income"] = "income"
    member: Text
    kind: stated.IncomeKind
    monthly: Money
    """Yuan a month."""


class Illness(FrozenModel):
    """A member has an illness."""

    type: Literal["illness"] = "illness"
    member: Text
    illness: stated.Illness


class Disability(FrozenModel):
    """A member has a disability."""

    type: Literal["disability"] = "disability"
    member: Text
    kind: stated.DisabilityKind
    grade: Grade


class NoneOf(FrozenModel):
    """A member stated that there is none; an income that was never asked for is not an income of zero."""

    type: Literal["none_of"] = "none_of"
    member: Text
    field: Literal["incomes", "illnesses", "disabilities"]


class Schooling(FrozenModel):
    """The schooling of a member."""

    type: Literal["schooling"] = "schooling"
    member: Text
    schooling: stated.Schooling


class Guardianship(FrozenModel):
    """States whether a member is an orphan or without support."""

    type: Literal["guardianship"] = "guardianship"
    member: Text
    guardianship: stated.Guardianship


class Marriage(FrozenModel):
    """The marital status of a member."""

    type: Literal["marriage"] = "marriage"
    member: Text
    marital_status: stated.MaritalStatus


class Absence(FrozenModel):
    """The absence of a member that excludes them from the count, or their return."""

    type: Literal["absence"] = "absence"
    member: Text
    absence: stated.Absence


class SelfCare(FrozenModel):
    """The degree of self-care of a member."""

    type: Literal["self_care"] = "self_care"
    member: Text
    self_care: stated.SelfCare


class Living(FrozenModel):
    """The living arrangement of a member."""

    type: Literal["living"] = "living"
    member: Text
    living_arrangement: stated.LivingArrangement


class Destitution(FrozenModel):
    """The destitution support of a member, or none."""

    type: Literal["destitution"] = "destitution"
    member: Text
    destitute_support: stated.DestituteSupport


class Admission(FrozenModel):
    """States whether a member leaves school and is admitted to university this year."""

    type: Literal["admission"] = "admission"
    member: Text
    university_admission: stated.UniversityAdmission


class Death(FrozenModel):
    """The death of a member, who is no longer a member from that day on; it has no end."""

    type: Literal["death"] = "death"
    member: Text


class Circumstance(FrozenModel):
    """States whether a fact about the whole household holds."""

    type: Literal["circumstance"] = "circumstance"
    circumstance: Literal["receives_family_planning_support", "childless", "hardship_recognized"]
    holds: bool = True


Fact = Annotated[
    Joins | Income | Illness | Disability | NoneOf | Schooling | Guardianship | Marriage | Absence | SelfCare
    | Living | Destitution | Admission | Death | Circumstance,
    Field(discriminator="type"),
]  # fmt: skip
"""The facts that an event can state."""

# --- events -------------------------------------------------------------------------------------------------------


class Stated(FrozenModel):
    """A fact became known."""

    event: Literal["stated"] = "stated"
    known: Day
    since: Day
    until: Annotated[Day | None, NotNull] = None
    fact: Fact


class Corrected(FrozenModel):
    """Replaces the statement of event ``of``, which was wrong from the beginning."""

    event: Literal["corrected"] = "corrected"
    known: Day
    of: int
    since: Day
    until: Annotated[Day | None, NotNull] = None
    fact: Fact


class Withdrawn(FrozenModel):
    """Declares that the statement of event ``of`` was never true."""

    event: Literal["withdrawn"] = "withdrawn"
    known: Day
    of: int


class Lapsed(FrozenModel):
    """Ends the statement of event ``of``: ``until`` is its last day."""

    event: Literal["lapsed"] = "lapsed"
    known: Day
    of: int
    until: Day


Event = Annotated[Stated | Corrected | Withdrawn | Lapsed, Field(discriminator="event")]
"""The events of a case."""

AnyEvent = Stated | Corrected | Withdrawn | Lapsed
EVENTS: TypeAdapter[AnyEvent] = TypeAdapter(Event)

FACTS: tuple[type[FrozenModel], ...] = (
    Joins, Income, Illness, Disability, NoneOf, Schooling, Guardianship, Marriage, Absence, SelfCare, Living,
    Destitution, Admission, Death, Circumstance,
)  # fmt: skip


_MODELS: Mapping[tuple[str, ...], type[FrozenModel]] = {
    (model.model_fields["event"].default,): model for model in (Stated, Corrected, Withdrawn, Lapsed)
} | {
    (event, "fact", fact.model_fields["type"].default): fact
    for event in ("stated", "corrected")
    for fact in FACTS
}


def read_event(value: Any) -> AnyEvent:
    """Parse an event from plain values; an event object is returned unchanged.

    Raises:
        EventError: the event is invalid; it lists every fault.
    """
    if isinstance(value, Stated | Corrected | Withdrawn | Lapsed):
        return value
    try:
        return EVENTS.validate_python(value)
    except ValidationError as error:
        faults: list[Fault] = []
        with_good_keys(value, faults)
        raise EventError(faults or map(_fault, error.errors(include_url=False))) from None


def _fault(detail: ErrorDetails) -> Fault:
    context = detail.get("ctx") or {}
    path = pointer(_without_tags(detail["loc"]))
    tag = str(context.get("discriminator", "")).strip("'")
    if detail["type"] == "union_tag_invalid":
        known = [word.strip("' ") for word in str(context["expected_tags"]).split(",")]
        given = str(context["tag"])
        return Fault(
            "UNKNOWN_KIND", f"{path}/{tag}", value=given[:60], known=tuple(known), meant=nearest(given, known)
        )
    if detail["type"] == "union_tag_not_found":
        return Fault("MISSING_FIELD", f"{path}/{tag}", name=tag)
    if detail["type"] == "int_type":
        return Fault("NOT_A_NUMBER", path, found=found(detail.get("input")))
    return fault(detail, _MODELS, _without_tags)


def _without_tags(loc: Loc) -> Loc:
    """The path of a fault without the union tags that pydantic inserts."""
    inner = loc[1:]
    return inner if len(inner) < 2 or inner[0] != "fact" else (inner[0], *inner[2:])


def to_json(event: AnyEvent) -> str:
    """An event as one line of JSON."""
    return event.model_dump_json(exclude_none=True)
