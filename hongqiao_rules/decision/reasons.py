"""Write why a rule applies, down to the facts stated of each member."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hongqiao_rules.decision.arithmetic import Arithmetic
from hongqiao_rules.decision.outcome import Compiled
from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.naming import inner
from hongqiao_rules.language import nodes as n
from hongqiao_rules.language.visitors import WrittenVisitor
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.dating import Candidate


def said_above(compiled: Compiled) -> frozenset[str]:
    """The names of the conditions by which a figure counts members; the figure states them, so no reason repeats them."""
    settled = (c.candidates[0].typed.value for c in compiled.dated.conclusions if c.name in compiled.figures)
    counting = [node.where for node in settled if isinstance(node, n.Aggregate) and node.fold == "count"]
    return frozenset(where.name for where in counting if isinstance(where, n.Read))


class Reasons(WrittenVisitor[[], Iterator[str]]):
    """Finds the reasons of one run.

    Args:
        arithmetic: evaluates the expressions of the run.
        ids: the ids of the contained entities.
        lang: a language that has a catalogue.
    """

    def __init__(self, arithmetic: Arithmetic, ids: Sequence[str], lang: str) -> None:
        self.arithmetic, self.ids, self.words = arithmetic, ids, catalogue(lang)
        self.values, self.taken = arithmetic.values, _Taken(self)
        self.chosen: dict[str, None] = {}
        self.dated = arithmetic.values.dated
        self.definitions = self.dated.linked.definitions
        self.conclusions = {c.name: c for c in self.dated.conclusions}
        self.said_above = said_above(arithmetic.compiled)

    def of(self, candidate: Candidate, member: int | None) -> list[str]:
        """The reasons why a rule applies to the member at a position, or to the household, without repetition."""
        nodes = [condition for _, condition in candidate.typed.conditions]
        self.values.about(member)
        self.chosen = {}
        found = [text for node in nodes for text in self.visit(node)]
        return list(dict.fromkeys([*found, *self.chosen]))

    # --- the true parts of a true condition, for the current items of the loops ------------------------

    def _junction(self, node: n.And | n.Or) -> Iterator[str]:
        for part in node.parts:
            if self.values.visit(part):
                yield from self.visit(part)

    visit_and = visit_or = _junction

    def visit_aggregate(self, node: n.Aggregate) -> Iterator[str]:
        match node.domain:
            case n.AllOf() if node.fold == "any":
                yield from self.of_members(node, self.values.holding(node))
            case n.Read() if node.fold == "any":
                yield from self.items(node)

    def visit_compare(self, node: n.Compare) -> Iterator[str]:
        return self._of_item(node.left)

    def visit_contains(self, node: n.Contains) -> Iterator[str]:
        return self._of_item(node.item)

    def _of_item(self, item: n.Node) -> Iterator[str]:
        """Yield the left side of a comparison or membership: a figure, or the choice of a reading."""
        if isinstance(item, n.Reading):
            self.choose(item)
        elif isinstance(item, n.Read):
            yield from self.figure(item)

    def visit_read(self, node: n.Read) -> Iterator[str]:
        if node.type != n.TRUTH or node.name in self.said_above:
            return
        behind = self.conclusions.get(node.name)
        why = [] if behind is None else self.why(node)
        if why and behind is not None and behind.entity == self.dated.root:
            yield from why
        else:
            title = self.titled(node)
            yield self.words.say("aside", text=title, aside=why) if why else title

    def _nothing(self, _node: n.Node) -> Iterator[str]:
        """Yield nothing: the node is not a condition, or it is negated."""
        return iter(())

    visit_constant = visit_parameter = visit_reading = visit_total = visit_assessment_date = _nothing
    visit_element = visit_all_of = visit_children_of = visit_full_years = visit_not = visit_if = _nothing
    visit_add = visit_subtract = visit_multiply = visit_divide = visit_least = visit_greatest = _nothing

    # --- reasons behind reasons -----------------------------------------------------------------------------

    def why(self, node: n.Read) -> list[str]:
        """The reasons of a conclusion that is true, without repetition."""
        value = self.conclusions[node.name].candidates[0].typed.value
        with self.values.inside(node):
            return list(dict.fromkeys([*self.visit(value), *self.children(value)]))

    def of_members(self, node: n.Aggregate, numbers: Iterator[int]) -> Iterator[str]:
        """Yield the members for which the body of a loop is true, each with its reasons."""
        for number in numbers:
            yield self.member(number, dict.fromkeys(self.visit(node.body)))

    def children(self, node: n.Node) -> Iterator[str]:
        """Yield the children for which a loop is true, each with its reasons."""
        for loop in n.walk(node):
            if isinstance(loop, n.Aggregate) and isinstance(loop.domain, n.ChildrenOf):
                for number in self.values.holding(loop):
                    parts = [
                        part
                        for part in n.walk(loop.body)
                        if isinstance(part, n.Read) and part.type == n.TRUTH
                    ]
                    known = [part for part in parts if part.name in self.conclusions]
                    why = [
                        text for part in known if part.name not in self.said_above for text in self.why(part)
                    ]
                    yield self.member(number, why)

    def items(self, node: n.Aggregate) -> Iterator[str]:
        """Yield the entries of a member's list for which a loop is true, with the parameter that lists them."""
        assert isinstance(node.domain, n.Read)
        found, lists = [], dict[str, None]()
        for item in self.values.holding(node):
            found.append(self.entry(node.domain, item))
            for name in self.lists(node.body):
                lists[name] = None
        text = self.words.join(dict.fromkeys(found))
        if lists:
            self.arithmetic.used |= lists
            if isinstance(node.body, n.Contains):
                titles = [self.dated.linked.parameters[name].title for name in lists]
                text = self.words.say("aside", text=text, aside=titles)
        yield self.words.say("pair", name=self.titled(node.domain), text=text)

    def entry(self, domain: n.Read, item: Any) -> str:
        """An entry of a stated list as text."""
        fact = self.definitions.entities[domain.entity].facts[domain.name]
        if not fact.fields:
            return self.code(str(fact.type.of), item)
        parts = []
        for field, value in zip(fact.fields.values(), item, strict=True):
            if field.type.kind == "code":
                parts.append(self.code(str(field.type.of), value))
            elif (unit := f"unit.{field.type.of}") in self.words:
                parts.append(self.words.say(unit, count=value))
        return self.words.join(parts, "statement.record")

    def lists(self, node: n.Node) -> Iterator[str]:
        """Yield the parameters in the true part of a condition."""
        if isinstance(node, n.And | n.Or):
            for part in node.parts:
                if self.values.visit(part):
                    yield from self.lists(part)
        else:
            yield from n.named("parameter", [node])

    def choose(self, node: n.Reading) -> None:
        """Note the choice of a reading if it is not the default."""
        reading = self.definitions.readings[node.name]
        choice = self.dated.readings[node.name]
        if choice != reading.default:
            titles = (reading.title, reading.choices[choice].title)  # the phrase quotes both
            asked, chosen = (inner(title.say(self.words.lang)) for title in titles)
            self.chosen[self.words.say("phrase.chosen", reading=asked, choice=chosen)] = None

    def figure(self, read: n.Read) -> Iterator[str]:
        """Yield a figure or code of the member of a loop; for an amount, the conditions that determined it."""
        if read.variable is None and read.name not in self.arithmetic.definitions:
            return
        if read.name in self.conclusions and read.type.kind == "money":
            with self.values.inside(read):
                yield from self.taken.visit(self.conclusions[read.name].candidates[0].typed.value)
            return
        value = self.values.visit(read)
        if value is None:  # the code was not stated
            return
        code = self.code(str(read.type.of), value) if read.type.kind == "code" else None
        shown = code or self.arithmetic.figure(read, value)
        yield self.words.say("pair", name=self.titled(read), text=shown)

    # --- pieces ---------------------------------------------------------------------------------------------

    def member(self, number: int, reasons: Iterable[str]) -> str:
        """The id of the entity at a position with its reasons."""
        name = self.ids[number]
        return self.words.say("pair", name=name, text=self.words.join(reasons))

    def code(self, code_list: str, code: str) -> str:
        return self.definitions.codes[code_list].values[code].say(self.words.lang)

    def titled(self, node: n.Read) -> str:
        """The title of a fact or a conclusion."""
        fact = self.definitions.entities[node.entity].facts.get(node.name)
        title: Bilingual = fact.title if fact else self.conclusions[node.name].candidates[0].rule.title
        return title.say(self.words.lang)


