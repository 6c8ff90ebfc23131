"""What can be wrong with a question about what is missing, or about what would change the answer."""

from __future__ import annotations

from collections.abc import Mapping

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "CANNOT_BE_UNKNOWN": (
        'This has to be stated; what can be "unknown" is {known}, and fields of a list\'s entries.',
        "此项必须填写；可以填“unknown”（未知）的有{known}，以及列表各项的字段。",
    ),
    "PERHAPS_NEEDED": (
        'What is unknown may make {name} necessary here; state it, or write "unknown".',
        "未知项可能使此处必须填写{name}；请填写，或填“unknown”（未知）。",
    ),
    "NO_HOUSEHOLD_LEFT": (
        "Whatever the unknown fields were, this household would be refused; look at what is stated beside them.",
        "无论未知项取什么值，这个家庭都会被拒绝；请检查已经填写的内容。",
    ),
    "ONE_HOUSEHOLD": (
        "This question is about one household; there are {count} here.",
        "此问题一次只问一个家庭；这里有{count}个。",
    ),
    "UNKNOWN_TARGET": (
        "There is no programme and no benefit or deduction {name}; what can be asked for is {known}.",
        "没有名为{name}的救助类别、救助金或扣减；可以问的有{known}。",
    ),
    "MOST_CHANGES": (
        "At least one change has to be told; {value} is too few. Leave it out for the first hundred.",
        "至少须给出一项改变，{value}太少；不写则给出前一百项。",
    ),
    "UNKNOWN_PROPERTY": (
        "The policies declare no property {name}; declared are {known}.",
        "规则中没有声明性质{name}；声明的有{known}。",
    ),
    "NOT_VARIABLE": (
        "{name} is no amount of this household that can be varied; what can be is {known}.",
        "{name}不是这个家庭里可以变动的金额；可以变动的有{known}。",
    ),
    "TOO_MANY_PIECES": (
        "The total falls into more than {most} pieces; ask for a smaller range of amounts.",
        "合计分成了{most}段以上；请缩小金额范围。",
    ),
    "NOT_DECIDED": (
        "The solver came to no answer in the time it has ({problem}); leave less unknown, or simplify the rules.",
        "求解器在限定时间内没有得出答案（{problem}）；请减少未知项，或简化规则。",
    ),
    "EXPLORE_FIRST": (
        "This question is about a household of which everything is known, and {path} is unknown; explore answers those in which something is.",
        "此问题要求家庭情况全部已知，而{path}未知；有未知项的家庭请用 explore。",
    ),
    "BAD_READINGS": (
        '{value} is no choice of readings here; it can only be "all".',
        "{value}不是这里可用的读法选择；只能是“all”。",
    ),
    "MEMBERS_OUT_OF_RANGE": (
        "Households of up to {value} members cannot be looked at; give a number from 1 to {most}.",
        "不能查看多至{value}人的家庭；请给出1至{most}之间的人数。",
    ),
}
