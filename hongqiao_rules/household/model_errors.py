"""Metaclasses of the typed models: invalid fields raise :class:`HouseholdError`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

from hongqiao_rules.errors import HouseholdError


class Refusing(type(BaseModel)):  # type: ignore[misc]  # pydantic's metaclass has no public name
    """Metaclass of a model: invalid fields raise a :class:`HouseholdError` with all faults."""

    def __call__(cls, **data: Any) -> Any:
        """A validated instance with the fields *data*.

        Raises:
            HouseholdError: A field is invalid.
        """
        try:
            return super().__call__(**data)
        except ValidationError as error:
            raise cls.refusal(data, error) from None

    def refusal(cls, data: dict[str, Any], error: ValidationError) -> HouseholdError:
        """The error with the faults that pydantic found; paths begin at the model."""
        from hongqiao_rules.household.reader import refused_model

        return refused_model(cls, data, error)


class RefusingWhole(Refusing):
    """Metaclass of the root model: the error also has the faults of the input checks."""

    def refusal(cls, data: dict[str, Any], error: ValidationError) -> HouseholdError:
        """The error with the faults that pydantic found, and those that input checks find in the valid fields."""
        from hongqiao_rules.household.facts_reader import reader_of
        from hongqiao_rules.rulebook.load import bundled_rulebook

        return reader_of(bundled_rulebook(), cls).refusal(data, error, None)
