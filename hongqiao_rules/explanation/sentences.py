"""An expression of a policy as a sentence, in Chinese or in English.

It is made from the typed tree and from the titles that the policies give their facts, codes, parameters and rules,
so it says what the engines work out, and a rule that is added has its sentence at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hongqiao_rules.engines.trace import money, percent
from hongqiao_rules.explanation.naming import Naming, inner
from hongqiao_rules.explanation.phrases import PHRASES
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

_STEPS = {Add: "plus", Subtract: "minus", Multiply: "times", Divide: "over"}
_DATES = {"<": "earlier", "<=": "not_later", ">": "later", ">=": "not_earlier"}


class Sentences(Naming):
    """Says in ``"zh"`` or ``"en"`` what the rules of *linked* say.

    Args:
        linked: the rulebook under its overlays, every name resolved.
        lang: ``"zh"`` or ``"en"``.
        day: the day (yyyymmdd) whose parameter values stand in brackets; without it, none do.
    """

    def __init__(self, linked: Linked, lang: str, day: int | None = None) -> None:
        super().__init__(linked, lang)
        self.day = day
        self.domains: dict[int, Node] = {}

    def version(self, typed: TypedVersion) -> str:
        """What a version of a rule says, as one sentence (and a second one where it is rounded)."""
        rule, version = typed.rule, typed.version
        when = self._all_hold([node for _, node in typed.conditions])
        name = self.concluded(rule)
        value = self.say(typed.value)
        if rule.list is not None and typed.value.type.kind == "truth":
            key, name = "enters", self.quoted(rule.title)
            value = self.definitions.head.lists[rule.list].say(self.lang)
        elif typed.value.type.kind == "truth":
            key, name = "is_so", self.quoted(rule.title)
        else:
            key = "gives_first" if isinstance(typed.value, If) else "gives"
        said = self(f"{key}_where" if when else key, name, value, when)
        said = said[0].upper() + said[1:]
        if version.about != self.definitions.head.root:
            entity = self.title(self.definitions.entities[version.about].title)
            said = self("each", entity, self.measure(version.about)) + said[0].lower() + said[1:]
        if version.rounding is not None:
            rounding = version.rounding
            to = self("whole_yuan" if rounding.to == "yuan" else rounding.to)
            because = rounding.because.say(self.lang).rstrip("。.")
            space = "" if self.lang == "zh" else " "
            said += space + self("rounded", self(rounding.way), to, because)
        return said

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
                return self("total", self.definitions.head.lists[node.name].say(self.lang))
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
                return self("full_years", self.say(node.start), self.say(node.end))
            case Aggregate():
                return self._fold(node)
        raise AssertionError(type(node))

    def _constant(self, node: Constant) -> str:
        if isinstance(node.value, bool):
            return self("always" if node.value else "never")
        if isinstance(node.value, frozenset):
            return self("one_of", self.codes(node.type.of, node.value))
        if node.type.kind == "code":
            return self.codes(node.type.of, [node.value])
        return self("zero") if node.value == 0 else str(node.value)

    def _parameter(self, parameter: Defined) -> str:
        if parameter.type.kind == "codes":
            return self.quoted(parameter.title)
        name = self.the(parameter.title)
        value = self._value(parameter)
        return name if value is None else self("valued", name, value)

    def _value(self, parameter: Defined) -> str | None:
        found = None if self.day is None else parameter.on(self.day)
        if found is None:
            return None
        if parameter.type.kind == "money":
            return self("yuan", money(found.value))
        if parameter.type.kind == "share":
            return percent(Fraction(found.value))
        unit = parameter.type.of or ""
        said = self(unit, str(found.value)) if unit in PHRASES else str(found.value)
        return said.removesuffix("s") if found.value == 1 else said

    def _read(self, node: Read) -> str:
        fact = self.fact(node.entity, node.name)
        if node.type.kind == "truth":
            return self("holds", self._truth(node))
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
                        return self("share", value, self._operand(other, node))
        left, right = self._operand(node.left, node), self._operand(node.right, node)
        return self(_STEPS[type(node)], left, right)

    def _operand(self, inner: Node, outer: Node) -> str:
        loose = isinstance(inner, If | Greatest | Least) or (
            isinstance(inner, Add | Subtract) and isinstance(outer, Multiply | Divide | Subtract)
        )
        return self("loose", self.say(inner)) if loose else self.say(inner)

    def _compare(self, node: Compare) -> str:
        if isinstance(node.left, Reading) and isinstance(node.right, Constant):
            reading = self.definitions.readings[node.left.name]
            choice = inner(reading.choices[str(node.right.value)].title.say(self.lang))
            key = "chosen" if node.operator == "==" else "not_chosen"
            return self(key, inner(reading.title.say(self.lang)), choice)
        if node.left.type.kind == "date" and node.operator in _DATES:
            return self(_DATES[node.operator], self.say(node.left), self.say(node.right))
        if node.operator == ">" and isinstance(node.right, Constant) and node.right.value == 0:
            return self("positive", self.say(node.left))
        return self(node.operator, self.say(node.left), self.say(node.right))

    def _contains(self, node: Contains, within: str, among: str) -> str:
        if isinstance(node.collection, Read):
            return self(among, self.say(node.item), self.say(node.collection))
        if isinstance(node.collection, Constant) and isinstance(node.collection.value, frozenset):
            listed = self.codes(node.collection.type.of, node.collection.value)
            return self(within, self.say(node.item), listed)
        return self(within, self.say(node.item), self.say(node.collection))

    def _all_hold(self, parts: Sequence[Node]) -> str:
        """Clauses that must all hold; what could be read together with the next one is set in brackets."""
        loose = [isinstance(p, Or) or (isinstance(p, Aggregate) and p is not parts[-1]) for p in parts]
        said = (
            self("loose", self.say(p)) if is_loose else self.say(p)
            for p, is_loose in zip(parts, loose, strict=True)
        )
        return self("and").join(said)

    def _or(self, node: Or) -> str:
        if len(node.parts) == 2:
            said = (self("loose", self.say(p)) if isinstance(p, And) else self.say(p) for p in node.parts)
            return self("or").join(said)
        return self("any_of", self._numbered([self.say(part) for part in node.parts]))

    def _first(self, node: Node) -> str:
        """An ``if`` with those in its ``else``: a list of cases, of which the first that fits is taken."""
        cases = []
        while isinstance(node, If):
            cases.append(self("case", self.say(node.then), self.say(node.condition)))
            node = node.otherwise
        return self("first", self._numbered([*cases, self("otherwise", self.say(node))]))

    def _numbered(self, said: Sequence[str]) -> str:
        return self("items").join(self("item", str(number), text) for number, text in enumerate(said, 1))

    def _not(self, part: Node) -> str:
        match part:
            case Read():
                return self("fails", self._truth(part))
            case Contains():
                return self._contains(part, "belongs_not", "among_not")
            case Aggregate(fold="any"):
                return self._fold(part, "none", "absent")
        return self("not", self("loose", self.say(part)))

    def _extreme(self, node: Least | Greatest) -> str:
        match node:
            case Greatest(parts=(Constant(value=0), part)):
                return self("not_below_zero", self.say(part))
            case Greatest(parts=(Constant() as bound, part)):
                return self("at_least", self.say(part), self.say(bound))
            case Least(parts=(Constant() as bound, part)):
                return self("at_most", self.say(part), self.say(bound))
        parts = self("parts").join(self.say(part) for part in node.parts)
        return self("max" if isinstance(node, Greatest) else "min", parts)

    # --- loops ----------------------------------------------------------------------------------------------

    def _fold(self, node: Aggregate, key: str | None = None, whole: str = "exists") -> str:
        domain = self._domain(node.domain)
        self.domains[node.variable] = node.domain
        if node.where is not None:
            domain = self("where", domain, self.say(node.where))
        measure = self.measure(node.domain.entity if isinstance(node.domain, AllOf | ChildrenOf) else None)
        if node.fold == "count":
            return self("count", domain, {"名": "人数", "个": "个数"}.get(measure, "项数"))
        if node.fold == "any" and isinstance(node.body, Constant) and node.body.value is True:
            return self(whole, domain, measure)
        return self(key or node.fold, domain, self.say(node.body), measure)

    def _domain(self, node: Node) -> str:
        match node:
            case AllOf():
                return self("fact", self.plural(node.entity))
            case ChildrenOf():
                relation = self.fact(node.entity, node.relation)
                assert relation is not None
                return self("children", self.plural(node.entity), relation.title.say(self.lang))
        return self.say(node)
