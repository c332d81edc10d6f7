"""Sheets of an OpenDocument (ods, fods), counted as their elements end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.elements import Given, times, walk
from pipelines.ingest.counts.record import Count, Counted, is_inside, within

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_PARAGRAPHS = frozenset({"p", "h"})
_LETTERS = frozenset({"s", "tab", "line-break"})  # each stands for some
_VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value")
_ONE_LINE = frozenset(_VALUES) - {"string-value"}  # what is shown of them is short
_DRAWING = ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0")  # fmt: skip
# What is no content, and where alone it may stand: a cell must not pass for one.
_OF_CELLS = frozenset({"annotation"})
_WORDLESS = frozenset({"named-expressions"})
_OF_TABLES = frozenset({"shapes", "forms", "title", "desc"}) | _WORDLESS
_OF_BOOKS = frozenset({
    "tracked-changes", "content-validations", "named-expressions", "database-ranges",
    "data-pilot-tables", "dde-links", "label-ranges", "consolidation", "forms", "meta",
    "styles", "automatic-styles", "master-styles", "font-face-decls", "scripts",
    "settings",
})  # fmt: skip
_NO_CELL = "有文字不在格子里"
_UNREAD = "格子里有读不出的文字"


def count_document(chunks: Iterable[bytes]) -> tuple[Counted, ...]:
    """Every sheet; raises Refused when something stands where it cannot be told from a
    lost cell."""
    document = _Document()
    walk(chunks, document.start, document.end, document.text)
    return tuple(Counted("", count) for count in document.found)


@dataclass
class _Cell:
    """One cell as it grows."""

    about: Given = field(default_factory=dict)
    paragraphs: int = 0
    in_paragraph: int = 0  # this one and elements inside it that are open
    has_words: bool = False

    @property
    def lines(self) -> int:
        """How many lines its paragraphs are, none when they say nothing: two with
        nothing in them are a line end."""
        return self.paragraphs if self.has_words or self.paragraphs > 1 else 0


@dataclass
class _Document:
    """Where in the document we stand; rows and columns from 0."""

    found: list[Count] = field(default_factory=list)
    count: Count = field(default_factory=Count)
    aside: int = 0
    is_wordless: bool = False  # what we are aside in
    in_body: bool = False
    tables: int = 0  # open ones, one inside the other
    is_copy: bool = False  # of a table in another file
    in_row: bool = False
    about: Given = field(default_factory=dict)  # this row
    cell: _Cell | None = None
    row: int = 0
    column: int = 0  # the next cell's
    filled: int = 0  # cells of this row
    width: int = 0  # up to the last of them
    formulas: int = 0
    next_column: int = 0  # to be described
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def start(self, name: str, space: str, about: Given) -> None:
        if self.aside or self._is_aside(name, space):
            self.is_wordless = name in _WORDLESS if not self.aside else self.is_wordless
            self.aside += 1
        elif self.cell is not None:
            self._start_inside(self.cell, name)
        elif name in _CELLS:
            if not self.in_row:
                raise Refused("ING_MISREAD", "有格子不在行里")
            self.cell = _Cell(about)
        elif name == "table-row":
            if self.tables != 1 or self.in_row:
                raise Refused("ING_MISREAD", "有行不在表格里")
            self.in_row, self.about = True, about
            self.column = self.filled = self.width = self.formulas = 0
        elif name == "table":
            self.tables += 1
            if self.tables == 1:
                self.count, self.is_copy, self.in_row = Count(), False, False
                self.row = self.next_column = 0
                self.hidden_rows, self.hidden_columns = [], []
        elif name == "table-column":
            self._column(about)
        elif name == "table-source":
            self.is_copy = True
        elif name == "body":
            self.in_body = True
        elif name in _PARAGRAPHS:
            raise Refused("ING_MISREAD", _NO_CELL)

    def _is_aside(self, name: str, space: str) -> bool:
        is_drawing = space in _DRAWING
        if not self.tables:
            return name in _OF_BOOKS or is_drawing
        if self.cell is not None:
            return name in _OF_CELLS or is_drawing
        if name in _OF_TABLES and not self.in_row:
            return True
        if name in _OF_CELLS | _OF_TABLES | _OF_BOOKS or is_drawing:
            raise Refused("ING_MISREAD", _NO_CELL)
        return False

    def _start_inside(self, cell: _Cell, name: str) -> None:
        if name in _CELLS or name in ("table", "table-row"):
            raise Refused("ING_MISREAD", "有格子不在行里")
        is_paragraph = name in _PARAGRAPHS
        if cell.in_paragraph:
            if is_paragraph:
                raise Refused("ING_MISREAD", _UNREAD)
            cell.in_paragraph += 1
            cell.has_words |= name in _LETTERS
        elif is_paragraph:
            cell.in_paragraph = 1
            cell.paragraphs += 1

    def text(self, text: str) -> None:
        cell = self.cell
        if self.aside:
            if self.is_wordless and not text.isspace():
                raise Refused("ING_MISREAD", _NO_CELL)
        elif cell is not None and cell.in_paragraph:
            cell.has_words = True
        elif text.isspace():
            return
        elif cell is not None:
            raise Refused("ING_MISREAD", _UNREAD)
        elif self.in_body and not self.is_copy:
            raise Refused("ING_MISREAD", _NO_CELL)

    def end(self, name: str) -> None:
        cell = self.cell
        if self.aside:
            self.aside -= 1
        elif cell is not None:
            if cell.in_paragraph:
                cell.in_paragraph -= 1
            elif name in _CELLS:
                self.cell = None
                self._end_cell(cell)
        elif name == "table-row":
            self._end_row()
        elif name == "table":
            self.tables -= 1
            if not self.tables:
                self._end_table()

    def _end_cell(self, cell: _Cell) -> None:
        about, lines = cell.about, cell.lines
        often = times(about.get("number-columns-repeated"))
        stated = [name for name in _VALUES if about.get(name)]
        if lines > 1 and not _ONE_LINE.isdisjoint(stated):
            raise Refused("ING_MISREAD", _UNREAD)
        is_filled = lines > 0 or bool(stated) or about.get("value-type") == "error"
        last = self.column + often - 1
        if not is_inside(0, last if is_filled else self.column):
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")
        if is_filled:
            self.filled += often
            self.width = last + 1
        if "formula" in about:
            self.formulas += often
        self.column = last + 1

    def _end_row(self) -> None:
        often = times(self.about.get("number-rows-repeated"))
        last = self.row + often - 1
        shown = self.about.get("visibility", "visible")
        if shown != "visible":
            self.hidden_rows.append((self.row, last))
            self.count.facts.is_filtered |= shown == "filter"
        if not is_inside(last if self.filled else self.row, 0):
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")
        if self.filled:
            for at in range(self.row, last + 1):
                self.count.add(at, self.width - self.filled, self.filled)
        self.count.facts.formulas += self.formulas * often
        self.row, self.in_row = last + 1, False

    def _column(self, about: Given) -> None:
        first = self.next_column
        self.next_column += times(about.get("number-columns-repeated"))
        if about.get("visibility", "visible") != "visible":
            self.hidden_columns.append((first, self.next_column - 1))

    def _end_table(self) -> None:
        if not self.is_copy:
            facts, (height, width) = self.count.facts, self.count.reach
            facts.hidden_rows = within(self.hidden_rows, height)
            facts.hidden_columns = within(self.hidden_columns, width)
            self.found.append(self.count)
        self.is_copy = False
