"""A sheet that grows cell by cell, for the formats that are read by our own code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipelines.ingest.cells import Address, Merge, PlainRows, Row, Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.counts import Count, Counted, side_by_side
from schemas.kinds import Cell

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_MOST_CELLS = 20_000_000


@dataclass
class Growing:
    """A sheet's cells as a reader of ours finds them, row after row.

    Rows reached without a cell are rows; the cells are bounded by what a sheet can
    hold, whatever places a file states: ``Refused`` is raised beyond that.
    """

    name: str = ""
    is_hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    valueless: set[Address] = field(default_factory=set)
    cells: int = 0

    def reach(self, row: int) -> None:
        """There is a row at this place, and one at every place before."""
        if row >= MOST_ROWS:
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")
        while len(self.rows) <= row:
            self.rows.append([])

    def put(self, at: Address, cell: Cell) -> None:
        """The cell at this place; those before it in its row are empty."""
        self.reach(at[0])
        row = self.rows[at[0]]
        missing = at[1] + 1 - len(row)
        if missing > 0:
            self.cells += missing
            if at[1] >= MOST_COLUMNS or self.cells > _MOST_CELLS:
                raise Refused("ING_TOO_LARGE", "工作表的范围过大")
            row.extend([""] * missing)
        row[at[1]] = cell

    def merge(self, at: Address, across: int, down: int) -> None:
        """The cell reaches so many columns to the right and rows down beyond its own."""
        if across or down:
            self.merges.append((at, (at[0] + down, at[1] + across)))

    def sheet(self, number: int, count: Count | None) -> Sheet:
        """The rows as a sheet; merges end with the last row that there is."""
        end = len(self.rows) - 1
        merges = {
            (first, (min(last[0], end), last[1]))
            for first, last in self.merges
            if first[0] <= end
        }
        return Sheet(
            number=number,
            name=self.name,
            is_hidden=self.is_hidden,
            height=len(self.rows),
            rows=lambda: PlainRows(list(row) for row in self.rows),
            merges=tuple(sorted(merge for merge in merges if merge[0] != merge[1])),
            valueless=self.valueless,
            count=count,
        )


def finished(sheets: Sequence[Growing], counted: Sequence[Counted]) -> Iterator[Sheet]:
    """The sheets one after the other, numbered, beside their second count; raises
    Refused when it saw more or fewer sheets."""
    counts = side_by_side(counted, len(sheets))
    for number, (sheet, count) in enumerate(zip(sheets, counts, strict=True), start=1):
        yield sheet.sheet(number, count)
