"""The records in which a reading process says what a sheet is and holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.kinds import Value


class CellIssue(NamedTuple):
    """A doubtful place: its row from 1 and its address, null where it is about none."""

    row_no: int | None
    cell: str | None
    column_name: str | None
    code: str
    detail: str


class Line(NamedTuple):
    """A run of rows that are no data, from the first to the last, and why."""

    first: int
    last: int
    disposition: str
    reason: str | None


class HeadingFate(NamedTuple):
    """A heading cell, the column it was read into and what became of it; ``near`` is
    the column whose title it resembles."""

    column_no: int
    text: str
    column: str | None
    fate: str
    near: str | None = None


class Shape(NamedTuple):
    """What the values under one heading look like.

    ``looked``: values looked at; ``misfit``: those that cannot be what the column
    means. Most of these (of an unknown column: of all) look like ``seems``, so many as
    ``seeming``. ``fits``: for an unknown heading the columns it might be, with counts
    (``id_number 49``, one a line). ``twin_of``: the column number that was read
    instead of this one; then ``misfit`` counts the rows in which the two differ.
    """

    column_no: int
    column_name: str | None
    looked: int
    misfit: int
    seems: str | None
    seeming: int
    fits: str = ""
    twin_of: int | None = None


class Mark(NamedTuple):
    """A hash of a value under a heading, to be sought in the last export."""

    column_no: int
    column_name: str | None
    mark: str


class ReturnCell(NamedTuple):
    """A filled cell of a workbook of ours that came back, as text."""

    row_no: int
    column_no: int
    value: str


@dataclass
class Lists:
    """What is said about single rows and cells of a sheet; it may be very long."""

    lines: list[Line] = field(default_factory=list)
    headings: list[HeadingFate] = field(default_factory=list)
    issues: list[CellIssue] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    returned: list[ReturnCell] = field(default_factory=list)

    def files(self) -> dict[str, Sequence[tuple[Value, ...]]]:
        """Each list by the stem of the file that it is left in."""
        return {
            "line": self.lines,
            "heading": self.headings,
            "issue": self.issues,
            "shape": self.shapes,
            "mark": self.marks,
            "returned": self.returned,
        }


@dataclass
class SheetReport:
    """What a reading process says about one sheet as a whole; ``number`` from 1.

    ``id_total``, ``fen_total``: see ``pipelines.ingest.totals``.
    ``nearest``: for an unknown sheet, what came closest to a heading; ``other``: the
    known table that nobody needs. ``tables``: how many headings with other columns
    stand in it.
    """

    sheet_id: int
    number: int
    name: str
    is_hidden: bool
    height: int
    source: str | None = None
    heading_row_no: int | None = None
    title_text: str = ""
    data_rows: int = 0
    id_total: int = 0
    fen_total: int = 0
    is_return: bool = False
    period_no: str | None = None
    period_term: int | None = None
    period_from: str | None = None
    snapshot_on: str | None = None
    dated_by: str | None = None
    stated_people: list[int] = field(default_factory=list)
    stated_fen: int | None = None
    stated_limit: int | None = None
    is_applied: bool = False
    is_policy_off: bool = False
    is_other_programme: bool = False
    is_blank: bool = False
    is_transposed: bool = False
    nearest: str = ""
    other: str = ""
    hidden_rows: int = 0
    hidden_columns: int = 0
    is_filtered: bool = False
    formulas: int = 0
    tables: int = 0


def address(row_no: int, column_no: int) -> str:
    """The cell as Excel writes it: row 12, column 6 is ``F12``."""
    letters = ""
    while column_no:
        column_no, rest = divmod(column_no - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row_no}"
