"""Registers, services and referrals worked out by hand: a second reading of the plan, apart from the rulebook.

Written from the words of the plan in plain Python; it shares nothing with the package but the household's JSON.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracle import age

Entries = list[tuple[str, str | None]]
FOURTEENTH = date(2021, 1, 1)
"""The first day of the period of the plan."""
UNSUPPORTED = ("scattered_orphan", "de_facto_unsupported")


def entries(
    household: dict[str, Any], on: date, readings: dict[str, str], programme: str
) -> tuple[Entries, Entries, Entries]:
    """The registers, services and referrals of a household that is in *programme*."""
    members = [m for m in household["members"] if m.get("absence", "none") == "none"]
    registers = [
        (rule, m["id"])
        for rule, holds in _REGISTERS.items()
        for m in members
        if holds(m, on, readings.get("visit-scope") == "in-difficulty" and programme == "none")
    ]
    visited = {member for _, member in registers}
    ordered: Entries = [*registers]
    if programme == "dibao" and on >= FOURTEENTH:
        ordered.append(("review-dibao-household", None))
    services: Entries = [
        ("elder-services", m["id"]) for m in members if programme != "none" and _elder(m, on, readings)
    ]
    if on >= FOURTEENTH:
        services += [("life-service-centre", m["id"]) for m in members if m["id"] in visited]
    hardship = readings.get("difficult-family") == "recognized-too" and household.get("hardship_recognized")
    referrals: Entries = [
        ("study-aid-referral", m["id"])
        for m in members
        if m.get("university_admission") == "this_year" and (programme != "none" or hardship)
    ]
    referrals += [
        ("orphan-aid-referral", m["id"])
        for m in members
        if m.get("guardianship") in UNSUPPORTED and age(m, on) < 18
    ]
    return ordered, services, referrals


def _ill(m: dict[str, Any], on: date, passed_over: bool) -> bool:
    return on >= FOURTEENTH and not passed_over and bool(m.get("illnesses"))


def _disabled(m: dict[str, Any], on: date, passed_over: bool) -> bool:
    four = ("visual", "physical", "intellectual", "mental")
    severe = any(d["kind"] in four and d["grade"] in (1, 2) for d in m.get("disabilities", ()))
    return on >= FOURTEENTH and not passed_over and severe


_REGISTERS = {
    "visit-scattered-orphan": lambda m, _on, _over: m.get("guardianship") == "scattered_orphan",
    "visit-unsupported-child": lambda m, on, _over: (
        m.get("guardianship") == UNSUPPORTED[1] and age(m, on) < 18
    ),
    "visit-scattered-destitute": lambda m, on, _over: (
        on >= FOURTEENTH and m.get("destitute_support") == "scattered"
    ),
    "visit-severe-illness": _ill,
    "visit-severe-disability": _disabled,
}


def _elder(m: dict[str, Any], on: date, readings: dict[str, str]) -> bool:
    lives, cares = m.get("living_arrangement"), m.get("self_care")
    old = 60 if readings.get("advanced-age") == "every-elder" else 80
    empty = ("alone",) if readings.get("empty-nest") == "alone-only" else ("alone", "with_spouse_only")
    lost = ("dependent", "partly_dependent") if readings.get("incapacity") == "partly-too" else ("dependent",)
    return age(m, on) >= 60 and (age(m, on) >= old or lives in empty or cares in lost)
