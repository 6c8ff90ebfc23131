"""``hongqiao-rules check``: read and check policy files, and run their examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hongqiao_rules.analysis.examples import run
from hongqiao_rules.cli import mutating, options, proving
from hongqiao_rules.cli.output import put
from hongqiao_rules.errors import PolicyError, RequestError, catalogue
from hongqiao_rules.rulebook.load import load
from hongqiao_rules.text.catalogue import Listing, Phrase

_FLAGS = {
    "properties": "--property",
    "overlays": "--overlay",
    "readings": "--reading",
    "format": "--format json",
}
"""Options whose names differ from those of their parameters."""


@click.command("check")
@click.argument("folders", nargs=-1, type=options.Existing(folder=True))
@proving.options
@mutating.options
@click.option("--members", type=int)
@click.option("--seconds", type=click.FloatRange(min=0, min_open=True))
@options.shape
@options.policies
@options.lang
def command(
    folders: tuple[Path, ...], policies: tuple[Path, ...], cases: tuple[Path, ...], seconds: float | None, members: int | None,
    only: tuple[str, ...], shape: str, lang: str, *, mutate: bool, prove: bool, **proof: Any,
) -> None:  # fmt: skip
    """Check the policy files of FOLDERS (the bundled ones where none is named) and run their examples.

    With --prove, prove the declared properties, or show the smallest household for which one fails. With --mutate, list
    the small changes that no example notices. Exit with status 2 if there is anything to report.
    """
    if prove and mutate:
        raise RequestError("PROVE_OR_MUTATE")
    _refuse_stray(("--prove",), asked=prove, **proof)
    _refuse_stray(("--mutate",), asked=mutate, cases=cases, only=only)
    _refuse_stray(
        ("--prove", "--mutate"),
        asked=prove or mutate,
        members=members,
        seconds=seconds,
        format=shape == "json",
    )
    if mutate:
        members = 3 if members is None else members
        mutating.run((*folders, *policies), cases, seconds or 60, members, only, shape, lang)
        return
    rulebook = load((*folders, *policies))
    if not (folders or policies):
        rulebook.sweep()  # reading folders includes the sweep
    definitions = rulebook.definitions
    number, faults = run(rulebook)
    if faults:
        raise PolicyError(faults)
    if shape == "text":
        counts = {
            "files": Phrase("check.files", count=len(rulebook.files)),
            "rules": Phrase("check.rules", count=len(definitions.rules)),
            "parameters": Phrase("check.parameters", count=len(definitions.parameters)),
            "examples": Phrase("check.examples", count=number) if number else Phrase("check.no_examples"),
        }
        put(catalogue(lang).say("check.no_faults", **counts))
        put(rulebook.digest)
        for further, texts in definitions.untranslated.items():
            if texts:
                put(catalogue(lang).say("check.untranslated", lang=further, count=len(texts)))
            for key, english in texts.items():
                put(f"  {key}: {english}")
    if prove:
        if shape == "text":
            put("")
        members = 8 if members is None else members
        proving.run(rulebook, (*folders, *policies), shape, lang, members, seconds or 120, **proof)


def _refuse_stray(modes: tuple[str, ...], *, asked: bool, **given: Any) -> None:
    """Refuse options that only have an effect in *modes* if none of these is asked for."""
    stray = [_FLAGS.get(name, f"--{name}") for name, value in given.items() if value not in (None, (), False)]
    if stray and not asked:
        raise RequestError("OPTION_WITHOUT_MODE", mode=Listing(modes, "list.or"), options=stray)
