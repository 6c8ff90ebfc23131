"""Schedules, margins and minimal changes, against the direct engine: fen by fen, day by day, change by change."""

import json
import os
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise, product
from pathlib import Path
from random import Random

import pytest

from hongqiao_rules import Calculator
from hongqiao_rules.analysis.margins import margins
from hongqiao_rules.analysis.schedule import schedule
from hongqiao_rules.analysis.why_not import why_not
from hongqiao_rules.testing import codes
from tests.analysis.test_explore import LISTS, QUESTIONS, amounts, completed, some_household, tried, yuan

SEEDS = 40 if os.getenv("CI") else 8
WINDOW = 400
"""So many fen on each side of a breakpoint are looked at one by one."""
FEN = Decimal("0.01")


def some(seed):
    """A calculator, a date and a household that is accepted."""
    random = Random(seed)
    on, readings, overlays = random.choice(QUESTIONS)
    calculator = Calculator(readings=readings, overlays=overlays)
    while True:
        household, _ = some_household(random, on)
        if tried(calculator, household, on) is not None:
            return calculator, household, on


def first_amount(household):
    return next((n for n, member in enumerate(household["members"]) if member["incomes"]), None)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_schedule_is_the_total_of_every_amount(seed):
    calculator, household, on = some(seed)
    who = first_amount(household)
    if who is None:
        household["members"][0]["incomes"], who = [{"kind": "wages", "monthly": 0}], 0
    found = schedule(calculator, household, f"/members/{who}/incomes/0/monthly", on)
    pieces = found.pieces
    assert (pieces[0].start, pieces[-1].end) == (0, Decimal("9999999.99"))
    assert all(one.end + FEN == other.start for one, other in pairwise(pieces))
    breaks = [int(piece.start * 100) for piece in pieces]
    fens = {fen for point in breaks for fen in range(point - WINDOW, point + WINDOW)}
    fens |= {
        int(text.replace(".", "")) for text in amounts(calculator, household, [(who, "monthly")], [[]], on)
    }
    random = Random(seed)
    fens |= {random.randrange(0, 1_000_000) for _ in range(200)}
    programmes = {}
    for fen in sorted(fens):
        if 0 <= fen <= 999_999_999:
            said = calculator.assess(completed(household, [(who, "monthly")], [yuan(fen)]), on)
            assert found.total_at(Decimal(fen) / 100) == said.monthly_total, fen
            programmes[fen] = said.programme
    for piece in pieces:
        inside = [p for fen, p in programmes.items() if piece.start * 100 <= fen <= piece.end * 100]
        assert set(inside) == {piece.programme}
    for cliff in found.cliffs:
        assert found.total_at(cliff.at) - found.total_at(cliff.at - FEN) == cliff.change


def decision(said):
    return said.programme, {(line.rule, line.member) for line in said.benefits}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_margins_are_the_nearest_turns(seed):
    calculator, household, on = some(seed)
    before = calculator.assess(household, on)
    found = margins(calculator, household, on)
    assert (found.programme, found.monthly_total) == (before.programme, before.monthly_total)
    for figure in found.figures:
        who = int(figure.path.split("/")[2])
        for turn in (figure.below, figure.above):
            if turn is not None:
                after = calculator.assess(replaced(household, figure.path, turn.at), on)
                assert decision(after) != decision(before)
                assert (after.programme, after.monthly_total) == (turn.programme, turn.monthly_total)
        for value in between(calculator, household, figure, who, on):
            said = tried(calculator, replaced(household, figure.path, value), on)
            assert said is None or decision(said) == decision(before), (figure.path, value)


def replaced(household, path, value):
    made = json.loads(json.dumps(household))
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")[1:]]
    inside = made
    for step in way:
        inside = inside[step]
    inside[last] = value
    return made


def between(calculator, household, figure, who, on):
    """Values nearer to what was stated than the turns, among them every one at which a rule turns."""
    low, high = (None if turn is None else turn.at for turn in (figure.below, figure.above))
    if figure.fact == "birth_date":
        stated = date.fromisoformat(figure.stated)
        days = [stated + timedelta(days=n) for n in (*range(-400, 400, 7), *range(-30_000, 9_000, 97))]
        days += [
            date.fromisoformat(turn) + timedelta(days=n) for turn in (low, high) if turn for n in (-1, 1)
        ]
        values = [day.isoformat() for day in days if day <= on]
        return [v for v in values if (low is None or v > low) and (high is None or v < high)]
    if figure.fact == "disabilities":
        return [v for v in range(1, 5) if (low is None or v > low) and (high is None or v < high)]
    number = int(figure.path.split("/")[4])
    assert number == 0
    values = amounts(calculator, household, [(who, "monthly")], [[]], on)
    found = [Decimal(value) for value in values]
    return [
        str(v) for v in found if (low is None or v > Decimal(low)) and (high is None or v < Decimal(high))
    ]


CHANGEABLE = ("marital_status", "schooling", "absence")
TARGETS = ("dibao", "low_income", "none", "dibao-gap", "low-income-relief", "elder-supplement",
           "widowed-single-parent-deduction", "orphan-student-supplement")  # fmt: skip


