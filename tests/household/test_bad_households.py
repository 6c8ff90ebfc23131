"""Bad households: each of those under ``households/`` is refused by its code, at its place, with a way out."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from hongqiao_rules import Calculator, HouseholdError
from tests.text.catalogues import codes, declared

FOLDER = Path(__file__).parent / "households"
GOOD = (FOLDER / "good.json").read_text()
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['title']}")
    for file in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(file.read_text())
]
ON = date(2019, 5, 1)
TWO_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


@cache
def calculator() -> Calculator:
    return Calculator()


def text_of(case: dict[str, Any]) -> str:
    if "text" in case:
        return str(case["text"])
    assert GOOD.count(case["replace"]) == 1, "the piece to replace stands once in the good household"
    return GOOD.replace(case["replace"], case["by"])


def refusal(text: str | bytes, on: date = ON) -> HouseholdError:
    with pytest.raises(HouseholdError) as caught:
        calculator().assess_json(text, on=on)
    return caught.value


@pytest.mark.parametrize("case", CASES)
def test_each_is_refused_by_code_and_place(case: dict[str, Any]) -> None:
    text, on = text_of(case), case.get("day", ON)
    if not case["refused"]:
        assert calculator().assess_json(text, on=on).on == on
        return
    faults = refusal(text, on).faults
    assert [f"{fault.code} {fault.path}" for fault in faults] == case["refused"]
    for fault in faults:
        assert fault.message == fault.say("en")
        assert not TWO_WORDS.search(fault.say("zh")), "what was found is said in the message's language"
        for lang in ("en", "zh"):
            fault.say(lang).encode()  # can be printed
            assert "{" not in fault.say(lang).replace('{"', ""), "every blank of the sentence is filled"
    if "meant" in case:
        assert f"Did you mean {case['meant']}?" in faults[0].message
        assert f"是否想写{case['meant']}？" in faults[0].say("zh")
    else:
        assert all("Did you mean" not in fault.message for fault in faults if len(faults) == 1)


def test_the_good_household_is_good() -> None:
    assert calculator().assess_json(GOOD, on=ON).household == "HQ-0001"


def test_every_code_of_a_household_has_a_case() -> None:
    told = {line.split(" ")[0] for case in CASES for line in case.values[0]["refused"]}
    here = {"NOT_UTF8", "TOO_LARGE", "TOO_DEEP", "TOO_MANY", "TEXT_TOO_LONG"}
    of_lists_of_households = {"NO_HOUSEHOLD", "DUPLICATE_HOUSEHOLD"}
    of_own_facts = {"BAD_AMOUNT", "BAD_NUMBER"}  # refused in tests/toy/test_assess.py
    of_registers = {"BAD_ID_NUMBER"}  # refused in tests/population/test_identity.py
    assert (
        told | here | of_lists_of_households | of_registers | of_own_facts >= codes("household") | declared()
    )


# --- what would be long to write out ------------------------------------------------------------------------


def member(number: int) -> str:
    return f'{{"id": "m{number}", "relationship": "sibling", "birth_date": "2010-01-01"}}'


@pytest.mark.parametrize(("length", "refused"), [(98, []), (99, []), (100, ["TOO_MANY"])])
def test_a_hundred_members_and_no_more(length: int, refused: list[str]) -> None:
    applicant = '{"id": "a", "relationship": "applicant", "birth_date": "2003-05-02"}'
    text = f'{{"id": "H", "members": [{applicant}, {", ".join(map(member, range(length)))}]}}'
    if not refused:
        assert calculator().assess_json(text, on=ON).counted_members == length + 1
    else:
        (fault,) = refusal(text).faults
        assert (fault.code, fault.path) == ("TOO_MANY", "/members")
        assert "100" in fault.message


def test_too_many_members_hide_no_other_fault() -> None:
    text = f'{{"id": "H", "members": [{{}}, {", ".join(map(member, range(101)))}]}}'
    codes = [fault.code for fault in refusal(text).faults]
    assert codes == ["TOO_MANY", "MISSING_FIELD", "MISSING_FIELD", "MISSING_FIELD"]


@pytest.mark.parametrize(
    ("name", "item"),
    [("illnesses", '"uremia"'), ("disabilities", '{"kind": "visual", "grade": 1}'),
     ("incomes", '{"kind": "wages", "monthly": 1}')],
)  # fmt: skip
def test_fifty_entries_and_no_more(name: str, item: str) -> None:
    def household(length: int) -> str:
        listed = f'"{name}": [{", ".join([item] * length)}]'
        return GOOD.replace('"schooling": "primary"', listed)

    assert calculator().assess_json(household(50), on=ON).counted_members == 3
    (fault,) = refusal(household(51)).faults
    assert (fault.code, fault.path) == ("TOO_MANY", f"/members/2/{name}")


def test_two_hundred_characters_and_no_more() -> None:
    long = "编" * 200
    assert calculator().assess_json(GOOD.replace("HQ-0001", long), on=ON).household == long
    (fault,) = refusal(GOOD.replace("HQ-0001", long + "号")).faults
    assert (fault.code, fault.path) == ("TEXT_TOO_LONG", "/id")
    (fault,) = refusal(GOOD.replace('"schooling": "primary"', f'"parent": "{long}号"')).faults
    assert (fault.code, fault.path) == ("TEXT_TOO_LONG", "/members/2/parent")


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"members":[{"incomes":['])
def test_deep_nesting_is_refused_whatever_it_is_made_of(opening: str) -> None:
    closing = {"[": "]", "{": "}"}
    ends = "".join(closing[c] for c in reversed(opening) if c in closing)
    for depth in (21, 100_000):
        faults = refusal(opening * depth + "1" + ends * depth).faults
        assert [(fault.code, fault.path) for fault in faults] in ([("TOO_DEEP", "")], [("TOO_LARGE", "")])
    faults = refusal('{"x": ' * 20 + "1" + "}" * 20).faults
    assert [fault.code for fault in faults] == ["UNKNOWN_FIELD", "MISSING_FIELD", "MISSING_FIELD"]


def test_over_a_megabyte_is_refused_in_characters_and_in_bytes() -> None:
    padding = " " * (1_000_000 - len(GOOD))
    assert calculator().assess_json(GOOD + padding, on=ON).household == "HQ-0001"
    wide = '{"id": "' + "家" * 333_334 + '"}'
    for text in (GOOD + padding + " ", (GOOD + padding + " ").encode(), wide, wide.encode()):
        (fault,) = refusal(text).faults
        assert (fault.code, fault.path) == ("TOO_LARGE", "")


def test_bytes_are_utf8_with_or_without_a_mark() -> None:
    assert calculator().assess_json(b"\xef\xbb\xbf" + GOOD.encode(), on=ON).household == "HQ-0001"
    assert calculator().assess_json("\ufeff" + GOOD, on=ON).household == "HQ-0001"
    for data in (GOOD.encode("utf-16"), b"\xff{}", '{"id": "家"}'.encode("gb18030")):
        (fault,) = refusal(data).faults
        assert (fault.code, fault.path) == ("NOT_UTF8", "")


def test_a_long_value_does_not_flood_the_message() -> None:
    text = GOOD.replace('"primary"', '"' + "x" * 100_000 + '"').replace(
        '"2700.00"', '"' + "9" * 100_000 + '"'
    )
    faults = refusal(text).faults
    assert [fault.code for fault in faults] == ["BAD_MONEY", "UNKNOWN_CODE"]
    assert all(len(fault.message) < 1000 and len(fault.say("zh")) < 1000 for fault in faults)


@pytest.mark.parametrize(
    ("stated", "by", "en", "zh"),
    [
        ('"grade": 1', '"grade": "1"', '"1" is not a grade', "“1”不是残疾等级"),
        ('"grade": 1', '"grade": 1.0', "the number 1.0 is not a grade", "数字1.0不是残疾等级"),
        ('"2700.00"', '" 1"', '" 1" is not an amount', "“ 1”不是金额"),
        ('"2700.00"', "[]", "a list is not an amount", "列表不是金额"),
        ('"HQ-0001"', "5", "found the number 5.", "却是数字5。"),
        ('"HQ-0001"', "{}", "found an object.", "却是对象。"),
        ('"primary"', "true", "found true.", "却是true。"),
    ],
)
def test_what_was_found_is_told_as_it_stands_there(stated: str, by: str, en: str, zh: str) -> None:
    """Text in quotation marks, a number as one: 1 and "1" are not the same."""
    (fault,) = refusal(GOOD.replace(stated, by)).faults
    assert en in fault.say("en")
    assert zh in fault.say("zh")


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        ("", "a value is missing in line 1, column 1", "第1行第1列缺少值"),
        ('{"id": "a" "b"}', "a comma or the end is missing in line 1, column 12", "第1行第12列缺少逗号或结尾"),
        ('{"id" 1}', "a colon is missing in line 1, column 7", "第1行第7列缺少冒号"),
        ("{1: 2}", "a key in double quotes is missing in line 1, column 2", "第1行第2列缺少双引号括起的键"),
        ('{\n"id": "a}', "the text that begins here has no end in line 2, column 7", "第2行第7列此处开始的文本没有结束"),
        ('{"id": "a\nb"}', "a text contains a control character in line 1, column 10", "第1行第10列文本中有控制字符"),
        ('{"id": "\\x"}', "a backslash comes before a character that it cannot escape", "反斜杠后的字符不能转义"),
        ("{} {}", "there is more after the end in line 1, column 4", "第1行第4列结束之后还有内容"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_told_in_both_languages(text: str, en: str, zh: str) -> None:
    (fault,) = refusal(text).faults
    assert (fault.code, fault.path) == ("NOT_JSON", "")
    assert en in fault.say("en")
    assert zh in fault.say("zh")


def test_the_error_names_the_household_where_its_id_is_good() -> None:
    assert refusal(GOOD.replace('"primary"', "1")).household == "HQ-0001"
    assert refusal(GOOD.replace('"applicant"', '"sibling"')).household == "HQ-0001"
    assert refusal(GOOD.replace('"HQ-0001"', '"unknown"')).household is None
    assert refusal(GOOD.replace('"HQ-0001"', "1")).household is None


def test_an_error_prints_a_line_for_each_fault() -> None:
    error = refusal(GOOD.replace('"primary"', "1").replace('"HQ-0001"', "null"))
    lines = str(error).splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["/id", "NULL_VALUE"],
        ["/members/2/schooling", "NOT_TEXT"],
    ]
