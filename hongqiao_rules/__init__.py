"""Dibao, low-income relief and classified assistance of Hongqiao district, Tianjin, as rules.

    >>> from datetime import date
    >>> from hongqiao_rules import Calculator, Household
    >>> calculator = Calculator()

Only the names exported here are public. Importing the package reads no policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hongqiao_rules.calculator import Calculator
    from hongqiao_rules.case.living_case import Case
    from hongqiao_rules.decision.assessment import Assessment
    from hongqiao_rules.decision.lines import Entry, Line, Notice
    from hongqiao_rules.errors import (
        DistrictError,
        EventError,
        Fault,
        HongqiaoRulesError,
        HouseholdError,
        PolicyError,
        PolicyFault,
        RecordError,
        RequestError,
    )
    from hongqiao_rules.household.models import Household, Member

__version__ = "2026.12.0.dev0"
"""The version of the package. Between releases it ends in ``.dev0``."""

__all__ = [
    "Assessment",
    "Calculator",
    "Case",
    "DistrictError",
    "Entry",
    "EventError",
    "Fault",
    "HongqiaoRulesError",
    "Household",
    "HouseholdError",
    "Line",
    "Member",
    "Notice",
    "PolicyError",
    "PolicyFault",
    "RecordError",
    "RequestError",
    "__version__",
]

_HOMES = {
    "decision.assessment": ("Assessment",),
    "calculator": ("Calculator",),
    "case.living_case": ("Case",),
    "decision.lines": ("Entry", "Line", "Notice"),
    "errors": (
        "DistrictError",
        "EventError",
        "RecordError",
        "Fault",
        "HongqiaoRulesError",
        "HouseholdError",
        "PolicyError",
        "PolicyFault",
        "RequestError",
    ),
    "household.models": ("Household", "Member"),
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used (PEP 562)."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"hongqiao_rules.{home}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'hongqiao_rules' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
