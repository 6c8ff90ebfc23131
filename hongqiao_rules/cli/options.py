"""Options that several commands share."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from hongqiao_rules.errors import RequestError, catalogue
from hongqiao_rules.text.catalogue import Listing, languages, quoted

F = TypeVar("F", bound=Callable[..., Any])


class Language(click.ParamType[str]):
    """A language that has a catalogue."""

    name = "lang"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return the languages that have a catalogue."""
        return f"[{'|'.join(languages())}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Return the language.

        Raises:
            RequestError: UNKNOWN_LANGUAGE.
        """
        return catalogue(value).lang


def _lang(ctx: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Return the language that the command line chooses, before or after the subcommand."""
    return str(ctx.meta.get("lang", value))


class Existing(click.Path):
    """A readable file or folder. Errors are reported in the language of the messages."""

    def __init__(self, *, folder: bool = False, dash: bool = False) -> None:
        super().__init__(
            exists=True,
            file_okay=not folder,
            dir_okay=folder,
            allow_dash=dash,
            path_type=str if dash else Path,
        )

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            OSError: Nothing is there, or a folder for a file, or a file for a folder.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            path = Path(value)
            kind = errno.ENOENT if not path.exists() else errno.EISDIR if path.is_dir() else errno.ENOTDIR
            readable = self.dir_okay == path.is_dir() and path.exists()
            number = errno.EACCES if readable else kind
            raise OSError(number, os.strerror(number), str(value)) from None


on = click.option("--on", "on", required=True, metavar="YYYY-MM-DD")
readings = click.option("--reading", "readings", multiple=True, metavar="NAME=CHOICE")
overlays = click.option("--overlay", "overlays", multiple=True, metavar="NAME")
shape = click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True
)
policies = click.option("--policies", type=Existing(folder=True), multiple=True, metavar="DIR")
lang = click.option("--lang", type=Language(), default="zh", show_default=True, callback=_lang)
"""``--lang``: the language of all output for people."""
spoken = click.option("--lang", type=Language(), expose_value=False)
"""``--lang`` of a group, or of a command whose only words are its help."""


def choices(function: F) -> F:
    """Add the options that choose readings, overlays and policies."""
    for option in (readings, overlays, policies):
        function = option(function)
    return function


class Picture(click.Path):
    """The file of a picture to be drawn."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path.

        Raises:
            RequestError: The suffix is not that of a picture format.
        """
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path.suffix not in (".png", ".svg"):
            raise RequestError("FILE_FORMAT", file=path, known=Listing((".png", ".svg"), "list.or"))
        return path


def day(text: str) -> date:
    """Return the date of ``YYYY-MM-DD``.

    Raises:
        RequestError: The text has another form.
    """
    from hongqiao_rules.household.fields import parse_date

    found = parse_date(text)
    if found is None:
        raise RequestError("BAD_ASSESSMENT_DATE", value=quoted(text[:60]))
    return found


def month(text: str) -> date:
    """Return the first day of the month ``YYYY-MM``.

    Raises:
        RequestError: The text has another form.
    """
    from hongqiao_rules.household.fields import parse_date

    found = parse_date(f"{text}-01")
    if found is None:
        raise RequestError("BAD_MONTH", value=quoted(text[:60]))
    return found


def chosen(readings: tuple[str, ...]) -> dict[str, str]:
    """Return texts such as ``NAME=CHOICE`` as a mapping.

    Raises:
        RequestError: A text has another form, or a reading is chosen twice.
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
