"""Every code with its sentence in Chinese and English: what is wrong, and a way out. Codes never change meaning."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from hongqiao_rules.messages.case import CASE
from hongqiao_rules.messages.coverage import COVERAGE
from hongqiao_rules.messages.household import HOUSEHOLD
from hongqiao_rules.messages.ledger import LEDGER
from hongqiao_rules.messages.mutations import MUTATIONS
from hongqiao_rules.messages.policy import POLICY
from hongqiao_rules.messages.questions import QUESTIONS
from hongqiao_rules.messages.request import REQUEST
from hongqiao_rules.messages.said import Said, quoted
from hongqiao_rules.messages.standards import STANDARDS

__all__ = [
    "CASE", "COVERAGE", "HOUSEHOLD", "LEDGER", "MUTATIONS", "POLICY", "QUESTIONS", "REQUEST", "SENTENCES", "STANDARDS", "Said",
    "quoted", "sentence",
]  # fmt: skip

SENTENCES: Mapping[str, tuple[str, str]] = {
    **HOUSEHOLD, **REQUEST, **QUESTIONS, **POLICY, **CASE, **STANDARDS, **COVERAGE, **LEDGER, **MUTATIONS,
}  # fmt: skip
_MEANT = ("Did you mean {meant}?", "是否想写{meant}？")


class _Lenient(Formatter):
    """Fills a sentence; long values are cut, so that no input can flood a message."""

    def format_field(self, value: object, format_spec: str) -> str:
        text = str(value)
        formatted: str = super().format_field(text if len(text) <= 600 else text[:600] + "…", format_spec)
        return formatted


def sentence(code: str, lang: str, arguments: Mapping[str, object]) -> str:
    """The sentence of *code* in ``"zh"`` or ``"en"``, with the nearest right name where one is near."""
    index = 1 if lang == "zh" else 0
    said = {name: value[index] if isinstance(value, Said) else value for name, value in arguments.items()}
    text = _Lenient().vformat(SENTENCES[code][index], (), said)
    if arguments.get("meant"):
        separator = "" if lang == "zh" else " "
        text += separator + _Lenient().vformat(_MEANT[index], (), said)
    return text
