"""Settings of the tests: Hypothesis by profile, the calculator shared."""

import os

import pytest
from hypothesis import HealthCheck, settings

from hongqiao_rules import Calculator

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "dev", max_examples=20, deadline=None, derandomize=bool(os.getenv("CI")), suppress_health_check=_SLOW
)
settings.register_profile(
    "ci", max_examples=150, deadline=None, derandomize=True, suppress_health_check=_SLOW
)
settings.register_profile("nightly", max_examples=5000, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.getenv("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def calculator() -> Calculator:
    """A calculator over the bundled policies, every reading at its default."""
    return Calculator()
