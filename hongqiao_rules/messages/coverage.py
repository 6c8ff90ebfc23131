"""What does not fit between the plan, its coverage and the rulebooks. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

COVERAGE: Mapping[str, tuple[str, str]] = {
    "COVERAGE_GAP": (
        "Between the entry before and this one ({begins}…) sentences have no entry; write them.",
        "前一条与本条（{begins}……）之间有句子没有条目；请补上。",
    ),
    "COVERAGE_UNREAD": (
        "This sentence ({begins}…) is not settled: name the rules that model it, or the reason why none can.",
        "这一句（{begins}……）还没有交代：请写明由哪些规则收录，或者为什么不能计算。",
    ),
    "COVERAGE_UNKNOWN_RULE": (
        "There is no rule, parameter or notice {rule}; name what models the sentence.",
        "没有规则、参数或提示{rule}；请写明收录这一句的规则。",
    ),
    "COVERAGE_QUOTE_UNRECORDED": (
        "{rule} cites “{words}”, which no entry records; check the words against the text and record them.",
        "{rule}引用的“{words}”没有记入任何条目；请与原文核对后记入。",
    ),
    "COVERAGE_CHANGED": (
        "This sentence ({begins}…) is another in the text; read it again, and the rules {rules} with it.",
        "这一句（{begins}……）在所给文本中已经不同；请重新阅读，并核对规则{rules}。",
    ),
    "COVERAGE_MISSING": (
        "This sentence ({begins}…) is not in the text; is the text whole? The rules {rules} rest on it.",
        "这一句（{begins}……）不在所给文本中；文本是否完整？规则{rules}以它为依据。",
    ),
    "COVERAGE_NEW": (
        "The text has a sentence ({begins}…) without an entry; read it and write one.",
        "所给文本中的一句（{begins}……）没有条目；请阅读并补上。",
    ),
    "COVERAGE_QUOTE_NOT_IN_TEXT": (
        "{rule} cites “{words}”, which does not stand in the text.",
        "{rule}引用的“{words}”不在所给文本中。",
    ),
    "COVERAGE_NOT_TEXT": (
        "{file} is not UTF-8 text of at most {limit} bytes; give the plan as plain text.",
        "{file}不是UTF-8文本，或者超过{limit}字节；请给出规划的纯文本。",
    ),
}
