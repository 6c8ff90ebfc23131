"""Questions about rules and households: what is missing, what would change a result, what holds for every household."""

from __future__ import annotations

from hongqiao_rules.errors import RequestError

MOST_CHANGES = 100
"""The default number of changes of :meth:`Calculator.why_not`."""


def need_solver() -> None:
    """See that Z3 is there.

    Raises:
        RequestError: it is not installed; the message says how to get it.
    """
    try:
        import z3  # noqa: F401
    except ModuleNotFoundError as error:
        raise RequestError("EXTRA_NEEDED", module=error.name, extra="proofs") from None
