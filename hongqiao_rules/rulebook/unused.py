"""Find declarations without effect: parameters and readings that no expression names.

The usual cause is a misspelt name: the figure that it should replace silently stays in force.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.nodes import named
from hongqiao_rules.rulebook.all_definitions import Definitions
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.dependencies import trees
from hongqiao_rules.rulebook.link import Linked


def check(
    definitions: Definitions, linked: Mapping[str | None, Linked], of_checks: Collection[str], refuse: Refuse
) -> None:
    """Report unused parameters and readings. A parameter of an overlay must be used under that overlay.

    Args:
        definitions: the definitions of the rulebook.
        linked: the rulebook without overlays (key ``None``) and under each overlay.
        of_checks: the parameters that input checks name.
        refuse: receives the faults.
    """
    used = {overlay: set(_names(book)) for overlay, book in linked.items()}
    anywhere = {("parameter", name) for name in of_checks}.union(*used.values())
    for (overlay, id_), parameter in definitions.parameters.items():
        if ("parameter", parameter.name) not in (anywhere if overlay is None else used[overlay]):
            others = {other for _, other in definitions.parameters} - {id_}
            refuse(
                "POLICY_PARAMETER_UNUSED", parameter.origin / "parameter", name=id_, meant=nearest(id_, others)
            )  # fmt: skip
    for name, reading in definitions.readings.items():
        if ("reading", name) not in anywhere:
            refuse("POLICY_READING_UNUSED", reading.origin, name=name)


def _names(linked: Linked) -> Iterator[tuple[str, str]]:
    """The parameters and readings that the expressions of *linked* name, and the readings that select its rules."""
    for versions in linked.versions.values():
        for typed in versions:
            yield from (("reading", name) for name in typed.version.under)
    for found in trees(linked).values():
        for kind in ("parameter", "reading"):
            yield from ((kind, name) for name in named(kind, found))
