"""Inference by durable-rules: the direct engine's own answers, by way of what has changed and of nothing else."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules import Calculator
from hongqiao_rules.errors import RequestError
from hongqiao_rules.testing import Question, households, questions
from tests.test_cases import CASES

pytest.importorskip(
    "durable_rules_engine", reason="durable-rules is not installed, or is not for this Python"
)

from hongqiao_rules.engines.inference import durable_rules  # needs the library
from hongqiao_rules.engines.inference.durable_rules import Fired, Pattern, Rule, Ruleset, fnv
from hongqiao_rules.engines.inference.inference_engine import ROOT, Session
from tests.places import TOP

CALCULATORS: dict[str, Calculator] = {}


def calculator_of(readings: dict[str, str], overlays: tuple[str, ...]) -> Calculator:
    key = json.dumps([sorted(readings.items()), overlays])
    if key not in CALCULATORS:
        CALCULATORS[key] = Calculator(readings=readings, overlays=overlays)
    return CALCULATORS[key]


def inferred(
    calculator: Calculator, household: dict[str, Any], on: date, session: Session | None = None
) -> str:
    day = calculator.day(on)
    session = session or calculator.compiled(day).inference.open()
    return calculator.decide(calculator.reader.checked(household, day), on, day, session.run).to_json()


def test_all_cases_through_durable_rules_each_session_taking_one_household_after_another() -> None:
    sessions: dict[int, Session] = {}
    fresh = 0
    for case in CASES:
        calculator = calculator_of(case["readings"], tuple(case["overlays"]))
        on = date.fromisoformat(case["on"])
        inference = calculator.compiled(calculator.day(on)).inference
        if id(inference) not in sessions:
            fresh += 1
            sessions[id(inference)] = inference.open()
        came = inferred(calculator, case["household"], on, sessions[id(inference)])
        assert came == calculator.assess(case["household"], on).to_json()
        shown = json.loads(came)
        assert {name: shown[name] for name in case["expect"]} == case["expect"]
    assert fresh < len(CASES) / 10


@given(questions())
def test_any_household_under_any_readings_and_overlays(question: Question) -> None:
    calculator = calculator_of(question.readings, question.overlays)
    direct = calculator.assess(question.household, question.on).to_json()
    assert inferred(calculator, question.household, question.on) == direct


@given(st.lists(households(date(2019, 5, 1)), min_size=2, max_size=4))
def test_exactly_what_rested_on_a_changed_fact_is_settled_anew(stated: list[dict[str, Any]]) -> None:
    calculator = calculator_of({}, ())
    day = 20190501
    session = calculator.compiled(day).inference.open()
    before: dict[tuple[int, int], Any] = {}
    for household in stated:
        run = session.run(calculator.reader.checked(household, day).facts, day)
        count = len(household["members"])
        cells = {
            (slot, of): value[of] if isinstance(value, list) and slot in session._plan.each else value
            for slot, value in enumerate(session._cells)
            for of in (range(count) if slot in session._plan.each else [ROOT])
        }
        changed = {cell for cell, value in cells.items() if cell not in before or before[cell] != value}
        for conclusion in calculator.compiled(day).dated.conclusions:
            engine = calculator.compiled(day).engine
            slot = engine.slots[conclusion.entity, conclusion.name]
            for of in range(count) if slot in session._plan.each else [ROOT]:
                stages = [stage for stage in session._plan.stages if stage.slot == slot]
                support = {below for stage in stages for below in session._below(stage, of)}
                settled = (slot, of) in session.wave.settled
                new = (slot, of) not in before
                assert settled <= bool(support & changed or new), "settled though nothing under it changed"
                assert ((slot, of) in changed) <= settled, "changed without having been settled"
        before = cells
        assert run.state == session._cells[: len(run.state)]


def test_a_wage_settles_only_what_follows_from_wages() -> None:
    calculator = calculator_of({}, ())
    family = json.loads(json.dumps(CASES[0]["household"]))
    on = date(2020, 10, 1)
    session = calculator.compiled(20201001).inference.open()
    inferred(calculator, family, on, session)
    family["members"][0]["incomes"][0]["monthly"] = "4200.01"
    inferred(calculator, family, on, session)
    names = session.inference.names
    assert {names[slot] for slot, _ in session.wave.changed} == {"incomes"}
    assert sorted(names[slot] for slot, _ in session.wave.settled if slot in names) == [
        "basic_pension",
        "countable_income",
        "dibao_gap",
        "income",
        "member_income",
        "monthly_total",
        "per_capita_income",
        "programme",
    ]
    # The programme came to the same, so nothing that rests on it alone was touched.
    assert "programme" not in {names[slot] for slot, _ in session.wave.replaced if slot in names}
    assert ("incomes", 0) in session.rests_on("dibao_gap")
    assert session.rests_on("age", 1) == [("on", None), ("birth_date", 1)]
    assert session.rests_on("member_income", 1) == [("incomes", 1), ("absence", 1)]


def test_asking_again_settles_nothing() -> None:
    calculator = calculator_of({}, ())
    session = calculator.compiled(20190501).inference.open()
    for _ in range(2):
        inferred(calculator, CASES[3]["household"], date(2019, 5, 1), session)
    assert not session.wave.changed
    assert not session.wave.settled


def test_a_failure_inside_is_raised_and_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    calculator = calculator_of({}, ())
    session = calculator.compiled(20190501).inference.open()
    household = CASES[3]["household"]
    on = date(2019, 5, 1)
    right = inferred(calculator, household, on, session)
    tell = durable_rules.Memory.tell
    calls = 0

    def failing(memory: durable_rules.Memory, kind: str, of: int, value: durable_rules.Value) -> list[Fired]:
        nonlocal calls
        calls += 1
        if calls == 7:
            raise KeyboardInterrupt
        return tell(memory, kind, of, value)

    monkeypatch.setattr(durable_rules.Memory, "tell", failing)
    with pytest.raises(KeyboardInterrupt):
        inferred(calculator, CASES[0]["household"], on, session)
    monkeypatch.undo()
    assert inferred(calculator, household, on, session) == right


# --- the wrapper ------------------------------------------------------------------------------------------------------


def test_more_cases_than_memories_give_up_the_oldest_and_stay_right() -> None:
    calculator = calculator_of({}, ())
    inference = calculator.compiled(20190501).inference
    sessions = [inference.open() for _ in range(durable_rules.MOST_LIVE + 40)]
    on = date(2019, 5, 1)
    direct = {n: calculator.assess(CASES[n]["household"], on).to_json() for n in range(3, 9)}
    for turn in range(2):
        for number, session in enumerate(sessions):
            which = 3 + (number + turn) % 6
            assert inferred(calculator, CASES[which]["household"], on, session) == direct[which]
    assert len(inference.ruleset._live) <= durable_rules.MOST_LIVE
    del sessions, session
    gc.collect()
    inference.ruleset.close(inference.ruleset.open())
    assert not inference.ruleset._live


def test_eight_threads_each_with_cases_of_its_own() -> None:
    calculator = calculator_of({}, ())
    on = date(2019, 5, 1)
    direct = [calculator.assess(CASES[n]["household"], on).to_json() for n in range(3, 12)]

    def work(start: int) -> int:
        right = 0
        for number in range(20):
            session = calculator.compiled(20190501).inference.open()
            for step in range(4):
                which = (start + number + step) % 9
                right += inferred(calculator, CASES[3 + which]["household"], on, session) == direct[which]
            session.close()
        return right

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(8))) == [80] * 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_worker_goes_on_with_the_case() -> None:
    calculator = calculator_of({}, ())
    session = calculator.compiled(20190501).inference.open()
    on = date(2019, 5, 1)
    inferred(calculator, CASES[3]["household"], on, session)
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        same = inferred(calculator, CASES[4]["household"], on, session)
        os._exit(same != calculator.assess(CASES[4]["household"], on).to_json())
    assert os.waitpid(child, 0)[1] == 0
    direct = calculator.assess(CASES[5]["household"], on).to_json()
    assert inferred(calculator, CASES[5]["household"], on, session) == direct


def test_rulesets_and_memories_are_given_back() -> None:
    for _ in range(300):
        ruleset = Ruleset([Rule("r", [Pattern("k")])])
        memories = [ruleset.open() for _ in range(3)]
        assert memories[0].tell("k", 0, 1) == [Fired("r", 0)]
        ruleset.close(memories[1])


def test_limits_are_told_before_they_are_reached() -> None:
    many = [Pattern(f"k{n}") for n in range(17)]
    for rules, what in (
        ([Rule("r", many)], "patterns in a rule"),
        ([Rule(f"r{n}", [Pattern("k")]) for n in range(61)], "rules that use one fact"),
        ([Rule(f"r{n}", [Pattern(f"k{n}")]) for n in range(501)], "kinds of facts"),
        ([Rule("r", [Pattern("k", tests=[("$gt", n) for n in range(29)])])], "tests in a pattern"),
        ([Rule("r", [])], "patterns in a rule"),
    ):
        with pytest.raises(RequestError) as refused:
            Ruleset(rules)
        assert refused.value.code == "INFERENCE_LIMIT"
        assert what in refused.value.message


def test_an_inequality_without_an_equality_after_it_is_never_given_to_the_library() -> None:
    with pytest.raises(AssertionError):
        Ruleset([Rule("r", [Pattern("a"), Pattern("b", versus=[("$lt", 0)])])])


def test_facts_whose_ids_agree_in_32_bits_are_told_apart() -> None:
    seen: dict[int, str] = {}
    names = durable_rules.Names()
    names._taken = {fnv("k.1"): "another"}  # as if another fact had that number
    assert names.of("k", 1) == "k.1+"
    for kind in range(60):
        for of in range(-1, 100):
            name = durable_rules.Names().of(f"f{kind}", of)
            assert seen.setdefault(fnv(name), name) == name


@given(st.sampled_from([2**62, -(2**62), 2**70]))
def test_a_number_beyond_the_library_is_never_told(value: int) -> None:
    ruleset = Ruleset([Rule("r", [Pattern("k")])])
    with pytest.raises(AssertionError):
        ruleset.open().tell("k", 0, value)


def test_asked_for_without_the_library_it_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    calculator = calculator_of({}, ())
    with pytest.raises(RequestError) as refused:
        calculator.open_case("HQ", inference=True)
    assert refused.value.code == "NO_INFERENCE"
    assert not calculator.open_case("HQ").inferring


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the soak reads its memory from /proc")
def test_very_many_cases_in_short() -> None:
    soak = TOP / ".ci" / "soak"
    run = subprocess.run(
        [sys.executable, soak, "--cases", "400"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.splitlines()[-1:]) == (0, ["all well"]), run.stdout + run.stderr
