"""What the tests of the command share: running it, and households to run it on."""

from collections.abc import Callable
from typing import Any

from click.testing import Result

from tests.test_cases import CASES

GOOD = CASES[3]["household"]
ON = "2019-05-01"
Run = Callable[..., Result]


def named(id_: str, **changes: Any) -> dict[str, Any]:
    return {**GOOD, "id": id_, **changes}


def refused(result: Result) -> list[str]:
    """The places and codes that were told: ``FILE[:LINE]: household/path: CODE``."""
    return [": ".join(line.split(": ")[:3]) for line in result.stderr.splitlines()]
