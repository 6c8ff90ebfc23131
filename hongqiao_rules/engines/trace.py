"""The trace of a run, as JSON text: every rule and every entity, what it looked at, what came of it and why not.

An entry is ``{"rule", "member", "applied", "value", "failed", "looked_at"}``. ``failed`` is the part of the condition
that did not hold, in the words of the policy; ``looked_at`` has the facts, conclusions and parameters that the rule
read up to there. What is read of every entity is a list, in their order. Writing is most of what an assessment
costs, so the writer too is one function made from the rulebook; the words of policies reach it as constants.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from json.encoder import encode_basestring
from typing import Any

from hongqiao_rules.engines.direct import DATE, DirectEngine, Run
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.definitions import FieldDefinition, Parameter, iso
from hongqiao_rules.rulebook.nodes import AssessmentDate, Node, Read, Total, Type, walk
from hongqiao_rules.rulebook.nodes import Parameter as ParameterNode

quote: Callable[[str], str] = encode_basestring
"""A text as JSON."""


def money(fen: int) -> str:
    """Fen as yuan with two places."""
    return f"{fen // 100}.{fen % 100:02}" if fen >= 0 else f"-{money(-fen)}"


def percent(share: Fraction) -> str:
    """A share as policies write it: ``30%`` where that is exact, else ``1/3``."""
    hundred = share * 100
    return f"{hundred.numerator}%" if hundred.denominator == 1 else f"{share.numerator}/{share.denominator}"


def parameter_value(parameter: Parameter, value: Any) -> str:
    """The value of a parameter as JSON."""
    match parameter.type.kind:
        case "money":
            return f'"{money(value)}"'
        case "share":
            return f'"{percent(value)}"'
        case "codes":
            return json.dumps(sorted(value))
    return str(value)


class _Texts(dict[Any, str]):
    """How values are written, kept by value: looking up takes a third of the time of a call."""

    def __init__(self, write: Callable[[Any], str], most: int = 65536) -> None:
        super().__init__()
        self.write, self.most = write, most

    def __missing__(self, value: Any) -> str:
        if len(self) >= self.most:
            self.clear()
        self[value] = text = self.write(value)
        return text


MONEY = _Texts(money).__getitem__
"""Fen as yuan with two places, kept."""


class TraceWriter:
    """Writes the traces of one engine's runs."""

    def __init__(self, engine: DirectEngine) -> None:
        program = _Program(engine)
        self.source = program.text()
        namespace: dict[str, Any] = {**_SCALARS, **program.constants}
        exec(compile(self.source, "<trace>", "exec"), namespace)  # noqa: S102  # written above, from the tree
        self._write: Callable[[list[Any], list[Any], Sequence[str]], str] = namespace["write"]

    def write(self, run: Run, members: Sequence[str]) -> str:
        """The trace of *run* as the text of a JSON list; *members* are the entities' ids as JSON texts."""
        return self._write(run.state, run.failed, members)


_SCALARS: Mapping[str, Callable[[Any], str]] = {
    "money": _Texts(lambda fen: f'"{money(fen)}"').__getitem__,
    "truth": {True: "true", False: "false"}.__getitem__,
    "date": _Texts(lambda day: f'"{iso(day)}"').__getitem__,
    "code": _Texts(lambda code: "null" if code is None else f'"{code}"').__getitem__,
    "number": _Texts(str).__getitem__,
}
"""How a value of each type is written; the program calls them by these names."""


