"""A second reading of a rulebook: the written expressions, walked over with exact fractions.

It shares nothing with the engines but the typed tree: parameters, readings, shares, totals and divisions are still
in it, and are taken here for what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.language import nodes as n
from hongqiao_rules.rulebook.consistency import in_force
from hongqiao_rules.rulebook.definitions import Rounding
from hongqiao_rules.rulebook.link import Linked, TypedVersion

_COMPARE = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
}  # fmt: skip


def full_years(start: int, end: int) -> int:
    """Full years between two dates by the calendar."""
    first, last = (date(d // 10000, d // 100 % 100, d % 100) for d in (start, end))
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """To a multiple of the step: the size is rounded, the sign kept."""
    steps = abs(value) / rounding.step
    whole = {"up": ceil(steps), "down": floor(steps), "half-up": floor(steps + Fraction(1, 2))}[rounding.way]
    return Fraction(whole * rounding.step * (1 if value >= 0 else -1))


class Reference:
    """One farm on one day under one choice of readings."""

    def __init__(self, linked: Linked, day: int, readings: Mapping[str, str], facts: Facts) -> None:
        self.linked, self.day, self.readings, self.facts = linked, day, readings, facts
        self.root = linked.definitions.head.root
        self.known: dict[tuple[str, int | None], Any] = {}

    def versions(self, name: str) -> list[TypedVersion]:
        """What may settle a conclusion today, the first to hold winning."""
        rules = self.linked.conclusions[name].rules
        every = [typed for rule in rules for typed in self.linked.versions[rule.id]]
        return [typed for typed in every if in_force(typed.version, self.day, self.readings)]

    def about(self, name: str) -> str | None:
        """Whether a conclusion is about the root or about each of its entities; ``None`` where nothing is in force."""
        return next((typed.version.about for typed in self.versions(name)), None)

    def value(self, name: str, who: int | None) -> Any:
        """A conclusion about *who* (``None``: the root)."""
        if (name, who) not in self.known:
            self.known[name, who] = next((v for _, failed, v in self.tried(name, who) if failed is None), 0)
        return self.known[name, who]

    def tried(self, name: str, who: int | None) -> list[tuple[TypedVersion, str | None, Any]]:
        """The rules tried in turn: each with the words of the condition that failed, or with its value."""
        found: list[tuple[TypedVersion, str | None, Any]] = []
        for typed in self.versions(name):
            here = {0: who}
            failed = next((text for text, node in typed.conditions if not self.of(node, here)), None)
            if failed is None:
                value, rounding = self.of(typed.value, here), typed.version.rounding
                found.append((typed, None, value if rounding is None else rounded(Fraction(value), rounding)))
                return found
            found.append((typed, failed, None))
        return found

    def total(self, name: str) -> Fraction:
        """The sum of a list."""
        total = Fraction(0)
        for conclusion in self.linked.conclusions.values():
            if conclusion.list == name and (about := self.about(conclusion.name)) is not None:
                everyone = [None] if about == self.root else list(range(self.facts.count))
                total += sum((Fraction(self.value(conclusion.name, who)) for who in everyone), Fraction(0))
        return total

    def of(self, node: n.Node, here: Mapping[int, Any]) -> Any:
        """The value of a written expression; *here* says what its variables stand for."""
        match node:
            case n.Constant():
                return node.value
            case n.Parameter():
                value = self.linked.parameters[node.name].on(self.day)
                assert value is not None
                return value.value
            case n.Reading():
                return self.readings[node.name]
            case n.Total():
                return self.total(node.name)
            case n.AssessmentDate():
                return self.day
            case n.Read():
                return self.read(node, here)
            case n.Element():
                item = here[node.variable]
                return item if node.field_name is None else item[node.field_name]
            case n.Add():
                return self.of(node.left, here) + self.of(node.right, here)
            case n.Subtract():
                return self.of(node.left, here) - self.of(node.right, here)
            case n.Multiply():
                return Fraction(self.of(node.left, here)) * Fraction(self.of(node.right, here))
            case n.Divide():
                return Fraction(self.of(node.left, here)) / Fraction(self.of(node.right, here))
            case n.Compare():
                return _COMPARE[node.operator](self.of(node.left, here), self.of(node.right, here))
            case n.And():
                return all(self.of(part, here) for part in node.parts)
            case n.Or():
                return any(self.of(part, here) for part in node.parts)
            case n.Not():
                return not self.of(node.part, here)
            case n.If():
                return self.of(node.then if self.of(node.condition, here) else node.otherwise, here)
            case n.Least():
                return min(self.of(part, here) for part in node.parts)
            case n.Greatest():
                return max(self.of(part, here) for part in node.parts)
            case n.Contains():
                return self.of(node.item, here) in self.of(node.collection, here)
            case n.FullYears():
                return full_years(self.of(node.start, here), self.of(node.end, here))
            case n.Aggregate():
                return self.fold(node, here)
        raise AssertionError(f"the reference does not know {type(node)}")

    def read(self, node: n.Read, here: Mapping[int, Any]) -> Any:
        who = None if node.variable is None else here[node.variable]
        if node.name in self.linked.conclusions:
            return self.value(node.name, who) if self.about(node.name) is not None else 0
        value = self.facts.root[node.name] if who is None else self.facts.each[node.name][who]
        if node.type.kind != "records":
            return value
        fields = self.linked.definitions.entities[node.entity].facts[node.name].fields
        return [dict(zip(fields, record, strict=True)) for record in value]

    def fold(self, node: n.Aggregate, here: Mapping[int, Any]) -> Any:
        match node.domain:
            case n.AllOf():
                items: list[Any] = list(range(self.facts.count))
            case n.ChildrenOf(relation=relation, variable=variable):
                items = list(self.facts.children[relation][here[variable]])
            case domain:
                items = list(self.of(domain, here))
        inside = [{**here, node.variable: item} for item in items]
        if node.where is not None:
            inside = [there for there in inside if self.of(node.where, there)]
        if node.fold == "count":
            return len(inside)
        bodies = [self.of(node.body, there) for there in inside]
        match node.fold:
            case "any":
                return any(bodies)
            case "all":
                return all(bodies)
            case "sum":
                return sum(bodies)
        return max(bodies, default=0)
