"""Every sentence of the plan is accounted for, and a text that differs is told loudly, sentence by sentence."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.cli import main
from hongqiao_rules.coverage import compare, read
from hongqiao_rules.errors import PolicyError
from hongqiao_rules.plan.bundled_coverage import PLAN, books, coverage
from hongqiao_rules.plan.coverage_reader import WAYS, Coverage, Entry, Part
from hongqiao_rules.plan.sentences import FIRST_WORDS, digest, sentences
from hongqiao_rules.rulebook.bilingual import Bilingual
from tests.places import TOP

FOLDER = TOP / "policies" / "coverage"
BOOKS = books()
PARAGRAPH = (TOP / "tests/data/plan-classified-assistance.txt").read_text(encoding="utf-8").strip()

texts = st.lists(
    st.lists(st.text("甲乙丙丁戊1,、“", min_size=1, max_size=6).map(lambda s: s + "。"), min_size=1, max_size=4).map(
        "".join
    ),
    min_size=1,
    max_size=5,
    unique=True,
).map("\n".join).filter(lambda text: len({s.text for s in sentences(text)}) == len(list(sentences(text))))  # fmt: skip


def covering(text: str, quotes: tuple[tuple[str, str], ...] = ()) -> Coverage:
    """A coverage that accounts for every sentence of *text*."""
    entries = tuple(
        Entry(s.paragraph, s.number, s.begins, s.digest, "descriptive", (), None, "account")
        for s in sentences(text)
    )
    return Coverage("made-up", (Part(Bilingual("全文", "All"), entries),), quotes)


def codes(covered: Coverage, text: str) -> list[str]:
    return [fault.code for fault in compare(covered, text, "plan.txt")]


# --- what is shipped ---------------------------------------------------------------------------------------------


def test_every_sentence_is_accounted_for_in_exactly_one_way() -> None:
    entries = coverage().entries
    assert len(entries) == 179
    assert sum(coverage().count(way) for way in WAYS) == 179
    assert {entry.way for entry in entries} == set(WAYS)


def test_the_entries_follow_the_plan_without_a_gap() -> None:
    places = [(entry.paragraph, entry.number) for entry in coverage().entries]
    expected = [(p, n) for p in range(1, 49) for n in range(1, 1 + sum(q == p for q, _ in places))]
    assert places == expected


def test_the_text_of_a_sentence_is_not_shipped() -> None:
    assert all(len(entry.begins) <= FIRST_WORDS for entry in coverage().entries)


def test_whatever_quotes_the_plan_models_a_sentence_of_it() -> None:
    modelled = {rule for entry in coverage().entries for rule in entry.rules}
    citing = {
        rule_id
        for book in BOOKS
        for (_, rule_id), rule in book.rules.items()
        for cited in rule.citations
        if cited.source == PLAN
    }
    assert citing <= modelled
    assert len(citing) >= 10


def test_the_pay_of_community_workers_is_declared_and_not_invented() -> None:
    (entry,) = [e for e in coverage().entries if e.begins.startswith("全面落实“三岗十")]
    assert entry.reason is not None
    assert entry.reason.id == "pay-without-figures"


def test_the_paragraph_of_classified_assistance_holds_its_quotations() -> None:
    faults = compare(Coverage(PLAN, (), coverage().quotes), PARAGRAPH, "plan.txt")
    quotes = {words for _, words in coverage().quotes}
    missing = {fault.arguments["words"] for fault in faults if fault.code == "QUOTE_NOT_IN_TEXT"}
    assert missing == {words for words in quotes if words not in PARAGRAPH}
    assert len(quotes - missing) >= 8


# --- a text held against a coverage ------------------------------------------------------------------------------


@given(texts)
def test_a_text_agrees_with_its_own_coverage(text: str) -> None:
    assert codes(covering(text), text) == []


@given(texts, st.data())
def test_one_changed_sentence_is_told_at_its_place_and_nothing_else(text: str, data: st.DataObject) -> None:
    found = list(sentences(text))
    chosen = data.draw(st.sampled_from(found))
    lines = text.splitlines()
    line = lines[chosen.line - 1]
    at = chosen.column - 1
    lines[chosen.line - 1] = line[:at] + "改" + line[at:]
    (fault,) = compare(covering(text), "\n".join(lines), "plan.txt")
    assert (fault.code, fault.line, fault.column) == ("SENTENCE_CHANGED", chosen.line, chosen.column)
    assert fault.arguments["place"] == f"{chosen.paragraph}.{chosen.number}"


@given(texts, st.data())
def test_a_new_sentence_is_unread_and_makes_no_stranger_of_the_others(text: str, data: st.DataObject) -> None:
    lines = text.splitlines()
    row = data.draw(st.integers(0, len(lines)))
    assert codes(covering(text), "\n".join([*lines[:row], "新增一句。", *lines[row:]])) == ["SENTENCE_UNREAD"]


@given(texts)
def test_a_lost_paragraph_is_told(text: str) -> None:
    lines = text.splitlines()
    lost = sum(sentence.line == len(lines) for sentence in sentences(text))
    assert codes(covering(text), "\n".join(lines[:-1])) == ["SENTENCE_GONE"] * lost


@given(texts)
def test_white_space_and_line_breaks_do_not_count(text: str) -> None:
    assert codes(covering(text), "\ufeff\n" + text.replace("。", "。\n\n").replace("1", " 1")) == []


def test_a_quotation_that_does_not_stand_there_is_told() -> None:
    covered = covering("增发1560元。", (("supplement", "增发1560元"), ("other", "增发1870元")))
    (fault,) = compare(covered, "增发1560元。", "plan.txt")
    assert (fault.code, fault.arguments["name"]) == ("QUOTE_NOT_IN_TEXT", "other")


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    assert [s.text for s in sentences("“甲。”乙。丙")] == ["“甲。”乙。", "丙"]
    assert digest("甲 乙") == digest("甲乙")


# --- files that are refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("4-tasks.yaml", "descriptive: heading}", "descriptive: heading, not_computable: campaign}", "COVERAGE_NOT_ONE"),
        ("4-tasks.yaml", "number: 28", "number: 29", "COVERAGE_PARAGRAPH"),
        ("4-tasks.yaml", "not_computable: other-document", "not_computable: other-documents", "COVERAGE_UNKNOWN_NAME"),
        ("2-achievements.yaml", "elder-supplement", "elder-suplement", "COVERAGE_UNKNOWN_NAME"),
        ("2-achievements.yaml", "orphan-student-supplement, ", "", "COVERAGE_UNLISTED"),
        ("2-achievements.yaml", "descriptive: account}", "descriptive: accounts}", "POLICY_UNKNOWN_WORD"),
        ("2-achievements.yaml", "descriptive: account}", "described: account}", "POLICY_UNKNOWN_KEY"),
        ("reasons.yaml", "reasons:", "reason:", "POLICY_UNKNOWN_KIND"),
    ],
)  # fmt: skip
def test_a_broken_coverage_is_refused_at_its_place(
    tmp_path: Path, file: str, old: str, new: str, code: str
) -> None:
    shutil.copytree(FOLDER, tmp_path / "coverage")
    broken = tmp_path / "coverage" / file
    text = broken.read_text(encoding="utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PolicyError) as error:
        read(BOOKS, PLAN, tmp_path / "coverage")
    fault = next(f for f in error.value.faults if f.code == code)
    assert fault.file.endswith(file if code != "COVERAGE_UNLISTED" else "1-preamble.yaml")
    assert fault.say("zh") != fault.say("en")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as error:
        read(BOOKS, PLAN, tmp_path)
    assert error.value.code == "POLICY_NO_FILES"


# --- the command -------------------------------------------------------------------------------------------------


def test_the_command_lists_every_sentence_in_both_languages() -> None:
    for lang, head in (("en", "179 sentences: "), ("zh", "共 179 句：")):
        result = CliRunner().invoke(main, ["coverage", "--lang", lang])
        assert result.exit_code == 0
        assert result.stdout.startswith(head)
        assert result.stdout.count("…  [") == 179


def test_the_command_refuses_a_text_that_differs(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("增发1870元。\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["coverage", "--text", str(file)])
    assert result.exit_code == 2
    assert "SENTENCE_CHANGED" in result.stderr
    assert "QUOTE_NOT_IN_TEXT" in result.stderr
    file.write_bytes(b"\xff\xfe")
    assert "FILE_UNREADABLE" in CliRunner().invoke(main, ["coverage", "--text", str(file)]).stderr
