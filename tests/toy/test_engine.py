"""The direct engine against the reference: every conclusion, every notice and every line of the trace."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from hongqiao_rules import PolicyError
from hongqiao_rules.engines.direct.direct_engine import DirectEngine, decode, rounded
from hongqiao_rules.engines.direct.facts import Facts
from hongqiao_rules.engines.direct.trace import TraceWriter
from hongqiao_rules.language import nodes
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.rulebook.definitions import Rounding, iso
from hongqiao_rules.rulebook.link import MOST
from hongqiao_rules.rulebook.load import Rulebook, load
from hongqiao_rules.rulebook.value_text import money, parameter_value, percent
from tests.toy import reference
from tests.toy.farms import OVERLAYS, POLICIES, READINGS, days, engine, farms, rulebook, yyyymmdd
from tests.toy.reference import Reference

questions = st.tuples(st.sampled_from(READINGS), st.sampled_from(OVERLAYS))


def both(
    facts: Facts, day: int, readings: dict[str, str], overlays: tuple[str, ...]
) -> tuple[Any, Any, Reference]:
    dated = rulebook().dated(day, readings, overlays)
    direct = engine(dated.start, readings["organic-unit"], overlays)
    return direct, direct.run(facts, day), Reference(dated.linked, day, readings, facts)


def agree(facts: Facts, day: int, readings: dict[str, str], overlays: tuple[str, ...]) -> None:
    direct, run, other = both(facts, day, readings, overlays)
    in_force = [name for name in other.linked.conclusions if other.about(name) is not None]
    assert [conclusion.name for conclusion in direct.dated.conclusions] == in_force
    for conclusion in direct.dated.conclusions:
        found = run.state[direct.slots[conclusion.entity, conclusion.name]]
        if conclusion.entity == "farm":
            expected: Any = other.value(conclusion.name, None)
        else:
            expected = [other.value(conclusion.name, who) for who in range(facts.count)]
        assert found == expected, conclusion.name
        assert all(type(value) is not Fraction and type(value) is not float for value in [found])
    expected_notices = [
        notice.code
        for notice, when in other.linked.notices
        if notice.start <= day <= notice.end
        and notice.unless_overlay not in overlays
        and (when is None or other.of(when, {}))
    ]
    assert [notice.code for notice in direct.notices(run)] == expected_notices


@given(farms(), days.filter(lambda day: day >= 20000101), questions)
def test_the_engine_equals_the_reference(facts: Facts, day: int, question: Any) -> None:
    readings, overlays = question
    if overlays and not 20100601 <= day <= 20221231:
        overlays = ()
    agree(facts, day, readings, overlays)


CHANGES = [date(day // 10000, day // 100 % 100, day % 100) for day in rulebook().change_dates()]


@pytest.mark.parametrize("change", CHANGES)
@settings(max_examples=12)
@given(farms(), questions)
def test_on_each_day_of_change_and_the_day_before(change: date, facts: Facts, question: Any) -> None:
    readings, overlays = question
    for day in (yyyymmdd(change - timedelta(days=1)), yyyymmdd(change)):
        if day >= 20000101:
            agree(facts, day, readings, overlays if 20100601 <= day <= 20221231 else ())


def test_every_operation_is_in_the_toy() -> None:
    used, dated_used = set(), set()
    for overlays in OVERLAYS:
        for versions in rulebook().linked(overlays).versions.values():
            for typed in versions:
                for tree in (typed.value, *(node for _, node in typed.conditions)):
                    used |= {type(node) for node in nodes.walk(tree)}
    for day in rulebook().change_dates():
        for conclusion in rulebook().dated(day, READINGS[0], ()).conclusions:
            for candidate in conclusion.candidates:
                for tree in (candidate.value, *candidate.conditions):
                    dated_used |= {type(node) for node in nodes.walk(tree)}
    assert used == set(nodes.operations("written"))
    assert dated_used == set(nodes.operations("dated"))


def test_every_type_of_fact_and_parameter_is_in_the_toy() -> None:
    definitions = rulebook().definitions
    facts = {fact.type.kind for entity in definitions.entities.values() for fact in entity.facts.values()}
    assert facts == {"text", "money", "number", "truth", "date", "code", "codes", "records", "reference"}
    dated = {parameter.type.kind for parameter in definitions.parameters.values()}
    assert dated == {"money", "number", "share", "codes"}
    ways = {v.rounding.way for rule in definitions.rules.values() for v in rule.versions if v.rounding}
    assert ways == {"half-up", "down", "up"}


# --- the trace ----------------------------------------------------------------------------------------------


def shown(kind: str, value: Any, fields: Any = None) -> Any:
    """A value as a trace shows it."""
    match kind:
        case "money":
            return money(int(value))
        case "number":
            return int(value)
        case "date":
            return iso(value)
        case "records":
            return [{name: shown(f.type.kind, r[name]) for name, f in fields.items()} for r in value]
    return value


def expected_trace(direct: Any, other: Reference, count: int) -> list[dict[str, Any]]:
    entries = []
    for conclusion in direct.dated.conclusions:
        for who in [None] if conclusion.entity == "farm" else range(count):
            for typed, failed, value in other.tried(conclusion.name, who):
                entries.append(
                    {
                        "rule": typed.rule.id, "member": None if who is None else f"animal {who}",
                        "applied": failed is None, "failed": failed,
                        "value": None if failed is not None else shown(conclusion.type.kind, value),
                    }
                )  # fmt: skip
    return entries


def looked_up(label: str, who: int | None, other: Reference) -> Any:
    """What the reference says of something that an entry looked at."""
    linked = other.linked
    if label == "on":
        return iso(other.day)
    if label in linked.parameters:
        return json.loads(
            parameter_value(linked.parameters[label], linked.parameters[label].on(other.day).value)
        )  # type: ignore[union-attr]
    plural, _, name = label.rpartition(".")
    for entity, of in (("animal", who), ("farm", None)):
        fact = linked.definitions.entities[entity].facts.get(name)
        about = other.about(name) if name in linked.conclusions else entity if fact else None
        if about != entity:
            continue
        kind = fact.type if fact else linked.conclusions[name].type
        read = lambda i, e=entity, k=kind: other.read(  # noqa: E731
            nodes.Read(type=k, entity=e, name=name, variable=None if i is None else 0), {0: i}
        )
        fields = fact.fields if fact else None
        if entity == "animal" and (plural or of is None):
            return [shown(kind.kind, read(i), fields) for i in range(other.facts.count)]
        return shown(kind.kind, read(of), fields)
    raise AssertionError(label)


@settings(max_examples=50)
@given(farms(), st.sampled_from(CHANGES), questions)
def test_the_trace_is_what_happened(facts: Facts, change: date, question: Any) -> None:
    readings, overlays = question
    day = yyyymmdd(change)
    direct, run, other = both(facts, day, readings, overlays if 20100601 <= day <= 20221231 else ())
    names = [f"animal {number}" for number in range(facts.count)]
    trace = json.loads(TraceWriter(direct).write(run, [json.dumps(name) for name in names]))
    told = [{key: value for key, value in entry.items() if key != "looked_at"} for entry in trace]
    assert told == expected_trace(direct, other, facts.count)
    for entry in trace:
        who = None if entry["member"] is None else names.index(entry["member"])
        for label, value in entry["looked_at"].items():
            assert value == looked_up(label, who, other), label


@settings(max_examples=50)
@given(farms(), st.sampled_from(CHANGES))
def test_outcomes_are_decoded_as_they_were(facts: Facts, change: date) -> None:
    direct, run, other = both(facts, yyyymmdd(change), READINGS[0], ())
    for number, conclusion in enumerate(direct.dated.conclusions):
        outcomes = run.failed[number]
        everyone: list[int | None] = [None] if conclusion.entity == "farm" else list(range(facts.count))
        for who in everyone:
            outcome = outcomes if who is None or outcomes is None else outcomes[who]
            tried = other.tried(conclusion.name, who)
            found = [
                (c.rule.id, None if at < 0 else c.typed.conditions[at][0])
                for c, at in decode(conclusion, outcome)
            ]
            assert found == [(typed.rule.id, failed) for typed, failed, _ in tried]


# --- how much there may be ----------------------------------------------------------------------------------

TAIL = "basis: convention\nconfidence: high\n"


def grown(folder: Path, *, conditions: int = 1, rules: int = 0, grants: int = 0) -> Rulebook:
    """The toy with a rule of so many conditions, so many more rules for one conclusion, and so many more grants."""
    shutil.copytree(POLICIES, folder, dirs_exist_ok=True)
    head = "title: {zh: 甲, en: a}\n"
    many = "when:\n" + "  - rent > 0 or organic\n" * conditions + "value: rent\n" + TAIL
    (folder / "many.yaml").write_text(f"rule: many\n{head}list: grants\norder: 90\n{many}")
    above = "large-farm"
    for number in range(rules):
        text = f"rule: more-{number}\n{head}concludes: size-class\noverrides: [{above}]\nwhen: [organic, rent > 0]\n"
        (folder / f"more-{number}.yaml").write_text(text + "value: \"'large'\"\n" + TAIL)
        above = f"more-{number}"
    for number in range(grants):
        text = f"rule: grant-{number}\n{head}list: grants\norder: {100 + number}\nvalue: rent\n"
        (folder / f"grant-{number}.yaml").write_text(text + TAIL)
    return load([folder])


def test_as_much_as_is_allowed_is_worked_out(tmp_path: Path) -> None:
    book = grown(tmp_path, conditions=MOST, rules=MOST - 3, grants=300)
    farm = find(farms(), lambda facts: facts.count > 0 and facts.root["organic"] and facts.root["rent"] > 0)
    direct = DirectEngine(book.dated(20150101, READINGS[0], ()))
    run = direct.run(farm, 20150101)
    rent = farm.root["rent"]
    before = engine(rulebook().dated(20150101, READINGS[0], ()).start, "farm", ())
    balance = before.value(before.run(farm, 20150101), "balance")
    assert direct.value(run, "balance") == balance + 301 * rent
    assert direct.value(run, "size_class") == "large"
    trace = json.loads(TraceWriter(direct).write(run, [f'"{number}"' for number in range(farm.count)]))
    assert {f"grant-{number}" for number in range(300)} <= {entry["rule"] for entry in trace}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"conditions": MOST + 1}, "POLICY_TOO_MANY_CONDITIONS"),
        ({"rules": MOST - 2}, "POLICY_TOO_MANY_RULES"),
    ],
)
def test_more_is_refused(tmp_path: Path, more: dict[str, int], code: str) -> None:
    with pytest.raises(PolicyError) as caught:
        grown(tmp_path, **more)
    assert [fault.code for fault in caught.value.faults] == [code]


# --- single pieces ------------------------------------------------------------------------------------------


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.sampled_from([1, 100]),
       st.sampled_from(["half-up", "up", "down"]))  # fmt: skip
def test_rounding(numerator: int, denominator: int, step: int, way: str) -> None:
    rule = Rounding(step, way, Bilingual("", ""))
    assert rounded(numerator, denominator, step, way) == reference.rounded(
        Fraction(numerator, denominator), rule
    )


@pytest.mark.parametrize(("value", "way", "result"), [
    (Fraction(5, 2), "half-up", 3), (Fraction(-5, 2), "half-up", -3), (Fraction(5, 2), "down", 2),
    (Fraction(-5, 2), "down", -2), (Fraction(9, 4), "up", 3), (Fraction(-9, 4), "up", -3), (Fraction(2), "up", 2),
])  # fmt: skip
def test_rounding_ways(value: Fraction, way: str, result: int) -> None:
    assert rounded(value.numerator, value.denominator, 1, way) == result


def test_amounts_and_shares_are_written_exactly() -> None:
    assert [money(fen) for fen in (0, 5, 100, -5, -12345)] == ["0.00", "0.05", "1.00", "-0.05", "-123.45"]
    assert [percent(s) for s in (Fraction(3, 10), Fraction(1, 3), Fraction(1, 8))] == ["30%", "1/3", "1/8"]


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(tmp_path_factory: pytest.TempPathFactory, random: Any) -> None:
    folder: Path = tmp_path_factory.mktemp("shuffled")
    files = [file for file in POLICIES.rglob("*.yaml") if "overlays" not in file.parts]
    random.shuffle(files)
    for number, file in enumerate(files):
        shutil.copy(file, folder / f"{number:03}.yaml")
    shutil.copytree(POLICIES / "overlays", folder / "overlays")
    shuffled = load([folder])
    for day in (20000101, 20090101):
        for readings in READINGS:
            one, other = (book.dated(day, readings, ()) for book in (rulebook(), shuffled))
            assert one.conclusions[0].candidates[0].rule.id == other.conclusions[0].candidates[0].rule.id
            assert [c.name for c in one.conclusions] == [c.name for c in other.conclusions]
            assert [[k.value for k in c.candidates] for c in one.conclusions] == [
                [k.value for k in c.candidates] for c in other.conclusions
            ]


def test_between_two_changes_the_rulebook_is_one_object() -> None:
    book = rulebook()
    assert book.dated(20050701, READINGS[0], ()) is book.dated(20061231, READINGS[0], ())
    assert book.dated(20050630, READINGS[0], ()) is not book.dated(20050701, READINGS[0], ())
