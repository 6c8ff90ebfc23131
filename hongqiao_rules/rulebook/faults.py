"""Collect the faults of policy files with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hongqiao_rules.errors import PolicyError, PolicyFault
from hongqiao_rules.rulebook.definitions import FOREVER, Origin, iso

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.yaml_tree import Document


class Faults:
    """Collects what is wrong with a set of files. Called with a code and an origin, it finds the place."""

    def __init__(self, data: Mapping[str, bytes]) -> None:
        self.data = data
        self.found: list[PolicyFault] = []
        self.documents: dict[str, Document] = {}

    def __call__(self, code: str, origin: Origin, *, offset: int = 0, **arguments: object) -> None:
        """Note the fault of *code* at *origin*; dates among the arguments are written out."""
        shown: dict[str, Any] = {
            k: iso(v) if k in ("start", "end") and isinstance(v, int) and v < FOREVER else v
            for k, v in arguments.items()
        }
        document = self.document(origin.file)
        self.found.append(document.fault(code, origin.path, offset=offset, **shown))

    def document(self, file: str) -> Document:
        """The file with its positions; read now where a snapshot had made that needless."""
        if file not in self.documents:
            from hongqiao_rules.rulebook import yaml_tree

            self.documents[file] = yaml_tree.read(file, self.data[file])[0]
        return self.documents[file]

    def settle(self) -> None:
        """Raise what was found, if anything was."""
        if self.found:
            raise PolicyError(self.found)
