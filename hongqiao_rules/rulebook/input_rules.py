"""Input checks and derived defaults, typed and dated: each is a conclusion that every engine can evaluate.

A check depends on the input alone: it reads facts, figures and parameters, but no conclusion, reading or overlay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.nodes import (
    NUMBER,
    TRUTH,
    Aggregate,
    AllOf,
    ChildrenOf,
    Compare,
    Constant,
    Node,
    Not,
    Parameter,
    Read,
    Type,
    fields,
    named,
    walk,
)
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.dating import Candidate, Dated, DatedConclusion
from hongqiao_rules.rulebook.definite import DATE, absent, conjunction, definite, disjunction, known
from hongqiao_rules.rulebook.definitions import FOREVER, FactDefinition, Origin, Rule, Version
from hongqiao_rules.rulebook.input_definitions import CheckDefinition, DefaultDefinition
from hongqiao_rules.rulebook.link import Linked, Linker, TypedVersion
from hongqiao_rules.rulebook.lowering import Lowering

REFUSED = "refused"
"""The prefix of the conclusion that an input is refused."""
NAMES, TAKEN = "{} names", "{} taken"
"""The names of the conclusions of a derived default: the entity that a reference names; the default is taken."""


class Check(NamedTuple):
    """A check with its typed condition; for a check about pairs, the condition is an ``any`` over the loop."""

    definition: CheckDefinition
    condition: Node

    @property
    def relation(self) -> str | None:
        """The reference that connects the two entities of a check about pairs; ``None`` for any other check."""
        if self.definition.loop is None or not isinstance(self.condition, Aggregate):
            return None
        domain = self.condition.domain
        return domain.relation if isinstance(domain, ChildrenOf) else None


class Default(NamedTuple):
    """A derived default with its typed expressions; it has either ``value`` or ``names``."""

    definition: DefaultDefinition
    condition: Node
    value: Node | None
    names: Node | None

    def reads(self) -> Iterator[str]:
        """The facts and references that it reads; a loop over related entities reads their reference."""
        return named("fact", filter(None, (self.condition, self.names)))


class InputRules(NamedTuple):
    """The typed checks and derived defaults of a rulebook; a default comes after those of the facts that it reads."""

    linked: Linked
    checks: tuple[Check, ...]
    defaults: tuple[Default, ...]


class DatedInputs(NamedTuple):
    """The checks and derived defaults of a period.

    Attributes:
        definitions: the vocabulary, with the truths that a fact is absent or could be read.
        checks: the checks, in the order declared; parameters are constants.
        defaults: the derived defaults, each after those of the facts that it reads.
        start: the first day of the period.
        end: its last day.
    """

    definitions: Definitions
    checks: tuple[Check, ...]
    defaults: tuple[Default, ...]
    start: int
    end: int

    @property
    def root(self) -> str:
        """The name of the root entity."""
        return self.definitions.head.root

    def singly(self) -> Dated:
        """A rulebook with one conclusion for each check: true if the check refuses. Its name is the code of the check."""
        return self.of(
            conclusion(
                one.definition.code, about(one, self.root), refusal(one, self.root), one.definition.origin
            )
            for one in self.checks
        )

    def refused(self) -> Dated:
        """A rulebook with one conclusion for each kind of entity: true if any check refuses the entity."""
        made = []
        for entity in self.definitions.entities.values():
            mine = [one for one in self.checks if about(one, self.root) == entity.name]
            if mine:
                value = disjunction(refusal(one, self.root) for one in mine)
                made.append(
                    conclusion(f"{REFUSED} {entity.name}", entity.name, value, mine[0].definition.origin)
                )
        return self.of(made)

    def of(self, made: Iterable[DatedConclusion]) -> Dated:
        """A rulebook that consists of the conclusions *made*."""
        return of_conclusions(self.definitions, made, self.start, self.end)

    @property
    def needed(self) -> dict[tuple[str, str], None]:
        """The facts (entity, name) that a check of the form ``needs`` requires to be stated."""
        return {
            (c.definition.entity, c.definition.field or ""): None
            for c in self.checks
            if c.definition.form == "needs"
        }


# --- typing -------------------------------------------------------------------------------------------------------


def link(definitions: Definitions, refuse: Refuse) -> InputRules:
    """The checks and derived defaults of *definitions* with typed expressions; faults go to *refuse*."""
    alone = _alone(definitions, definitions.entities)
    linker = Linker(alone, (), refuse)
    parameters = dict(linker.parameters)
    checks: list[Check] = []
    defaults: list[Default] = []
    figures = {name: figure for rules in definitions.inputs for name, figure in rules.figures.items()}
    taken = {*parameters, *(fact for entity in alone.entities.values() for fact in entity.facts)}
    for rules in definitions.inputs:
        for name, figure in rules.figures.items():
            if name in taken or figures[name] is not figure:
                refuse("POLICY_NAME_TAKEN", figure.origin, name=name)
        linker.parameters = {**parameters, **rules.figures}
        if rules.entity in alone.entities:
            defaults += filter(None, (_default(linker, one) for one in rules.defaults.values()))
            checks += filter(None, (_check(linker, one) for one in rules.checks.values()))
    linked = Linked(
        definitions=alone, overlays=(), parameters={**parameters, **figures}, conclusions={}, versions={}, notices=()
    )  # fmt: skip
    return InputRules(linked, tuple(checks), tuple(_ordered(defaults, refuse)))


def parameters_named(rules: InputRules) -> set[str]:
    """The names of the parameters that the checks and defaults read."""
    trees = [check.condition for check in rules.checks]
    trees += [tree for d in rules.defaults for tree in (d.condition, d.value, d.names) if tree is not None]
    return set(named("parameter", trees))


def _alone(definitions: Definitions, entities: Mapping[str, object]) -> Definitions:
    """Definitions with only the vocabulary and the parameters, which are all that a check may read."""
    found = Definitions(definitions.head._replace(figures=(), lists={}, entries={}, result=None))
    found.entities, found.codes = dict(entities), definitions.codes  # type: ignore[arg-type]  # as they were
    found.parameters = definitions.parameters
    return found


def _check(linker: Linker, one: CheckDefinition) -> Check | None:
    key = one.form if one.form != "needs" else "when"
    node = _condition(linker, one.condition, one.entity, one.origin / key, one.loop)
    if node is None:
        return None
    check = Check(one, node)
    if one.loop is not None and check.relation is None:
        linker.refuse("EXPRESSION_NOT_A_LIST", one.origin / "for", name=one.loop.rpartition(" ")[2])
        return None
    return check


def _default(linker: Linker, one: DefaultDefinition) -> Default | None:
    condition = _condition(linker, one.condition, one.entity, one.origin / "when")
    names = value = None
    if one.names is not None:
        names = _condition(linker, one.names, one.entity, one.origin / "names")
    elif one.value is not None:
        value = linker.expression(one.value, one.entity, one.origin / "value")
        fact = linker.definitions.entities[one.entity].facts.get(one.fact)
        if value is not None and fact is not None:
            value = _fitted(linker, value, fact, one.origin / "value")
    if condition is None or (names is None and value is None):
        return None
    return Default(one, condition, value, names)


def _condition(linker: Linker, text: str, about: str, origin: Origin, loop: str | None = None) -> Node | None:
    """The typed condition, or ``None`` after a fault; for a check about pairs, an ``any`` over the loop."""
    refuse, opening = linker.refuse, "any("
    if loop is not None:

        def told(code: str, origin: Origin, *, offset: int = 0, **arguments: object) -> None:
            inside = offset - len(opening)
            here = origin if inside <= len(text) else Origin(origin.file, (*origin.path[:-1], "for"))
            refuse(code, here, offset=max(0, inside) if here is origin else 0, **arguments)

        linker.refuse = told
    node = linker.expression(text if loop is None else f"{opening}{text} for {loop})", about, origin)
    linker.refuse = refuse
    if node is not None and node.type != TRUTH:
        refuse("EXPRESSION_NOT_TRUTH", origin, type=node.type)
        return None
    return node


def _fitted(linker: Linker, value: Node, fact: FactDefinition, origin: Origin) -> Node | None:
    """The value of a default converted to the type of its fact; ``None`` after a fault."""
    if isinstance(value, Constant) and value.type == Type("code") and fact.type.kind == "code":
        codes = list(linker.codes(fact.type.of or "") or ())
        if value.value in codes:
            return value._replace(type=fact.type)
        refused = {"value": value.value, "list": fact.type.of, "meant": nearest(value.value, codes)}
        linker.refuse("EXPRESSION_UNKNOWN_CODE", origin, **refused)
    elif not isinstance(value, Constant | Parameter):
        linker.refuse("CHECK_NOT_CONSTANT", origin)
    elif value.type == fact.type or value.type == NUMBER == Type(fact.type.kind):
        return value
    else:
        linker.refuse("POLICY_TYPES_DIFFER", origin, name=fact.name, types=f"{fact.type} / {value.type}")
    return None


def _ordered(defaults: list[Default], refuse: Refuse) -> Iterator[Default]:
    """Yield the defaults, each after those of the facts that it reads; a cycle is a fault."""
    by_name = {one.definition.fact: one for one in defaults}
    done: set[str] = set()

    def visit(one: Default, path: tuple[str, ...]) -> Iterator[Default]:
        name = one.definition.fact
        if name in path:
            refuse("CHECK_CYCLE", one.definition.origin, cycle=" → ".join((*path[path.index(name) :], name)))
        elif name not in done:
            for read in one.reads():
                if read in by_name:
                    yield from visit(by_name[read], (*path, name))
            if name not in done:
                done.add(name)
                yield one

    for one in defaults:
        yield from visit(one, ())


# --- dating -------------------------------------------------------------------------------------------------------


def date(rules: InputRules, start: int, end: int, refuse: Refuse) -> DatedInputs:
    """The checks and defaults from *start* to *end* (yyyymmdd), a period in which no parameter changes."""

    def lower(node: Node) -> Node:
        return Lowering(rules.linked, start, {}, {}, None, refuse).truth(node)

    checks = tuple(one._replace(condition=lower(one.condition)) for one in rules.checks)
    defaults = tuple(
        one._replace(
            condition=lower(one.condition),
            value=one.value and lower(one.value),
            names=one.names and lower(one.names),
        )
        for one in rules.defaults
    )
    definitions = _alone(rules.linked.definitions, _with_truths(rules.linked.definitions))
    return DatedInputs(definitions, checks, defaults, start, end)


def _with_truths(definitions: Definitions) -> dict[str, object]:
    """The entities with two more truths for each fact: it is absent, and it could be read."""
    found: dict[str, object] = {}
    for entity in definitions.entities.values():
        facts = dict(entity.facts)
        names = [name(fact) for fact in entity.facts for name in (absent, known)]
        if entity.name == definitions.head.root:
            names.append(known(DATE))
        first = next(iter(facts.values()))
        for name in names:
            facts[name] = first._replace(
                entity=entity.name, name=name, type=TRUTH, least=0, most=1, required=True, default=None, fields={},
                inverse=None,
            )  # fmt: skip
        found[entity.name] = entity._replace(facts=facts)
    return found


def about(check: Check, root: str) -> str:
    """The entity that a check refuses: its own, or the root if the check is about all entities together."""
    return root if check.definition.form.startswith("at_") else check.definition.entity


def refusal(check: Check, root: str) -> Node:
    """The condition under which *check* refuses, about the entity of :func:`about`."""
    one = check.definition
    if one.form == "needs":
        return conjunction([_own(one, root, absent(one.field or "")), check.condition])
    if one.form == "when":
        return check.condition
    where = AllOf(type=Type("entities", one.entity), entity=one.entity)
    every = Aggregate(
        type=Type("number", one.entity), fold="count", variable=0, label=one.entity, domain=where, where=check.condition,
        body=Constant(type=TRUTH, value=True),
    )  # fmt: skip
    if one.form == "at_most_one":
        return Compare(type=TRUTH, operator=">", left=every, right=Constant(type=NUMBER, value=1))
    some = every._replace(type=TRUTH, fold="any", where=None, body=check.condition)
    return Not(type=TRUTH, part=some)


def _own(one: CheckDefinition, root: str, name: str) -> Node:
    return Read(type=TRUTH, entity=one.entity, name=name, variable=None if one.entity == root else 0)


def certainly(check: Check, root: str) -> Node:
    """The condition under which *check* refuses whatever the values of unreadable facts are.

    For ``at_most_one``, it is the condition of one entity: the reader counts the entities itself.
    """
    one = check.definition
    if one.form == "needs":
        return conjunction([_own(one, root, absent(one.field or "")), definite(check.condition, root)])
    if one.form == "at_least_one":
        return definite(refusal(check, root), root)
    return definite(check.condition, root)


def of_conclusions(definitions: Definitions, made: Iterable[DatedConclusion], start: int, end: int) -> Dated:
    """A rulebook that consists of the conclusions *made*, with only the facts that they read."""
    conclusions = tuple(made)
    trees = [candidate.value for one in conclusions for candidate in one.candidates]
    nodes = [node for tree in trees for node in walk(tree)]
    wanted = {(entity, name) for n in nodes for entity in fields(n, "entity") for name in fields(n, "fact")}
    found = _alone(definitions, {
        name: entity._replace(facts={f: fact for f, fact in entity.facts.items() if (name, f) in wanted})
        for name, entity in definitions.entities.items()
    })  # fmt: skip
    linked = Linked(definitions=found, overlays=(), parameters={}, conclusions={}, versions={}, notices=())
    return Dated(
        start=start, end=end, readings={}, linked=linked, parameters={}, conclusions=conclusions, notices=()
    )  # fmt: skip


def conclusion(name: str, entity: str, value: Node, origin: Origin) -> DatedConclusion:
    """A conclusion about *entity* with one rule, which has no condition and gives *value*."""
    title = Bilingual(name, name)
    version = Version(0, FOREVER, {}, entity, (), name, None, (), origin, origin, origin)
    rule = Rule(
        name, title, name, None, 0, (), (version,), "convention", "high", (), (), {}, (), None, None, None, origin
    )  # fmt: skip
    candidate = Candidate(rule, TypedVersion(rule, version, (), value, ()), (), value)
    return DatedConclusion(name, entity, value.type, None, (candidate,))


def taking(default: Default) -> list[DatedConclusion]:
    """The conclusions of a default: its condition and, for a reference, the condition of the entity that it names."""
    one, made = default.definition, []
    made.append(conclusion(TAKEN.format(one.fact), one.entity, default.condition, one.origin))
    if default.names is not None:
        made.append(conclusion(NAMES.format(one.fact), one.entity, default.names, one.origin))
    return made
