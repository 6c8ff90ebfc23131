"""Search for a household that a mutant changes, without a solver: examples and small variations of them.

The variations are near the values where rules change: ages of the parameters, and amounts that meet a threshold. The
order is the same in every run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from hongqiao_rules.analysis.mutate.affected_cases import Pair, every_pair
from hongqiao_rules.analysis.mutate.example_run import Trial
from hongqiao_rules.analysis.mutate.mutant_witness import Sides, Told, Witness
from hongqiao_rules.analysis.solver.json_facts import plain
from hongqiao_rules.analysis.unknowns import holders
from hongqiao_rules.errors import HouseholdError, RequestError
from hongqiao_rules.household.fields import parse_money
from hongqiao_rules.rulebook.definitions import FactDefinition, FieldDefinition, calendar
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.value_text import money

TRIES = 200
"""The number of households tried for one pair of rulebooks."""
_PAIRS = 12
"""The number of pairs tried: days and readings under which the rulebook and its mutant differ."""
_AMOUNTS = (1, 50000, 100000, 300000)
"""Some amounts in fen."""


def search(base: Rulebook, changed: Rulebook, known: Sequence[Trial]) -> Witness | None:
    """Return a household whose result differs, if the search meets one; ``None`` proves nothing."""
    households = [trial.given for trial in known if isinstance(trial.given, Mapping)]
    for pair in islice(every_pair(base, changed), _PAIRS if households else 0):
        found = _Tries(base, changed, pair).found(households)
        if found is not None:
            return found
    return None


class _Tries:
    def __init__(self, base: Rulebook, changed: Rulebook, pair: Pair) -> None:
        self.sides = Sides(base, changed, pair)
        self.result, self.definitions = self.sides.editions[0].fields.declared, base.definitions
        self.random = Random(0)  # noqa: S311  # the same in every run
        first = calendar(pair.start)
        last = min(calendar(min(pair.end, 99991231)), first + timedelta(days=400))
        self.days = [first, first + (last - first) / 2, last]
        numbers = [p for p in base.definitions.parameters.values() if p.type.kind == "number"]
        self.ages = sorted({v.value for p in numbers for v in p.values if 0 <= v.value < 120} | {16, 40})

    def found(self, households: Sequence[Mapping[str, Any]]) -> Witness | None:
        for number in range(TRIES):
            on = self.days[number % len(self.days)]
            household = deepcopy(dict(households[number % len(households)]))
            for _ in range(self.random.randrange(4)):
                self.change(household, on)
            try:
                one, other = self.sides.told(household, on)
                if one == other and self.near(household, one):
                    one, other = self.sides.told(household, on)
            except (HouseholdError, RequestError, ZeroDivisionError):
                continue
            if one != other:
                return self.sides.witness(household, on)
        return None

    def change(self, household: dict[str, Any], on: date) -> None:
        """Change one fact, or copy a contained entity."""
        (_, root, _), *each = holders(household, self.definitions)
        roll = self.random.random()
        one, entity = (household, root) if not each else self.random.choice([(one, e) for _, e, one in each])
        if each and roll < 0.1:
            members = household[str(each[0][0][0])]
            new = {**deepcopy(one), "id": f"new-{len(members)}"}
            for fact in entity.facts.values():
                if fact.required and fact.type.kind in ("code", "date"):
                    new[fact.name] = self.value(fact, on)
            members.append(new)
            return
        if roll < 0.25:
            one, entity = household, root
        facts = [f for f in entity.facts.values() if f.type.kind not in ("text", "reference")]
        facts = [f for f in facts if not f.required or f.type.kind == "date"]
        if facts:
            dates = [f for f in facts if f.type.kind == "date"]
            fact = self.random.choice(dates if dates and roll < 0.45 else facts)
            one[fact.name] = self.value(fact, on)

    def value(self, fact: FactDefinition | FieldDefinition, on: date) -> Any:
        """Any value of a fact or field; a date is at, or one day from, the birthday of an age."""
        random, kind = self.random, fact.type.kind
        if kind in ("code", "codes"):
            codes = list(self.definitions.codes[fact.type.of or ""].values)
            return random.choice(codes) if kind == "code" else random.sample(codes, random.randrange(3))
        if isinstance(fact, FactDefinition) and kind == "records":
            count = range(random.randrange(3))
            return [{name: self.value(field, on) for name, field in fact.fields.items()} for _ in count]
        if kind == "truth":
            return random.random() < 0.5
        if kind == "date":
            birthday = date(on.year - random.choice(self.ages), on.month, min(on.day, 28))
            return (birthday + timedelta(days=random.choice((-1, 0, 1)))).isoformat()
        if kind == "money":
            return money(random.choice((*_AMOUNTS, random.randrange(1000000))))
        return plain(fact, random.randint(fact.least, min(fact.most, fact.least + 10)))

    def near(self, household: dict[str, Any], came: Told) -> bool:
        """Change an amount so that a decisive figure may be at, or one fen from, a multiple of another one."""
        amounts = [
            (record, name)
            for _, entity, one in holders(household, self.definitions)
            for fact in entity.facts.values()
            for record in (one.get(fact.name, ()) if fact.type.kind == "records" else ())
            for name in record
            if isinstance(record[name], str) and parse_money(record[name]) is not None
        ]
        figures = [parse_money(came.get(name)) for name in (self.result.decisive if self.result else ())]
        if not amounts or None in figures or len(figures) < 2:
            return False
        record, name = self.random.choice(amounts)
        threshold, figure = self.random.sample([f or 0 for f in figures], 2)
        count = max(1, len(list(holders(household, self.definitions))) - 1)
        threshold = threshold * self.random.randint(1, count) * self.random.choice((2, 3)) // 2
        amount = (parse_money(record[name]) or 0) + threshold - figure + self.random.choice((-1, 0, 1))
        if amount >= 0:
            record[name] = money(amount)
        return amount >= 0
