"""Write the coverage of the plan anew from a text of it, keeping what was settled for each sentence.

    python scripts/coverage.py TEXT

Digests, first words, quotes and the rules that cite a sentence are worked out; ``as`` and ``why`` are kept by the
digest of a sentence, else by its place. A sentence that nobody has settled is written as not computable without a
reason, which ``hongqiao-rules coverage`` refuses until somebody has read it. The text itself is not kept.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from hongqiao_rules.coverage import Coverage, Entry
from hongqiao_rules.coverage.entries import digest, sentences

FOLDER = Path(__file__).resolve().parents[1] / "policies" / "coverage"
FIRST = 8
"""So many characters of a sentence are shown."""


def written(text: str) -> dict[int, list[str]]:
    """The lines of each chapter's file."""
    coverage = Coverage()
    by_digest = {entry.digest: entry for entry in coverage.entries}
    by_place = {(entry.paragraph, entry.sentence): entry for entry in coverage.entries}
    cited = list(coverage.quotes())
    lines: dict[int, list[str]] = defaultdict(list)
    chapter = 0
    for one in sentences(text):
        here = digest(one.text)
        before = by_digest.get(here) or by_place.get((one.paragraph, one.sentence))
        chapter += one.text.startswith("第") and "章" in one.text[:3]
        rules = [id_ for id_, words in cited if words in one.text]
        quotes = {digest(words): None for _, words in cited if words in one.text}
        named = [] if before is None else [rule for rule in before.rules if rule.isupper()]
        said = {
            "paragraph": one.paragraph, "sentence": one.sentence, "begins": one.text[:FIRST], "as": "modelled",
            "rules": sorted({*rules, *named}), "why": None if before is None else before.why,
            "digest": here, "quotes": sorted(quotes),
        }  # fmt: skip
        if not said["rules"]:
            said["as"] = _kind(before)
        lines[chapter].append(json.dumps({k: v for k, v in said.items() if v}, ensure_ascii=False))
    return lines


def _kind(before: Entry | None) -> str:
    return before.kind if before is not None and before.kind != "modelled" else "not_computable"


def main() -> None:
    """Write every chapter's file."""
    for chapter, lines in written(Path(sys.argv[1]).read_text(encoding="utf-8")).items():
        (FOLDER / f"chapter-{chapter}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
