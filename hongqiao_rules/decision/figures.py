"""The figures and lists of an assessment. Written by ``scripts/generate.py`` from ``policies/rulebook.yaml``; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from hongqiao_rules.decision.lines import Entry, Line


@dataclass(frozen=True)
class Figures:
    """What an assessment shows. Amounts are yuan a month, exact to the fen."""

    household: str
    """The id."""
    on: date
    """The assessment date."""
    programme: Literal["dibao", "low_income", "none"]
    """Programme. 救助类别。"""
    counted_members: int
    """Counted members. 共同生活的家庭成员数。"""
    standard: Decimal
    """Dibao standard. 低保标准。"""
    income: Decimal
    """Monthly household income. 家庭月收入。"""
    deductions: tuple[Line, ...]
    """Deductions from income. 收入扣减。"""
    countable_income: Decimal
    """Monthly household income after deductions. 扣减后的家庭月收入。"""
    per_capita_income: Decimal
    """Income per person after deductions. 扣减后的人均月收入。 For display; no rule reads it."""
    benefits: tuple[Line, ...]
    """Benefits. 救助金。"""
    monthly_total: Decimal
    """Monthly total. 每月合计。"""
    registers: tuple[Entry, ...]
    """Registers and visiting lists. 台账和探视名单。"""
    services: tuple[Entry, ...]
    """Services with priority. 可优先提供的服务。"""
    referrals: tuple[Entry, ...]
    """Referrals to charities. 可转介的慈善项目。"""
