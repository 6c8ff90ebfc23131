"""The columnar engine gives what the direct engine gives, for every operation of the language."""

from random import Random

import numpy as np
from hypothesis import given, reject
from hypothesis import strategies as st

from hongqiao_rules.engines.columnar.columnar_engine import ColumnarEngine
from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.errors import PolicyError
from hongqiao_rules.rulebook.load import load
from tests.population.facts_to_columns import assert_same, columns
from tests.population.toy import VOCABULARY, district, rulebooks, write

DAY = 20190501


def dated(files, folder):
    write(files, folder)
    rulebook = load([folder])
    return rulebook.dated(DAY, {}, ())


def assert_equal(rules, households, day=DAY):
    """Both engines on the same facts."""
    made = columns(rules.linked.definitions, households)
    assert_same(rules, DirectEngine(rules), made, households, day)


@given(files=rulebooks(), seed=st.integers(0, 2**32))
def test_random_rules_over_random_facts_come_out_equal(files, seed, tmp_path_factory):
    try:
        rules = dated(files, tmp_path_factory.mktemp("toy"))
    except PolicyError as error:
        # Nested sums of products may leave 64 bits; then no engine takes the rulebook. Nothing else is passed over.
        if {fault.code for fault in error.faults} != {"POLICY_OVERFLOW"}:
            raise
        reject()
    random = Random(seed)
    assert_equal(rules, [district(random) for _ in range(random.choice([0, 1, 2, 40]))])


def test_only_what_is_wanted_is_worked_out(calculator):
    rules = calculator.compiled(DAY).dated
    some = ColumnarEngine(rules, ["dibao_line"], notices=False)
    assert len(some.program) < len(ColumnarEngine(rules).program)
    assert [conclusion.name for conclusion in some.conclusions] == ["dibao_line"]


def test_sums_of_one_household_are_exact_where_those_of_the_chunk_wrap(tmp_path):
    files = {name: file for name, file in VOCABULARY.items() if name != "share"}
    shared = {"title": {"zh": "和", "en": "sum"}, "basis": "convention", "confidence": "high"}
    files["summary"] = {"rule": "summary", "value": "sum(c.funds for c in communities)", **shared}
    files["colour"] = {"rule": "colour", "concludes": "colour", "value": "'white'", **shared}
    files["community"] = {**VOCABULARY["community"], "facts": {**VOCABULARY["community"]["facts"]}}
    largest = 10**15 - 1
    files["community"]["facts"]["funds"] = {
        "title": shared["title"], "type": "money", "least": 0, "most": 9_999_999_999_999, "required": True,
    }  # fmt: skip
    rules = dated(files, tmp_path)
    random, households = Random(1), []
    while len(households) < 5000:
        facts = district(random)
        if facts.count:
            facts.each["funds"][:] = [largest] * facts.count
            households.append(facts)
    made = columns(rules.linked.definitions, households)
    assert sum(made.each["funds"].tolist()) > np.iinfo(np.int64).max
    assert_equal(rules, households)
