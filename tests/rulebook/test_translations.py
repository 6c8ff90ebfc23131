"""A rulebook in a further language: a file of translations, merged by key; what it leaves out stays in Chinese."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from hongqiao_rules.cli import main
from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.export.rulebook_json import document
from hongqiao_rules.rulebook.load import Rulebook, load
from tests.places import TESTS

TOY = TESTS / "toy" / "policies"


def translated(folder: Path, translations: dict[str, str], lang: str = "qq") -> Rulebook:
    """The toy jurisdiction with a file of translations."""
    shutil.copytree(TOY, folder, dirs_exist_ok=True)
    (folder / "texts.yaml").write_text(yaml.safe_dump({"texts": lang, "translations": translations}))
    return load([folder])


def test_every_text_has_a_key(tmp_path: Path) -> None:
    keys = translated(tmp_path, {}).definitions.untranslated["qq"]
    assert {
        "rulebook/title": "Grants to farms in Pastura",
        "rulebook/lists/grants/title": "Grants",
        "rule/age/title": "Age",
        "overlay/dry-year/title": load([TOY]).definitions.overlays["dry-year"].title.en,
    }.items() <= keys.items()
    assert {key.split("/")[0] for key in keys} >= {
        "rule",
        "codes",
        "entity",
        "checks",
        "notice",
        "sources",
        "dry-year",
    }


def test_a_text_is_given_in_its_language_and_changes_no_other(tmp_path: Path) -> None:
    plain, book = load([TOY]), translated(tmp_path, {"rule/age/title": "Alter"})
    title = book.definitions.rules[None, "age"].title
    assert title.by_language() == {"zh": "年龄", "en": "Age", "qq": "Alter"}
    assert (title.say("zh"), title.say("en")) == ("年龄", "Age")
    untouched = dict(book.definitions.rules)
    del untouched[None, "age"]
    assert all(rule.title == plain.definitions.rules[key].title for key, rule in untouched.items())
    assert "rule/age/title" not in book.definitions.untranslated["qq"]


def test_a_source_is_translated_by_its_id(tmp_path: Path) -> None:
    key, english = next(
        (key, text)
        for key, text in translated(tmp_path, {}).definitions.untranslated["qq"].items()
        if key.startswith("sources/")
    )
    book = translated(tmp_path, {key: "Weidegesetz"})
    (source,) = [one for one in book.definitions.sources.values() if one.title.en == english]
    assert source.title.by_language()["qq"] == "Weidegesetz"


def test_the_rulebook_as_json_has_every_language(tmp_path: Path) -> None:
    said = document(translated(tmp_path, {"rule/age/title": "Alter"}))
    (title,) = [rule["title"] for rule in said["rules"] if rule["id"] == "age"]
    assert title == {"zh": "年龄", "en": "Age", "qq": "Alter"}


def test_check_lists_what_is_missing(tmp_path: Path) -> None:
    texts = translated(tmp_path, {"rule/age/title": "Alter"}).definitions.untranslated["qq"]
    told = CliRunner().invoke(main, ["check", str(tmp_path), "--lang", "en"]).output.splitlines()
    at = told.index(f"qq: {len(texts)} texts have no translation:")
    assert told[at + 1 :] == [f"  {key}: {english}" for key, english in texts.items()]
    translated(tmp_path, {"rule/age/title": "Alter", **texts})
    assert "no translation" not in CliRunner().invoke(main, ["check", str(tmp_path), "--lang", "en"]).output


def test_a_language_without_a_catalogue_is_refused_whatever_is_translated(tmp_path: Path) -> None:
    title = translated(tmp_path, {"rule/age/title": "Alter"}).definitions.rules[None, "age"].title
    with pytest.raises(RequestError, match="UNKNOWN_LANGUAGE"):
        title.say("qq")
