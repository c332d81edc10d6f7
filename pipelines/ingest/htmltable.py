"""The tables of one web page, read as a browser shows them.

A table with one column is text around the tables, as a small table inside a cell is
that cell's text; text outside of tables is rows above the next one, as Excel shows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from math import isfinite

from pipelines.ingest.cells import ERROR_TEXTS, ErrorText, Merge, PlainRows, Row, Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.counts import Count
from schemas.kinds import Cell

_MOST_CELLS = 5_000_000
_MOST_SPAN = 16_384
_MOST_DEPTH = 50
_MOST_TABLES = 1_000
_SPACES = re.compile("[ \t\r\n\f]+")
_NOT_SHOWN = frozenset({"script", "style", "comment", "head", "title", "xml"})
_BREAKING = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "hr", "center"})
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_DATED = re.compile("[-/:年月]")


@dataclass
class Table:
    """A table as it grows: cells fall into the free places of their row."""

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    # Column → the last row that a cell above reaches down to.
    taken: dict[int, int] = field(default_factory=dict)
    at: int = 0  # the next column
    cells: int = 0
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def begin_row(self) -> None:
        self.rows.append([])
        self.at = 0

    def add(self, cell: Cell, across: int, down: int) -> None:
        if not self.rows:
            self.begin_row()
        row_no = len(self.rows) - 1
        while self.taken.get(self.at, -1) >= row_no:
            self.at += 1
        first, last = self.at, self.at + across - 1
        row = self.rows[row_no]
        self.cells += last + 1 - len(row)
        if self.cells > _MOST_CELLS:
            raise Refused("ING_TOO_LARGE", "表格的范围过大")
        row.extend([""] * (last + 1 - len(row)))
        row[first] = cell
        if across > 1 or down > 1:
            self.merges.append(((row_no, first), (row_no + down - 1, last)))
            for column in range(first, last + 1):
                self.taken[column] = row_no + down - 1
        self.at = last + 1

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def lines(self) -> list[str]:
        """The filled rows, each as one line of text."""
        lines = (" ".join(str(cell) for cell in row if cell != "") for row in self.rows)
        return [line for line in lines if line]

    def sheet(self, number: int, name: str, count: Count | None) -> Sheet:
        """The table under the lines above it; merges end with the table."""
        before, end = len(self.above), len(self.rows) - 1
        merges = (
            ((top + before, left), (min(bottom, end) + before, right))
            for (top, left), (bottom, right) in self.merges
        )
        rows: list[Row] = [[line] for line in self.above]
        rows += self.rows
        rows += [[line] for line in self.below]
        return Sheet(
            number=number,
            name=name,
            is_hidden=False,
            height=len(rows),
            rows=lambda: PlainRows(list(row) for row in rows),
            merges=tuple(sorted({m for m in merges if m[0] != m[1]})),
            count=count,
        )


@dataclass
class _Open:
    """A table that is still open, and its cell that is, if one is."""

    table: Table
    place: int  # among all tables, by where they begin
    cell: dict[str, str | None] | None = None
    text: list[str] = field(default_factory=list)


class PageReader(HTMLParser):
    """Collects the tables of a page; missing end tags are as browsers take them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_Open] = []
        self._found: dict[int, Table] = {}
        self._count = 0
        self._not_shown = 0
        # Text outside of tables, by how many tables began before it.
        self._loose: dict[int, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if len(self._open) >= _MOST_DEPTH:
                raise Refused("ING_UNSAFE", "表格套得过深")
            self._open.append(_Open(Table(), self._count))
            self._count += 1
            self._not_shown = 0
        elif tag in _NOT_SHOWN:
            self._not_shown += 1
        elif tag == "body":
            self._not_shown = 0
        elif tag in _BREAKING:
            self._write("\n")
        elif not self._open:
            return
        elif tag == "tr":
            self._end_cell()
            self._open[-1].table.begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            self._open[-1].cell = dict(attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_SHOWN:
            self._not_shown = max(0, self._not_shown - 1)
        elif tag in _BREAKING and tag != "br":
            self._write("\n")
        elif tag in ("body", "html"):
            while self._open:
                self._end_table()
        elif not self._open:
            return
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        if not self._not_shown:
            self._write(_SPACES.sub(" ", data))

    def _write(self, text: str) -> None:
        if not self._open:
            self._loose.setdefault(self._count, []).append(text)
        elif self._open[-1].cell is not None:
            self._open[-1].text.append(text)
        elif text.strip(" \n\xa0"):
            # A caption, or what stands between cells: shown above the table.
            loose = self._loose.setdefault(self._open[0].place, [])
            loose.append(f"\n{text}\n")

    def finish(self) -> list[Table]:
        """The tables in their order; raises Refused when the page was cut off."""
        if self._open:
            # Rows are lost, and nobody knows how many.
            raise Refused("ING_BROKEN", "网页不完整，表格没有结尾")
        found = [self._found[place] for place in sorted(self._found)]
        wide = [table for table in found if table.width > 1]
        if len(found) > _MOST_TABLES:
            raise Refused("ING_UNSAFE", "网页里的表格过多")
        if not wide:
            return found
        lines: list[str] = []
        for place in range(self._count + 1):
            loose = "".join(self._loose.get(place, ())).split("\n")
            lines += [line.strip() for line in loose if line.strip()]
            table = self._found.get(place)
            if table is not None and table.width > 1:
                table.above, lines = lines, []
            elif table is not None:
                lines += table.lines()
        wide[-1].below = lines
        return wide

    def _end_cell(self) -> None:
        top = self._open[-1]
        if top.cell is not None:
            cell = _cell("".join(top.text), top.cell)
            top.table.add(cell, *(_span(top.cell, way) for way in ("col", "row")))
        top.cell, top.text = None, []

    def _end_table(self) -> None:
        self._end_cell()
        done = self._open.pop()
        around = self._open[-1] if self._open else None
        is_small = len(done.table.rows) < 2 or done.table.width < 2
        if around is not None and around.cell is not None and is_small:
            around.text.append("\n".join(done.table.lines()))
        elif done.table.rows:
            self._found[done.place] = done.table


def _span(cell: dict[str, str | None], way: str) -> int:
    stated = (cell.get(f"{way}span") or "1").strip()
    is_number = stated.isdecimal() and len(stated) < 9
    return max(1, min(int(stated), _MOST_SPAN)) if is_number else 1


def _cell(text: str, attributes: dict[str, str | None]) -> Cell:
    """The text as shown; the raw number where the page tells one that is no date."""
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    shown = "\n".join(lines).strip("\n \xa0")
    if shown in ERROR_TEXTS:
        return ErrorText(shown)
    raw = attributes.get("x:num")
    if (attributes.get("sdnum") or "").count(";") < 2:
        raw = raw or attributes.get("sdval")
    if raw and shown and _NUMBER.fullmatch(raw) and not _DATED.search(shown, 1):
        number = float(raw)
        return number if isfinite(number) else shown
    return shown
