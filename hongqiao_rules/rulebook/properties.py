"""Link the declared properties of a rulebook: resolve names and type expressions.

Each expression of a property is linked as a separate rule that no assessment shows. It has the same parser, types and
errors as any rule, and every engine can evaluate it. The names of these rules contain a slash, which no name in a policy
file has.
"""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.nodes import TRUTH
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    FactDefinition,
    Origin,
    Property,
    Rule,
    Version,
)  # fmt: skip
from hongqiao_rules.rulebook.link import Linked, Linker

NAMED = ("never_negative", "independent")
"""The forms whose claims are names of conclusions and lists. The others have expressions, except ``reachable``."""
RISING = ("never_rises", "never_falls", "steps")
"""The forms about two households, of which the second has more of one fact."""
UNCITED = "uncited"
"""A word in ``of``: all facts that no rule with a citation depends on."""
_AMOUNTS = ("money", "number")


def claimed_under(definitions: Definitions, overlays: tuple[str, ...]) -> dict[str, Property]:
    """The properties under *overlays*, by id; an overlay's property replaces that of the same id."""
    found = {id_: p for (overlay, id_), p in definitions.properties.items() if overlay is None}
    for name in overlays:
        found |= {id_: p for (overlay, id_), p in definitions.properties.items() if overlay == name}
    return found


def expressions(claim: Property) -> Iterator[tuple[str, str, Origin]]:
    """Yield each expression of a property: the name of its conclusion, its text and its place."""
    if claim.form not in (*NAMED, "reachable"):
        several = claim.form == "exactly_one"
        for number, text in enumerate(claim.claims):
            place = claim.origin / claim.form
            yield claim_name(claim, number), text, place / number if several else place
    for number, text in enumerate(claim.within):
        yield f"{claim.id}/within/{number}", text, claim.origin / "within" / number
    for number, exception in enumerate(claim.exceptions):
        for key in ("where", "before", "after"):
            text = getattr(exception, key)
            if text is not None:
                yield f"{claim.id}/except/{number}/{key}", text, exception.origin / key


def claim_name(claim: Property, number: int = 0) -> str:
    """The name of the conclusion for the expression at index *number* in the claims of *claim*."""
    return f"{claim.id}/{claim.form}/{number}"


def link(definitions: Definitions, overlays: tuple[str, ...], refuse: Refuse) -> Linked:
    """The rulebook under *overlays*, with the expressions of its properties as further conclusions about the root."""
    claims = claimed_under(definitions, overlays)
    enlarged = Definitions(definitions.head)
    enlarged.__dict__.update(definitions.__dict__)
    enlarged.rules = dict(definitions.rules)
    places: dict[str, Origin] = {}
    for claim in claims.values():
        for name, text, origin in expressions(claim):
            enlarged.rules[None, name] = _rule(claim, name, text, origin, definitions)
            places[name] = origin
    figures = (*definitions.head.figures, *places)
    enlarged.head = definitions.head._replace(figures=figures, for_display=())  # a property may read them
    linked = Linker(enlarged, overlays, refuse).link()
    for claim in claims.values():
        _check(claim, linked, places, refuse)
    return linked


def _rule(claim: Property, name: str, text: str, origin: Origin, definitions: Definitions) -> Rule:
    head = definitions.head
    version = Version(head.modelled_from, FOREVER, {}, head.root, (), text, None, (), origin, origin, origin)
    return Rule(
        name, claim.title, name, None, 0, (), (version,), claim.basis, "high", (), (), {}, (), None, None, None, claim.origin
    )  # fmt: skip


def _check(claim: Property, linked: Linked, places: dict[str, Origin], refuse: Refuse) -> None:
    """Refuse expressions of the wrong type and unknown names in a property."""
    amounts = claim.form in RISING
    for name, origin in places.items():
        part = name.removeprefix(f"{claim.id}/")
        found = linked.conclusions[name].type if name in linked.conclusions else None
        if part == name or found is None or part.startswith("within/") or not linked.versions[name]:
            continue
        if amounts and not part.startswith("except/"):
            if found.kind not in _AMOUNTS:
                refuse("PROPERTY_NOT_AN_AMOUNT", origin, type=found)
        elif found != TRUTH:
            refuse("EXPRESSION_NOT_TRUTH", origin, type=found)
    if claim.form in NAMED:
        _check_results(claim, linked, refuse)
    if claim.rises is not None and not rising_facts(linked.definitions, claim.rises):
        known = [name for name in _facts(linked.definitions) if rising_facts(linked.definitions, name)]
        refuse(
            "PROPERTY_CANNOT_RISE", claim.origin / "when" / "rises", name=claim.rises, known=tuple(known),
            meant=nearest(claim.rises, known),
        )  # fmt: skip
    known = [
        name
        for name, facts in _facts(linked.definitions).items()
        if facts[0].type.kind not in ("text", "reference")
    ]
    for number, name in enumerate(claim.of):
        if name not in (UNCITED, *known):
            refuse(
                "PROPERTY_UNKNOWN_FACT", claim.origin / "of" / number, name=name, known=(UNCITED, *known),
                meant=nearest(name, known),
            )  # fmt: skip


def _check_results(claim: Property, linked: Linked, refuse: Refuse) -> None:
    """Refuse a claim about a name that is not a list or a conclusion about the root; ``never_negative`` needs numbers."""
    root, lists = linked.definitions.head.root, linked.definitions.head.entries
    numbers = claim.form == "never_negative"
    known = [name for name, entries in lists.items() if not (numbers and entries == "truth")]
    for name, conclusion in linked.conclusions.items():
        versions = [typed for rule in conclusion.rules for typed in linked.versions[rule.id]]
        if "/" not in name and versions and versions[0].version.about == root:
            if not numbers or conclusion.type.kind in _AMOUNTS:
                known.append(name)
    for number, name in enumerate(claim.claims):
        if name not in known:
            refuse(
                "PROPERTY_UNKNOWN_RESULT", claim.origin / claim.form / number, name=name, meant=nearest(name, known)
            )  # fmt: skip


def _facts(definitions: Definitions) -> dict[str, list[FactDefinition]]:
    found: dict[str, list[FactDefinition]] = {}
    for entity in definitions.entities.values():
        for fact in entity.facts.values():
            found.setdefault(fact.name, []).append(fact)
    return found


def rising_facts(definitions: Definitions, name: str) -> list[FactDefinition]:
    """The facts called *name* that can rise: amounts, numbers, and lists whose records have an amount."""
    return [
        fact
        for fact in _facts(definitions).get(name, ())
        if fact.type.kind in _AMOUNTS or any(f.type.kind == "money" for f in fact.fields.values())
    ]
