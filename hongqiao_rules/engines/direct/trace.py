"""Write the trace of a run as JSON: the values that each rule read, its result, and its failed condition.

An entry is ``{"rule", "member", "applied", "value", "failed", "looked_at"}``. ``failed`` is the source text of the failed
condition. ``looked_at`` has the facts, conclusions and parameters that the rule read up to it; a value that is read for all
entities is a list. Writing takes most of the time of an assessment, so the writer is a function generated from the
rulebook; texts of policies are passed to it as constants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from operator import getitem
from typing import Any, assert_never

from hongqiao_rules.engines.direct.direct_engine import DATE, DirectEngine, Run
from hongqiao_rules.engines.direct.trace_facts import Cell, LookedAt
from hongqiao_rules.language.nodes import AssessmentDate, Node, Type
from hongqiao_rules.language.nodes import Parameter as ParameterNode
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.definitions import FieldDefinition, iso
from hongqiao_rules.rulebook.value_text import Kept, money, parameter_value, quote


class TraceWriter:
    """Writes the traces of the runs of one engine."""

    def __init__(self, engine: DirectEngine) -> None:
        program = _Program(engine)
        self.source = program.text()
        writers = {kind: table.__getitem__ for kind, table in SCALARS.items()}
        namespace: dict[str, Any] = {**writers, **program.tables, "getitem": getitem}
        exec(compile(self.source, "<trace>", "exec"), namespace)  # noqa: S102  # generated above, from the tree
        write = namespace["write"]
        code = write.__code__
        write.__code__ = code.replace(co_consts=tuple(program.words.get(c, c) for c in code.co_consts))
        self._write: Callable[[list[Any], list[Any], Sequence[str]], list[str]] = write

    def write(self, run: Run, members: Sequence[str]) -> str:
        """The trace of *run* as the text of a JSON list; *members* has the ids of the entities as JSON texts."""
        return "[%s]" % ",".join(self.items(run, members))

    def items(self, run: Run, members: Sequence[str]) -> list[str]:
        """The texts of the entries of the trace, with a comma where one rule follows another within a text."""
        return self._write(run.state, run.failed, members)


SCALARS: Mapping[str, dict[Any, str]] = {
    "money": Kept(lambda fen: f'"{money(fen)}"'),
    "truth": {True: "true", False: "false"},
    "date": Kept(lambda day: f'"{iso(day)}"'),
    "code": Kept(lambda code: "null" if code is None else f'"{code}"'),
    "number": Kept(str),
}
"""The JSON texts of the values of each type; the generated function uses these names."""


class _Program:
    def __init__(self, engine: DirectEngine) -> None:
        self.engine, self.dated = engine, engine.dated
        self.looking = LookedAt(self.dated)
        self.entities = self.dated.linked.definitions.entities
        self.words: dict[Any, str] = {}
        """Placeholders in the source, each with the text that replaces it in the compiled function."""
        self.tables: dict[str, tuple[dict[Any, str], ...]] = {}
        self.columns: set[int] = set()
        self.types: dict[int, Type] = {DATE: Type("date")}
        types: dict[tuple[str, str], Type] = {(c.entity, c.name): c.type for c in self.dated.conclusions}
        for entity in self.entities.values():
            types |= {(entity.name, fact.name): fact.type for fact in entity.facts.values()}
        for (entity_name, name), slot in engine.slots.items():
            self.types[slot] = types[entity_name, name]
            if entity_name != engine.root:
                self.columns.add(slot)
        self.wanted: set[int] = set()
        self.whole: set[int] = set()
        self.own: dict[int, None] = {}
        """The columns whose value for the current entity is shown, in order."""

    def text(self) -> str:
        """The source of the function: the entries about the root one by one, those about entities in one loop."""
        conclusions = list(enumerate(self.dated.conclusions))
        about_each = [number for number, c in conclusions if c.entity != self.engine.root]
        alone = [
            line for number, c in conclusions if number not in about_each for line in self.entry(c, number)
        ]
        self.own = {}
        together = [line for number in about_each for line in self.entry(conclusions[number][1], number)]
        outcomes = [f"f{n}" for n in about_each if conclusions[n][1].candidates[0].conditions]
        state = ", ".join(f"s{slot}" for slot in range(self.engine.size))
        failed = ", ".join(f"f{number}" for number, _ in conclusions)
        lines = [f"    [{state}] = state", f"    [{failed}] = failed"]
        lines += ["    " + line for line in self.written("t", sorted(self.wanted - self.columns))]
        lines += [f"    w{slot} = f\"[{{','.join({self.column(slot)})}}]\"" for slot in sorted(self.whole)]
        lines += ["    " + line for line in alone]
        entries = [f"e{number}" for number in about_each]
        if entries:
            own = [f"s{slot}" for slot in self.own]
            lines += [
                "    rows = []",
                f"    for {', '.join(['m', *own, *outcomes])}, in zip({', '.join(['members', *own, *outcomes])}):",
                *("        " + line for line in [*self.written("x", list(self.own)), *together]),
                f"        rows.append(({', '.join(entries)},))",
                f"    {', '.join(entries)}, = zip(*rows) if rows else ((),) * {len(entries)}",
            ]
        everything = ", ".join(f"{'*' if n in about_each else ''}e{n}" for n, _ in conclusions)
        head = "def write(state, failed, members):"
        return "\n".join([head, *lines, f"    return [{everything}]", ""])

    def written(self, name: str, slots: list[int]) -> list[str]:
        """The lines that assign the JSON texts of the values of *slots* to variables called *name* and the slot.

        The texts of scalars are looked up in one call.
        """
        scalars = [slot for slot in slots if self.types[slot].kind in SCALARS]
        lines = [
            f"{name}{slot} = {self.several(self.types[slot], f's{slot}')}"
            for slot in slots
            if slot not in scalars
        ]
        if scalars:
            self.tables[f"{name}s"] = tuple(SCALARS[self.types[slot].kind] for slot in scalars)
            names, values = ("".join(f"{one}{slot}, " for slot in scalars) for one in (name, "s"))
            lines.append(f"{names}= map(getitem, {name}s, ({values}))")
        return lines

    def column(self, slot: int) -> str:
        """An expression for the JSON texts of the values of a column."""
        type_ = self.types[slot]
        if type_.kind in SCALARS:
            return f"map({type_.kind}, s{slot})"
        return f"[{self.several(type_, 'v')} for v in s{slot}]"

    def several(self, type_: Type, place: str) -> str:
        """An expression for the JSON text of the list of codes or records at *place*."""
        if type_.kind == "codes":
            return f"('[' + ','.join(map(code, {place})) + ']' if {place} else '[]')"
        entity, _, fact = (type_.of or "").partition(".")
        fields: Mapping[str, FieldDefinition] = self.entities[entity].facts[fact].fields
        parts = " + ',".join(
            f""""{name}":' + {field.type.kind}(r[{number}])"""
            for number, (name, field) in enumerate(fields.items())
        )
        return f"""('[' + ','.join(['{{{parts} + '}}' for r in {place}]) + ']' if {place} else '[]')"""

    def entry(self, conclusion: DatedConclusion, number: int) -> list[str]:
        """The lines that write the entries of a conclusion: one for each rule that was tried."""
        each = conclusion.entity != self.engine.root
        slot = self.engine.slots[conclusion.entity, conclusion.name]
        first = conclusion.candidates[0]
        if not first.conditions:
            return [f"e{number} = {self.made(first, -1, slot, each=each, following=False)}"]
        lines, indent, weight = [], "", 1
        for position, candidate in enumerate(conclusion.candidates):
            radix = len(candidate.conditions) + 1
            digit = "" if len(conclusion.candidates) == 1 else f" // {weight} % {radix}"
            choice = self.made(candidate, -1, slot, each=each, following=position > 0)
            for index in range(len(candidate.conditions)):
                made = self.made(candidate, index, slot, each=each, following=position > 0)
                choice = f"{made} if d == {index + 1} else {choice}"
            lines += [
                f"{indent}d = f{number}{digit}",
                f"{indent}e{number} {'+=' if position else '='} {choice}",
            ]
            if position + 1 < len(conclusion.candidates):
                lines.append(f"{indent}if d:")
                indent += "    "
            weight *= radix
        return lines

    def made(self, candidate: Candidate, failing: int, slot: int, *, each: bool, following: bool) -> str:
        """An f-string of one entry: constant texts with expressions between them.

        *failing* is the index of the failed condition, -1 if the rule applied. With *following*, the entry begins with a comma.
        """
        conditions = candidate.typed.conditions
        seen = [node for _, node in (conditions if failing < 0 else conditions[: failing + 1])]
        applied = failing < 0
        looked, places = self.looked_at([*seen, candidate.typed.value] if applied else seen, each=each)
        failed = "null" if applied else quote(conditions[failing][0])
        template = '%s{"rule":%s,"member":%s,"applied":%s,"value":%s,"failed":%s,"looked_at":{%s}}' % (
            "," if following else "", quote(candidate.rule.id), "\0" if each else "null", "true" if applied else "false",
            "\0" if applied else "null", failed, looked,
        )  # fmt: skip
        blanks = [*(["m"] if each else []), *([self.place(slot, own=each)] if applied else []), *places]
        parts = ""
        for piece, blank in zip_longest(template.split("\0"), blanks):
            word = f"<{len(self.words)}>"
            self.words[word] = piece
            parts += word if blank is None else f"{word}{{{blank}}}"
        return f"f'{parts}'"

    def place(self, slot: int, *, own: bool) -> str:
        self.wanted.add(slot)
        if slot not in self.columns:
            return f"t{slot}"
        if own:
            self.own[slot] = None
            return f"x{slot}"
        self.whole.add(slot)
        return f"w{slot}"

    def looked_at(self, nodes: list[Node], *, each: bool) -> tuple[str, list[str]]:
        """The members of ``looked_at`` with a null character for each value, and the expressions of these values."""
        parts: dict[str, tuple[str, str | None]] = {}
        for label, shown in self.looking.of(nodes, each=each).items():
            match shown:
                case ParameterNode():
                    value = self.dated.parameters[shown.name].value
                    parts[label] = parameter_value(self.dated.linked.parameters[shown.name], value), None
                case AssessmentDate():
                    parts[label] = "\0", self.place(DATE, own=False)
                case Cell():
                    slot = self.engine.slots[shown.entity, shown.name]
                    parts[label] = "\0", self.place(slot, own=shown.one)
                case _:
                    assert_never(shown)
        text = ",".join(f'"{label}":{value}' for label, (value, _) in parts.items())
        return text, [place for _, place in parts.values() if place is not None]
