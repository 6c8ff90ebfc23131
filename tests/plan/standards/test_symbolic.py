"""The symbolic engine on the second rulebook: every conclusion is that of the direct engine."""

from typing import Any

import pytest
from hypothesis import given

from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from tests.plan.standards.districts import STANDARDS, districts

pytest.importorskip("z3", reason="the symbolic engine needs z3-solver")
from tests.engines.symbolic.test_symbolic_engine import assert_agree  # it needs z3


@given(districts())
def test_the_symbolic_engine_comes_to_the_same(found: dict[str, Any]) -> None:
    dated = STANDARDS.rulebook.dated(20251231, {}, ())
    assert_agree(DirectEngine(dated), STANDARDS._border.facts(STANDARDS._border.read(found)), 20251231)
