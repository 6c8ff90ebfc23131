"""Rounding: every engine gives the multiple that exact fractions give."""

from __future__ import annotations

import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.engines.columnar import vectors
from hongqiao_rules.engines.direct.direct_engine import rounded
from hongqiao_rules.language.nodes import Way
from tests.places import TOP

NODE = shutil.which("node")
WAYS = get_args(Way)
LANGUAGE = TOP / "hongqiao_rules" / "engines" / "javascript" / "parts" / "language.js"
quotients = st.tuples(
    st.integers(-(10**9), 10**9),
    st.integers(1, 5000),
    st.sampled_from([1, 5, 10, 50, 100, 1000]),
    st.sampled_from(WAYS),
)


def exact(numerator: int, denominator: int, step: int, way: str) -> int:
    """The multiple of *step* by fractions: Python rounds halves of a fraction to even."""
    steps = Fraction(abs(numerator), denominator * step)
    whole, rest = divmod(steps, 1)
    match way:
        case "half-even":
            whole = round(steps)
        case "half-up":
            whole += rest >= Fraction(1, 2)
        case "up":
            whole += rest > 0
    return int(whole) * step * (1 if numerator >= 0 else -1)


@given(quotients)
def test_integers_and_arrays_round_as_fractions_do(quotient: tuple[int, int, int, str]) -> None:
    numerator, denominator, step, way = quotient
    assert rounded(*quotient) == exact(*quotient)
    found = vectors.rounded(np.array([numerator, 0]), np.array([denominator, 1]), step, way)
    assert found.tolist() == [exact(*quotient), 0]


@pytest.mark.parametrize("way", WAYS)
def test_terms_round_every_number_near_a_half_as_fractions_do(way: str) -> None:
    z3 = pytest.importorskip("z3")
    from hongqiao_rules.engines.symbolic import terms

    context = z3.Context()
    number = terms.Number(z3.Int("n", context), -60, 60)
    found = terms.rounded(number, 4, 5, way)
    assert isinstance(found, terms.Number)
    solver = z3.Solver(ctx=context)
    wrong = [z3.And(number.expr == value, found.expr != exact(value, 4, 5, way)) for value in range(-60, 61)]
    solver.add(z3.Or(wrong))
    assert solver.check() == z3.unsat
    assert terms.rounded(-50, 4, 5, way) == exact(-50, 4, 5, way)


@pytest.mark.skipif(NODE is None, reason="there is no Node")
def test_the_module_rounds_as_fractions_do(tmp_path: Path) -> None:
    asked = [
        [n, d, step, way] for n in range(-130, 131) for d in (1, 4, 8) for step in (1, 5, 10) for way in WAYS
    ]
    program = tmp_path / "rounding.mjs"
    text = LANGUAGE.read_text(encoding="utf-8")
    ask = f"console.log(JSON.stringify({json.dumps(asked)}.map((one) => rounded(...one) + 0)));"
    program.write_text(f"{text}\n{ask}\n", encoding="utf-8")
    done = subprocess.run([str(NODE), str(program)], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [exact(n, d, step, way) for n, d, step, way in asked]  # type: ignore[arg-type]  # a list of mixed types
