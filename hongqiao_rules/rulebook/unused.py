"""Find declarations without effect: parameters that nothing names, readings that decide nothing.

Most often its name is misspelt, and the figure that was to be replaced goes on in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from hongqiao_rules.errors import nearest
from hongqiao_rules.language.nodes import named
from hongqiao_rules.rulebook.build import Refuse
from hongqiao_rules.rulebook.definitions import Definitions
from hongqiao_rules.rulebook.dependencies import trees
from hongqiao_rules.rulebook.link import Linked


def check(
    definitions: Definitions, linked: Mapping[str | None, Linked], of_checks: Collection[str], refuse: Refuse
) -> None:
    """Tell what has no use in the rulebook, *linked* without overlays (``None``) and under each of them.

    The parameters *of_checks* are those that input checks name.

    A parameter of an overlay has to be used under it; any other where anything is.
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
    """Every parameter that an expression of *linked* names, and every reading that it asks for or is bound to."""
    for versions in linked.versions.values():
        for typed in versions:
            yield from (("reading", name) for name in typed.version.under)
    for found in trees(linked).values():
        for kind in ("parameter", "reading"):
            yield from ((kind, name) for name in named(kind, found))
