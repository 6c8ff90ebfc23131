"""Find the causes of a future change of a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from hongqiao_rules.case.decisions import RuleChange
from hongqiao_rules.case.events import Joins
from hongqiao_rules.case.timeline import Ledger, Statement
from hongqiao_rules.decision.assessment import Assessment
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.language.names import snake
from hongqiao_rules.rulebook.definitions import FOREVER, ParameterValue, next_day, ordinal


@dataclass(frozen=True, slots=True)
class Cause:
    """The cause of a change on a day.

    ``kind`` is ``birthday`` (``what`` is the member, ``number`` the age), ``begins`` or ``ends`` (``number`` is the
    event that stated the fact, ``what`` its type; it ends with the day before) or ``rules`` (``what`` is the parameter
    or the rule that is another from then on).
    """

    kind: Literal["birthday", "begins", "ends", "rules"]
    what: str
    number: int | None = None


def known_causes(edition: Edition, ledger: Ledger, after: int, last: int) -> Iterator[tuple[int, Cause]]:
    """Yield every cause with its day (yyyymmdd), whether or not it changes the decision.

    Birthdays are limited to the days from *after* to *last*.
    """
    for statement in ledger.standing.values():
        fact = statement.fact
        yield statement.since, Cause("begins", fact.type, statement.number)
        if statement.until != FOREVER:
            yield next_day(statement.until), Cause("ends", fact.type, statement.number)
        if isinstance(fact, Joins):
            born = ordinal(fact.birth_date)
            for year in range(max(after, born + 10000) // 10000, last // 10000 + 1):
                day = year * 10000 + born % 10000
                yield _existing(day), Cause("birthday", fact.member, year - born // 10000)
    linked = edition.linked
    for parameter in linked.parameters.values():
        before: ParameterValue | None = None
        for value in parameter.values:
            if before is None or (next_day(before.end), before.value) != (value.start, value.value):
                yield value.start, Cause("rules", parameter.id)  # a change of sources alone is no cause
            if value.end != FOREVER and parameter.on(next_day(value.end)) is None:
                yield next_day(value.end), Cause("rules", parameter.id)
            before = value
    for rule, versions in linked.versions.items():
        for start in dict.fromkeys(typed.version.start for typed in versions):
            yield start, Cause("rules", rule)


def contributing(
    causes: Sequence[Cause], ledger: Ledger, day: int, rules: Sequence[RuleChange],
    assessment: Assessment | None, decided: Callable[[Ledger], object],
) -> list[Cause]:  # fmt: skip
    """The causes that contribute to the change of the decision on *day*.

    Each birthday and fact is tested twice: removed alone, and kept alone while all others are removed. It contributes if
    either test changes the value of *decided* for the resulting ledger; of two causes that each suffice, both contribute. A
    parameter or a rule contributes if a rule with a changed result read it. If no cause passes, because several only
    matter in combination, all causes are returned.
    """
    causes = list(dict.fromkeys(causes))
    if len(causes) == 1:
        return causes
    moved = {change.rule for change in rules}
    looked = {
        name
        for entry in (assessment.trace if assessment is not None else ())
        if entry["rule"] in moved
        for name in entry["looked_at"]
    }
    facts = [cause for cause in causes if cause.kind != "rules"]
    with_all, with_none = decided(ledger), decided(_without(facts, ledger, day))

    def counts(cause: Cause) -> bool:
        if cause.kind == "rules":
            return cause.what in moved or snake(cause.what) in looked
        if decided(_without([cause], ledger, day)) != with_all:
            return True
        return decided(_without([other for other in facts if other != cause], ledger, day)) != with_none

    return [cause for cause in causes if counts(cause)] or causes


def _without(causes: Iterable[Cause], ledger: Ledger, day: int) -> Ledger:
    """The ledger without the effects of *causes* on *day*."""
    other = Ledger()
    other.standing = standing = dict(ledger.standing)
    for cause in causes:
        if cause.kind == "birthday":
            for joined, statement in standing.items():
                if isinstance(statement.fact, Joins) and statement.fact.member == cause.what:
                    standing[joined] = _younger(statement, day)
        elif (number := cause.number) is not None and number in standing:
            if cause.kind == "begins":
                del standing[number]
            else:
                standing[number] = replace(standing[number], until=FOREVER)
    return other


def _younger(statement: Statement, day: int) -> Statement:
    """The member with a later birth date, so that the birthday is after *day*."""
    fact = statement.fact
    assert isinstance(fact, Joins)
    born = fact.birth_date
    while born.year == fact.birth_date.year and ordinal(born) % 10000 <= day % 10000:
        born += timedelta(days=1)
    return replace(statement, fact=fact.model_copy(update={"birth_date": born}))


def _existing(day: int) -> int:
    """The date of a birthday; 29 February becomes 1 March in a common year."""
    year = day // 10000
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year * 10000 + 301 if day % 10000 == 229 and not leap else day
