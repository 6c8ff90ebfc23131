"""``hongqiao-rules new``: write a small complete rulebook to begin with."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import RequestError, catalogue

ON = "2025-06-01"
"""A day on which the example of the starter can be assessed."""


@click.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@options.lang
def command(folder: Path, lang: str) -> None:
    """Write a small complete rulebook into DIR, a folder that is new or empty; it passes ``check``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RequestError("FOLDER_NOT_EMPTY", name=str(folder))
    _copy(files("hongqiao_rules.cli") / "starter", folder)
    put(catalogue(lang).say("new.written", folder=str(folder), on=ON))


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            (target / entry.name).write_bytes(entry.read_bytes())
