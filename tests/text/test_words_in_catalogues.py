"""Words are in catalogues and policies: no module holds a Chinese sentence or asks which language it speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.places import TOP

ALLOWED = {
    "hongqiao_rules/cli/helping.py": "，。、；：？！）】》”’（“《",  # marks that end or begin no line
    "hongqiao_rules/decision/figures.py": None,  # generated; titles of the rulebook
    "hongqiao_rules/engines/direct/direct_engine.py": "四舍五入",  # the Chinese name of a rounding
    "hongqiao_rules/explanation/naming.py": "“”（）‘’",  # quotation marks and brackets of titles
    "hongqiao_rules/explanation/rule_sentences.py": "。",  # the end of a sentence of a rulebook
    "hongqiao_rules/household/models.py": None,  # generated; titles of the rulebook
    "hongqiao_rules/language/syntax.py": "‘’“”、。：，",  # signs that expressions are written with by mistake
    "hongqiao_rules/plan/sentences.py": "。！？”’」』）",  # the ends of the sentences of the plan
    "hongqiao_rules/population/read/identity_numbers.py": "公民身份号码",  # the name of a standard
    "hongqiao_rules/population/read/mapping.py": "；、，",  # what separates labels in a cell
    "scripts/reference/diagram.py": "，、。：；）”",  # marks that begin no line
    "scripts/reference/dependencies.py": "“”",  # quotation marks of titles
    "scripts/reference/pages.py": "“”：；（）",  # numbered cases in a sentence; quotations of documents
}
"""The Chinese characters that a module may hold, with the reason; None allows any."""
_CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff60“”‘’]+")
_COMPARED = re.compile(r"""\blang(?:uage)?\s*[!=]==?\s*["']|["']\s*[!=]==?\s*\S*\blang\b""")
MODULES = [
    path
    for folder in ("hongqiao_rules", "scripts")
    for path in sorted((TOP / folder).rglob("*"))
    if path.suffix in (".py", ".js")
]


def chinese(text: str, allowed: str | None = "") -> list[str]:
    """The runs of Chinese characters in a text that have others than those allowed."""
    return [
        run for run in _CHINESE.findall(text) if allowed is not None and set(run) - set(allowed) - {*"“”‘’"}
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TOP).as_posix())
def test_no_module_holds_a_chinese_sentence_or_compares_languages(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert chinese(text, ALLOWED.get(path.relative_to(TOP).as_posix(), "")) == []
    assert _COMPARED.findall(text) == []


def test_what_is_allowed_is_there() -> None:
    for place, allowed in ALLOWED.items():
        text = (TOP / place).read_text(encoding="utf-8")
        assert set(_CHINESE.findall(text)) if allowed is None else set(allowed) <= set(text), place


@pytest.mark.parametrize("text", ['say = "没有收入"', "x = '每月，'", "# 低保"])
def test_chinese_is_found(text: str) -> None:
    assert chinese(text) != []
    assert chinese(text, "，") != []


@pytest.mark.parametrize(
    "text", ['if lang == "zh":', 'self.lang != "en"', "lang === 'zh' ? a : b", '"zh" == self.lang']
)
def test_a_comparison_of_languages_is_found(text: str) -> None:
    assert _COMPARED.search(text)
