"""OpenFisca-Core's side, or that of PolicyEngine-Core, which was made from it: the same country package for both.

    python openfisca_worker.py FOLDER openfisca|policyengine

The rules are those of ``benchmarks/single/openfisca_rules.py``. Fastest documented route: entities declared from whole
arrays, inputs set as whole arrays, each variable calculated once; building the simulation is part of the run.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from worker import COUNTED_KINDS, LISTED, ON, serve

CORE = "policyengine_core" if sys.argv[2] == "policyengine" else "openfisca_core"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "single"))
if CORE != "openfisca_core":
    for part in ("entities", "parameters", "taxbenefitsystems", "variables"):
        sys.modules[f"openfisca_core.{part}"] = import_module(f"{CORE}.{part}")
    sys.modules["openfisca_core"] = import_module(CORE)
    sys.modules["openfisca_core.indexed_enums"] = import_module(f"{CORE}.enums")
    periods = import_module(f"{CORE}.periods")
    sys.modules["openfisca_core.periods"] = SimpleNamespace(  # type: ignore[assignment]
        DateUnit=SimpleNamespace(MONTH=periods.MONTH, ETERNITY=periods.ETERNITY)
    )
import openfisca_rules as rules  # noqa: E402  # after its own imports lead to the core that was asked for

SimulationBuilder = import_module(f"{CORE}.simulations").SimulationBuilder
PLAN, MONTH = rules.Plan(), ON[:7]
given = {path.stem: np.load(path) for path in Path(sys.argv[1]).glob("*.npy")}
codes = {path.stem: path.read_text("utf-8").split() for path in Path(sys.argv[1]).glob("*.txt")}
sizes = np.diff(given["offsets"])
households = np.arange(len(sizes))
owner = np.repeat(households, sizes)


def summed(values: Any, offsets: Any) -> Any:
    """The sum of each segment."""
    running = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=running[1:])
    return np.diff(running[offsets])


def inputs() -> dict[str, Any]:
    """The register in OpenFisca's own form, which has no lists and no references: amounts and grades a kind, counts."""
    born = given["birth"].astype(np.int64)
    first = given["offsets"][:-1][owner]
    months = (born // 10000 - 1970) * 12 + born // 100 % 100 - 1
    found: dict[str, Any] = {
        "birth_date": months.astype("datetime64[M]").astype("datetime64[D]") + (born % 100 - 1),
        "parent": np.where(given["parent"] < 0, -1, given["parent"] - first),
    }
    for name, column in (
        ("absence", "absence"), ("schooling", "schooling"), ("guardianship", "guardianship"), ("marital_status", "marital"),
    ):  # fmt: skip
        known = [*codes[column], "not_stated" if name == "marital_status" else "none"]
        enum = PLAN.get_variable(name).possible_values
        found[name] = enum.encode(np.array(known))[given[column]]
    for kind in COUNTED_KINDS:
        held = given["income_kind"] == codes["income_kind"].index(kind)
        found[kind] = summed(given["monthly"] * held, given["income_offsets"])
    for kind in rules.DISABILITY_KINDS:
        held = given["disability_kind"] == codes["disability_kind"].index(kind)
        where = np.repeat(np.arange(len(owner)), np.diff(given["disability_offsets"]))[held]
        worst = np.full(len(owner), 5)
        np.minimum.at(worst, where, given["grade"][held])
        found[f"{kind}_grade"] = np.where(worst == 5, 0, worst)
    listed = np.isin(given["illness"], [codes["illness"].index(name) for name in LISTED])
    found["illnesses"] = np.diff(given["illness_offsets"])
    found["listed_illnesses"] = summed(listed, given["illness_offsets"])
    found["receives_family_planning_support"] = given["family_planning"]
    return found | {"childless": given["childless"], "hardship_recognized": given["hardship"]}


stated = inputs()
PERSONS = np.arange(len(owner))


def simulated(stated: dict[str, Any]) -> list[Any]:
    """The figures of ``worker.FIGURES``."""
    builder = SimulationBuilder()
    builder.create_entities(PLAN)
    builder.declare_person_entity("person", PERSONS)
    household = builder.declare_entity("household", households)
    builder.join_with_persons(household, owner, np.array(["member"] * len(owner)))
    simulation = builder.build(PLAN)
    for name, values in stated.items():
        simulation.set_input(name, "ETERNITY" if name == "birth_date" else MONTH, values)
    found = []
    for name in ORDER:
        values = simulation.calculate(name, MONTH)
        if PLAN.get_variable(name).entity.is_person:
            values = simulation.populations["household"].sum(values)
        found.append(values)
    return found


ORDER = (
    "programme", "counted_members", "income", "widowed_deduction", "divorced_deduction", "disease_deduction",
    "disability_deduction", "countable_income", "dibao_gap", "elder_supplement", "orphan_supplement",
    "low_income_relief", "monthly_total",
)  # fmt: skip
PROGRAMMES = [list(rules.Programme).index(rules.Programme[name]) for name in ("dibao", "low_income", "none")]


def figures(found: list[Any]) -> list[Any]:
    """The figures with the programme as it is counted on all sides."""
    programme = np.asarray(found[0])
    if programme.dtype.kind not in "iu":
        programme = np.searchsorted(["dibao", "low_income", "none"], programme.astype(str))
        return [programme, *found[1:]]
    return [np.argsort(PROGRAMMES)[programme], *found[1:]]


NAME = {"openfisca_core": "OpenFisca-Core", "policyengine_core": "policyengine-core"}[CORE]
serve(
    f"{NAME} {version(NAME)}",
    {
        "inputs ready": lambda: simulated(stated),
        "columns given": lambda: simulated(inputs()),
    },
    {"inputs ready": figures, "columns given": figures},
)
