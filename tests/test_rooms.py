"""Which module may import which: one way only, by public names. The order of the rooms is in ``pyproject.toml``."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.places import TOP

MODULES = sorted((TOP / "hongqiao_rules").rglob("*.py"))
OF_TUPLES = {"_replace", "_asdict", "_fields", "_make"}
"""The public methods of named tuples."""


def cycle(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle, the first of them again at the end; empty where there are none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    # Imports inside functions and under TYPE_CHECKING count.
    graph = grimp.build_graph("hongqiao_rules", cache_dir=None)
    assert cycle({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}) == []


def test_a_circle_is_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def defined(tree: ast.Module) -> set[str]:
    """Every name that a module defines or assigns, as its own, of its classes or of their instances."""
    found = OF_TUPLES.copy()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                found.add(name)
    return found


def reaches(source: str) -> Iterator[str]:
    """The private names of other modules that a module uses."""
    tree = ast.parse(source)
    own = defined(tree)
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("hongqiao_rules"):
                yield from (f"{module}.{name.name}" for name in names if private(name.name))
            case ast.Attribute(value=value, attr=name) if private(name) and name not in own:
                if not (isinstance(value, ast.Name) and value.id in ("self", "cls")):
                    yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(TOP)))
def test_a_module_uses_only_public_names_of_others(path: Path) -> None:
    assert list(reaches(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "from hongqiao_rules.errors import _Fault",
        "def f(calculator):\n    return calculator._facts",
        "class A:\n    def f(self, other):\n        return other.inner._day()",
    ],
)
def test_a_private_name_of_another_module_is_found(source: str) -> None:
    assert list(reaches(source))


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    def __init__(self):\n        self._x = 1\n    def __eq__(self, other):\n        return self._x == other._x",
        "from hongqiao_rules.errors import Fault\nfault._replace(path='')",
    ],
)
def test_ones_own_private_names_are_not(source: str) -> None:
    assert list(reaches(source)) == []


def test_a_module_name_occurs_once() -> None:
    # A command in cli/ has the name of what it runs.
    names = [path.stem for path in MODULES if path.parent.name != "cli" and path.stem != "__init__"]
    assert sorted(names) == sorted(set(names))


def test_architecture_names_every_room() -> None:
    text = (TOP / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.relative_to(TOP / "hongqiao_rules").parts[:1] for path in MODULES}
    assert [room for room in rooms if room and f"`{room[0]}/" not in text] == []
