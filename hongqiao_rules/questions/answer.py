"""What every answer can do."""

from __future__ import annotations

import json
from dataclasses import asdict


class Answer:
    """An answer, written out. Its classes are frozen dataclasses of plain values."""

    __slots__ = ()

    def to_json(self) -> str:
        """The answer as JSON text; amounts are text with two decimals."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"), default=str)  # type: ignore[call-overload]  # of its classes
