"""A real browser and the pages with the calculator: those of the built site where CI names its folder, else plain ones."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import site_hooks

from tests.places import TOP

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SHOTS = Path(os.environ.get("SCREENSHOTS", TOP / "tests" / "browser" / "screenshots"))
"""Where pictures are left for a person to look at."""

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="{up}assets/calculator.css"><style>@media screen {{ [data-md-color-scheme=slate] {{ background: #1e2129; color: #e4eaed }} }}</style>
<body style="font:20px sans-serif"><script>if (matchMedia("(prefers-color-scheme: dark)").matches) document.body.dataset.mdColorScheme = "slate";</script>
<main><h1>{title}</h1><div id="hq-calculator" data-lang="{lang}" data-rules="../reference/rules/"></div></main>
<script src="{up}assets/calculator.js"></script>"""
TITLES = {"en": "Calculator", "zh": "计算器"}
PATHS = {"en": "calculator/", "zh": "zh/calculator/"}


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a log."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages."""
    if "SITE" in os.environ:
        return Path(os.environ["SITE"])
    folder = tmp_path_factory.mktemp("site")
    (folder / "assets").mkdir()
    shutil.copy(TOP / "docs" / "assets" / "calculator.css", folder / "assets")
    (folder / "assets" / "calculator.js").write_text(site_hooks.calculator(), encoding="utf-8")
    for lang, path in PATHS.items():
        (folder / path).mkdir(parents=True)
        text = PAGE.format(lang=lang, title=TITLES[lang], up="../" * path.count("/"))
        (folder / path / "index.html").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    with playwright.sync_playwright() as started:  # it gives Chromium a profile folder of its own
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


Open = Callable[..., Any]
SEARCH_READY = """() => {
  const said = document.querySelector(".md-search-result__meta"), config = document.getElementById("__config");
  return !said || said.textContent.trim() === JSON.parse(config.textContent).translations["search.result.placeholder"];
}"""
"""True on a page without a search, and once the search of a page of the site says that it waits for words."""
LOCALES = {"en": "en-US", "zh": "zh-CN"}


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Open]:
    """Opens the calculator in a language and size; at the end, nothing may have been complained of."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(
        lang: str = "en", width: int = 1200, *, dark: bool = False, fragment: str = "", at: str | None = None
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=LOCALES[lang], reduced_motion="reduce",
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto((at or address + PATHS[lang]) + fragment)
        page.wait_for_selector("#hq-bill *")
        if page.url.startswith("http"):  # the theme's search fetches its parts after the page is there
            page.wait_for_function(SEARCH_READY)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
