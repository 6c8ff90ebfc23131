"""The symbolic engine, of known facts, comes to what the direct engine comes to: every conclusion and every notice."""

import os
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator
from hongqiao_rules.engines.direct.direct_engine import decode
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine
from hongqiao_rules.engines.symbolic.symbolic_facts import known
from hongqiao_rules.household.facts_reader import FactsReader, reader_of
from hongqiao_rules.household.models import Household
from hongqiao_rules.rulebook.load import bundled_rulebook
from hongqiao_rules.testing import Question, questions
from tests.population.test_equality import plain, register
from tests.population.test_equality import questions as combinations
from tests.toy.farms import OVERLAYS, days, engine, farms, rulebook
from tests.toy.farms import READINGS as TOY_READINGS

EACH = 313 if os.getenv("CI") else 4
"""Households to each of the 64 combinations of readings and overlays: 20,000 in CI."""


def assert_agree(direct, facts, day):
    run = direct.run(facts, day)
    dated = direct.dated
    terms = known(facts, dated.linked.definitions.entities, dated.root)
    symbols = SymbolicEngine(dated).symbols(terms, day)
    for number, conclusion in enumerate(dated.conclusions):
        expected = run.state[direct.slots[conclusion.entity, conclusion.name]]
        outcomes = run.failed[number]
        for who in [None] if conclusion.entity == dated.root else range(facts.count):
            value = expected if who is None else expected[who]
            assert symbols.value(conclusion.name, who) == value, (conclusion.name, who)
            outcome = outcomes if who is None or outcomes is None else outcomes[who]
            tried = [failed + 1 for _, failed in decode(conclusion, outcome)]
            assert symbols.failed(conclusion.name, who)[: len(tried)] == tried
    assert symbols.noticed() == [bool(noticed) for noticed in run.noticed]


@pytest.mark.parametrize("number", range(8))
def test_every_conclusion_is_that_of_the_direct_engine(number):
    reader = FactsReader(bundled_rulebook(), Household)
    for readings, overlays, on in combinations()[number::8]:
        day = on.year * 10000 + on.month * 100 + on.day
        direct = Calculator(readings=readings, overlays=overlays).compiled(day).engine
        for household in register(number, on, EACH).to_pylist():
            assert_agree(
                direct,
                reader.facts(reader_of(bundled_rulebook(), Household).read(plain(household), day), day),
                day,
            )


@given(questions())
def test_also_where_rules_turn(question: Question):
    day = question.on.year * 10000 + question.on.month * 100 + question.on.day
    calculator = question.calculator()
    reader = FactsReader(bundled_rulebook(), Household)
    assert_agree(
        calculator.compiled(day).engine,
        reader.facts(reader_of(bundled_rulebook(), Household).read(question.household, day), day),
        day,
    )


@given(
    farms(), days.filter(lambda day: day >= 20000101), st.sampled_from(list(product(TOY_READINGS, OVERLAYS)))
)
def test_every_part_of_the_language(facts, day, question):
    readings, overlays = question
    if not 20100601 <= day <= 20221231:
        overlays = ()
    dated = rulebook().dated(day, readings, overlays)
    assert_agree(engine(dated.start, readings["organic-unit"], overlays), facts, day)
