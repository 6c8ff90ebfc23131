"""Search for a household that a mutant changes, without a solver: examples with one or a few facts changed.

What is tried lies near where rules turn: amounts a fen beside the lines, birthdays a day beside the ages in the parameters.
The order is the same in every run.
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
from hongqiao_rules.analysis.mutate.mutant_witness import Sides, Witness
from hongqiao_rules.errors import HouseholdError, RequestError
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.definitions import (
    FOREVER,
    FactDefinition,
    FieldDefinition,
    calendar,
)
from hongqiao_rules.rulebook.load import Rulebook
from hongqiao_rules.rulebook.value_text import money

TRIES = 200
"""How many households are tried for one pair of rulebooks."""
_PAIRS = 12
"""How many pairs of a rulebook and its mutant are looked at: days and readings under which they differ."""
_UNSAID = ("id", "relationship", "birth_date", "parent")


def search(base: Rulebook, changed: Rulebook, known: Sequence[Trial]) -> Witness | None:
    """Return a household whose result differs, if the search meets one; none is no proof."""
    households = [trial.given for trial in known if isinstance(trial.given, Mapping)] or [_ANYBODY]
    for pair in islice(every_pair(base, changed), _PAIRS):
        found = _Tries(base, changed, pair, households).found()
        if found is not None:
            return found
    return None


_ANYBODY: Mapping[str, Any] = {
    "id": "example",
    "members": [
        {"id": "one", "relationship": "applicant", "birth_date": "1975-05-01", "marital_status": "married", "incomes": []},
        {"id": "two", "relationship": "child", "birth_date": "2005-05-01", "incomes": []},
    ],
}  # fmt: skip


class _Tries:
    def __init__(
        self, base: Rulebook, changed: Rulebook, pair: Pair, households: Sequence[Mapping[str, Any]]
    ) -> None:
        self.sides = Sides(base, changed, pair.readings, pair.overlays)
        self.definitions: Definitions = base.definitions
        self.households = households
        self.random = Random(0)  # noqa: S311  # the same in every run
        first = calendar(pair.start)
        last = (
            min(calendar(pair.end), first + timedelta(days=400))
            if pair.end < FOREVER
            else first + timedelta(days=400)
        )
        self.days = [first, first + (last - first) / 2, last]
        numbers = [p for p in self.definitions.parameters.values() if p.type.kind == "number"]
        self.ages = sorted({v.value for p in numbers for v in p.values if 0 <= v.value < 120} | {16, 40})
        member = self.definitions.entities["member"].facts.values()
        self.facts = [fact for fact in member if fact.name not in _UNSAID and fact.type.kind != "text"]
        root = self.definitions.entities[self.definitions.head.root].facts.values()
        self.own = [fact for fact in root if fact.type.kind != "text"]

    def found(self) -> Witness | None:
        for number in range(TRIES):
            on = self.days[number % len(self.days)]
            household = deepcopy(dict(self.households[number % len(self.households)]))
            for _ in range(self.random.randrange(4)):
                self.change(household, on)
            try:
                one, other = self.sides.told(household, on)
                if one == other and (near := self.near(household, one)) is not None:
                    household = near
                    one, other = self.sides.told(household, on)
            except (HouseholdError, RequestError, ZeroDivisionError):
                continue
            if one != other:
                return self.sides.witness(household, on)
        return None

    def change(self, household: dict[str, Any], on: date) -> None:
        """Change one thing."""
        members = household["members"] = [dict(member) for member in household["members"]]
        member = self.random.choice(members)
        roll = self.random.random()
        if roll < 0.15 and self.own:
            fact = self.random.choice(self.own)
            household[fact.name] = self.value(fact)
        elif roll < 0.35:
            age = self.random.choice(self.ages)
            day = min(on.day, 28)
            born = date(on.year - age, on.month, day) + timedelta(days=self.random.choice((-1, 0, 1)))
            member["birth_date"] = born.isoformat()
        elif roll < 0.45:
            names = {m["id"] for m in members}
            name = next(f"member-{n}" for n in range(2, 200) if f"member-{n}" not in names)
            members.append(
                {"id": name, "relationship": "child", "birth_date": f"{on.year - 18}-01-01", "incomes": []}
            )
        else:
            fact = self.random.choice(self.facts)
            member[fact.name] = self.value(fact)

    def value(self, fact: FactDefinition | FieldDefinition) -> Any:
        """Any value of a fact."""
        random, kind = self.random, fact.type.kind
        if kind in ("code", "codes"):
            codes = list(self.definitions.codes[fact.type.of or ""].values)
            return random.choice(codes) if kind == "code" else random.sample(codes, random.randrange(3))
        if kind == "records":
            assert isinstance(fact, FactDefinition)
            return [
                {name: self.value(field) for name, field in fact.fields.items()}
                for _ in range(random.randrange(3))
            ]
        if kind == "truth":
            return random.random() < 0.5
        if kind == "money":
            return money(random.choice((1, 50000, 100000, 300000, random.randrange(1000000))))
        if kind == "date":
            return f"{random.randrange(1930, 2020)}-01-01"
        return random.randint(fact.least, min(fact.most, fact.least + 10))

    def near(self, household: Mapping[str, Any], came: Mapping[str, Any]) -> dict[str, Any] | None:
        """Yield the household with one amount changed so that its income is at, or one fen from, a multiple of a figure."""
        if "standard" not in came or "countable_income" not in came:
            return None
        earning = [
            (n, m) for n, m in enumerate(household["members"]) if m.get("incomes") and isinstance(m["incomes"], list)
        ]  # fmt: skip
        if not earning:
            return None
        number, member = self.random.choice(earning)
        standard, countable = (_fen(came[name]) for name in ("standard", "countable_income"))
        line = standard * came["counted_members"] * self.random.choice((2, 3)) // 2
        amount = _fen(member["incomes"][0]["monthly"]) + line - countable + self.random.choice((-1, 0, 1))
        if amount < 0:
            return None
        incomes = [{**member["incomes"][0], "monthly": money(amount)}, *member["incomes"][1:]]
        members = list(household["members"])
        members[number] = {**member, "incomes": incomes}
        return {**household, "members": members}


def _fen(value: Any) -> int:
    whole, _, part = str(value).partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0")[:2] or 0)
