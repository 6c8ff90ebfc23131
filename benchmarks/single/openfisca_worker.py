"""OpenFisca-Core's side of the benchmark; run in an environment that has it."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.metadata import version

from openfisca_core.simulations import SimulationBuilder
from openfisca_rules import COUNTED_KINDS, LISTED, NAMES, Plan
from worker import ON, serve

PLAN, MONTH = Plan(), ON[:7]


def calculated(text: str, *, trace: bool) -> str:
    """The documented way for one household: a situation in, a simulation built of it, each variable asked for."""
    simulation = SimulationBuilder().build_from_entities(PLAN, json.loads(text))
    simulation.trace = trace
    found = {}
    for name in NAMES:
        values = simulation.calculate(name, MONTH)
        found[name] = (values.decode_to_str() if name == "programme" else values).tolist()
    if trace:
        found["trace"] = simulation.tracer.get_serialized_flat_trace()
    return json.dumps(found, default=str)  # the trace has dates


def situation(household: dict) -> str:
    """The household in OpenFisca's own form; what was not stated is left to its defaults."""
    members = household["members"]
    position = {member["id"]: number for number, member in enumerate(members)}
    applicant = next(number for number, member in enumerate(members) if member["relationship"] == "applicant")
    persons = {}
    for member in members:
        said: dict[str, object] = {"birth_date": {"ETERNITY": member["birth_date"]}}
        parent = position.get(member.get("parent"), applicant if member["relationship"] == "child" else -1)
        stated: dict[str, object] = {"parent": parent}
        for name in ("absence", "marital_status", "schooling", "guardianship"):
            if name in member:
                stated[name] = member[name]
        for income in member.get("incomes", ()):
            if income["kind"] in COUNTED_KINDS:
                stated[income["kind"]] = stated.get(income["kind"], 0) + int(Decimal(income["monthly"]) * 100)
        for disability in member.get("disabilities", ()):
            name = f"{disability['kind']}_grade"
            stated[name] = min(stated.get(name, 4), disability["grade"])
        if illnesses := member.get("illnesses"):
            stated |= {"illnesses": len(illnesses), "listed_illnesses": len(LISTED.intersection(illnesses))}
        persons[member["id"]] = said | {name: {MONTH: value} for name, value in stated.items()}
    flags = {name: {MONTH: value} for name, value in household.items() if isinstance(value, bool)}
    home = {"members": list(persons), **flags}
    return json.dumps({"persons": persons, "households": {household["id"]: home}})


def amounts(result: dict) -> dict[str, object]:
    found = {shown: sum(result[name]) for name, shown in NAMES.items() if name != "programme"}
    always = ("counted_members", "income", "countable_income", "monthly_total")
    kept = {name: amount for name, amount in found.items() if amount or name in always}
    return kept | {"programme": result["programme"][0]}


if __name__ == "__main__":
    routes = {
        "without trace": lambda text: calculated(text, trace=False),
        "with trace": lambda text: calculated(text, trace=True),
    }
    serve(f"OpenFisca-Core {version('OpenFisca-Core')}", routes, situation, amounts)
