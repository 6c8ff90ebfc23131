"""How much of the plan is rules: an entry for every sentence, checked against the rulebooks and against a text of it.

    >>> from hongqiao_rules.coverage import Coverage
    >>> coverage = Coverage()
    >>> coverage.findings()
    ()

The entries hold no text of the plan, only the place, the digest and the first words of each sentence.
"""

from __future__ import annotations

from hongqiao_rules.coverage.coverage import Coverage, Finding
from hongqiao_rules.coverage.entries import Entry

__all__ = ["Coverage", "Entry", "Finding"]
