"""Write the declarations of the module: input fields, assessment fields, and the data of a form."""

from __future__ import annotations

from typing import Any

from hongqiao_rules.engines.javascript.compiled_periods import Plans
from hongqiao_rules.engines.javascript.input_functions import InputFunctions
from hongqiao_rules.rulebook.definite import absent
from hongqiao_rules.rulebook.definitions import Entity, FactDefinition, iso
from hongqiao_rules.rulebook.shown_fields import Field, Fields


class Declarations:
    """Writes the declarations of one rulebook, after ``Plans`` has collected its rules."""

    def __init__(self, plans: Plans, inputs: InputFunctions) -> None:
        self.plans, self.book, self.definitions = plans, plans.book, plans.definitions
        self.inputs = inputs
        self.root, self.entities = plans.root, plans.entities

    def constants(self) -> dict[str, Any]:
        """The fields of the root and of the entities that it contains, with the name and limits of their list, by constant name."""
        household, member = [*map(self.entity, self.entities), {}][:2]
        inside = self.root.contains
        named, least, most = (None, 0, 0) if inside is None else (inside.named, inside.least, inside.most)
        return {
            "HOUSEHOLD": household, "MEMBER": member, "CONTAINED": named, "LEAST": least, "MOST": most,
        }  # fmt: skip

    def entity(self, entity: Entity) -> dict[str, Any]:
        return {name: self.fact(entity, fact) for name, fact in entity.facts.items()}

    def fact(self, entity: Entity, fact: FactDefinition) -> dict[str, Any]:
        made = self.field(fact)
        taken = not fact.required and (fact.default is not None or fact.assumed_as is not None)
        made |= {"slot": self.plans.slots[entity.name, fact.name], "required": fact.required, "taken": taken}
        if fact.default is not None:
            several = isinstance(fact.default, tuple | frozenset)
            made["default"] = list(fact.default) if several else fact.default
        if (entity.name, fact.name) in self.inputs.noted:
            made["absent"] = self.inputs.slots[entity.name, absent(fact.name)]
        if (entity.name, fact.name) in self.inputs.derived:
            made["derived"] = True
        if fact.fields:
            made["fields"] = {name: {**self.field(f), "required": True} for name, f in fact.fields.items()}
        return made

    def field(self, fact: Any) -> dict[str, Any]:
        made: dict[str, Any] = {"kind": fact.type.kind}
        if fact.type.kind in ("money", "number", "codes", "records"):
            made |= {"least": fact.least, "most": fact.most}
        if fact.type.kind == "money":  # how many digits may be before the point
            made["size"] = len(str(max(abs(fact.least), abs(fact.most)) // 100))
        if fact.type.kind in ("code", "codes"):
            made["codes"] = list(self.definitions.codes[fact.type.of].values)
        return made

    def concluding(self, shown: Fields) -> str:
        """The JavaScript function that sets the fields of an assessment, in order."""
        fields = {field.name: self.shown(field) for field in (*shown.ordered, *shown.others)}
        written = {
            shown.root: f"s[{self.plans.slots[self.root.name, 'id']}]",
            "on": "day(f.on)",
            **fields,
            "complete": "r.complete",
            "readings": "r.chosen",
            "overlays": "r.overlays",
            "notices": "noticesOf(r,s,c,lang)",
            "assumed": "f.assumed",
            "policy_version": "VERSION",
        }
        text = "".join(f"\na.{name}={value};" for name, value in written.items())
        return f"function conclude(a,r,f,c,gave,lang){{const s=f.s;{text}\n}}\n"

    def shown(self, field: Field) -> str:
        """The JavaScript expression of a figure or list of an assessment."""
        if field.listed:
            way = {"truth": "named", "number": "numbered"}.get(field.type.kind, "amount")
            return (
                f"lines(r.lists.{field.name},s,f.ids,gave,{way})" if field.name in self.plans.lists else "[]"
            )
        place = f"s[{self.plans.slots[self.root.name, field.name]}]"
        return {"money": f"yuan({place})", "date": f"day({place})"}.get(field.type.kind, place)

    def about(self) -> dict[str, Any]:
        """The data of a form: titles in all languages, codes, readings, overlays, dates of change.

        The module adds the titles of the rules; those of an overlay are added to the overlay.
        """

        def facts(entity: Entity) -> dict[str, Any]:
            return {
                fact.name: {
                    "title": fact.title.by_language(),
                    "codes": fact.type.of if fact.type.kind in ("code", "codes") else None,
                    "fields": {
                        f.name: {
                            "title": f.title.by_language(),
                            "codes": f.type.of if f.type.kind == "code" else None,
                        }
                        for f in fact.fields.values()
                    },
                }
                for fact in entity.facts.values()
            }

        d = self.definitions
        used = {
            f.type.of for e in self.entities for f in e.facts.values() if f.type.kind in ("code", "codes")
        }
        used |= {
            i.type.of
            for e in self.entities
            for f in e.facts.values()
            for i in f.fields.values()
            if i.type.kind == "code"
        }
        used |= {figure.type.of for figure in self.book.fields.figures if figure.codes}
        return {
            "title": d.head.title.by_language(),
            "modelled_from": iso(d.head.modelled_from),
            "checked_to": iso(d.head.checked_to),
            "changes": [iso(day) for day in self.book.change_dates()],
            "needed": [
                check.code
                for rules in d.inputs
                for check in rules.checks.values()
                if check.form in ("needs", "at_least_one")
            ],
            "household": facts(self.root),
            "member": {} if len(self.entities) == 1 else facts(self.entities[1]),
            "codes": {
                name: {code: title.by_language() for code, title in codes.values.items()}
                for name, codes in d.codes.items()
                if name in used
            },
            "readings": {
                name: {
                    "title": reading.title.by_language(),
                    "choices": {choice: c.title.by_language() for choice, c in reading.choices.items()},
                }
                for name, reading in d.readings.items()
            },
            "overlays": {
                o.id: {"title": o.title.by_language(), "start": iso(o.start)} for o in d.overlays.values()
            },
            "parameters": {
                p.id: p.title.by_language() | ({"codes": p.type.of} if p.type.kind == "codes" else {})
                for p in d.parameters.values()
            },
        }
