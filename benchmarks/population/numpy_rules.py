"""The plan's rules in bare NumPy, as somebody would write them by hand for a chunk of columns."""

from __future__ import annotations

from typing import Any

import numpy as np


def sums(values: Any, offsets: Any) -> Any:
    """The sum of each segment."""
    running = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=running[1:])
    return np.diff(running[offsets])


def table(entries: Any) -> Any:
    """A table of codes; what was not stated (-1) finds the last entry, which is false."""
    return np.array(entries, np.bool_)


def assess(f: dict[str, Any], r: Any) -> Any:
    """The figures of a chunk, a row each, in the order of ``worker.FIGURES``."""
    offsets = f["offsets"]
    here = f["absence"] == r.present
    counted = sums(here, offsets)
    kinds = table(r.counted_kind)[f["income_kind"]]
    income = sums(sums(f["monthly"] * kinds, f["income_offsets"]) * here, offsets)
    listed = here & (sums(table(r.listed)[f["illness"]], f["illness_offsets"]) > 0)
    severe = table(r.severe)[f["disability_kind"]] & (f["grade"] <= 2)
    disabled = here & (sums(severe, f["disability_offsets"]) > 0)
    ailing = here & ((np.diff(f["illness_offsets"]) > 0) | (np.diff(f["disability_offsets"]) > 0))
    difference = r.day - f["birth"]
    old = here & (difference >= 600000)
    small = (f["schooling"] == r.kindergarten) & (difference >= 30000)
    pupil = here & (table(r.level)[f["schooling"]] | small)
    orphan = pupil & table(r.orphan)[f["guardianship"]]
    parent = f["parent"][pupil & (f["parent"] >= 0)]
    parent = parent[here[parent]]
    home, status = np.searchsorted(offsets, parent, side="right") - 1, f["marital"][parent]
    widowed, divorced, single = (np.zeros(len(counted), np.bool_) for _ in range(3))
    widowed[home[status == r.widowed]] = True
    divorced[home[status == r.divorced]] = True
    single[home[status != r.married]] = True
    off = [
        widowed * 120000,
        (divorced & ~widowed) * 80000,
        sums(listed, offsets) * (r.standard * 3 // 2),
        sums(disabled, offsets) * r.standard,
    ]
    countable = np.maximum(income - off[0] - off[1] - off[2] - off[3], 0)
    line, elders = counted * r.standard, sums(old, offsets)
    dibao = countable < line
    low = ~dibao & (2 * countable < 3 * line)
    category = (sums(ailing, offsets) > 0) | single | f["family_planning"] | f["hardship"]
    category |= f["childless"] & (elders == counted)
    gap, elder = dibao * (line - countable), dibao * elders * (r.standard * 3 // 10)
    orphans, relief = dibao * sums(orphan, offsets) * 156000, (low & category) * r.relief
    programme = np.where(dibao, 0, np.where(low, 1, 2))
    total = gap + elder + orphans + relief
    return np.stack([programme, counted, income, *off, countable, gap, elder, orphans, relief, total])
