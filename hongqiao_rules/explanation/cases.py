"""What becomes of a living case, in words: changes, what is to come, arrears and overpayments; in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hongqiao_rules.cases.changes import Cause, Change, Decision, RuleChange, Upcoming
from hongqiao_rules.cases.payments import Month
from hongqiao_rules.explanation.naming import value_said
from hongqiao_rules.rulebook.definitions import Parameter, Rule
from hongqiao_rules.rulebook.link import Linked

_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("尚不能评估：{codes}", "cannot be assessed yet: {codes}"),
    "total": ("每月{total}元（{programme}）", "{total} yuan a month ({programme})"),
    "event": (
        "事件{number}（{known}得知，自{on}）：{before} → {after}",
        "Event {number} (known {known}, from {on}): {before} -> {after}",
    ),
    "coming": ("{on}（{causes}）：{before} → {after}", "{on} ({causes}): {before} -> {after}"),
    "rule": ("  {title}{member}：{before} → {after}", "  {title}{member}: {before} -> {after}"),
    "birthday": ("{what}满{number}周岁", "{what} turns {number}"),
    "begins": ("事件{number}的事实开始（{what}）", "what event {number} stated begins ({what})"),
    "ends": ("事件{number}的事实终止（{what}）", "what event {number} stated ends ({what})"),
    "rules": ("{what}变更", "{what} changes"),
    "month": (
        "{month}：已发{paid}元，应发{due}元，{result}",
        "{month}: paid {paid} yuan, due {due}, {result}",
    ),
    "undecided": (
        "{month}：已发{paid}元，应发多少尚不能确定（{now}）",
        "{month}: paid {paid} yuan, what was due cannot be told yet ({now})",
    ),
    "even": ("相符", "nothing to settle"),
    "owed": ("应补发{amount}元", "{amount} yuan still owed"),
    "over": ("多发{amount}元", "{amount} yuan overpaid"),
    "because": (
        "  按{decided}的决定；{title}（{basis}）",
        "  by the decision of {decided}; {title} ({basis})",
    ),
    "sum": ("合计：应补发{owed}元，多发{over}元", "In all: {owed} yuan still owed, {over} yuan overpaid"),
    "open": ("其中{count}个月尚不能确定", "of these, {count} months cannot be told yet"),
}
_BASIS: Mapping[str, tuple[str, str]] = {
    "attested": ("有文件依据", "attested"),
    "inferred": ("推断", "inferred"),
    "convention": ("惯例", "a convention"),
    "recalled": ("未查到出处", "recalled, without a source"),
}
_TYPES: Mapping[str, tuple[str, str]] = {
    "joins": ("加入家庭", "joins"), "income": ("收入", "income"), "illness": ("疾病", "illness"),
    "disability": ("残疾", "disability"), "none_of": ("没有", "none of"), "schooling": ("就学", "schooling"),
    "guardianship": ("监护情况", "guardianship"), "marriage": ("婚姻状况", "marriage"),
    "absence": ("不在家庭共同生活", "absence"), "self_care": ("自理能力", "self-care"),
    "living": ("居住情况", "living arrangement"), "destitution": ("特困供养", "destitute support"),
    "admission": ("高校录取", "university admission"), "death": ("去世", "death"),
    "circumstance": ("家庭情况", "circumstance"),
}  # fmt: skip


class CaseWords:
    """Says what becomes of a case by the rules of *linked*, in ``"zh"`` or ``"en"``."""

    def __init__(self, linked: Linked, lang: str) -> None:
        self.lang, self.index = lang, 0 if lang == "zh" else 1
        self._programmes = linked.definitions.codes["programme"].values
        self._named: dict[str, Parameter | Rule] = {p.id: p for p in linked.parameters.values()}
        self._named |= linked.rules

    def change(self, change: Change) -> Iterator[str]:
        """What one event changed, and through which rules."""
        known = change.event.known
        yield self._say("event", number=change.number, known=known, on=change.on, **self._sides(change))
        yield from self._why(change.before, change.after, change.rules)

    def coming(self, coming: Upcoming) -> Iterator[str]:
        """A day from which the decision is another, why, and through which rules."""
        causes = (", " if self.index else "，").join(self.cause(cause) for cause in coming.causes)
        yield self._say("coming", on=coming.on, causes=causes, **self._sides(coming))
        yield from self._why(coming.before, coming.after, coming.rules)

    def cause(self, cause: Cause) -> str:
        """Why something changes."""
        what = cause.what
        if cause.kind == "rules":
            what = self._title(what)
        elif cause.kind != "birthday":
            what = _TYPES[what][self.index]
        return self._say(cause.kind, what=what, number=cause.number)

    def _why(self, before: Decision, after: Decision, rules: Sequence[RuleChange]) -> Iterator[str]:
        """What is in the way of a decision; else the rules that came to something else than in an earlier one."""
        for fault in after.faults:
            yield f"  {fault.path}: {fault.code}: {fault.say(self.lang)}"
        if before.assessment is not None and after.assessment is not None:
            yield from self._rules(rules)

    def _rules(self, rules: Sequence[RuleChange]) -> Iterator[str]:
        for change in rules:
            before, after = (
                value_said(value, self.lang, self._programmes) for value in (change.before, change.after)
            )
            of = "" if change.member is None else self._member(change.member)
            yield self._say("rule", title=self._title(change.rule), member=of, before=before, after=after)

    def months(self, months: Sequence[Month]) -> Iterator[str]:
        """Arrears and overpayments, month by month, and both in all."""
        for month in months:
            yield from self._month(month)
        told = [month.difference for month in months if month.difference is not None]
        zero = Decimal("0.00")
        owed, over = sum((d for d in told if d > 0), zero), -sum((d for d in told if d < 0), zero)
        line = self._say("sum", owed=owed, over=over)
        missing = len(months) - len(told)
        yield line + (("; " if self.index else "；") + self._say("open", count=missing) if missing else "")

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
            basis = _BASIS[month.basis or "convention"][self.index]
            yield self._say("because", decided=month.decided, title=self._title(month.rule), basis=basis)
        yield from self._why(month.then, month.now, month.rules)

    def decision(self, decision: Decision) -> str:
        """What is decided, or what is in the way."""
        a = decision.assessment
        if a is None:
            codes = ", ".join(f"{fault.path} {fault.code}" for fault in decision.faults) or "–"
            return self._say("missing", codes=codes)
        programme = self._programmes[a.programme].say(self.lang)
        return self._say("total", total=a.monthly_total, programme=programme)

    def _sides(self, change: Change | Upcoming) -> dict[str, str]:
        return {"before": self.decision(change.before), "after": self.decision(change.after)}

    def _member(self, name: str) -> str:
        return f" ({name})" if self.index else f"（{name}）"

    def _title(self, name: str) -> str:
        """The title of a rule or a parameter, by its id."""
        return self._named[name].title.say(self.lang) if name in self._named else name

    def _say(self, key: str, **arguments: object) -> str:
        return _WORDS[key][self.index].format(**arguments)
