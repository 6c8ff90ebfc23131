"""Assemble the trees of all policy files into one set of definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongqiao_rules.rulebook import build, build_entities, input_checks, translations
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import FOREVER, NoticeDefinition, Origin, next_day
from hongqiao_rules.rulebook.shown_fields import check as check_fields
from hongqiao_rules.rulebook.translations import Trees
from hongqiao_rules.text.catalogue import Phrase

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.faults import Faults

CHECKED = "LATER_THAN_CHECKED"
"""The code of the notice for an assessment dated after the day to which the rulebook was checked."""


def define(trees: Trees, faults: Faults) -> Definitions | None:
    """The definitions in *trees*; ``None`` unless there is exactly one rulebook file."""
    heads = [file for file, tree in trees.items() if "rulebook" in tree]
    if len(heads) != 1:
        for file in heads[1:]:
            faults("POLICY_DUPLICATE", Origin(file, ("rulebook",)), name="rulebook", first=heads[0])
        return None
    folders: dict[str, str] = {}
    heading: dict[str, str] = {}
    for file, tree in trees.items():
        if "overlay" in tree:
            folder = file.rpartition("/")[0]
            if folder in folders:
                name = Phrase("policy.overlay_of", folder=folder)
                faults("POLICY_DUPLICATE", Origin(file, ("overlay",)), name=name, first=heading[folder])
            folders[folder], heading[folder] = tree["overlay"], file

    def overlay_of(file: str) -> str | None:
        around = [folder for folder in folders if file.startswith(f"{folder}/")]
        return folders[max(around, key=len)] if around else None

    trees, untranslated = translations.merged(trees, overlay_of, faults)
    head = build.head(trees[heads[0]], Origin(heads[0]))
    check_fields(head, faults)
    definitions = Definitions(head)
    later = next_day(head.checked_to)
    checked = NoticeDefinition(
        CHECKED, head.checked_notice, later, FOREVER, None, None, None, None, head.origin
    )
    definitions.notices[None, CHECKED] = checked
    definitions.untranslated = untranslated
    for file, tree in trees.items():
        origin, overlay = Origin(file), overlay_of(file)
        match next(iter(tree)):
            case "sources":
                for source in build.sources(tree, origin):
                    _put(definitions.sources, source.id, source, source.origin / "id", faults)
            case "codes":
                codes = build.code_list(tree, origin)
                _put(definitions.codes, codes.id, codes, origin / "codes", faults)
            case "entity":
                entity = build_entities.entity(tree, origin, faults)
                _put(definitions.entities, entity.name, entity, origin / "entity", faults)
            case "checks":
                definitions.inputs.append(input_checks.build(tree, origin, faults))
            case "parameter":
                parameter = build.parameter(tree, origin, faults)
                _put(definitions.parameters, (overlay, parameter.id), parameter, origin / "parameter", faults)
            case "rule":
                rule = build.rule(tree, origin, overlay, head, faults)
                _put(definitions.rules, (overlay, rule.id), rule, origin / "rule", faults)
            case "notice":
                notice = build.notice(tree, origin, overlay, head.modelled_from, faults)
                _put(definitions.notices, (overlay, notice.code), notice, origin / "notice", faults)
            case "property":
                claim = build.property_(tree, origin, overlay, faults)
                _put(definitions.properties, (overlay, claim.id), claim, origin / "property", faults)
            case "overlay":
                amendment = build.overlay(tree, origin, faults)
                _put(definitions.overlays, amendment.id, amendment, origin / "overlay", faults)
    return definitions


def _put(table: dict[Any, Any], key: object, item: Any, origin: Origin, faults: Faults) -> None:
    if key in table:
        name = key[1] if isinstance(key, tuple) else key
        first: Origin = table[key].origin
        line, _ = faults.document(first.file).place(first.path)
        faults("POLICY_DUPLICATE", origin, name=name, first=f"{first.file}:{line}")
    else:
        table[key] = item
