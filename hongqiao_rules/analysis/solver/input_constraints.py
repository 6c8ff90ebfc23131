"""The declared input checks and derived defaults over symbolic facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine, Symbols
from hongqiao_rules.engines.symbolic.symbolic_facts import SymbolicFacts
from hongqiao_rules.engines.symbolic.terms import Amount, Truth
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.input_rules import (
    NAMES,
    TAKEN,
    Check,
    DatedInputs,
    Default,
    conclusion,
    refusal,
    taking,
)


class InputConstraints:
    """The input checks and derived defaults of a period, ready for any symbolic facts.

    Attributes:
        dated: their conditions as conclusions, each about one entity.
        needed: the facts that a check may ask for, by entity and name.
    """

    def __init__(self, inputs: DatedInputs) -> None:
        self.inputs, self.needed = inputs, inputs.needed
        made = [default for one in inputs.defaults for default in taking(one)]
        for check in inputs.checks:
            one = check.definition
            # A check of all entities together is a condition on each; refusals() combines them.
            value = check.condition if one.form.startswith("at_") else refusal(check, inputs.root)
            made.append(conclusion(one.code, one.entity, value, one.origin))
        self.dated = inputs.of(made)
        self._engine = SymbolicEngine(self.dated)

    @property
    def needed_codes(self) -> frozenset[tuple[str, str]]:
        """The needed facts that an input may leave out, by entity and name: codes without a default."""
        known = self.inputs.definitions.entities
        facts = (known[entity].facts[name] for entity, name in self.needed)
        return frozenset((f.entity, f.name) for f in facts if f.type.kind == "code" and f.default is None)

    def symbols(self, facts: SymbolicFacts, day: Amount) -> Symbols:
        """The conditions over *facts*, which say for each needed fact whether it is absent."""
        return self._engine.symbols(facts, day)

    def taken(self, default: Default, symbols: Symbols, who: int | None) -> Truth:
        """The truth that a default is taken if the fact of an entity is absent."""
        return symbols.value(TAKEN.format(default.definition.fact), who)

    def refusals(self, symbols: Symbols) -> Iterator[tuple[Check, int | None, Truth]]:
        """Yield the condition under which a check refuses, for each entity it is about, or for all together."""
        for check in self.inputs.checks:
            one = check.definition
            held = [
                (who, terms.conjunction([present, symbols.value(one.code, who)]))
                for who, present in self._entities(symbols.facts, one.entity)
            ]
            if one.form == "at_least_one":
                yield check, None, terms.negation(terms.disjunction(truth for _, truth in held))
            elif one.form == "at_most_one":
                pairs = combinations((truth for _, truth in held), 2)
                yield check, None, terms.disjunction(terms.conjunction(pair) for pair in pairs)
            else:
                yield from ((check, who, truth) for who, truth in held)

    def accepted(self, facts: SymbolicFacts, day: Amount, *, ordered: bool = False) -> Iterator[Truth]:
        """Return the constraints under which some input with these facts is accepted.

        The facts are those after defaults. An input may state every fact that has a value, so a fact is absent only
        where its value is ``None``.

        Args:
            facts: the facts.
            day: the assessment date.
            ordered: also require the first ``at_least_one`` of the first contained entity. This excludes no
                case, since no rule depends on the order of entities.
        """
        symbols = self.symbols(self._with_absent(facts), day)
        for default in self.inputs.defaults:
            one = default.definition
            for who, present in self._entities(facts, one.entity):
                taken = [present, self.taken(default, symbols, who), _unstated(facts, one.fact, who)]
                if default.names is not None:
                    names = [(NAMES.format(one.fact), other) for other in range(len(facts.present))]
                    taken.append(
                        terms.disjunction(
                            terms.conjunction([facts.present[other], symbols.value(name, other)])
                            for name, other in names
                        )
                    )
                yield terms.negation(terms.conjunction(taken))
        for check, _, refused in self.refusals(symbols):
            if ordered and check.definition.form == "at_least_one":
                ordered = False
                yield terms.conjunction([facts.present[0], symbols.value(check.definition.code, 0)])
            yield terms.negation(refused)

    def _with_absent(self, facts: SymbolicFacts) -> SymbolicFacts:
        root, each = dict(facts.root), dict(facts.each)
        for entity, name in self.needed:
            gone = [_unstated(facts, name, who) for who, _ in self._entities(facts, entity)]
            if entity == self.inputs.root:
                (root[absent(name)],) = gone
            else:
                each[absent(name)] = gone
        return replace(facts, root=root, each=each)

    def _entities(self, facts: SymbolicFacts, entity: str) -> Iterator[tuple[int | None, Truth]]:
        """Each entity of a kind, with the truth that it is present."""
        return iter([(None, True)]) if entity == self.inputs.root else enumerate(facts.present)


def _unstated(facts: SymbolicFacts, name: str, who: int | None) -> Truth:
    """The truth that a fact has no value, or that a reference names no entity."""
    if who is not None and name in facts.points:
        return terms.negation(terms.disjunction(own[who] for own in facts.points[name]))
    values = facts.root.get(name) if who is None else facts.each.get(name)
    value = values if who is None or values is None else values[who]
    free = isinstance(value, terms.Choice) or (value is None and values is not None)
    return terms.compare("==", value, None) if free else False
