"""``hongqiao-rules schema``: print a JSON Schema."""

from __future__ import annotations

from pathlib import Path

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import RequestError
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.schemas import NAMES, schema


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
@options.policies
@options.spoken
def command(name: str, policies: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a household, an assessment, a district, an exported rulebook or a policy file."""
    if policies and name not in ("household", "assessment"):
        raise RequestError("OPTIONS_APART", one="--policies", other=name)
    put(schema(name, load(list(policies)) if policies else None).rstrip("\n"))
