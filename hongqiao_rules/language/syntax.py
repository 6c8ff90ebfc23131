"""Explain the syntax errors of Python's and YAML's parsers in policy files.

A parser says what it expected. The usual cause is another one: Chinese punctuation, a tab, an operator of another
language. If such a cause is found, the message names it and its place; otherwise it keeps the words of the parser.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Sequence

from hongqiao_rules.language.names import RefusedExpressionError
from hongqiao_rules.text.catalogue import Phrase

LONGEST = 2000
DEEPEST = 50
TOO_DEEP = Phrase("syntax.too_deep", limit=DEEPEST)
_WARNED_OF = re.compile(r"\\|(?<!\w)[0-9][0-9._]*[A-Za-z]")
"""Text that Python accepts with a warning (odd escapes, ``1if``): refused here, because warning filters are global."""


def tree(text: str) -> ast.expr:
    """The Python syntax tree of an expression in one line.

    Raises:
        RefusedExpressionError: The text is too long, too deeply nested, or no expression.
    """
    if len(text) > LONGEST:
        raise RefusedExpressionError("EXPRESSION_TOO_LONG", 0, limit=LONGEST)
    try:
        if found := _WARNED_OF.search(text):
            raise SyntaxError("invalid syntax", ("", 1, found.start() + 1, text))
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:  # ValueError: a null character
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
    "invalid syntax": "syntax.invalid",
    "was never closed": "syntax.never_closed",
    "unmatched": "syntax.unmatched",
    "unterminated string": "syntax.unterminated",
}


def _wrong(text: str, said: str, offset: int) -> tuple[Phrase, int]:
    """The probable cause of a syntax error in *text* and its character offset; Python's parser reported *said* and *offset*."""
    for at, sign in enumerate(text):
        if not sign.isascii() and not sign.isalnum():
            return _chinese(sign), at
    for pattern, written in _SIGNS:
        if found := pattern.search(text):
            return Phrase("syntax.write", found=found[0], written=written), found.start()
    if found := _PERCENT.search(text):
        return Phrase("syntax.percent", found=found[0]), found.start()
    key = next((key for part, key in _WORDS.items() if part in said), "syntax.other")
    return Phrase(key, said=said), offset


def _chinese(sign: str) -> Phrase:
    written = _WRITTEN.get(sign) or unicodedata.normalize("NFKC", sign)
    if not written.isascii():
        return Phrase("syntax.sign", sign=sign)
    if written.isspace():
        return Phrase("syntax.wide_space")
    return Phrase("syntax.chinese", sign=sign, written=written)


_KEY = re.compile(r"\s*(- *)?[A-Za-z_-]+\s*(：)")
_NO_SPACE = re.compile(r"\s*(- *)?[A-Za-z_-]+(:)\S")
_INDENT = re.compile(r"[ \t]*([^\S ])")
_COMMA = re.compile(r"(，)\s*[A-Za-z_-]+\s*:")
_YAML = {
    "mapping values are not allowed": "yaml.indentation",
    "did not find expected key": "yaml.indentation",
    "did not find expected '-'": "yaml.indentation",
    "could not find expected ':'": "yaml.no_key",
    "did not find expected ','": "yaml.open",
    "unexpected end of stream": "yaml.quotation",
    "unknown escape": "yaml.escape",
}  # fmt: skip
CONTEXT = ("could not find expected ':'", "unexpected end of stream")
"""For these messages, the mistake is at the start of the construct, not where the parser stopped."""


def yaml(lines: Sequence[str], row: int, column: int, said: str) -> tuple[Phrase, int, int]:
    """The probable cause of a YAML error in *lines*, and its line and column (from 1).

    The parser reported the message *said* at *row* and *column* (from 1).
    """
    for number in dict.fromkeys((row, row - 1)):
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if (found := _INDENT.match(line)) and found[1] == "\t":
            return Phrase("yaml.tab"), number, found.start(1) + 1
        for pattern in (_INDENT, _KEY, *([_COMMA] if "expected ','" in said else [])):
            if found := pattern.search(line) if pattern is _COMMA else pattern.match(line):
                group = found.lastindex or 1
                return _chinese(found[group]), number, found.start(group) + 1
        if "expected ':'" in said and (found := _NO_SPACE.match(line)):
            return Phrase("yaml.space"), number, found.start(2) + 1
    if "cannot start any token" in said:
        sign = lines[row - 1][column - 1 : column] if 0 < row <= len(lines) else ""
        return Phrase("yaml.begins", sign=sign), row, column
    key = next((key for part, key in _YAML.items() if part in said), "yaml.other")
    return Phrase(key, said=said), row, column
