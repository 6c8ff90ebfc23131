"""Prove with Z3 that a mutant changes no result, or find a household that it changes.

The search follows the change from the conclusions that it touches to those that read them, as long as they differ for
some household. The direct engine assesses every household found under both rulebooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hongqiao_rules.analysis.mutate.affected_cases import Pair, Reach, pairs, reaches
from hongqiao_rules.analysis.mutate.mutant_witness import Sides, Witness
from hongqiao_rules.analysis.solver import sizes
from hongqiao_rules.analysis.solver.scene import Scene
from hongqiao_rules.analysis.solver.search import Budget
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import Symbols
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.engines.symbolic.variables import LAST_DAY, Space
from hongqiao_rules.language.nodes import AssessmentDate, walk
from hongqiao_rules.rulebook.dating import Dated, DatedConclusion
from hongqiao_rules.rulebook.definitions import calendar
from hongqiao_rules.rulebook.dependencies import notice_name, signature
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.input_rules import DatedInputs
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.ranges import Range
from hongqiao_rules.rulebook.ranges import check as ranges

Found = tuple[dict[str, Any], int]
"""A household, and a day yyyymmdd."""
Rules = tuple[tuple[Dated, DatedInputs], ...]


class Prover:
    """Looks for a household that a mutant changes.

    Args:
        base: the rulebook.
        changed: the mutant.
        seconds: the time limit.
        members: the largest number of members of a household.

    """

    def __init__(self, base: Rulebook, changed: Rulebook, seconds: float, members: int) -> None:
        self.base, self.changed, self.members = base, changed, members
        self.budget = Budget(seconds)
        self.ranges: dict[Dated, Mapping[tuple[str, str], Range]] = {}

    def witness(self) -> Witness | None:
        """A household whose result differs; ``None`` if there is provably none.

        Raises:
            RequestError: the time was not enough.

        """
        for reach in reaches(self.base, self.changed):
            found = self.refused(reach) or self.followed(reach)
            if found is not None:
                return found
        return None

    def refused(self, reach: Reach) -> Witness | None:
        """Any household, on a date that only one of the rulebooks accepts or calls complete."""
        for pair in pairs(self.base, self.changed, reach, set()):
            if pair.one is None or pair.other is None or not reach.touched:
                dated, book = (pair.one, self.base) if pair.one else (pair.other, self.changed)
                assert dated is not None
                scene = Scene([(dated, book.inputs(pair.start))], (pair.start, pair.start), 1)
                return self.shown(pair, scene.household(scene.search.model([])), pair.start)
        return None

    def followed(self, reach: Reach) -> Witness | None:
        """The first household for which a conclusion that assessments show differs."""
        inside, front = set(reach.touched), set(reach.touched)
        while front:
            differing = set()
            for name in sorted(front):
                found = self.differs(reach, name, inside)
                if isinstance(found, Witness):
                    return found
                if found:
                    differing.add(name)
            front = {after for name in differing for after in reach.readers(name)} - inside
            inside |= front
        return None

    def differs(self, reach: Reach, name: str, inside: set[str]) -> Witness | bool:
        """Find a household of few members for which a conclusion or notice differs.

        First the values of the conclusions that the change does not reach are free but equal in both rulebooks. This
        proves most at once, and needs few readings. What it does not prove is asked again with every rule.

        Args:
            reach: the dependencies.
            name: the conclusion or notice.
            inside: the conclusions that the change reaches.

        Returns:
            Its witness if assessments show the conclusion, else ``True``; ``False`` if no household differs.

        """
        behind = reach.upstream({name}) & reach.reads.keys()
        near = {name} | (inside & behind)
        found = next(self.differing(reach, name, near), None) and next(
            self.differing(reach, name, behind), None
        )
        if found is None:
            return False
        pair, rules, (household, day) = found
        if not reach.told(name):
            return True
        fewer = sizes(self.base.definitions, self.members)[:-1]
        found_of = (self.model(pair, rules, name, behind, (size, size)) for size in fewer)
        return self.shown(pair, *next(filter(None, found_of), (household, day)))

    def shown(self, pair: Pair, household: Mapping[str, Any], day: int) -> Witness:
        """The witness of a household whose result differs."""
        return Sides(self.base, self.changed, pair).witness(household, calendar(day))

    def differing(self, reach: Reach, name: str, names: set[str]) -> Iterator[tuple[Pair, Rules, Found]]:
        """Yield the cases in which *name* can differ if only *names* are evaluated, each with a household that shows it."""
        settled: set[Any] = set()
        for pair in pairs(self.base, self.changed, reach, names):
            if pair.one is None or pair.other is None:
                continue
            books = (pair.one, self.base), (pair.other, self.changed)
            rules: Rules = tuple((dated, book.inputs(pair.start)) for dated, book in books)
            key = _key(pair, rules, names)
            if key not in settled:
                settled.add(key)
                found = self.model(pair, rules, name, names, (None, self.members))
                if found is not None:
                    yield pair, rules, found

    def model(
        self, pair: Pair, rules: Rules, name: str, names: set[str], members: tuple[int | None, int]
    ) -> Found | None:
        """A household and a day (yyyymmdd) for which *name* differs if only *names* are evaluated, or ``None``."""
        least, most = members
        seconds = self.budget.left()
        scene = Scene(rules, (pair.start, min(pair.end, LAST_DAY)), most, least)
        sides = [scene.symbols(dated, number) for number, (dated, _) in enumerate(rules)]
        self.assume(scene, names, sides)
        model = scene.search.model([terms.disjunction(_differences(name, *sides))], seconds)
        return None if model is None else (scene.household(model), scene.on(model))

    def assume(self, scene: Scene, names: set[str], sides: Sequence[Symbols]) -> None:
        """Give every conclusion but *names* the same free value in both rulebooks."""
        conclusions = {key: c for side in reversed(sides) for key, c in side.engine.conclusions.items()}
        for (entity, name), conclusion in conclusions.items():
            if name not in names:
                everyone = range(len(scene.facts.present))
                for who in [None] if entity == sides[0].engine.root else everyone:
                    value = self.unknown(scene.space, sides, conclusion, f"{name} {who}")
                    for side in sides:
                        side.assume(name, who, value)

    def unknown(self, space: Space, sides: Sequence[Symbols], conclusion: DatedConclusion, label: str) -> Any:
        """A free value of a conclusion, within its range."""
        if conclusion.type.kind == "truth":
            return space.truth(label)
        if conclusion.type.kind == "code":
            return space.code(label, space.codes_of(conclusion.type.of or ""))
        key = conclusion.entity, conclusion.name
        found = [
            known[key] for known in map(self.range, (side.engine.dated for side in sides)) if key in known
        ]
        return space.number(label, min(low for low, _ in found), max(high for _, high in found))

    def range(self, dated: Dated) -> Mapping[tuple[str, str], Range]:
        """The range of every conclusion."""
        if dated not in self.ranges:
            self.ranges[dated] = ranges(dated, Faults(self.base.files))
        return self.ranges[dated]


def _differences(name: str, one: Symbols, other: Symbols) -> Iterator[Truth]:
    """Yield the formulas that *name* differs for the household, or for one of its members."""
    sides = one, other
    if name.startswith(" "):
        yield terms.compare("!=", *(_notice(side, name) for side in sides))
        return
    conclusions = {c.entity: c for side in sides for c in side.engine.dated.conclusions if c.name == name}
    for entity, conclusion in conclusions.items():
        of_root = entity == one.engine.root
        for who, present in [(None, True)] if of_root else enumerate(one.facts.present):
            values = (_value(side, conclusion, who) for side in sides)
            yield terms.conjunction([present, terms.compare("!=", *values)])


def _value(side: Symbols, conclusion: DatedConclusion, who: int | None) -> Any:
    """The value of a conclusion; if this side has no rule for it, its value without a rule."""
    settled = (conclusion.entity, conclusion.name) in side.engine.conclusions
    return side.value(conclusion.name, who) if settled else conclusion.otherwise


def _notice(side: Symbols, name: str) -> Truth:
    held = zip(side.engine.dated.notices, side.noticed(), strict=True)
    return next((truth for (notice, _), truth in held if notice_name(notice.code) == name), False)


def _key(pair: Pair, rules: Rules, names: set[str]) -> Any:
    """Return the cache key of a question about the conclusions *names*: equal keys have equal answers."""
    own = [c for dated, _ in rules for c in dated.conclusions if c.name in names]
    trees = [tree for conclusion in own for candidate in conclusion.candidates for tree in candidate.trees]
    noticed = (notice for dated, _ in rules for notice in dated.notices)
    trees += [when for notice, when in noticed if when is not None and notice_name(notice.code) in names]
    # Only ages depend on the date, so without them the answer of one period holds for all.
    on_days = any(isinstance(node, AssessmentDate) for tree in trees for node in walk(tree))
    said = tuple((signature(dated, names), inputs.checks, inputs.defaults) for dated, inputs in rules)
    return said, (pair.start, pair.end) if on_days else None
