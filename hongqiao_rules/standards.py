"""The standards of communities in the plan: whether each is met, by how much it is short, or which fact is missing.

    >>> from datetime import date
    >>> from hongqiao_rules.standards import Standards
    >>> judgement = Standards().judge({"id": "HQ", "new_elder_homes": 3}, on=date(2025, 12, 31))
    >>> next(answer for answer in judgement.answers if answer.rule == "elder-homes").short_by
    2

They are a second rulebook, ``policies/standards``, in the same language and with the same engines as the first.
"""

from __future__ import annotations

from hongqiao_rules.plan.judgement import Answer, Judgement, Target
from hongqiao_rules.plan.standards_calculator import Standards

__all__ = ["Answer", "Judgement", "Standards", "Target"]
