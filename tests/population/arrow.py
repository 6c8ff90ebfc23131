"""Households as they stand in JSON, as a batch with the plainest column types."""

import copy

import pyarrow as pa

MEMBER = pa.struct(
    [
        *((name, pa.string()) for name in ("id", "relationship", "birth_date", "parent", "marital_status",
                                           "schooling", "guardianship", "absence", "self_care", "living_arrangement",
                                           "destitute_support", "university_admission")),
        ("illnesses", pa.list_(pa.string())),
        ("disabilities", pa.list_(pa.struct([("kind", pa.string()), ("grade", pa.int64())]))),
        ("incomes", pa.list_(pa.struct([("kind", pa.string()), ("monthly", pa.string())]))),
    ]
)  # fmt: skip
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("members", pa.list_(MEMBER)),
        ("receives_family_planning_support", pa.bool_()),
        ("childless", pa.bool_()),
        ("hardship_recognized", pa.bool_()),
    ]
)


def batch(households) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(
        [with_text_amounts(household) for household in households], schema=SCHEMA
    )


def with_text_amounts(household):
    household = copy.deepcopy(household)
    for member in household.get("members") or ():
        for income in (member or {}).get("incomes") or ():
            if income is not None and income.get("monthly") is not None:
                income["monthly"] = str(income["monthly"])
    return household