def has(said, target):
    if target in ("dibao", "low_income", "none"):
        return said.programme == target
    return any(line.rule == target for line in (*said.benefits, *said.deductions))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_changes_are_all_the_minimal_ones(seed):
    calculator, household, on = some(seed)
    random = Random(seed)
    household["members"] = household["members"][: random.choice((1, 2))]
    for member in household["members"]:
        member.pop("parent", None)
    household["members"][0]["incomes"] = household["members"][0]["incomes"] or [
        {"kind": "wages", "monthly": "500"}
    ]
    who = 0
    for member in household["members"][1:]:
        member["incomes"] = [{"kind": "scholarship", "monthly": "1"}]  # it does not count, so changes nothing
    before = calculator.assess(household, on)
    target = random.choice(TARGETS)
    found = why_not(calculator, household, target, on, None)
    assert found.holds == has(before, target)
    if found.holds:
        assert found.changes == found.failed == ()
        return
    assert found.failed
    for change in found.changes:
        said = calculator.assess(change.household, on)
        assert has(said, target)
        assert (said.programme, said.monthly_total) == (change.programme, change.monthly_total)
    places = [(n, name) for n in range(len(household["members"])) for name in CHANGEABLE] + [(who, "monthly")]
    expected = brute(calculator, household, places, target, on)
    got = {}
    for change in found.changes:
        key = frozenset((int(e.path.split("/")[2]), e.path.split("/")[-1]) for e in change.edits)
        by = sum(abs(e.by) for e in change.edits if e.by is not None)
        alternatives = [
            [(e.path, code) for code in (e.after, *e.or_else)] for e in change.edits if e.by is None
        ]
        got.setdefault(key, (by, set()))[1].update(tuple(sorted(values)) for values in product(*alternatives))
        assert got[key][0] == by
    assert got == expected


def brute(calculator, household, places, target, on):
    """For each minimal set of places the least change of the amount, and every choice of codes that goes with it."""
    members = household["members"]
    found = {}
    for size in range(len(places) + 1):
        if size > 3:
            break
        for chosen in combinations(places, size):
            if any(smaller <= set(chosen) for smaller in found):
                continue
            domains = []
            for n, name in chosen:
                if name != "monthly":
                    now = members[n].get(name, "none")
                    domains.append([code for code in codes(LISTS[name]) if code != now])
            plain = [place for place in chosen if place[1] != "monthly"]
            for values in product(*domains):
                made = completed(household, plain, values)
                least = None
                if len(plain) == len(chosen):
                    said = tried(calculator, made, on)
                    least = Decimal(0) if said is not None and has(said, target) else None
                else:
                    now = Decimal(members[0]["incomes"][0]["monthly"])
                    for amount in amounts(calculator, made, [(0, "monthly")], [[]], on):
                        said = tried(calculator, completed(made, [(0, "monthly")], [amount]), on)
                        if Decimal(amount) != now and said is not None and has(said, target):
                            apart = abs(Decimal(amount) - now)
                            least = apart if least is None else min(least, apart)
                if least is None:
                    continue
                key = frozenset(chosen)
                told = tuple(
                    sorted((f"/members/{n}/{name}", v) for (n, name), v in zip(plain, values, strict=True))
                )
                if key not in found or found[key][0] > least:
                    found[key] = (least, set())
                if found[key][0] == least:
                    found[key][1].add(told)
    return found


PENSION = """rule: pension-stated
title: {zh: 有养老金, en: Has a pension}
about: member
value: counted and any(item.kind == 'pension' and item.monthly > 0 for item in incomes)
basis: convention
confidence: high
"""
NOTICE = """notice: PENSION_STATED
when: any(member.pension_stated for member in members)
message: {zh: 有养老金, en: There is a pension.}
"""


def test_a_rule_that_looks_at_each_amount_of_a_list_leaves_the_changes_as_they_are(tmp_path: Path) -> None:
    """The records of such a list stand for themselves, not for sums; a change may add none for nothing."""
    (tmp_path / "pension.yaml").write_text(PENSION, encoding="utf-8")
    (tmp_path / "notice.yaml").write_text(NOTICE, encoding="utf-8")
    son = {"id": "son", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"}
    mother = {"id": "mother", "relationship": "applicant", "birth_date": "1978-03-02"}
    mother |= {"marital_status": "widowed", "incomes": [{"kind": "wages", "monthly": "2700.00"}]}
    household = {"id": "H", "members": [mother, son]}
    bundled, own = (
        Calculator(policies=policies).why_not(household, on=date(2019, 5, 1), target="low_income")
        for policies in (None, tmp_path)
    )
    assert len(own.changes) == len(bundled.changes)
    assert [c.monthly_total for c in own.changes] == [c.monthly_total for c in bundled.changes]
    assert [edit.path for c in own.changes for edit in c.edits] == [
        edit.path for c in bundled.changes for edit in c.edits
    ]
    (given_,) = (c for c in own.changes if c.edits[0].path == "/members/1/incomes")
    assert [record["monthly"] for record in given_.edits[0].after] == ["460.00"]
