"""What a reader types, keeps, passes on and takes back: nothing is lost, nothing stale is shared, all can be mended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.reading import assessed, filled, fragment, same_figures

ON = "2019-05-01"
AMOUNT = '[data-path="/members/0/incomes/0/monthly"]'
MOTHER: dict[str, Any] = {
    "id": "1", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed",
    "incomes": [{"kind": "wages", "monthly": "2700.00"}],
}  # fmt: skip
SON: dict[str, Any] = {"id": "2", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"}


def asked(*members: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"household": {"id": "H", "members": list(members), **more}, "on": ON}


def beside(page: Any, path: str) -> str:
    """What is said of a field at the field."""
    said = page.locator(f'[data-path="{path}"]').first.get_attribute("aria-describedby")
    return page.evaluate("(id) => document.getElementById(id).textContent", said.split()[-1])


@pytest.mark.parametrize("typed", [" 1234.56 ", "１２３４．５６", "1234.56\u3000"])
def test_blanks_and_wide_digits_are_taken_for_the_amount_they_are(opened: Open, typed: str) -> None:
    page = opened("zh")
    page.fill(AMOUNT, typed)
    question = filled(page)
    assert question["household"]["members"][0]["incomes"] == [{"kind": "wages", "monthly": "1234.56"}]
    same_figures(page, assessed(question))


@pytest.mark.parametrize("typed", ["2,700.50", "1.234", "-1", "1e3", "٣", "10000000", "两千"])
def test_what_is_no_amount_is_told_at_the_field_and_aloud(opened: Open, typed: str) -> None:
    page = opened("zh")
    page.fill(AMOUNT, typed)
    assert "不加逗号" in beside(page, "/members/0/incomes/0/monthly")
    assert "[BAD_MONEY]" in page.text_content('[aria-live="polite"]')
    assert page.get_attribute(AMOUNT, "aria-invalid") == "true"


@pytest.mark.parametrize("amount", ["100000", "9999999.99"])
def test_every_step_is_found_however_high_the_income_is(opened: Open, amount: str) -> None:
    disabled = {**MOTHER, "disabilities": [{"kind": "hearing", "grade": 3}]}
    disabled["incomes"] = [{"kind": "wages", "monthly": amount}]
    page = opened("en", fragment=fragment(**asked(disabled)))
    assert page.locator("#hq-whatif li").all_inner_texts() == [
        "At 980.00 yuan: from 0.01 to 294.00",
        "At 1470.00 yuan: from 294.00 to 0.00",
    ]


def test_children_go_along_when_a_parent_is_named_anew(opened: Open) -> None:
    husband = {**MOTHER, "marital_status": "married"}
    wife = {"id": "2", "relationship": "spouse", "birth_date": "1980-01-01", "marital_status": "married", "incomes": []}  # fmt: skip
    page = opened("en", fragment=fragment(**asked(husband, wife, {**SON, "id": "3", "parent": "2"})))
    name = page.locator('[data-path="/members/1/id"]')
    name.fill("1")  # on the way the name may be another's: what it says of the child is not mixed up
    name.fill("mother")
    assert page.input_value('[data-path="/members/2/parent"]') == "mother"
    assert page.locator('[data-path="/members/2/parent"] option').all_inner_texts()[1:] == [
        "Member 1 (applicant)",
        "mother",
    ]
    question = filled(page)
    assert question["household"]["members"][2]["parent"] == "mother"
    same_figures(page, assessed(question))
    page.click("text=Remove: Member 2")
    question = filled(page)
    assert "parent" not in question["household"]["members"][1]
    same_figures(page, assessed(question))


def test_a_reload_and_the_other_language_keep_what_was_filled_in(opened: Open, address: str) -> None:
    page = opened("en", fragment=fragment(**asked(MOTHER, SON)))
    page.reload()
    page.wait_for_selector("#hq-bill *")
    page.fill(AMOUNT, "1234.56")
    assert page.evaluate("location.hash") == ""  # it said 2700.00
    for again in (address + "calculator/", address + "zh/calculator/"):
        page.goto(again)
        page.wait_for_selector("#hq-bill *")
        assert page.input_value(AMOUNT) == "1234.56"
    assert filled(page)["on"] == ON


def test_a_link_that_is_opened_comes_before_what_was_kept_and_leaves_it(opened: Open, address: str) -> None:
    page = opened("en")
    page.fill(AMOUNT, "1234.56")
    page.goto("about:blank")
    page.goto(address + "calculator/" + fragment(**asked(MOTHER, SON)))
    page.wait_for_selector("#hq-bill *")
    assert page.input_value(AMOUNT) == "2700.00"
    page.goto("about:blank")
    page.goto(address + "calculator/")
    page.wait_for_selector("#hq-bill *")
    assert page.input_value(AMOUNT) == "1234.56"


@pytest.mark.parametrize("sure", [True, False])
def test_entries_are_thrown_away_only_where_that_is_meant(opened: Open, sure: bool) -> None:
    page = opened("zh")
    page.fill(AMOUNT, "1234.56")
    said: list[str] = []

    def answer(dialog: Any) -> None:
        said.append(dialog.message)
        dialog.accept() if sure else dialog.dismiss()

    page.on("dialog", answer)
    page.click(".hq-start button")
    assert len(said) == 1
    assert page.locator(AMOUNT).count() == (0 if sure else 1)
    if sure:
        page.click(".hq-start button >> nth=1")  # an empty form is no loss: nobody is asked again
        assert page.input_value(AMOUNT) == "2700.00"
        assert len(said) == 1


@pytest.mark.parametrize(
    ("choices", "path", "code"),
    [
        ({"readings": {"disease-pairing": "x"}}, "readings/disease-pairing", "UNKNOWN_CHOICE"),
        ({"readings": {"y": "x"}}, "readings", "UNKNOWN_READING"),
        ({"overlays": ["y"]}, "overlays", "UNKNOWN_OVERLAY"),
        ({"overlays": ["tianjin-notice-2020"]}, "overlays", "OVERLAY_NOT_IN_FORCE"),
    ],
)
def test_a_choice_that_a_link_cannot_make_is_told_at_the_choices_and_mended_there(
    opened: Open, choices: dict[str, Any], path: str, code: str
) -> None:
    page = opened("en", fragment=fragment(**asked(MOTHER, SON), **choices))
    assert f"[{code}]" in beside(page, path)
    assert beside(page, "on") == ""
    if "overlays" in choices:
        box = page.locator('[data-path="overlays"]')
        box.click()
        box.uncheck()
    else:
        page.select_option('[data-path="readings/disease-pairing"]', "tiered")
    same_figures(page, assessed(filled(page)))


@pytest.mark.parametrize("ill", ["unknown", 1, ["plague"]])
def test_what_is_not_known_yet_or_damaged_can_be_filled_in(opened: Open, ill: Any) -> None:
    unknown = {**MOTHER, "marital_status": "unknown", "incomes": "unknown", "illnesses": ill}
    page = opened("en", fragment=fragment(**asked(unknown, SON)))
    for name in ("marital_status", "incomes"):
        assert "[UNKNOWN_VALUE]" in beside(page, f"/members/0/{name}")
    assert beside(page, "/members/0/illnesses") != ""
    page.select_option('[data-path="/members/0/marital_status"]', "widowed")
    page.check('[data-path="/members/0/incomes"] input')
    page.check('[data-path="/members/0/illnesses"] input >> nth=0')
    same_figures(page, assessed(filled(page)))


def test_members_without_a_name_are_called_by_their_number(opened: Open) -> None:
    question = asked({**MOTHER, "id": ""}, {k: v for k, v in SON.items() if k != "id"})
    del question["household"]["id"]
    page = opened("en", fragment=fragment(**question))
    assert page.locator(".hq-box li").all_inner_texts() == [
        "Member 1 (applicant): Member id This text is empty. [EMPTY_TEXT]",
        "Member 2 (child): Member id",
    ]


def test_paper_says_all_that_was_chosen_and_the_receipt(opened: Open) -> None:
    question = {
        **asked(MOTHER, SON, hardship_recognized=True), "on": "2021-05-01",
        "readings": {"single-parent-scope": "all-others"}, "overlays": ["tianjin-notice-2020"],
    }  # fmt: skip
    page = opened("en", fragment=fragment(**question))
    page.emulate_media(media="print")
    said = page.inner_text(".hq-stated")
    expected = assessed(question)
    assert f"Rulebook {expected.policy_version} · receipt {expected.receipt}" in said
    for words in (
        "Other hardship recognised",
        "All single parents but the widowed",
        "notice on classified assistance of 2020",
    ):
        assert words in said, said
