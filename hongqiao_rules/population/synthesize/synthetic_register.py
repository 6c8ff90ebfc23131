"""Make a synthetic register of Hongqiao from named figures with sources.

Each block of households has its own seed, so that a register of any size streams and two registers of different sizes
share their first households.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from hongqiao_rules.engines.columnar.vectors import owners
from hongqiao_rules.population.read.table_shapes import list_array
from hongqiao_rules.rulebook.definitions import ordinal
from hongqiao_rules.rulebook.load import bundled_rulebook
from hongqiao_rules.text.catalogue import Phrase

BLOCK = 16_384
"""Households made from one seed."""

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Figure(NamedTuple):
    """A figure behind the register, and whether a source states it or it was chosen."""

    name: Phrase
    value: Phrase | str
    origin: Phrase


def _figure(key: str, origin: str, value: str | None = None) -> Figure:
    shown = Phrase(f"synthetic.{key}.value") if value is None else value
    return Figure(Phrase(f"synthetic.{key}"), shown, Phrase(f"synthetic.{origin}"))


FIGURES = (
    _figure("children", "census", "10.54%"),
    _figure("sixty", "census", "30.73%"),
    _figure("sixty_five", "census", "20.47%"),
    _figure("size", "size.origin"),
    _figure("kinds", "chosen"),
    _figure("marriage", "chosen"),
    _figure("standard", "standard.origin"),
    _figure("near_lines", "near_lines.origin", "45%"),
    _figure("pension", "chosen"),
    _figure("basic_pension", "chosen"),
    _figure("earning", "chosen"),
    _figure("another_income", "chosen"),
    _figure("studying", "chosen"),
    _figure("illness", "chosen"),
    _figure("disability", "chosen"),
    _figure("absent", "chosen"),
    _figure("orphans", "chosen"),
    _figure("recognised", "chosen"),
)
"""Every figure behind the register."""

KINDS: tuple[tuple[float, int, int, str], ...] = (
    (0.10, 25, 59, "A"),
    (0.11, 60, 78, "A"),
    (0.09, 25, 59, "AS"),
    (0.20, 60, 75, "AS"),
    (0.22, 27, 59, "ASC"),
    (0.03, 32, 52, "ASCC"),
    (0.06, 27, 56, "AC"),
    (0.08, 32, 58, "ASCP"),
    (0.06, 32, 59, "AP"),
    (0.02, 32, 55, "APP"),
    (0.02, 58, 76, "AG"),
    (0.02, 16, 24, "A"),
)
"""Kinds of household: weight, least and greatest age of the applicant, and one letter for each member (:data:`_ROLES`)."""

_ROLES = {"A": "applicant", "S": "spouse", "C": "child", "P": "parent", "G": "grandchild"}
_GAP = {"A": (0, 1), "S": (-5, 4), "C": (-40, -22), "P": (22, 34), "G": (-66, -48)}
"""Age difference to the applicant in years: least, and the first beyond."""


class Register:
    """A synthetic register.

    Args:
        seed: equal seeds and dates give equal registers.
        on: the date for ages, and for the dibao standard around which incomes are drawn.
    """

    def __init__(self, seed: int, on: date) -> None:
        definitions = bundled_rulebook().definitions
        self.seed, self.on = seed, on
        self.codes = {name: list(codes.values) for name, codes in definitions.codes.items()}
        day = ordinal(on)
        standard = bundled_rulebook().linked(()).parameters["dibao_standard"].on(day)
        self.standard = int(standard.value) if standard is not None else 100_000

    def batches(self, households: int) -> Iterator[pa.RecordBatch]:
        """Yield *households* rows in batches of at most :data:`BLOCK`, with ids from ``HQ-000000001`` on."""
        for number, start in enumerate(range(0, households, BLOCK)):
            yield self.block(number).slice(0, min(BLOCK, households - start))

    @property
    def schema(self) -> pa.Schema:
        """The columns of a register."""
        return self.block(0).schema

    def groups(self, households: int) -> Iterator[list[pa.RecordBatch]]:
        """Yield the same batches in groups, one for each row group of a file."""
        group: list[pa.RecordBatch] = []
        for batch in self.batches(households):
            group.append(batch)
            if len(group) == 16:
                yield group
                group = []
        if group:
            yield group

    def block(self, number: int) -> pa.RecordBatch:
        """Block *number* of the register: :data:`BLOCK` households."""
        rng = np.random.default_rng([self.seed, number])
        weights = np.array([kind[0] for kind in KINDS])
        kind = rng.choice(len(KINDS), BLOCK, p=weights / weights.sum())
        sizes = np.array([len(k[3]) for k in KINDS])[kind]
        offsets = np.zeros(BLOCK + 1, np.int64)
        np.cumsum(sizes, out=offsets[1:])
        members = self._members(rng, kind, offsets)
        first = number * BLOCK + 1
        ids = pa.array([f"HQ-{row:09}" for row in range(first, first + BLOCK)])
        elder = np.isin(kind, [1, 3])
        facts = [rng.random(BLOCK) < 0.02, elder & (rng.random(BLOCK) < 0.2), rng.random(BLOCK) < 0.02]
        names = ["receives_family_planning_support", "childless", "hardship_recognized"]
        return pa.RecordBatch.from_arrays(
            [ids, list_array(offsets, members), *map(pa.array, facts)], ["id", "members", *names]
        )

    def _members(self, rng: np.random.Generator, kind: Ints, offsets: Ints) -> pa.StructArray:
        owner = owners(offsets)
        count, place = len(owner), np.arange(len(owner)) - offsets[:-1].take(owner)
        role = np.array([list(k[3].ljust(4)) for k in KINDS])[kind[owner], place]
        low, high = (np.array([k[number] for k in KINDS])[kind] for number in (1, 2))
        applicant = rng.integers(low, high + 1)
        least, most = (np.array([_GAP[r][end] for r in sorted(_GAP)]) for end in (0, 1))
        which = np.searchsorted(sorted(_GAP), role)
        gap = rng.integers(least[which], most[which])
        age = np.maximum(applicant[owner] + gap, 0)
        married = np.array(["S" in k[3] for k in KINDS])[kind[owner]] & ((role == "A") | (role == "S"))
        status = np.where(
            married, "married",
            np.where(age >= 60, rng.choice(["widowed", "widowed", "divorced", "never_married"], count),
                     rng.choice(["divorced", "divorced", "widowed", "never_married", "separated"], count)),
        )  # fmt: skip
        status = np.where(role == "C", "never_married", status)
        born = self._born(rng, age)
        levels = np.searchsorted([3, 6, 12, 15, 18, 23], age, side="right")
        schooling = np.array(
            [
                "none",
                "kindergarten",
                "primary",
                "junior_secondary",
                "senior_secondary",
                "undergraduate",
                "none",
            ]
        )[levels]
        schooling = np.where((levels == 5) & (rng.random(count) < 0.4), "none", schooling)
        young = (age < 24) & (rng.random(count) < 0.02)
        orphan = np.where(young, rng.choice(["scattered_orphan", "de_facto_unsupported"], count), "none")
        away = (role != "A") & (rng.random(count) < 0.01)
        absence = np.where(away, rng.choice(["imprisoned", "conscript", "declared_missing"], count), "none")
        arrays = {
            "id": self._coded(place, [f"m{n}" for n in range(1, 5)]),
            "relationship": self._relationship(role),
            "birth_date": born,
            "parent": self._parents(role, place),
            "marital_status": self._named(status, "marital-status", age >= 18),
            "schooling": self._named(schooling, "schooling"),
            "guardianship": self._named(orphan, "guardianship"),
            "illnesses": self._illnesses(rng, count),
            "disabilities": self._disabilities(rng, count),
            "incomes": self._incomes(rng, owner, age, len(kind)),
            "absence": self._named(absence, "absence"),
        }
        return pa.StructArray.from_arrays(list(arrays.values()), list(arrays))

    def _relationship(self, role: npt.NDArray[np.str_]) -> pa.Array:
        letters = sorted(_ROLES)
        return self._coded(np.searchsorted(letters, role), [_ROLES[letter] for letter in letters])

    def _coded(self, positions: Ints, values: list[str]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(positions.astype(np.int32), values)

    def _named(self, values: npt.NDArray[np.str_], codes: str, stated: Bools | None = None) -> pa.Array:
        known = self.codes[codes]
        order = np.argsort(known)
        positions = order[np.searchsorted(np.array(known)[order], values)].astype(np.int32)
        mask = None if stated is None else ~stated
        return pa.DictionaryArray.from_arrays(pa.array(positions, mask=mask), known)

    def _parents(self, role: npt.NDArray[np.str_], place: Ints) -> pa.Array:
        """The ``parent`` column: the applicant is a child of the first parent; a grandchild's parent is not a member."""
        parent = np.roll((place == 1) & (role == "P"), -1)
        return pa.DictionaryArray.from_arrays(
            pa.array(np.ones(len(role), np.int32), mask=~parent), ["m1", "m2"]
        )

    def _born(self, rng: np.random.Generator, age: Ints) -> pa.Array:
        """Birth dates of members of these ages, uniform over the days of a year."""
        today = np.datetime64(self.on)
        # The last birthday was in the last 365 days, including the assessment date.
        days = (
            today.astype(np.int64)
            - np.floor(age * 365.2425).astype(np.int64)
            - rng.integers(0, 365, len(age))
        )
        return pa.array(days.astype(np.int32)).view(pa.date32())

    def _illnesses(self, rng: np.random.Generator, count: int) -> pa.Array:
        known = self.codes["illness"]
        number = np.where(rng.random(count) < 0.04, rng.choice([1, 1, 1, 2], count), 0)
        return self._list(number, self._coded(rng.integers(0, len(known), number.sum()), known))

    def _disabilities(self, rng: np.random.Generator, count: int) -> pa.Array:
        known = self.codes["disability-kind"]
        number = np.where(rng.random(count) < 0.06, rng.choice([1, 1, 1, 1, 2], count), 0)
        total = int(number.sum())
        kinds = self._coded(rng.integers(0, len(known), total), known)
        grades = pa.array(rng.integers(1, 5, total).astype(np.int8))
        return self._list(number, pa.StructArray.from_arrays([kinds, grades], ["kind", "grade"]))

    def _incomes(self, rng: np.random.Generator, owner: Ints, age: Ints, households: int) -> pa.Array:
        count, known = len(owner), self.codes["income-kind"]
        near = (rng.random(households) < 0.45)[owner]
        pension = (age >= 60) & (rng.random(count) < 0.75)
        basic = (age >= 60) & ~pension & (rng.random(count) < 0.6)
        earning = (age >= 20) & (age < 60) & (rng.random(count) < 0.7)
        extra = (age >= 16) & (rng.random(count) < 0.06)
        wide = np.stack([pension, basic, earning, extra], axis=1)
        lines = self.standard * rng.choice([0.5, 1.0, 1.5, 2.0, 3.0, 4.5], count)
        turning = (lines + rng.choice([-100, -1, 0, 1, 100], count)).astype(np.int64)
        spread = rng.integers(0, 4 * self.standard, count)
        nearby = np.where(rng.random(count) < 0.2, turning, spread)
        amounts = np.stack(
            [
                np.where(near, nearby, rng.integers(220_000, 420_000, count)),
                np.full(count, 30_700),
                np.where(near, nearby, rng.integers(150_000, 900_000, count)),
                rng.integers(5_000, 120_000, count),
            ],
            axis=1,
        )
        other = rng.integers(0, len(known), count)
        kinds = np.stack(
            [
                np.full(count, known.index("pension")), np.full(count, known.index("residents_basic_pension")),
                np.where(other % 5, known.index("wages"), known.index("business")), other,
            ],
            axis=1,
        )  # fmt: skip
        fen = amounts[wide]
        halves = np.stack([fen, np.zeros_like(fen)], axis=1)
        monthly = pa.Array.from_buffers(pa.decimal128(9, 2), len(fen), [None, pa.py_buffer(halves)])
        items = pa.StructArray.from_arrays([self._coded(kinds[wide], known), monthly], ["kind", "monthly"])
        return self._list(wide.sum(axis=1), items)

    def _list(self, lengths: Ints, items: pa.Array) -> pa.Array:
        offsets = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        return list_array(offsets, items)
