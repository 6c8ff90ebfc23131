"""What is done to the site while MkDocs (or ProperDocs) builds it; named under ``hooks`` in ``mkdocs.yml``.

The site has no address of its own: it is read from a folder, or from whatever server it is put on. The theme would look
for a sitemap beside every page in the other language and find none; so pages do not announce one, and none is made.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import site_pages

TOP = Path(__file__).resolve().parents[1]
_PARTS = ("words", "state", "form", "result", "whatif", "main")
_SEARCH = 'data-md-component="search" role="dialog"'
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_WORDS = re.compile(r"(for\(let (\w+)=\w+\+1;\2<)(\w+\.length;\2\+\+\)\w+\.slice\(\w+,\2\)in )")
_DAY = re.compile(r"(?<=<td>)\d{4}-\d\d-\d\d(?=</td>)")
_REACHABLE = """<script>addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
});</script>
</body>"""
"""Lets a reader without a mouse reach, and so scroll, a table that is wider than the screen."""
_made: dict[str, str] = {}
"""The text of the pages that are made, by their path below ``docs``. The plugin for languages keeps of a file only its path."""
_ALTERNATE = re.compile(r'<link rel="alternate"[^>]*>\s*')


def on_startup(**_: Any) -> None:
    """Keep the splitter of Chinese words from telling how it gets ready."""
    try:
        import jieba
    except ImportError:
        return
    jieba.setLogLevel(logging.WARNING)


def on_config(config: Any, **_: Any) -> Any:
    """The settings with the pages that are made in the navigation, where it says ``reference``, in every language."""
    *_others, last = config["nav"]
    (pages,) = last.values()
    if "reference" in pages:
        place = pages.index("reference")
        pages[place : place + 1] = site_pages.navigation()
    for language in config["plugins"]["i18n"].config.languages:
        if language.nav_translations is not None:
            language.nav_translations.update(site_pages.titles())
    return config


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """The files of the site with the pages that are made; ``on_page_read_source`` has their text."""
    from mkdocs.structure.files import File

    _made.update(site_pages.made())
    for name in sorted(_made.keys() - files.src_uris.keys()):
        files.append(File(name, config["docs_dir"], config["site_dir"], config["use_directory_urls"]))
    return files


def on_page_read_source(page: Any, **_: Any) -> str | None:
    """The text of a page that is made; that of any other is read from its file."""
    return _made.get(page.file.src_uri)


def on_page_content(html: str, **_: Any) -> str:
    """The page with the days in its tables marked as such: they are not broken at the end of a line."""
    return _DAY.sub(r"<time>\g<0></time>", html)


def on_post_page(output: str, **_: Any) -> str:
    """The page without its links to a sitemap in the other language (the reader's own switch stays), its search named.

    Wide tables can be reached by keyboard.
    """
    name = "搜索" if '<html lang="zh"' in output else "Search"
    output = output.replace(_SEARCH, f'{_SEARCH} aria-label="{name}"')
    return _ALTERNATE.sub("", output).replace("</body>", _REACHABLE)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Every template but the sitemap, which would hold addresses that are not known."""
    return "" if template_name == "sitemap.xml" else output_content


def calculator() -> str:
    """The calculator with its rules as one plain script, which a page opened from a folder may load too."""
    rules = _EXPORT.sub("", (TOP / "docs" / "assets" / "rules.mjs").read_text(encoding="utf-8"))
    parts = [(TOP / "scripts" / "calculator" / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    names = "about, assess, HouseholdError, RequestError"
    return (
        f'(() => {{\n"use strict";\nconst {{ {names} }} = (() => {{\n{rules}return {{ {names} }};\n}})();\n'
        + "\n".join(parts)
        + "})();\n"
    )


def on_post_build(config: Any, **_: Any) -> None:
    """Put the calculator's script into the site, and the search index in the form that a page opened from a folder reads.

    The theme splits the Chinese that a reader types into the words of the index, but its loop ends one character early, so
    that the last word is passed over; here it goes to the end. It puts a star after each word but the last, and then one after
    every word, so that words with two are told to be missing; here they have one.
    """
    site = Path(config["site_dir"])
    (site / "assets" / "calculator.js").write_text(calculator(), encoding="utf-8")
    index = site / "search" / "search_index.json"
    if index.exists():
        text = f"var __index={index.read_text(encoding='utf-8')}\n"
        index.with_suffix(".js").write_text(text, encoding="utf-8")
    for worker in (site / "assets" / "javascripts" / "workers").glob("search.*.js"):
        text = worker.read_text(encoding="utf-8")
        text = _WORDS.sub(r"\1=\3", text).replace('.invertedIndex)].join("* ")', '.invertedIndex)].join(" ")')
        worker.write_text(text, encoding="utf-8")


on_post_build.mkdocs_priority = -1000  # type: ignore[attr-defined]  # after the index of every language is made
