"""Read a valid household from plain values to facts in one pass.

The pass builds the facts, the text for the receipt, and the list of assumed fields. For most households it is also the
validation: it accepts only values that are certainly valid. The models validate any other household
(:mod:`hongqiao_rules.household.reader`); if they accept it, the pass reads the JSON form of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple

from pydantic import BaseModel, ValidationError

from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.direct.inputs import enter
from hongqiao_rules.errors import Fault, HouseholdError
from hongqiao_rules.household.checks import UNSURE, InputChecks, Sketch
from hongqiao_rules.household.reader import Model, refused, told, validated
from hongqiao_rules.household.value_readers import REQUIRED, field_, object_, several, taken_where_absent
from hongqiao_rules.rulebook.definitions import FactDefinition
from hongqiao_rules.rulebook.input_rules import DatedInputs
from hongqiao_rules.rulebook.load import Rulebook


@lru_cache(maxsize=65536)
def fen(amount: Any) -> int:
    """A valid amount of yuan with two decimal places, in fen."""
    return int(amount.scaleb(2))


class Checked(NamedTuple):
    """A valid household.

    Attributes:
        id: its id.
        members: the ids of its members.
        facts: its facts with defaults, the input of an engine.
        assumed: JSON pointers to the absent fields for which a default was taken, in vocabulary order.
        text: the JSON of the stated fields in vocabulary order, the basis of the receipt.
        stated: the model, if the household was given as a model.
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
        rulebook.check_values()
        self.rulebook, self.model, definitions = rulebook, model, rulebook.definitions
        self.root = definitions.root
        self.inside = self.root.contains
        own = [field_(fact, definitions.codes) for fact in self.root.facts.values()]
        fields, member = own, []
        facts: Mapping[str, FactDefinition] = {}
        self.entities = [self.root]
        if self.inside is not None:
            each = definitions.entities[self.inside.entity]
            self.entities.append(each)
            facts = each.facts
            member = [field_(fact, definitions.codes) for fact in facts.values()]
            members = several(object_(member), self.inside.least, self.inside.most)
            # As in the model: the id comes first, then the members.
            fields = [own[0], (self.inside.named, members, REQUIRED), *own[1:]]
        self._read = object_(fields)
        self._root, self._each = [name for name, _, _ in fields], [name for name, _, _ in member]
        self._readers = {
            entity.name: {name: reader for name, reader, _ in found}
            for entity, found in zip(self.entities, (own, member), strict=False)
        }
        self._texts = [f.name for f in facts.values() if f.type.kind == "text" and f.name != "id"]
        self._references = [f.name for f in facts.values() if f.type.kind == "reference"]
        self._periods: list[_Period] = []
        self._taken = lru_cache(maxsize=16384)(self._taken_of)

    def at_first_sight(self, value: Any, on: int) -> Checked | None:
        """The household in the values of a JSON text if it is certainly valid on *on* (yyyymmdd), else ``None``."""
        period = self._period(on)
        try:
            found, valid = self._take(value, on, period)
        except UNSURE:
            return None
        return found if valid else None

    def checked(self, value: Any, on: int) -> Checked:
        """The household in plain values or a model, validated on *on* (yyyymmdd).

        Raises:
            HouseholdError: The household is invalid; it has all faults.
        """
        whole = isinstance(value, self.model)
        found = self.at_first_sight(_stated(value) if whole else value, on)
        if found is None:
            return self.of(self.read(value, on), on)
        return found._replace(stated=value) if whole else found

    def read(self, value: Any, on: int | None) -> Model:
        """The model of a household, validated on *on* (yyyymmdd); ``None`` skips the checks that need the date.

        Raises:
            HouseholdError: The household is invalid; it has all faults.
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
        """The error with the faults that pydantic found in *value*, and those of the input checks in the valid fields."""
        return refused(self.model, self.entities, value, error, lambda plain: self.faults(plain, on))

    def faults(self, value: Mapping[str, Any], on: int | None) -> Iterator[Fault]:
        """Yield the faults between the fields of an input, some of which may be invalid."""
        period = self._period(self.rulebook.definitions.head.checked_to if on is None else on)
        entities = {entity.name: entity for entity in self.entities}
        return period.checks.faults(Sketch(value, entities, self.root.name, self._readers), on)

    def of(self, household: Model, on: int) -> Checked:
        """The facts and texts of a model that is valid on *on* (yyyymmdd)."""
        return self._take(_stated(household), on, self._period(on), household)[0]

    def facts(self, household: Model, on: int) -> Facts:
        """The facts, with defaults, of a model that is valid on *on* (yyyymmdd)."""
        return self.of(household, on).facts

    def _period(self, on: int) -> _Period:
        for period in self._periods:
            if period.start <= on <= period.end:
                return period
        names = [entity.name for entity in self.entities]
        made = _Period(self.rulebook.inputs(on), names, self._references)
        self._periods = [*self._periods, made]
        return made

    def _take(
        self, value: Any, on: int, period: _Period, stated: Model | None = None
    ) -> tuple[Checked, bool]:
        """The household read from the plain values *value*, and True if no input check refuses it."""
        row, text = self._read(value)
        root: dict[str, Any] = dict(zip(self._root, row, strict=True))
        rows, members = (
            ((), ()) if self.inside is None else (root.pop(self.inside.named), value[self.inside.named])
        )
        columns = zip(*rows, strict=True) if rows else ((),) * len(self._each)
        each: dict[str, Any] = dict(zip(self._each, columns, strict=True))
        ids, named = each.pop("id", ()), {name: each.pop(name) for name in self._references}
        for name in self._texts:
            del each[name]
        valid, of_root, of_each, children = period.enter(root, each, named, ids, value, members, on)
        assumed = self._taken(period, -1, tuple(value), *of_root)
        for number, member in enumerate(zip(map(tuple, members), *of_each, strict=True)):
            assumed += self._taken(period, number, *member)
        facts = Facts(root, len(ids), each, children)
        return Checked(root.pop("id"), ids, facts, assumed, text.encode(), stated), valid

    def _taken_of(
        self, period: _Period, number: int, stated: tuple[str, ...], *held: bool
    ) -> tuple[str, ...]:
        """JSON pointers to the fields of an entity for which a default was taken.

        *stated* has the names of its stated fields, *held* a truth for each derived default of its kind.
        """
        entity = self.entities[number >= 0]
        path = f"/{self.inside.named}/{number}" if self.inside is not None and number >= 0 else ""
        derived = dict(zip(period.derived[entity.name], held, strict=True))
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
    """The compiled checks and derived defaults of a period."""

    def __init__(self, inputs: DatedInputs, entities: Sequence[str], references: Sequence[str]) -> None:
        self.start, self.end = inputs.start, inputs.end
        self.checks, self.enter = InputChecks(inputs), enter(inputs, references)
        self.derived = {
            name: [one.definition.fact for one in inputs.defaults if one.definition.entity == name]
            for name in entities
        }


def reader_of(rulebook: Rulebook, model: type[Model]) -> FactsReader[Model]:
    """The reader of *rulebook* for *model*; a cached object."""
    return rulebook.once(FactsReader, model)
