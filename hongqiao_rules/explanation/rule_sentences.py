"""Write rules as sentences.

A sentence follows from the typed tree of an expression and the titles in the policies. So it says what the engines compute,
and a new rule has a sentence at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hongqiao_rules.explanation.naming import Naming, inner
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import WrittenVisitor
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import Parameter as Defined
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.value_text import money, percent

_COMPARISONS = {
    "<": "below", "<=": "not_above", ">": "above", ">=": "not_below", "==": "equal", "!=": "unequal",
}  # fmt: skip
_STEPS = {n.Add: "plus", n.Subtract: "minus", n.Multiply: "times", n.Divide: "over"}
_DATES = {"<": "earlier", "<=": "not_later", ">": "later", ">=": "not_earlier"}


class Sentences(Naming, WrittenVisitor[[], str]):
    """Writes the rules of *linked* as sentences.

    Args:
        linked: the rulebook under its overlays, every name resolved.
        lang: a language that has a catalogue.
        day: the day (yyyymmdd) whose parameter values are given in brackets; None for no values.
    """

    def __init__(self, linked: Linked, lang: str, day: int | None = None) -> None:
        super().__init__(linked, lang)
        self.day = day
        self.domains: dict[int, n.Node] = {}

    def version(self, typed: TypedVersion) -> str:
        """Return the sentence of a version of a rule, and a second one if the result is rounded."""
        version = typed.version
        clause = self._gives(typed)
        if version.about != self.definitions.head.root:
            clause = self("each", one=self.one(version.about), clause=clause)
        said = self("sentence", clause=clause)
        if version.rounding is not None:
            rounding = version.rounding
            because = rounding.because.say(self.words.lang).rstrip("。.")
            way, to = self(f"round_{rounding.way.replace('-', '_')}"), self(f"to_{rounding.to}")
            if rounding.multiple > 1:
                to = self("to_multiple", number=rounding.multiple, to=to)
            rounded = self("rounded", way=way, to=to, because=because)
            said = self.words.say("sentences", before=said, after=rounded)
        return said

    def _gives(self, typed: TypedVersion) -> str:
        """Return the condition and the value of a rule as a clause."""
        rule, conditions = typed.rule, [node for _, node in typed.conditions]
        if typed.value.type.kind != "truth":
            key = "gives_first" if isinstance(typed.value, n.If) else "gives"
            arguments = {"name": self.concluded(rule), "value": self.visit(typed.value)}
        elif rule.list is None:
            value = self._all_hold([*conditions, typed.value]) if conditions else self.visit(typed.value)
            return self("is_so", name=self.quoted(rule.title), value=value)
        else:
            key, arguments = "enters", {"name": self.quoted(rule.title), "list": self.listed(rule.list)}
        if not conditions:
            return self(key, **arguments)
        return self(f"{key}_where", when=self._all_hold(conditions), **arguments)

    # --- expressions ----------------------------------------------------------------------------------------

    # each method gives an operation in words; of a truth, a clause

    def visit_constant(self, node: n.Constant) -> str:
        if isinstance(node.value, bool):
            return self("always" if node.value else "never")
        if isinstance(node.value, frozenset):
            return self("one_of", codes=self.codes(node.type.of, node.value))
        if node.type.kind == "code":
            return self.codes(node.type.of, [node.value])
        return self("zero") if node.value == 0 else str(node.value)

    def visit_parameter(self, node: n.Parameter) -> str:
        parameter = self.linked.parameters[node.name]
        if parameter.type.kind == "codes":
            return self.quoted(parameter.title)
        name = self.the(parameter.title)
        value = self._value(parameter)
        return name if value is None else self.words.say("aside", text=name, aside=value)

    def _value(self, parameter: Defined) -> str | None:
        found = None if self.day is None else parameter.on(self.day)
        if found is None:
            return None
        if parameter.type.kind == "money":
            return self("yuan", amount=money(found.value))
        if parameter.type.kind == "share":
            return percent(Fraction(found.value))
        unit = f"unit.{parameter.type.of}"
        return self.words.say(unit, count=found.value) if unit in self.words else str(found.value)

    def visit_reading(self, node: n.Reading) -> str:
        return self.quoted(self.definitions.readings[node.name].title)

    def visit_assessment_date(self, _node: n.AssessmentDate) -> str:
        return self("on")

    def visit_total(self, node: n.Total) -> str:
        return self("total", list=self.listed(node.name))

    def visit_full_years(self, node: n.FullYears) -> str:
        return self("full_years", start=self.visit(node.start), end=self.visit(node.end))

    def visit_read(self, node: n.Read) -> str:
        fact = self.fact(node.entity, node.name)
        if node.type.kind == "truth":
            return self("applies", what=self._truth(node))
        if fact is not None and node.type.kind in ("codes", "records"):
            return self.quoted(fact.title)
        return self.the(fact.title) if fact is not None else self.name(node.name)

    def _truth(self, node: n.Read) -> str:
        fact = self.fact(node.entity, node.name)
        return self.quoted(
            fact.title if fact is not None else self.linked.conclusions[node.name].rules[0].title
        )

    def visit_element(self, node: n.Element) -> str:
        domain = self.domains.get(node.variable)
        if node.field_name is None or not isinstance(domain, n.Read):
            return self("this")
        fact = self.fact(domain.entity, domain.name)
        assert fact is not None
        return self.the(fact.fields[node.field_name].title)

    def _step(self, node: n.Add | n.Subtract | n.Multiply | n.Divide) -> str:
        if isinstance(node, n.Multiply):
            for share, other in ((node.left, node.right), (node.right, node.left)):
                if share.type.kind == "share" and isinstance(share, n.Parameter):
                    value = self._value(self.linked.parameters[share.name])
                    if value is not None:
                        return self("share", share=value, whole=self._operand(other, node))
        return self(
            _STEPS[type(node)], left=self._operand(node.left, node), right=self._operand(node.right, node)
        )

    visit_add = visit_subtract = visit_multiply = visit_divide = _step

    def _operand(self, inner: n.Node, outer: n.Node) -> str:
        loose = isinstance(inner, n.If | n.Greatest | n.Least) or (
            isinstance(inner, n.Add | n.Subtract) and isinstance(outer, n.Multiply | n.Divide | n.Subtract)
        )
        return self._bracketed(inner) if loose else self.visit(inner)

    def _bracketed(self, node: n.Node) -> str:
        return self("brackets", clause=self.visit(node))

    def visit_compare(self, node: n.Compare) -> str:
        if isinstance(node.left, n.Reading) and isinstance(node.right, n.Constant):
            reading = self.definitions.readings[node.left.name]
            choice = reading.choices[str(node.right.value)]
            key = "chosen" if node.operator == "==" else "chosen_not"
            return self(key, **self._within(reading=reading.title, choice=choice.title))
        if node.operator == ">" and isinstance(node.right, n.Constant) and node.right.value == 0:
            return self("positive", left=self.visit(node.left))
        dates = node.left.type.kind == "date" and node.operator in _DATES
        key = (_DATES if dates else _COMPARISONS)[node.operator]
        return self(key, left=self.visit(node.left), right=self.visit(node.right))

    def _within(self, **titles: Bilingual) -> dict[str, str]:
        """Return titles for a phrase that puts them into quotation marks."""
        return {name: inner(title.say(self.words.lang)) for name, title in titles.items()}

    def visit_contains(self, node: n.Contains) -> str:
        return self._contains(node, "belongs", "among")

    def _contains(self, node: n.Contains, within: str, among: str) -> str:
        item, collection = self.visit(node.item), node.collection
        if isinstance(collection, n.Read):
            return self(among, item=item, codes=self.visit(collection))
        if isinstance(collection, n.Constant) and isinstance(collection.value, frozenset):
            return self(within, item=item, codes=self.codes(collection.type.of, collection.value))
        return self(within, item=item, codes=self.visit(collection))

    def visit_and(self, node: n.And) -> str:
        return self._all_hold(node.parts)

    def _all_hold(self, parts: Sequence[n.Node]) -> str:
        """Return the conjunction of clauses, with brackets around those that the next clause would make ambiguous."""
        loose = [isinstance(p, n.Or) or (isinstance(p, n.Aggregate) and p is not parts[-1]) for p in parts]
        said = [
            self._bracketed(p) if is_loose else self.visit(p)
            for p, is_loose in zip(parts, loose, strict=True)
        ]
        return self.words.join(said, "phrase.and")

    def visit_or(self, node: n.Or) -> str:
        if len(node.parts) == 2:
            said = [self._bracketed(p) if isinstance(p, n.And) else self.visit(p) for p in node.parts]
            return self.words.join(said, "phrase.or")
        return self("any_of", items=self._numbered([self.visit(part) for part in node.parts]))

    def visit_if(self, node: n.If) -> str:
        """Return an ``if`` and the ones nested in its ``else`` as a list of cases; the first that applies counts."""
        cases: list[str] = []
        rest: n.Node = node
        while isinstance(rest, n.If):
            cases.append(self("case", value=self.visit(rest.then), condition=self.visit(rest.condition)))
            rest = rest.otherwise
        return self("first", cases=self._numbered([*cases, self("otherwise", value=self.visit(rest))]))

    def _numbered(self, said: Sequence[str]) -> str:
        items = [self("item", number=number, text=text) for number, text in enumerate(said, 1)]
        return self.words.join(items, "list.semicolon")

    def visit_not(self, node: n.Not) -> str:
        match node.part:
            case n.Read() as part:
                return self("applies_not", what=self._truth(part))
            case n.Contains() as part:
                return self._contains(part, "belongs_not", "among_not")
            case n.Aggregate(fold="any") as part:
                return self._fold(part, "none", "absent")
        return self("not", clause=self._bracketed(node.part))

    def _extreme(self, node: n.Least | n.Greatest) -> str:
        match node:
            case n.Greatest(parts=(n.Constant(value=0), part)):
                return self("not_below_zero", value=self.visit(part))
            case n.Greatest(parts=(n.Constant() as bound, part)):
                return self("at_least", value=self.visit(part), bound=self.visit(bound))
            case n.Least(parts=(n.Constant() as bound, part)):
                return self("at_most", value=self.visit(part), bound=self.visit(bound))
        parts = self.words.join([self.visit(part) for part in node.parts], "phrase.parts")
        return self("max" if isinstance(node, n.Greatest) else "min", parts=parts)

    visit_least = visit_greatest = _extreme

    # --- loops ----------------------------------------------------------------------------------------------

    def visit_aggregate(self, node: n.Aggregate) -> str:
        return self._fold(node)

    def _fold(self, node: n.Aggregate, key: str | None = None, whole: str = "exists") -> str:
        domain = self.visit(node.domain)
        self.domains[node.variable] = node.domain
        if node.where is not None:
            domain = self("where", domain=domain, clause=self.visit(node.where))
        entity = node.domain.entity if isinstance(node.domain, n.AllOf | n.ChildrenOf) else None
        if node.fold == "count":
            return self("count", domain=domain, measure=self.number(entity))
        measure = {"measure": self.measure(entity)} if node.fold == "any" else {}
        if node.fold == "any" and isinstance(node.body, n.Constant) and node.body.value is True:
            return self(whole, domain=domain, **measure)
        return self(key or node.fold, domain=domain, clause=self.visit(node.body), **measure)

    def visit_all_of(self, node: n.AllOf) -> str:
        return self("the", title=self.plural(node.entity))

    def visit_children_of(self, node: n.ChildrenOf) -> str:
        relation = self.fact(node.entity, node.relation)
        assert relation is not None
        return self("children", several=self.plural(node.entity), relation=relation.title)

    def listed(self, name: str) -> str:
        """Return the title of a list of the rulebook."""
        return self.definitions.head.lists[name].say(self.words.lang)
