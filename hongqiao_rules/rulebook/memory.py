"""What is remembered while a rulebook is dated on many days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.dating import Candidate
    from hongqiao_rules.rulebook.link import Linked
    from hongqiao_rules.rulebook.lowering import Lowering


class Memory:
    """What versions of rules came to on days dated before, by what they looked at there: most days change little."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked
        self._known: dict[int, list[tuple[Lowering, Candidate]]] = {}

    def recall(self, lower: Lowering) -> Candidate | None:
        """What the version of *lower* comes to, if all that it would look at is as it was once before."""
        for before, candidate in self._known.get(id(lower.typed), ()):
            if (
                before.abouts == lower.abouts
                and all(lower.readings[name] == choice for name, choice in before.looked_up.items())
                and all(self._linked.parameters[n].on(lower.day) is v for n, v in before.used.items())
            ):
                lower.used = before.used
                return candidate
        return None

    def keep(self, lower: Lowering, candidate: Candidate) -> None:
        """Remember it, unless something was wrong, which has to be told again."""
        if not lower.refused:
            self._known.setdefault(id(lower.typed), []).append((lower, candidate))
