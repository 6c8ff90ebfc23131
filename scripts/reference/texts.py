"""The fixed words of the reference pages, each in Chinese and in English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "written": (
        "<!-- 由 scripts/generate.py 根据政策文件写成，请勿手工修改。 -->",
        "<!-- Written by scripts/generate.py from the policies; do not edit. -->",
    ),
    "facts_and_codes": ("事实和代码", "Facts and codes"),
    "facts_intro": (
        "每一对象可填写的事实、取值范围、未填写时如何处理，以及哪些规则用到它。",
        "The facts that can be stated of each entity: their range, what is assumed when one is absent, and which rules use it.",
    ),
    "field": ("字段", "Field"),
    "meaning": ("含义", "Meaning"),
    "values": ("可填的值", "Values"),
    "when_absent": ("未填写时", "When absent"),
    "code_word": ("代码", "Code"),
    "refused": ("拒绝", "refused"),
    "list_of": ("列表，{least}至{most}项", "a list of {least} to {most}"),
    "text_of": ("文字，不超过{most}个字符", "text of up to {most} characters"),
    "line_of": ("“{list}”中的一项", "an entry of “{list}”"),
    "gives": ("结果名为 `{name}`", "gives `{name}`"),
    "about": ("针对每一{entity}", "about each {entity}"),
    "period": ("{start}起", "from {start} on"),
    "closed": ("{start}至{end}", "{start} to {end}"),
    "graded": ("{basis}，可信度{confidence}", "{basis}, confidence {confidence}"),
    "attested": ("有文件依据", "attested in the documents"),
    "inferred": ("由文件推断", "inferred from the documents"),
    "convention": ("惯例，没有文件规定", "a convention; no document says so"),
    "recalled": ("未查到出处", "no source found"),
    "start_inferred": ("起始日为推断", "its first day is inferred"),
    "start_recalled": ("起始日未查到出处", "no source was found for its first day"),
    "start_convention": ("起始日为惯例", "its first day is a convention"),
    "high": ("高", "high"),
    "medium": ("中", "medium"),
    "low": ("低", "low"),
    "official": ("官方网页", "official page"),
    "repost": ("转载", "repost"),
    "copy": ("副本", "copy"),
    "degraded": ("有缺损的副本", "degraded copy"),
    "official_says": (
        "取自发布机关或政府网站的页面。",
        "Taken from a page of the issuing authority or of a government site.",
    ),
    "repost_says": (
        "由报刊或网站转载，文字看来完整。",
        "Reposted by a newspaper or a site; the text looks complete.",
    ),
    "copy_says": ("网络副本，没有与原件核对。", "A copy on the web; not compared with an original."),
    "degraded_says": (
        "副本有缺损、删改或夹杂他文，只采用能与其他文件相互印证的部分。",
        "The copy is cut, altered or mixed with other text; only what other documents bear out is used.",
    ),
    "words": ("原文", "The words"),
    "no_words": ("没有引用文件。", "It cites no document."),
    "says": ("规则的意思", "What it says"),
    "says_note": (
        "由规则的表达式自动写成；括号中为{day}起的数值。",
        "Written from the rule's expression; the figures in brackets are those from {day} on.",
    ),
    "expression": ("表达式", "The expression"),
    "expression_note": ("规则文件中的写法：", "As the rule's file has it:"),
    "under": ("政策口径{reading}取{choices}时", "with the reading {reading} as {choices}"),
    "versions_from": ("{start}起", "from {start} on"),
    "history": ("沿革", "History"),
    "history_note": (
        "规则及其直接用到的参数在哪一天变化。",
        "The days on which the rule, or a parameter that it uses itself, changes.",
    ),
    "day": ("日期", "Day"),
    "change": ("变化", "Change"),
    "begins": ("规则开始收录", "the rule is modelled from here on"),
    "ends": ("规则停止适用", "the rule ends"),
    "version_begins": ("规则改用新的写法", "the rule reads differently from here on"),
    "readings": ("政策口径", "Readings"),
    "asked": ("**{title}**（`{id}`）", "**{title}** (`{id}`)"),
    "default": ("（默认）", " (the default)"),
    "limitations": ("局限", "Limitations"),
    "examples": ("例子", "Worked examples"),
    "examples_note": (
        "写在规则文件中，作为测试运行；算式由程序写出。",
        "From the rule's file, where they run as tests; the program writes the arithmetic.",
    ),
    "further_examples": ("其余例子", "Further examples"),
    "household": ("家庭", "Household"),
    "comes_to": ("应得出", "Comes to"),
    "on_day": ("核算日期{day}", "Assessed as of {day}"),
    "chosen": ("政策口径 `{name}` 取 `{choice}`", "reading `{name}` = `{choice}`"),
    "overlay_taken": ("采用补充方案 `{name}`", "overlay `{name}`"),
    "place": ("与其他规则的关系", "Among the other rules"),
    "feeds": ("用到它的规则", "It feeds"),
    "facts": ("用到的情况", "It looks at"),
    "parameters_used": ("用到的参数", "It takes the figures"),
    "rules_used": ("用到的规则", "It uses the rules"),
    "nothing": ("没有", "nothing"),
    "overlay": ("补充方案 {name}", "Under the overlay {name}"),
    "overlay_only": ("只在补充方案 `{name}` 中。", "Only in the overlay `{name}`."),
    "rules": ("规则", "Rules"),
    "rules_intro": (
        "每条规则一页：原文、文字表述、表达式、沿革、政策口径、局限、例子。页面由政策文件写成，与规则一同变化。",
        (
            "A page for each rule: the words, what it says, its expression, history, readings, limitations and examples. "
            "The pages are written from the policy files and change with them."
        ),
    ),
    "diagram": ("规则之间的关系", "How the rules depend on each other"),
    "diagram_note": (
        (
            "箭头由被用到的规则指向用到它的规则；已经有更长的路径相通的，不再另画箭头。点击方框可打开该规则。"
            "不用其他规则、也不被其他规则用到的，只列在下面的表中；表中用文字写出了每条规则用到哪些规则。"
        ),
        (
            "An arrow goes from a rule to one that uses it; it is left out where a longer way leads there. A box opens the page of "
            "its rule. Rules that stand by themselves are only in the table below, which says in words what each rule uses."
        ),
    ),
    "marks_note": (
        "有几条规则为许多规则所用，不从它们画箭头，而把编号标在用到它们的方框上：",
        "Some rules are used by so many that there are no arrows from them; their numbers stand on the boxes that use them:",
    ),
    "diagram_title": ("规则关系图", "Diagram of the rules"),
    "further_figures": ("其他数值", "Further figures"),
    "of_member": ("针对{entity}", "about a {entity}"),
    "of_line": ("清单中的一项", "an entry of a list"),
    "of_shared": ("由几条规则给出", "given by several rules"),
    "of_other": ("见另一张图", "from another diagram"),
    "all_rules": ("全部规则", "All rules"),
    "beside": ("另见", "See also"),
    "rule": ("规则", "Rule"),
    "concludes": ("给出", "Gives"),
    "parameters": ("参数", "Parameters"),
    "parameters_intro": (
        "规则用到的每一个数额、比例、年龄和名单，各有沿革、出处和可信度。",
        "Every amount, share, age and list that rules use, each with its history, its sources and how well it is known.",
    ),
    "parameter": ("参数", "Parameter"),
    "latest": ("最新的值", "Latest value"),
    "since": ("起始日", "Since"),
    "from": ("起", "From"),
    "until": ("止", "Until"),
    "value": ("值", "Value"),
    "known": ("依据", "How it is known"),
    "source": ("出处", "Source"),
    "chart": ("{title}的沿革", "History of: {title}"),
    "used_by": ("用到它的规则", "Used by"),
    "note": ("说明", "Note"),
    "money": ("金额（元）", "an amount in yuan"),
    "number": ("数", "a number"),
    "share": ("比例", "a share"),
    "codes": ("代码名单", "a list of codes"),
    "yuan": ("元", "yuan"),
    "documents": ("文件", "Documents"),
    "documents_intro": (
        "规则和参数引用的全部文件：从中取了什么、由哪些规则引用、所见副本的好坏。",
        "All documents that are cited: what is taken from each, by which rules, and how good the copy is.",
    ),
    "document": ("文件", "Document"),
    "issuer": ("发布者", "Issuer"),
    "number_of": ("文号", "Number"),
    "dated": ("日期", "Dated"),
    "seen": ("见于", "Seen at"),
    "quality": ("副本质量", "Quality of the copy"),
    "taken": ("从中取用的内容", "What is taken from it"),
    "where": ("位置", "Place"),
    "cited_words": ("引用的文字", "Words cited"),
    "cited_by": ("引用者", "Cited by"),
    "not_quoted": ("（未引原文）", "(not quoted)"),
    "notices": ("提示", "Notices"),
    "notices_intro": (
        "随核算结果给出的提示，各有代码，出现的条件如下。",
        "Sentences that go with an assessment, each with its code and when it is given.",
    ),
    "given_when": ("出现的条件：{when}。", "Given where {when}."),
    "given_always": ("只要日期在其期间内就出现。", "Given on every day of its period."),
    "unless": ("采用补充方案 `{name}` 时不出现。", "Not given under the overlay `{name}`."),
    "about_rule": ("所涉规则：", "It is about the rule "),
    "list": ("、", ", "),
    "stop": ("。", "."),
    "colon": ("：", ": "),
}


class Texts:
    """The words in one language, ``"zh"`` or ``"en"``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._index = 0 if lang == "zh" else 1

    def __call__(self, key: str, **arguments: object) -> str:
        """The text of *key* with its blanks filled in."""
        return TEXTS[key][self._index].format(**arguments)
