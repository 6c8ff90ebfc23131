"""All definitions of a rulebook, by id."""

from __future__ import annotations

from collections.abc import Mapping

from hongqiao_rules.rulebook.definitions import (
    CodeList,
    Entity,
    Head,
    NoticeDefinition,
    Overlay,
    Parameter,
    Property,
    ReadingDefinition,
    Rule,
    Source,
)
from hongqiao_rules.rulebook.input_definitions import InputRules


class Definitions:
    """All definitions in the files of a rulebook, by id; those that an overlay can replace by overlay and id."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.sources: dict[str, Source] = {}
        self.entities: dict[str, Entity] = {}
        self.codes: dict[str, CodeList] = {}
        self.inputs: list[InputRules] = []
        """The declared input checks and derived defaults of each file."""
        self.parameters: dict[tuple[str | None, str], Parameter] = {}
        self.rules: dict[tuple[str | None, str], Rule] = {}
        self.notices: dict[tuple[str | None, str], NoticeDefinition] = {}
        self.overlays: dict[str, Overlay] = {}
        self.properties: dict[tuple[str | None, str], Property] = {}
        self.untranslated: Mapping[str, Mapping[str, str]] = {}
        """By further language, the texts in English that have no translation, by key."""

    @property
    def root(self) -> Entity:
        """The entity that an input states."""
        return self.entities[self.head.root]

    @property
    def contained(self) -> Entity | None:
        """The entity that the root contains, or ``None``."""
        return None if self.root.contains is None else self.entities[self.root.contains.entity]

    @property
    def readings(self) -> dict[str, ReadingDefinition]:
        """All readings by id, in the declared order."""
        found = [reading for rule in self.rules.values() for reading in rule.readings.values()]
        return {reading.id: reading for reading in sorted(found, key=lambda r: (r.order, r.id))}
