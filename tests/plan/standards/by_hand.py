"""The standards worked out by hand, in plain Python over what was stated: an independent reading of the plan.

``None`` is not known; a number is what is wanting, 0 where the standard is met; ``"n/a"`` where it does not apply.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any


def _lacking(of: dict[str, Any], *names: str) -> int | None:
    values = [of.get(name) for name in names]
    return None if None in values else sum(not value for value in values)


def of_community(c: dict[str, Any], day: str) -> dict[str, Any]:
    found: dict[str, Any] = {"space-for-households": None}
    if "households" in c and "service_space" in c:
        found["space-for-households"] = max(0, ceil(Fraction(c["households"] * 30, 100) - c["service_space"]))
    if day < "2021-01-01":
        return found
    renovated = c.get("centre_renovated")
    rooms = _lacking(c, "youth_home", "childrens_home", "science_centre")
    found["function-rooms"] = None if renovated is None else rooms if renovated else "n/a"
    found["sub-committee-coverage"] = _lacking(c, "sub_committees")
    found["charter-and-covenant"] = _lacking(c, "charter", "covenant")
    found["one-shoulder"] = _lacking(c, "secretary_is_director")
    grids = c.get("grids"), c.get("staffed_grids")
    found["grid-staffing"] = None if None in grids else max(0, grids[0] - grids[1])
    found["sports-coverage"] = _lacking(c, "sports_organisation")
    found["community-doctors"] = _lacking(c, "general_practitioner", "community_doctor")
    found["family-doctor-coverage"] = _lacking(c, "family_doctors")
    return found


def of_district(d: dict[str, Any], day: str) -> dict[str, Any]:
    if day < "2021-01-01":
        return {}
    communities = d.get("communities", [])

    def of_all(name: str) -> list[Any] | None:
        values = [c.get(name) for c in communities]
        return values if values and None not in values else None

    def wanting(name: str, target: int) -> int | None:
        return None if name not in d else max(0, target - d[name])

    found: dict[str, Any] = {}
    counts = of_all("social_organisations")
    found["average-organisations"] = None if counts is None else max(0, 10 * len(counts) - sum(counts))
    homes = of_all("childrens_home")
    found["childrens-homes"] = (
        None if homes is None else max(0, ceil(Fraction(9 * len(homes), 10) - sum(homes)))
    )
    found["beds-for-elders"] = None
    if "elders" in d and "elder_beds" in d:
        found["beds-for-elders"] = max(0, ceil(Fraction(d["elders"] * 35, 1000) - d["elder_beds"]))
    found["elder-homes"] = wanting("new_elder_homes", 5)
    found["elder-education"] = wanting("elder_education_centres", 9)
    bases = of_all("education_base")
    found["education-bases"] = None if bases is None else max(0, 114 - sum(bases))
    found["fitness-gardens"] = wanting("new_fitness_gardens", 5)
    found["fitness-centres"] = wanting("new_street_fitness_centres", 1)
    return found
