"""Whether anybody could notice a change: proved by Z3 that nobody could, or a household that does.

The change is followed from the conclusions that it touches to what rests on them, as long as those come to something else
for anybody; where nothing does any more, nobody notices. What a conclusion is worked out from is at first taken for
unknown, which proves most at once, and then step by step worked out, too. Every household found is assessed under both
rulebooks by the direct engine before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import monotonic
from typing import Any

from hongqiao_rules.engines import symbolic_terms as terms
from hongqiao_rules.engines.symbolic import SymbolicEngine, Symbols
from hongqiao_rules.engines.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic_free import facts as concrete
from hongqiao_rules.engines.symbolic_free import free
from hongqiao_rules.engines.symbolic_space import LAST_DAY, Space
from hongqiao_rules.engines.symbolic_terms import Truth
from hongqiao_rules.errors import RequestError
from hongqiao_rules.mutations.spread import Pair, Reach, pairs, reaches
from hongqiao_rules.mutations.witness import Witness, witness
from hongqiao_rules.questions.border import ALSO, accepted
from hongqiao_rules.questions.plain import household
from hongqiao_rules.questions.solving import Search
from hongqiao_rules.rulebook.dating import Dated, DatedConclusion
from hongqiao_rules.rulebook.load import Faults, Rulebook
from hongqiao_rules.rulebook.nodes import AssessmentDate, walk
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
        self.until = monotonic() + seconds
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
        """The first conclusion downstream that differs and is told."""
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
        """Whether *name* comes to something else for anybody, or what is shown of it: if so, for whom.

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
        left = self.until - monotonic()
        if left <= 0:
            raise RequestError("NOT_DECIDED", problem="timeout")
        space = Space(self.base.definitions, [pair.one, pair.other])
        day = space.date("on", pair.start, min(pair.end, LAST_DAY))
        facts = free(space, *(members or (1, self.members)), ALSO)
        space.require(*accepted(facts, day, applicant=0))
        one, other = (SymbolicEngine(dated).symbols(facts, day) for dated in (pair.one, pair.other))
        if known is not None:
            self.assume(space, pair, known, one, other)
        differ = terms.disjunction(_differences(name, facts, one, other, shown=shown))
        model = Search(space, max(left, 0.1)).model([differ])
        if model is None:
            return None
        found = household(concrete(space, model, facts), self.base.definitions.entities)
        return found, space.value(model, day)

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


def _differences(
    name: str, facts: SymbolicFacts, one: Symbols, other: Symbols, *, shown: bool
) -> Iterator[Truth]:
    """Whether *name* differs for the household, or for each member."""
    if name.startswith(" "):
        yield terms.negation(_alike(_notice(one, name[1:]), _notice(other, name[1:])))
        return
    whom: list[int | None] = [None, *range(len(facts.present))]
    for who in whom:
        differs = terms.negation(
            _alike(*(_value(symbols, name, who, shown=shown) for symbols in (one, other)))
        )
        yield differs if who is None else terms.conjunction([facts.present[who], differs])


def _value(symbols: Symbols, name: str, who: int | None, *, shown: bool) -> Any:
    """A conclusion, or what is shown of it; ``None`` where the rulebook has none of that name, of that entity."""
    dated = symbols.engine.dated
    for conclusion in dated.conclusions:
        if conclusion.name == name and (conclusion.entity == dated.root) == (who is None):
            value = symbols.value(name, who)
            if conclusion.list is None or conclusion.type.kind == "truth" or not shown:
                return value
            return terms.extreme([value, 0], greatest=True)
    return None


def _alike(one: Any, other: Any) -> Truth:
    if one is None and other is None:
        return True
    one, other = (_nothing(b) if a is None else a for a, b in ((one, other), (other, one)))
    if isinstance(one, bool) and isinstance(other, bool):
        return one is other
    if _is_truth(one) or _is_truth(other):
        return terms.disjunction(
            [terms.conjunction([one, other]), terms.conjunction([terms.negation(one), terms.negation(other)])]
        )
    return terms.compare("==", one, other)


def _is_truth(term: Any) -> bool:
    return isinstance(term, bool) or type(term).__name__ == "BoolRef"


def _nothing(like: Any) -> Any:
    return False if _is_truth(like) else 0


def _notice(symbols: Symbols, code: str) -> Truth:
    for (notice, _), held in zip(symbols.engine.dated.notices, symbols.noticed(), strict=True):
        if notice.code == code:
            return held
    return False


def _key(pair: Pair, known: set[str]) -> Any:
    """What a question about *known* conclusions depends on: two of the same key have the same answer."""
    parts: list[Any] = []
    on_days = False
    for dated in (pair.one, pair.other):
        for conclusion in dated.conclusions if dated is not None else ():
            if conclusion.name in known:
                said = tuple((candidate.conditions, candidate.value) for candidate in conclusion.candidates)
                parts.append((conclusion.entity, conclusion.name, said))
                trees = [tree for conditions, value in said for tree in (*conditions, value)]
                on_days |= any(isinstance(node, AssessmentDate) for tree in trees for node in walk(tree))
        notices = dated.notices if dated is not None else ()
        parts.append(tuple((notice.code, when) for notice, when in notices if f" {notice.code}" in known))
    # Nothing but ages turns on the day, and those only where a rule reads it: else one period stands for all.
    return tuple(parts), (pair.start, pair.end) if on_days else None
