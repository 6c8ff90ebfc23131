"""The fixed words of a statement, each in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, tuple[str, str]] = {
    "heading": ("社会救助评估说明", "Statement of a social assistance assessment"),
    "household": ("家庭 {household}，评估日期 {on}", "Household {household}, assessed as of {on}"),
    "result": ("结论：{programme}，每月合计 {total} 元", "Result: {programme}, {total} yuan a month in all"),
    "no_result": ("结论：{programme}，没有可发放的救助金", "Result: {programme}, no benefit is payable"),
    "incomplete": ("本结果不完整，见下面的提示。", "This result is not complete; see the notices below."),
    "counted": ("计入的家庭成员：{count} 人（{names}）", "Counted members: {count} ({names})"),
    "number": ("计入的家庭成员：{count} 人", "Counted members: {count}"),
    "uncounted": ("不计入：{names}", "Not counted: {names}"),
    "standard": ("低保标准：每人每月 {amount} 元", "Dibao standard: {amount} yuan a person and month"),
    "income": ("家庭月收入：{arithmetic} 元", "Household income a month: {arithmetic} yuan"),
    "member": ("{name}：{text}", "{name}: {text}"),
    "no_income": ("没有收入", "no income"),
    "not_asked": ("没有填写收入，按没有处理", "no income stated, taken as none"),
    "left_out": ("{text}（不计入）", "{text} (does not count)"),
    "deductions": ("收入扣减：", "Deductions from income:"),
    "no_deductions": ("收入扣减：没有", "Deductions from income: none"),
    "countable": (
        "扣减后的家庭月收入：{arithmetic} 元",
        "Household income after deductions: {arithmetic} yuan",
    ),
    "per_capita": (
        "人均：{arithmetic} 元（只供参考，资格按总额比较）",
        "A person: {arithmetic} yuan (for information; eligibility compares totals)",
    ),
    "programme": ("救助类别：", "Programme:"),
    "holds": ("{title}：{text}，成立", "{title}: {text} holds"),
    "fails": ("{title}：{text}，不成立", "{title}: {text} does not hold"),
    "otherwise": ("{title}", "{title}"),
    "benefits": ("救助金：", "Benefits:"),
    "no_benefits": ("救助金：没有", "Benefits: none"),
    "line": ("{title}：{arithmetic} 元", "{title}: {arithmetic} yuan"),
    "asked": ("条件：{sentence}", "It asks: {sentence}"),
    "because": ("原因：{text}", "Because: {text}"),
    "also": ("；", "; "),
    "of_member": ("{title}（{name}）", "{title} ({name})"),
    "total": ("每月合计：{arithmetic} 元", "A month in all: {arithmetic} yuan"),
    "entries": ("{title}：", "{title}:"),
    "notices": ("提示：", "Notices:"),
    "assumed": ("没有填写、按默认处理的项目：", "Not stated, so taken by default:"),
    "assumed_one": ("{what}：{absent}", "{what}: {absent}"),
    "readings": ("采用的读法：", "Readings taken:"),
    "reading": ("{title}：{choice}", "{title}: {choice}"),
    "overlays": ("采用的叠加规则：", "Overlays applied:"),
    "quote": ("依据：“{words}”——《{title}》{place}{quality}", "Basis: “{words}” – {title}, {place}{quality}"),
    "plain": ("依据：《{title}》{place}{quality}", "Basis: {title}, {place}{quality}"),
    "cited_from": ("（自{day}起）", " (cited from {day})"),
    "cited_until": ("（至{day}止）", " (cited until {day})"),
    "value": ("{title}：{value}，{start}起{known}", "{title}: {value}, from {start}{known}"),
    "listed": ("{title}：名单自{start}起{known}", "{title}: the list from {start}{known}"),
    "inferred": ("（推断）", " (inferred)"),
    "convention": ("（惯例，没有文件规定）", " (a convention; no document says so)"),
    "recalled": ("（未查到出处）", " (no source was found)"),
    "start_inferred": ("（起始日为推断）", " (the day of its start is inferred)"),
    "start_recalled": ("（起始日未查到出处）", " (no source was found for its start)"),
    "official": ("", ""),
    "repost": ("（转载）", " (a repost)"),
    "copy": ("（副本）", " (a copy)"),
    "degraded": ("（有缺损的副本）", " (a degraded copy)"),
    "version": ("规则集版本 {version}", "Rulebook version {version}"),
    "receipt": ("凭据 {receipt}", "Receipt {receipt}"),
    "arithmetic": ("{text} = {value}", "{text} = {value}"),
    "list": ("、", ", "),
    "rules": ("规则", "Rules"),
    "parameters": ("参数", "Parameters"),
    "readings_list": ("读法", "Readings"),
    "overlays_list": ("叠加规则", "Overlays"),
    "properties": ("性质", "Properties"),
    "sources": ("文件", "Sources"),
    "default": ("（默认）", " (default)"),
    "replaces": ("  替换：{names}", "  Replaces: {names}"),
    "says": ("用文字表述：{sentence}", "in words: {sentence}"),
    "limitation": ("局限：{text}", "Limitation: {text}"),
    "graded": ("{basis}，可信度{confidence}", "{basis}, confidence {confidence}"),
    "basis_attested": ("有文件依据", "attested"),
    "basis_inferred": ("推断", "inferred"),
    "basis_convention": ("惯例", "a convention"),
    "basis_recalled": ("未查到出处", "no source found"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "low": ("低", "low"),
}


class Words:
    """The words in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._index = 0 if lang == "zh" else 1

    def __call__(self, key: str, **arguments: object) -> str:
        """The text of *key* with its blanks filled in."""
        return WORDS[key][self._index].format(**arguments)
