"""Texts of a rulebook in further languages: files that begin with ``texts``, merged into the trees of the other files.

A text has a key: the kind and the id of what it belongs to, then the path to it in the file, such as
``rule/age/title`` or ``codes/illness/values/aids``. Items of a list are named by their id, or numbered from 1. A text
of an overlay has the id of the overlay before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hongqiao_rules.errors import nearest
from hongqiao_rules.rulebook.definitions import Origin

if TYPE_CHECKING:
    from hongqiao_rules.rulebook.faults import Faults

Trees = dict[str, dict[str, Any]]
Missing = dict[str, dict[str, str]]
"""By language, the keys without a translation, each with the text in English."""
Text = tuple[str, dict[str, str], str]
"""A key, the mapping that takes translations by language, and the text in English."""


def merged(trees: Trees, overlay_of: Callable[[str], str | None], faults: Faults) -> tuple[Trees, Missing]:
    """Return *trees* with the translations in their texts, and what the files of translations leave out.

    Args:
        trees: The validated trees by file; they are not changed.
        overlay_of: Gives the overlay that a file belongs to.
        faults: Takes POLICY_UNKNOWN_TEXT, and POLICY_DUPLICATE for a text that is translated twice.
    """
    files = {file: tree for file, tree in trees.items() if "texts" in tree}
    if not files:
        return trees, {}
    trees = deepcopy(trees)
    found = [(file, text) for file, tree in trees.items() for text in _of_file(tree, overlay_of(file))]
    texts = {key: node for _, (key, node, _) in found}
    first = {(lang, key): file for file, (key, _, _) in found for lang in ("zh", "en")}
    for file, tree in files.items():
        lang = tree["texts"]
        for key, text in tree["translations"].items():
            origin = Origin(file, ("translations", key))
            if key not in texts:
                faults("POLICY_UNKNOWN_TEXT", origin, key=True, name=key, meant=nearest(key, texts))
            elif (lang, key) in first:
                faults("POLICY_DUPLICATE", origin, key=True, name=key, first=first[lang, key])
            else:
                first[lang, key] = file
                texts[key][lang] = text
    langs = dict.fromkeys(tree["texts"] for tree in files.values())
    return trees, {
        lang: {key: english for _, (key, node, english) in found if lang not in node} for lang in langs
    }


def _of_file(tree: Mapping[str, Any], overlay: str | None) -> Iterator[Text]:
    kind = next(iter(tree))
    named = [tree[kind]] if isinstance(tree[kind], str) and kind not in ("rulebook", "texts") else []
    yield from _inside(tree, "/".join([*([overlay] if overlay and kind != "overlay" else []), kind, *named]))


def _inside(node: Any, path: str) -> Iterator[Text]:
    """Yield the texts in a part of a tree."""
    if isinstance(node, dict):
        if node.keys() == {"zh", "en"}:
            yield path, node, node["en"]
            return
        if "english" in node:  # a source: its title is in the language of the document
            yield f"{path}/title", node.setdefault("further", {}), node["english"]
        for key, value in node.items():
            yield from _inside(value, f"{path}/{key}")
    elif isinstance(node, list):
        for number, item in enumerate(node, 1):
            name = item["id"] if isinstance(item, dict) and "id" in item else number
            yield from _inside(item, f"{path}/{name}")
