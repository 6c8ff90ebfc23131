"""``hongqiao-rules standards``: judge a district and its communities by the standards of the plan."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import place, put, tell
from hongqiao_rules.errors import DistrictError


@click.command("standards")
@click.argument("file", type=options.Existing(dash=True))
@options.on
@options.shape
@options.lang
def command(file: str, on: str, shape: str, lang: str) -> None:
    """Judge the district of FILE (JSON, - for standard input): each standard is met, short by an amount, or not known."""
    from hongqiao_rules.household.json_text import LARGEST
    from hongqiao_rules.standards import Standards

    day = options.day(on)
    with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
        text = stream.read(LARGEST + 1)
    try:
        judgement = Standards().judge_json(text, day)
    except DistrictError as error:
        for fault in error.faults:
            tell(place(file, None, error.district, fault, lang))
        raise click.exceptions.Exit(2) from None
    put(judgement.to_json(lang=lang) if shape == "json" else judgement.statement(lang).rstrip("\n"))
