"""The pages that show how every sentence of the plan is accounted for, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hongqiao_rules.coverage import Coverage
from hongqiao_rules.coverage.bundled import coverage
from hongqiao_rules.explanation.coverage import counts, how
from hongqiao_rules.rulebook.load import load

_HEADS = {
    "en": (
        "# Coverage of the plan\n\n"
        "Every sentence of the district's plan has an entry here: it is modelled by rules, declared not computable with the\n"
        "reason, or descriptive. A sentence is named by its place (paragraph and number in it) and its first words; its text\n"
        "stands in the plan, not here. `hongqiao-rules coverage --text FILE` checks every digest and every quotation against\n"
        "a text of the plan, and tells a sentence that was changed.\n\n{counts}\n"
    ),
    "zh": (
        "# 规划的覆盖情况\n\n"
        "规划的每一句话在这里都有条目：由规则实现、声明无法计算并说明理由，或属叙述性文字。句子以位置（段落和段内序号）"
        "和开头几个字标明；原文在规划中，这里不收录。`hongqiao-rules coverage --text 文件` 用规划的文本逐句核对摘要和引文，"
        "有改动即明确指出。\n\n{counts}\n"
    ),
}
_COLUMNS = {"en": "| Place | Begins | Accounted for by |", "zh": "| 位置 | 开头 | 处理方式 |"}


def pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """Both pages with their text."""
    covered = coverage()
    yield folder / "plan-coverage.md", _page(covered, "en")
    yield folder / "plan-coverage.zh.md", _page(covered, "zh")


def _linked(rule: str) -> str:
    """A rule with a link to its page, in whichever of the two rulebooks it stands."""
    own = (None, rule) in load(part="standards").definitions.rules
    return f"[`{rule}`](reference/{'standards/' if own else ''}rules/{rule}.md)"


def _page(covered: Coverage, lang: str) -> str:
    lines = [_HEADS[lang].format(counts=counts(covered, lang))]
    for part in covered.parts:
        lines += [f"## {part.title.say(lang)}", "", _COLUMNS[lang], "|---|---|---|"]
        for entry in part.entries:
            said = ", ".join(_linked(rule) for rule in entry.rules) or how(entry, lang)
            lines.append(f"| {entry.place} | {entry.begins}… | {said} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
