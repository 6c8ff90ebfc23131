"""Shared parts of the commands that ask about one household: options, input and output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from hongqiao_rules.calculator import Calculator
from hongqiao_rules.cli import options
from hongqiao_rules.cli.inputs import records
from hongqiao_rules.cli.output import place, put, tell
from hongqiao_rules.errors import Fault, HouseholdError

F = TypeVar("F", bound=Callable[..., Any])


def question(function: F) -> F:
    """Add the argument and the options of every such command."""
    parts: list[Callable[[Any], Any]] = [
        click.argument("file", type=options.Existing(dash=True)),
        options.on,
        options.readings,
        options.overlays,
        options.shape,
        options.policies,
        options.lang,
    ]  # fmt: skip
    for part in reversed(parts):
        function = part(function)
    return function


def answer(
    ask: Callable[[Calculator, Any, date], Any],
    file: str,
    on: str,
    readings: tuple[str, ...],
    overlays: tuple[str, ...],
    shape: str,
    policies: tuple[Path, ...],
    lang: str,
) -> Any:
    """Ask about the one household of *file*, write the answer and return it."""
    day = options.day(on)
    calculator = Calculator(readings=options.chosen(readings), overlays=overlays, policies=policies or None)
    with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as stream:
        found = list(records(stream, "" if file == "-" else file))
    faults = [record.fault for record in found if record.fault is not None]
    if len(found) != 1:
        faults = [Fault("ONE_HOUSEHOLD", "", count=len(found))]
    household = None
    try:
        if not faults:
            said = ask(calculator, found[0].value, day)
            put(said.to_json() if shape == "json" else said.statement(lang).rstrip("\n"))
            return said
    except HouseholdError as error:
        faults, household = list(error.faults), error.household
    for fault in faults:
        tell(place(file, None, household, fault, lang))
    raise click.exceptions.Exit(2)
