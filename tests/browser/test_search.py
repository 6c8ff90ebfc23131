"""The search of the built site, in Chinese: a reader writes no spaces, and every word counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.reading import keep


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize(("asked", "words"), [("低保标准", ("低保", "标准")), ("离异扣减", ("离异", "扣减"))])
def test_the_first_pages_found_have_every_word(
    opened: Open, site: Path, width: int, asked: str, words: tuple[str, str]
) -> None:
    if not (site / "search").exists():
        pytest.skip("SITE names no built site")
    page = opened("zh", width)
    if width < 500:
        page.click("label.md-header__button[for=__search]")
    page.fill(".md-search__input", asked)
    page.press(".md-search__input", "End")  # the theme looks at the words when a key is let go
    page.wait_for_selector(".md-search-result__item")
    for found in page.locator(".md-search-result__item").all()[:3]:
        title = found.locator("h1").inner_text()
        assert all(word in title for word in words), title
        assert found.locator("article").first.locator("del").count() == 0  # no word is told to be missing
    keep(page, f"search-{width}")
