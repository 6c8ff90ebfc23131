"""Write the statement of an assessment: the result, each figure as arithmetic, and its sources."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import chain

from hongqiao_rules.decision.arithmetic import Arithmetic
from hongqiao_rules.decision.outcome import Basis
from hongqiao_rules.decision.reasons import Reasons
from hongqiao_rules.engines.direct.direct_engine import decode
from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.rule_sentences import Sentences
from hongqiao_rules.explanation.rulebook_text import cited
from hongqiao_rules.household.models import Household, Member
from hongqiao_rules.language import nodes as n
from hongqiao_rules.rulebook.dating import Candidate, DatedConclusion
from hongqiao_rules.rulebook.definitions import Citation, FactDefinition, iso
from hongqiao_rules.rulebook.shown_fields import Field
from hongqiao_rules.rulebook.value_text import money, parameter_value


def statement(basis: Basis, lang: str) -> str:
    """The statement of an assessment as plain text in *lang*."""
    return "\n".join(_Statement(basis, lang).lines()) + "\n"


class _Statement:
    """Writes one statement. A source and a parameter are written where they are used first."""

    def __init__(self, basis: Basis, lang: str) -> None:
        self.basis, self.lang, self.words = basis, lang, catalogue(lang)
        self.run, self.compiled, self.ids = basis.run, basis.compiled, basis.checked.members
        self.shown, self.result = self.compiled.shown, self.compiled.shown.declared
        # Only the household of the bundled vocabulary has incomes that a statement lists, and yuan.
        self.household = basis.household if isinstance(basis.household, Household) else None
        self.definitions = self.compiled.definitions
        self.conclusions = {c.name: (number, c) for number, c in enumerate(self.compiled.dated.conclusions)}
        self.arithmetic = Arithmetic(self.compiled, self.run, lang)
        self.reasons = Reasons(self.arithmetic, self.ids, lang)
        self.counted = [True] * len(self.ids)
        self.grounded: set[str] = set()

    def say(self, key: str, **arguments: object) -> str:
        """The sentence of *key*."""
        return self.words.say(f"statement.{key}", **arguments)

    def aside(self, text: object, aside: object) -> str:
        """A text with another in brackets."""
        return self.words.say("aside", text=text, aside=aside)

    def lines(self) -> Iterator[str]:
        """The lines: the result, the figures and lists in their declared order, and the remarks."""
        yield from self.heading()
        result = self.result
        for field in (*self.shown.ordered, *self.shown.others):
            if field.listed and field.type.kind == "truth":
                yield from self.entries(field)
            elif field.listed:
                if result is not None and field.name == result.pays:
                    yield from ["", *self.outcome(result.outcome), ""]
                yield from self.amounts(field)
            elif (
                result is None
                or field.name not in (result.outcome, result.total)
                or (field.name == result.total and self.compiled.lines(self.run, result.pays))
            ):
                yield from self.figure(field)
        yield from self.remarks()

    # --- parts ----------------------------------------------------------------------------------------------

    def heading(self) -> Iterator[str]:
        """What is assessed, the date and the result."""
        checked, entity = self.basis.checked, self.definitions.entities[self.shown.root]
        head = self.definitions.head
        yield head.title.say(self.lang) if self.household is None else self.say("heading")
        yield self.say("about", title=entity.title, id=checked.id, on=self.basis.on)
        if self.result is not None:
            outcome = self.code(self.settled(self.result.outcome), self.basis.outcome)
            total = self.basis.total
            if self.household is not None:
                yield self.say("result" if total else "no_result", outcome=outcome, total=total)
            else:
                yield self.say("outcome", outcome=outcome, total=total)
        if not self.compiled.complete:
            yield self.say("incomplete")
        yield ""

    def figure(self, field: Field) -> Iterator[str]:
        """A figure as arithmetic, the incomes that it adds up, and its sources."""
        candidate = self.applied(field.name)
        value = candidate.typed.value
        if field.type.kind == "code":
            yield from self.outcome(field.name)
            return
        if isinstance(value, n.Aggregate) and value.fold == "count" and isinstance(value.domain, n.AllOf):
            yield from self.number(field, candidate, value)
            return
        result = self.arithmetic.figure(value, self.run.state[self.compiled.figures[field.name]])
        text = self.with_value(self.arithmetic.of(candidate, None), result)
        yield self.amount(field, field.title, text, shown=field.name in self.definitions.head.for_display)
        behind = list(self.behind(value))
        household = self.household
        incomes = household is not None and any(
            isinstance(node, n.Read) and node.name == "incomes" for node in behind
        )
        kinds = (
            [node.name for node in behind if isinstance(node, n.Parameter) and node.type.kind == "codes"]
            if incomes
            else []
        )
        counting = [self.compiled.dated.parameters[name].value for name in kinds]
        members = household.members if household is not None else ()
        if incomes:
            for member, is_counted in zip(members, self.counted, strict=True):
                text = self.incomes(member, counting if is_counted else [()])
                yield "  " + self.words.say("pair", name=member.id, text=text)
        if self.result is None or field.name in self.result.compared or household is None:
            yield from self.grounds(candidate)
        stated = [i.kind for m, c in zip(members, self.counted, strict=False) if c for i in m.incomes or ()]
        if any(kind not in codes for codes in counting for kind in stated):
            yield from self.parameters(kinds, candidate)

    def amount(self, field: Field, title: object, text: str, *, shown: bool = False) -> str:
        """A figure or an entry of a list with its arithmetic; *shown* marks a figure that is for display only."""
        if field.type.kind != "money" or self.household is None:
            return self.words.say("pair", name=title, text=text)
        return self.say("display" if shown else "line", title=title, arithmetic=text)

    def number(self, field: Field, candidate: Candidate, counting: n.Aggregate) -> Iterator[str]:
        """A number of members: which of them count, and why the others do not."""
        where = counting.where
        if where is None:
            yield self.say(
                "number", title=field.title, number=self.run.state[self.compiled.figures[field.name]]
            )
            yield from self.grounds(candidate)
            return
        self.arithmetic.values.about(None)
        positions = set(self.arithmetic.values.items(counting))
        self.counted = [number in positions for number in range(len(self.ids))]
        names = [id_ for id_, counts in zip(self.ids, self.counted, strict=True) if counts]
        yield self.say("counted", title=field.title, number=len(names), names=names)
        yield from self.grounds(candidate)
        if all(self.counted) or not isinstance(where, n.Read) or where.name not in self.conclusions:
            return
        condition = self.conclusions[where.name][1].candidates[0]
        yield self.say("uncounted", names=list(self.uncounted(condition)))
        yield from self.grounds(condition)

    def uncounted(self, condition: Candidate) -> Iterator[str]:
        """Each member who does not count, with the stated codes that the condition reads."""
        asked = [
            node
            for node in n.walk(condition.typed.value)
            if isinstance(node, n.Read) and node.type.kind == "code"
        ]
        for number, (id_, is_counted) in enumerate(zip(self.ids, self.counted, strict=True)):
            if not is_counted:
                self.arithmetic.values.about(number)
                stated = [(read, self.arithmetic.values.visit(read)) for read in asked]
                why = [self.title_of(str(read.type.of), code) for read, code in stated if code is not None]
                yield self.aside(id_, why) if why else id_

    def behind(self, node: n.Node) -> Iterator[n.Node]:
        """The parts of an expression and of the conclusions in it that no figure shows."""
        for part in n.walk(node):
            yield part
            if isinstance(part, n.Read) and part.name in self.arithmetic.definitions:
                yield from self.behind(self.arithmetic.definitions[part.name])

    def amounts(self, field: Field) -> Iterator[str]:
        """The entries of a list of amounts with their reasons and sources; of the list that is paid, also what fails."""
        lines = self.compiled.lines(self.run, field.name)
        yield self.words.say("heading" if lines else "statement.no_list", title=field.title)
        for rule_id, member, amount in lines:
            candidate = self.rule(rule_id)
            title = candidate.rule.title.say(self.lang)
            if member is not None:
                title = self.aside(title, self.ids[member])
            self.arithmetic.used = {}
            result = self.arithmetic.figure(candidate.typed.value, amount)
            text = self.with_value(self.arithmetic.of(candidate, member), result)
            yield "  " + self.amount(field, title, text)
            if reasons := self.reasons.of(candidate, member):
                yield "    " + self.say("because", text=self.words.join(reasons, "list.semicolon"))
            for ground in chain(
                self.grounds(candidate), self.parameters(list(self.arithmetic.used), candidate)
            ):
                yield "  " + ground
        if self.result is not None and field.name == self.result.pays:
            yield from self.nearly(field.name)

    def nearly(self, name: str) -> Iterator[str]:
        """Yield the household rules of a list whose first condition holds and a later one fails."""
        for number, conclusion in self.conclusions.values():
            if conclusion.list != name or conclusion.entity != self.compiled.dated.root:
                continue
            for candidate, failing in decode(conclusion, self.run.failed[number]):
                if failing > 0:
                    condition = candidate.typed.conditions[failing][1]
                    yield from self.failed(candidate.rule.title.say(self.lang), condition)

    def failed(self, title: str, condition: n.Node) -> Iterator[str]:
        """Yield a failed condition with its figures, or its title and the sentence of its rule."""
        if not isinstance(condition, n.Read) or condition.type != n.TRUTH:
            text = self.arithmetic.condition(condition, None)
            yield "  " + self.say("fails", title=title, text=text)
            return
        asked = self.words.say("phrase.quoted", text=self.reasons.titled(condition))
        yield "  " + self.say("fails", title=title, text=asked)
        if condition.name in self.conclusions:
            behind, dated = self.settled(condition.name).candidates[0], self.compiled.dated
            sentences = Sentences(dated.linked, self.lang, dated.start)
            yield "    " + self.say("condition", sentence=sentences.version(behind.typed))
            for ground in self.grounds(behind):
                yield "  " + ground

    def entries(self, field: Field) -> Iterator[str]:
        """Yield a list without amounts: each rule once, with its members."""
        lines = self.compiled.lines(self.run, field.name)
        if lines:
            yield from ["", self.words.say("heading", title=field.title)]
        who: dict[str, list[str]] = {}
        for rule, member, _ in lines:
            who.setdefault(rule, []).extend([] if member is None else [self.ids[member]])
        for rule, names in who.items():
            candidate = self.rule(rule)
            title = candidate.rule.title.say(self.lang)
            yield "  " + (self.aside(title, names) if names else title)
            for ground in self.grounds(candidate):
                yield "  " + ground

    def outcome(self, name: str) -> Iterator[str]:
        """The rules of a code in their order up to the one that applied, each with its condition and sources."""
        number, conclusion = self.conclusions[name]
        codes = self.definitions.codes[str(conclusion.type.of)]
        yield self.words.say("heading", title=codes.title)
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
        """Notices, assumptions, overlays, readings, version and receipt."""
        compiled = self.compiled
        if notices := compiled.notices(self.run):
            yield from ["", self.words.say("notices"), *(f"  {notice.say(self.lang)}" for notice in notices)]
        if self.basis.checked.assumed:
            yield from ["", self.say("assumed"), *(f"  {text}" for text in self.assumptions())]
        if compiled.overlays:
            titles = (self.definitions.overlays[name].title.say(self.lang) for name in compiled.overlays)
            yield from ["", self.say("overlays"), *(f"  {title}" for title in titles)]
        yield from ["", self.say("readings")] if compiled.readings else []
        for name, choice in compiled.readings.items():
            reading = self.definitions.readings[name]
            yield "  " + self.words.say("pair", name=reading.title, text=reading.choices[choice].title)
        yield from [
            "",
            self.say("version", version=self.definitions.head.version),
            self.words.say("receipt", receipt=self.basis.receipt()),
        ]

    # --- pieces ---------------------------------------------------------------------------------------------

    def code(self, conclusion: DatedConclusion, code: str) -> str:
        """The title of a code that a conclusion gives."""
        return self.title_of(str(conclusion.type.of), code)

    def title_of(self, code_list: str, code: str) -> str:
        return self.definitions.codes[code_list].values[code].say(self.lang)

    def rule(self, rule_id: str) -> Candidate:
        return next(
            c for _, all_of in self.conclusions.values() for c in all_of.candidates if c.rule.id == rule_id
        )

    def settled(self, name: str) -> DatedConclusion:
        return self.conclusions[name][1]

    def applied(self, name: str) -> Candidate:
        """The rule that settled a figure."""
        number, conclusion = self.conclusions[name]
        return decode(conclusion, self.run.failed[number])[-1][0]

    def with_value(self, text: str, value: str) -> str:
        return value if text == value else f"{text} = {value}"

    def incomes(self, member: Member, counting: Sequence[Container[str]]) -> str:
        """The incomes of a member; those of kinds that *counting* leaves out are marked."""
        if not member.incomes:
            return self.say("no_income" if member.incomes is not None else "not_asked")
        texts = []
        for income in member.incomes:
            text = self.say(
                "income_of", kind=self.title_of("income-kind", income.kind), amount=income.monthly
            )
            counts = all(income.kind in kinds for kinds in counting)
            texts.append(text if counts else self.say("left_out", text=text))
        return self.words.join(texts)

    def assumptions(self) -> Iterator[str]:
        """Yield each assumed field once, with the contained entities that did not state it."""
        absent: dict[tuple[str, str], list[int]] = {}
        root = self.definitions.entities[self.shown.root]
        for pointer in self.basis.checked.assumed:
            steps = pointer.split("/")[1:]
            inside = root.contains if len(steps) > 1 else None
            who = absent.setdefault((root.name if inside is None else inside.entity, steps[-1]), [])
            if inside is not None:
                who.append(int(steps[1]))
        for (entity, name), numbers in absent.items():
            fact = self.definitions.entities[entity].facts[name]
            title = fact.title.say(self.lang)
            what = self.aside(title, [self.ids[number] for number in numbers]) if numbers else title
            taken = fact.assumed_as or fact.when_absent or self.taken(fact, numbers)
            yield self.words.say("pair", name=what, text=taken)

    def taken(self, fact: FactDefinition, numbers: list[int]) -> str:
        """The value that was taken for a fact, of the first of those who lack it."""
        facts = self.basis.checked.facts
        value = facts.each[fact.name][numbers[0]] if numbers else facts.root[fact.name]
        match fact.type.kind:
            case "truth":
                return self.words.say("yes" if value else "no")
            case "code":
                return self.title_of(str(fact.type.of), value)
            case "money":
                return money(value)
            case "date":
                return iso(value)
            case "codes" if value:
                return self.words.join([self.title_of(str(fact.type.of), one) for one in value])
        return str(value) if value else self.words.say("nothing")

    def cited_now(self, citations: tuple[Citation, ...]) -> Iterator[Citation]:
        return (citation for citation in citations if citation.on(self.compiled.dated.start))

    def grounds(self, candidate: Candidate) -> Iterator[str]:
        """Yield the citations of a rule and the parameters that it used with their sources, each once."""
        rule = candidate.rule
        if rule.id in self.grounded:
            return
        self.grounded.add(rule.id)
        if rule.basis != "attested":
            yield "  " + self.say("basis", basis=self.words.say(f"basis.{rule.basis}"))
        for citation in self.cited_now(rule.citations):
            yield "  " + cited(self.definitions, citation, self.words)
        nodes = [candidate.typed.value, *(node for _, node in candidate.typed.conditions)]
        names = dict.fromkeys(n.named("parameter", nodes))
        shown = [name for name in names if self.compiled.dated.linked.parameters[name].type.kind != "codes"]
        yield from self.parameters(shown, candidate)

    def parameters(self, names: list[str], candidate: Candidate) -> Iterator[str]:
        """The parameters that were used, each once, with their sources."""
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
    """True if the words of a citation are part of those of another one of the same document."""
    return citation.source == wider.source and (citation.words or "") in (wider.words or "")
