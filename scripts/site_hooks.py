"""Hooks of MkDocs (or ProperDocs), named under ``hooks`` in ``mkdocs.yml``.

The site has no address of its own: readers open it from a folder, or from any server. A sitemap needs addresses, so there is
none, and the links by which the theme would look for one in each language are removed.
"""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any

import site_pages
from site_words import tree, words

from hongqiao_rules.errors import HongqiaoRulesError
from hongqiao_rules.text.catalogue import languages

TOP = Path(__file__).resolve().parents[1]
_PARTS = ("words", "state", "form", "result", "whatif", "main")
_PROGRAM = ("basis", "copy", "start")
"""The words of the program that the calculator uses."""
_LANG = re.compile(r'<html lang="(\w+)"')
_SEARCH = 'data-md-component="search" role="dialog"'
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_WORDS = re.compile(r"(for\(let (\w+)=\w+\+1;\2<)(\w+\.length;\2\+\+\)\w+\.slice\(\w+,\2\)in )")
_DAY = re.compile(r"(?<=<td>)\d{4}-\d\d-\d\d(?=</td>)")
_REACHABLE = """<script>addEventListener("load", () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
});</script>
</body>"""
"""A script that makes tables wider than the screen reachable, and so scrollable, by keyboard."""
_made: dict[str, str] = {}
"""The text of the pages that are made, by path below ``docs``. The plugin for languages keeps only the path of a file."""
_ALTERNATE = re.compile(r'<link rel="alternate"[^>]*>\s*')


def on_startup(**_: Any) -> None:
    """Silence the messages of jieba, which splits Chinese into words."""
    try:
        import jieba
    except ImportError:
        return
    jieba.setLogLevel(logging.WARNING)


def on_config(config: Any, **_: Any) -> Any:
    """Return the settings with the pages that are made in the navigation, in place of ``reference``."""
    *_others, last = config["nav"]
    (pages,) = last.values()
    if "reference" in pages:
        place = pages.index("reference")
        pages[place : place + 1] = site_pages.navigation()
    for language in config["plugins"]["i18n"].config.languages:
        if language.nav_translations is not None:
            language.nav_translations.update(site_pages.titles(language.locale))
    return config


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """Return the files of the site with the pages that are made; ``on_page_read_source`` gives their text."""
    from mkdocs.exceptions import PluginError
    from mkdocs.structure.files import File

    try:
        _made.update(site_pages.made())
    except HongqiaoRulesError as error:  # the policies have faults: each with its place
        raise PluginError(str(error)) from None
    for name in sorted(_made.keys() - files.src_uris.keys()):
        files.append(File(name, config["docs_dir"], config["site_dir"], config["use_directory_urls"]))
    return files


def on_page_read_source(page: Any, **_: Any) -> str | None:
    """Return the text of a page that is made, or None: MkDocs then reads the file."""
    return _made.get(page.file.src_uri)


def on_page_content(html: str, **_: Any) -> str:
    """Return the page with the dates in its tables as ``<time>``, which the style sheet keeps on one line."""
    return _DAY.sub(r"<time>\g<0></time>", html)


def on_post_page(output: str, **_: Any) -> str:
    """Return the page without its links to sitemaps, with a label for its search, and with wide tables in reach of the keyboard."""
    found = _LANG.search(output)
    name = words(found[1] if found else "en").say("site.search")
    output = output.replace(_SEARCH, f'{_SEARCH} aria-label="{name}"')
    return _ALTERNATE.sub("", output).replace("</body>", _REACHABLE)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Return the text of a template; the sitemap is empty, because no address is known."""
    return "" if template_name == "sitemap.xml" else output_content


def calculator() -> str:
    """Return the calculator, its words and its rules as one script: pages opened from a folder may not load modules."""
    rules = _EXPORT.sub("", (TOP / "docs" / "assets" / "rules.mjs").read_text(encoding="utf-8"))
    parts = [(TOP / "scripts" / "calculator" / f"{name}.js").read_text(encoding="utf-8") for name in _PARTS]
    spoken = {
        lang: tree(lang, "calculator") | {part: tree(lang, part) for part in _PROGRAM} for lang in languages()
    }
    names = "about, assess, HouseholdError, RequestError"
    return (
        f'(() => {{\n"use strict";\nconst {{ {names} }} = (() => {{\n{rules}return {{ {names} }};\n}})();\n'
        f"const WORDS = {json.dumps(spoken, ensure_ascii=False)};\n" + "\n".join(parts) + "})();\n"
    )


def on_post_build(config: Any, **_: Any) -> None:
    """Write the script of the calculator, and the search index as a script that a page opened from a folder can load.

    Two faults of the theme are corrected. Its loop that splits typed Chinese into words of the index ends one character early
    and misses the last word. It appends a star to each word twice, so that words with two stars match nothing.
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
