"""The calculator in a real browser: figures against the direct engine, faults beside fields, a phone and a desk."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from hongqiao_rules import Calculator

DOCS = Path(__file__).parents[2] / "docs"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>t</title>
<link rel="stylesheet" href="assets/calculator.css"><body><div id="hq-calculator" data-lang="{lang}"></div>
<script type="module" src="assets/calculator.js"></script>"""
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


class Quiet(SimpleHTTPRequestHandler):
    """Serves the folder without a log, and the page in either language."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        lang = self.path.partition("?")[0].strip("/")
        if "favicon" in self.path:
            self.send_response(204)
            self.end_headers()
        elif lang in ("en", "zh"):
            self.page(lang)
        else:
            super().do_GET()

    def page(self, lang: str) -> None:
        """Send the page with the calculator."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.format(lang=lang).encode())


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(DOCS)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [360, 1200])
def test_figures_are_those_of_the_direct_engine(browser: Any, address: str, lang: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/{lang}")
    page.locator('[data-path="/members/0/incomes/0/monthly"]').focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1234.56")
    expected = Calculator().assess(HOUSEHOLD, on=date(2019, 5, 1))
    assert page.inner_text('[data-figure="monthly_total"]') == str(expected.monthly_total)
    assert page.inner_text('[data-figure="countable_income"]') == str(expected.countable_income)
    amounts = [cell.split()[0] for cell in page.locator("#hq-result td").all_inner_texts()]
    assert amounts == [str(line.amount) for line in (*expected.deductions, *expected.benefits)]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert wrong == []
    page.close()


@pytest.mark.parametrize(("lang", "words"), [("en", "is not an amount"), ("zh", "不是金额")])
def test_faults_stand_beside_the_field(browser: Any, address: str, lang: str, words: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/{lang}")
    field = page.locator('[data-path="/members/0/incomes/0/monthly"]')
    field.fill("-1")
    assert field.get_attribute("aria-invalid") == "true"
    told = page.inner_text(f"#{field.get_attribute('aria-describedby')}")
    assert words in told
    assert "[BAD_MONEY]" in told
    page.close()
