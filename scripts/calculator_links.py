"""Links that open the calculator of the site with a household filled in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from site_templates import Templates


def link(
    templates: Templates,
    up: int,
    household: Mapping[str, Any],
    on: str,
    readings: Mapping[str, str],
    overlays: Sequence[str],
) -> str:
    """Return the link from a page *up* folders below the start of its language, as HTML.

    Markdown would not do: MkDocs would look for an anchor named by the text after ``#``.
    """
    question = {"household": household, "on": on, "readings": dict(readings), "overlays": list(overlays)}
    text = quote(json.dumps(question, ensure_ascii=False, separators=(",", ":")), safe="!*()'")
    return templates.line("calculator_link.html", up="../" * up, question=text)
