"""The tables that show how every sentence of the plan is accounted for."""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.plan.bundled_coverage import coverage
from hongqiao_rules.plan.coverage_words import counts, how
from hongqiao_rules.rulebook.load import load

_COLUMNS = {"en": "| Place | Begins | Accounted for by |", "zh": "| 位置 | 开头 | 处理方式 |"}


def lines(lang: str) -> Iterator[str]:
    """The counts, and a table for each part of the plan."""
    covered = coverage()
    yield counts(covered, lang)
    for part in covered.parts:
        yield from ("", f"## {part.title.say(lang)}", "", _COLUMNS[lang], "|---|---|---|")
        for entry in part.entries:
            said = ", ".join(_linked(rule) for rule in entry.rules) or how(entry, lang)
            yield f"| {entry.place} | {entry.begins}… | {said} |"


def _linked(rule: str) -> str:
    """A rule with a link to its page, in whichever of the two rulebooks it stands."""
    own = (None, rule) in load(part="standards").definitions.rules
    return f"[`{rule}`](reference/{'standards/' if own else ''}rules/{rule}.md)"
