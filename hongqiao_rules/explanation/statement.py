"""The statement that a caseworker hands over: what was decided, each figure as arithmetic, the words behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hongqiao_rules.engines.direct import decode
from hongqiao_rules.engines.trace import money, parameter_value
from hongqiao_rules.explanation.arithmetic import Arithmetic
from hongqiao_rules.explanation.reference import cited
from hongqiao_rules.explanation.words import Words
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.definitions import iso
from hongqiao_rules.rulebook.nodes import (
    TRUTH,
    Aggregate,
    AllOf,
    And,
    Compare,
    Contains,
    Node,
    Or,
    Parameter,
    Read,
    walk,
)

if TYPE_CHECKING:
    from hongqiao_rules.assessment import Assessment, Entry, Line
    from hongqiao_rules.household import Member


def statement(assessment: Assessment, lang: str) -> str:
    """The statement of *assessment* in ``"zh"`` or ``"en"``: a plain text, each line meant to be read."""
    return "\n".join(_Statement(assessment, lang).lines()) + "\n"


class _Statement:
    def __init__(self, assessment: Assessment, lang: str) -> None:
        self.a, self.lang, self.words = assessment, lang, Words(lang)
        basis = assessment.basis
        self.run, self.compiled, self.household = basis.run, basis.compiled, basis.household
        self.definitions = self.compiled.definitions
        self.conclusions = {c.name: (n, c) for n, c in enumerate(self.compiled.dated.conclusions)}
        self.arithmetic = Arithmetic(self.compiled, self.run, lang)
        self.grounded: set[str] = set()

    def lines(self) -> Iterator[str]:
        yield from self.result()
        yield from self.means()
        yield from self.lists("deductions", self.a.deductions)
        yield self.figure("countable", "countable_income")
        yield self.figure("per_capita", "per_capita_income")
        yield ""
        yield from self.programme()
        yield ""
        yield from self.lists("benefits", self.a.benefits)
        yield from self.nearly("benefits")
        if self.a.benefits:
            yield self.figure("total", "monthly_total")
        yield from self.entries("registers", self.a.registers)
        yield from self.entries("services", self.a.services)
        yield from self.entries("referrals", self.a.referrals)
        yield from self.remarks()

    # --- parts ----------------------------------------------------------------------------------------------

    def result(self) -> Iterator[str]:
        words, a = self.words, self.a
        yield words("heading")
        yield words("household", household=a.household, on=a.on)
        programme = self.code("programme", a.programme)
        yield words("result" if a.monthly_total else "no_result", programme=programme, total=a.monthly_total)
        if not a.complete:
            yield words("incomplete")
        yield ""

    def means(self) -> Iterator[str]:
        words = self.words
        # A rulebook of one's own may count members without saying which.
        slot = self.compiled.engine.slots.get(("member", "counted"))
        counted = [True] * len(self.household.members) if slot is None else self.run.state[slot]
        members = list(zip(self.household.members, counted, strict=True))
        names = self.names(m for m, c in members if c)
        yield words("number" if slot is None else "counted", count=self.a.counted_members, names=names)
        if not all(counted):
            yield words("uncounted", names=self.names(m for m, c in members if not c))
        yield words("standard", amount=self.a.standard)
        yield from self.grounds(self.settled("standard"))
        yield self.figure("income", "income")
        for member, is_counted in members:
            yield "  " + words("member", name=member.id, text=self.incomes(member, counted=is_counted))

    def lists(self, name: str, lines: tuple[Line, ...]) -> Iterator[str]:
        yield self.words(name if lines else f"no_{name}")
        position = {member.id: number for number, member in enumerate(self.household.members)}
        for line in lines:
            member = None if line.member is None else position[line.member]
            candidate = self.rule(line.rule)
            title = candidate.rule.title.say(self.lang)
            if line.member is not None:
                title = self.words("of_member", title=title, name=line.member)
            text = self.with_value(self.arithmetic.of(candidate, member), str(line.amount))
            yield "  " + self.words("line", title=title, arithmetic=text)
            reasons = self.reasons(candidate) if member is None else []
            if reasons:
                yield "    " + self.words("because", text=self.words("also").join(reasons))
            for ground in self.grounds(candidate):
                yield "  " + ground

    def nearly(self, name: str) -> Iterator[str]:
        """The rules of a list, about the household, of which a condition holds, but not the next."""
        for number, conclusion in self.conclusions.values():
            if conclusion.list != name or conclusion.entity != self.compiled.dated.root:
                continue
            for candidate, failing in decode(conclusion, self.run.failed[number]):
                if failing > 0:
                    condition = candidate.typed.conditions[failing][1]
                    title = next(self.title(condition), None)
                    text = f"“{title}”" if title else self.arithmetic.condition(condition, None)
                    yield "  " + self.words("fails", title=candidate.rule.title.say(self.lang), text=text)

    def entries(self, name: str, entries: tuple[Entry, ...]) -> Iterator[str]:
        """A list without amounts: each rule once, with the members it is about."""
        if not entries:
            return
        yield from ["", self.words("entries", title=self.definitions.head.lists[name].say(self.lang))]
        who: dict[str, list[str]] = {}
        for entry in entries:
            who.setdefault(entry.rule, []).extend([] if entry.member is None else [entry.member])
        for rule, names in who.items():
            candidate = self.rule(rule)
            title = candidate.rule.title.say(self.lang)
            joined = self.words("list").join(names)
            yield "  " + (self.words("of_member", title=title, name=joined) if names else title)
            for ground in self.grounds(candidate):
                yield "  " + ground

    def programme(self) -> Iterator[str]:
        yield self.words("programme")
        number, conclusion = self.conclusions["programme"]
        for candidate, failing in decode(conclusion, self.run.failed[number]):
            conditions = candidate.typed.conditions
            title = candidate.rule.title.say(self.lang)
            if not conditions:
                yield "  " + self.words("otherwise", title=title)
                continue
            shown = conditions[failing if failing >= 0 else -1][1]
            text = self.arithmetic.condition(shown, None)
            yield "  " + self.words("holds" if failing < 0 else "fails", title=title, text=text)
            for ground in self.grounds(candidate):
                yield "  " + ground

    def remarks(self) -> Iterator[str]:
        words, a = self.words, self.a
        if a.notices:
            yield from ["", words("notices"), *(f"  {notice.say(self.lang)}" for notice in a.notices)]
        if a.assumed:
            yield from ["", words("assumed"), *(f"  {text}" for text in self.assumptions())]
        if a.overlays:
            titles = (self.definitions.overlays[name].title.say(self.lang) for name in a.overlays)
            yield from ["", words("overlays"), *(f"  {title}" for title in titles)]
        yield from ["", words("readings")] if a.readings else []
        for name, choice in a.readings.items():
            reading = self.definitions.readings[name]
            chosen = reading.choices[choice].title.say(self.lang)
            yield "  " + words("reading", title=reading.title.say(self.lang), choice=chosen)
        yield from ["", words("version", version=a.policy_version), words("receipt", receipt=a.receipt)]

    # --- reasons --------------------------------------------------------------------------------------------

    def reasons(self, candidate: Candidate) -> list[str]:
        """What makes a rule about the household apply: what is true of it, and of which members."""
        return [text for _, condition in candidate.typed.conditions for text in self.reason(condition)]

    def reason(self, node: Node) -> Iterator[str]:
        behind = self.conclusions.get(node.name) if isinstance(node, Read) and node.type == TRUTH else None
        if isinstance(node, And | Or):
            for part in node.parts:
                if self.arithmetic.value(part):
                    yield from self.reason(part)
        elif isinstance(node, Aggregate) and node.fold == "any" and isinstance(node.domain, AllOf):
            for number in self.arithmetic.holding(node):
                text = self.words("list").join(self.of_member(node.body))
                yield self.words("member", name=self.household.members[number].id, text=text)
        elif behind is not None:
            yield from self.reason(behind[1].candidates[0].typed.value)
        else:
            yield from self.title(node)

    def of_member(self, node: Node) -> Iterator[str]:
        """What holds in a condition about the member at whom a loop stands."""
        match node:
            case And() | Or():
                for part in node.parts:
                    if self.arithmetic.value(part):
                        yield from self.of_member(part)
            case Compare(left=Read() as read) | Contains(item=Read() as read):
                value = self.arithmetic.value(read)
                if value is None:  # a code that was not stated
                    return
                code = self.code(str(read.type.of), value) if read.type.kind == "code" else None
                shown = code or self.arithmetic.figure(read, value)
                yield self.words("assumed_one", what=self.titled(read), absent=shown)
            case _:
                yield from self.title(node)

    def title(self, node: Node) -> Iterator[str]:
        """The title of a fact or a conclusion that is true or not."""
        if isinstance(node, Read) and node.type == TRUTH:
            yield self.titled(node)

    def titled(self, node: Read) -> str:
        """The title of a fact or a conclusion."""
        fact = self.definitions.entities[node.entity].facts.get(node.name)
        title = fact.title if fact else self.settled(node.name).rule.title
        return title.say(self.lang)

    # --- pieces ---------------------------------------------------------------------------------------------

    def code(self, code_list: str, code: str) -> str:
        return self.definitions.codes[code_list].values[code].say(self.lang)

    def names(self, members: Iterator[Member]) -> str:
        return self.words("list").join(member.id for member in members)

    def rule(self, rule_id: str) -> Candidate:
        return next(
            c for _, settled in self.conclusions.values() for c in settled.candidates if c.rule.id == rule_id
        )

    def settled(self, name: str) -> Candidate:
        conclusion: DatedConclusion = self.conclusions[name][1]
        return conclusion.candidates[0]

    def figure(self, key: str, name: str) -> str:
        value = money(self.run.state[self.compiled.figures[name]])
        return self.words(
            key, arithmetic=self.with_value(self.arithmetic.of(self.settled(name), None), value)
        )

    def with_value(self, text: str, value: str) -> str:
        return value if text == value else self.words("arithmetic", text=text, value=value)

    def incomes(self, member: Member, *, counted: bool) -> str:
        if not member.incomes:
            return self.words("no_income" if member.incomes is not None else "not_asked")
        kinds = self.compiled.dated.parameters.get("counted_income_kinds")
        texts = []
        for income in member.incomes:
            text = f"{self.code('income-kind', income.kind)} {income.monthly}"
            counts = counted and (kinds is None or income.kind in kinds.value)
            texts.append(text if counts else self.words("left_out", text=text))
        return self.words("list").join(texts)

    def assumptions(self) -> Iterator[str]:
        """Each kind of field once, with the members of whom it was not stated."""
        absent: dict[tuple[str, str], list[str]] = {}
        for pointer in self.a.assumed:
            steps = pointer.split("/")[1:]
            entity = "member" if steps[0] == "members" else "household"
            who = absent.setdefault((entity, steps[-1]), [])
            if entity == "member":
                who.append(self.household.members[int(steps[1])].id)
        for (entity, name), who in absent.items():
            fact = self.definitions.entities[entity].facts[name]
            title = fact.title.say(self.lang)
            what = self.words("of_member", title=title, name=self.words("list").join(who)) if who else title
            absent_as = fact.assumed_as or fact.when_absent
            taken = absent_as.say(self.lang) if absent_as else ""
            yield self.words("assumed_one", what=what, absent=taken)

    def grounds(self, candidate: Candidate) -> Iterator[str]:
        """The words cited for a rule, and the figures it used with where they come from: each once."""
        rule = candidate.rule
        if rule.id in self.grounded:
            return
        self.grounded.add(rule.id)
        if rule.basis != "attested":
            yield "  " + self.words(rule.basis).strip()
        for citation in rule.citations:
            yield "  " + cited(self.definitions, citation, self.words)
        nodes = [candidate.typed.value, *(node for _, node in candidate.typed.conditions)]
        for name in dict.fromkeys(n.name for node in nodes for n in walk(node) if isinstance(n, Parameter)):
            parameter = self.compiled.dated.linked.parameters[name]
            value = self.compiled.dated.parameters.get(name)
            if value is None or parameter.type.kind == "codes" or name in self.grounded:
                continue
            self.grounded.add(name)
            known = "" if value.basis == "attested" else self.words(value.basis)
            known += self.words(f"start_{value.start_basis}") if value.start_basis else ""
            shown = parameter_value(parameter, value.value).strip('"')
            title = parameter.title.say(self.lang)
            yield "  " + self.words("value", title=title, value=shown, start=iso(value.start), known=known)
            for citation in value.citations:
                if citation.words not in {cited.words for cited in rule.citations}:
                    yield "    " + cited(self.definitions, citation, self.words)
