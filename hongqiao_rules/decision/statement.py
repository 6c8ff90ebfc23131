"""Write the statement of an assessment: the result, each figure as arithmetic, and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from types import SimpleNamespace
from typing import TYPE_CHECKING

from hongqiao_rules.decision.arithmetic import Arithmetic
from hongqiao_rules.decision.reasons import Reasons
from hongqiao_rules.engines.direct.direct_engine import decode
from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.explanation.rulebook_text import cited
from hongqiao_rules.language.nodes import (
    TRUTH,
    Node,
    Read,
    named,
    walk,
)
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.definitions import Citation, iso
from hongqiao_rules.rulebook.value_text import money, parameter_value

if TYPE_CHECKING:
    from hongqiao_rules.decision.lines import Entry, Line
    from hongqiao_rules.decision.outcome import Basis
    from hongqiao_rules.household.models import Member


def statement(basis: Basis, lang: str) -> str:
    """The statement of an assessment as plain text in the language *lang*, from what it rests on."""
    return "\n".join(_Statement(basis, lang).lines()) + "\n"


class _Statement:
    def __init__(self, basis: Basis, lang: str) -> None:
        self.a, self.lang, self.words = SimpleNamespace(**basis.fields()), lang, catalogue(lang)
        self.run, self.compiled, self.household = basis.run, basis.compiled, basis.household
        self.definitions = self.compiled.definitions
        self.conclusions = {c.name: (n, c) for n, c in enumerate(self.compiled.dated.conclusions)}
        self.arithmetic = Arithmetic(self.compiled, self.run, lang)
        self.reasons = Reasons(self.arithmetic, self.household, lang)
        self.grounded: set[str] = set()

    def say(self, key: str, **arguments: object) -> str:
        """The sentence of *key*."""
        return self.words.say(f"statement.{key}", **arguments)

    def aside(self, text: object, aside: object) -> str:
        """A text with another in brackets."""
        return self.words.say("aside", text=text, aside=aside)

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
        a = self.a
        yield self.say("heading")
        yield self.say("household", household=a.household, on=a.on)
        key = "result" if a.monthly_total else "no_result"
        yield self.say(key, programme=self.code("programme", a.programme), total=a.monthly_total)
        if not a.complete:
            yield self.say("incomplete")
        yield ""

    def means(self) -> Iterator[str]:
        # A rulebook of one's own may count members without saying which.
        slot = self.compiled.engine.slots.get(("member", "counted"))
        counted = [True] * len(self.household.members) if slot is None else self.run.state[slot]
        members = list(zip(self.household.members, counted, strict=True))
        names = [m.id for m, c in members if c]
        yield self.say("number" if slot is None else "counted", number=self.a.counted_members, names=names)
        yield from self.grounds(self.settled("counted_members"))
        if not all(counted):
            yield self.say("uncounted", names=list(self.uncounted(counted)))
            yield from self.grounds(self.settled("counted"))
        yield self.say("standard", amount=self.a.standard)
        yield from self.grounds(self.settled("standard"))
        yield self.figure("income", "income")
        for member, is_counted in members:
            incomes = self.incomes(member, counted=is_counted)
            yield "  " + self.words.say("pair", name=member.id, text=incomes)
        yield from self.grounds(self.settled("income"))
        if any(self.left_out(income.kind) for m, c in members if c for income in m.incomes or ()):
            yield from self.figures(["counted_income_kinds"], self.settled("income"))

    def uncounted(self, counted: list[bool]) -> Iterator[str]:
        """Who is not counted, each with what was stated that makes it so."""
        nodes = walk(self.settled("counted").typed.value)
        asked = [n for n in nodes if isinstance(n, Read) and n.type.kind == "code"]
        for number, (member, is_counted) in enumerate(zip(self.household.members, counted, strict=True)):
            if not is_counted:
                self.arithmetic.values.about(number)
                stated = [(str(read.type.of), self.arithmetic.values.visit(read)) for read in asked]
                why = [self.code(*of) for of in stated if of[1] is not None]
                yield self.aside(member.id, why) if why else member.id

    def lists(self, name: str, lines: tuple[Line, ...]) -> Iterator[str]:
        yield self.say(name if lines else f"no_{name}")
        position = {member.id: number for number, member in enumerate(self.household.members)}
        for line in lines:
            member = None if line.member is None else position[line.member]
            candidate = self.rule(line.rule)
            title = candidate.rule.title.say(self.lang)
            if line.member is not None:
                title = self.aside(title, line.member)
            self.arithmetic.used = {}
            text = self.with_value(self.arithmetic.of(candidate, member), str(line.amount))
            yield "  " + self.say("line", title=title, arithmetic=text)
            if reasons := self.reasons.of(candidate, member):
                yield "    " + self.say("because", text=self.words.join(reasons, "list.semicolon"))
            for ground in chain(self.grounds(candidate), self.figures(list(self.arithmetic.used), candidate)):
                yield "  " + ground

    def nearly(self, name: str) -> Iterator[str]:
        """The rules of a list, about the household, of which a condition holds, but not the next."""
        for number, conclusion in self.conclusions.values():
            if conclusion.list != name or conclusion.entity != self.compiled.dated.root:
                continue
            for candidate, failing in decode(conclusion, self.run.failed[number]):
                if failing > 0:
                    condition = candidate.typed.conditions[failing][1]
                    yield from self.failed(candidate.rule.title.say(self.lang), condition)

    def failed(self, title: str, condition: Node) -> Iterator[str]:
        """A condition that fails: with its figures, or by its title with what it asks for."""
        if not isinstance(condition, Read) or condition.type != TRUTH:
            text = self.arithmetic.condition(condition, None)
            yield "  " + self.say("fails", title=title, text=text)
            return
        asked = self.words.say("phrase.quoted", text=self.reasons.titled(condition))
        yield "  " + self.say("fails", title=title, text=asked)
        if condition.name in self.conclusions:
            behind, dated = self.settled(condition.name), self.compiled.dated
            sentences = Sentences(dated.linked, self.lang, dated.start)
            yield "    " + self.say("condition", sentence=sentences.version(behind.typed))
            for ground in self.grounds(behind):
                yield "  " + ground

    def entries(self, name: str, entries: tuple[Entry, ...]) -> Iterator[str]:
        """A list without amounts: each rule once, with the members it is about."""
        if not entries:
            return
        yield from ["", self.words.say("heading", title=self.definitions.head.lists[name])]
        who: dict[str, list[str]] = {}
        for entry in entries:
            who.setdefault(entry.rule, []).extend([] if entry.member is None else [entry.member])
        for rule, names in who.items():
            candidate = self.rule(rule)
            title = candidate.rule.title.say(self.lang)
            yield "  " + (self.aside(title, names) if names else title)
            for ground in self.grounds(candidate):
                yield "  " + ground

    def programme(self) -> Iterator[str]:
        yield self.say("programme")
        number, conclusion = self.conclusions["programme"]
        for candidate, failing in decode(conclusion, self.run.failed[number]):
            conditions = candidate.typed.conditions
            title = candidate.rule.title.say(self.lang)
            if not conditions:
                yield f"  {title}"
                continue
            shown = conditions[failing if failing >= 0 else -1][1]
            text = self.arithmetic.condition(shown, None)
            yield "  " + self.say("holds" if failing < 0 else "fails", title=title, text=text)
            for ground in self.grounds(candidate):
                yield "  " + ground

    def remarks(self) -> Iterator[str]:
        a = self.a
        if a.notices:
            yield from [
                "",
                self.words.say("notices"),
                *(f"  {notice.say(self.lang)}" for notice in a.notices),
            ]
        if a.assumed:
            yield from ["", self.say("assumed"), *(f"  {text}" for text in self.assumptions())]
        if a.overlays:
            titles = (self.definitions.overlays[name].title.say(self.lang) for name in a.overlays)
            yield from ["", self.say("overlays"), *(f"  {title}" for title in titles)]
        yield from ["", self.say("readings")] if a.readings else []
        for name, choice in a.readings.items():
            reading = self.definitions.readings[name]
            yield "  " + self.words.say("pair", name=reading.title, text=reading.choices[choice].title)
        yield from [
            "",
            self.say("version", version=a.policy_version),
            self.words.say("receipt", receipt=a.receipt),
        ]

    # --- pieces ---------------------------------------------------------------------------------------------

    def code(self, code_list: str, code: str) -> str:
        return self.definitions.codes[code_list].values[code].say(self.lang)

    def rule(self, rule_id: str) -> Candidate:
        return next(
            c for _, settled in self.conclusions.values() for c in settled.candidates if c.rule.id == rule_id
        )

    def settled(self, name: str) -> Candidate:
        conclusion: DatedConclusion = self.conclusions[name][1]
        return conclusion.candidates[0]

    def figure(self, key: str, name: str) -> str:
        value = money(self.run.state[self.compiled.figures[name]])
        return self.say(key, arithmetic=self.with_value(self.arithmetic.of(self.settled(name), None), value))

    def with_value(self, text: str, value: str) -> str:
        return value if text == value else f"{text} = {value}"

    def incomes(self, member: Member, *, counted: bool) -> str:
        if not member.incomes:
            return self.say("no_income" if member.incomes is not None else "not_asked")
        texts = []
        for income in member.incomes:
            text = self.say("income_of", kind=self.code("income-kind", income.kind), amount=income.monthly)
            counts = counted and not self.left_out(income.kind)
            texts.append(text if counts else self.say("left_out", text=text))
        return self.words.join(texts)

    def left_out(self, kind: str) -> bool:
        """Whether a kind of income counts for nobody."""
        kinds = self.compiled.dated.parameters.get("counted_income_kinds")
        return kinds is not None and kind not in kinds.value

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
            what = self.aside(title, who) if who else title
            yield self.words.say("pair", name=what, text=fact.assumed_as or fact.when_absent or "")

    def cited_now(self, citations: tuple[Citation, ...]) -> Iterator[Citation]:
        return (citation for citation in citations if citation.on(self.compiled.dated.start))

    def grounds(self, candidate: Candidate) -> Iterator[str]:
        """The words cited for a rule, and the figures it used with where they come from: each once."""
        rule = candidate.rule
        if rule.id in self.grounded:
            return
        self.grounded.add(rule.id)
        if rule.basis != "attested":
            yield "  " + self.say("basis", basis=self.words.say(f"basis.{rule.basis}"))
        for citation in self.cited_now(rule.citations):
            yield "  " + cited(self.definitions, citation, self.words)
        nodes = [candidate.typed.value, *(node for _, node in candidate.typed.conditions)]
        names = dict.fromkeys(named("parameter", nodes))
        shown = [n for n in names if self.compiled.dated.linked.parameters[n].type.kind != "codes"]
        yield from self.figures(shown, candidate)

    def figures(self, names: list[str], candidate: Candidate) -> Iterator[str]:
        """The figures and lists that were used, with where they come from: each once."""
        for name in names:
            parameter = self.compiled.dated.linked.parameters[name]
            value = self.compiled.dated.parameters.get(name)
            if value is None or name in self.grounded:
                continue
            self.grounded.add(name)
            title, start = parameter.title, iso(value.start)
            if parameter.type.kind == "codes":
                text = self.say("listed", title=title, start=start)
            else:
                shown = parameter_value(parameter, value.value).strip('"')
                text = self.say("value", title=title, value=shown, start=start)
            if value.basis != "attested":
                text = self.aside(text, self.words.say(f"basis.{value.basis}"))
            if value.start_basis:
                text = self.aside(text, self.words.say(f"start.{value.start_basis}"))
            yield f"  {text}"
            for citation in self.cited_now(value.citations):
                if not any(_within(citation, wider) for wider in candidate.rule.citations):
                    yield "    " + cited(self.definitions, citation, self.words)


def _within(citation: Citation, wider: Citation) -> bool:
    """Whether the words of a citation are among those of another, of the same document."""
    return citation.source == wider.source and (citation.words or "") in (wider.words or "")
