"""How long the calculator's page takes until its form takes input, from the local disk, in headless Chromium.

    python benchmarks/javascript/first_screen.py SITE [--rounds N]

SITE is the built site. Needs Chromium and the dependency group ``browser``. Adds to ``benchmarks/javascript/SCREEN.md``.
Each round is a new browser profile with an empty cache; the time runs from the start of the navigation until the form's
first field exists and the result stands beside it, told by the page's own clock.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WATCH = """
new MutationObserver((_, watcher) => {
  if (!document.querySelector("#hq-calculator input, #hq-calculator select")) return;
  if (!document.querySelector('[data-figure="monthly_total"]')) return;
  window.ready = performance.now();
  watcher.disconnect();
}).observe(document, {childList: true, subtree: true});
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    rows = []
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for path, width in (
            ("calculator", 1200),
            ("calculator", 360),
            ("zh/calculator", 1200),
            ("zh/calculator", 360),
        ):
            taken, loaded = [], []
            for _ in range(asked.rounds):
                context = chromium.new_context(viewport={"width": width, "height": 800})
                page = context.new_page()
                page.add_init_script(WATCH)
                page.goto((asked.site.resolve() / path / "index.html").as_uri())
                page.wait_for_function("window.ready")
                taken.append(page.evaluate("window.ready"))
                loaded.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
                context.close()
            rows.append(
                f"| {path} | {width} | {median(taken):.0f} | {max(taken):.0f} | {median(loaded):.0f} |"
            )
        version = chromium.version
        chromium.close()
    text = TEMPLATE.format(version=version, rounds=asked.rounds, rows="\n".join(rows))
    (HERE / "SCREEN.md").write_text(text, encoding="utf-8")
    print(text)


TEMPLATE = """# The first screen of the calculator

Written by `python benchmarks/javascript/first_screen.py SITE`: Chromium {version}, headless, two shared cores, the built site from
the local disk, {rounds} rounds each with an empty cache. Milliseconds from the start of the navigation until the form takes
input and the result stands beside it; the last column is the end of loading of the whole page, theme and all.

| page | width | median ms | slowest | loaded |
|---|---:|---:|---:|---:|
{rows}
"""

if __name__ == "__main__":
    main()
