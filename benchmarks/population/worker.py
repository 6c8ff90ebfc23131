"""What the sides have in common: the figures compared, and a process that answers ``run.py``, one JSON line each."""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import sys
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np

ON = "2020-11-01"
"""The date of the assessment."""
STANDARD, RELIEF = 101_000, 30_300
"""In force then, in fen."""
FIGURES = (
    "programme", "counted_members", "income", "widowed_single_parent_deduction", "divorced_single_parent_deduction",
    "listed_disease_deduction", "severe_disability_deduction", "countable_income", "dibao_gap", "elder_supplement",
    "orphan_student_supplement", "low_income_relief", "monthly_total",
)  # fmt: skip
"""What every side works out for each household, in fen; ``programme`` as 0 dibao, 1 low income, 2 none."""
COUNTED_KINDS = ("wages", "business", "property", "transfer", "pension", "residents_basic_pension")
SEVERE_KINDS = ("visual", "physical", "intellectual", "mental")
LEVELS = ("primary", "junior_secondary", "senior_secondary", "vocational", "undergraduate")
ORPHANS = ("scattered_orphan", "de_facto_unsupported")
LISTED = (
    "uremia", "kidney_transplant", "leukemia", "gaucher_disease", "heart_transplant", "liver_transplant",
    "lung_transplant", "bone_marrow_transplant", "malignant_tumor", "hemophilia", "aplastic_anemia",
    "mdr_tuberculosis", "hemiplegia", "lupus_erythematosus", "heart_valve_replacement",
)  # fmt: skip

Route = Callable[[], Any]


def digests(figures: Sequence[Any]) -> dict[str, str]:
    """Each column of figures as a digest: two sides agree where these do."""
    columns = (np.ascontiguousarray(column, np.int64) for column in figures)
    return {
        name: hashlib.sha256(column.tobytes()).hexdigest()[:16]
        for name, column in zip(FIGURES, columns, strict=True)
    }


def serve(
    version: str, routes: Mapping[str, Route], figures: Mapping[str, Callable[[Any], Sequence[Any]]]
) -> None:
    """Answer until the input ends.

    Args:
        version: the package and its version.
        routes: what is timed, by name; the data is ready.
        figures: for each route, what it gave as columns of figures, to be compared.

    """
    for line in sys.stdin:
        asked = json.loads(line)
        answer: object
        if asked == "check":
            answer = {name: digests(figures[name](route())) for name, route in routes.items()}
        elif asked == "time":
            answer = {name: timed(route) for name, route in routes.items()}
        else:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            answer = {"version": version, "peak": peak}
        print(json.dumps(answer), flush=True)


def timed(route: Route) -> float:
    """Seconds of one run, right after another: of the first, virtual machines take a part to find the memory for it."""
    route()
    gc.collect()
    start = perf_counter()
    route()
    return perf_counter() - start
