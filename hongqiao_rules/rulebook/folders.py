"""Find and read the policy files of folders; load the bundled ones from a snapshot."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hongqiao_rules.errors import PolicyError, PolicyFault
from hongqiao_rules.rulebook.assemble import Trees
from hongqiao_rules.text.catalogue import Phrase

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from hongqiao_rules.rulebook.faults import Faults

SNAPSHOT, HEAD = "snapshot.json", "rulebook.yaml"
APART = "coverage"
"""The folder of a document's coverage; it is no part of a rulebook."""
BUNDLED = "policies"
"""What the bundled folder is called in messages, wherever it is installed."""


def bundled(part: str = "") -> Path | Traversable:
    """The folder of policies that comes with the package: installed, in a checkout, or in a zipped wheel.

    *part* names a rulebook of its own in a folder inside.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "policies", package.parent / "policies"):
        if folder.is_dir():
            return folder / part
    from importlib.resources import files  # takes as long to import as the policies to read

    inside = files("hongqiao_rules") / "policies"
    return inside / part if part else inside


def label_of(folder: Path | Traversable) -> str:
    """Return the name of a folder in messages; bundled folders have the same name wherever they are installed."""
    top, path = str(bundled()), str(folder)
    return BUNDLED + path.removeprefix(top) if path == top or path.startswith(f"{top}/") else path


def files(folder: Path | Traversable, label: str) -> Iterator[tuple[str, bytes]]:
    """The policy files of a folder and what is below it, in order, each with its name under *label* and its bytes.

    A folder in it that has a rulebook of its own is another rulebook.
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
    """A digest of what the files say, whatever their layout and comments."""
    text = json.dumps([trees[file] for file in sorted(trees)], ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def snapshot(data: Mapping[str, bytes], trees: Trees) -> str:
    """Return the text of a snapshot: the tree of each file and the digest of its bytes."""
    said = {
        file: {"sha256": hashlib.sha256(data[file]).hexdigest(), "tree": trees[file]}
        for file in sorted(trees)
    }
    whole = {"digest": digest(trees), "files": said}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def from_snapshot(folder: Path | Traversable, data: Mapping[str, bytes]) -> tuple[Trees, str]:
    """The trees of the files whose bytes are those of the snapshot, for reading YAML is slow; its digest if all are."""
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
    """Return the trees of valid files; *unchanged* files are not read again."""
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
