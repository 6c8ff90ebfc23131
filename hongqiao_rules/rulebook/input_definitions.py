"""Input checks and derived defaults as a rulebook declares them, before typing."""

from __future__ import annotations

from string import Formatter
from typing import NamedTuple

from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import Origin, Parameter


class CheckDefinition(NamedTuple):
    """A declared input check.

    Attributes:
        code: the code of the fault.
        entity: the entity that the check is about.
        form: ``when`` (refused where the condition holds), ``needs`` (the field is absent and the condition holds),
            ``at_most_one`` (each later entity for which it holds is at fault), ``at_least_one``.
        condition: the condition, as text.
        loop: ``child in children`` for a check about each pair of the entity and one in the list; else ``None``.
        field: the field at fault, of the entity or of the loop; ``None`` for the list of entities itself.
        message: the message; its blanks are facts of the entity, and ``on``.
    """

    code: str
    entity: str
    form: str
    condition: str
    loop: str | None
    field: str | None
    message: Bilingual
    origin: Origin

    @property
    def blanks(self) -> tuple[str, ...]:
        """The names of the blanks in the message; ``("{",)`` if it has a single brace."""
        try:
            found = {
                name
                for text in self.message.by_language().values()
                for _, name, _, _ in Formatter().parse(text)
                if name is not None
            }
        except ValueError:
            return ("{",)
        return tuple(sorted(found))


class DefaultDefinition(NamedTuple):
    """A derived default: the value of an absent field if a condition is true.

    ``value`` is an expression. For a reference, ``names`` is a condition instead: the default names the first entity for
    which it is true.
    """

    entity: str
    fact: str
    condition: str
    value: str | None
    names: str | None
    origin: Origin


class InputRules(NamedTuple):
    """The checks and derived defaults of one file, and the figures that they use."""

    entity: str
    figures: dict[str, Parameter]
    defaults: dict[str, DefaultDefinition]
    checks: dict[str, CheckDefinition]
    origin: Origin
