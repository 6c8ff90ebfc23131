"""Write the input checks and derived defaults of each period as JavaScript functions.

A function takes the state ``s``, its figures ``k`` and the indices ``c`` of the contained entities. It returns a boolean for
the root, or a list of booleans for the contained entities. Two truths of a fact have their own slots: ``KNOWN`` plus the
slot of the fact (it could be read) and ``ABSENT`` plus that slot (it was not stated). Slot ``KNOWN`` itself is for the date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hongqiao_rules.engines.javascript.compiled_periods import Plans
from hongqiao_rules.engines.javascript.javascript_compiler import Writer
from hongqiao_rules.language.nodes import Node
from hongqiao_rules.rulebook.definite import DATE, absent, definite, known
from hongqiao_rules.rulebook.definitions import FOREVER, next_day
from hongqiao_rules.rulebook.input_rules import Check, DatedInputs, Default, about, certainly, refusal
from hongqiao_rules.rulebook.value_text import compact


class InputFunctions:
    """Writes the input checks and derived defaults of one rulebook.

    Attributes:
        noted: the facts (entity, name) for which the fast reader records whether they were stated.
        derived: the facts (entity, name) with a derived default.
    """

    def __init__(self, plans: Plans) -> None:
        self.plans, self.root = plans, plans.root.name
        self.known = len(plans.slots) + 1
        self.absent = self.known + len(plans.facts) + 1
        self.slots = dict(plans.slots)
        for (entity, name), slot in plans.facts.items():
            self.slots[entity, known(name)] = self.known + slot
            self.slots[entity, absent(name)] = self.absent + slot
        self.slots[self.root, known(DATE)] = self.known
        self.periods = list(self._periods())
        self.derived = {
            (d.definition.entity, d.definition.fact) for period in self.periods for d in period.defaults
        }
        self.noted = self.derived | {fact for period in self.periods for fact in period.needed}

    def constants(self) -> dict[str, Any]:
        """The first slots of the truths, and the number of slots of a state, by constant name."""
        size = self.absent + len(self.plans.facts) + 1
        return {"KNOWN": self.known, "ABSENT": self.absent, "SIZE": size}

    def text(self) -> str:
        """The constant ``INPUTS``: the last day and the functions of each period; equal periods are merged."""
        ends = {self._period(inputs): inputs.end for inputs in self.periods}
        return f"const INPUTS=[{','.join(f'{{end:{end},{text}' for text, end in ends.items())}];\n"

    def _periods(self) -> Iterator[DatedInputs]:
        day = self.plans.definitions.head.modelled_from
        while day < FOREVER:
            inputs = self.plans.book.inputs(day)
            yield inputs
            day = FOREVER if inputs.end >= FOREVER else next_day(inputs.end)

    def _period(self, inputs: DatedInputs) -> str:
        defaults = ",".join(self._default(inputs, one) for one in inputs.defaults)
        checks = ",".join(self._check(inputs, one) for one in inputs.checks)
        return f"refused:{self._refused(inputs)},\ndefaults:[{defaults}],\nchecks:[{checks}]}}"

    def _refused(self, inputs: DatedInputs) -> str:
        """The function that returns true if any check refuses a household all of whose facts could be read."""
        writer = Writer(inputs.of(()), self.slots)
        whole: list[str] = []
        each: list[str] = []
        for check in inputs.checks:
            text = writer.visit(refusal(check, self.root))
            (whole if about(check, self.root) == self.root else each).append(text)
        if each:
            whole.append(f"c.some(v0=>{'||'.join(each)})")
        return f"{{run:(s,k,c)=>{'||'.join(whole) or 'false'},k:{compact(writer.figures)}}}"

    def _default(self, inputs: DatedInputs, one: Default) -> str:
        definition = one.definition
        entity, fact = definition.entity, self.plans.definitions.entities[definition.entity].facts
        never = definite(one.condition, self.root, wanted=False)
        parts: Mapping[str, Any] = {
            "each": compact(entity != self.root),
            "slot": self.plans.facts[entity, definition.fact],
            "number": list(fact).index(definition.fact),
            "value": compact(getattr(one.value, "value", None)),
            "taken": self._function(inputs, entity, one.condition),
            "sure": self._function(inputs, entity, definite(one.condition, self.root)),
            "never": self._function(inputs, entity, never),
        }
        if one.names is not None:
            parts = {
                **parts,
                "names": self._function(inputs, entity, one.names),
                "named": self._function(inputs, entity, definite(one.names, self.root)),
            }
        return f"{{{','.join(f'{name}:{text}' for name, text in parts.items())}}}"

    def _check(self, inputs: DatedInputs, check: Check) -> str:
        one = check.definition
        entity = self.root if one.form == "at_least_one" else one.entity
        label, _, field = (one.field or "").rpartition(".")
        facts = self.plans.facts
        at_fault = one.form in ("needs", "at_most_one")
        parts = {
            "code": compact(one.code),
            "form": compact(one.form),
            "each": compact(one.entity != self.root),
            "field": compact(field or None),
            "slot": compact(facts[one.entity, field] if at_fault and field else None),
            "relation": compact(None if check.relation is None else facts[one.entity, check.relation]),
            "child": compact(bool(label)),
            "blanks": compact([name for name in one.blanks if name != DATE]),
            "holds": self._function(inputs, entity, certainly(check, self.root)),
        }
        return f"{{{','.join(f'{name}:{text}' for name, text in parts.items())}}}"

    def _function(self, inputs: DatedInputs, entity: str, node: Node) -> str:
        writer = Writer(inputs.of(()), self.slots)
        text = writer.visit(node)
        return f"{{run:(s,k,c)=>{text if entity == self.root else f'c.map(v0=>{text})'},k:{compact(writer.figures)}}}"
