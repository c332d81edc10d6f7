"""What one sheet holds by the second count, and how it is compared with the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import zip_longest

from pipelines.ingest.cells import Address
from pipelines.ingest.container import Refused
from pipelines.ingest.reports import address

# A range that the library fills out whole: cells at some thirty bytes each.
_WIDE_RANGE = 5_000_000
_LARGEST_RANGE = 10_000_000
_DENSE = 20
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_EXACT_DIGITS = 15


class Explained(Enum):
    """The only reasons for which a reader may give fewer cells than there are."""

    BLANK = "只有空白的文字：读取器去掉首尾空格后成了空格子"


@dataclass
class Facts:
    """What a person should know of a sheet besides its cells: what is out of sight in
    it, and how much of it is calculated."""

    formulas: int = 0
    hidden_rows: int = 0
    hidden_columns: int = 0
    is_filtered: bool = False


@dataclass
class Count:
    """Rows and columns from 0. ``filled``: cells with a value, row by row.

    ``explained``: how many cells of a row may be missing from the reader's, and why.
    ``reach``: height and width of the range with values or formulas.
    ``valueless``: formulas never calculated; ``long_numbers``: figures of more digits
    than a number keeps.
    """

    filled: list[int] = field(default_factory=list)
    explained: dict[Explained, Counter[int]] = field(default_factory=dict)
    errors: dict[Address, str] = field(default_factory=dict)
    valueless: set[Address] = field(default_factory=set)
    long_numbers: set[Address] = field(default_factory=set)
    reach: tuple[int, int] = (0, 0)
    facts: Facts = field(default_factory=Facts)

    @property
    def rows(self) -> int:
        """Physical rows with a value."""
        return sum(1 for cells in self.filled if cells)

    @property
    def cells(self) -> int:
        return sum(self.filled)

    @property
    def range_size(self) -> int:
        return self.reach[0] * self.reach[1]

    @property
    def is_scattered(self) -> bool:
        """Whether the range is so large and empty that it is better not filled out."""
        return self.range_size > _LARGEST_RANGE or (
            self.range_size > _WIDE_RANGE and self.range_size > _DENSE * self.cells
        )

    @property
    def last_cell(self) -> str:
        """The far corner of the range, as Excel writes it."""
        return address(*self.reach)

    def add(self, row: int, column: int, cells: int = 1) -> None:
        """Count ``cells`` cells from that place to the right."""
        filled = self.filled
        if row >= len(filled):
            filled.extend([0] * (row + 1 - len(filled)))
        filled[row] += cells
        self.extend(row, column + cells - 1)

    def extend(self, row: int, column: int) -> None:
        """A reader may take that cell into the range, value or none."""
        height, width = self.reach
        if row >= height or column >= width:
            self.reach = max(height, row + 1), max(width, column + 1)

    def explain(self, why: Explained, row: int, cells: int = 1) -> None:
        self.explained.setdefault(why, Counter())[row] += cells

    def may_miss(self, row: int) -> int:
        return sum(rows[row] for rows in self.explained.values())


@dataclass(frozen=True)
class Counted:
    """One sheet by its place in the workbook; ``count`` is null where the place holds
    a chart, a macro sheet or nothing."""

    name: str
    count: Count | None


def too_large(counted: Sequence[Counted]) -> Count | None:
    """The largest sheet of a workbook that the library must not be given, if it is one:
    it may fill out the ranges of all sheets at once."""
    counts = [one.count for one in counted if one.count is not None]
    if sum(count.range_size for count in counts) <= _LARGEST_RANGE:
        return None
    return max(counts, key=lambda count: count.range_size)


def is_inside(row: int, column: int) -> bool:
    """Whether a sheet has such a cell."""
    return 0 <= row < _LAST_ROW and 0 <= column < _LAST_COLUMN


def within(ranges: Iterable[tuple[int, int]], end: int) -> int:
    """How many places of these ranges, first and last, lie before the end."""
    return sum(max(0, min(last, end - 1) - first + 1) for first, last in ranges)


def is_long(number: str) -> bool:
    """Whether a number's text has more significant digits than a number keeps."""
    if len(number) <= _EXACT_DIGITS:
        return False
    digits = number.upper().partition("E")[0].lstrip("-+").replace(".", "")
    return len(digits.strip("0")) > _EXACT_DIGITS or (
        "." not in number and "E" not in number and len(digits) > _EXACT_DIGITS
    )


def side_by_side(counted: Sequence[Counted], sheets: int) -> tuple[Count | None, ...]:
    """The second count of each sheet that a reader of ours found; raises Refused when
    there are more or fewer of them."""
    if len(counted) != sheets:
        raise Refused("ING_MISREAD", "工作表的数目前后不符")
    return tuple(one.count for one in counted)


def disagreement(count: Count, given: Sequence[int]) -> str | None:
    """The first row in which the reader gave other cells than there are, in Chinese;
    ``given``: its filled cells row by row."""
    if list(given) == count.filled:
        return None
    pairs = zip_longest(count.filled, given, fillvalue=0)
    for row, (own, other) in enumerate(pairs):
        if own != other and not own - count.may_miss(row) <= other < own:
            return f"第{row + 1}行原文有{own}格，读出{other}格"
    return None