class _Program:
    def __init__(self, engine: DirectEngine) -> None:
        self.engine, self.dated = engine, engine.dated
        self.entities = self.dated.linked.definitions.entities
        self.constants: dict[str, str] = {}
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
        """The columns of which the entry that is being made shows an entity's own value, in order."""

    def text(self) -> str:
        """The program."""
        entries = [line for number, c in enumerate(self.dated.conclusions) for line in self.entry(c, number)]
        state = ", ".join(f"s{slot}" for slot in range(self.engine.size))
        failed = ", ".join(f"f{number}" for number in range(len(self.dated.conclusions)))
        # Constants are defaults of parameters, because Python reads those fastest.
        constants = "".join(f", {name}={name}" for name in self.constants)
        lines = [
            f"def write(state, failed, members{constants}):",
            f"    [{state}] = state",
            f"    [{failed}] = failed",
        ]
        lines += ["    out, null = [], 'null'"]
        for slot in sorted(self.wanted):
            lines.append(
                f"    t{slot} = {self.written(self.types[slot], f's{slot}', column=slot in self.columns)}"
            )
        lines += [f"    w{slot} = '[' + ','.join(t{slot}) + ']'" for slot in sorted(self.whole)]
        return "\n".join(
            [*lines, *("    " + line for line in entries), "    return '[' + ''.join(out)[1:] + ']'", ""]
        )

    def written(self, type_: Type, place: str, *, column: bool) -> str:
        """The text of an expression that writes the value at *place*, or each value of a column."""
        if type_.kind in _SCALARS:
            return f"[*map({type_.kind}, {place})]" if column else f"{type_.kind}({place})"
        if column:
            return f"[{self.written(type_, 'v', column=False)} for v in {place}]"
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
        each = conclusion.entity != self.engine.root
        slot = self.engine.slots[conclusion.entity, conclusion.name]
        member = "m" if each else "null"
        first, self.own = conclusion.candidates[0], {}
        if not first.conditions:
            made = self.made(first, -1, slot, member, each=each)
            return [f"{self.loop() if each else ''}out += {made}"]
        lines, indent, weight = [], "    " if each else "", 1
        for position, candidate in enumerate(conclusion.candidates):
            radix = len(candidate.conditions) + 1
            digit = "d = o" if len(conclusion.candidates) == 1 else f"d = o // {weight} % {radix}"
            choice = self.made(candidate, -1, slot, member, each=each)
            for index in range(len(candidate.conditions)):
                choice = f"{self.made(candidate, index, slot, member, each=each)} if d == {index + 1} else {choice}"
            lines += [f"{indent}{digit}", f"{indent}out += {choice}"]
            if position + 1 < len(conclusion.candidates):
                lines.append(f"{indent}if d:")
                indent += "    "
            weight *= radix
        return [self.loop(f"f{number}") if each else f"o = f{number}", *lines]

    def loop(self, outcomes: str | None = None) -> str:
        """The head of a loop over the entities, with the outcome of each and its own value of each column shown."""
        names = ["m", *(["o"] if outcomes else []), *(f"x{slot}" for slot in self.own)]
        places = ["members", *([outcomes] if outcomes else []), *(f"t{slot}" for slot in self.own)]
        return f"for {', '.join(names)}, in zip({', '.join(places)}): "

    def made(self, candidate: Candidate, failing: int, slot: int, member: str, *, each: bool) -> str:
        """The pieces of one entry: constants, and between them what fills the blanks. *failing* is -1 where the rule applied."""
        conditions = candidate.typed.conditions
        seen = [node for _, node in (conditions if failing < 0 else conditions[: failing + 1])]
        applied = failing < 0
        looked, places = self.looked_at([*seen, candidate.typed.value] if applied else seen, each=each)
        failed = "null" if applied else quote(conditions[failing][0])
        template = ',{"rule":%s,"member":\0,"applied":%s,"value":%s,"failed":%s,"looked_at":{%s}}' % (
            quote(candidate.rule.id), "true" if applied else "false", "\0" if applied else "null", failed, looked,
        )  # fmt: skip
        blanks = [member, *([self.place(slot, own=each)] if applied else []), *places]
        pieces = []
        for number, piece in enumerate(template.split("\0")):
            name = f"k{len(self.constants)}"
            self.constants[name] = piece
            pieces += [name, *blanks[number : number + 1]]
        return f"({', '.join(pieces)})"

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
        """What the expressions read, as JSON members with blanks, and what fills the blanks."""
        inside = self.entities[self.engine.root].contains
        parts: dict[str, tuple[str, str | None]] = {}
        for node in (inner for outer in nodes for inner in walk(outer)):
            match node:
                case ParameterNode():
                    value = self.dated.parameters.get(node.name)
                    if value is not None:
                        parts[node.name] = (
                            parameter_value(self.dated.linked.parameters[node.name], value.value),
                            None,
                        )
                case AssessmentDate():
                    parts["on"] = "\0", self.place(DATE, own=False)
                case Read() if (node.entity, node.name) in self.engine.slots:
                    own = node.variable is None or (each and node.variable == 0)
                    label = node.name if own or inside is None else f"{inside.named}.{node.name}"
                    slot = self.engine.slots[node.entity, node.name]
                    parts[label] = "\0", self.place(slot, own=own and node.variable is not None)
                case Total():
                    for conclusion in self.dated.conclusions:
                        if conclusion.list == node.name:
                            slot = self.engine.slots[conclusion.entity, conclusion.name]
                            parts[conclusion.name] = "\0", self.place(slot, own=False)
        text = ",".join(f'"{label}":{value}' for label, (value, _) in parts.items())
        return text, [place for _, place in parts.values() if place is not None]
