"""Coverage of a document: every sentence modelled by rules, declared not computable, or descriptive.

The files in ``policies/coverage`` have the place, the digest and the first words of each sentence, never its text.
"""

from hongqiao_rules.plan.coverage_comparison import compare
from hongqiao_rules.plan.coverage_reader import Coverage, Entry, Part, Reason, read

__all__ = ["Coverage", "Entry", "Part", "Reason", "compare", "read"]
