"""Results in a Parquet file or folder as the figures that are compared; for the sides that write our columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from worker import FIGURES

from hongqiao_rules.population.read import arrow_amounts


def figures(path: Path) -> list[Any]:
    """The figures of every household, by id."""
    table = pq.read_table(path, columns=["household", *FIGURES]).sort_by("household")
    table = table.unify_dictionaries().combine_chunks()
    arrays = [pa.concat_arrays(table[name].chunks) for name in FIGURES]
    coded = arrays[0] if pa.types.is_dictionary(arrays[0].type) else arrays[0].dictionary_encode()
    places = [["dibao", "low_income", "none"].index(name) for name in coded.dictionary.to_pylist()]
    programme = pa.array(places).take(coded.indices)
    return [programme.to_numpy(), *(arrow_amounts.whole_numbers(array) for array in arrays[1:])]
