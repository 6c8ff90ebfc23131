"""Z3 variables for unknown facts, within their declared ranges and the calendar.

A space has the variables of one query and their constraints. :meth:`Space.value` converts a model to values of facts. Every
space has its own Z3 context, so that threads share nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import z3

from hongqiao_rules.engines.symbolic import terms as terms
from hongqiao_rules.engines.symbolic.symbolic_facts import Item
from hongqiao_rules.engines.symbolic.terms import Choice, Number, Truth
from hongqiao_rules.engines.symbolic.unknown_lists import CODE, Kinds, kinds
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.definitions import FactDefinition, FieldDefinition

LAST_DAY = 99991231
_LONG_MONTHS = (1, 3, 5, 7, 8, 10, 12)


class Space:
    """The variables of one query over some rulebooks with the same vocabulary.

    Args:
        definitions: the vocabulary.
        dateds: the rulebooks of the query.
        slots: the greatest number of items of a list that cannot be modelled by kinds of items.
        any_day: allow yyyymmdd numbers that are not dates. A proof over this larger set is valid, and faster.
        any_length: allow each kind of items the full length of the list, so that all kinds together may exceed it. A proof
            over this larger set is valid.

    Attributes:
        bounded: the lists that were limited to ``slots`` items, so that some cases are excluded.
    """

    def __init__(
        self, definitions: Definitions, dateds: Sequence[Dated], slots: int = 3, *, any_day: bool = False,
        any_length: bool = False,
    ) -> None:  # fmt: skip
        self.definitions, self.dateds, self.slots = definitions, dateds, slots
        self.any_day, self.any_length = any_day, any_length
        self.bounded: set[str] = set()
        self.context = z3.Context()
        self.constraints: list[Any] = []
        self._names: set[str] = set()
        self._kinds: dict[tuple[str, str], Kinds | None] = {}

    # --- variables ------------------------------------------------------------------------------------------

    def truth(self, label: str) -> Any:
        """A new Boolean variable."""
        return z3.Bool(self._name(label), self.context)

    def number(self, label: str, low: int, high: int) -> terms.Amount:
        """A new integer from *low* to *high*."""
        if low == high:
            return low
        variable = z3.Int(self._name(label), self.context)
        self.require(variable >= low, variable <= high)
        return Number(variable, low, high)

    def code(self, label: str, codes: Sequence[str | None]) -> terms.Code:
        """A new code that is one of *codes*."""
        if len(codes) == 1:
            return codes[0]
        guards = {code: self.truth(f"{label}={code}") for code in codes}
        self.require(z3.PbEq([(guard, 1) for guard in guards.values()], 1))
        return Choice(guards)

    def date(self, label: str, first: int = 10101, last: int = LAST_DAY) -> terms.Amount:
        """A new date from *first* to *last* (yyyymmdd)."""
        if self.any_day or first == last:
            return self.number(label, first, last)
        name = self._name(label)
        year, month, day, leap = (z3.Int(f"{name}.{part}", self.context) for part in ("y", "m", "d", "leap"))
        value = Number(z3.Int(name, self.context), first, last)
        short = z3.And([month != number for number in _LONG_MONTHS])
        centuries = [y for y in range(100, 10000, 100) if y % 400 and first // 10000 <= y <= last // 10000]
        self.require(
            value.expr == year * 10000 + month * 100 + day, value.expr >= first, value.expr <= last,
            month >= 1, month <= 12, day >= 1, day <= 31,
            z3.Implies(short, day <= 30), z3.Implies(month == 2, day <= 29),
            z3.Implies(z3.And(month == 2, day == 29), z3.And(year == 4 * leap, *[year != c for c in centuries])),
        )  # fmt: skip
        return value

    def require(self, *constraints: Truth) -> None:
        """Add constraints to the space."""
        for constraint in constraints:
            if constraint is not True:
                known = isinstance(constraint, bool)
                self.constraints.append(z3.BoolVal(val=False, ctx=self.context) if known else constraint)

    def _name(self, label: str) -> str:
        name, number = label, 1
        while name in self._names:
            number += 1
            name = f"{label}#{number}"
        self._names.add(name)
        return name

    # --- facts ----------------------------------------------------------------------------------------------

    def codes_of(self, code_list: str) -> list[str]:
        """The codes of a code list, in order."""
        return list(self.definitions.codes[code_list].values)

    def fact(self, definition: FactDefinition, label: str) -> Any:
        """The term of an unknown fact that is not a reference."""
        if definition.type.kind in ("codes", "records"):
            return self.listed(definition, label)
        return self.field(definition, label)

    def field(self, definition: FactDefinition | FieldDefinition, label: str) -> Any:
        """The term of an unknown fact, or field of a record, that is a single value."""
        match definition.type.kind:
            case "truth":
                return self.truth(label)
            case "date":
                return self.date(label)
            case "code":
                return self.code(label, self.codes_of(definition.type.of or ""))
            case "money" | "number":
                return self.number(label, definition.least, definition.most)
        raise AssertionError(definition.type)

    def listed(self, definition: FactDefinition, label: str) -> list[Item]:
        """The possible items of an unknown list."""
        key = (definition.entity, definition.name)
        if key not in self._kinds:
            self._kinds[key] = kinds(self.dateds, definition, self.codes_of)
        found = self._kinds[key]
        if found is not None:
            return self._of_kinds(definition, label, found)
        if definition.type.kind == "codes":
            codes = self.codes_of(definition.type.of or "")
            items = [Item(self.truth(f"{label}/{code}"), code) for code in codes]
            self._at_most(items, definition)
            return items
        count = min(self.slots, definition.most)
        if count < definition.most:
            self.bounded.add(definition.name)
        items = []
        for number in range(count):
            fields = {f.name: self.field(f, f"{label}/{number}/{f.name}") for f in definition.fields.values()}
            items.append(Item(self.truth(f"{label}/{number}"), fields))
        for one, other in pairwise(items):
            self.require(z3.Implies(other.present, one.present))
        return items

    def _of_kinds(self, definition: FactDefinition, label: str, found: Kinds) -> list[Item]:
        if definition.type.kind == "codes":
            items = [Item(self.truth(f"{label}/{item[CODE]}"), item[CODE]) for item in found.items]
            self._at_most(items, definition)
            return items
        each = definition.most if self.any_length else definition.most // max(1, len(found.items))
        items = []
        for item in found.items:
            here = "/".join([label, *map(str, item.values())])
            present: Truth = self.truth(here) if found.presence or not found.summed else True
            fields = dict(item)
            for name in found.summed:
                field = definition.fields[str(name)]
                amount = self.number(f"{here}/{name}", min(0, field.least * each), field.most * each)
                fields[name] = amount
                if present is not True:
                    self.require(z3.Or(present, amount.expr == 0) if isinstance(amount, Number) else True)
            items.append(Item(present, fields, tuple(map(str, found.summed))))
        self._at_most(items, definition)
        return items

    def _at_most(self, items: Sequence[Item], definition: FactDefinition) -> None:
        optional = [item.present for item in items if item.present is not True]
        if len(items) > definition.most and optional:
            self.require(z3.PbLe([(present, 1) for present in optional], definition.most))

    # --- models ---------------------------------------------------------------------------------------------

    def value(self, model: Any, term: Any) -> Any:
        """The value of *term* in *model*; any possible value if the model does not fix it."""
        if isinstance(term, Number):
            return model.eval(term.expr, model_completion=True).as_long()
        if isinstance(term, z3.BoolRef):
            return z3.is_true(model.eval(term, model_completion=True))
        if isinstance(term, Choice):
            return next(code for code, guard in term.guards.items() if self.value(model, guard))
        return term

    def items(self, model: Any, definition: FactDefinition, listed: Sequence[Item]) -> list[Any]:
        """The items of a list in *model*: codes, or records as mappings of their fields."""
        found: list[Any] = []
        for item in listed:
            if not self.value(model, item.present):
                continue
            if definition.type.kind == "codes":
                found.append(self.value(model, item.value))
                continue
            fields = {name: self.value(model, field) for name, field in item.value.items()}
            found += _parts(definition, item, fields) if item.summed else [fields]
        return found


def _parts(definition: FactDefinition, item: Item, fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Records of one kind whose amounts add up to those in *fields*, each within its range."""
    shares: dict[str, list[int]] = {}
    for name in item.summed:
        field, left, shares[name] = definition.fields[name], fields[name], []
        while left:
            shares[name].append(max(field.least, min(field.most, left)))
            left -= shares[name][-1]
    count = max(map(len, shares.values()))
    if item.present is not True:
        count = max(1, count)
    return [
        {**fields, **{name: own[number] if number < len(own) else 0 for name, own in shares.items()}}
        for number in range(count)
    ]
