"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from hongqiao_rules.errors import RequestError
from hongqiao_rules.messages import quoted

F = TypeVar("F", bound=Callable[..., Any])


def _lang(ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    ctx.meta["lang"] = value
    return value


def lang(function: F) -> F:
    """``--lang``: the language of everything that is for people."""
    option = click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default="zh",
        show_default=True,
        is_eager=True,
        callback=_lang,
        help="Language of statements and messages.",
    )
    return option(function)


def policies(function: F) -> F:
    """``--policies``: folders of policy files."""
    option = click.option(
        "--policies",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        multiple=True,
        metavar="DIR",
        help="A folder of policy files: with a rulebook file of its own it stands in place of the bundled policies, "
        "without one it is added to them. May be given several times.",
    )
    return option(function)


def day(text: str) -> date:
    """``YYYY-MM-DD`` as a date.

    Raises:
        RequestError: it is something else.
    """
    from hongqiao_rules.border.fields import parse_date

    found = parse_date(text)
    if found is None:
        raise RequestError("BAD_ASSESSMENT_DATE", value=quoted(text[:60]))
    return found


def month(text: str) -> date:
    """``YYYY-MM`` as the first day of the month.

    Raises:
        RequestError: it is something else.
    """
    from hongqiao_rules.border.fields import parse_date

    found = parse_date(f"{text}-01")
    if found is None:
        raise RequestError("BAD_MONTH", value=quoted(text[:60]))
    return found


def chosen(readings: tuple[str, ...]) -> dict[str, str]:
    """``NAME=CHOICE`` texts as a mapping.

    Raises:
        RequestError: one is of another form, or a reading is chosen twice.
    """
    found: dict[str, str] = {}
    for text in readings:
        name, equals, choice = text.partition("=")
        if not equals or not name or not choice:
            raise RequestError("READING_SYNTAX", value=quoted(text[:60]))
        if name in found:
            raise RequestError("READING_TWICE", name=name)
        found[name] = choice
    return found
