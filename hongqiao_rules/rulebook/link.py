"""Link definitions: resolve names, type expressions, and order conclusions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.names import UNSETTLED, RefusedExpressionError, UnsettledNameError
from hongqiao_rules.language.nodes import MONEY, TRUTH, And, Constant, Divide, If, Node, Type, walk
from hongqiao_rules.language.parser import parse
from hongqiao_rules.language.values import Value
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.consistency import Coherence
from hongqiao_rules.rulebook.definitions import (
    FieldDefinition,
    NoticeDefinition,
    Origin,
    Parameter,
    Rule,
    Version,
)  # fmt: skip

_T = TypeVar("_T")
MOST = 64
"""The most conditions of a rule, and the most rules of a conclusion: engines nest their code as deeply."""


def conditions(node: Node) -> tuple[Node, ...]:
    """The parts of a condition that must all be true: an ``and`` is split, at any depth."""
    return tuple(p for part in node.parts for p in conditions(part)) if isinstance(node, And) else (node,)


class TypedVersion(NamedTuple):
    """A version of a rule with typed expressions.

    Attributes:
        conditions: the source text and the expression of each condition.
        value: the expression of the value.
        places: for each condition, the index of the text under ``when`` that contains it.
    """

    rule: Rule
    version: Version
    conditions: tuple[tuple[str, Node], ...]
    value: Node
    places: tuple[int, ...]

    @property
    def trees(self) -> tuple[Node, ...]:
        """The expressions of the conditions and of the value."""
        return (*(node for _, node in self.conditions), self.value)


class Conclusion(NamedTuple):
    """A name that rules conclude: its rules in order of precedence, the type of its value, the list that it belongs to."""

    name: str
    type: Type
    list: str | None
    rules: tuple[Rule, ...]


class Linked(Value):
    """A rulebook under a set of overlays, with names resolved. A conclusion comes after the conclusions that it reads."""

    definitions: Definitions
    overlays: tuple[str, ...]
    parameters: dict[str, Parameter]
    conclusions: dict[str, Conclusion]
    versions: dict[str, tuple[TypedVersion, ...]]
    notices: tuple[tuple[NoticeDefinition, Node | None], ...]

    @property
    def rules(self) -> dict[str, Rule]:
        """The rules by id; a rule of an overlay replaces the rule of the same id."""
        return {rule.id: rule for conclusion in self.conclusions.values() for rule in conclusion.rules}


class Linker:
    """Links definitions under *overlays*. It reports faults to *refuse* and continues as far as possible."""

    def __init__(self, definitions: Definitions, overlays: tuple[str, ...], refuse: Refuse) -> None:
        self.definitions, self.overlays, self.refuse = definitions, overlays, refuse
        self.root = definitions.head.root
        self.rules = self._chosen(definitions.rules)
        self.parameters = {p.name: p for p in self._chosen(definitions.parameters).values()}
        self.readings = definitions.readings
        self.entries = definitions.head.entries
        self.lists: Iterable[str] = [name for name, kind in self.entries.items() if kind == "money"]
        self.groups: dict[str, list[Rule]] = {}
        self.versions: dict[str, tuple[TypedVersion, ...]] = {}
        self.done: dict[str, Type] = {}
        self.path: list[str] = []
        self.needs: dict[str, set[str]] = {}
        self.current: list[set[str]] = []

    def link(self) -> Linked:
        """Type every expression and order the conclusions."""
        for rule in self.rules.values():
            self.groups.setdefault(rule.concludes, []).append(rule)
        coherence = Coherence(self.definitions, self.rules, self.parameters, self.groups, self.refuse)
        coherence.check_names()
        for name, group in self.groups.items():
            if len(group) > MOST:
                self.refuse("POLICY_TOO_MANY_RULES", group[MOST].origin / "rule", name=name, limit=MOST)
        for name in sorted(self.groups):
            self.conclusion(name)
        conclusions = {
            name: Conclusion(name, type_, self.groups[name][0].list, coherence.precedence(name))
            for name, type_ in self.done.items()
        }
        notices = tuple(
            (notice, self._notice(notice)) for notice in self._chosen(self.definitions.notices).values()
        )
        coherence.check_result(self.done)
        coherence.check_reached([notice.code for notice, _ in notices], self.needs, self.overlays)
        return Linked(
            definitions=self.definitions, overlays=self.overlays, parameters=self.parameters,
            conclusions=conclusions, versions=self.versions, notices=notices,
        )  # fmt: skip

    def _chosen(self, table: Mapping[tuple[str | None, str], _T]) -> dict[str, _T]:
        """The definitions of *table* by id under the overlays; an overlay's definition replaces that of the same id."""
        chosen = {id_: item for (overlay, id_), item in table.items() if overlay is None}
        for name in self.overlays:
            chosen |= {id_: item for (overlay, id_), item in table.items() if overlay == name}
        return chosen

    # --- the names that an expression may use (see the protocol ``Names``) --------------------------------------

    def fact(self, entity: str, name: str) -> Type | None:
        """The type of a fact of an entity; ``None`` for a text, which no expression can read."""
        known = self.definitions.entities.get(entity)
        found = known.facts.get(name) if known is not None else None
        return found.type if found is not None and found.type.kind != "text" else None

    def holder(self, name: str) -> str | None:
        inside = self.definitions.entities[self.root].contains
        return inside.entity if inside is not None and self.fact(inside.entity, name) is not None else None

    def parameter(self, name: str) -> Type | None:
        return self.parameters[name].type if name in self.parameters else None

    def fields(self, entity: str, fact: str) -> Mapping[str, FieldDefinition]:
        return self.definitions.entities[entity].facts[fact].fields

    def collection(self, name: str) -> str | None:
        inside = self.definitions.entities[self.root].contains
        return inside.entity if inside is not None and inside.named == name else None

    def inverse(self, entity: str, name: str) -> str | None:
        facts = self.definitions.entities[entity].facts.values()
        return next((fact.name for fact in facts if fact.inverse == name), None)

    def codes(self, code_list: str) -> Iterable[str] | None:
        if code_list.startswith("reading:"):
            reading = self.readings.get(code_list.removeprefix("reading:"))
            return None if reading is None else reading.choices
        known = self.definitions.codes.get(code_list)
        return None if known is None else known.values

    def is_code(self, name: str) -> bool:
        return any(name in known.values for known in self.definitions.codes.values())

    def total(self, name: str) -> bool:
        for group in sorted(self.groups):
            if self.groups[group][0].list == name:
                self.conclusion(group)
                self.current[-1].add(group)
        return name in self.lists

    def known(self, entity: str) -> Iterable[str]:
        entities = self.definitions.entities
        inside = entities[self.root].contains
        return {
            "on", *self.parameters, *self.groups, *(entities[entity].facts if entity in entities else ()),
            *entities[self.root].facts, *((inside.named,) if inside else ()),
            *(f.inverse for f in (entities[entity].facts.values() if entity in entities else ()) if f.inverse),
        }  # fmt: skip

    def conclusion(self, name: str) -> tuple[str, Type] | None:
        """The entity and type of a conclusion; its rules are typed first. A conclusion that needs its own type is a cycle."""
        group = self.groups.get(name)
        if group is None:
            return None
        if self.current:
            self.current[-1].add(name)
        abouts = {version.about for rule in group for version in rule.versions}
        about = " / ".join(sorted(abouts))
        if name in self.path:
            cycle = [*self.path[self.path.index(name) :], name]
            self.refuse("POLICY_CYCLE", group[0].versions[0].value_origin, cycle=" → ".join(cycle))
            return about, self._guess(group)
        if name not in self.done:
            self.path.append(name)
            self.current.append(set())
            type_ = self._type(name, group)
            self.needs[name] = self.current.pop()
            self.path.pop()
            self.done[name] = type_
        return about, self.done[name]

    def _guess(self, group: list[Rule]) -> Type:
        return ENTRIES.get(self.entries.get(group[0].list or "", ""), UNSETTLED)

    # --- typing ---------------------------------------------------------------------------------------------

    def _type(self, name: str, group: list[Rule]) -> Type:
        types: dict[Type, Origin] = {}
        for rule in group:
            typed = []
            for version in rule.versions:
                found = self._version(rule, version)
                if found is not None:
                    typed.append(found)
                    types.setdefault(found.value.type, version.value_origin)
            self.versions[rule.id] = tuple(typed)
            wanted = self.entries.get(rule.list or "")
            if wanted is not None and any(
                t.value.type.kind != wanted and t.value.type != _ZERO for t in typed
            ):
                code = "POLICY_LINE_NOT_MONEY" if wanted == "money" else "POLICY_LINE_NOT_NUMBER"
                self.refuse(code, rule.versions[0].value_origin, rule=rule.id)
        settled = self._guess(group)
        if settled in (MONEY, TRUTH):
            return settled
        kinds = [type_ for type_ in types if type_ != _ZERO] or list(types)
        if len(kinds) > 1:
            self.refuse("POLICY_TYPES_DIFFER", types[kinds[1]], name=name, types=tuple(map(str, kinds)))
        return kinds[0] if kinds else UNSETTLED

    def _version(self, rule: Rule, version: Version) -> TypedVersion | None:
        if version.about not in self.definitions.entities:
            self.refuse(
                "POLICY_UNKNOWN_ENTITY", version.about_origin, name=version.about,
                meant=nearest(version.about, self.definitions.entities),
            )  # fmt: skip
            return None
        parts: list[tuple[str, Node]] = []
        places: list[int] = []
        for number, (text, origin) in enumerate(zip(version.when, version.when_origins, strict=True)):
            node = self.expression(text, version.about, origin)
            if node is not None and node.type != TRUTH:
                self.refuse("EXPRESSION_NOT_TRUTH", origin, type=node.type)
            elif node is not None:
                parts.extend(
                    (text[slice(*part.span)] if part is not node else text, part) for part in conditions(node)
                )
                places += [number] * (len(parts) - len(places))
        if len(parts) > MOST:
            self.refuse("POLICY_TOO_MANY_CONDITIONS", version.when_origins[0], rule=rule.id, limit=MOST)
        rounding = version.rounding
        value = self.expression(
            version.value, version.about, version.value_origin, dividing=rounding is not None
        )
        if value is None:
            return None
        if value.type == Type("code"):
            value = self._coded(value, rule, version)
        if rounding is not None and rounding.to not in _ROUNDED.get(value.type.kind, ()):
            self.refuse("POLICY_ROUNDING_TYPE", version.value_origin, type=value.type, to=rounding.to)
        return TypedVersion(rule, version, tuple(parts), value, tuple(places))

    def _coded(self, value: Node, rule: Rule, version: Version) -> Node:
        """*value* with its quoted codes typed by the code list that has the name of the conclusion."""
        code_list = rule.concludes.replace("_", "-")
        if isinstance(value, If):
            then, otherwise = (self._coded(part, rule, version) for part in (value.then, value.otherwise))
            return value._replace(type=Type("code", code_list), then=then, otherwise=otherwise)
        assert isinstance(value, Constant)
        codes = list(self.codes(code_list) or ())
        if value.value not in codes:
            self.refuse(
                "EXPRESSION_UNKNOWN_CODE", version.value_origin, offset=value.span[0], value=value.value, list=code_list,
                meant=nearest(value.value, codes),
            )  # fmt: skip
        return Constant(type=Type("code", code_list), span=value.span, value=value.value)

    def expression(self, text: str, about: str, origin: Origin, *, dividing: bool = False) -> Node | None:
        """The typed tree of *text*; ``None`` after a fault. *dividing* allows a division as the outermost operation."""
        try:
            node = parse(text, about, self)
        except UnsettledNameError:
            return None
        except RefusedExpressionError as error:
            self.refuse(error.code, origin, offset=error.offset, **error.arguments)
            return None
        within = walk(node)[1:] if dividing else walk(node)
        division = next((part for part in within if isinstance(part, Divide)), None)
        if division is not None:
            self.refuse("EXPRESSION_DIVISION", origin, offset=division.span[0])
            return None
        return node

    def _notice(self, notice: NoticeDefinition) -> Node | None:
        if notice.when is None:
            return None
        self.current.append(set())
        node = self.expression(notice.when, self.root, notice.origin / "when")
        self.needs[f"notice {notice.code}"] = self.current.pop()
        if node is not None and node.type != TRUTH:
            self.refuse("EXPRESSION_NOT_TRUTH", notice.origin / "when", type=node.type)
        return node


_ZERO = Type("number")
ENTRIES: Mapping[str, Type] = {"money": MONEY, "number": _ZERO, "truth": TRUTH}
"""The type of the entries of a list, by the word in the rulebook; a number may have any unit."""
_ROUNDED = {"money": ("fen", "jiao", "yuan"), "number": ("whole",)}
"""The permitted values of ``rounding: to``, by the type of the result."""
