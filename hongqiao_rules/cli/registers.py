"""Shared parts of the commands on registers: options, sources, progress and exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import tell
from hongqiao_rules.errors import catalogue

IN = options.Existing()


def source(function: Any) -> Any:
    """Add the options that say where the households come from."""
    for option in (
        click.option("--members", type=IN),
        click.option("--mapping", type=IN),
        click.option("--encoding", default="utf-8", show_default=True),
    ):
        function = option(function)
    return function


allowing = click.option("--allow-rejects", is_flag=True)


@contextmanager
def bar(length: int) -> Iterator[Callable[[int], None]]:
    """Return a progress bar on standard error, hidden if that is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, file=sys.stderr, label="hongqiao-rules") as bar:
        yield lambda done: bar.update(done - bar.pos)


def opened(
    calculator: Calculator, households: Path, members: Path | None, mapping: Path | None, encoding: str
) -> Any:
    """Return the register of the files, with its mapping."""
    from hongqiao_rules.population.read import mapping as mappings
    from hongqiao_rules.population.read.sources import Source

    definitions = calculator.rulebook.definitions
    named = None if mapping is None else mappings.read(mapping, definitions)
    return Source(households, members, named, encoding, definitions)


def end(refused: int, lang: str, *, allowed: bool, runs: int = 1) -> None:
    """Exit with status 2 if rows were refused, unless that is *allowed*."""
    if refused:
        key = "population.refused" if runs == 1 else "population.refused_in_both"
        tell(catalogue(lang).say(key, count=refused))
        if not allowed:
            raise click.exceptions.Exit(2)
