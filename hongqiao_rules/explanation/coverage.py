"""A coverage in words: sentence by sentence, and how many are accounted for in which way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hongqiao_rules.coverage import Coverage, Entry

_WAYS: Mapping[str, tuple[str, str]] = {
    "modelled": ("由规则实现", "modelled"),
    "not_computable": ("声明无法计算", "declared not computable"),
    "descriptive": ("叙述性文字", "descriptive"),
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "heading": ("标题", "heading"),
    "account": ("对已有工作的叙述", "account of what was done"),
    "context": ("背景和指导思想", "context and guiding thought"),
}


def how(entry: Entry, lang: str) -> str:
    """How one sentence is accounted for, in ``"zh"`` or ``"en"``."""
    index = 0 if lang == "zh" else 1
    if entry.way == "modelled":
        return ", ".join(entry.rules)
    if entry.reason is not None:
        return entry.reason.text.say(lang)
    return _KINDS[entry.kind or "heading"][index]


def counts(coverage: Coverage, lang: str) -> str:
    """How many sentences are accounted for in each way, as one line."""
    index, stop, separator = (0, "。", "，") if lang == "zh" else (1, ".", ", ")
    ways = separator.join(f"{names[index]} {coverage.count(way)}" for way, names in _WAYS.items())
    total = len(coverage.entries)
    return f"共 {total} 句：{ways}{stop}" if lang == "zh" else f"{total} sentences: {ways}{stop}"


def listing(coverage: Coverage, lang: str) -> Iterator[str]:
    """Every sentence, a line each, under its part."""
    yield counts(coverage, lang)
    for part in coverage.parts:
        yield ""
        yield part.title.say(lang)
        for entry in part.entries:
            way = _WAYS[entry.way][0 if lang == "zh" else 1]
            yield f"  {entry.place}  {entry.begins}…  [{way}] {how(entry, lang)}"
