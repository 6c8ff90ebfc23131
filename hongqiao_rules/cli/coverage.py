"""``hongqiao-rules coverage``: the coverage of each sentence of the plan, and its comparison with a text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import PolicyError, RequestError, catalogue
from hongqiao_rules.text.catalogue import Phrase


@click.command("coverage")
@click.option("--text", "text", type=options.Existing(), metavar="FILE")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.lang
def command(text: Path | None, form: str, lang: str) -> None:
    """Show the coverage of each sentence of the plan, or compare it with a text of the plan."""
    from hongqiao_rules.coverage import compare
    from hongqiao_rules.plan.bundled_coverage import coverage
    from hongqiao_rules.plan.coverage_words import counts, listing

    covered = coverage()
    if text is not None:
        faults = compare(covered, _read(text), str(text))
        if faults:
            raise PolicyError(faults)
        put(counts(covered, lang))
        put(catalogue(lang).say("coverage.agrees", quotes=len(covered.quotes)))
    elif form == "json":
        put(json.dumps(_plain(covered), ensure_ascii=False, indent=1))
    else:
        for line in listing(covered, lang):
            put(line)


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = Phrase("encoding.not_utf8")
        raise RequestError("FILE_UNREADABLE", file=str(file), problem=problem) from None


def _plain(covered: Any) -> dict[str, Any]:
    entries = [
        {
            "place": entry.place,
            "begins": entry.begins,
            "digest": entry.digest,
            "way": entry.way,
            "rules": list(entry.rules),
            "reason": entry.reason and {"id": entry.reason.id, **entry.reason.text.by_language()},
            "kind": entry.kind,
        }
        for entry in covered.entries
    ]
    return {"source": covered.source, "sentences": entries}
