"""Prove with Z3 that a mutant changes no result, or find a household that it changes.

The change is followed from the conclusions that it touches to what rests on them, as long as those come to something else
for anybody; where nothing does any more, nobody notices. What a conclusion is worked out from is at first taken for
unknown, which proves most at once, and then step by step worked out, too. Every household found is assessed under both
rulebooks by the direct engine before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hongqiao_rules.analysis.mutate.affected_cases import Pair, Reach, pairs, reaches
from hongqiao_rules.analysis.mutate.mutant_witness import Witness, witness
from hongqiao_rules.analysis.solver.scene import Scene
from hongqiao_rules.analysis.solver.search import Budget
from hongqiao_rules.engines.symbolic import terms as terms
from hongqiao_rules.engines.symbolic.symbolic_engine import Symbols
from hongqiao_rules.engines.symbolic.terms import Truth
from hongqiao_rules.engines.symbolic.variables import LAST_DAY, Space
from hongqiao_rules.language.nodes import AssessmentDate, walk
from hongqiao_rules.rulebook.dating import Dated, DatedConclusion
from hongqiao_rules.rulebook.dependencies import notice_name, signature
from hongqiao_rules.rulebook.faults import Faults
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.ranges import Range
from hongqiao_rules.rulebook.ranges import check as ranges

Found = tuple[dict[str, Any], int]
"""A household and a day."""


class Prover:
    """Looks for a household that notices a change, until *seconds* are over.

    Args:
        base: the rulebook.
        changed: the same with the change.
        seconds: how long may be looked.
        members: how many members households have at most.

    """

    def __init__(self, base: Rulebook, changed: Rulebook, seconds: float, members: int) -> None:
        self.base, self.changed, self.members = base, changed, members
        self.budget = Budget(seconds)
        self.ranges: dict[Dated, Mapping[tuple[str, str], Range]] = {}

    def witness(self) -> Witness | None:
        """A household that notices; ``None`` where it is proved that none does.

        Raises:
            RequestError: the time was not enough.

        """
        for reach in reaches(self.base, self.changed):
            found = self.refused(reach) or self.followed(reach)
            if found is not None:
                return found
        return None

    def refused(self, reach: Reach) -> Witness | None:
        """Anybody, on a day that only one of the rulebooks takes, or where only one calls itself complete."""
        for pair in pairs(self.base, self.changed, reach, set()):
            if pair.one is None or pair.other is None or not reach.touched:
                return witness(self.base, self.changed, pair, None, pair.start)
        return None

    def followed(self, reach: Reach) -> Witness | None:
        """Return the first visible conclusion downstream that differs."""
        inside, front = set(reach.touched), set(reach.touched)
        while front:
            differing = set()
            for name in sorted(front):
                if self.differs(reach, name, inside, shown=False) is None:
                    continue
                differing.add(name)
                found = self.differs(reach, name, inside, shown=True) if reach.told(name) else None
                if found is not None:
                    pair, household, day = found
                    least = self.least(pair, name) or (household, day)
                    return witness(self.base, self.changed, pair, *least)
            front = {after for name in differing for after in reach.readers(name)} - inside
            inside |= front
        return None

    def differs(
        self, reach: Reach, name: str, inside: set[str], *, shown: bool
    ) -> tuple[Pair, dict[str, Any], int] | None:
        """Find a household for which *name*, or what is shown of it, differs.

        Args:
            reach: how far the change reaches.
            name: a conclusion, or a notice.
            inside: what is known to be reached; all else is the same in both rulebooks.
            shown: whether amounts below zero are taken for none, as an assessment shows them.

        """
        everything = reach.upstream({name}) & reach.reads.keys()
        known = {name} | (inside & everything)
        while True:
            found = self.within(reach, name, known, everything, shown=shown)
            if not isinstance(found, bool):
                return found
            if not found or known == everything:
                return None
            known |= everything & {read for one in known for read in reach.reads[one]}

    def within(
        self, reach: Reach, name: str, known: set[str], everything: set[str], *, shown: bool
    ) -> tuple[Pair, dict[str, Any], int] | bool:
        """For whom *name* differs; false where for nobody; true where what is not known would have to be known."""
        settled: set[Any] = set()
        open_ = False
        for pair in pairs(self.base, self.changed, reach, known):
            key = _key(pair, known)
            if key in settled or pair.one is None or pair.other is None:
                continue
            settled.add(key)
            found = self.model(pair, name, known, shown=shown)
            if found is not None and known != everything:
                found, open_ = self.model(pair, name, everything, shown=shown), True
            if found is not None:
                return pair, *found
            if open_:
                return True
        return False

    def least(self, pair: Pair, name: str) -> Found | None:
        """A household of the fewest members for which what is shown of *name* differs."""
        for size in range(1, self.members):
            found = self.model(pair, name, None, shown=True, members=(size, size))
            if found is not None:
                return found
        return None

    def model(
        self, pair: Pair, name: str, known: set[str] | None, *, shown: bool, members: tuple[int, int] | None = None
    ) -> Found | None:  # fmt: skip
        """A household, and a day, for which *name* differs, where only *known* conclusions are worked out."""
        assert pair.one is not None
        assert pair.other is not None
        seconds = self.budget.left()
        least, most = members or (1, self.members)
        rules = [
            (dated, book.inputs(pair.start))
            for dated, book in ((pair.one, self.base), (pair.other, self.changed))
        ]
        scene = Scene(rules, (pair.start, min(pair.end, LAST_DAY)), most, least)
        one, other = scene.symbols(pair.one), scene.symbols(pair.other, 1)
        if known is not None:
            self.assume(scene.space, pair, known, one, other)
        differ = terms.disjunction(_differences(name, one, other, shown=shown))
        model = scene.search.model([differ], seconds)
        return None if model is None else (scene.household(model), scene.on(model))

    def assume(self, space: Space, pair: Pair, known: set[str], one: Symbols, other: Symbols) -> None:
        """Take every conclusion that is not *known* for the same unknown in both rulebooks."""
        assert pair.one is not None
        assert pair.other is not None
        conclusions = {(c.entity, c.name): c for dated in (pair.other, pair.one) for c in dated.conclusions}
        for (entity, name), conclusion in conclusions.items():
            if name in known:
                continue
            whom: list[int | None] = [*range(len(one.facts.present))]
            for who in [None] if entity == pair.one.root else whom:
                value = self.unknown(space, pair, conclusion, f"{name} {who}")
                for symbols in (one, other):
                    symbols.assume(name, who, value)

    def unknown(self, space: Space, pair: Pair, conclusion: DatedConclusion, label: str) -> Any:
        """Whatever a conclusion can be."""
        if conclusion.type.kind == "truth":
            return space.truth(label)
        if conclusion.type.kind == "code":
            return space.code(label, space.codes_of(conclusion.type.of or ""))
        found = [
            self.range(dated)[conclusion.entity, conclusion.name]
            for dated in (pair.one, pair.other)
            if dated is not None and (conclusion.entity, conclusion.name) in self.range(dated)
        ]
        return space.number(label, min(low for low, _ in found), max(high for _, high in found))

    def range(self, dated: Dated) -> Mapping[tuple[str, str], Range]:
        """The range of every conclusion."""
        if dated not in self.ranges:
            self.ranges[dated] = ranges(dated, Faults(self.base.files))
        return self.ranges[dated]


def _differences(name: str, one: Symbols, other: Symbols, *, shown: bool) -> Iterator[Truth]:
    """Whether *name* differs for the household, or for each member."""
    sides = one, other
    if name.startswith(" "):
        yield terms.compare("!=", *(_notice(side, name) for side in sides))
        return
    conclusions = {c.entity: c for side in sides for c in side.engine.dated.conclusions if c.name == name}
    for entity, conclusion in conclusions.items():
        of_root = entity == one.engine.root
        for who, present in [(None, True)] if of_root else enumerate(one.facts.present):
            values = (_value(side, conclusion, who, shown=shown) for side in sides)
            yield terms.conjunction([present, terms.compare("!=", *values)])


def _value(side: Symbols, conclusion: DatedConclusion, who: int | None, *, shown: bool) -> Any:
    """A conclusion, or what is shown of it; where no rule of this side settles it, what it is without one."""
    if (conclusion.entity, conclusion.name) not in side.engine.conclusions:
        return conclusion.otherwise
    value = side.value(conclusion.name, who)
    amount = conclusion.list is not None and conclusion.type.kind != "truth"
    return terms.extreme([value, 0], greatest=True) if shown and amount else value


def _notice(side: Symbols, name: str) -> Truth:
    held = zip(side.engine.dated.notices, side.noticed(), strict=True)
    return next((truth for (notice, _), truth in held if notice_name(notice.code) == name), False)


def _key(pair: Pair, known: set[str]) -> Any:
    """Return the cache key of a question about *known* conclusions: equal keys have equal answers."""
    sides = [dated for dated in (pair.one, pair.other) if dated is not None]
    trees = [
        t
        for dated in sides
        for c in dated.conclusions
        if c.name in known
        for k in c.candidates
        for t in k.trees
    ]
    # Nothing but ages turns on the day, and those only where a rule reads it: else one period stands for all.
    on_days = any(isinstance(node, AssessmentDate) for tree in trees for node in walk(tree))
    return tuple(signature(dated, known) for dated in sides), (pair.start, pair.end) if on_days else None
