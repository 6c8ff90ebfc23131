"""JSON Schemas of households, assessments, districts, rulebooks and policy files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.load import Rulebook

NAMES = ("household", "assessment", "district", "rulebook", "policy")
"""The names of the schemas."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str, rulebook: Rulebook | None = None) -> str:
    """Return the JSON Schema of one of :data:`NAMES` as text; ``policy`` is that of all kinds of policy files.

    ``household`` is the root of *rulebook*, by default of the bundled one, and ``assessment`` what it answers.
    """
    if name == "household":
        from hongqiao_rules.household.declared_models import model_of
        from hongqiao_rules.rulebook.load import bundled_rulebook

        model = model_of(rulebook or bundled_rulebook())
        return _text(_without_null(model.model_json_schema(mode="validation")))
    if name == "assessment":
        from hongqiao_rules.decision.assessment_document import assessment_document
        from hongqiao_rules.rulebook.load import bundled_rulebook

        document = assessment_document((rulebook or bundled_rulebook()).fields)
        return _text(document.model_json_schema(mode="serialization"))
    if name == "district":
        from hongqiao_rules.plan.bundled_standards import bundled_standards
        from hongqiao_rules.plan.district_reader import Border

        return _text(_without_null(Border(bundled_standards().definitions).schema()))
    if name == "rulebook":
        from hongqiao_rules.rulebook.export.rulebook_json_schema import document_schema

        return _text(document_schema())
    if name == "policy":
        from pydantic.json_schema import models_json_schema

        from hongqiao_rules.rulebook.file_models import KINDS

        wanted = [(model, "validation") for model in KINDS.values()]
        refs, parts = models_json_schema(wanted, by_alias=True)  # type: ignore[arg-type]  # the mode is one of two
        return _text({"oneOf": list(refs.values()), **parts})
    raise ValueError(f"there is no schema {name!r}; there is one of each of {', '.join(NAMES)}")


def policy_schemas() -> dict[str, str]:
    """Return the JSON Schema of each kind of policy file, as text, by the first key of such a file."""
    from hongqiao_rules.plan.coverage_models import KINDS as COVERAGE_KINDS
    from hongqiao_rules.rulebook.file_models import KINDS

    kinds = {**KINDS, **COVERAGE_KINDS}
    return {kind: _text(model.model_json_schema(by_alias=True)) for kind, model in kinds.items()}


def _text(schema: dict[str, Any]) -> str:
    return json.dumps({"$schema": _DIALECT, **schema}, ensure_ascii=False, indent=1) + "\n"


def _without_null(schema: Any) -> Any:
    """Return the schema without null: a field may be absent, but is never null."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema if item != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _without_null(value) for key, value in schema.items() if not (key == "default" and value is None)
    }
    if len(kept.get("anyOf", ())) == 1:
        kept |= kept.pop("anyOf")[0]
    return kept
