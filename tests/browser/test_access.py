"""For everybody: by keyboard alone, with a screen reader, on a phone, by day and by night."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.browser.reading import assessed, filled, keep, same_figures

WIDTHS = {"phone": 360, "desk": 1200}


def serious(page: Any) -> list[tuple[str, str]]:
    """What axe finds that is serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [
        (v["id"], node["html"][:120])
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_no_serious_fault(opened: Open, lang: str, size: str, dark: bool) -> None:
    page = opened(lang, WIDTHS[size], dark=dark)
    page.evaluate("document.querySelectorAll('#hq-calculator details').forEach((d) => { d.open = true; })")
    page.click('[data-add="/members/0/disabilities"]')
    page.fill('[data-path="/members/0/incomes/0/monthly"]', "1.234")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[size]
    keep(page, f"all-open-{lang}-{size}-{'dark' if dark else 'light'}", full=True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_none_in_the_form_as_it_opens_nor_in_the_empty_one(opened: Open, lang: str) -> None:
    page = opened(lang, 360)
    assert serious(page) == []
    page.click(".hq-start button")
    assert serious(page) == []


PAGES = [
    "",
    "reference/rules/",
    "reference/parameters/dibao-standard/",
    "tutorial/first-assessment/",
    "household/",
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_none_on_other_pages(opened: Open, site: Path, address: str, lang: str, dark: bool) -> None:
    if not (site / "reference").exists():
        pytest.skip("SITE names no built site")
    page = opened(lang, 360 if dark else 1200, dark=dark)
    for path in PAGES:
        page.goto(address + {"en": "", "zh": "zh/"}[lang] + path)
        assert serious(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= (360 if dark else 1200)
        keep(
            page, f"page-{path.strip('/').replace('/', '-') or 'first'}-{lang}-{'dark' if dark else 'light'}"
        )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_control_has_a_name_of_its_own(opened: Open, lang: str) -> None:
    page = opened(lang)
    page.evaluate("document.querySelectorAll('#hq-calculator details').forEach((d) => { d.open = true; })")
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "textbox", "combobox", "checkbox", "slider", "Date", "link", "DisclosureTriangle"}
    names = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored") and node["role"]["value"] in roles
    ]
    assert len(names) > 100
    assert [role for role, name in names if not name.strip()] == []
    removing = [name for role, name in names if role == "button" and ("Remove" in name or "删除" in name)]
    assert len(removing) == len(set(removing)) == 3


def test_the_result_is_announced_and_no_more_than_that(opened: Open) -> None:
    page = opened("en")
    live = page.locator('[aria-live="polite"]')
    assert live.count() == 1
    assert live.inner_text().split() == [
        "dibao",
        "(minimum",
        "living",
        "allowance)",
        "Monthly",
        "total",
        "460.00",
        "yuan",
        "a",
        "month",
    ]
    page.fill('[data-path="/members/0/incomes/0/monthly"]', "2600")
    assert "560.00" in live.inner_text()


def reach(page: Any, selector: str, key: str = "Tab") -> None:
    """Press Tab until the control has the focus."""
    for _ in range(400):
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {selector}")


def at(path: str) -> str:
    return f'[data-path="{path}"]'


def write_date(page: Any, path: str, day: str) -> None:
    """Type a date in the order in which this browser, whose own language is English, asks for it."""
    year, month, of_month = day.split("-")
    reach(page, at(path))
    page.keyboard.type(month + of_month + year)


def choose(page: Any, path: str, value: str) -> None:
    """Go through the choices with the arrows."""
    reach(page, at(path))
    page.keyboard.press("Home")
    for _ in range(40):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{path} has no choice {value}")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_whole_household_by_keyboard_alone(opened: Open, lang: str) -> None:
    page = opened(lang, 1200 if lang == "en" else 360)
    reach(page, ".hq-start button")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.path") == "/members/0/birth_date"
    reach(page, ".hq-start button", "Shift+Tab")
    write_date(page, "on", "2020-03-01")

    # The applicant: married, a pension and wages, of which the second is taken away again.
    write_date(page, "/members/0/birth_date", "1955-02-03")
    choose(page, "/members/0/marital_status", "married")
    for number, (kind, amount) in enumerate([("pension", "700.50"), ("wages", "800")]):
        reach(page, '[data-add="/members/0/incomes"]')
        page.keyboard.press("Enter")
        choose(page, f"/members/0/incomes/{number}/kind", kind)
        reach(page, at(f"/members/0/incomes/{number}/monthly"))
        page.keyboard.type(amount)
    reach(page, ".hq-row:nth-of-type(2) > button", "Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.add") == "/members/0/incomes"

    # The wife: no income, an illness and two disabilities.
    reach(page, "#hq-add")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "spouse"
    write_date(page, "/members/1/birth_date", "1961-07-08")
    reach(page, ".hq-member:nth-of-type(2) .hq-tick input")
    page.keyboard.press("Space")
    reach(page, ".hq-member:nth-of-type(2) summary")
    page.keyboard.press("Enter")
    reach(page, ".hq-grid input")
    page.keyboard.press("Space")
    for number, (kind, grade) in enumerate([("visual", "2"), ("hearing", "4")]):
        reach(page, '[data-add="/members/1/disabilities"]')
        page.keyboard.press("Enter")
        choose(page, f"/members/1/disabilities/{number}/kind", kind)
        choose(page, f"/members/1/disabilities/{number}/grade", grade)

    # A grandchild at school, and somebody who was added by mistake.
    for relationship in ("grandchild", "sibling"):
        reach(page, "#hq-add")
        page.keyboard.press("Enter")
        number = 2 if relationship == "grandchild" else 3
        choose(page, f"/members/{number}/relationship", relationship)
        if relationship == "grandchild":
            write_date(page, "/members/2/birth_date", "2010-10-10")
            choose(page, "/members/2/schooling", "primary")
    reach(page, ".hq-member:nth-of-type(4) > button")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "hq-add"

    expected = {
        "id": "H",
        "members": [
            {"id": "1", "relationship": "applicant", "birth_date": "1955-02-03", "marital_status": "married",
             "incomes": [{"kind": "pension", "monthly": "700.50"}]},
            {"id": "2", "relationship": "spouse", "birth_date": "1961-07-08", "incomes": [],
             "illnesses": ["uremia"], "disabilities": [{"kind": "visual", "grade": 2}, {"kind": "hearing", "grade": 4}]},
            {"id": "3", "relationship": "grandchild", "birth_date": "2010-10-10", "schooling": "primary"},
        ],
    }  # fmt: skip
    asked = filled(page)
    assert asked["household"] == expected
    assert asked["on"] == "2020-03-01"
    same_figures(page, assessed(asked))
    keep(page, f"by-keyboard-{lang}", full=True)
