"""A rulebook with its cross-references: the rules that use a name, and what cites a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from site_words import words

from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.language.nodes import Node, Read, Total, walk
from hongqiao_rules.language.nodes import Parameter as Named
from hongqiao_rules.rulebook.definitions import Citation, Parameter, ParameterValue, Rule
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.value_text import parameter_value

Overlay = str | None


class Book:
    """A rulebook with its cross-references."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook, self.definitions = rulebook, rulebook.definitions
        self.last_day = max(v.start for p in self.definitions.parameters.values() for v in p.values)

    def linked(self, overlay: Overlay) -> Linked:
        """Return the rulebook under one overlay, or none."""
        return self.rulebook.linked(() if overlay is None else (overlay,))

    def sentences(self, overlay: Overlay, lang: str) -> Sentences:
        """Return the writer of rules as sentences, with the latest figures."""
        return Sentences(self.linked(overlay), lang, self.last_day)

    def typed(self, rule: Rule) -> tuple[TypedVersion, ...]:
        """Return the versions of a rule with their trees."""
        return self.linked(rule.overlay).versions[rule.id]

    @cached_property
    def rule_ids(self) -> list[str]:
        """The id of each rule, in the order of evaluation; rules that only overlays have come last."""
        ordered = [r.id for c in self.linked(None).conclusions.values() for r in c.rules]
        return list(dict.fromkeys([*ordered, *(id_ for _, id_ in self.definitions.rules)]))

    @cached_property
    def parameter_ids(self) -> list[str]:
        """The id of each parameter, sorted."""
        return sorted({id_ for _, id_ in self.definitions.parameters})

    def rules(self, rule_id: str) -> Iterator[tuple[Overlay, Rule]]:
        """Yield the rules of an id with their overlays: that of the rulebook itself first."""
        found = [(o, r) for (o, id_), r in self.definitions.rules.items() if id_ == rule_id]
        yield from sorted(found, key=lambda item: item[0] or "")

    def rule(self, rule_id: str) -> Rule:
        """Return the first of :meth:`rules`."""
        return next(self.rules(rule_id))[1]

    def parameters(self, parameter_id: str) -> Iterator[tuple[Overlay, Parameter]]:
        """Yield the parameters of an id with their overlays: that of the rulebook itself first."""
        found = [(o, p) for (o, id_), p in self.definitions.parameters.items() if id_ == parameter_id]
        yield from sorted(found, key=lambda item: item[0] or "")

    def parameter(self, parameter_id: str) -> Parameter:
        """Return the first of :meth:`parameters`."""
        return next(self.parameters(parameter_id))[1]

    def days(self, rule: Rule) -> tuple[int, int]:
        """Return the first and the last day (yyyymmdd) on which any version of a rule is in force."""
        return min(v.start for v in rule.versions), max(v.end for v in rule.versions)

    def nodes(self, rule: Rule) -> list[Node]:
        """Return all nodes of all expressions of a rule."""
        trees = [t for v in self.typed(rule) for t in (*(node for _, node in v.conditions), v.value)]
        return [part for tree in trees for part in walk(tree)]

    def facts_used(self, rule: Rule) -> list[tuple[str, str]]:
        """Return the facts that a rule reads, as entity and name."""
        found = [(n.entity, n.name) for n in self.nodes(rule) if isinstance(n, Read)]
        entities = self.definitions.entities
        return list(dict.fromkeys((e, name) for e, name in found if name in entities[e].facts))

    def parameters_used(self, rule: Rule) -> list[str]:
        """Return the ids of the parameters that a rule itself uses."""
        linked = self.linked(rule.overlay)
        named = dict.fromkeys(n.name for n in self.nodes(rule) if isinstance(n, Named))
        return [linked.parameters[name].id for name in named]

    def rules_used(self, rule: Rule) -> list[str]:
        """Return the ids of the rules whose conclusions a rule uses; the sum of a list uses every line of it."""
        linked = self.linked(rule.overlay)
        names: dict[str, None] = {}
        for node in self.nodes(rule):
            if isinstance(node, Read) and node.name in linked.conclusions:
                names[node.name] = None
            elif isinstance(node, Total):
                names |= dict.fromkeys(n for n, c in linked.conclusions.items() if c.list == node.name)
        return [r.id for name in names for r in linked.conclusions[name].rules]

    @cached_property
    def fact_users(self) -> dict[tuple[str, str], list[str]]:
        """For each fact, as entity and name, the ids of the rules that read it."""
        found: dict[tuple[str, str], dict[str, None]] = {
            (entity.name, name): {} for entity in self.definitions.entities.values() for name in entity.facts
        }
        for rule_id in self.rule_ids:
            for _, rule in self.rules(rule_id):
                for fact in self.facts_used(rule):
                    found[fact][rule_id] = None
        return {fact: list(users) for fact, users in found.items()}

    @cached_property
    def feeds(self) -> dict[str, list[str]]:
        """For each rule, the ids of the rules that use it."""
        found: dict[str, dict[str, None]] = {rule_id: {} for rule_id in self.rule_ids}
        for rule in self.definitions.rules.values():
            for used in self.rules_used(rule):
                found[used][rule.id] = None
        return {rule_id: list(users) for rule_id, users in found.items()}

    @cached_property
    def parameter_users(self) -> dict[str, list[str]]:
        """For each parameter, the ids of the rules that use it."""
        found: dict[str, dict[str, None]] = {id_: {} for id_ in self.parameter_ids}
        for rule in self.definitions.rules.values():
            for used in self.parameters_used(rule):
                found[used][rule.id] = None
        return {id_: list(users) for id_, users in found.items()}

    def citations(self) -> Iterator[tuple[str, str, Citation]]:
        """Yield each citation with the kind (``rules``, ``parameters``, ``overlays``) and the id of what cites."""
        for (_, rule_id), rule in self.definitions.rules.items():
            yield from (("rules", rule_id, citation) for citation in rule.citations)
        for (_, id_), parameter in self.definitions.parameters.items():
            for value in parameter.values:
                yield from (("parameters", id_, citation) for citation in value.citations)
        for overlay_id, overlay in self.definitions.overlays.items():
            yield from (("overlays", overlay_id, citation) for citation in overlay.citations)

    def shown(self, parameter: Parameter, value: ParameterValue, lang: str) -> str:
        """Return a value as a page shows it: of codes, the titles."""
        if parameter.type.kind == "codes":
            codes = self.definitions.codes[parameter.type.of or ""].values
            return words(lang).join(title for code, title in codes.items() if code in value.value)
        return parameter_value(parameter, value.value).strip('"')

    def source_lines(self, rule: Rule) -> list[str]:
        """Return the lines of a rule's file that hold its condition and its value."""
        text = self.rulebook.files[rule.origin.file].decode("utf-8")
        return list(_from_until(text.splitlines()))


_SAYS = (
    "concludes",
    "overrides",
    "about",
    "list",
    "order",
    "due",
    "from",
    "until",
    "when",
    "value",
    "rounding",
    "versions",
)


def _from_until(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first run of lines that belong to the keys in ``_SAYS``."""
    begun = False
    for line in lines:
        if line[:1].isalpha() or line.startswith("#"):
            says = line.partition(":")[0] in _SAYS
            if begun and not says:
                return
            begun = says
        if begun:
            yield line
