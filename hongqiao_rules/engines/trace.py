"""The trace of a run, as JSON text: every rule and every entity, what it looked at, what came of it and why not.

An entry is ``{"rule", "member", "applied", "value", "failed", "looked_at"}``. ``failed`` is the part of the condition
that did not hold, in the words of the policy; ``looked_at`` has the facts, conclusions and parameters that the rule
read up to there. What is read of every entity is a list, in their order. The text is put together from pieces made
once for a rulebook: most of the cost of an assessment would else be spent here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from hongqiao_rules.engines.direct import DATE, DirectEngine, Run
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.definitions import Parameter, iso
from hongqiao_rules.rulebook.nodes import Aggregate, AssessmentDate, Node, Read, Total, Type, walk
from hongqiao_rules.rulebook.nodes import Parameter as ParameterNode

Write = Callable[[Any], str]


def quote(value: str) -> str:
    """A text as JSON."""
    return json.dumps(value, ensure_ascii=False)


def money(fen: int) -> str:
    """Fen as yuan with two places, without quotes."""
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


class TraceWriter:
    """Writes the traces of one engine's runs."""

    def __init__(self, engine: DirectEngine) -> None:
        self.engine = engine
        self.dated = engine.dated
        self.writers = [self._scalar(Type("date")), None, *([None] * (engine.size - 2))]
        self._in_columns: set[int] = set()
        self._writers()
        self.entries = [self._conclusion(conclusion) for conclusion in self.dated.conclusions]

    # --- values ---------------------------------------------------------------------------------------------

    def _writers(self) -> None:
        types: dict[tuple[str, str], Type] = {(c.entity, c.name): c.type for c in self.dated.conclusions}
        for entity in self.dated.linked.definitions.entities.values():
            types |= {(entity.name, fact.name): fact.type for fact in entity.facts.values()}
        for (entity_name, name), slot in self.engine.slots.items():
            self.writers[slot] = self._writer(types[entity_name, name])
            if entity_name != self.engine.root:
                self._in_columns.add(slot)

    def _writer(self, type_: Type) -> Write:
        if type_.kind == "codes":
            return lambda codes: json.dumps(list(codes))
        if type_.kind != "records" or type_.of is None:
            return self._scalar(type_)
        entity, _, fact = type_.of.partition(".")
        fields = self.dated.linked.definitions.entities[entity].facts[fact].fields
        parts = [(name, self._scalar(field.type)) for name, field in fields.items()]

        def write(records: Sequence[tuple[Any, ...]]) -> str:
            return "[%s]" % ",".join(
                "{%s}" % ",".join(f'"{name}":{w(v)}' for (name, w), v in zip(parts, record, strict=True))
                for record in records
            )

        return write

    @staticmethod
    def _scalar(type_: Type) -> Write:
        match type_.kind:
            case "money":
                return lambda v: f'"{v // 100}.{v % 100:02}"' if v >= 0 else f'"{money(v)}"'
            case "truth":
                return lambda v: "true" if v else "false"
            case "date":
                return lambda v: f'"{iso(v)}"'
            case "code":
                return lambda v: "null" if v is None else f'"{v}"'
        return str

    # --- entries --------------------------------------------------------------------------------------------

    def _conclusion(self, conclusion: DatedConclusion) -> Any:
        slot = self.engine.slots[conclusion.entity, conclusion.name]
        each = conclusion.entity != self.engine.root
        candidates = [self._candidate(candidate, slot, each=each) for candidate in conclusion.candidates]
        return each, candidates

    def _candidate(self, candidate: Candidate, slot: int, *, each: bool) -> dict[int, tuple[str, list[tuple[int, bool]]]]:
        """For each outcome (a failed condition, or -1 for applied) the template of its entry and what fills it."""
        conditions = candidate.typed.conditions
        made = {}
        for outcome in (*range(len(conditions)), -1):
            seen = conditions if outcome < 0 else conditions[: outcome + 1]
            looked, slots = self._looked_at([n for _, n in seen] + ([candidate.typed.value] if outcome < 0 else []), each=each)
            failed = "null" if outcome < 0 else quote(conditions[outcome][0])
            value = "%s" if outcome < 0 else "null"
            text = '{"rule":%s,"member":' % quote(candidate.rule.id).replace("%", "%%") + "%s" + (
                ',"applied":%s,"value":' % ("true" if outcome < 0 else "false")
            ) + value + ',"failed":' + failed.replace("%", "%%") + ',"looked_at":{' + looked + "}}"
            made[outcome] = (text, ([(slot, each)] if outcome < 0 else []) + slots)
        return made

    def _looked_at(self, nodes: list[Node], *, each: bool) -> tuple[str, list[tuple[int, bool]]]:
        inside = self.dated.linked.definitions.entities[self.engine.root].contains
        parts: dict[str, tuple[str, tuple[int, bool] | None]] = {}
        for node in (inner for outer in nodes for inner in walk(outer)):
            match node:
                case ParameterNode():
                    parameter = self.dated.linked.parameters[node.name]
                    value = self.dated.parameters.get(node.name)
                    if value is not None:
                        parts[node.name] = parameter_value(parameter, value.value).replace("%", "%%"), None
                case AssessmentDate():
                    parts["on"] = "%s", (DATE, False)
                case Read() if (node.entity, node.name) in self.engine.slots:
                    slot = self.engine.slots[node.entity, node.name]
                    own = node.variable is None or (each and node.variable == 0)
                    label = node.name if own or inside is None else f"{inside.named}.{node.name}"
                    parts[label] = "%s", (slot, own and node.variable is not None)
                case Total():
                    for conclusion in self.dated.conclusions:
                        if conclusion.list == node.name:
                            slot = self.engine.slots[conclusion.entity, conclusion.name]
                            parts[conclusion.name] = "%s", (slot, False)
                case Aggregate():
                    pass
        text = ",".join(f'"{label}":{value}' for label, (value, _) in parts.items())
        return text, [where for _, where in parts.values() if where is not None]

    # --- writing --------------------------------------------------------------------------------------------

    def write(self, run: Run, members: Sequence[str]) -> str:
        """The trace of *run* as the text of a JSON list; *members* are the entities' ids as JSON texts."""
        state, columns = run.state, self._in_columns
        texts: list[Any] = [None] * len(state)
        wholes: list[str | None] = [None] * len(state)

        def text(slot: int) -> Any:
            writer, value = self.writers[slot], state[slot]
            assert writer is not None
            made = [writer(v) for v in value] if slot in columns else writer(value)
            texts[slot] = made
            return made

        def whole(slot: int) -> str:
            made = texts[slot] or text(slot)
            joined = f"[{','.join(made)}]" if slot in columns else made
            wholes[slot] = joined
            return joined

        out: list[str] = []
        for (each, candidates), failed in zip(self.entries, run.failed, strict=True):
            if not each:
                outcomes = _APPLIED if failed is None else failed
                for candidate, outcome in zip(candidates, outcomes, strict=False):
                    template, slots = candidate[outcome]
                    values = [wholes[slot] or whole(slot) for slot, _ in slots]
                    out.append(template % ("null", *values))
                continue
            for number, member in enumerate(members):
                outcomes = _APPLIED if failed is None else failed[number]
                for candidate, outcome in zip(candidates, outcomes, strict=False):
                    template, slots = candidate[outcome]
                    out.append(
                        template
                        % (
                            member,
                            *[
                                (texts[slot] or text(slot))[number] if own else wholes[slot] or whole(slot)
                                for slot, own in slots
                            ],
                        )
                    )
        return f"[{','.join(out)}]"


_APPLIED = (-1,)
