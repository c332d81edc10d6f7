"""OpenDocument sheets (ods, and the flat form in one XML file), by our own pass.

The library knows neither their merged cells nor their error cells, and takes truth
values for numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path

from pipelines.ingest.cells import ERROR_TEXTS, ErrorText, Sheet
from pipelines.ingest.container import Refused, check_directory, inflated
from pipelines.ingest.counts import count_document
from pipelines.ingest.growing import Growing, finished
from pipelines.ingest.xmlread import Attributes, read_xml
from schemas.kinds import Cell

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{_NS}{name}:1.0 " for name in ("table", "office", "text"))
_STYLE = f"{_NS}style:1.0 "
_KIND = (
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
)
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
# Drawings, notes and copies of other files hold texts and tables of their own.
_ASIDE = frozenset(
    {f"{_OFFICE}annotation", f"{_TABLE}shapes", f"{_TABLE}tracked-changes"}
)
_DRAWN = (f"{_NS}drawing:1.0 ", f"{_NS}dr3d:1.0 ")
_DURATION = re.compile(r"PT([0-9]{1,9})H([0-9]{1,2})M([0-9]{1,2})(?:[.,][0-9]+)?S")
_SPACES = re.compile("[ \t\r\n]+")
_CHUNK = 1 << 20


def ods_sheets(path: Path, most_inflated: int) -> Iterator[Sheet]:
    """The sheets of a zipped document in their order; raises Refused."""
    entries = check_directory(path, most_inflated)
    content = next((e.filename for e in entries if e.filename == "content.xml"), None)
    manifest = "META-INF/manifest.xml"
    if any(entry.filename == manifest for entry in entries):
        said = b"".join(inflated(path, manifest, most_inflated))
        if b"encryption-data" in said:
            raise Refused("ING_ENCRYPTED", "工作簿设了打开密码")
    if content is None:
        raise Refused("ING_BROKEN", "工作簿里没有内容")
    book = _Book()
    chunks = inflated(path, content, most_inflated)
    read_xml(chunks, book.start, book.end, book.text)
    again = inflated(path, content, most_inflated)
    yield from finished(book.sheets, count_document(again))


def fods_sheets(path: Path) -> Iterator[Sheet]:
    """The sheets of a flat document; raises Refused."""
    book = _Book()
    read_xml(_chunks(path), book.start, book.end, book.text)
    yield from finished(book.sheets, count_document(_chunks(path)))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


@dataclass
class _Book:
    """What was read so far, and where in the document the reader stands."""

    sheets: list[Growing] = field(default_factory=list)
    hidden_styles: set[str] = field(default_factory=set)
    style: str = ""
    is_open: bool = False  # a sheet
    aside: int = 0  # elements that are open and not for the sheet
    row: int = 0
    rows: int = 1  # so often is this row repeated
    column: int = 0
    cell: Attributes = field(default_factory=dict)
    in_cell: bool = False
    in_paragraph: bool = False
    is_copy: bool = False  # of a table in another file
    paragraphs: list[list[str]] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        if self.aside or name in _ASIDE or name.startswith(_DRAWN):
            self.aside += 1
        elif name == f"{_STYLE}style":
            self.style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties":
            if attributes.get(f"{_TABLE}display") == "false":
                self.hidden_styles.add(self.style)
        elif name == f"{_TABLE}table":
            if self.is_open:  # a table inside a cell is no sheet
                self.aside += 1
                return
            self.is_open = True
            style = attributes.get(f"{_TABLE}style-name", "")
            hidden = style in self.hidden_styles
            self.sheets.append(Growing(attributes.get(f"{_TABLE}name", ""), hidden))
            self.row, self.is_copy = 0, False
        elif not self.is_open:
            return
        elif name == f"{_TABLE}table-source":
            self.is_copy = True
        elif name == f"{_TABLE}table-row":
            self.rows = _count(attributes.get(f"{_TABLE}number-rows-repeated"))
            self.column = 0
        elif name in _CELLS:
            self.cell, self.in_cell, self.paragraphs = attributes, True, []
        elif self.in_cell:
            self._start_text(name, attributes)

    def _start_text(self, name: str, attributes: Attributes) -> None:
        if name in _PARAGRAPHS:
            self.paragraphs.append([])
            self.in_paragraph = True
        elif not self.in_paragraph:
            return
        elif name == f"{_TEXT}s":
            spaces = min(_count(attributes.get(f"{_TEXT}c")), 32_767)
            self.paragraphs[-1].append(" " * spaces)
        elif name == f"{_TEXT}tab":
            self.paragraphs[-1].append("\t")
        elif name == f"{_TEXT}line-break":
            self.paragraphs[-1].append("\n")

    def text(self, text: str) -> None:
        if self.in_paragraph and not self.aside:
            # Spaces beyond the first are written as elements of their own.
            self.paragraphs[-1].append(_SPACES.sub(" ", text))

    def end(self, name: str) -> None:
        if self.aside:
            self.aside -= 1
        elif name == f"{_TABLE}table":
            self.is_open = False
            if self.is_copy:
                self.sheets.pop()
        elif name == f"{_TABLE}table-row" and self.is_open:
            self.row += self.rows
        elif name in _PARAGRAPHS:
            self.in_paragraph = False
        elif name in _CELLS and self.in_cell:
            self.in_cell = False
            self._end_cell()

    def _end_cell(self) -> None:
        sheet, cell = self.sheets[-1], self.cell
        times = _count(cell.get(f"{_TABLE}number-columns-repeated"))
        value = self._value()
        if value != "":
            for row in range(self.row, self.row + self.rows):
                # The last place first: what does not fit is refused before it is filled.
                for column in range(self.column + times - 1, self.column - 1, -1):
                    sheet.put((row, column), value)
        elif f"{_TABLE}formula" in cell:
            sheet.valueless.add((self.row, self.column))
        down, across = (
            _count(cell.get(f"{_TABLE}number-{way}-spanned")) - 1
            for way in ("rows", "columns")
        )
        sheet.merge((self.row, self.column), across, down)
        self.column += times

    def _value(self) -> Cell:
        cell = self.cell
        shown = "\n".join("".join(words) for words in self.paragraphs)
        kind = cell.get(f"{_OFFICE}value-type", "")
        is_formula = f"{_TABLE}formula" in cell
        if cell.get(_KIND) == "error" or (
            is_formula and (shown in ERROR_TEXTS or shown.startswith("Err:"))
        ):
            return ErrorText(shown or "#N/A")
        match kind:
            case "float" | "percentage" | "currency":
                return _or(_number(cell.get(f"{_OFFICE}value", "")), shown)
            case "boolean":
                return cell.get(f"{_OFFICE}boolean-value") == "true"
            case "date":
                return _or(_moment(cell.get(f"{_OFFICE}date-value", "")), shown)
            case "time":
                return _or(_duration(cell.get(f"{_OFFICE}time-value", "")), shown)
        return cell.get(f"{_OFFICE}string-value") or shown


def _or(value: Cell, shown: str) -> Cell:
    return shown if value is None else value


def _count(stated: str | None) -> int:
    """How often something is repeated: once unless another number is given."""
    is_number = stated is not None and stated.isdecimal() and len(stated) < 9
    return max(1, int(stated)) if stated and is_number else 1


def _number(stated: str) -> float | None:
    try:
        number = float(stated)
    except ValueError:
        return None
    return number if isfinite(number) else None


def _moment(stated: str) -> date | None:
    try:
        moment = datetime.fromisoformat(stated[:26])
    except ValueError:
        return None
    return moment if moment.time() != time() else moment.date()


def _duration(stated: str) -> time | None:
    """A time of day; a longer time as it is shown."""
    found = _DURATION.fullmatch(stated)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3]) > 59:
        return None
    return time(int(found[1]), int(found[2]), int(found[3]))
