"""Compile the input checks and derived defaults of a period to one Python function.

The function takes the defaults and tests in the same pass if the input is valid. :mod:`hongqiao_rules.household.checks` finds
the faults of an invalid one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hongqiao_rules.engines.direct.direct_engine import DirectEngine, Writer
from hongqiao_rules.language.nodes import Node
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.input_rules import NAMES, TAKEN, DatedInputs, Default, taking

Entered = tuple[bool, tuple[bool, ...], tuple[Sequence[bool], ...], dict[str, list[list[int]]]]
"""The result: True if the input is valid (no check refuses it, ids are unique, no entity refers to itself); for each default
of the root, True if it is taken; for each default of contained entities, such a list; for each reference, for each entity,
the indices of the entities that refer to it."""
Enter = Callable[
    [dict[str, Any], dict[str, Any], Mapping[str, Sequence[Any]], Sequence[Any], Mapping[str, Any], Sequence[Any], int],
    Entered,
]  # fmt: skip
"""The function. Its arguments: the facts of the root and the columns of the contained entities (it adds defaults to both),
the columns of references, the ids, the root and the contained entities as stated, and the day (yyyymmdd)."""


def children_of(pointing: Sequence[int]) -> list[list[int]]:
    """For each entity, the indices of the entities that refer to it; *pointing* has the entity referred to, or -1."""
    children: list[list[int]] = [[] for _ in pointing]
    for number, other in enumerate(pointing):
        if other >= 0:
            children[other].append(number)
    return children


def enter(inputs: DatedInputs, references: Sequence[str]) -> Enter:
    """The function for the checks and defaults of *inputs*; *references* are the references of contained entities."""
    writer = InputWriter(inputs, references)
    source = writer.program()
    namespace: dict[str, Any] = {"children_of": children_of, **writer.constants}
    exec(compile(source, "<inputs>", "exec"), namespace)  # noqa: S102  # generated above, from the vocabulary
    found: Enter = namespace["enter"]
    return found


class InputWriter(Writer):
    """Generates the source of the function."""

    def __init__(self, inputs: DatedInputs, references: Sequence[str]) -> None:
        made = [one for default in inputs.defaults for one in taking(default)]
        refused = inputs.refused().conclusions
        super().__init__(DirectEngine(inputs.of([*made, *refused])))
        self.inputs, self.references, self.refused = inputs, references, refused
        self.numbers = {(one.entity, one.name): number for number, one in enumerate(made)}
        slots = self.engine.slots
        self.absent = {
            slots[entity, absent(name)]: name
            for entity, name in inputs.needed
            if (entity, absent(name)) in slots
        }

    def program(self) -> str:
        """The source of the function."""
        lines = ["everyone, children = range(len(ids)), {}"]
        for slot, where, name in self.engine.loads:
            if where != "children" and slot not in self.absent:
                lines.append(f"s{slot} = {where}[{name!r}]")
        taken: dict[bool, list[str]] = {True: [], False: []}
        derived = {default.definition.fact for default in self.inputs.defaults if default.names is not None}
        for name in self.references:
            if name not in derived:
                pointing = f"[-1 if other is None else ids.index(other) for other in named[{name!r}]]"
                lines += self._related(name, pointing)
        for default in self.inputs.defaults:
            of_root = default.definition.entity == self.inputs.root
            taken[of_root].append(f"s{self._taken(default)}, ")
            lines += (self._root_default if of_root else self._default)(default)
        lines += self._valid()
        lines.append(f"return valid, ({''.join(taken[True])}), ({''.join(taken[False])}), children")
        head = "def enter(root, each, named, ids, whole, stated, s0):"
        return "\n".join([head, *(f"    {line}" for line in lines), ""])

    def _number(self, default: Default, form: str) -> int:
        one = default.definition
        return self.numbers[one.entity, form.format(one.fact)]

    def _taken(self, default: Default) -> int:
        return self.slot(self._number(default, TAKEN))

    def _root_default(self, default: Default) -> list[str]:
        """The lines that take a default of the root."""
        assert default.value is not None
        name, taken = default.definition.fact, f"s{self._taken(default)}"
        return [
            f"{taken} = False",
            f"if root[{name!r}] is None:",
            *(f"    {line}" for line in self.for_root([self._number(default, TAKEN)])),
            f"    if {taken}:",
            f"        {self._slot(default)}root[{name!r}] = {self.visit(default.value)}",
        ]

    def _default(self, default: Default) -> list[str]:
        """The lines that take a default of the contained entities."""
        name, taken = default.definition.fact, f"s{self._taken(default)}"
        column = f"each[{name!r}]" if default.names is None else f"named[{name!r}]"
        lines = [
            f"{taken} = [False] * len(ids)",
            f"if None in {column}:",
            *(f"    {line}" for line in self.for_each([self._number(default, TAKEN)])),
        ]
        if default.names is None:
            assert default.value is not None
            filled = f"{self.visit(default.value)} if x is None and held else x"
            lines += [
                f"    if True in {taken}:",
                f"        {self._slot(default)}{column} = [{filled} for x, held in zip({column}, {taken})]",
            ]
            return lines
        number = self._number(default, NAMES)
        naming = f"s{self.slot(number)}"
        lines += [
            f"    if True in {taken}:",
            *(f"        {line}" for line in self.for_each([number])),
            f"        found = {naming}.index(True) if True in {naming} else -1",
        ]
        position = "(found if held else -1) if other is None else ids.index(other)"
        return lines + self._related(name, f"[{position} for other, held in zip(named[{name!r}], {taken})]")

    def _slot(self, default: Default) -> str:
        """The assignment to the slot of the fact of a default; empty if no check or other default reads it."""
        slot = self.engine.slots.get((default.definition.entity, default.definition.fact))
        return "" if slot is None else f"s{slot} = "

    def _related(self, name: str, pointing: str) -> list[str]:
        """The lines that resolve a reference."""
        slot = self.engine.relations.get(name)
        place = self.references.index(name)
        return [
            f"p{place} = {pointing}",
            f"{'' if slot is None else f's{slot} = '}children[{name!r}] = children_of(p{place})",
        ]

    def _valid(self) -> list[str]:
        """The lines that test if the input is valid."""
        own: list[Node] = [one.candidates[0].value for one in self.refused if one.entity == self.inputs.root]
        each = [one.candidates[0].value for one in self.refused if one.entity != self.inputs.root]
        lines = [
            f"valid = {' and '.join(['len(set(ids)) == len(ids)', *(f'not {self.visit(n)}' for n in own)])}"
        ]
        self.own = {}
        faults = [self.visit(node) for node in each]
        given, self.own = list(self.own), None
        places = range(len(self.references))
        faults += [f"q{place} == number" for place in places]
        if not faults:
            return lines
        names = [*(f"x{slot}" for slot in given), *(f"q{place}" for place in places), "one", "number"]
        columns = [*(f"s{slot}" for slot in given), *(f"p{place}" for place in places), "stated", "everyone"]
        return [
            *lines,
            "if valid:",
            f"    for {', '.join(names)} in zip({', '.join(columns)}):",
            f"        if {' or '.join(faults)}:",
            "            valid = False",
            "            break",
        ]

    def of(self, slot: int, variable: int) -> str:
        """The expression that reads a slot for the entity of a loop variable; absence is tested on the stated entity."""
        if slot not in self.absent:
            return super().of(slot, variable)
        entity = "one" if self.own is not None and variable == 0 else f"stated[v{variable}]"
        return f"({self.absent[slot]!r} not in {entity})"

    def visit_read(self, node: Any) -> str:
        slot = self.engine.slots[node.entity, node.name]
        if slot in self.absent and node.variable is None:
            return f"({self.absent[slot]!r} not in whole)"
        return super().visit_read(node)
