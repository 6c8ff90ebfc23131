"""Links that open the calculator of the site with a household filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

_OPEN = {"en": "Open it in the calculator", "zh": "在计算器中打开"}


def link(
    up: int,
    lang: str,
    household: Mapping[str, Any],
    on: str,
    readings: Mapping[str, str] | None = None,
    overlays: Sequence[str] = (),
) -> str:
    """The link, from a page *up* folders below the start of its language.

    It is written as HTML, because what follows ``#q=`` is no anchor of a page, and the builder would look for one.
    """
    question = {
        "household": household,
        "on": on,
        "readings": dict(readings or {}),
        "overlays": list(overlays),
    }
    text = quote(json.dumps(question, ensure_ascii=False, separators=(",", ":")), safe="!*()'")
    return f'<a class="to-calculator" href="{"../" * up}calculator/#q={escape(text)}">{_OPEN[lang]}</a>'
