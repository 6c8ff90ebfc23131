"""``hongqiao-rules export``: write the rulebook for use without Python."""

from __future__ import annotations

import json
from pathlib import Path

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import RequestError


@click.command("export")
@click.argument("form", type=click.Choice(["javascript", "json"]), metavar="javascript|json")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--policies", multiple=True, type=options.Existing(folder=True), metavar="DIR")
@click.option("--part", type=click.Choice(["standards"]))
@options.spoken
def command(form: str, out: Path | None, policies: tuple[Path, ...], part: str | None) -> None:
    """Write the rulebook for use without Python.

    As javascript, one module without dependencies that assesses households, for every date, reading and overlay; as
    json, one document with the whole rulebook: rules with their expressions as trees, values by date, sources,
    readings, codes.
    """
    from hongqiao_rules.calculator import Calculator
    from hongqiao_rules.rulebook.load import load

    if part is not None and (policies or form == "javascript"):
        raise RequestError("OPTIONS_APART", one="--part", other="--policies" if policies else "javascript")
    book = load(part=part) if part is not None else Calculator(policies=policies or None).rulebook
    beside: str | None = None
    if form == "json":
        from hongqiao_rules.rulebook.export.rulebook_json import document

        text = json.dumps(document(book), ensure_ascii=False, indent=1) + "\n"
    else:
        from hongqiao_rules.engines.javascript.module import module, types

        text, beside = module(book), types(book.fields)
    if out is None:
        put(text.rstrip("\n"))
        return
    out.write_text(text, encoding="utf-8")
    if beside is not None:
        out.with_suffix(".d.ts" if out.suffix == ".js" else ".d.mts").write_text(beside, encoding="utf-8")
