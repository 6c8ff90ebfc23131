"""Compare a coverage with a text of the document: changes, additions, omissions, missing quotes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from hongqiao_rules.errors import PolicyFault
from hongqiao_rules.plan.coverage_reader import Coverage, Entry
from hongqiao_rules.plan.sentences import Sentence, sentences


def compare(coverage: Coverage, text: str, file: str) -> list[PolicyFault]:
    """Return the differences between *text* (named *file* in the faults) and the coverage; none if they agree.

    The sentences are aligned as sequences, so an inserted sentence does not shift the later ones.
    """
    found = list(sentences(text))
    lines = text.removeprefix("\ufeff").splitlines()
    faults = list(_sentences(coverage.entries, found, lines, file))
    paragraphs = [line.strip() for line in lines]
    for of, words in coverage.quotes:
        if not any(words in paragraph for paragraph in paragraphs):
            faults.append(PolicyFault("QUOTE_NOT_IN_TEXT", file, 1, 1, "", name=of, words=words))
    return faults


def _sentences(
    entries: tuple[Entry, ...], found: list[Sentence], lines: list[str], file: str
) -> Iterator[PolicyFault]:
    ours, theirs = [entry.digest for entry in entries], [sentence.digest for sentence in found]
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for entry, sentence in zip_longest(entries[a:b], found[c:d]):
            if sentence is None:
                at = found[c].line if c < len(found) else max(1, len(lines))
                yield PolicyFault(
                    "SENTENCE_GONE", file, at, 1, "", place=entry.place, begins=entry.begins, rules=_rules(entry)
                )  # fmt: skip
                continue
            shown = lines[sentence.line - 1][sentence.column - 1 :][:60]
            code = "SENTENCE_UNREAD" if entry is None else "SENTENCE_CHANGED"
            arguments = (
                {"begins": sentence.begins}
                if entry is None
                else {"place": entry.place, "begins": entry.begins, "rules": _rules(entry)}
            )
            fault = PolicyFault(
                code,
                file,
                sentence.line,
                sentence.column,
                "",
                **arguments,
                shown=shown,
                digest=sentence.digest,
            )
            yield fault


def _rules(entry: Entry) -> str:
    return ", ".join(entry.rules) or "–"
