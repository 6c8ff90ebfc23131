"""Compile the declared figures and lists to a function that writes an assessment as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hongqiao_rules.engines.direct.trace import SCALARS
from hongqiao_rules.rulebook.shown_fields import Field, Fields

Listed = tuple[int, str, int, bool]
"""A rule of a list: its order, its id, the slot of its value, and whether its entity is the root."""
Writer = Callable[[list[Any], Sequence[str]], tuple[str, str, tuple[str, ...]]]
"""Takes the state of a run and the ids of the members as JSON texts. Returns the fields in their declared order, the fields
without a place, and the rules with an entry in a list. A comma precedes every field."""


def writer(shown: Fields, slots: Mapping[str, int], lists: Mapping[str, Sequence[Listed]]) -> Writer:
    """Compile the writer of the fields *shown*.

    Args:
        shown: the figures and lists.
        slots: the place of each figure in the state of a run, by name.
        lists: the rules of each list that the rulebook has, by name.
    """
    lines = ["rules = []"]

    def part(field: Field) -> str:
        kind, name = field.type.kind, field.name
        if not field.listed:
            return f',"{name}":{{{kind}(state[{slots[name]}])}}'
        text = f"text{len(lines)}"
        lines.extend(_list(text, kind, lists.get(name, ())))
        return f',"{name}":[{{{text}[1:]}}]'

    ordered, others = ("".join(map(part, fields)) for fields in (shown.ordered, shown.others))
    lines.append(f"return f'{ordered}', f'{others}', tuple(rules)")
    source = "def write(state, ids):\n" + "".join(f"    {line}\n" for line in lines)
    namespace: dict[str, Any] = {kind: table.__getitem__ for kind, table in SCALARS.items()}
    exec(compile(source, "<fields>", "exec"), namespace)  # noqa: S102  # written above, from checked names
    written: Writer = namespace["write"]
    return written


def _list(text: str, kind: str, rules: Sequence[Listed]) -> list[str]:
    """The source lines that collect the non-zero or true entries of a list."""
    lines = [f"{text} = ''"]
    for _, rule, slot, of_root in rules:
        member = "null" if of_root else "{one}"
        amount = "" if kind == "truth" else f',"amount":{{{kind}(value)}}'
        add = f'{text} += f\',{{{{"rule":"{rule}","member":{member}{amount}}}}}\''
        lines += [
            f"value = state[{slot}]",
            f"if {'value' if of_root else 'any(value)'}:",
            f"    rules.append({rule!r})",
        ]
        lines += (
            [f"    {add}"]
            if of_root
            else ["    for one, value in zip(ids, value):", f"        if value: {add}"]
        )
    return lines
