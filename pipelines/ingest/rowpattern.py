"""Patterns of the rows in a sheet's XML: what they may consist of, and whole rows of
which some columns are wanted.
"""

from __future__ import annotations

import re
from functools import lru_cache

ROW = re.compile(rb'<row r="([0-9]{1,7})"[^<>]*?(/?)>')
# All that a row may consist of; possessive, so that it is checked at one go. A cell
# that were merely not found would be a cell lost.
_REST = (
    rb"[^<>/]*+(?:/>|>"
    rb"(?:<f[^<>/]*+(?:/>|>[^<]*+</f>))?+"
    rb"(?:<v[^<>/]*+(?:/>|>[^<]*+</v>))?+"
    rb"(?:<is>(?:(?!</is>|</c>).)*+</is>)?+"
    rb"</c>)"
)
WHOLE_ROW = re.compile(rb'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"%s)*+' % _REST, re.DOTALL)
# The same for a row whose cells stand in order, with the wanted ones in groups: what
# most rows are is checked and read at one go. \1 is the row's number, from its tag.
_STYLE = rb'(?: s="[0-9]++")?+'
_QUICK_ROW = rb'<row r="([0-9]{1,7}+)"[^<>/]*+>%s</row>'
_QUICK_CELL = (
    rb'(?:<c r="%s\1"(?:' + _STYLE + rb' t="s"><v>([0-9]++)</v></c>|('
    rb"%s)))?+"
)
_QUICK_OTHERS = (
    rb'(?:<c r="(?:%s)\1"(?:' + _STYLE + rb' t="s"><v>[0-9]++</v></c>|'
    rb"%s))*+"
)
FIRST_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_CELL = rb'<c r="(%s)[0-9]+"([^>]*?)(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))'
_LAST_OF_TWO_LETTERS = 701  # ZZ


def column_number(letters: bytes) -> int:
    """``b"A"`` → 0, ``b"AA"`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


ANY_CELL = re.compile(_CELL % b"[A-Z]{1,3}", re.DOTALL)


def cells_of(indexes: list[int]) -> re.Pattern[bytes]:
    """The pattern of a cell of these columns."""
    return re.compile(_CELL % _alternatives(indexes), re.DOTALL)


# Columns of which patterns were made here: making one takes longer than it saves in a
# small file, and the next file most often has the same columns.
_made: dict[tuple[int, ...], None] = {}
_MOST_MADE = 8
_MOST_COLUMNS = 1_000


def made() -> list[list[int]]:
    """The columns of the patterns of whole rows that this process has made."""
    return [list(indexes) for indexes in _made]


def make(told: object) -> None:
    """Makes the patterns that another process told of, unless it told nonsense."""
    for indexes in told if isinstance(told, list) else ():
        if (
            isinstance(indexes, list)
            and 0 < len(indexes) <= _MOST_COLUMNS
            and all(isinstance(i, int) and 0 <= i < 1 << 14 for i in indexes)
            and indexes == sorted(set(indexes))
            and len(_made) < _MOST_MADE
        ):
            quick_row(tuple(indexes))


@lru_cache(maxsize=_MOST_MADE)
def quick_row(indexes: tuple[int, ...]) -> re.Pattern[bytes] | None:
    """The pattern of a whole row of which these columns are wanted: its number, then
    for each the number of its text, or else what follows its address; null where they
    lie too far out."""
    if indexes[-1] > _LAST_OF_TWO_LETTERS:
        return None
    _made[indexes] = None
    body, after = b"", 0
    for index in indexes:
        body += _others(after, index - 1)
        body += _QUICK_CELL % (column_letters(index).encode(), _REST)
        after = index + 1
    body += _others(after, _LAST_OF_TWO_LETTERS, b"[A-Z]{3}")
    return re.compile(_QUICK_ROW % body, re.DOTALL)


def _others(first: int, last: int, further: bytes = b"") -> bytes:
    """A pattern of any cells of the columns from the first to the last."""
    names = [_alternatives(list(range(first, last + 1))), further]
    pattern = b"|".join(filter(None, names))
    return _QUICK_OTHERS % (pattern, _REST) if pattern else b""


def _alternatives(indexes: list[int]) -> bytes:
    """A pattern of column letters, the last letters of one beginning in one class."""
    by_start: dict[str, str] = {}
    for letters in map(column_letters, indexes):
        by_start[letters[:-1]] = by_start.get(letters[:-1], "") + letters[-1]
    return "|".join(f"{start}[{ends}]" for start, ends in by_start.items()).encode()
