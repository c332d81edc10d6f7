"""How high a row must be: widths of text in the units of a sheet.

Excel fits rows by itself when it opens a book; LibreOffice, WPS on a phone and merged
cells do not. So every height is computed here and written.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

# One unit of column width is one digit of the default font, seven pixels at 11 pt.
_PIXELS_A_UNIT = 7.0
_PADDING = 7.0
_PIXELS_A_POINT = 96 / 72
_LINE_A_POINT = 1.36
MOST_POINTS = 400.0


def _width(text: str, points: float) -> list[float]:
    em = points * _PIXELS_A_POINT
    wide = em * 1.03
    narrow = em * 0.56
    return [wide if unicodedata.east_asian_width(c) in "WFA" else narrow for c in text]


def lines(text: str, units: float, points: float) -> int:
    """Lines that a text takes in a cell of that width, broken anywhere."""
    room = max(units * _PIXELS_A_UNIT - _PADDING, 1.0)
    count = 0
    for part in text.split("\n"):
        used, rows = 0.0, 1
        for width in _width(part, points):
            if used and used + width > room:
                used, rows = 0.0, rows + 1
            used += width
        count += rows
    return count


def height(cells: Iterable[tuple[str | None, float]], points: float) -> float:
    """Points for a row whose (text, column units) are given, with a little air."""
    most = max((lines(text, units, points) for text, units in cells if text), default=1)
    return min(MOST_POINTS, math.ceil(most * points * _LINE_A_POINT + 5))
