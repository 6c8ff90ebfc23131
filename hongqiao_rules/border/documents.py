"""The shape of an assessment in JSON, as a model: for its schema, and for whoever reads one back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Amount = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]{2}$", description="Yuan with two places")]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LineDocument(_Document):
    """One amount: a deduction or a benefit."""

    rule: str
    member: str | None
    amount: Amount


class EntryDocument(_Document):
    """An entry without an amount: in a register, for a service, or a referral."""

    rule: str
    member: str | None


class NoticeDocument(_Document):
    """Something that has to be known about the result."""

    code: str
    message: str
    rule: str | None


class CiteDocument(_Document):
    """A place in a document."""

    source: str
    title: str
    place: str
    words: str | None
    copy_quality: Literal["official", "repost", "copy", "degraded"]


class ParameterDocument(_Document):
    """A figure that a rule used, with its sources and how well it is known."""

    parameter: str
    value: Any
    from_: Annotated[str, Field(alias="from")]
    basis: str
    start_basis: str
    confidence: str
    cites: list[CiteDocument]


class CitationDocument(_Document):
    """A rule behind a figure, with its sources and parameters."""

    rule: str
    title: dict[Literal["zh", "en"], str]
    basis: str
    confidence: str
    cites: list[CiteDocument]
    parameters: list[ParameterDocument]


class TraceDocument(_Document):
    """What one rule came to for one member, or for the household."""

    rule: str
    member: str | None
    applied: bool
    value: Any
    failed: str | None
    looked_at: dict[str, Any]


class AssessmentDocument(_Document):
    """An assessment. Amounts are yuan a month, as text with two places."""

    household: str
    on: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    programme: Literal["dibao", "low_income", "none"]
    counted_members: int
    standard: Amount
    income: Amount
    deductions: list[LineDocument]
    countable_income: Amount
    per_capita_income: Amount
    benefits: list[LineDocument]
    monthly_total: Amount
    complete: bool
    readings: dict[str, str]
    overlays: list[str]
    notices: list[NoticeDocument]
    assumed: list[str]
    policy_version: str
    receipt: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]
    registers: list[EntryDocument]
    services: list[EntryDocument]
    referrals: list[EntryDocument]
    citations: list[CitationDocument] | None = None
    trace: list[TraceDocument] | None = None
