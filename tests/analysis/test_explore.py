"""Bounds, and what still matters, against every completion of a household, one by one through the direct engine."""

import os
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from hongqiao_rules import Calculator, HouseholdError
from hongqiao_rules.analysis.explore import explore
from hongqiao_rules.testing import BIRTHDAYS, codes

EXAMPLES = 240 if os.getenv("CI") else 40
MOST = 2500
"""Completions of one household that are looked at."""
QUESTIONS = (
    (date(2019, 5, 1), {}, ()),
    (date(2020, 2, 29), {"disease-and-disability": "higher", "single-parent-scope": "all-others"}, ()),
    (date(2021, 3, 1), {"deduction-unit": "household", "disease-pairing": "tiered"}, ()),
    (date(2025, 9, 1), {"student-scope": "unsupported-only"}, ("tianjin-notice-2020",)),
)
ILLNESSES = ("uremia", "malignant_tumor", "epilepsy", "other_major_illness")
DISABILITIES = ({"kind": "visual", "grade": 1}, {"kind": "hearing", "grade": 2}, {"kind": "mental", "grade": 3},
                {"kind": "speech", "grade": 4})  # fmt: skip
LISTS = {"marital_status": "marital-status", "schooling": "schooling", "guardianship": "guardianship",
         "absence": "absence"}  # fmt: skip


def subsets(items):
    return [[item for item, taken in zip(items, picked, strict=True) if taken]
            for picked in product((False, True), repeat=len(items))]  # fmt: skip


def birth_dates(household, on):
    """Days of birth on both sides of every day at which something turns."""
    turning = [
        date.fromisoformat(m["birth_date"]) for m in household["members"] if m["birth_date"] != "unknown"
    ]
    for years in BIRTHDAYS:
        leap = on.month == 2 and on.day == 29
        turning.append(
            date(on.year - years, on.month, 28) + timedelta(days=1)
            if leap
            else on.replace(year=on.year - years)
        )
    found = {day + timedelta(days=step) for day in turning for step in (-1, 0, 1)}
    return sorted(day.isoformat() for day in found if day <= on)


def finite(name, household, on):
    if name in LISTS:
        return codes(LISTS[name])
    if name == "birth_date":
        return birth_dates(household, on)
    return {"illnesses": subsets(ILLNESSES), "disabilities": subsets(DISABILITIES)}.get(name, [False, True])


def completed(household, places, values):
    made = {**household, "members": [dict(member) for member in household["members"]]}
    for (who, name), value in zip(places, values, strict=True):
        inside = made if who is None else made["members"][who]
        if name == "monthly":
            inside["incomes"] = [{**inside["incomes"][0], "monthly": value}, *inside["incomes"][1:]]
        elif name == "incomes" and isinstance(value, str):
            inside["incomes"] = [{"kind": "wages", "monthly": value}]
        else:
            inside[name] = value
    return made


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02}"


def tried(calculator, household, on):
    try:
        return calculator.assess(household, on)
    except HouseholdError:
        return None


def amounts(calculator, household, places, domains, on):
    """Every amount at which some completion turns, and the fen beside it."""
    found = {0, 999_999_999}
    amount = [name in ("monthly", "incomes") for _, name in places]
    for values in product(
        *(["0"] if is_amount else domain for is_amount, domain in zip(amount, domains, strict=True))
    ):
        said = tried(calculator, completed(household, places, values), on)
        if said is None:
            continue
        taken = sum(line.amount for line in said.deductions) - said.income
        for line in (said.standard * said.counted_members, said.standard * said.counted_members * 3 / 2):
            found |= {int((line + taken) * 100) + step for step in (-1, 0, 1)}
            found |= {int(-said.income * 100)}
    return [yuan(fen) for fen in sorted(found) if 0 <= fen <= 999_999_999]


