"""Hypothesis strategies for households, dates and choices, for tests here and in other systems.

    from hypothesis import given
    from hongqiao_rules.testing import questions

    @given(questions())
    def test_something(question):
        ...

Households are plain mappings with the fields of the JSON form, valid on the date of their question. Many are near the
boundaries of rules: around relevant birthdays and income thresholds. Needs ``hypothesis``, which is not a dependency of the
package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.rulebook.definitions import calendar, ordinal
from hongqiao_rules.rulebook.load import bundled_rulebook

BIRTHDAYS = (0, 3, 16, 18, 60, 80)
"""The ages, in full years, at which a rule changes its result."""

_TURNING = (-2, -1, 0, 1, 2)


@dataclass(frozen=True)
class Question:
    """A question: a household, a date, readings and overlays."""

    household: dict[str, Any]
    on: date
    readings: dict[str, str] = field(default_factory=dict)
    overlays: tuple[str, ...] = ()

    def calculator(self) -> Calculator:
        """Return a calculator with the readings and overlays of the question."""
        return Calculator(readings=self.readings, overlays=self.overlays)


def as_date(day: int) -> date:
    """Return the date of yyyymmdd."""
    return calendar(day)


def codes(name: str) -> list[str]:
    """Return the codes of a list of the vocabulary."""
    return list(bundled_rulebook().definitions.codes[name].values)


def change_dates() -> list[date]:
    """Return the days on which the bundled rulebook changes."""
    return [as_date(day) for day in bundled_rulebook().change_dates()]


def assessment_dates(
    first: date = date(2016, 4, 1), last: date = date(2027, 12, 31)
) -> st.SearchStrategy[date]:
    """Return a strategy for assessment dates; many are a day of change or the day before one."""
    changes = change_dates()
    around = [day + timedelta(days=step) for day in changes for step in (-1, 0)]
    leap = [date(2020, 2, 28), date(2020, 2, 29), date(2021, 2, 28), date(2021, 3, 1)]
    turning = sorted({day for day in (*around, *leap) if first <= day <= last})
    anywhere = st.dates(first, last)
    return st.one_of(st.sampled_from(turning), anywhere) if turning else anywhere


@st.composite
def readings(draw: st.DrawFn) -> dict[str, str]:
    """Return a strategy for choices of readings that affect amounts; sometimes of one other reading.

    The others are rare because each combination has to be compiled.
    """
    definitions = bundled_rulebook().definitions
    known, entries = definitions.readings, definitions.head.entries
    lists = {name: definitions.rules[None, reading.rule].list for name, reading in known.items()}
    others = [name for name, listed in lists.items() if entries.get(listed or "") == "truth"]
    paid = {name: st.sampled_from(list(r.choices)) for name, r in known.items() if name not in others}
    chosen = draw(st.fixed_dictionaries({}, optional=paid))
    if draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(others))
        chosen[name] = draw(st.sampled_from(list(known[name].choices)))
    return chosen


def _birth_dates(on: date) -> st.SearchStrategy[date]:
    exact = []
    for years in BIRTHDAYS:
        year = on.year - years
        leap = on.month == 2 and on.day == 29
        birthday = date(year, 3, 1) if leap and not _has_leap_day(year) else date(year, on.month, on.day)
        exact += [birthday + timedelta(days=step) for step in _TURNING]
    leap_days = [date(year, 2, 29) for year in (1956, 1960, 2000, 2004, 2016, 2020)]
    turning = sorted({day for day in (*exact, *leap_days) if day <= on})
    return st.one_of(st.sampled_from(turning), st.dates(date(1916, 1, 1), on))


def _has_leap_day(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def amounts(on: date) -> st.SearchStrategy[str | int]:
    """Return a strategy for stated incomes; many are within two fen of a threshold of a small household."""
    day = ordinal(on)
    standard = bundled_rulebook().linked(()).parameters["dibao_standard"].on(day)
    fen = int(standard.value) if standard is not None else 100_000
    lines = [fen * members * halves // 2 for members in (1, 2, 3) for halves in (1, 2, 3, 4, 5, 6)]
    deductions = [0, 80_000, 120_000, fen, fen * 3 // 2]
    turning = [line + extra + step for line in lines for extra in deductions for step in _TURNING]
    near = st.sampled_from(sorted({amount for amount in turning if amount >= 0}))
    return st.one_of(near, st.integers(0, 600_000), st.integers(0, 999_999_999)).flatmap(_stated)


def _stated(fen: int) -> st.SearchStrategy[str | int]:
    yuan, cents = divmod(fen, 100)
    forms: list[str | int] = [f"{yuan}.{cents:02}"]
    if cents % 10 == 0:
        forms.append(f"{yuan}.{cents // 10}")
    if cents == 0:
        forms += [yuan, str(yuan)]
    return st.sampled_from(forms)


def _incomes(on: date) -> st.SearchStrategy[list[dict[str, Any]]]:
    kinds = st.sampled_from(codes("income-kind"))
    return st.lists(st.fixed_dictionaries({"kind": kinds, "monthly": amounts(on)}), max_size=2)


def _disabilities() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = {"kind": st.sampled_from(codes("disability-kind")), "grade": st.integers(1, 4)}
    return st.lists(st.fixed_dictionaries(one), max_size=2)


def _rarely(draw: st.DrawFn, member: dict[str, Any], name: str, values: st.SearchStrategy[Any]) -> None:
    if draw(st.integers(0, 3)) == 0:
        member[name] = draw(values)


@st.composite
def households(draw: st.DrawFn, on: date, most: int = 5) -> dict[str, Any]:
    """Return a strategy for households of up to *most* members that are valid on the day *on*."""
    births = draw(st.lists(_birth_dates(on), min_size=1, max_size=most))
    ids = [f"m{number}" for number in range(len(births))]
    status = draw(st.sampled_from(codes("marital-status")))
    members: list[dict[str, Any]] = []
    spouse = False
    for number, born in enumerate(births):
        member: dict[str, Any] = {"id": ids[number], "birth_date": born.isoformat()}
        if number == 0:
            member |= {"relationship": "applicant", "marital_status": status}
        else:
            relationships = [r for r in codes("relationship") if r != "applicant"]
            if spouse or status != "married":
                relationships.remove("spouse")
            if born < births[0]:
                relationships.remove("child")
            member["relationship"] = draw(st.sampled_from(relationships))
            spouse = spouse or member["relationship"] == "spouse"
            _rarely(draw, member, "absence", st.sampled_from(codes("absence")))
            member["marital_status"] = draw(st.sampled_from(codes("marital-status")))
        older = [other for other in range(len(births)) if other != number and births[other] <= born]
        if older and draw(st.integers(0, 1)) == 0:
            member["parent"] = ids[draw(st.sampled_from(older))]
        _rarely(draw, member, "guardianship", st.sampled_from(codes("guardianship")))
        _rarely(draw, member, "illnesses", st.lists(st.sampled_from(codes("illness")), max_size=3))
        _rarely(draw, member, "disabilities", _disabilities())
        if draw(st.integers(0, 3)) == 0:
            for name in ("self_care", "living_arrangement", "destitute_support", "university_admission"):
                _rarely(draw, member, name, st.sampled_from(codes(name.replace("_", "-"))))
        if draw(st.booleans()):
            member["schooling"] = draw(st.sampled_from(codes("schooling")))
        if draw(st.integers(0, 4)) or _earning(born, on):
            member["incomes"] = draw(_incomes(on))
        members.append(member)
    household: dict[str, Any] = {"id": "H", "members": members}
    for name in ("receives_family_planning_support", "childless", "hardship_recognized"):
        _rarely(draw, household, name, st.booleans())
    return household


def _earning(born: date, on: date) -> bool:
    return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) >= 16


@st.composite
def questions(draw: st.DrawFn, most: int = 5) -> Question:
    """Return a strategy for questions: a household, and a date, readings and overlays under which it can be assessed."""
    on = draw(assessment_dates())
    known = bundled_rulebook().definitions.overlays
    possible = [name for name, overlay in known.items() if as_date(overlay.start) <= on]
    overlays = tuple(name for name in possible if draw(st.integers(0, 3)) == 0)
    return Question(draw(households(on, most)), on, draw(readings()), overlays)
