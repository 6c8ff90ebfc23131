"""Every sentence of the plan is settled, every quote recorded, and a text that differs is told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.cli import main
from hongqiao_rules.coverage import Coverage, Entry
from hongqiao_rules.coverage.entries import KINDS, digest, sentences

TOP = Path(__file__).resolve().parents[1]
COVERAGE = Coverage()
WORDS = (TOP / "tests/data/plan-classified-assistance.txt").read_text(encoding="utf-8").strip()
PLAN = f"第一章 编造的规划\n前面一句。{WORDS}。\n后面一句。还有一句。"
"""A made-up plan around the words of the real one that are here."""


def codes(coverage: Coverage, text: str | None = None) -> Counter[str]:
    return Counter(finding.code for finding in coverage.findings(text))


def test_no_sentence_is_unread_and_every_quote_is_recorded() -> None:
    assert COVERAGE.findings() == ()
    assert len(COVERAGE.entries) == 179
    assert sum(COVERAGE.counts().values()) == 179
    assert {entry.chapter for entry in COVERAGE.entries} == {0, 1, 2, 3, 4}


def test_every_rule_that_cites_the_plan_is_named_by_a_sentence_and_every_quote_is_of_one() -> None:
    quotes = list(COVERAGE.quotes())
    assert len(quotes) > 60
    for rule, words in quotes:
        assert any(rule in e.rules and digest(words) in e.quotes for e in COVERAGE.entries), (rule, words)


def test_no_entry_holds_a_sentence_of_any_length() -> None:
    for entry in COVERAGE.entries:
        assert len(entry.begins) <= 8
        assert entry.kind in KINDS
        assert (entry.kind == "modelled") == bool(entry.rules)
        assert (entry.kind == "not_computable") <= (entry.why is not None)


def test_the_reasons_are_in_both_languages_and_each_is_used() -> None:
    assert {entry.why for entry in COVERAGE.entries} - {None} == set(COVERAGE.reasons)
    for reason in COVERAGE.reasons.values():
        assert any("\u4e00" <= c <= "\u9fff" for c in reason["zh"])
        assert not any("\u4e00" <= c <= "\u9fff" for c in reason["en"])


def test_the_pay_of_community_workers_is_declared_and_not_invented() -> None:
    (pay,) = [entry for entry in COVERAGE.entries if entry.begins.startswith("全面落实“三岗")]
    assert (pay.kind, pay.rules, pay.why) == ("not_computable", (), "no-figures")


def test_the_quotes_from_the_words_that_are_here_stand_in_them() -> None:
    (sentence,) = [entry for entry in COVERAGE.entries if "elder-supplement" in entry.rules]
    here = {digest(words) for _, words in COVERAGE.quotes() if words in WORDS}
    assert len(here) >= 5
    assert here <= set(sentence.quotes)


def made_up() -> Coverage:
    """The coverage of the made-up plan."""
    made, entries = Coverage(), []
    for one in sentences(PLAN):
        rules = ("elder-supplement",) if WORDS in one.text else ()
        kind = "modelled" if rules else "descriptive"
        place = 1, one.paragraph, one.sentence
        entries.append(Entry(*place, digest(one.text), one.text[:4], kind, rules, (), None))  # type: ignore[arg-type]
    made.entries = tuple(entries)
    return made


def told(text: str) -> list[tuple[str, int, int]]:
    """What is told of the sentences of a text that is held against the made-up plan."""
    found = made_up().findings(text)
    return [(f.code, f.paragraph, f.sentence) for f in found if f.paragraph]


def test_of_the_same_text_nothing_is_told() -> None:
    assert told(PLAN) == []
    assert told("\ufeff" + PLAN.replace("\n", "\n\n")) == []  # blank lines are no paragraphs


@pytest.mark.parametrize(("was", "now"), [("1560元", "1650元"), ("60周岁", "65周岁"), ("150%", "150％")])
def test_a_changed_sentence_is_told_loudly_with_the_rules_that_rest_on_it(was: str, now: str) -> None:
    changed = PLAN.replace(was, now)
    assert told(changed) == [("COVERAGE_CHANGED", 2, 2)]
    (finding,) = [f for f in made_up().findings(changed) if f.code == "COVERAGE_CHANGED"]
    assert "elder-supplement" in finding.say("en")
    assert finding.say("zh") != finding.say("en")
    missing = [f for f in made_up().findings(changed) if f.code == "COVERAGE_QUOTE_NOT_IN_TEXT"]
    assert any(was in str(finding.arguments["words"]) for finding in missing)


def test_a_sentence_that_is_missing_or_new_is_told_and_one_that_was_moved_is_not() -> None:
    assert told(PLAN.replace("还有一句。", "")) == [("COVERAGE_MISSING", 3, 2)]
    assert told(PLAN + "再有一句。") == [("COVERAGE_NEW", 3, 3)]
    assert told(PLAN.replace("前面一句。", "新的一句。前面一句。")) == [("COVERAGE_NEW", 2, 1)]
    assert told(PLAN.replace("后面一句。还有一句。", "还有一句。后面一句。")) == []
    assert codes(COVERAGE, "一句编造的话。\n又一句。")["COVERAGE_MISSING"] > 100


def with_entry(number: int, **changes: object) -> Coverage:
    made = Coverage()
    entries: list[Entry] = list(made.entries)
    entries[number] = entries[number]._replace(**changes)
    made.entries = tuple(entries)
    return made


def test_an_entry_that_is_not_settled_is_unread() -> None:
    assert codes(with_entry(5, kind="not_computable", rules=(), why=None)) == {"COVERAGE_UNREAD": 1}
    assert codes(with_entry(5, kind="modelled", rules=(), why=None)) == {"COVERAGE_UNREAD": 1}
    assert codes(with_entry(5, why="no-such-reason")) == {"COVERAGE_UNREAD": 1}


def test_a_gap_between_entries_is_told() -> None:
    made = Coverage()
    made.entries = (*made.entries[:5], *made.entries[6:])
    assert codes(made)["COVERAGE_GAP"] == 1


def test_a_rule_that_is_not_there_and_a_quote_that_nobody_recorded_are_told() -> None:
    assert codes(with_entry(5, kind="modelled", rules=("no-such-rule",))) == {"COVERAGE_UNKNOWN_RULE": 1}
    place = next(n for n, e in enumerate(COVERAGE.entries) if "one-shoulder" in e.rules)
    assert codes(with_entry(place, quotes=())) == {"COVERAGE_QUOTE_UNRECORDED": 1}


texts = st.text(st.sampled_from("一二三。,;”“ \n"), max_size=40)


@given(texts)
def test_the_sentences_of_a_text_are_all_of_it(text: str) -> None:
    kept = [line for line in text.splitlines() if line.strip()]
    found = list(sentences(text))
    for number, line in enumerate(kept, 1):
        assert "".join(s.text for s in found if s.paragraph == number) == line
    assert all(s.text for s in found)
    assert len({(s.paragraph, s.sentence) for s in found}) == len(found)


def test_the_command_shows_it_and_refuses_another_text(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["coverage", "--lang", "en"])
    assert shown.exit_code == 0
    assert "In all: modelled 26, not computable 48, descriptive 105" in shown.stdout
    listed = CliRunner().invoke(main, ["coverage", "--format", "json"])
    assert [json.loads(line)["digest"] for line in listed.stdout.splitlines()] == [
        e.digest for e in COVERAGE.entries
    ]
    (tmp_path / "plan.txt").write_text("一句编造的话。", encoding="utf-8")
    other = CliRunner().invoke(main, ["coverage", "--text", str(tmp_path / "plan.txt"), "--lang", "en"])
    assert other.exit_code == 2
    assert "1.1: COVERAGE_CHANGED: " in other.stderr
    assert "is the text whole?" in other.stderr


def test_a_text_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes("规划".encode("gb18030"))
    result = CliRunner().invoke(main, ["coverage", "--text", str(tmp_path / "plan.txt"), "--lang", "en"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("COVERAGE_NOT_TEXT: ")
