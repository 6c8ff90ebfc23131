"""Random rules that use every operation: over known facts, over lists that are not known, and over nothing known."""

from dataclasses import replace
from random import Random

import z3
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from hongqiao_rules.engines.direct.direct_engine import DirectEngine
from hongqiao_rules.engines.symbolic import terms
from hongqiao_rules.engines.symbolic.free_facts import facts, free
from hongqiao_rules.engines.symbolic.symbolic_engine import SymbolicEngine
from hongqiao_rules.engines.symbolic.symbolic_facts import known
from hongqiao_rules.engines.symbolic.variables import Space
from hongqiao_rules.errors import PolicyError
from tests.engines.symbolic.test_symbolic_engine import assert_agree
from tests.population.test_columnar import DAY, dated
from tests.population.toy import district, rulebooks


def rules_of(files, tmp_path_factory):
    try:
        return dated(files, tmp_path_factory.mktemp("toy"))
    except PolicyError as error:
        if {fault.code for fault in error.faults} != {"POLICY_OVERFLOW"}:
            raise
        reject()


@given(files=rulebooks(), seed=st.integers(0, 2**32))
def test_known_facts(files, seed, tmp_path_factory):
    rules = rules_of(files, tmp_path_factory)
    assert_agree(DirectEngine(rules), district(Random(seed)), DAY)


def solved(space, wanted):
    """A model, or ``None`` where there is none or it takes long (products of unknowns may)."""
    solver = z3.Solver(ctx=space.context)
    solver.set("timeout", 1000)
    solver.add(space.constraints)
    solver.add([truth for truth in wanted if truth is not True])
    return solver.model() if solver.check() == z3.sat else None, solver


def conclusions(rules, direct, found, symbols):
    """Every conclusion as a term, and what the direct engine says of the same facts."""
    run = direct.run(found, DAY)
    for conclusion in rules.conclusions:
        value = run.state[direct.slots[conclusion.entity, conclusion.name]]
        for number in [None] if conclusion.entity == rules.root else range(found.count):
            yield symbols.value(conclusion.name, number), value if number is None else value[number]


@settings(max_examples=settings.default.max_examples // 2)
@given(files=rulebooks(), seed=st.integers(0, 2**32))
def test_every_list_there_can_be_is_among_those_that_are_not_known(files, seed, tmp_path_factory):
    rules = rules_of(files, tmp_path_factory)
    definitions, direct, facts_ = rules.linked.definitions, DirectEngine(rules), district(Random(seed))
    space = Space(definitions, [rules], slots=4)
    whole = known(facts_, definitions.entities, rules.root)
    root = {
        name: unknown(space, definitions.entities[rules.root].facts[name], term)
        for name, term in whole.root.items()
    }
    inside = definitions.entities["community"].facts
    each = {
        name: [unknown(space, inside[name], term) for term in column] for name, column in whole.each.items()
    }
    symbols = SymbolicEngine(rules).symbols(replace(whole, root=root, each=each), DAY)
    wanted = [terms.compare("==", term, value) for term, value in conclusions(rules, direct, facts_, symbols)]
    assert False not in wanted
    _, solver = solved(space, wanted)
    assert solver.check() != z3.unsat


def unknown(space, fact, term):
    return space.listed(fact, fact.name) if fact.type.kind in ("codes", "records") else term


@settings(max_examples=settings.default.max_examples // 2)
@given(files=rulebooks(), seed=st.integers(0, 2**32))
def test_a_model_is_facts_of_which_the_direct_engine_says_the_same(files, seed, tmp_path_factory):
    rules = rules_of(files, tmp_path_factory)
    space = Space(rules.linked.definitions, [rules])
    symbolic = free(space, 0, 2)
    symbols = SymbolicEngine(rules).symbols(symbolic, DAY)
    random = Random(seed)
    numbers = [c for c in rules.conclusions if c.entity == rules.root and c.type.kind == "money"]
    aim = symbols.value(random.choice(numbers).name)
    model, _ = solved(space, [terms.compare(random.choice(["<", ">"]), aim, random.randrange(-3000, 3000))])
    if model is None:
        reject()
    found = facts(space, model, symbolic)
    places = [who for who, present in enumerate(symbolic.present) if space.value(model, present)]
    run = DirectEngine(rules).run(found, DAY)
    direct = DirectEngine(rules)
    for conclusion in rules.conclusions:
        value = run.state[direct.slots[conclusion.entity, conclusion.name]]
        if conclusion.entity == rules.root:
            assert space.value(model, symbols.value(conclusion.name)) == value, conclusion.name
        else:
            assert [space.value(model, symbols.value(conclusion.name, who)) for who in places] == value
