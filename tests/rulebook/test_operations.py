"""The table of operations: what follows from the fields of a node, and that no place can leave an operation out."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hongqiao_rules.language import visitors
from hongqiao_rules.language.nodes import (
    MONEY,
    NUMBER,
    TRUTH,
    Add,
    Aggregate,
    AllOf,
    And,
    Constant,
    Node,
    Read,
    Type,
    children,
    free_variables,
    named,
    operations,
    walk,
    with_children,
)
from hongqiao_rules.language.visitors import DatedLeaves, DatedVisitor, WrittenLeaves, WrittenVisitor
from tests.places import TOP

CONTRIBUTING = TOP / "CONTRIBUTING.md"


def missing(kind: str) -> dict[str, tuple[bool, str]]:
    """Of each place whether it visits leaves only, and what it says of an operation that only the table of nodes has."""
    program = Path(__file__).with_name("every_place_misses.py")
    done = subprocess.run([sys.executable, program, kind], capture_output=True, text=True, check=True)
    found: dict[str, tuple[bool, str]] = json.loads(done.stdout)
    return found


LEAF, STEP = missing("leaf"), missing("step")


@pytest.mark.parametrize("place", LEAF)
def test_a_place_that_lacks_an_operation_cannot_be_imported(place: str) -> None:
    refused = f"{place} does not define absolute"
    leaves_only, said = LEAF[place]
    assert said == refused
    # What an operation with parts reads is what its parts read: a place that asks only that needs nothing for it.
    assert STEP[place] == [leaves_only, "" if leaves_only else refused]


def test_contributing_names_every_place() -> None:
    section = CONTRIBUTING.read_text(encoding="utf-8").split("## Add an operation")[1].split("\n## ")[0]
    written = set(re.findall(r"`hongqiao_rules/([\w/]+)\.py`", section))
    places = {place.rpartition(".")[0].removeprefix("hongqiao_rules.").replace(".", "/") for place in LEAF}
    assert written >= places
    assert written - places == {f"language/{name}" for name in ("nodes", "visitors", "parser")} | {
        "rulebook/export/rulebook_json_schema"
    }


@pytest.mark.parametrize("visitor", [DatedLeaves, WrittenLeaves, DatedVisitor, WrittenVisitor])
def test_a_visitor_has_an_abstract_method_for_each_operation(visitor: type) -> None:
    """So that mypy refuses what the import refuses."""
    named_ = {f"visit_{o.operation}" for o in operations(visitor.stage, leaves=visitor.leaves)}
    assert visitor.__abstractmethods__ == named_
    assert visitor.__module__ == visitors.__name__


def test_an_incomplete_visitor_is_refused_with_all_that_it_lacks() -> None:
    with pytest.raises(
        TypeError, match=r"Few does not define assessment_date, element, all_of, children_of$"
    ):

        class Few(DatedLeaves[[], int]):
            def visit_constant(self, _node: Node) -> int:
                return 1

            visit_read = visit_constant


def test_a_field_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(TypeError, match="Odd: a field cannot be of type float"):
        type("Odd", (Node,), {"__annotations__": {"size": "float"}})
    assert all(operation.__name__ != "Odd" for operation in operations("dated"))


# --- what follows from the fields ---------------------------------------------------------------------------------

ONE = Constant(type=NUMBER, value=1)
FARM = Read(type=MONEY, entity="farm", name="rent", variable=None)
OWN = Read(type=MONEY, entity="animal", name="price", variable=1)
OTHER = Read(type=TRUTH, entity="animal", name="grown", variable=0)
LOOP = Aggregate(
    type=MONEY, fold="sum", variable=1, label="animal", domain=AllOf(type=Type("entities", "animal"), entity="animal"),
    where=And(type=TRUTH, parts=(OTHER, OTHER)), body=Add(type=MONEY, left=OWN, right=FARM),
)  # fmt: skip


def test_children_are_the_fields_that_hold_expressions_in_order() -> None:
    assert children(LOOP) == (LOOP.domain, LOOP.where, LOOP.body)
    assert children(LOOP._replace(where=None)) == (LOOP.domain, LOOP.body)
    assert children(LOOP.body) == (OWN, FARM)
    assert children(ONE) == ()


def test_with_children_changes_the_parts_and_nothing_else() -> None:
    for node in walk(LOOP):
        assert with_children(node, children(node)) == node
    changed = with_children(LOOP, (LOOP.domain, OTHER, ONE))
    assert changed == LOOP._replace(where=OTHER, body=ONE)
    assert with_children(LOOP.body, (FARM, OWN)) == Add(type=MONEY, left=FARM, right=OWN)


def test_two_nodes_are_equal_where_all_fields_but_the_place_in_the_text_are() -> None:
    assert ONE._replace(span=(3, 4)) == ONE
    assert ONE._replace(value=0) != ONE
    assert hash(ONE) == hash(ONE._replace(span=(3, 4)))


def test_names_and_free_variables_are_found_by_the_kind_of_the_field() -> None:
    assert list(named("fact", [LOOP])) == ["grown", "grown", "price", "rent"]
    assert list(named("parameter", [LOOP])) == []
    assert free_variables(LOOP) == {0}
    assert free_variables(LOOP.body) == {1}
