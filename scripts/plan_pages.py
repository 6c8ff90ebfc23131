"""The parts of the pages about the plan: its standards, and what became of each of its sentences."""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.coverage import Coverage
from hongqiao_rules.rulebook.load import load


def standards(lang: str) -> Iterator[str]:
    """Each standard of the second rulebook: its title, what it is about, and the words of the plan."""
    definitions = load(part="standards").definitions
    yield "| 规则 | 标准 | 对象 | 原文 |" if lang == "zh" else "| Rule | Standard | Of | Words |"
    yield "|---|---|---|---|"
    listed = [rule for rule in definitions.rules.values() if rule.list is not None]
    for rule in sorted(listed, key=lambda r: r.order):
        about = definitions.entities[rule.versions[0].about].title.say(lang)
        words = "；".join(citation.words or "" for citation in rule.citations)
        yield f"| `{rule.id}` | {rule.title.say(lang)} | {about} | {words} |"


def coverage(lang: str) -> Iterator[str]:
    """What became of every sentence of the plan, a table for each chapter."""
    coverage, zh = Coverage(), lang == "zh"
    kinds = {
        "modelled": "收录" if zh else "modelled", "not_computable": "不能计算" if zh else "not computable",
        "descriptive": "叙述" if zh else "descriptive",
    }  # fmt: skip
    counts = [f"{kinds[kind]} {number}" for kind, number in coverage.counts().items()]
    yield (
        ("共" if zh else "In all ")
        + f"{len(coverage.entries)}"
        + ("句：" if zh else " sentences: ")
        + ("，" if zh else ", ").join(counts)
        + ("。" if zh else ".")
    )
    for chapter in sorted({entry.chapter for entry in coverage.entries}):
        title = (
            (f"第{chapter}章" if zh else f"Chapter {chapter}") if chapter else ("前言" if zh else "Opening")
        )
        yield from ("", f"### {title}", "")
        yield (
            "| 段.句 | 开头 | 归类 | 规则或理由 |"
            if zh
            else "| Place | Begins | Is | By which rules, or why not |"
        )
        yield "|---|---|---|---|"
        for entry in (e for e in coverage.entries if e.chapter == chapter):
            why = "" if entry.why is None else coverage.reasons[entry.why][lang]
            if why and entry.rules:
                why = f"其余部分：{why}" if zh else f"Of the rest: {why}"
            rules = ("、" if zh else ", ").join(f"`{rule}`" for rule in entry.rules)
            place = f"{entry.paragraph}.{entry.sentence}"
            yield f"| {place} | {entry.begins} | {kinds[entry.kind]} | {'<br>'.join(filter(None, (rules, why)))} |"
