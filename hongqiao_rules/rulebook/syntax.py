"""The texts of policy files as Python's and YAML's parsers read them, and what is wrong with one that they cannot read.

Parsers say what they expected; most often something else has happened: Chinese punctuation, a tab, signs of another
language. Where that is seen it is told, at its place; else the parser's own words are kept.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Sequence

from hongqiao_rules.messages import Said
from hongqiao_rules.rulebook.names import RefusedExpressionError

LONGEST = 2000
DEEPEST = 50
TOO_DEEP = Said(f"it is nested deeper than {DEEPEST}", f"嵌套超过{DEEPEST}层")
_WARNED_OF = re.compile(r"\\|(?<!\w)[0-9][0-9._]*[A-Za-z]")
"""What Python reads and only warns of (odd escapes, ``1if``): refused here, for warnings are every thread's."""


def tree(text: str) -> ast.expr:
    """Python's tree of an expression in one line.

    Raises:
        RefusedExpressionError: it is too long, too deep, or no expression.

    """
    if len(text) > LONGEST:
        raise RefusedExpressionError("EXPRESSION_TOO_LONG", 0, limit=LONGEST)
    try:
        if found := _WARNED_OF.search(text):
            raise SyntaxError("invalid syntax", ("", 1, found.start() + 1, text))
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:  # the latter of a null character
        said, offset = getattr(error, "msg", str(error)), getattr(error, "offset", 0) or 1
        problem, offset = _wrong(text, said, max(0, offset - 1))
        raise RefusedExpressionError("EXPRESSION_SYNTAX", offset, problem=problem) from None
    except (RecursionError, MemoryError):
        raise RefusedExpressionError("EXPRESSION_SYNTAX", 0, problem=TOO_DEEP) from None


_WRITTEN = {"‘": "'", "’": "'", "“": "'", "”": "'", "、": ",", "。": ".", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "−": "-"}  # fmt: skip
_SIGNS = tuple(
    (re.compile(sign), written)
    for sign, written in (("&&", "and"), (r"\|\|", "or"), ("=>", ">="), ("=<", "<="), ("<>", "!="), ("===", "=="),
                          (r"!(?!=)", "not"), (r"(?<![=!<>])=(?!=)", "=="), (r"\bAND\b", "and"), (r"\bOR\b", "or"),
                          (r"\bNOT\b", "not"))
)  # fmt: skip
_PERCENT = re.compile(r"[0-9][0-9.]*\s*%")
_WORDS = {
    "invalid syntax": "此处不合语法",
    "was never closed": "括号没有闭合",
    "unmatched": "多出一个括号",
    "unterminated string": "引号没有闭合",
}


def _wrong(text: str, said: str, offset: int) -> tuple[Said, int]:
    """Why the expression *text* cannot be read, and from which character on; Python's parser *said* why at *offset*."""
    for at, sign in enumerate(text):
        if not sign.isascii() and not sign.isalnum():
            return _chinese(sign), at
    for pattern, written in _SIGNS:
        if found := pattern.search(text):
            return Said(f"for {found[0]} write {written}", f"“{found[0]}”请写成“{written}”"), found.start()
    if found := _PERCENT.search(text):
        share = f"{found[0]} is a figure: make it a parameter of type share"
        return Said(share, f"{found[0]}是数字：请写成share类型的参数"), found.start()
    return Said(said, next((zh for en, zh in _WORDS.items() if en in said), f"语法有误（{said}）")), offset


def _chinese(sign: str) -> Said:
    written = _WRITTEN.get(sign) or unicodedata.normalize("NFKC", sign)
    if not written.isascii():
        return Said(f"the sign {sign} is not read", f"不读取符号“{sign}”")
    if written.isspace():
        return Said(
            "a space of another width stands here; write an ordinary one", "此处是全角空格；请写半角空格"
        )
    return Said(f"{sign} is Chinese punctuation; write {written}", f"“{sign}”是中文标点；请写“{written}”")


_KEY = re.compile(r"\s*(- *)?[A-Za-z_-]+\s*(：)")
_NO_SPACE = re.compile(r"\s*(- *)?[A-Za-z_-]+(:)\S")
_INDENT = re.compile(r"[ \t]*([^\S ])")
_COMMA = re.compile(r"(，)\s*[A-Za-z_-]+\s*:")
_INDENTATION = Said(
    "the line is not indented as those around it; or a text has a colon in it and is not in quotes",
    "缩进与前后的行不一致；或文本中有冒号而没有加引号",
)
_OPEN = Said(
    "a bracket is not closed; or a text in it has a comma, colon or bracket and is not in quotes",
    "括号没有闭合；或括号里的文本含逗号、冒号、括号而没有加引号",
)
_YAML = {
    "mapping values are not allowed": _INDENTATION,
    "did not find expected key": _INDENTATION,
    "did not find expected '-'": _INDENTATION,
    "could not find expected ':'": Said("this line has no key with a colon and a space", "这一行不是“键: 值”"),
    "did not find expected ','": _OPEN,
    "unexpected end of stream": Said("the quotation mark here is not closed", "此处的引号没有闭合"),
    "unknown escape": Said("\\ has a meaning in double quotes; use single ones", "双引号中的\\有特殊含义；请用单引号"),
}  # fmt: skip
CONTEXT = ("could not find expected ':'", "unexpected end of stream")
"""Of these the mistake is where the parser began, not where it gave up."""


def yaml(lines: Sequence[str], row: int, column: int, said: str) -> tuple[Said, int, int]:
    """Why *lines* are not YAML, at which line and column (from 1); the parser *said* why at *row* and *column*."""
    for number in dict.fromkeys((row, row - 1)):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if (found := _INDENT.match(line)) and found[1] == "\t":
            return (
                Said("a tab stands here; indent with spaces", "此处是制表符；请用空格缩进"),
                number,
                found.start(1) + 1,
            )
        for pattern in (_INDENT, _KEY, *([_COMMA] if "expected ','" in said else [])):
            if found := pattern.search(line) if pattern is _COMMA else pattern.match(line):
                group = found.lastindex or 1
                return _chinese(found[group]), number, found.start(group) + 1
        if "expected ':'" in said and (found := _NO_SPACE.match(line)):
            return Said("write a space after the colon", "冒号后请加一个空格"), number, found.start(2) + 1
    if "cannot start any token" in said:
        sign = lines[row - 1][column - 1 : column] if 0 < row <= len(lines) else ""
        return (
            Said(f"a text that begins with {sign} stands in quotes", f"以“{sign}”开头的文本请加引号"),
            row,
            column,
        )
    known = next((words for part, words in _YAML.items() if part in said), None)
    return known or Said(said, f"解析器说：{said}"), row, column
