"""Pydantic models of the coverage files, for checks and editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from hongqiao_rules.rulebook.file_fields import Identifier, Text
from hongqiao_rules.rulebook.file_models import Bilingual, FileModel

Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]
Whole = Annotated[int, Field(ge=1)]


class SentenceEntry(FileModel):
    """One sentence: its first words, its digest, and exactly one of the three kinds of coverage."""

    begins: Text
    digest: Digest
    modelled: list[Identifier] | None = Field(
        default=None, description="The rules that model it, of any rulebook"
    )
    not_computable: Identifier | None = Field(
        default=None, description="The reason for which nothing can be computed"
    )
    descriptive: Literal["heading", "account", "context"] | None = Field(
        default=None, description="A heading, an account of what was done, or what the plan starts from"
    )


class ParagraphEntry(FileModel):
    """One paragraph, by its number in the document."""

    number: Whole
    sentences: Annotated[list[SentenceEntry], Field(min_length=1)]


class CoverageFile(FileModel):
    """The sentences of one part of a document."""

    coverage: Identifier
    part: Whole
    title: Bilingual
    paragraphs: Annotated[list[ParagraphEntry], Field(min_length=1)]


class ReasonsFile(FileModel):
    """The reasons why sentences are not computable, by id."""

    reasons: Annotated[dict[Identifier, Bilingual], Field(min_length=1)]


KINDS: Mapping[str, type[BaseModel]] = {"coverage": CoverageFile, "reasons": ReasonsFile}
"""The kinds of file, by the key that each begins with."""
