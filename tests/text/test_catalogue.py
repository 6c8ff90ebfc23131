"""Sentences come from one catalogue a language; whatever is not there is refused or refused to be compiled."""

from __future__ import annotations

import pickle
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongqiao_rules.decision.assessment import Notice
from hongqiao_rules.errors import Fault, HouseholdError, RequestError, catalogue
from hongqiao_rules.rulebook.bilingual import Bilingual
from hongqiao_rules.text.catalogue import Listing, Phrase, languages, quoted
from tests.text.catalogues import CODES, scripts

LANGUAGES = pytest.mark.parametrize("lang", languages())


def test_both_languages_are_there() -> None:
    assert languages() == ("en", "zh")


def test_the_catalogues_are_compiled_and_say_the_same_things() -> None:
    assert list(scripts.faults()) == []
    assert [str(path) for path, content in scripts.files() if path.read_bytes() != content] == []


@LANGUAGES
@given(code=st.sampled_from(sorted(CODES)))
def test_every_sentence_compiled_is_the_one_in_the_source(lang: str, code: str) -> None:
    assert catalogue(lang).pattern(f"fault.{code}") == CODES[code][lang]


@pytest.mark.parametrize(
    ("items", "english", "chinese"),
    [
        ((), "", ""),
        (("a",), "a", "a"),
        (("a", "b"), "a or b", "a或b"),
        (("a", "b", Phrase("quoted", text="c")), 'a, b or "c"', "a、b或“c”"),
    ],
)
def test_lists_are_joined_as_the_language_joins_them(
    items: tuple[object, ...], english: str, chinese: str
) -> None:
    listing = Listing(items, "list.or")
    assert (catalogue("en").join([listing]), catalogue("zh").join([listing])) == (english, chinese)


@given(st.lists(st.text(min_size=1)))
def test_a_plain_list_loses_nothing(items: list[str]) -> None:
    assert catalogue("zh").join(items) == "、".join(items)
    assert catalogue("en").say("quoted", text=items) == f'"{", ".join(items)}"'


@given(st.text())
def test_braces_of_an_argument_are_text(text: str) -> None:
    assert catalogue("en").say("quoted", text=text) == f'"{text}"'


def test_a_title_in_a_sentence_may_begin_small(monkeypatch: pytest.MonkeyPatch) -> None:
    words = catalogue("en")
    monkeypatch.setattr(words, "pattern", lambda _: "about {title:small}")
    assert words.say("x", title=Bilingual("成员", "Member")) == "about member"
    assert words.say("x", title="GB code") == "about GB code"


def test_a_long_value_is_cut_in_messages_only() -> None:
    fault = Fault("NOT_JSON", "", problem="x" * 601)
    assert fault.message == f"This is not JSON: {'x' * 600}…."
    assert catalogue("en").say("quoted", text="x" * 601) == f'"{"x" * 601}"'


def test_a_near_name_is_suggested() -> None:
    fault = Fault("UNKNOWN_FIELD", "/x", name="x", known=("xy", "z"), meant="xy")
    assert fault.message == "There is no field x here; known are xy, z. Did you mean xy?"
    assert fault.say("zh") == "此处没有字段x；可用的有xy、z。是否想写xy？"


def test_a_phrase_goes_between_processes() -> None:
    phrase = quoted("a")
    assert pickle.loads(pickle.dumps(phrase)) == phrase  # noqa: S301  # written here
    assert {phrase, quoted("a"), quoted("b")} == {phrase, quoted("b")}


# --- what is refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh-CN", "ZH", "", "..", "en/LC_MESSAGES", None, 3, ("en",)])
def test_an_unknown_language_has_one_code(lang: object) -> None:
    with pytest.raises(RequestError) as refused:
        catalogue(lang)
    assert refused.value.code == "UNKNOWN_LANGUAGE"
    assert "en, zh" in refused.value.message


@pytest.mark.parametrize(
    "spoken",
    [Bilingual("中", "e"), Notice("X", "中", None, "e"), Fault("EMPTY_TEXT", ""), HouseholdError([Fault("EMPTY_TEXT", "")]), RequestError("PROVE_OR_MUTATE")],
    ids=lambda one: type(one).__name__,
)  # fmt: skip
def test_what_says_itself_refuses_an_unknown_language(spoken: Any) -> None:
    with pytest.raises(RequestError, match="UNKNOWN_LANGUAGE"):
        spoken.say("zh-CN")
    assert spoken.say("zh") != spoken.say("en")


def test_an_unknown_key_and_a_missing_argument_are_errors() -> None:
    with pytest.raises(KeyError, match="no such key"):
        catalogue("en").say("no such key")
    with pytest.raises(KeyError, match="no such key"):
        catalogue("en").say("no such key", count=2)
    with pytest.raises(KeyError, match="text"):
        catalogue("en").say("quoted")
    assert "no such key" not in catalogue("en")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgid "quoted"', 'msgid "quotes"', "zh: quoted is missing or empty"),
        ('msgid "file.empty"', 'msgid "file-empty"', "file-empty: keys are written with _ instead of -"),
        ("“{text}”", "", "zh: quoted is missing or empty"),
        ("“{text}”", "“{words}”", "quoted: the placeholders differ between languages"),
        (
            '"quoted"\nmsgstr',
            '"quoted"\nmsgid_plural "quoted"\nmsgstr[0]',
            "quoted: some languages have plural",
        ),
    ],
)
def test_a_catalogue_at_odds_with_another_is_told(tmp_path: Path, old: str, new: str, fault: str) -> None:
    shutil.copytree(scripts.LOCALE, tmp_path, dirs_exist_ok=True)
    (source,) = (tmp_path / "zh").rglob("*.po")
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")
    assert any(told.startswith(fault) for told in scripts.faults(tmp_path))


PACKAGE = scripts.LOCALE.parents[1]
_KEY = re.compile(r'(?:Phrase|\bsay|phrase)\(\s*(?:lang, )?"([a-z_]+[.][a-z._]+)"')


def test_every_key_that_the_program_names_is_there() -> None:
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js")]
    keys = {key for source in sources for key in _KEY.findall(source.read_text("utf-8"))}
    assert {"list.pair", "file.empty", "found.text"} <= keys
    assert sorted(key for key in keys if key not in catalogue("en")) == []
