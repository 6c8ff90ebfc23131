"""``hongqiao-rules coverage``: what became of every sentence of the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hongqiao_rules.cli import options
from hongqiao_rules.cli.output import put, tell
from hongqiao_rules.errors import RequestError

if TYPE_CHECKING:
    from hongqiao_rules.coverage import Coverage

LARGEST = 10_000_000
_WORDS: Mapping[str, tuple[str, str]] = {
    "heading": ("规划收录情况：共 {count} 句", "Coverage of the plan: {count} sentences"),
    "chapter": (
        "第 {chapter} 章：收录 {modelled} 句，不能计算 {not_computable} 句，叙述 {descriptive} 句",
        "Chapter {chapter}: modelled {modelled}, not computable {not_computable}, descriptive {descriptive}",
    ),
    "all": (
        "合计：收录 {modelled} 句，不能计算 {not_computable} 句，叙述 {descriptive} 句",
        "In all: modelled {modelled}, not computable {not_computable}, descriptive {descriptive}",
    ),
    "modelled": ("收录：", "Modelled:"),
    "not_computable": ("不能计算：", "Not computable:"),
    "one": ("  {place} {begins}……：{text}", "  {place} {begins}…: {text}"),
    "rest": ("{rules}；其余部分：{why}", "{rules}; of the rest: {why}"),
    "whole": ("没有遗漏的句子，引文都有记录。", "No sentence is unread, and every quote is recorded."),
    "text": ("与所给文本逐句一致。", "Sentence by sentence the same as the text given."),
}


@click.command("coverage")
@click.option(
    "--text",
    "text",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A text of the plan, to check every digest and quote against.",
)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.lang
def command(text: Path | None, shape: str, lang: str) -> None:
    """Coverage of the plan: each sentence modelled by which rules, not computable and why, or descriptive."""
    from hongqiao_rules.coverage import Coverage

    coverage = Coverage()
    findings = coverage.findings(None if text is None else _read(text))
    if shape == "json":
        for entry in coverage.entries:
            why = None if entry.why is None else coverage.reasons[entry.why][lang]
            put(json.dumps({**entry._asdict(), "why": why}, ensure_ascii=False))
    else:
        for line in _lines(coverage, lang):
            put(line)
        if not findings:
            put(_say("whole", lang))
        if text is not None and not findings:
            put(_say("text", lang))
    for finding in findings:
        tell(finding.say(lang))
    if findings:
        raise click.exceptions.Exit(2)


def _read(file: Path) -> str:
    data = file.read_bytes()
    try:
        if len(data) <= LARGEST:
            return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    raise RequestError("COVERAGE_NOT_TEXT", file=file, limit=LARGEST)


def _say(key: str, lang: str, **arguments: object) -> str:
    return _WORDS[key][lang == "en"].format(**arguments)


def _lines(coverage: Coverage, lang: str) -> Iterator[str]:
    yield _say("heading", lang, count=len(coverage.entries))
    for chapter in sorted({entry.chapter for entry in coverage.entries}):
        yield _say("chapter", lang, chapter=chapter, **dict(coverage.counts(chapter)))
    yield _say("all", lang, **dict(coverage.counts()))
    for kind in ("modelled", "not_computable"):
        yield _say(kind, lang)
        for entry in (e for e in coverage.entries if e.kind == kind):
            why = "" if entry.why is None else coverage.reasons[entry.why][lang]
            rules = ", ".join(entry.rules)
            text = _say("rest", lang, rules=rules, why=why) if rules and why else rules or why
            place = f"{entry.paragraph}.{entry.sentence}"
            yield _say("one", lang, place=place, begins=entry.begins, text=text)
