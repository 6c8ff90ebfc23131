"""``hongqiao-rules check --prove``: see :func:`hongqiao_rules.proofs.prove`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hongqiao_rules.cli import options as shared
from hongqiao_rules.cli.output import put
from hongqiao_rules.rulebook.load import Rulebook


def options(function: Any) -> Any:
    """Add the options of ``--prove``."""
    for option in (
        shared.readings,
        shared.overlays,
        click.option("--on", "on", metavar="YYYY-MM-DD"),
        click.option("--property", "properties", multiple=True, metavar="NAME"),
        click.option("--prove", is_flag=True),
    ):  # fmt: skip
        function = option(function)
    return function


def run(
    rulebook: Rulebook, folders: Sequence[Path], shape: str, lang: str, members: int, seconds: float, *,
    properties: tuple[str, ...], on: str | None, overlays: tuple[str, ...], readings: tuple[str, ...],
) -> None:  # fmt: skip
    """Prove the properties of *rulebook*, read from *folders*, and write the results; exit with status 2 if one is not proved."""
    from hongqiao_rules import proofs

    found = proofs.prove(
        folders,
        members=members,
        seconds=seconds,
        on=None if on is None else shared.day(on),
        overlays=overlays or None,
        readings=shared.chosen(readings),
        properties=properties,
        processes=os.cpu_count() or 1,
        progress=_progress if sys.stderr.isatty() else None,
        _rulebook=rulebook,
    )
    put(found.to_json() if shape == "json" else found.statement(lang).rstrip("\n"))
    if not found.right:
        raise click.exceptions.Exit(2)


def _progress(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done}/{of}" if done < of else "\r" + " " * 16 + "\r")
    sys.stderr.flush()
