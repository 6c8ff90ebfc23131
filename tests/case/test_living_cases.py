"""Living cases: after every event, correction, withdrawal and closing the answers are those of the household as it is."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hongqiao_rules import Calculator, HouseholdError
from hongqiao_rules.case.living_case import Case
from hongqiao_rules.errors import EventError
from hongqiao_rules.testing import codes

BIRTHS = {
    "m0": date(1978, 3, 2), "m1": date(1960, 2, 29), "m2": date(2009, 9, 1), "m3": date(2017, 5, 1),
    "m4": date(2003, 1, 15),
}  # fmt: skip
CALCULATOR = Calculator()
FIRST, LAST = date(2016, 4, 1), date(2027, 12, 31)
DAYS = st.one_of(
    st.sampled_from([date(2019, 4, 1), date(2020, 2, 29), date(2020, 9, 1), date(2021, 7, 1)]),
    st.dates(FIRST, LAST),
)
MEMBERS = st.sampled_from(sorted(BIRTHS))
RELATIONSHIPS = st.sampled_from(["applicant", "spouse", "child", "child", "parent", "other"])


def _of_member(type_: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(type_), "member": MEMBERS, **fields})


MONTHLY = st.integers(0, 6000).map(str) | st.integers(0, 500_000).map(
    lambda fen: f"{fen // 100}.{fen % 100:02}"
)
JOINS = st.builds(
    lambda member, relationship, parent: {
        "type": "joins", "member": member, "relationship": relationship,
        "birth_date": BIRTHS[member].isoformat(), **({"parent": parent} if parent else {}),
    },
    MEMBERS, RELATIONSHIPS, st.none() | st.none() | MEMBERS,
)  # fmt: skip
CIRCUMSTANCES = ["childless", "hardship_recognized", "receives_family_planning_support"]
FACTS = {
    "joins": JOINS,
    "income": _of_member("income", kind=st.sampled_from(codes("income-kind")), monthly=MONTHLY),
    "illness": _of_member("illness", illness=st.sampled_from(codes("illness"))),
    "disability": _of_member(
        "disability", kind=st.sampled_from(codes("disability-kind")), grade=st.integers(1, 4)
    ),
    "none_of": _of_member("none_of", field=st.sampled_from(["incomes", "illnesses", "disabilities"])),
    "schooling": _of_member("schooling", schooling=st.sampled_from(codes("schooling"))),
    "guardianship": _of_member("guardianship", guardianship=st.sampled_from(codes("guardianship"))),
    "marriage": _of_member("marriage", marital_status=st.sampled_from(codes("marital-status"))),
    "absence": _of_member("absence", absence=st.sampled_from(codes("absence"))),
    "self_care": _of_member("self_care", self_care=st.sampled_from(codes("self-care"))),
    "living": _of_member("living", living_arrangement=st.sampled_from(codes("living-arrangement"))),
    "destitution": _of_member("destitution", destitute_support=st.sampled_from(codes("destitute-support"))),
    "admission": _of_member("admission", university_admission=st.sampled_from(codes("university-admission"))),
    "death": _of_member("death"),
    "circumstance": st.fixed_dictionaries(
        {
            "type": st.just("circumstance"),
            "circumstance": st.sampled_from(CIRCUMSTANCES),
            "holds": st.booleans(),
        }
    ),
}


def household_as_it_is(standing: dict[int, dict[str, Any]], day: date) -> dict[str, Any]:
    """The household of a day, worked out plainly from the statements that stand."""
    household: dict[str, Any] = {"id": "HQ"}
    members: dict[str, dict[str, Any]] = {}
    on = day.isoformat()

    def holds(statement: dict[str, Any]) -> bool:
        return bool(statement["since"] <= on <= statement.get("until", "9999-12-31"))

    facts = [(statement, statement["fact"]) for statement in standing.values()]
    for statement, fact in facts:
        dead = any(
            f["type"] == "death" and f["member"] == fact.get("member") and s["since"] <= on for s, f in facts
        )
        if fact["type"] == "joins" and holds(statement) and not dead:
            said = {name: value for name, value in fact.items() if name not in ("type", "member")}
            members[fact["member"]] = {"id": fact["member"], **said}
    lists = {"income": "incomes", "illness": "illnesses", "disability": "disabilities"}
    singles = {
        "schooling": "schooling",
        "guardianship": "guardianship",
        "marriage": "marital_status",
        "absence": "absence",
        "self_care": "self_care",
        "living": "living_arrangement",
        "destitution": "destitute_support",
        "admission": "university_admission",
    }
    for name, member in members.items():
        own = [(s, f) for s, f in facts if f.get("member") == name and s["since"] <= on]
        for type_, field in lists.items():
            if any(f["type"] == type_ or (f["type"] == "none_of" and f["field"] == field) for _, f in own):
                items = [
                    f["illness"]
                    if type_ == "illness"
                    else {k: v for k, v in f.items() if k not in ("type", "member")}
                    for s, f in own
                    if f["type"] == type_ and holds(s)
                ]
                once = [
                    item
                    for number, item in enumerate(items)
                    if type_ == "income" or item not in items[:number]
                ]
                member[field] = once
        for type_, field in singles.items():
            latest = max(
                ((s["since"], f[field]) for s, f in own if f["type"] == type_ and holds(s)), default=None
            )
            if latest is not None:
                member[field] = latest[1]
    for circumstance in {f["circumstance"] for _, f in facts if f["type"] == "circumstance"}:
        latest = max(
            (
                (s["since"], f["holds"])
                for s, f in facts
                if f.get("circumstance") == circumstance and holds(s)
            ),
            default=None,
        )
        if latest is not None:
            household[circumstance] = latest[1]
    return {**household, "members": list(members.values())}


def answer(assess: Any) -> str | list[tuple[str, str]]:
    """The whole assessment with its trace and receipt, or what stood in its way."""
    try:
        return str(assess().to_json())
    except HouseholdError as error:
        return [(fault.code, fault.path) for fault in error.faults]


class LivingCase(RuleBasedStateMachine):
    """A case by durable-rules, the same by the direct engine, and a plain list of what stands."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "case.jsonl"
        self.case = self.opened()
        self.direct = CALCULATOR.open_case("HQ", inference=False)
        self.standing: dict[int, dict[str, Any]] = {}
        self.known = date(2019, 4, 1)
        self.today = date(2019, 5, 1)
        self.known_then: list[tuple[date, dict[int, dict[str, Any]]]] = []

    def opened(self) -> Case:
        return CALCULATOR.open_case("HQ", record=self.path)

    def tell(self, event: dict[str, Any]) -> bool:
        """Record an event in both; whether it was taken. A refused event changes nothing."""
        before = self.case.events
        refused: list[EventError] = []
        for case in (self.case, self.direct):
            try:
                number = case.record(event)
            except EventError as error:
                refused.append(error)
        if refused:
            assert len(refused) == 2
            assert refused[0].faults == refused[1].faults
            assert self.case.events == self.direct.events == before
            return False
        assert number == len(self.case.events) == len(self.direct.events) == len(before) + 1
        self.known = date.fromisoformat(event["known"])
        return True

    def after(self) -> None:
        self.known_then.append((self.known, {n: dict(s) for n, s in self.standing.items()}))

    @initialize(relationship=st.sampled_from(["married", "widowed", "divorced"]), monthly=MONTHLY)
    def three_generations(self, relationship: str, monthly: str) -> None:
        for fact in (
            {"type": "joins", "member": "m0", "relationship": "applicant", "birth_date": "1978-03-02"},
            {"type": "marriage", "member": "m0", "marital_status": relationship},
            {"type": "income", "member": "m0", "kind": "wages", "monthly": monthly},
            {"type": "joins", "member": "m1", "relationship": "parent", "birth_date": "1960-02-29"},
            {"type": "none_of", "member": "m1", "field": "incomes"},
            {"type": "joins", "member": "m2", "relationship": "child", "birth_date": "2009-09-01"},
            {"type": "schooling", "member": "m2", "schooling": "primary"},
        ):
            self.say({"known": "2019-04-01", "since": "2016-01-01", "fact": fact})

    def say(self, statement: dict[str, Any]) -> None:
        if self.tell({"event": "stated", **statement}):
            self.standing[len(self.case.events)] = statement
            self.after()

    @rule(
        fact=st.one_of(list(FACTS.values())),
        since=DAYS,
        lasts=st.none() | st.integers(-3, 900),
        step=st.integers(-1, 60),
    )
    def state(self, fact: dict[str, Any], since: date, lasts: int | None, step: int) -> None:
        known = self.known + timedelta(days=step)
        until = {} if lasts is None else {"until": (since + timedelta(days=lasts)).isoformat()}
        self.say({"known": known.isoformat(), "since": since.isoformat(), **until, "fact": fact})

    @precondition(lambda self: self.standing)
    @rule(data=st.data(), since=DAYS)
    def correct(self, data: st.DataObject, since: date) -> None:
        of = data.draw(st.sampled_from(sorted(self.standing)))
        old = self.standing[of]["fact"]
        fact = data.draw(FACTS[old["type"]])
        if data.draw(st.integers(0, 9)):  # else it may be about another member, which is refused
            fact |= {name: old[name] for name in ("member", "circumstance", "birth_date") if name in old}
        statement = {"known": self.known.isoformat(), "since": since.isoformat(), "fact": fact}
        if self.tell({"event": "corrected", "of": of, **statement}):
            self.standing[of] = statement
            self.after()

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from([*sorted(self.standing), 0, len(self.case.events) + 1]))
        if self.tell({"event": "withdrawn", "known": self.known.isoformat(), "of": of}):
            del self.standing[of]
            self.after()

    @precondition(lambda self: self.standing)
    @rule(data=st.data(), until=DAYS)
    def lapse(self, data: st.DataObject, until: date) -> None:
        of = data.draw(st.sampled_from([*sorted(self.standing), 0, len(self.case.events) + 1]))
        if self.tell(
            {"event": "lapsed", "known": self.known.isoformat(), "of": of, "until": until.isoformat()}
        ):
            self.standing[of] = {**self.standing[of], "until": until.isoformat()}
            self.after()

    @rule(day=DAYS)
    def advance(self, day: date) -> None:
        self.today = day

    @rule()
    def close_and_open(self) -> None:
        events = self.case.events
        self.case.close()
        self.case = self.opened()
        assert self.case.events == events
        assert self.case.torn is None

    @precondition(lambda self: self.known_then)
    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        """What was known on a day is what stood then, whatever was corrected since."""
        day, _ = data.draw(st.sampled_from(self.known_then))
        stood = [standing for known, standing in self.known_then if known <= day][-1]
        wanted = answer(lambda: CALCULATOR.assess(household_as_it_is(stood, self.today), self.today))
        assert answer(lambda: self.case.on(self.today, known_by=day)) == wanted

    @invariant()
    def all_answers_agree(self) -> None:
        inferred = answer(lambda: self.case.on(self.today))
        assert inferred == answer(lambda: self.direct.on(self.today))
        plain = household_as_it_is(self.standing, self.today)
        if plain["members"]:
            assert inferred == answer(lambda: CALCULATOR.assess(plain, self.today))
        else:
            assert inferred == [("TOO_FEW", "/members")]

    def teardown(self) -> None:
        self.case.close()
        self.direct.close()
        self.folder.cleanup()


def test_inference_replay_and_the_household_as_it_is_always_agree() -> None:
    run_state_machine_as_test(LivingCase, settings=settings(stateful_step_count=30))  # type: ignore[no-untyped-call]
