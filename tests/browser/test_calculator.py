"""The calculator in a real browser: figures against the direct engine, faults beside fields, a phone and a desk."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.browser.conftest import Open
from tests.browser.reading import assessed, filled, fragment, keep, same_figures
from tests.docs.source import DOCS

LANGS = ["en", "zh"]
WIDTHS = {"phone": 360, "desk": 1200}
HOUSEHOLD: dict[str, Any] = {
    "id": "H",
    "members": [
        {
            "id": "1", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed",
            "incomes": [{"kind": "wages", "monthly": "1234.56"}],
        },
        {"id": "2", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"},
    ],
}  # fmt: skip
AMOUNT = '[data-path="/members/0/incomes/0/monthly"]'


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", WIDTHS)
def test_figures_are_those_of_the_direct_engine(opened: Open, lang: str, size: str) -> None:
    page = opened(lang, WIDTHS[size])
    page.locator(AMOUNT).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1234.56")
    same_figures(page, assessed({"household": HOUSEHOLD, "on": "2019-05-01"}))
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[size]
    keep(page, f"result-{lang}-{size}", full=True)


@pytest.mark.parametrize("lang", LANGS)
def test_every_sort_of_line_is_shown(opened: Open, lang: str) -> None:
    household = {
        "id": "H",
        "members": [
            {"id": "爷爷", "relationship": "parent", "birth_date": "1940-01-01", "incomes": [{"kind": "pension", "monthly": "600"}], "self_care": "dependent", "parent": "太爷"},
            {"id": "太爷", "relationship": "grandparent", "birth_date": "1919-01-01", "incomes": []},
            {"id": "1", "relationship": "applicant", "birth_date": "1978-03-02", "marital_status": "widowed", "incomes": [{"kind": "wages", "monthly": "4000"}], "illnesses": ["uremia"], "disabilities": [{"kind": "visual", "grade": 1}]},
            {"id": "孙", "relationship": "grandchild", "birth_date": "2009-09-01", "schooling": "primary", "guardianship": "scattered_orphan", "university_admission": "this_year"},
            {"id": "2", "relationship": "child", "birth_date": "2009-09-01", "schooling": "primary"},
        ],
    }  # fmt: skip
    household["members"][1]["marital_status"] = "widowed"
    question = {"household": household, "on": "2023-06-01", "readings": {"disease-pairing": "tiered"}}
    page = opened(lang, fragment=fragment(**question))
    expected = assessed(question)
    assert len(expected.deductions) >= 3
    assert len(expected.benefits) >= 3
    same_figures(page, expected)
    notices = page.locator(".hq-notices li").all_text_contents()
    assert len(notices) == len(expected.notices) > 0
    assert "tianjin-notice-2020" not in "".join(notices)  # the form calls it by its title
    assert len(page.locator(".hq-clause").all()) == len(expected.citations)
    assert filled(page)["household"] == household


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("overlays", [[], ["tianjin-notice-2020"]], ids=["plan", "notice"])
def test_each_clause_has_the_title_and_the_words_that_the_library_cites(
    opened: Open, lang: str, overlays: list[str]
) -> None:
    mother, child = HOUSEHOLD["members"]
    ill = {**mother, "illnesses": ["uremia"], "disabilities": [{"kind": "visual", "grade": 1}]}
    question = {
        "household": {"id": "H", "members": [ill, child]},
        "on": "2023-06-01",
        "overlays": overlays,
    }
    page = opened(lang, fragment=fragment(**question))
    expected = assessed(question)
    titles = {citation["rule"]: citation["title"][lang] for citation in expected.citations}
    clauses = page.locator(".hq-clause > summary > span:first-child").all_text_contents()
    assert clauses == list(titles.values())
    lines = page.locator(".hq-less th, .hq-gain th").all_inner_texts()
    entries = [*expected.deductions, *expected.benefits]
    assert [line.partition(" (" if lang == "en" else "（成员")[0] for line in lines] == [
        titles[entry.rule].partition(" (" if lang == "en" else "（成员")[0] for entry in entries
    ]
    told = page.locator(".hq-clause blockquote").all_text_contents()
    assert told == [
        cite["words"]
        for citation in expected.citations
        for cited in (citation, *citation["parameters"])
        for cite in cited["cites"]
        if cite["words"]
    ]
    if lang == "zh":  # nothing is left in the terms of the program
        for text in page.locator(".hq-clause dt, .hq-clause dd, .hq-clause summary").all_text_contents():
            assert not re.search("[A-Za-z]{2}", text), text


@pytest.mark.parametrize(("lang", "words"), [("en", "is not an amount"), ("zh", "不是金额")])
def test_faults_stand_beside_the_field(opened: Open, lang: str, words: str) -> None:
    page = opened(lang)
    field = page.locator(AMOUNT)
    field.fill("-1")
    assert field.get_attribute("aria-invalid") == "true"
    told = page.inner_text(f"#{(field.get_attribute('aria-describedby') or '').split()[-1]}")
    assert words in told
    assert "[BAD_MONEY]" in told
    assert page.locator('[data-figure="monthly_total"]').count() == 0
    assert {"en": "There is a problem: 1", "zh": "填写有误：1"}[lang] in (page.text_content(".hq-bar") or "")
    keep(page, f"faults-{lang}")


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"relationship": "spouse"}, "/members/1/relationship", "SPOUSE_OF_UNMARRIED"),
        ({"birth_date": "2020-01-01"}, "/members/1/birth_date", "BORN_LATER"),
        ({"id": "1"}, "/members/1/id", "DUPLICATE_ID"),
        ({"relationship": "applicant"}, "/members/1/relationship", "SEVERAL_APPLICANTS"),
        ({"birth_date": "1960-01-01"}, "/members/1/parent", "PARENT_YOUNGER"),
        ({"disabilities": [{"kind": "visual"}]}, "/members/1/disabilities/0/grade", "MISSING_FIELD"),
    ],
)
@pytest.mark.parametrize("lang", LANGS)
def test_what_cannot_be_is_told_at_its_place(
    opened: Open, lang: str, change: dict[str, Any], path: str, code: str
) -> None:
    one, other = HOUSEHOLD["members"]
    household = {"id": "H", "members": [one, {**other, **change}]}
    page = opened(lang, fragment=fragment(household, "2019-05-01"))
    field = page.locator(f'[data-path="{path}"]')
    told = page.evaluate(
        "(id) => document.getElementById(id).textContent",
        (field.get_attribute("aria-describedby") or "").split()[-1],
    )
    assert f"[{code}]" in told
    assert page.locator('[data-figure="monthly_total"]').count() == 0


@pytest.mark.parametrize("lang", LANGS)
def test_an_empty_form_asks_for_what_is_needed_without_scolding(opened: Open, lang: str) -> None:
    page = opened(lang, 360)
    page.click(".hq-start button")
    assert page.locator(".hq-bad").count() == 0
    assert (
        len(page.locator(".hq-box li button").all()) == 1
    )  # the date of birth; the rest is needed once it is known
    page.fill('[data-path="/members/0/birth_date"]', "1980-05-05")
    assert len(page.locator(".hq-box li button").all()) == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    keep(page, f"empty-{lang}-phone")


def test_a_date_before_the_rules_is_told_at_the_date(opened: Open) -> None:
    page = opened("zh")
    page.fill('[data-path="on"]', "2016-03-31")
    assert "[NOT_MODELLED]" in page.inner_text(".hq-bad")
    assert page.get_attribute('[data-path="on"]', "aria-invalid") == "true"


def test_a_reading_and_an_amendment_change_the_result(opened: Open) -> None:
    members = [{**HOUSEHOLD["members"][0], "marital_status": "never_married"}, HOUSEHOLD["members"][1]]
    question = {"household": {"id": "H", "members": members}, "on": "2021-05-01"}
    page = opened("en", fragment=fragment(**question))
    same_figures(page, assessed(question))
    page.click("form > details:last-of-type > summary")
    page.select_option("form > details:last-of-type select >> nth=4", "all-others")
    asked = filled(page)
    assert asked["readings"] == {"single-parent-scope": "all-others"}
    assert assessed(asked).monthly_total != assessed(question).monthly_total
    same_figures(page, assessed(asked))
    page.check('[data-path="overlays"]')
    asked = filled(page)
    assert asked["overlays"] == ["tianjin-notice-2020"]
    same_figures(page, assessed(asked))


def test_the_slider_and_the_steps_are_those_of_the_engine(opened: Open) -> None:
    disabled = {**HOUSEHOLD["members"][0], "disabilities": [{"kind": "hearing", "grade": 3}]}
    page = opened("en", fragment=fragment({"id": "H", "members": [disabled]}, "2019-05-01"))
    steps = page.locator("#hq-whatif li").all_inner_texts()
    assert steps == ["At 980.00 yuan: from 0.01 to 294.00", "At 1470.00 yuan: from 294.00 to 0.00"]
    assert "With 1234.56 yuan the household would have 294.00 yuan" in page.inner_text(".hq-say")
    page.focus("#hq-slider")
    page.keyboard.press("Home")
    assert "With 0.00 yuan the household would have 980.00 yuan" in page.inner_text(".hq-say")
    for _ in range(50):
        page.keyboard.press("ArrowRight")
    assert page.get_attribute("#hq-slider", "aria-valuetext") == page.inner_text(".hq-say")
    assert "With 500.00 yuan the household would have 480.00 yuan" in page.inner_text(".hq-say")
    page.locator("#hq-whatif").scroll_into_view_if_needed()
    keep(page, "what-if-en")
    page.click("#hq-whatif > button")
    assert page.inner_text('[data-figure="monthly_total"]') == "480.00"


def test_it_works_without_a_network_and_sends_nothing(opened: Open) -> None:
    page = opened("zh")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "favicon" not in request.url else None)
    page.context.set_offline(True)
    page.fill(AMOUNT, "1234.56")
    same_figures(page, assessed({"household": HOUSEHOLD, "on": "2019-05-01"}))
    assert filled(page)["household"] == HOUSEHOLD
    page.click("#hq-add")
    assert asked == []


@pytest.mark.parametrize("lang", LANGS)
def test_it_works_from_a_folder(opened: Open, site: Path, lang: str) -> None:
    path = {"en": "calculator/index.html", "zh": "zh/calculator/index.html"}[lang]
    page = opened(lang, at=(site / path).as_uri(), fragment=fragment(HOUSEHOLD, "2019-05-01"))
    same_figures(page, assessed({"household": HOUSEHOLD, "on": "2019-05-01"}))


def test_every_worked_example_of_the_documentation_opens_with_its_figures(opened: Open) -> None:
    page = opened("en")
    links = {
        link
        for file in DOCS.rglob("*.md")
        for link in re.findall(r'class="to-calculator" href="[./]*calculator/(#q=[^"]+)"', file.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert len(links) > 40
    for link in links:
        page.evaluate("(link) => { location.hash = link; }", unescape(link))
        page.wait_for_function(
            "(link) => location.hash === link && document.querySelector('.hq-start span') === null",
            arg=unescape(link),
        )
        same_figures(page, assessed(json.loads(unquote(unescape(link))[3:])))


def test_a_link_that_cannot_be_read_shows_the_example(opened: Open) -> None:
    for broken in (
        "#q=%7B",
        "#q=%5B1%5D",
        "#q=%E0%A4%A",
        "#q=%7B%22household%22%3A%7B%22members%22%3A%5B1%5D%7D%7D",
        fragment({"members": [{"incomes": [None]}]}, "2019-05-01"),
        fragment(HOUSEHOLD, "2019-05-01", overlays=1),
        fragment(HOUSEHOLD, "2019-05-01", readings=None),
    ):
        assert opened("en", fragment=broken).inner_text('[data-figure="monthly_total"]') == "460.00"


def test_what_a_link_says_is_never_run(opened: Open) -> None:
    name = '"><img src=x onerror="document.title=1">'
    members = [{**HOUSEHOLD["members"][0], "id": name}, {**HOUSEHOLD["members"][1], "parent": name}]
    page = opened("en", fragment=fragment({"id": "H", "members": members}, "2019-05-01"))
    assert page.locator("#hq-calculator img").count() == 0
    assert page.title() != "1"


@pytest.mark.parametrize("lang", LANGS)
def test_on_paper_there_is_the_statement_and_no_form(opened: Open, lang: str) -> None:
    page = opened(lang)
    page.emulate_media(media="print")
    assert not page.locator("#hq-calculator form").is_visible()
    assert not page.locator("#hq-whatif").is_visible()
    assert page.locator(".hq-stated").is_visible()
    assert "1978-03-02" in page.inner_text(".hq-stated")
    assert page.locator('[data-figure="monthly_total"]').is_visible()
    page.locator(".hq-clause blockquote").first.wait_for()  # the page is told of the paper a moment later
    keep(page, f"print-{lang}", full=True)


def test_on_paper_letters_are_dark_also_where_the_screen_is(opened: Open) -> None:
    page = opened("zh", dark=True)
    colours = "(s) => { const c = getComputedStyle(document.querySelector(s)); return [c.color, c.backgroundColor]; }"
    assert page.evaluate(colours, ".hq-panel") != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.emulate_media(media="print")
    assert page.evaluate(colours, ".hq-panel") == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
