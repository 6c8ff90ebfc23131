"""Write a coverage as text."""

from __future__ import annotations

from collections.abc import Iterator

from hongqiao_rules.errors import catalogue
from hongqiao_rules.plan.coverage_reader import WAYS, Coverage, Entry


def how(entry: Entry, lang: str) -> str:
    """Return the coverage of one sentence as text."""
    words = catalogue(lang)
    if entry.way == "modelled":
        return ", ".join(entry.rules)
    if entry.reason is not None:
        return entry.reason.text.say(lang)
    return words.say(f"coverage.kind_{entry.kind or 'heading'}")


def counts(coverage: Coverage, lang: str) -> str:
    """Return the number of sentences by kind of coverage, as one line."""
    words = catalogue(lang)
    ways = [
        words.say("coverage.counted", way=words.say(f"coverage.way_{way}"), number=coverage.count(way))
        for way in WAYS
    ]
    return words.say("coverage.counts", count=len(coverage.entries), ways=words.join(ways, "list.comma"))


def listing(coverage: Coverage, lang: str) -> Iterator[str]:
    """Yield the counts, then each part with its sentences, a line each."""
    words = catalogue(lang)
    yield counts(coverage, lang)
    for part in coverage.parts:
        yield ""
        yield part.title.say(lang)
        for entry in part.entries:
            way = words.say(f"coverage.way_{entry.way}")
            said = words.say(
                "coverage.entry", place=entry.place, begins=entry.begins, way=way, how=how(entry, lang)
            )
            yield f"  {said}"
