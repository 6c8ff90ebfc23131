"""An assessor that writes lines too, and files that are read in small batches."""

import pytest

from hongqiao_rules.population.assessor import Assessor
from hongqiao_rules.population.read import sources
from tests.population.in_files import ON


@pytest.fixture
def assessor(calculator):
    return Assessor(calculator, ON, lines=True)


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(sources, "BATCH", 500)
