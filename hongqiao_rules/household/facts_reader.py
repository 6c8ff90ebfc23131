"""A checked household as an engine takes it, read in one pass over the values of a JSON text.

The pass makes the facts, the text that a receipt is taken of, and notes what was assumed. Most households are right, and
for them it is also the check: it knows by sight what is plainly right. Of everything else the models are the judges
(:mod:`hongqiao_rules.household.reader`); what they take comes back here in their own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple

from pydantic import BaseModel, ValidationError

from hongqiao_rules.engines.direct.direct_engine import column
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.checks import UNSURE, InputChecks, Sketch, children_of, constant
from hongqiao_rules.household.reader import Model, refused, told, validated
from hongqiao_rules.household.value_readers import REQUIRED, field_, object_, several, taken_where_absent
from hongqiao_rules.language.nodes import ChildrenOf, walk
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.input_rules import DatedInputs, Default, taking
from hongqiao_rules.rulebook.load import Rulebook


@lru_cache(maxsize=65536)
def fen(amount: Any) -> int:
    """A checked amount in fen."""
    return int(amount.scaleb(2))


NOBODY: Mapping[str, Sequence[Sequence[int]]] = {}
Pointing = Mapping[str, Sequence[int]]
"""For each reference, by entity, the position of the entity that it names, or -1."""


class Checked(NamedTuple):
    """A household that was checked.

    Attributes:
        id: its id.
        members: the ids of its members.
        facts: what an engine takes, defaults filled in.
        assumed: JSON pointers to what was absent and taken as the contract says, in the order of the document.
        text: it as JSON, with only what was stated, in the order of the models: what its receipt is taken of.
        stated: it as it was stated, if it was stated as a model.

    """

    id: str
    members: Sequence[str]
    facts: Facts
    assumed: tuple[str, ...]
    text: bytes
    stated: Any = None


class FactsReader(Generic[Model]):
    """Reads households by the declarations of a rulebook: its facts, its input checks and its derived defaults.

    Args:
        rulebook: the rulebook.
        model: the typed model of its root.

    """

    def __init__(self, rulebook: Rulebook, model: type[Model]) -> None:
        self.rulebook, self.model, definitions = rulebook, model, rulebook.definitions
        self.root = definitions.entities[definitions.head.root]
        inside = self.root.contains
        assert inside is not None
        self.inside, self.each = inside, definitions.entities[inside.entity]
        member = [field_(fact, definitions.codes) for fact in self.each.facts.values()]
        own = [field_(fact, definitions.codes) for fact in self.root.facts.values()]
        members = (inside.named, several(object_(member), inside.least, inside.most), REQUIRED)
        fields = [own[0], members, *own[1:]]  # as in the model: first the id, then the members
        self._read = object_(fields)
        self._root, self._each = [name for name, _, _ in fields], [name for name, _, _ in member]
        self._readers = {
            entity.name: {name: reader for name, reader, _ in found}
            for entity, found in ((self.root, own), (self.each, member))
        }
        self._texts = [f.name for f in self.each.facts.values() if f.type.kind in ("text", "reference")]
        self._references = [f.name for f in self.each.facts.values() if f.type.kind == "reference"]
        self._periods: list[_Period] = []
        self._taken = lru_cache(maxsize=16384)(self._taken_of)

    def at_first_sight(self, value: Any, on: int) -> Checked | None:
        """The household of values as they came out of a JSON text, if it is valid on *on* (yyyymmdd).

        May give ``None`` for a valid household, never reads an invalid one.
        """
        period = self._period(on)
        try:
            found = self._take(value, on, period)
        except UNSURE:
            return None
        return None if self._refused(found, value, on, period) else found

    def checked(self, value: Any, on: int) -> Checked:
        """The household of plain values, or of the model, checked for *on* (yyyymmdd).

        Raises:
            HouseholdError: with all that is wrong with it.

        """
        whole = isinstance(value, self.model)
        found = self.at_first_sight(_stated(value) if whole else value, on)
        if found is None:
            return self.of(self.read(value, on), on)
        return found._replace(stated=value) if whole else found

    def read(self, value: Any, on: int | None) -> Model:
        """The household of plain values, checked for *on* (yyyymmdd); without a date, as far as it goes without.

        Raises:
            HouseholdError: with all that is wrong with it.

        """
        if isinstance(value, self.model):
            household = value
        else:
            try:
                household = validated(self.model, value)
            except ValidationError as error:
                raise self.refusal(value, error, on) from None
        stated = _stated(household)
        if on is None or self.at_first_sight(stated, on) is None:
            faults = list(self.faults(stated, on))
            if faults:
                raise told(faults, value if isinstance(value, dict) else stated)
        return household

    def refusal(self, value: Any, error: ValidationError, on: int | None) -> HouseholdError:
        """Pydantic's errors about a household as faults, with those that the input checks find in the valid fields."""
        return refused(self.model, value, error, lambda plain: self.faults(plain, on))

    def faults(self, value: Mapping[str, Any], on: int | None) -> Iterator[Fault]:
        """What is wrong between the fields of an input, of which some may be invalid."""
        period = self._period(self.rulebook.definitions.head.checked_to if on is None else on)
        entities = {self.root.name: self.root, self.each.name: self.each}
        return period.checks.faults(Sketch(value, entities, self.root.name, self._readers), on)

    def of(self, household: Model, on: int) -> Checked:
        """A household that was checked for *on* (yyyymmdd)."""
        return self._take(_stated(household), on, self._period(on), household)

    def facts(self, household: Model, on: int) -> Facts:
        """The facts of a household that was checked for *on* (yyyymmdd), defaults filled in."""
        return self.of(household, on).facts

    def _period(self, on: int) -> _Period:
        for period in self._periods:
            if period.inputs.start <= on <= period.inputs.end:
                return period
        made = _Period(self.rulebook.inputs(on))
        self._periods = [*self._periods, made]
        return made

    def _take(self, value: Any, on: int, period: _Period, stated: Model | None = None) -> Checked:
        row, text = self._read(value)
        root: dict[str, Any] = dict(zip(self._root, row, strict=True))
        rows = root.pop(self.inside.named)
        columns = zip(*rows, strict=True) if rows else ((),) * len(self._each)
        each: dict[str, Any] = dict(zip(self._each, columns, strict=True))
        texts = [each.pop(name) for name in self._texts]
        ids = texts[self._texts.index("id")]
        named = {name: texts[self._texts.index(name)] for name in self._references}
        pointing = {
            name: [-1 if other is None else ids.index(other) for other in others]
            for name, others in named.items()
        }
        bits, own = [0] * len(ids), 0
        for number, default in enumerate(period.defaults):
            if default.of_root:
                if root[default.name] is None:
                    own |= default.take_root(root, each, pointing, len(ids), on) << number
                continue
            column = named.get(default.name) or each[default.name]
            if None in column:
                default.take(column, root, each, pointing, bits, 1 << number, on)
        assumed = self._taken(period, tuple(value), -1, own)
        for number, member in enumerate(value[self.inside.named]):
            assumed += self._taken(period, tuple(member), number, bits[number])
        children = {name: children_of(positions) for name, positions in pointing.items()}
        return Checked(
            root.pop("id"), ids, Facts(root, len(ids), each, children), assumed, text.encode(), stated
        )

    def _refused(self, found: Checked, value: Any, on: int, period: _Period) -> bool:
        ids, facts = found.members, found.facts
        if len(set(ids)) < len(ids):
            return True
        for own in facts.children.values():
            for number, others in enumerate(own):
                if number in others:
                    return True
        each = {name: facts.each[name] for name in period.read_each}
        root = {name: facts.root[name] for name in period.read_root}
        for name in period.needed_each:
            each[absent(name)] = [name not in one for one in value[self.inside.named]]
        for name in period.needed_root:
            root[absent(name)] = name not in value
        for check, of_root in period.refused:
            outcome = check(facts.count, root, each, facts.children, on)
            if outcome if of_root else True in outcome:
                return True
        return False

    def _taken_of(self, period: _Period, stated: tuple[str, ...], number: int, bits: int) -> tuple[str, ...]:
        """JSON pointers to the fields, not *stated*, for which a value was taken; *bits* tells the derived defaults."""
        derived = {one.name: bits >> place & 1 for place, one in enumerate(period.defaults)}
        entity, path = (self.root, "") if number < 0 else (self.each, f"/{self.inside.named}/{number}")
        return tuple(
            f"{path}/{fact.name}"
            for fact in entity.facts.values()
            if fact.name not in stated
            and not fact.required
            and derived.get(fact.name, taken_where_absent(fact))
        )


