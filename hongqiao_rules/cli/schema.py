"""``hongqiao-rules schema``: print a JSON Schema."""

from __future__ import annotations

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.schemas import NAMES, schema


@click.command("schema")
@click.argument("name", type=click.Choice(NAMES))
@options.spoken
def command(name: str) -> None:
    """Print the JSON Schema of a household, an assessment, a district, an exported rulebook or a policy file."""
    put(schema(name).rstrip("\n"))
