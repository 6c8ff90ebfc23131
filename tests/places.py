"""Where things are: the checkout and its tests."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
TOP = TESTS.parent
