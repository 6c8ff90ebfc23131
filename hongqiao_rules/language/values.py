"""Frozen values with named fields: like frozen dataclasses, but faster to define.

``dataclasses`` generates and compiles several methods for each class. For the thirty or so classes of a rulebook this
takes as long as reading the rulebook. Here the methods are written once and use the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, Self, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Value:
    """Base of classes whose annotated names are their fields, given by keyword; a class attribute is a default.

    Two values are equal if they have the same class and equal fields, except those that the class names in *ignoring*.
    """

    _fields: ClassVar[Mapping[str, str]] = {}
    """The annotation of each field, as written, in the order of declaration."""
    _required: ClassVar[frozenset[str]] = frozenset()
    _compared: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, *, ignoring: tuple[str, ...] = ()) -> None:
        annotations = cls.__dict__.get("__annotations__", {})  # noqa: RUF063  # inspect takes long to import
        own = {name: text for name, text in annotations.items() if not text.startswith("ClassVar")}
        cls._fields = {**cls._fields, **own}
        cls._required = frozenset(name for name in cls._fields if not hasattr(cls, name))
        cls._compared = (*cls._compared, *(name for name in own if name not in ignoring))

    def __init__(self, **given: Any) -> None:
        if not (self._required <= given.keys() <= self._fields.keys()):
            wrong = sorted((given.keys() - self._fields.keys()) | (self._required - given.keys()))
            raise TypeError(f"{type(self).__name__}: {', '.join(wrong)}")
        self.__dict__.update(given)

    def _replace(self, **changes: Any) -> Self:
        """A copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self._compared)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"
