"""Bad policy files: each file under ``files/`` is refused at its line and column, with the nearest right name."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hongqiao_rules import Calculator, PolicyError
from hongqiao_rules.rulebook.load import load
from tests.places import TOP
from tests.rulebook.refused.broken import FILES, TOY, Broken, read, refusal
from tests.text.catalogues import CODES, codes

CASES = [read(file) for file in sorted(FILES.glob("*.yaml"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_is_refused_at_its_place(case: Broken, tmp_path: Path) -> None:
    error = refusal(tmp_path, case.data, case.stands_as)
    told = [(f.code, f.file, f.line, f.column) for f in error.faults]
    wanted = [(e.code, f"{tmp_path}/{e.file or case.stands_as}", e.line, e.column) for e in case.expected]
    assert told == sorted(wanted, key=lambda place: (place[1:], place[0]))
    assert (error.code, error.file, error.line, error.column) == told[0]
    for fault in error.faults:
        meant = next(
            e.meant
            for e in case.expected
            if (e.code, e.line, e.column) == (fault.code, fault.line, fault.column)
        )
        assert ("Did you mean" in fault.message) == (meant is not None)
        assert meant is None or f"Did you mean {meant}?" in fault.message
        for lang in ("en", "zh"):
            head, line, caret = fault.say(lang).split("\n")
            assert head.startswith(f"{fault.file}:{fault.line}:{fault.column}: {fault.code}: ")
            assert line.strip(" …") in Path(fault.file).read_text().splitlines()[fault.line - 1]
            # Where the characters before it are narrow, the caret stands under the place itself.
            if line.isascii():
                assert (caret.index("^"), caret.strip()) == (fault.column - 1 + 4, "^")
        assert fault.say("zh") != fault.say("en")


def test_every_code_of_a_policy_has_a_broken_file() -> None:
    told = {expected.code for case in CASES for expected in case.expected}
    here = {"POLICY_NO_FILES", "POLICY_UNREADABLE", "POLICY_NOT_UTF8", "POLICY_TOO_LARGE",
            "EXPRESSION_TOO_LONG", "POLICY_OTHER_VOCABULARY", "POLICY_NEEDS_DEFAULT",
            "POLICY_TOO_MANY_CONDITIONS", "POLICY_TOO_MANY_RULES"}  # fmt: skip  # the last two in tests/toy
    # These are told by `hongqiao-rules check`, which tries examples.
    of_examples = {"POLICY_EXAMPLE_REFUSED", "POLICY_EXAMPLE_FAILS", "POLICY_EXAMPLE_UNKNOWN_FIELD"}
    assert told | here | of_examples == set(codes("policy"))


def test_every_code_is_told_somewhere() -> None:
    package = TOP / "hongqiao_rules"
    code = "".join(file.read_text() for file in package.rglob("*.py"))
    assert [name for name in CODES if f'"{name}"' not in code] == []


# --- files that are made here -------------------------------------------------------------------------------


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    error = refusal(tmp_path, "rule: extra\ntitle: {zh: 甲, en: a}\n".encode("gb18030"))
    assert (error.code, error.line) == ("POLICY_NOT_UTF8", 2)


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    error = refusal(tmp_path, b"rule: extra\n" + b"# " + b"x" * 1_000_000)
    assert (error.code, error.line, error.column) == ("POLICY_TOO_LARGE", 1, 1)


def test_a_deep_nest_is_refused_at_once(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"rule: " + b"[" * 400_000).code == "POLICY_TOO_DEEP"
    assert (
        refusal(tmp_path, b"rule:\n" + b"".join(b"  " * n + b"- a:\n" for n in range(1, 400))).code
        == "POLICY_TOO_DEEP"
    )


@pytest.mark.parametrize("size", [400, 1990])
def test_a_long_or_deep_expression_is_refused_and_not_compiled(tmp_path: Path, size: int) -> None:
    rule = "rule: extra\ntitle: {{zh: 甲, en: a}}\nlist: grants\norder: 9\nvalue: {}\nbasis: convention\nconfidence: high\n"
    for value in ("rent" + " + rent" * (size // 7), "(" * (size // 2) + "rent" + ")" * (size // 2 - 4)):
        error = refusal(tmp_path, rule.format(value).encode())
        assert (error.code, error.line) == ("EXPRESSION_SYNTAX", 5)
    assert refusal(tmp_path, rule.format("rent" + " + rent" * 400).encode()).code == "EXPRESSION_TOO_LONG"


def test_a_caret_stands_under_wide_characters_too(tmp_path: Path) -> None:
    error = refusal(tmp_path, "rule: extra\ntitle: {zh: 很长的名称, en: a, fr: x}\n".encode())
    (fault,) = [fault for fault in error.faults if fault.code == "POLICY_UNKNOWN_KEY"]
    _, line, caret = str(fault).split("\n")
    assert line[fault.column - 1 + 4 :].startswith("fr")
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in line[: line.index("fr")])
    assert caret == " " * width + "^"


def test_of_a_long_line_the_part_around_the_fault_is_shown(tmp_path: Path) -> None:
    error = refusal(tmp_path, b"rule: extra\ntitle: {zh: a, en: " + b"x" * 3000 + b", fr: x}\n")
    (fault,) = [fault for fault in error.faults if fault.code == "POLICY_UNKNOWN_KEY"]
    _, line, caret = str(fault).split("\n")
    assert len(line) < 250
    assert line[caret.index("^") :].startswith("fr")


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "a.yaml").write_text("rule: Extra\ntitle: x\n")
    (tmp_path / "b.yaml").write_text("rule: extra\ntitle: *x\n")
    with pytest.raises(PolicyError) as caught:
        load([tmp_path])
    places = [(Path(fault.file).name, fault.line, fault.code) for fault in caught.value.faults]
    assert places == sorted(places, key=lambda place: place[:2])
    assert {(name, code) for name, _, code in places} == {
        ("a.yaml", "POLICY_BAD_NAME"), ("a.yaml", "POLICY_WRONG_TYPE"), ("a.yaml", "POLICY_MISSING_KEY"),
        ("b.yaml", "POLICY_ALIAS"),
    }  # fmt: skip


# --- folders ------------------------------------------------------------------------------------------------


def told_of(*folders: Path | str) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as caught:
        Calculator(policies=folders)
    return [(fault.code, fault.file) for fault in caught.value.faults]


def test_a_folder_that_is_not_there_or_has_no_policies(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("rule: x\n")
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "nowhere", file, tmp_path / "empty"):
        assert told_of(folder) == [("POLICY_NO_FILES", str(folder))]
        assert told_of(TOY, folder) == [("POLICY_NO_FILES", str(folder))]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert told_of(tmp_path) == [("POLICY_UNREADABLE", f"{tmp_path}/broken.yaml")]


def test_an_added_rule_of_a_bundled_id_names_both_places(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "# mine\nrule: dibao-gap\ntitle: {zh: 甲, en: a}\nlist: benefits\norder: 1\nvalue: dibao_line\n"
        "basis: convention\nconfidence: high\n"
    )
    with pytest.raises(PolicyError) as caught:
        Calculator(policies=tmp_path)
    (fault,) = caught.value.faults
    assert (fault.code, fault.file, fault.line) == ("POLICY_DUPLICATE", f"{tmp_path}/mine.yaml", 2)
    assert "policies/rules/benefits/dibao-gap.yaml:2" in fault.message


def test_a_folder_named_as_the_bundled_one_replaces_nothing_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "policies" / "rules" / "benefits"
    folder.mkdir(parents=True)
    bundled = TOP / "policies" / "rules" / "benefits" / "dibao-gap.yaml"
    shutil.copy(bundled, folder / "dibao-gap.yaml")
    monkeypatch.chdir(tmp_path)
    (place,) = told_of("policies")
    assert place == ("POLICY_DUPLICATE", f"{tmp_path}/policies/rules/benefits/dibao-gap.yaml")


def test_the_same_folder_twice_is_read_once() -> None:
    assert load([TOY, TOY.parent / "." / "policies"]).digest == load([TOY]).digest


def test_a_rulebook_about_something_else_has_no_case() -> None:
    with pytest.raises(PolicyError) as caught:
        Calculator(policies=TOY).open_case("F")
    (fault,) = caught.value.faults
    assert (fault.code, fault.file) == ("POLICY_OTHER_VOCABULARY", f"{TOY}/rulebook.yaml")


def test_no_rulebook_file(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    (tmp_path / "rulebook.yaml").unlink()
    codes = {code for code, _ in told_of(tmp_path)}
    assert codes == {
        "POLICY_DUPLICATE"
    }  # it is now added to the bundled policies, which have rules of the same ids


def test_the_last_day_there_is_may_end_a_period(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    for name in ("rulebook.yaml", "notices/cattle-plague.yaml"):
        file = tmp_path / name
        file.write_text(
            file.read_text().replace("2029-12-31", "9999-12-31").replace("2007-12-31", "9999-12-31")
        )
    assert load([tmp_path]).change_dates()[-1] == 20230101


def test_what_stands_in_an_overlay_inside_another_is_of_the_inner_one(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path, dirs_exist_ok=True)
    outer = tmp_path / "overlays" / "dry-year"
    inner = outer / "zz"
    inner.mkdir()
    (inner / "overlay.yaml").write_text((outer / "overlay.yaml").read_text().replace("dry-year", "very-dry"))
    for name in ("dry-share.yaml", "land-levy.yaml"):
        (outer / name).rename(inner / name)
    assert load([tmp_path]).definitions.rules.keys() & {
        ("very-dry", "land-levy"),
        ("dry-year", "land-levy"),
    } == {("very-dry", "land-levy")}
