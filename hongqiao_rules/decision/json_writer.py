"""Compile the declared figures and lists to a function that writes an assessment as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hongqiao_rules.engines.direct.trace import SCALARS
from hongqiao_rules.rulebook.shown_fields import Field, Fields

Entry = tuple[str, int | None, Any]
"""An entry of a list: rule, position of the member or ``None``, value."""
Writer = Callable[[list[Any], Sequence[list[Entry]], Sequence[str]], tuple[str, str]]
"""Takes the state of a run, the entries of each list and the ids of the members as JSON texts, to the fields in their declared
order and to those without a place. A comma precedes every field."""


def writer(shown: Fields, slots: Mapping[str, int]) -> Writer:
    """Compile the writer of the fields *shown*; *slots* has the place of each figure in the state of a run, by name."""
    lists = {field.name: number for number, field in enumerate(shown.lists)}

    def part(field: Field) -> str:
        kind, name = field.type.kind, field.name
        if field.listed:
            return f',"{name}":[{{write_{kind}(lists[{lists[name]}], ids)}}]'
        return f',"{name}":{{{kind}(state[{slots[name]}])}}'

    ordered, others = ("".join(map(part, fields)) for fields in (shown.ordered, shown.others))
    source = f"def write(state, lists, ids):\n    return f'{ordered}', f'{others}'\n"
    namespace: dict[str, Any] = {kind: table.__getitem__ for kind, table in SCALARS.items()}
    namespace |= {"write_money": _amounts, "write_number": _counts, "write_truth": _entries}
    exec(compile(source, "<fields>", "exec"), namespace)  # noqa: S102  # written above, from checked names
    written: Writer = namespace["write"]
    return written


def _amounts(lines: list[Entry], ids: Sequence[str]) -> str:
    return ",".join(
        [
            f'{{"rule":"{rule}","member":{"null" if number is None else ids[number]},"amount":{_MONEY[fen]}}}'
            for rule, number, fen in lines
        ]
    )


def _counts(lines: list[Entry], ids: Sequence[str]) -> str:
    return ",".join(
        [
            f'{{"rule":"{rule}","member":{"null" if number is None else ids[number]},"amount":{count}}}'
            for rule, number, count in lines
        ]
    )


def _entries(entries: list[Entry], ids: Sequence[str]) -> str:
    return ",".join(
        [
            f'{{"rule":"{rule}","member":{"null" if number is None else ids[number]}}}'
            for rule, number, _ in entries
        ]
    )


_MONEY = SCALARS["money"]
