"""Run as a program: add an operation to the table of nodes alone, and print what each place says when it is imported,
and whether it only visits operations without parts.

The places are all the visitors of the package. To see each on its own, every other place is given the operation.
"""

import importlib
import json
import pkgutil
import sys
from typing import Any

import hongqiao_rules
from hongqiao_rules.language import nodes, visitors
from hongqiao_rules.language.visitors import Visitor

WITH_EXTRAS = ("hongqiao_rules.spark",)
"""What cannot be imported without a package that tests do without."""


def main() -> None:
    leaf = sys.argv[1] == "leaf"
    body: dict[str, Any] = {"__module__": nodes.__name__, "__annotations__": {} if leaf else {"part": "Node"}}
    type("Absolute", (nodes.Node,), body)
    found: dict[str, type[Visitor[..., Any]]] = {}
    alone = ""
    checked = Visitor.__dict__["__init_subclass__"].__func__

    def check(cls: type[Visitor[..., Any]]) -> None:
        place = f"{cls.__module__}.{cls.__qualname__}"
        # A class that takes its methods from another place is none of its own.
        inherits = any(issubclass(c, Visitor) and c.__module__ != visitors.__name__ for c in cls.__mro__[1:])
        if cls.__module__ != visitors.__name__ and place != alone and not inherits:
            cls.visit_absolute = lambda *_: None  # type: ignore[attr-defined]
            found[place] = cls
        checked(cls)

    Visitor.__init_subclass__ = classmethod(check)  # type: ignore[assignment]
    for module in pkgutil.walk_packages(hongqiao_rules.__path__, "hongqiao_rules."):
        if module.name not in (*WITH_EXTRAS, "hongqiao_rules.__main__"):
            importlib.import_module(module.name)
    said: dict[str, tuple[bool, str]] = {}
    for place, cls in list(found.items()):
        alone = place
        kept = sys.modules.pop(cls.__module__)
        try:
            importlib.import_module(cls.__module__)
            said[place] = cls.leaves, ""
        except TypeError as error:
            said[place] = cls.leaves, str(error)
        sys.modules[cls.__module__] = kept
    print(json.dumps(said))


main()
