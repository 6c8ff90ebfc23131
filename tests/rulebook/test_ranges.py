"""No operation hides a part that may outgrow the integers."""

from collections.abc import Iterator

import pytest

from hongqiao_rules.language.nodes import (
    NUMBER,
    TRUTH,
    Compare,
    Constant,
    If,
    Multiply,
    Node,
    children,
    operations,
    with_children,
)
from hongqiao_rules.rulebook import ranges
from hongqiao_rules.rulebook.dating import Dated
from hongqiao_rules.rulebook.load import load
from tests.places import TESTS

TOY = load([TESTS / "toy" / "policies"])
DATED = [
    TOY.dated(day, {name: reading.default for name, reading in TOY.definitions.readings.items()}, ())
    for day in TOY.change_dates()
]
HUGE = Multiply(
    type=NUMBER, left=Constant(type=NUMBER, value=2**40), right=Constant(type=NUMBER, value=2**40)
)


def trees(dated: Dated) -> list[Node]:
    return [tree for c in dated.conclusions for candidate in c.candidates for tree in candidate.trees]


def hiding(part: Node) -> Node:
    """*part*, and inside of it a product beyond 64 bits that decides nothing."""
    condition = Compare(type=TRUTH, operator=">", left=HUGE, right=Constant(type=NUMBER, value=0))
    return If(type=part.type, condition=condition, then=part, otherwise=part)


def with_one_hidden(tree: Node) -> Iterator[tuple[type[Node], Node]]:
    """*tree* with the product hidden in one part of one node, for each; and the operation of that node."""
    parts = children(tree)
    for index, part in enumerate(parts):
        changed = list(parts)
        if part.type.kind not in ("entities", "codes", "records"):  # they are no figures
            changed[index] = hiding(part)
            yield type(tree), with_children(tree, changed)
        for operation, inner in with_one_hidden(part):
            changed[index] = inner
            yield operation, with_children(tree, changed)


def test_a_part_that_may_outgrow_the_integers_is_found_in_every_operation() -> None:
    seen: set[type[Node]] = set()
    for dated in DATED:
        finder = ranges._Ranges(dated, ranges.LARGEST)
        finder.known = ranges.check(dated, lambda *_args, **_kwargs: None)
        for tree in trees(dated):
            finder.of(tree)
            for operation, changed in with_one_hidden(tree):
                seen.add(operation)
                with pytest.raises(ranges.OutOfRangeError) as refused:
                    finder.of(changed)
                assert (refused.value.code, refused.value.node) == ("POLICY_OVERFLOW", HUGE)
    assert seen == {o for o in operations("dated") if o.part_fields}
