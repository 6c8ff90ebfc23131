"""What the solver takes for a household is one: it is assessed, and to the same figures."""

from datetime import date

import pytest
import z3

from hongqiao_rules import Calculator
from hongqiao_rules.analysis.solver.scene import Scene

ON = date(2020, 10, 1)


@pytest.mark.parametrize("overlays", [(), ("tianjin-notice-2020",)])
@pytest.mark.parametrize("programme", ["dibao", "low_income", "none"])
def test_models_are_households_that_are_assessed_as_the_terms_say(programme, overlays):
    calculator = Calculator(overlays=overlays)
    compiled = calculator.compiled(20201001)
    scene = Scene([(compiled.dated, calculator.rulebook.inputs(20201001))], (20201001, 20201001), 3, 2)
    space, symbols = scene.space, scene.symbols(compiled.dated)
    solver = z3.Solver(ctx=space.context)
    solver.add(space.constraints)
    solver.add(symbols.value("programme").guards[programme])
    found = 0
    for wanted in (
        symbols.value("has_child_in_school", 1),
        symbols.value("disability_amount", 0).expr > 0,
        symbols.value("disease_amount", 1).expr > symbols.value("disability_amount", 0).expr,
        symbols.value("elder_supplement", 0).expr > 0
        if programme == "dibao"
        else symbols.value("relief_category"),
        symbols.value("income").expr > 20_000_000_00,
        symbols.value("counted_members").expr < 2,
    ):
        solver.push()
        solver.add(wanted)
        if solver.check() == z3.sat:
            found += 1
            model = solver.model()
            stated = scene.household(model)
            assessment = calculator.assess(stated, ON)
            assert assessment.programme == programme
            for name in ("monthly_total", "income", "countable_income", "per_capita_income"):
                assert getattr(assessment, name) * 100 == space.value(model, symbols.value(name)), name
        solver.pop()
    assert found >= 5
