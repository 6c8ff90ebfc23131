"""``hongqiao-rules check --mutate``: see :func:`hongqiao_rules.mutations.mutate`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from hongqiao_rules.cli.output import put


def options(function: Any) -> Any:
    """Add the options of ``--mutate``."""
    for option in (
        click.option("--only", multiple=True, metavar="KIND"),
        click.option("--cases", type=click.Path(path_type=Path), multiple=True, metavar="FILE"),
        click.option("--mutate", is_flag=True),
    ):  # fmt: skip
        function = option(function)
    return function


def run(
    folders: tuple[Path, ...], cases: tuple[Path, ...], seconds: float, members: int, only: tuple[str, ...],
    shape: str, lang: str,
) -> None:  # fmt: skip
    """Write the outcome of each change; exit with status 2 if one survived."""
    from hongqiao_rules.mutations import mutate

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done}/{of}" + ("\n" if done == of else ""))
            sys.stderr.flush()

    found = mutate(
        folders, cases=cases, seconds=seconds, members=members, processes=os.cpu_count() or 1, only=only,
        progress=progress,
    )  # fmt: skip
    put(found.to_json() if shape == "json" else found.statement(lang).rstrip("\n"))
    if found.survivors:
        raise click.exceptions.Exit(2)
