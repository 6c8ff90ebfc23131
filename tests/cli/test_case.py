"""``hongqiao-rules case``: open, record, show, changes, upcoming, over a file and over a database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hongqiao_rules.cli import main
from tests.case.test_events import HOUSEHOLD, stated

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "household.json").write_text(json.dumps(HOUSEHOLD), encoding="utf-8")

    def call(*arguments: str, given: str = "") -> Result:
        return CliRunner().invoke(main, ["case", *arguments], input=given)

    return call


@pytest.mark.parametrize("file", ["case.jsonl", "cases.db"])
def test_a_case_from_its_opening_to_what_is_to_come(run: Run, file: str) -> None:
    which = [file, "--case", "HQ"]
    opened = run(
        "open", *which, "--household", "household.json", "--since", "2019-04-01", "--known", "2019-04-20"
    )
    assert (opened.exit_code, opened.stdout) == (0, "已开立个案HQ，7个事件\n")
    lapse = {"event": "lapsed", "known": "2019-06-20", "of": 4, "until": "2019-06-30"}
    recorded = run("record", *which, "-", "--lang", "en", given=f"{json.dumps(lapse)}\n\n")
    assert (recorded.exit_code, recorded.stdout) == (0, "Recorded as event 8\n")
    shown = [
        json.loads(run("show", *which, "--on", "2019-07-01", "--format", "json", *more).stdout)[
            "monthly_total"
        ]
        for more in ([], ["--known-by", "2019-06-19"])
    ]
    assert shown == ["2940.00", "1440.00"]
    assert "每月合计 2940.00 元" in run("show", *which, "--on", "2019-07-01").stdout
    last = json.loads(run("changes", *which, "--format", "json").stdout.splitlines()[-1])
    assert last["number"] == 8
    assert {"rule": "dibao-gap", "member": None, "before": "1440.00", "after": "2940.00"} in last["rules"]
    assert "  Dibao gap payment: 1440.00 → 2940.00\n" in run("changes", *which, "--lang", "en").stdout
    assert "  低保差额救助：1440.00 → 2940.00\n" in run("changes", *which).stdout
    opening = run("changes", *which).stdout.splitlines()[
        :2
    ]  # nothing can be decided yet, and why is told in words
    assert opening[0].endswith("MARITAL_STATUS_NEEDED、/members/0/incomes INCOMES_NEEDED")
    assert opening[1] == (
        "  /members/0/marital_status: MARITAL_STATUS_NEEDED: 申请人和任何成员的父母，年满18周岁的必须填写婚姻状况。"
    )
    first = json.loads(run("changes", *which, "--lang", "en", "--format", "json").stdout.splitlines()[0])
    assert first["after"]["faults"][0]["message"].startswith("The marital status is needed")
    upcoming = run("upcoming", *which, "--until", "2019-12-31", "--after", "2019-07-01")
    assert upcoming.stdout.startswith("2019-07-15（gran满60周岁）：每月2940.00元")
    (coming,) = run(
        "upcoming", *which, "--until", "2019-12-31", "--after", "2019-07-01", "--format", "json"
    ).stdout.splitlines()
    assert json.loads(coming)["causes"] == [{"kind": "birthday", "what": "gran", "number": 60}]
    assert json.loads(coming)["after"]["monthly_total"] == "3234.00"
    assert (
        run("upcoming", *which, "--until", "2019-06-21", "--lang", "en").stdout
        == "No future change is known\n"
    )


@pytest.fixture
def late(run: Run) -> str:
    """A case in which a raise of June 2019 was told in October."""
    run("open", "c.jsonl", "--household", "household.json", "--since", "2019-04-01", "--known", "2019-04-20")
    lapse = {"event": "lapsed", "known": "2019-10-10", "of": 4, "until": "2019-05-31"}
    wages = {"member": "mother", "kind": "wages", "monthly": "3000.00"}
    raised = stated("income", known="2019-10-10", since="2019-06-01", **wages)
    run("record", "c.jsonl", "-", given=f"{json.dumps(lapse)}\n{json.dumps(raised)}\n")
    return "c.jsonl"


def test_arrears_and_overpayments_are_told_month_by_month_with_the_rule(run: Run, late: str) -> None:
    told = run("payments", late, "--from", "2019-04", "--to", "2019-08")
    assert (told.exit_code, told.stderr) == (0, "")
    lines = told.stdout.splitlines()
    assert lines[0] == "2019-04：已发0.00元，应发金额尚不能确定（尚不能核算：/members TOO_FEW）"
    assert lines[1].startswith("  /members: TOO_FEW: ")
    assert lines[2] == "2019-05：已发1440.00元，应发1440.00元，相符"
    assert "2019-07：已发1440.00元，应发1140.00元，多发300.00元" in lines
    assert "  按2019-06-30的决定；低保金自作出决定的次月起发放（由文件推断）" in lines
    assert "  低保差额救助：1440.00 → 1140.00" in lines
    assert lines[-1] == "合计：应补发0.00元，多发600.00元；其中1个月尚不能确定"
    english = run("payments", late, "--from", "2019-07", "--to", "2019-07", "--lang", "en").stdout
    assert english.startswith("2019-07: paid 1440.00 yuan, due 1140.00 yuan, 300.00 yuan overpaid\n")
    assert english.endswith("Total: 0.00 yuan still owed, 300.00 yuan overpaid\n")


def test_payments_as_json_against_what_was_really_paid(run: Run, late: str) -> None:
    Path("paid.json").write_text('{"2019-07": 1000, "2019-08": "1434.00"}', encoding="utf-8")
    told = run(
        "payments", late, "--from", "2019-06", "--to", "2019-08", "--paid", "paid.json", "--format", "json"
    )
    months = [json.loads(line) for line in told.stdout.splitlines()]
    assert [(m["month"], m["paid"], m["due"], m["difference"]) for m in months] == [
        ("2019-06", "0.00", "1440.00", "1440.00"),
        ("2019-07", "1000.00", "1140.00", "140.00"),
        ("2019-08", "1434.00", "1434.00", "0.00"),
    ]
    assert {(m["rule"], m["basis"]) for m in months} == {("dibao-paid-from", "inferred")}


@pytest.mark.parametrize(("lang", "said"), [
    ("zh", "paid.json中这些月份不在所问的范围内，未计入：2019-05、2019-09\n"),
    ("en", "paid.json contains months outside the period asked for; they are left out: 2019-05, 2019-09\n"),
])  # fmt: skip
def test_payments_of_months_that_were_not_asked_for_are_told(
    run: Run, late: str, lang: str, said: str
) -> None:
    Path("paid.json").write_text('{"2019-09": 1, "2019-07": "1140.00", "2019-05": 2}', encoding="utf-8")
    told = run(
        "payments", late, "--from", "2019-07", "--to", "2019-07", "--paid", "paid.json", "--lang", lang
    )
    assert (told.exit_code, told.stderr) == (0, said)


@pytest.mark.parametrize(
    ("first", "last", "paid", "code"),
    [
        ("2019-13", "2019-12", None, "BAD_MONTH"),
        ("2019-05-01", "2019-12", None, "BAD_MONTH"),
        ("2019-12", "2019-05", None, "MONTHS_REVERSED"),
        ("2019-05", "2019-06", "[1]", "BAD_PAID"),
        ("2019-05", "2019-06", '{"2019-05": 1.5}', "BAD_PAID"),
        ("2019-05", "2019-06", '{"2019-05": "-1"}', "BAD_PAID"),
        ("2019-05", "2019-06", '{"May": "1"}', "BAD_MONTH"),
        ("2019-05", "2019-06", '{"2019-05": "1", "2019-05": "2"}', "/2019-05: DUPLICATE_KEY"),
        ("2019-05", "2019-06", '{"2019-05": null}', "BAD_PAID"),
        ("2019-05", "2019-06", "{", "NOT_JSON"),
        ("2016-01", "2016-02", None, "NOT_MODELLED"),
    ],
)
def test_a_wrong_question_about_payments_is_refused(
    run: Run, late: str, first: str, last: str, paid: str | None, code: str
) -> None:
    more = []
    if paid is not None:
        Path("paid.json").write_text(paid, encoding="utf-8")
        more = ["--paid", "paid.json"]
    for lang in ("zh", "en"):
        told = run("payments", late, "--from", first, "--to", last, "--lang", lang, *more)
        assert (told.exit_code, told.stdout) == (2, "")
        assert f"{code}: " in told.stderr


def test_the_last_month_of_the_calendar_is_the_last(run: Run, late: str) -> None:
    told = run("payments", late, "--from", "9999-11", "--to", "9999-12", "--format", "json")
    assert (told.exit_code, told.exception) == (0, None)
    assert [json.loads(line)["month"] for line in told.stdout.splitlines()] == ["9999-11", "9999-12"]


def test_what_is_refused_is_told_at_its_place_with_status_2(run: Run) -> None:
    run("open", "case.jsonl", "--household", "household.json", "--since", "2019-04-01")
    good = json.dumps(stated("illness", member="son", illness="uremia"))
    bad = json.dumps(stated("death", member="nobody"))
    result = run("record", "case.jsonl", "-", "--lang", "en", given=f"{good}\n{bad}\n{good}\n")
    assert result.exit_code == 2
    assert result.stdout == "Recorded as event 8\n"
    assert result.stderr.startswith("-:2: HQ/fact/member: NEVER_JOINED: nobody never joined")
    for given, code in (("{", "NOT_JSON"), ("3", "NOT_AN_OBJECT"), ('{"a":1,"a":2}', "DUPLICATE_KEY")):
        result = run("record", "case.jsonl", "-", "--lang", "en", given=given)
        assert result.exit_code == 2
        assert f": {code}: " in result.stderr
    missing = run("show", "case.jsonl", "--on", "2026-01-01", "--lang", "en")
    assert missing.exit_code == 2
    assert missing.stderr.startswith("case.jsonl: HQ/members/1/incomes: INCOMES_NEEDED: ")
    again = run(
        "open",
        "case.jsonl",
        "--household",
        "household.json",
        "--since",
        "2019-05-01",
        "--known",
        "2019-04-01",
    )
    assert again.stderr.startswith("case.jsonl: HQ/")
    Path("wrong.json").write_text('{"id": "HQ", "members": []}', encoding="utf-8")
    wrong = run("open", "new.jsonl", "--household", "wrong.json", "--since", "2019-05-01")
    assert (wrong.exit_code, Path("new.jsonl").exists()) == (2, False)
    assert wrong.stderr.startswith("wrong.json: HQ/members: TOO_FEW: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "none.jsonl", "--on", "2019-05-01"], "NO_RECORD"),
        (["show", "none.db", "--case", "HQ", "--on", "2019-05-01"], "NO_RECORD"),
        (["show", "none.db", "--on", "2019-05-01"], "NO_RECORD"),
        (["open", "new.jsonl"], "OPTION_NEEDED"),
        (["open", "new.db"], "OPTION_NEEDED"),
        (["open", "new.jsonl", "--household", "household.json"], "OPTION_NEEDED"),
        (["open", "new.jsonl", "--case", "A", "--since", "2019-05-01"], "OPTION_WITHOUT_MODE"),
        (["show", "household.json", "--on", "2019-05-01"], "NOT_A_RECORD"),
        (["upcoming", "household.json", "--until", "soon"], "NOT_A_RECORD"),
        (["open", "nowhere/new.jsonl", "--case", "HQ"], "RECORD_NOT_USABLE: "),
        (["open", "nowhere/new.db", "--case", "HQ"], "RECORD_NOT_USABLE: "),
        (["open", "new.jsonl", "--household", "household.json", "--since", "soon"], "BAD_ASSESSMENT_DATE"),
    ],
)
def test_a_wrong_question_is_refused(run: Run, arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert not Path("none.db").exists()
    assert not Path("new.jsonl").exists()


def test_a_database_that_another_writes_is_told_and_nothing_is_half_recorded(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    which = ["c.db", "--case", "HQ"]
    run("open", *which, "--household", "household.json", "--since", "2019-04-01")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **more: connect(path, timeout=0, **more))
    other = connect("c.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    told = run("record", *which, "-", given=json.dumps(stated("death", member="gran")))
    other.close()
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("RECORD_NOT_USABLE: 记录c.db无法读写")
    assert len(run("changes", *which).stdout.split("事件")) == 8  # the seven events of the opening


def test_a_torn_line_is_told(run: Run) -> None:
    run("open", "case.jsonl", "--case", "HQ")
    with Path("case.jsonl").open("a") as file:
        file.write('{"event"')
    result = run("changes", "case.jsonl", "--lang", "en")
    assert result.exit_code == 0
    assert result.stderr == 'case.jsonl: line 2 is incomplete and was dropped: {"event"\n'
    assert run("changes", "case.jsonl").stderr == ""