def _stated(household: BaseModel) -> dict[str, Any]:
    return household.model_dump(mode="json", exclude_unset=True)


class _Period:
    """The checks and derived defaults of a period, compiled."""

    def __init__(self, inputs: DatedInputs) -> None:
        self.inputs, self.checks = inputs, InputChecks(inputs)
        made = inputs.refused().conclusions
        alone = [inputs.of([one]) for one in made]
        self.refused = [(column(one), c.entity == inputs.root) for one, c in zip(alone, made, strict=True)]
        self.needed_root = [name for entity, name in inputs.needed if entity == inputs.root]
        self.needed_each = [name for entity, name in inputs.needed if entity != inputs.root]
        entities = inputs.of(made).linked.definitions.entities
        facts = {
            name: [f for f, fact in one.facts.items() if " " not in f and fact.type.kind != "reference"]
            for name, one in entities.items()
        }
        self.read_root = facts.pop(inputs.root)
        self.read_each = [name for names in facts.values() for name in names]
        self.defaults = [_Derived(inputs, default) for default in inputs.defaults]


class _Derived:
    """A derived default, compiled."""

    def __init__(self, inputs: DatedInputs, default: Default) -> None:
        self.name, self.of_root = default.definition.fact, default.definition.entity == inputs.root
        self._value = constant(default)
        taken, *names = (column(inputs.of([one])) for one in taking(default))
        self._taken, self._names = taken, names[0] if names else None
        self._relations = {
            n.relation
            for one in taking(default)
            for n in walk(one.candidates[0].value)
            if isinstance(n, ChildrenOf)
        }

    def take_root(
        self, root: dict[str, Any], each: Mapping[str, Any], pointing: Pointing, count: int, on: int
    ) -> bool:
        """Fill the fact of the root; whether the default was taken."""
        taken: bool = self._taken(count, root, each, self._children(pointing), on)
        if taken:
            root[self.name] = self._value
        return taken

    def take(
        self, column: Sequence[Any], root: Mapping[str, Any], each: dict[str, Any], pointing: dict[str, list[int]],
        bits: list[int], bit: int, on: int,
    ) -> None:  # fmt: skip
        """Fill what is absent in *column*, and set *bit* of the entities for which the default holds."""
        children = self._children(pointing)
        taken = self._taken(len(bits), root, each, children, on)
        if True not in taken:
            return
        named = () if self._names is None else self._names(len(bits), root, each, children, on)
        found = named.index(True) if True in named else -1
        filled, positions = list(column), pointing.get(self.name)
        for number, held in enumerate(taken):
            if held:
                bits[number] |= bit
                if column[number] is None:
                    if positions is None:
                        filled[number] = self._value
                    else:
                        positions[number] = found
        if positions is None:
            each[self.name] = filled

    def _children(self, pointing: Pointing) -> Mapping[str, Sequence[Sequence[int]]]:
        return {name: children_of(pointing[name]) for name in self._relations} if self._relations else NOBODY


def reader_of(rulebook: Rulebook, model: type[Model]) -> FactsReader[Model]:
    """The reader of a rulebook, made once."""
    return _reader_of(rulebook, model)


@lru_cache(maxsize=16)
def _reader_of(rulebook: Rulebook, model: type[Any]) -> FactsReader[Any]:
    return FactsReader(rulebook, model)
