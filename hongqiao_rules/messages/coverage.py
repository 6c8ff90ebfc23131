"""What can be wrong with a coverage, and with a text that is held against it. Each code with its sentence in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

COVERAGE: Mapping[str, tuple[str, str]] = {
    "COVERAGE_NOT_ONE": (
        "A sentence is accounted for in exactly one way; give one of {known}.",
        "每句话只能有一种处理方式；请在{known}中给出一种。",
    ),
    "COVERAGE_PARAGRAPH": (
        "Paragraphs follow each other without a gap; here {wanted} is due.",
        "段落须依次编号，不得遗漏；此处应为第{wanted}段。",
    ),
    "COVERAGE_UNKNOWN_NAME": (
        "There is no rule and no reason {name} here.",
        "没有名为{name}的规则或理由。",
    ),
    "COVERAGE_UNLISTED": (
        "The rule {rule} cites {source}, but no sentence is said to be modelled by it; name it where its words stand.",
        "规则{rule}引用了{source}，却没有哪句话注明由它实现；请在其所引文字处注明。",
    ),
    "SENTENCE_CHANGED": (
        "Sentence {place} ({begins}…) is not as it was when the rules were written; it now reads: {shown}… Rules that rest on it: {rules}. Read it anew, then correct the rules and its entry; its digest is now {digest}.",
        "第{place}句（{begins}…）与编写规则时不同；现为：{shown}…。以它为依据的规则：{rules}。请重新研读，再改正规则和条目；摘要现为{digest}。",
    ),
    "SENTENCE_GONE": (
        "Sentence {place} ({begins}…) is not in this text. Rules that rest on it: {rules}. Look whether the copy is whole, then correct its entry and the rules.",
        "此文本中没有第{place}句（{begins}…）。以它为依据的规则：{rules}。请核对文本是否完整，再改正条目和规则。",
    ),
    "SENTENCE_UNREAD": (
        "This sentence has no entry: {shown}… Read it and account for it in policies/coverage; its digest is {digest}.",
        "这句话没有条目：{shown}…。请研读后在 policies/coverage 中注明如何处理；摘要为{digest}。",
    ),
    "QUOTE_NOT_IN_TEXT": (
        "{name} cites words that do not stand in this text: “{words}”. Correct the citation, or look for a better copy.",
        "{name}引用的文字不在此文本中：“{words}”。请改正引文，或另找更好的副本。",
    ),
}
