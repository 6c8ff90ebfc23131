"""An expression of a policy as a sentence.

The sentence is made from the typed tree and from the titles that the policies give their facts, codes, parameters and
rules, so it says what the engines compute, and a new rule has its sentence at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hongqiao_rules.engines.trace import money, percent
from hongqiao_rules.explanation.naming import Naming, inner
from hongqiao_rules.rulebook.definitions import Bilingual
from hongqiao_rules.rulebook.definitions import Parameter as Defined
from hongqiao_rules.rulebook.link import Linked, TypedVersion
from hongqiao_rules.rulebook.nodes import (
    Add,
    Aggregate,
    AllOf,
    And,
    AssessmentDate,
    ChildrenOf,
    Compare,
    Constant,
    Contains,
    Divide,
    Element,
    FullYears,
    Greatest,
    If,
    Least,
    Multiply,
    Node,
    Not,
    Or,
    Parameter,
    Read,
    Reading,
    Subtract,
    Total,
)  # fmt: skip

_COMPARISONS = {
    "<": "below", "<=": "not_above", ">": "above", ">=": "not_below", "==": "equal", "!=": "unequal",
}  # fmt: skip
_STEPS = {Add: "plus", Subtract: "minus", Multiply: "times", Divide: "over"}
_DATES = {"<": "earlier", "<=": "not_later", ">": "later", ">=": "not_earlier"}


class Sentences(Naming):
    """Writes the rules of *linked* as sentences.

    Args:
        linked: the rulebook under its overlays, every name resolved.
        lang: a language that has a catalogue.
        day: the day (yyyymmdd) whose parameter values are given in brackets; None for no values.
    """

    def __init__(self, linked: Linked, lang: str, day: int | None = None) -> None:
        super().__init__(linked, lang)
        self.day = day
        self.domains: dict[int, Node] = {}

    def version(self, typed: TypedVersion) -> str:
        """Return what a version of a rule says: one sentence, and a second one where the result is rounded."""
        version = typed.version
        clause = self._gives(typed)
        if version.about != self.definitions.head.root:
            clause = self("each", one=self.one(version.about), clause=clause)
        said = self("sentence", clause=clause)
        if version.rounding is not None:
            rounding = version.rounding
            because = rounding.because.say(self.words.lang).rstrip("。.")
            way, to = self(f"round_{rounding.way.replace('-', '_')}"), self(f"to_{rounding.to}")
            rounded = self("rounded", way=way, to=to, because=because)
            said = self.words.say("sentences", before=said, after=rounded)
        return said

    def _gives(self, typed: TypedVersion) -> str:
        """Return when a rule applies and what it gives, as a clause."""
        rule, conditions = typed.rule, [node for _, node in typed.conditions]
        if typed.value.type.kind != "truth":
            key = "gives_first" if isinstance(typed.value, If) else "gives"
            arguments = {"name": self.concluded(rule), "value": self.say(typed.value)}
        elif rule.list is None:
            value = self._all_hold([*conditions, typed.value]) if conditions else self.say(typed.value)
            return self("is_so", name=self.quoted(rule.title), value=value)
        else:
            key, arguments = "enters", {"name": self.quoted(rule.title), "list": self.listed(rule.list)}
        if not conditions:
            return self(key, **arguments)
        return self(f"{key}_where", when=self._all_hold(conditions), **arguments)

    # --- expressions ----------------------------------------------------------------------------------------

    def say(self, node: Node) -> str:
        """An expression in words; of a truth, as a clause."""
        match node:
            case Constant():
                return self._constant(node)
            case Parameter():
                return self._parameter(self.linked.parameters[node.name])
            case AssessmentDate():
                return self("on")
            case Read():
                return self._read(node)
            case Element():
                return self._element(node)
            case Total():
                return self("total", list=self.listed(node.name))
            case Add() | Subtract() | Multiply() | Divide():
                return self._step(node)
            case Compare():
                return self._compare(node)
            case Contains():
                return self._contains(node, "belongs", "among")
            case And():
                return self._all_hold(node.parts)
            case Or():
                return self._or(node)
            case Not():
                return self._not(node.part)
            case If():
                return self._first(node)
            case Least() | Greatest():
                return self._extreme(node)
            case FullYears():
                return self("full_years", start=self.say(node.start), end=self.say(node.end))
            case Aggregate():
                return self._fold(node)
        raise AssertionError(type(node))

    def _constant(self, node: Constant) -> str:
        if isinstance(node.value, bool):
            return self("always" if node.value else "never")
        if isinstance(node.value, frozenset):
            return self("one_of", codes=self.codes(node.type.of, node.value))
        if node.type.kind == "code":
            return self.codes(node.type.of, [node.value])
        return self("zero") if node.value == 0 else str(node.value)

    def _parameter(self, parameter: Defined) -> str:
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

    def _read(self, node: Read) -> str:
        fact = self.fact(node.entity, node.name)
        if node.type.kind == "truth":
            return self("applies", what=self._truth(node))
        if fact is not None and node.type.kind in ("codes", "records"):
            return self.quoted(fact.title)
        return self.the(fact.title) if fact is not None else self.name(node.name)

    def _truth(self, node: Read) -> str:
        fact = self.fact(node.entity, node.name)
        return self.quoted(
            fact.title if fact is not None else self.linked.conclusions[node.name].rules[0].title
        )

    def _element(self, node: Element) -> str:
        domain = self.domains.get(node.variable)
        if node.field_name is None or not isinstance(domain, Read):
            return self("this")
        fact = self.fact(domain.entity, domain.name)
        assert fact is not None
        return self.the(fact.fields[node.field_name].title)

    def _step(self, node: Add | Subtract | Multiply | Divide) -> str:
        if isinstance(node, Multiply):
            for share, other in ((node.left, node.right), (node.right, node.left)):
                if share.type.kind == "share" and isinstance(share, Parameter):
                    value = self._value(self.linked.parameters[share.name])
                    if value is not None:
                        return self("share", share=value, whole=self._operand(other, node))
        return self(
            _STEPS[type(node)], left=self._operand(node.left, node), right=self._operand(node.right, node)
        )

    def _operand(self, inner: Node, outer: Node) -> str:
        loose = isinstance(inner, If | Greatest | Least) or (
            isinstance(inner, Add | Subtract) and isinstance(outer, Multiply | Divide | Subtract)
        )
        return self._bracketed(inner) if loose else self.say(inner)

    def _bracketed(self, node: Node) -> str:
        return self("brackets", clause=self.say(node))

    def _compare(self, node: Compare) -> str:
        if isinstance(node.left, Reading) and isinstance(node.right, Constant):
            reading = self.definitions.readings[node.left.name]
            choice = reading.choices[str(node.right.value)]
            key = "chosen" if node.operator == "==" else "chosen_not"
            return self(key, **self._within(reading=reading.title, choice=choice.title))
        if node.operator == ">" and isinstance(node.right, Constant) and node.right.value == 0:
            return self("positive", left=self.say(node.left))
        dates = node.left.type.kind == "date" and node.operator in _DATES
        key = (_DATES if dates else _COMPARISONS)[node.operator]
        return self(key, left=self.say(node.left), right=self.say(node.right))

    def _within(self, **titles: Bilingual) -> dict[str, str]:
        """Titles that the phrase itself puts into quotation marks."""
        return {name: inner(title.say(self.words.lang)) for name, title in titles.items()}

    def _contains(self, node: Contains, within: str, among: str) -> str:
        item, collection = self.say(node.item), node.collection
        if isinstance(collection, Read):
            return self(among, item=item, codes=self.say(collection))
        if isinstance(collection, Constant) and isinstance(collection.value, frozenset):
            return self(within, item=item, codes=self.codes(collection.type.of, collection.value))
        return self(within, item=item, codes=self.say(collection))

    def _all_hold(self, parts: Sequence[Node]) -> str:
        """Return clauses that must all hold; one that could be read together with the next is in brackets."""
        loose = [isinstance(p, Or) or (isinstance(p, Aggregate) and p is not parts[-1]) for p in parts]
        said = [
            self._bracketed(p) if is_loose else self.say(p) for p, is_loose in zip(parts, loose, strict=True)
        ]
        return self.words.join(said, "phrase.and")

    def _or(self, node: Or) -> str:
        if len(node.parts) == 2:
            said = [self._bracketed(p) if isinstance(p, And) else self.say(p) for p in node.parts]
            return self.words.join(said, "phrase.or")
        return self("any_of", items=self._numbered([self.say(part) for part in node.parts]))

    def _first(self, node: Node) -> str:
        """Return an ``if`` with those in its ``else`` as a list of cases, of which the first that applies counts."""
        cases = []
        while isinstance(node, If):
            cases.append(self("case", value=self.say(node.then), condition=self.say(node.condition)))
            node = node.otherwise
        return self("first", cases=self._numbered([*cases, self("otherwise", value=self.say(node))]))

    def _numbered(self, said: Sequence[str]) -> str:
        items = [self("item", number=number, text=text) for number, text in enumerate(said, 1)]
        return self.words.join(items, "list.semicolon")

    def _not(self, part: Node) -> str:
        match part:
            case Read():
                return self("applies_not", what=self._truth(part))
            case Contains():
                return self._contains(part, "belongs_not", "among_not")
            case Aggregate(fold="any"):
                return self._fold(part, "none", "absent")
        return self("not", clause=self._bracketed(part))

    def _extreme(self, node: Least | Greatest) -> str:
        match node:
            case Greatest(parts=(Constant(value=0), part)):
                return self("not_below_zero", value=self.say(part))
            case Greatest(parts=(Constant() as bound, part)):
                return self("at_least", value=self.say(part), bound=self.say(bound))
            case Least(parts=(Constant() as bound, part)):
                return self("at_most", value=self.say(part), bound=self.say(bound))
        parts = self.words.join([self.say(part) for part in node.parts], "phrase.parts")
        return self("max" if isinstance(node, Greatest) else "min", parts=parts)

    # --- loops ----------------------------------------------------------------------------------------------

    def _fold(self, node: Aggregate, key: str | None = None, whole: str = "exists") -> str:
        domain = self._domain(node.domain)
        self.domains[node.variable] = node.domain
        if node.where is not None:
            domain = self("where", domain=domain, clause=self.say(node.where))
        entity = node.domain.entity if isinstance(node.domain, AllOf | ChildrenOf) else None
        if node.fold == "count":
            return self("count", domain=domain, measure=self.number(entity))
        measure = {"measure": self.measure(entity)} if node.fold == "any" else {}
        if node.fold == "any" and isinstance(node.body, Constant) and node.body.value is True:
            return self(whole, domain=domain, **measure)
        return self(key or node.fold, domain=domain, clause=self.say(node.body), **measure)

    def _domain(self, node: Node) -> str:
        match node:
            case AllOf():
                return self("the", title=self.plural(node.entity))
            case ChildrenOf():
                relation = self.fact(node.entity, node.relation)
                assert relation is not None
                return self("children", several=self.plural(node.entity), relation=relation.title)
        return self.say(node)

    def listed(self, name: str) -> str:
        """Return the title of a list of the rulebook."""
        return self.definitions.head.lists[name].say(self.words.lang)
