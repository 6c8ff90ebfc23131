"""Collect the faults of policy files with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hongqiao_rules.errors import PolicyError, PolicyFault
from hongqiao_rules.rulebook.definitions import FOREVER, Origin, iso

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.yaml_tree import Document


class Faults:
    """Collects the faults of a set of files. A call with a code and an origin adds a fault with its line and column."""

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self.data = data
        self.found: list[PolicyFault] = []
        self.documents: dict[str, Document] = {}

    def __call__(
        self, code: str, origin: Origin, *, offset: int = 0, key: bool = False, **arguments: object
    ) -> None:
        """Add the fault *code* at *origin* (with *key*, at its key); the arguments ``start`` and ``end`` (yyyymmdd) become ``YYYY-MM-DD``."""
        shown: dict[str, Any] = {
            k: iso(v) if k in ("start", "end") and isinstance(v, int) and v < FOREVER else v
            for k, v in arguments.items()
        }
        document = self.document(origin.file)
        self.found.append(document.fault(code, origin.path, offset=offset, key=key, **shown))

    def document(self, file: str) -> Document:
        """The parsed file with the positions of its values; it is parsed now if its tree came from a snapshot."""
        if file not in self.documents:
            from hongqiao_rules.rulebook import yaml_tree

            self.documents[file] = yaml_tree.read(file, self.data[file])[0]
        return self.documents[file]

    def settle(self) -> None:
        """Raise PolicyError if there is any fault."""
        if self.found:
            raise PolicyError(self.found)
