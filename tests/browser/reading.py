"""What stands on the page, and what the direct engine says of the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from hongqiao_rules import Assessment, Calculator
from tests.browser.conftest import SHOTS


def fragment(household: Any, on: str, **choices: Any) -> str:
    """The part of an address that fills the form in."""
    return "#q=" + quote(json.dumps({"household": household, "on": on, **choices}, ensure_ascii=False))


def filled(page: Any) -> dict[str, Any]:
    """What was filled in, as the link to share says it."""
    page.click(".hq-actions button")
    page.wait_for_function("document.getElementById('hq-shared').textContent !== ''")
    return json.loads(unquote(page.evaluate("location.hash"))[3:])


def assessed(question: dict[str, Any]) -> Assessment:
    calculator = Calculator(readings=question.get("readings"), overlays=question.get("overlays", ()))
    return calculator.assess(question["household"], on=date.fromisoformat(question["on"]))


def same_figures(page: Any, expected: Assessment) -> None:
    """Each figure of the page is the direct engine's."""
    for figure in ("monthly_total", "countable_income", "income"):
        assert page.inner_text(f'[data-figure="{figure}"]') == str(getattr(expected, figure)), figure
    cells = page.locator(".hq-less td, .hq-gain td").all_inner_texts()
    lines = [f"−{line.amount}" for line in expected.deductions] + [
        str(line.amount) for line in expected.benefits
    ]
    assert cells == lines
    assert str(expected.standard) in page.inner_text(".hq-bill")


def keep(page: Any, name: str, *, full: bool = False) -> None:
    """Leave a picture for a person to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=full)