def some_household(random, on):
    """A household of one to three members near the lines, and two or three places in it to be unknown."""
    fields = [
        "birth_date",
        "marital_status",
        "schooling",
        "guardianship",
        "absence",
        "illnesses",
        "disabilities",
    ]
    size = random.choice((1, 2, 2, 3))
    members = []
    for number in range(size):
        years = random.choice((2, 9, 20, 59, 61)) if number else random.choice((17, 40, 61))
        income = (
            yuan(random.randrange(0, 400_000)) if random.random() < 0.3 else str(random.randrange(0, 3000))
        )
        member = {
            "id": f"m{number}",
            "relationship": random.choice(("child", "other", "parent")) if number else "applicant",
            "birth_date": on.replace(day=1, year=on.year - years).isoformat(),
            "marital_status": random.choice(codes("marital-status")),
            "schooling": random.choice(codes("schooling")),
            "guardianship": random.choice(codes("guardianship")),
            "illnesses": random.choice(([], ["uremia"], ["epilepsy"])),
            "disabilities": random.choice(([], [DISABILITIES[0]], [DISABILITIES[1]])),
            "incomes": [{"kind": random.choice(("wages", "pension", "scholarship")), "monthly": income}]
            if random.random() < 0.8 else [],
        }  # fmt: skip
        if number and member["birth_date"] < members[0]["birth_date"] and member["relationship"] == "child":
            member["relationship"] = "other"
        members.append(member)
    household = {"id": "H", "members": members, "childless": random.random() < 0.5}
    possible = [(None, name) for name in ("childless", "hardship_recognized")]
    possible += [(number, name) for number in range(size) for name in fields]
    places = random.sample(possible, random.choice((1, 2)))
    who = random.randrange(size)
    if random.random() < 0.7:
        places = [(who, "monthly" if members[who]["incomes"] else "incomes"), *places]
    return household, places


def hidden(household, places):
    unknown = completed(
        household, [p for p in places if p[1] != "incomes"], ["unknown" for p in places if p[1] != "incomes"]
    )
    for who, name in places:
        if name == "incomes":
            unknown["members"][who]["incomes"] = "unknown"
    return unknown


def domains_of(calculator, household, places, on):
    domains = [[] if name in ("monthly", "incomes") else finite(name, household, on) for _, name in places]
    for number, (_, name) in enumerate(places):
        if name in ("monthly", "incomes"):
            domains[number] = amounts(calculator, household, places, domains, on)
    return domains


def compare(seed):
    """One comparison; how many different results the completions of the household come to."""
    random = Random(seed)
    on, readings, overlays = random.choice(QUESTIONS)
    calculator = Calculator(readings=readings, overlays=overlays)
    whole, places = some_household(random, on)
    household = hidden(whole, places)
    domains = domains_of(calculator, household, places, on)
    combinations = list(product(*domains))
    if len(combinations) > MOST:
        return 0
    table = {}
    for values in combinations:
        said = tried(calculator, completed(household, places, values), on)
        if said is not None:
            table[tuple(map(str, values))] = (said.monthly_total, said.programme)
    if not table:
        with pytest.raises(HouseholdError):
            explore(calculator, household, on)
        return 0
    found = explore(calculator, household, on)
    totals = [total for total, _ in table.values()]
    assert (found.least.monthly_total, found.greatest.monthly_total) == (min(totals), max(totals))
    assert set(found.programmes) == {programme for _, programme in table.values()}
    assert found.decided == (len(set(table.values())) == 1)
    for bound in (found.least, found.greatest):
        assert calculator.assess(bound.household, on).monthly_total == bound.monthly_total
    for place, unknown in zip(places, ordered(found, places), strict=True):
        number = places.index(place)
        groups, shared = {}, {}
        for values, result in table.items():
            groups.setdefault(values[:number] + values[number + 1 :], []).append(result)
            shared.setdefault(values[number], []).append(result[0])
        assert unknown.matters == any(len(set(results)) > 1 for results in groups.values()), place
        spans = [[total for total, _ in results] for results in groups.values()]
        assert unknown.alone == max(max(span) - min(span) for span in spans), place
        if unknown.matters:
            assert unknown.leaves == max(max(span) - min(span) for span in shared.values()), place
    return len(set(table.values()))


@pytest.mark.parametrize("part", range(4))
def test_bounds_are_those_of_every_completion(part):
    compared = [compare(seed) for seed in range(part, EXAMPLES, 4)]
    assert sum(results > 1 for results in compared) > EXAMPLES // 20


def ordered(found, places):
    """The unknowns of a result, in the order of *places*."""
    by_path = {unknown.path: unknown for unknown in found.unknowns}
    for who, name in places:
        tail = "incomes/0/monthly" if name == "monthly" else name
        yield by_path[f"/{tail}" if who is None else f"/members/{who}/{tail}"]
