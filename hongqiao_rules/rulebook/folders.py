"""Find and read the policy files of folders; load the bundled ones from a snapshot."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hongqiao_rules.errors import PolicyError, PolicyFault
from hongqiao_rules.rulebook.translations import Trees
from hongqiao_rules.rulebook.value_text import compact
from hongqiao_rules.text.catalogue import Phrase

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from hongqiao_rules.rulebook.faults import Faults

SNAPSHOT, HEAD = "snapshot.json", "rulebook.yaml"
APART = "coverage"
"""The folder of coverage files, which are not part of a rulebook."""
BUNDLED = "policies"
"""The name of the bundled folder in messages, wherever it is installed."""


def bundled(part: str = "") -> Path | Traversable:
    """The folder of the bundled policies: installed, in a checkout, or in a zipped wheel.

    *part* is the path in it of a folder with another rulebook.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "policies", package.parent / "policies"):
        if folder.is_dir():
            return folder / part
    from importlib.resources import files  # its import takes as long as reading the policies

    inside = files("hongqiao_rules") / "policies"
    return inside / part if part else inside


def label_of(folder: Path | Traversable) -> str:
    """The name of *folder* in messages; a bundled folder has the same name wherever it is installed."""
    top, path = str(bundled()), str(folder)
    return BUNDLED + path.removeprefix(top) if path == top or path.startswith(f"{top}/") else path


def files(folder: Path | Traversable, label: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name (with the prefix *label*) and the bytes of each policy file in *folder* and its subfolders, sorted.

    A subfolder with a rulebook file of its own is another rulebook and is skipped.

    Raises:
        PolicyError: POLICY_UNREADABLE; a file cannot be opened.
    """
    entries = sorted(os.scandir(folder) if isinstance(folder, Path) else folder.iterdir(), key=_name)
    own = any(entry.name == HEAD for entry in entries)
    for entry in entries:
        if entry.name.startswith(".") or entry.name == APART:
            continue
        if entry.is_dir():
            inner = folder / entry.name
            if not (own and (inner / HEAD).is_file()):
                yield from files(inner, f"{label}/{entry.name}")
        elif entry.name.lower().endswith((".yaml", ".yml")):
            file = f"{label}/{entry.name}"
            try:
                content = (folder / entry.name).read_bytes()
            except OSError as error:
                problem = error.strerror or Phrase("file.cannot_open")
                raise PolicyError([PolicyFault("POLICY_UNREADABLE", file, 1, 1, problem=problem)]) from None
            yield file, content


def _name(entry: os.DirEntry[str] | Traversable) -> str:
    return entry.name


def digest(trees: Trees) -> str:
    """The SHA-256 digest of the content of the files; layout and comments do not change it."""
    text = compact([trees[file] for file in sorted(trees)])
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def snapshot(data: Mapping[str, bytes], trees: Trees) -> str:
    """The text of a snapshot: the tree of each file and the SHA-256 digest of its bytes."""
    said = {
        file: {"sha256": hashlib.sha256(data[file]).hexdigest(), "tree": trees[file]}
        for file in sorted(trees)
    }
    return compact({"digest": digest(trees), "files": said}) + "\n"


def from_snapshot(folder: Path | Traversable, data: Mapping[str, bytes]) -> tuple[Trees, str]:
    """The trees of the files that are unchanged since the snapshot in *folder*, and its digest.

    The digest is empty if any file is new, changed or missing. A snapshot saves parsing YAML, which is slow.
    """
    kept = folder / SNAPSHOT
    if not kept.is_file():
        return {}, ""
    whole = json.loads(kept.read_bytes())
    said = whole["files"]
    trees = {
        file: item["tree"]
        for file, item in said.items()
        if file in data and hashlib.sha256(data[file]).hexdigest() == item["sha256"]
    }
    return trees, whole["digest"] if trees.keys() == said.keys() == data.keys() else ""


def read_files(data: Mapping[str, bytes], unchanged: Trees, faults: Faults) -> Trees:
    """The trees of the valid files; those in *unchanged* are not parsed again. Faults are added to *faults*."""
    from hongqiao_rules.rulebook import validation, yaml_tree

    trees: Trees = {}
    for file, content in data.items():
        if file in unchanged:
            trees[file] = unchanged[file]
            continue
        document, found = yaml_tree.read(file, content)
        faults.documents[file] = document
        faults.found.extend(found)
        if document.tree is not None and not found:
            wrong = validation.faults(document)
            faults.found.extend(wrong)
            if not wrong:
                trees[file] = document.tree
    return trees
