"""The pydantic model of an assessment as JSON, from which its JSON Schema is made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from hongqiao_rules.rulebook.shown_fields import Field as Shown
from hongqiao_rules.rulebook.shown_fields import Fields

Amount = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="Yuan with two places")]
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class LineDocument(_Document):
    """One amount of a list."""

    rule: str
    member: str | None
    amount: Amount


class CountDocument(_Document):
    """One count of a list."""

    rule: str
    member: str | None
    amount: int


class EntryDocument(_Document):
    """An entry without an amount: in a register, for a service, or a referral."""

    rule: str
    member: str | None


class NoticeDocument(_Document):
    """A remark about the result."""

    code: str
    message: str
    rule: str | None


class CiteDocument(_Document):
    """A cited place in a source document, with its quoted words and the quality of the copy that was read."""

    source: str
    title: str
    place: str
    words: str | None
    copy_quality: Literal["official", "repost", "copy", "degraded"]


class ParameterDocument(_Document):
    """A parameter that a rule used, with its sources and the grade of its evidence."""

    parameter: str
    value: Any
    from_: Annotated[str, Field(alias="from")]
    basis: str
    start_basis: str
    confidence: str
    cites: list[CiteDocument]


class CitationDocument(_Document):
    """A rule behind a figure or line, with its sources and parameters."""

    rule: str
    title: dict[Literal["zh", "en"], str]
    basis: str
    confidence: str
    cites: list[CiteDocument]
    parameters: list[ParameterDocument]


class TraceDocument(_Document):
    """The result of one rule for one member, or for the household."""

    rule: str
    member: str | None
    applied: bool
    value: Any
    failed: str | None
    looked_at: dict[str, Any]


def assessment_document(shown: Fields) -> type[BaseModel]:
    """The model of an assessment as JSON with the fields *shown*."""
    fields: dict[str, Any] = {
        shown.root: str,
        "on": Annotated[str, Field(pattern=_DAY)],
        **{field.name: _type(field) for field in shown.ordered},
        "complete": bool,
        "readings": dict[str, str],
        "overlays": list[str],
        "notices": list[NoticeDocument],
        "assumed": list[str],
        "policy_version": str,
        "receipt": Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")],
        **{field.name: _type(field) for field in shown.others},
        "citations": (list[CitationDocument] | None, None),
        "trace": (list[TraceDocument] | None, None),
    }
    made: dict[str, Any] = {
        name: kind if isinstance(kind, tuple) else (kind, ...) for name, kind in fields.items()
    }
    words = "An assessment. Amounts are yuan a month, as text with two places."
    model: type[BaseModel] = create_model("AssessmentDocument", __base__=_Document, __doc__=words, **made)
    return model


def _type(field: Shown) -> Any:
    kind = field.type.kind
    if field.listed:
        return {"truth": list[EntryDocument], "number": list[CountDocument]}.get(kind, list[LineDocument])
    if field.codes:
        return Literal[field.codes]
    return {"number": int, "truth": bool, "date": Annotated[str, Field(pattern=_DAY)]}.get(kind, Amount)
