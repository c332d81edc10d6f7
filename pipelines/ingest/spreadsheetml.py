"""XML Spreadsheet 2003 as sheets, the form that many Java systems fill in as a template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path

from pipelines.ingest.cells import ErrorText, Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.counts import count_tables
from pipelines.ingest.encoding import text_encoding
from pipelines.ingest.growing import Growing, finished
from pipelines.ingest.xmlread import Attributes, read_xml
from schemas.kinds import Cell

_SS = "urn:schemas-microsoft-com:office:spreadsheet "
_X = "urn:schemas-microsoft-com:office:excel "
_CHUNK = 1 << 20
_NO_DAY = "1899-12-31T"  # how a time of day is written


def spreadsheetml_sheets(path: Path) -> Iterator[Sheet]:
    """The worksheets in their order; raises Refused."""
    encoding = text_encoding(path) or "utf-8"
    book = _Book()
    read_xml(_chunks(path, encoding), book.start, book.end, book.text)
    yield from finished(book.sheets, count_tables(_chunks(path, encoding)))


def _chunks(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, newline="") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


@dataclass
class _Book:
    """What was read so far, and where in the tree the reader stands."""

    sheets: list[Growing] = field(default_factory=list)
    path: list[str] = field(default_factory=list)
    row: int = -1
    span: int = 0  # so many rows beyond it are this row's
    column: int = -1
    cell: Attributes = field(default_factory=dict)
    kind: str | None = None  # of the datum that is open or was read in this cell
    words: list[str] = field(default_factory=list)
    is_wanted: bool = False  # the text that is being read; a remark's is not

    def start(self, name: str, attributes: Attributes) -> None:
        around = self.path[-1] if self.path else ""
        self.path.append(name)
        if name == f"{_SS}Worksheet":
            self.sheets.append(Growing(attributes.get(f"{_SS}Name", "")))
            self.row = -1
        elif name == f"{_SS}Row" and around == f"{_SS}Table":
            self.row = _next(attributes, self.row)
            self.sheets[-1].reach(self.row)
            self.column = -1
            # Rows of the same look that follow are not written.
            self.span = _count(attributes.get(f"{_SS}Span"))
        elif name == f"{_SS}Cell" and around == f"{_SS}Row":
            self.column = _next(attributes, self.column)
            self.cell, self.kind, self.words = attributes, None, []
        elif name == f"{_SS}Data" and around == f"{_SS}Cell":
            self.kind, self.words = attributes.get(f"{_SS}Type", "String"), []
            self.is_wanted = True
        elif name == f"{_X}Visible":
            self.words, self.is_wanted = [], True

    def text(self, text: str) -> None:
        if self.is_wanted:
            self.words.append(text)

    def end(self, name: str) -> None:
        self.path.pop()
        if name in (f"{_SS}Data", f"{_X}Visible"):
            self.is_wanted = False
        if name == f"{_X}Visible" and self.sheets:
            self.sheets[-1].is_hidden = "".join(self.words).strip() != "SheetVisible"
        if name == f"{_SS}Cell" and self.path[-1] == f"{_SS}Row":
            self._end_cell()
        if name == f"{_SS}Row" and self.path[-1] == f"{_SS}Table":
            self.row += self.span

    def _end_cell(self) -> None:
        sheet, at = self.sheets[-1], (self.row, self.column)
        words = "".join(self.words)
        if self.kind is None or not words:
            if f"{_SS}Formula" in self.cell:
                sheet.valueless.add(at)
        else:
            sheet.put(at, _value(self.kind, words))
        across, down = (
            _count(self.cell.get(f"{_SS}Merge{w}")) for w in ("Across", "Down")
        )
        sheet.merge(at, across, down)
        self.column += across


def _next(attributes: Attributes, before: int) -> int:
    """The place of a row or cell: the next, or the stated one, never one before."""
    stated = attributes.get(f"{_SS}Index")
    if stated is None:
        return before + 1
    place = _count(stated) - 1
    if place <= before:
        raise Refused("ING_BROKEN", "行号或列号前后颠倒")
    return place


def _count(stated: str | None) -> int:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 9 else 0


def _value(kind: str, words: str) -> Cell:
    match kind:
        case "Error":
            return ErrorText(words)
        case "Boolean":
            return words.strip() == "1"
        case "Number":
            return _number(words)
        case "DateTime":
            return _moment(words.strip())
    return words


def _number(words: str) -> Cell:
    try:
        number = float(words)
    except ValueError:
        return words
    return number if isfinite(number) and "_" not in words else words


def _moment(words: str) -> date | time | str:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return words
    if words.startswith(_NO_DAY):
        return moment.time()
    return moment if moment.time() != time() else moment.date()