class _Taken(WrittenVisitor[[], Iterator[str]]):
    """Finds the conditions that determined an amount: those of the branches that were taken."""

    def __init__(self, reasons: Reasons) -> None:
        self.reasons = reasons

    def visit_if(self, node: n.If) -> Iterator[str]:
        if self.reasons.values.visit(node.condition):
            yield from self.reasons.visit(node.condition)
            yield from self.visit(node.then)
        else:
            if isinstance(node.condition, n.Not):
                yield from self.reasons.visit(node.condition.part)
            yield from self.visit(node.otherwise)

    def visit_aggregate(self, node: n.Aggregate) -> Iterator[str]:
        if node.fold == "largest" and isinstance(node.domain, n.AllOf) and isinstance(node.body, n.Read):
            for number in self.reasons.values.largest(node):
                yield self.reasons.member(number, dict.fromkeys(self.reasons.figure(node.body)))

    def _nothing(self, _node: n.Node) -> Iterator[str]:
        """Yield nothing: the node has no branches."""
        return iter(())

    visit_constant = visit_parameter = visit_reading = visit_total = visit_assessment_date = _nothing
    visit_read = visit_element = visit_all_of = visit_children_of = visit_full_years = _nothing
    visit_add = visit_subtract = visit_multiply = visit_divide = visit_least = visit_greatest = _nothing
    visit_and = visit_or = visit_not = visit_compare = visit_contains = _nothing
