"""OpenFisca-Core's side, or that of PolicyEngine-Core, which was made from it: the same country package for both.

    python openfisca_worker.py FOLDER openfisca|policyengine REGISTER [OUTPUT]

The rules are those of ``benchmarks/single/openfisca_rules.py``. Fastest documented route: entities declared from whole
arrays, inputs set as whole arrays, each variable calculated once; building the simulation is part of the run. With OUTPUT the
route goes from the register's Parquet file to a Parquet file of results.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import register_columns
from worker import COUNTED_KINDS, FIGURES, LISTED, ON, serve

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
REGISTER, OUTPUT = Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None
codes = {path.stem: path.read_text("utf-8").split() for path in Path(sys.argv[1]).glob("*.txt")}


def summed(values: Any, offsets: Any) -> Any:
    """The sum of each segment."""
    running = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=running[1:])
    return np.diff(running[offsets])


def inputs(given: dict[str, Any]) -> dict[str, Any]:
    """The register in OpenFisca's own form, which has no lists and no references: amounts and grades a kind, counts."""
    owner = owners(given)
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


def owners(given: dict[str, Any]) -> Any:
    """For each member its household."""
    return np.repeat(np.arange(len(given["offsets"]) - 1), np.diff(given["offsets"]))


def simulated(stated: dict[str, Any], owner: Any) -> list[Any]:
    """The figures of ``worker.FIGURES``."""
    persons, households = np.arange(len(owner)), np.arange(len(stated["childless"]))
    builder = SimulationBuilder()
    builder.create_entities(PLAN)
    builder.declare_person_entity("person", persons)
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


def table(batches: list[pa.RecordBatch]) -> pa.Table:
    """From the register to a table of results: id and figures."""
    given = register_columns.columns(batches, codes)
    found = figures(simulated(inputs(given), owners(given)))
    ids = pa.chunked_array([batch.column("id") for batch in batches])
    return pa.table([ids, *map(pa.array, found)], names=["id", *FIGURES])


def of_table(found: pa.Table) -> list[Any]:
    return [found[name].to_numpy() for name in FIGURES]


def from_file_to_file() -> pa.Table:
    found = table(register_columns.read(REGISTER))
    pq.write_table(found, OUTPUT, compression="zstd", compression_level=1)
    return found


if OUTPUT is None:
    held = {path.stem: np.load(path) for path in Path(sys.argv[1]).glob("*.npy")}
    ready, whose, batches = inputs(held), owners(held), register_columns.read(REGISTER)
    routes = {
        "inputs ready": lambda: simulated(ready, whose),
        "columns given": lambda: simulated(inputs(held), whose),
        "table to table": lambda: table(batches),
    }
    compared = {"inputs ready": figures, "columns given": figures, "table to table": of_table}
else:
    routes, compared = {"file to file": from_file_to_file}, {"file to file": of_table}
NAME = {"openfisca_core": "OpenFisca-Core", "policyengine_core": "policyengine-core"}[CORE]
serve(f"{NAME} {version(NAME)}", routes, compared)
