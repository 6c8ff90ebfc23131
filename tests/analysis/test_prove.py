"""What the policies claim of every household: proved, or refuted by the smallest household, which the direct engine confirms."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hongqiao_rules import Calculator, RequestError
from hongqiao_rules.analysis.prove.proof_results import Outcome, Proofs, Shown
from hongqiao_rules.cli import main
from hongqiao_rules.decision.edition import Edition
from hongqiao_rules.proofs import prove
from hongqiao_rules.rulebook.load import Rulebook, load
from tests.places import TOP

FAULTS = Path(__file__).parent / "faults"
ON = date(2019, 5, 1)
"""S is 980, the line of low income 1470, relief 294."""
DEFAULTS = dict(Calculator().readings)


@cache
def faulty(name: str) -> Rulebook:
    """The bundled rules with a planted fault; reading them anew takes longer than most proofs."""
    return load([FAULTS / name])


def planted(name: str, *properties: str, members: int) -> Proofs:
    """The rules under a planted fault, with the default readings, in the period of ``ON``."""
    asked = {"overlays": [name], "on": ON, "readings": DEFAULTS, "properties": properties, "members": members}
    return prove(FAULTS / name, **asked, _rulebook=faulty(name))


def only(proofs: Proofs) -> Outcome:
    (outcome,) = proofs.outcomes
    return outcome


def assessed(shown: Shown, name: str) -> list[Any]:
    """What a fresh edition says of the households that are shown."""
    edition = Edition(faulty(name), overlays=[name])
    households = [each for each in (shown.household, shown.changed) if each is not None]
    return [edition.assess(json.loads(json.dumps(each)), ON) for each in households]


# --- planted faults -----------------------------------------------------------------------------------------


def gap(one: Any) -> bool:
    return one.programme == "none" and one.countable_income == one.standard * one.counted_members


def between_the_tests(one: Any) -> bool:
    return one.programme == "low_income" and one.countable_income < one.standard * one.counted_members


def both(one: Any) -> bool:
    return {"dibao-gap", "low-income-relief"} <= {line.rule for line in one.benefits}


def by_a_fen(one: Any, other: Any) -> Decimal:
    assert other.income - one.income == Decimal("0.01")
    return other.monthly_total - one.monthly_total


def raised(one: Any, other: Any) -> bool:
    return one.programme == other.programme and by_a_fen(one, other) > 0


def dropped(one: Any, other: Any) -> bool:
    return one.programme == other.programme and by_a_fen(one, other) < Decimal("-0.01")


def below_zero(one: Any) -> bool:
    return one.monthly_total < 0


def bonus_of_a_sibling(one: Any, other: Any) -> bool:
    return one.monthly_total != other.monthly_total


@pytest.mark.parametrize(
    ("name", "claim", "size", "broken"),
    [
        ("gap-of-a-fen", "one-band-each", 1, gap),
        ("rounded-in-one-test", "one-band-each", 1, between_the_tests),
        ("overlap", "never-both", 1, both),
        ("cliff", "no-cliff-within-a-programme", 1, dropped),
        ("income-raises-the-total", "income-within-a-programme", 1, raised),
        ("rounding-below-zero", "never-negative", 1, below_zero),
        ("uncited-fact", "only-what-is-cited", 2, bonus_of_a_sibling),
    ],
)
def test_a_planted_fault_is_found_with_the_smallest_household(
    name: str, claim: str, size: int, broken: Callable[..., bool]
) -> None:
    found = planted(name, claim, members=4)
    outcome = only(found)
    assert (found.right, outcome.status) == (False, "refuted")
    assert outcome.shown is not None
    assert outcome.shown.size == size
    assert broken(*assessed(outcome.shown, name))
    # Without the fault the same claim is proved of the same households.
    assert (
        only(prove(overlays=[], on=ON, readings=DEFAULTS, properties=[claim], members=4)).status == "proved"
    )


def test_the_household_that_refutes_a_gap_is_plain_and_exactly_at_the_line() -> None:
    outcome = only(planted("gap-of-a-fen", "one-band-each", members=2))
    assert outcome.shown is not None
    (member,) = outcome.shown.household["members"]
    assert member == {
        "id": "member-1", "relationship": "applicant", "birth_date": "1979-01-01", "marital_status": "never_married",
        "incomes": [{"kind": "wages", "monthly": "980.00"}],
    }  # fmt: skip


def test_a_rule_that_can_never_apply_is_named_with_its_period() -> None:
    found = planted("never-applies", "every-rule-applies", members=3)
    (rule,) = only(found).unreachable
    assert (rule.rule, rule.overlays, rule.start, rule.end) == (
        "small-relief", ("never-applies",), date(2019, 4, 1), date(2020, 8, 31),
    )  # fmt: skip
    assert (only(found).status, found.right) == ("refuted", False)


def test_a_rise_that_is_not_declared_refutes_and_one_that_does_not_happen_is_a_fault() -> None:
    outcome = only(planted("undeclared", "income-over-all", members=2))
    assert (outcome.status, outcome.right, outcome.overlay) == ("refuted", False, "undeclared")
    assert outcome.shown is not None
    one, other = assessed(outcome.shown, "undeclared")
    assert (one.programme, other.programme, by_a_fen(one, other)) == (
        "dibao",
        "low_income",
        Decimal("293.99"),
    )
    found = planted("does-not-happen", "income-within-a-programme", members=2)
    (declared,) = only(found).exceptions
    assert (only(found).status, declared.shown, declared.decided, found.right) == (
        "proved",
        None,
        True,
        False,
    )
    assert "声明的例外没有出现：低保不增发老年人" in found.statement("zh")


# --- the bundled policies -----------------------------------------------------------------------------------


def test_every_property_of_the_bundled_policies_holds_of_eight_members_by_default_in_one_period() -> None:
    claims = [path.stem for path in sorted((TOP / "policies/properties").glob("*.yaml"))]
    measured = ["cliffs"]  # by the next test, of fewer members
    claims = [claim for claim in claims if claim not in measured]
    found = prove(overlays=[], on=ON, readings=DEFAULTS, properties=claims)
    assert [(o.id, o.status, o.right) for o in found.outcomes] == [
        (claim, "proved", True) for claim in claims
    ]
    assert (found.members, found.first, found.last) == (8, date(2019, 4, 1), date(2020, 8, 31))
    (declared,) = next(o for o in found.outcomes if o.id == "income-over-all").exceptions
    assert declared.shown is not None
    assert declared.shown.changed is not None
    one, other = (
        Calculator().assess(each, ON) for each in (declared.shown.household, declared.shown.changed)
    )
    assert (one.programme, other.programme, other.monthly_total) == ("dibao", "low_income", Decimal("294.00"))
    assert by_a_fen(one, other) > 0


def test_the_largest_steps_of_one_person_are_those_of_brute_force() -> None:
    """One elder and one student, every income about a line: no step is larger than the two that are told."""
    outcome = only(prove(overlays=[], on=ON, readings=DEFAULTS, properties=["cliffs"], members=1))
    steps = []
    for extra in (
        {}, {"disabilities": [{"kind": "visual", "grade": 4}]},
        {"birth_date": "1950-01-01", "schooling": "primary", "guardianship": "scattered_orphan"},
    ):  # fmt: skip
        totals = []
        for fen in (97_998, 97_999, 98_000, 146_999, 147_000):
            income = {"kind": "wages", "monthly": f"{fen // 100}.{fen % 100:02}"}
            member = {"id": "a", "relationship": "applicant", "birth_date": "1979-01-01", "marital_status": "married",
                      "incomes": [income], **extra}  # fmt: skip
            totals.append(Calculator().assess({"id": "H", "members": [member]}, ON).monthly_total)
        steps += [totals[1] - totals[0], totals[2] - totals[1], totals[4] - totals[3]]
    assert outcome.rise is not None
    assert outcome.fall is not None
    assert (
        (outcome.rise.by, -outcome.fall.by)
        == (max(steps), min(steps))
        == (Decimal("293.99"), Decimal("-1854.01"))
    )


def test_time_that_is_too_short_is_said_and_proves_nothing() -> None:
    found = prove(
        overlays=[], on=ON, readings=DEFAULTS, properties=["never-both", "every-rule-applies"], seconds=1e-6
    )
    assert [(o.status, o.why) for o in found.outcomes] == [("unknown", "timeout")] * 2
    assert not found.right
    assert "--seconds" in found.statement("en")


def test_work_shared_between_processes_comes_to_the_same() -> None:
    readings = {name: choice for name, choice in DEFAULTS.items() if name != "student-scope"}
    asked = {"on": ON, "overlays": [], "properties": ["never-both"], "members": 2, "readings": readings}
    assert prove(**asked, processes=2).outcomes == prove(**asked).outcomes


def test_one_name_is_as_good_as_a_list_of_it() -> None:
    asked = {"on": date(2021, 5, 1), "readings": DEFAULTS, "members": 1}
    one = prove(overlays="tianjin-notice-2020", properties="never-both", **asked)
    assert (
        one.outcomes == prove(overlays=["tianjin-notice-2020"], properties=["never-both"], **asked).outcomes
    )
    assert [outcome.id for outcome in one.outcomes] == ["never-both"]


# --- asking -------------------------------------------------------------------------------------------------


def test_questions_without_a_meaning_are_refused_with_what_can_be_asked() -> None:
    for code, asked in {
        "UNKNOWN_PROPERTY": {"properties": ["never-negativ"]}, "UNKNOWN_READING": {"readings": {"units": "x"}},
        "UNKNOWN_OVERLAY": {"overlays": ["tianjin"]}, "MEMBERS_OUT_OF_RANGE": {"members": 9},
        "NOT_MODELLED": {"on": date(2016, 3, 31)},
        "OVERLAY_NOT_IN_FORCE": {"on": ON, "overlays": ["tianjin-notice-2020"]},
    }.items():  # fmt: skip
        with pytest.raises(RequestError) as error:
            prove(**asked)
        assert error.value.code == code
    with pytest.raises(RequestError, match=r"Did you mean never-negative\?"):
        prove(properties=["never-negativ"])


def test_without_z3_the_call_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result = CliRunner().invoke(main, ["check", "--prove", "--lang", "en"])
    assert result.exit_code == 2
    assert "EXTRA_NEEDED" in result.stderr
    assert "pip install 'hongqiao-rules[proofs]'" in result.stderr


def test_the_command_tells_in_both_languages_and_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    readings = [part for name, choice in DEFAULTS.items() for part in ("--reading", f"{name}={choice}")]
    asked = ["check", "--prove", "--on", "2019-05-01", "--members", "2", *readings]
    run = CliRunner().invoke
    chinese = run(main, [*asked, "--property", "never-both"])
    assert (chinese.exit_code, "已证明　never-both" in chinese.stdout) == (0, True)
    folder = str(FAULTS / "gap-of-a-fen")
    told = run(
        main, [*asked, folder, "--overlay", "gap-of-a-fen", "--property", "one-band-each", "--format", "json"]
    )
    assert told.exit_code == 2
    (outcome,) = json.loads(told.stdout)["outcomes"]
    assert (outcome["status"], outcome["shown"]["on"]) == ("refuted", "2019-04-01")
    assert assessed(Shown(**outcome["shown"]), "gap-of-a-fen")[0].programme == "none"


def test_a_refutation_is_told_in_words() -> None:
    found = planted("income-raises-the-total", "income-within-a-programme", members=2)
    english, chinese = found.statement("en"), found.statement("zh")
    assert (
        "Refuted  income-within-a-programme: Within a programme, more income never raises the total"
        in english
    )
    assert '/members/0/incomes/0/monthly "293.99" → "294.00"' in english
    assert "Monthly total 686.01 → 980.00" in english
    assert "0 proved, 1 refuted, 0 unknown." in english
    assert "每月合计 686.01 → 980.00" in chinese
