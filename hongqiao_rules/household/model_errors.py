"""Metaclasses of the typed models: invalid fields raise the package's own error."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from hongqiao_rules.errors import HouseholdError


class Refusing(type(BaseModel)):  # type: ignore[misc]  # pydantic's metaclass has no public name
    """Makes a model raise a :class:`HouseholdError` with every fault of its fields."""

    def __call__(cls, **data: Any) -> Any:
        """A checked instance.

        Raises:
            HouseholdError: something in *data* is refused.

        """
        try:
            return super().__call__(**data)
        except ValidationError as error:
            raise cls.refusal(data, error) from None

    def refusal(cls, data: dict[str, Any], error: ValidationError) -> HouseholdError:
        """The faults that pydantic found, with paths from the model."""
        from hongqiao_rules.household.reader import refused_model

        return refused_model(cls, data, error)


class RefusingWhole(Refusing):
    """The same for the root of a household, with the faults between fields."""

    def refusal(cls, data: dict[str, Any], error: ValidationError) -> HouseholdError:
        """The faults that pydantic found, and those that the input checks find in the valid fields."""
        from hongqiao_rules.household.facts_reader import reader_of
        from hongqiao_rules.rulebook.load import bundled_rulebook

        return reader_of(bundled_rulebook(), cls).refusal(data, error, None)
