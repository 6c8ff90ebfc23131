"""Over free facts: what the solver finds, the direct engine finds of the same facts."""

import os

import pytest
import z3

from hongqiao_rules.engines.symbolic.free_facts import facts, free
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine
from hongqiao_rules.engines.symbolic.terms import Number
from hongqiao_rules.engines.symbolic.variables import Space
from tests.engines.symbolic.test_symbolic_engine import assert_agree
from tests.toy.farms import engine, rulebook

DAYS = (20000101, 20060101, 20090601, 20120701) if os.getenv("CI") else (20060101,)


def space_on(day, unit="farm"):
    dated = rulebook().dated(day, {"organic-unit": unit}, ())
    space = Space(rulebook().definitions, [dated])
    symbolic = free(space, 0, 3)
    return dated, space, symbolic, SymbolicEngine(dated).symbols(symbolic, day)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("unit", ["farm", "animal"])
def test_each_bound_is_attained_by_facts_that_the_direct_engine_takes(day, unit):
    dated, space, symbolic, symbols = space_on(day, unit)
    direct, attained = engine(dated.start, unit, ()), 0
    for conclusion in dated.conclusions:
        if conclusion.entity != "farm" or conclusion.type.kind not in ("money", "number"):
            continue
        term = symbols.value(conclusion.name)
        if not isinstance(term, Number):
            continue
        solver = z3.Solver(ctx=space.context)
        solver.add(space.constraints)
        solver.set("timeout", 5000)
        for wanted in (term.expr > 0, term.expr > 5000, term.expr < 0):
            solver.push()
            solver.add(wanted)
            if solver.check() == z3.sat:
                attained += 1
                model = solver.model()
                found = facts(space, model, symbolic)
                run = direct.run(found, day)
                assert run.state[direct.slots["farm", conclusion.name]] == space.value(model, term)
                assert_agree(direct, found, day)
            solver.pop()
    assert attained > 3
