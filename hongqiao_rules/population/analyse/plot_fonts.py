"""Find an installed font that has the characters of a plot. Needs the extra ``plots``."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from matplotlib.font_manager import findSystemFonts, fontManager, get_font

PREFERRED = (
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "SimHei",
    "Noto Sans CJK JP", "Noto Serif CJK SC", "Noto Serif CJK JP", "Songti SC", "SimSun",
    "DejaVu Sans",
)  # fmt: skip
"""Common fonts with Chinese characters, the most readable first, then the font of Matplotlib; all other fonts follow."""


@lru_cache(maxsize=8)
def having(characters: frozenset[str]) -> str | None:
    """The name of an installed font that has all *characters*, or ``None``."""
    found = _first(characters)
    if found is None and _look_again():
        found = _first(characters)
    return found


def _first(characters: frozenset[str]) -> str | None:
    rank = {name: number for number, name in enumerate(PREFERRED)}
    # The last-resort font has a placeholder box for every character.
    upright = [
        font for font in fontManager.ttflist if font.style == "normal" and "Last Resort" not in font.name
    ]
    # Among equals, prefer the weight nearest to regular.
    upright.sort(
        key=lambda font: (rank.get(font.name, len(rank)), abs(_weight(font.weight) - 400), font.name)
    )
    for font in upright:
        try:
            known = get_font(font.fname).get_charmap()
        except (OSError, RuntimeError):  # listed, but missing or unusable
            continue
        if all(ord(character) in known for character in characters):
            return str(font.name)
    return None


@lru_cache(maxsize=1)
def _look_again() -> bool:
    """Add the system's fonts that are missing from Matplotlib's cached list; return True if there are any."""
    known = {font.fname for font in fontManager.ttflist}
    new = [path for path in findSystemFonts() if path not in known]
    for path in new:
        with suppress(OSError, RuntimeError):  # unusable
            fontManager.addfont(path)
    return bool(new)


def _weight(weight: object) -> int:
    return weight if isinstance(weight, int) else 400
