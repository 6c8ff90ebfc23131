"""Whether anybody could notice a change: proved by Z3 that nobody could, or a household that does.

A change that no conclusion which it touches can feel is proved first, which takes few questions; else whatever an
assessment says is compared. Every household found is assessed under both rulebooks by the direct engine before it counts.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from hongqiao_rules.mutations.spread import Pair, Reach, pairs
from hongqiao_rules.mutations.witness import Witness, witness
from hongqiao_rules.questions.border import ALSO, accepted
from hongqiao_rules.questions.plain import household
from hongqiao_rules.questions.solving import Search
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.nodes import AssessmentDate, walk


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

    def witness(self) -> Witness | None:
        """A household that notices; ``None`` where it is proved that none does.

        Raises:
            RequestError: the time was not enough.

        """
        if not self.felt():
            return None
        for reach, pair in pairs(self.base, self.changed, local=False):
            if pair.one is None or pair.other is None:
                return witness(self.base, self.changed, pair, None, pair.start)
            for size in dict.fromkeys((1, self.members)):
                found = self.differing(pair, self.told(reach, pair), 1, size)
                if found is not None:
                    least = next(
                        f
                        for n in range(1, size + 1)
                        if (f := found if n == size else self.differing(pair, self.told(reach, pair), n, n))
                    )
                    return witness(self.base, self.changed, pair, *least)
        return None

    def felt(self) -> bool:
        """Whether any conclusion that the change touches, or notice, can come to something else."""
        settled: set[Any] = set()
        for reach, pair in pairs(self.base, self.changed, local=True):
            if pair.one is None or pair.other is None or not reach.touched:
                return True
            key = _key(reach, pair)
            if key not in settled:
                settled.add(key)
                if self.differing(pair, reach.touched, 1, self.members) is not None:
                    return True
        return False

    def told(self, reach: Reach, pair: Pair) -> set[str]:
        """What an assessment tells and the change can reach: figures, lists and notices."""
        head = self.base.definitions.head
        names = reach.downstream(reach.touched)
        listed = {
            c.name for dated in (pair.one, pair.other) if dated is not None for c in dated.conclusions if c.list
        }  # fmt: skip
        return {name for name in names if name in head.figures or name in listed or name.startswith(" ")}

    def differing(
        self, pair: Pair, names: set[str], least: int, most: int
    ) -> tuple[dict[str, Any], int] | None:
        """A household, and a day, on which one of *names* comes to something else."""
        assert pair.one is not None
        assert pair.other is not None
        left = self.until - monotonic()
        if left <= 0:
            raise RequestError("NOT_DECIDED", problem="timeout")
        space = Space(self.base.definitions, [pair.one, pair.other])
        day = space.date("on", pair.start, min(pair.end, LAST_DAY))
        facts = free(space, least, most, ALSO)
        space.require(*accepted(facts, day, applicant=0))
        sides = [SymbolicEngine(dated).symbols(facts, day) for dated in (pair.one, pair.other)]
        differ = terms.disjunction(self.differences(pair, names, facts, *sides))
        model = Search(space, max(left, 0.1)).model([differ])
        if model is None:
            return None
        found = household(concrete(space, model, facts), self.base.definitions.entities)
        return found, space.value(model, day)

    def differences(
        self, pair: Pair, names: set[str], facts: SymbolicFacts, one: Symbols, other: Symbols
    ) -> Iterator[Truth]:
        """For each of *names* whether it differs, for anybody."""
        if [self.complete(rulebook, pair) for rulebook in (self.base, self.changed)] in (
            [True, False],
            [False, True],
        ):
            yield True
        for name in sorted(names):
            if name.startswith(" "):
                yield terms.negation(_alike(_notice(one, name[1:]), _notice(other, name[1:])))
                continue
            for who in self.whom(pair, name, len(facts.present)):
                here = [_value(symbols, name, who) for symbols in (one, other)]
                differs = terms.negation(_alike(*here))
                yield differs if who is None else terms.conjunction([facts.present[who], differs])

    @staticmethod
    def complete(rulebook: Rulebook, pair: Pair) -> bool:
        return all(rulebook.definitions.overlays[name].complete for name in pair.overlays)

    def whom(self, pair: Pair, name: str, count: int) -> list[int | None]:
        """Whom a conclusion is about: the household, or each member."""
        entities = {
            c.entity for dated in (pair.one, pair.other) if dated is not None for c in dated.conclusions if c.name == name
        }  # fmt: skip
        root = self.base.definitions.head.root
        return [None, *range(count)] if entities - {root} else [None]


def _value(symbols: Symbols, name: str, who: int | None) -> Any:
    """A conclusion, of a list what it shows; ``None`` where the rulebook has none of that name, of that entity."""
    dated = symbols.engine.dated
    for conclusion in dated.conclusions:
        if conclusion.name == name and (conclusion.entity == dated.root) == (who is None):
            value = symbols.value(name, who)
            if conclusion.list is None or conclusion.type.kind == "truth":
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


def _key(reach: Reach, pair: Pair) -> Any:
    """What a question about the touched conclusions alone depends on: two of the same key have the same answer."""
    names = reach.upstream(reach.touched)
    parts: list[Any] = []
    dated_days = False
    for dated in (pair.one, pair.other):
        assert isinstance(dated, Dated)
        for conclusion in dated.conclusions:
            if conclusion.name in names:
                said = tuple((candidate.conditions, candidate.value) for candidate in conclusion.candidates)
                parts.append((conclusion.entity, conclusion.name, said))
                trees = [tree for conditions, value in said for tree in (*conditions, value)]
                dated_days |= any(isinstance(n, AssessmentDate) for tree in trees for n in walk(tree))
        parts.append(tuple((n.code, when) for n, when in dated.notices if f" {n.code}" in names))
    # Ages at the border turn on the day, too, but hold on any day alike.
    return tuple(parts), (pair.start, pair.end) if dated_days else None
