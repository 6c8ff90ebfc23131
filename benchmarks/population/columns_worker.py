"""Our side, and by its side what hand-written code does with the very same columns: C, and NumPy.

    python columns_worker.py REGISTER FOLDER

Writes the columns into FOLDER for the sides that have no lists.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy_rules
import pyarrow as pa
from worker import COUNTED_KINDS, FIGURES, LEVELS, LISTED, ON, ORPHANS, RELIEF, SEVERE_KINDS, STANDARD, serve

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.engines.columnar.columns import Columns, ListColumn, code_positions
from hongqiao_rules.population import assess
from hongqiao_rules.population.assessor import CHUNK, Assessor
from hongqiao_rules.population.read import arrow_amounts
from hongqiao_rules.population.read.sources import Source

HERE = Path(__file__).resolve().parent
DAY = int(ON.replace("-", ""))


class Facts(ctypes.Structure):
    """The columns of a chunk, as plan.c has them."""

    _fields_ = [
        (name, ctypes.c_void_p)
        for name in (
            "offsets", "parent", "birth", "marital", "schooling", "guardianship", "absence", "income_offsets",
            "monthly", "illness_offsets", "disability_offsets", "grade", "income_kind", "illness", "disability_kind",
            "family_planning", "childless", "hardship",
        )
    ]  # fmt: skip


class Rules(ctypes.Structure):
    """The parameters and tables, as plan.c has them."""

    _fields_ = [
        *((name, ctypes.c_int64) for name in ("standard", "relief", "day")),
        *((name, ctypes.c_uint8 * 128) for name in ("counted_kind", "listed", "severe", "level", "orphan")),
        *((name, ctypes.c_int8) for name in ("kindergarten", "married", "widowed", "divorced", "present")),
    ]


def facts(columns: Columns) -> dict[str, np.ndarray]:
    """The columns by the names of plan.c."""
    each, root = columns.each, columns.root
    lists = {name: each[name] for name in ("incomes", "illnesses", "disabilities")}
    assert all(isinstance(column, ListColumn) for column in lists.values())
    incomes, illnesses, disabilities = lists.values()
    return {
        "offsets": columns.offsets, "parent": columns.points_at["parent"], "birth": each["birth_date"],
        "marital": each["marital_status"], "schooling": each["schooling"], "guardianship": each["guardianship"],
        "absence": each["absence"], "income_offsets": incomes.offsets, "monthly": incomes.fields["monthly"],
        "illness_offsets": illnesses.offsets, "disability_offsets": disabilities.offsets,
        "grade": disabilities.fields["grade"], "income_kind": incomes.fields["kind"], "illness": illnesses.fields[""],
        "disability_kind": disabilities.fields["kind"], "family_planning": root["receives_family_planning_support"],
        "childless": root["childless"], "hardship": root["hardship_recognized"],
    }  # fmt: skip


TYPES = {
    **dict.fromkeys(("marital", "schooling", "guardianship", "absence", "income_kind", "illness", "disability_kind"), np.int8),
    **dict.fromkeys(("family_planning", "childless", "hardship"), np.bool_),
    "birth": np.int32,
}  # fmt: skip


def pointers(columns: dict[str, np.ndarray]) -> Facts:
    """The same as C takes them; a column of another type would be read wrongly."""
    for name, column in columns.items():
        assert column.dtype == TYPES.get(name, np.int64), name
        assert column.flags.c_contiguous, name
    return Facts(*(columns[name].ctypes.data for name, _ in Facts._fields_))


def rules(positions: Any) -> Rules:
    """The rules with codes as their places."""
    found = Rules(STANDARD, RELIEF, DAY)
    for table, codes, named in (
        ("counted_kind", "income-kind", COUNTED_KINDS), ("listed", "illness", LISTED),
        ("severe", "disability-kind", SEVERE_KINDS), ("level", "schooling", LEVELS),
        ("orphan", "guardianship", ORPHANS),
    ):  # fmt: skip
        for name in named:
            getattr(found, table)[positions(codes)[name]] = 1
    found.kindergarten, found.present = positions("schooling")["kindergarten"], positions("absence")["none"]
    for name in ("married", "widowed", "divorced"):
        setattr(found, name, positions("marital-status")[name])
    return found


def compiled() -> Any:
    """plan.c, compiled for this machine."""
    made = Path(tempfile.mkdtemp()) / "plan.so"
    subprocess.run(
        ["cc", "-O3", "-march=native", "-shared", "-fPIC", "-o", made, HERE / "plan.c"], check=True
    )
    return ctypes.CDLL(str(made)).assess


def of_table(tables: list[pa.Table]) -> list[np.ndarray]:
    """The figures of the results."""
    whole = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
    found = []
    for name in FIGURES:
        column = pa.concat_arrays(whole[name].chunks)
        found.append(column.indices if name == "programme" else arrow_amounts.whole_numbers(column))
    return [np.asarray(column) for column in found]


register, folder = Path(sys.argv[1]), Path(sys.argv[2])
assessor = Assessor(Calculator(), date.fromisoformat(ON))
dated = assessor.layout.dated
batches = list(Source(register).batches())
table = pa.Table.from_batches(batches)
columns = [
    # Without the owners, which reading happens to have: all sides begin with the offsets.
    replace(assessor._reader.read(batch.slice(start, CHUNK), DAY).columns, owner=None)
    for batch in batches
    for start in range(0, len(batch), CHUNK)
]
plain = [facts(one) for one in columns]
for name in plain[0]:
    # From places in a chunk to places in the register; -1 stays.
    of = {"income_offsets": "monthly", "illness_offsets": "illness", "disability_offsets": "grade"}.get(
        name, "birth"
    )
    begins = np.cumsum([0, *(len(one[of]) for one in plain)])
    parts = [one[name] for one in plain]
    if name == "parent" or name.endswith("offsets"):
        parts = [np.where(part < 0, -1, part + begin) for part, begin in zip(parts, begins, strict=False)]
    if name.endswith("offsets"):
        parts = [*(part[:-1] for part in parts), begins[-1:]]
    np.save(folder / f"{name}.npy", np.concatenate(parts))
CODES = {
    "marital": "marital-status", "schooling": "schooling", "guardianship": "guardianship", "absence": "absence",
    "income_kind": "income-kind", "illness": "illness", "disability_kind": "disability-kind",
}  # fmt: skip
for name, codes in CODES.items():
    (folder / f"{name}.txt").write_text(" ".join(dated.linked.definitions.codes[codes].values), "utf-8")
loop, fixed = compiled(), rules(lambda name: code_positions(dated.linked.definitions.codes[name]))
pointed = [pointers(one) for one in plain]
outs = [np.empty((len(FIGURES), one.count), np.int64) for one in columns]


def by_loop() -> list[np.ndarray]:
    for one, given, out in zip(columns, pointed, outs, strict=True):
        loop(
            ctypes.c_int64(one.count),
            ctypes.byref(given),
            ctypes.byref(fixed),
            out.ctypes.data_as(ctypes.c_void_p),
        )
    return outs


def by_engine() -> list[np.ndarray]:
    """The figures into the same arrays as the loop's; whoever keeps new ones of all households measures the system's memory."""
    for one, out in zip(columns, outs, strict=True):
        found = assessor._engine.run(one, DAY)
        for number, name in enumerate(FIGURES):
            out[number] = found.sums[name] if name in found.sums else found.values[name]
    return outs


def by_numpy() -> list[np.ndarray]:
    for one, out in zip(plain, outs, strict=True):
        out[:] = numpy_rules.assess(one, fixed)
    return outs


def figures(found: list[np.ndarray]) -> list[np.ndarray]:
    return list(np.concatenate(found, axis=1))


serve(
    f"hongqiao_rules {version('hongqiao-rules')}",
    {
        "C loop": by_loop,
        "engine": by_engine,
        "NumPy": by_numpy,
        "table to table": lambda: [assessor.assess(batch).results for batch in batches],
        "population.assess, two cores": lambda: [assess(table, on=assessor.on).results],
    },
    {
        "C loop": figures,
        "engine": figures,
        "NumPy": figures,
        "table to table": of_table,
        "population.assess, two cores": of_table,
    },
)
