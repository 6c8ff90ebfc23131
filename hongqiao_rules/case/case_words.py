"""A living case in words: changes, upcoming changes, arrears and overpayments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hongqiao_rules.case.causes import Cause
from hongqiao_rules.case.decision_changes import Change, Upcoming
from hongqiao_rules.case.decisions import Decision, RuleChange
from hongqiao_rules.case.payments import Month
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.errors import catalogue
from hongqiao_rules.explanation.naming import value_said
from hongqiao_rules.rulebook.definitions import Parameter, Rule


class CaseWords:
    """Writes the history of a case under the rules of *edition* in the language *lang*."""

    def __init__(self, edition: Edition, lang: str) -> None:
        self.lang, self._words = lang, catalogue(lang)
        self._outcomes, linked = edition.outcomes, edition.linked
        self._named: dict[str, Parameter | Rule] = {p.id: p for p in linked.parameters.values()}
        self._named |= linked.rules

    def change(self, change: Change) -> Iterator[str]:
        """Yield the lines for one event: both decisions, and the rules through which they differ."""
        known = change.event.known
        yield self._say("event", number=change.number, known=known, on=change.on, **self._sides(change))
        yield from self._why(change.before, change.after, change.rules)

    def coming(self, coming: Upcoming) -> Iterator[str]:
        """Yield the lines for one upcoming change: its day, its causes, both decisions, and the rules."""
        causes = self._words.join([self.cause(cause) for cause in coming.causes], "list.comma")
        yield self._say("coming", on=coming.on, causes=causes, **self._sides(coming))
        yield from self._why(coming.before, coming.after, coming.rules)

    def cause(self, cause: Cause) -> str:
        """The words for the cause of a change."""
        what = cause.what
        if cause.kind == "rules":
            what = self._title(what)
        elif cause.kind != "birthday":
            what = self._say(f"type_{what}")
        return self._say(f"cause_{cause.kind}", what=what, number=cause.number)

    def _why(self, before: Decision, after: Decision, rules: Sequence[RuleChange]) -> Iterator[str]:
        """Yield the faults that prevent the later decision, or the rules whose results differ."""
        for fault in after.faults:
            yield f"  {fault.path}: {fault.code}: {fault.say(self.lang)}"
        if before.assessment is not None and after.assessment is not None:
            yield from self._rules(rules)

    def _rules(self, rules: Sequence[RuleChange]) -> Iterator[str]:
        for change in rules:
            before, after = (
                value_said(value, self._words, self._outcomes) for value in (change.before, change.after)
            )
            title = self._title(change.rule)
            if change.member is not None:
                title = self._words.say("aside", text=title, aside=change.member)
            moved = self._words.say("moved", before=before, after=after)
            yield "  " + self._words.say("pair", name=title, text=moved)

    def months(self, months: Sequence[Month]) -> Iterator[str]:
        """Yield the lines for each month, then the sums of arrears and overpayments."""
        for month in months:
            yield from self._month(month)
        told = [month.difference for month in months if month.difference is not None]
        zero = Decimal("0.00")
        owed, over = sum((d for d in told if d > 0), zero), -sum((d for d in told if d < 0), zero)
        line = self._say("sum", owed=owed, over=over)
        missing = len(months) - len(told)
        yield (
            self._words.join([line, self._say("open", count=missing)], "list.semicolon") if missing else line
        )

    def _month(self, month: Month) -> Iterator[str]:
        name = f"{month.month:%Y-%m}"
        if month.difference is None:
            yield self._say("undecided", month=name, paid=month.paid, now=self.decision(month.now))
            yield from self._why(month.then, month.now, month.rules)
            return
        if month.difference == 0:
            result = self._say("even")
        else:
            result = self._say("owed" if month.difference > 0 else "over", amount=abs(month.difference))
        yield self._say("month", month=name, paid=month.paid, due=month.due, result=result)
        if month.rule is not None:
            basis = self._words.say(f"basis.{month.basis or 'convention'}")
            yield "  " + self._say(
                "because", decided=month.decided, title=self._title(month.rule), basis=basis
            )
        yield from self._why(month.then, month.now, month.rules)

    def decision(self, decision: Decision) -> str:
        """The total and the outcome of a decision, or the faults that prevent it."""
        a = decision.assessment
        if a is None:
            faults = [f"{fault.path} {fault.code}" for fault in decision.faults] or "–"
            return self._say("missing", faults=faults)
        return self._say("decision", total=a.basis.total, programme=self._outcomes[a.basis.outcome])

    def _sides(self, change: Change | Upcoming) -> dict[str, str]:
        return {"before": self.decision(change.before), "after": self.decision(change.after)}

    def _title(self, name: str) -> str:
        """The title of a rule or a parameter, by its id."""
        return self._named[name].title.say(self.lang) if name in self._named else name

    def _say(self, key: str, **arguments: object) -> str:
        return self._words.say(f"case.{key}", **arguments)
