"""``hongqiao-rules export``: the rulebook for places without Python."""

from __future__ import annotations

from pathlib import Path

import click

from hongqiao_rules.cli.output import put


@click.command("export")
@click.argument("form", type=click.Choice(["javascript"]), metavar="javascript")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file, and its types beside it.",
)
@click.option("--policies", multiple=True, type=click.Path(path_type=Path), help="A folder of policy files.")
def command(form: str, out: Path | None, policies: tuple[Path, ...]) -> None:  # noqa: ARG001
    """Compile the rulebook to one JavaScript module without dependencies, for every date, reading and overlay."""
    from hongqiao_rules.calculator import Calculator
    from hongqiao_rules.exported.module import module, types

    text = module(Calculator(policies=policies or None).rulebook)
    if out is None:
        put(text.rstrip("\n"))
        return
    try:
        out.write_text(text, encoding="utf-8")
        out.with_suffix(".d.ts" if out.suffix == ".js" else ".d.mts").write_text(types(), encoding="utf-8")
    except OSError as error:
        raise click.FileError(str(out), hint=error.strerror or "it cannot be written") from None
