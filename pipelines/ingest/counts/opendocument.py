"""Sheets of an OpenDocument (ods, fods), counted as their elements end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.record import Count, Counted, is_inside, within
from pipelines.ingest.counts.tree import given, grown, refuse_text, times

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_PARAGRAPHS = frozenset({"p", "h"})
_LETTERS = frozenset({"s", "tab", "line-break"})  # each stands for some
_VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value")
_ONE_LINE = frozenset(_VALUES) - {"string-value"}  # what is shown of them is short
_DRAWING = ("{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}",
            "{urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0}")  # fmt: skip
# What is no content, and where alone it may stand: a cell must not pass for one.
_OF_CELLS = frozenset({"annotation"})
_OF_TABLES = frozenset({"shapes", "forms", "title", "desc"})
_OF_BOOKS = frozenset({
    "tracked-changes", "content-validations", "named-expressions", "database-ranges",
    "data-pilot-tables", "dde-links", "label-ranges", "consolidation", "forms", "meta",
    "styles", "automatic-styles", "master-styles", "font-face-decls", "scripts",
    "settings",
})  # fmt: skip


def count_document(chunks: Iterable[bytes]) -> tuple[Counted, ...]:
    """Every sheet; raises Refused when something stands where it cannot be told from a
    lost cell."""
    document = _Document()
    for event, name, node in grown(chunks):
        if event == "start":
            document.start(name, node)
        else:
            document.end(name, node)
    return tuple(Counted("", count) for count in document.found)


@dataclass
class _Document:
    """Where in the document we stand; rows and columns from 0."""

    found: list[Count] = field(default_factory=list)
    count: Count = field(default_factory=Count)
    aside: int = 0
    tables: int = 0  # open ones, one inside the other
    is_copy: bool = False  # of a table in another file
    in_row: bool = False
    cells: int = 0
    row: int = 0
    column: int = 0  # the next cell's
    filled: list[tuple[int, int]] = field(default_factory=list)  # of this row
    formulas: int = 0
    next_column: int = 0  # to be described
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def start(self, name: str, node: ET.Element) -> None:
        if self.aside or self._is_aside(name, node):
            self.aside += 1
        elif name == "table":
            self.tables += 1
            if self.tables == 1:
                self.count, self.is_copy, self.in_row = Count(), False, False
                self.row = self.cells = self.next_column = 0
                self.hidden_rows, self.hidden_columns = [], []
        elif name == "table-source":
            self.is_copy = True
        elif name == "table-row":
            if self.tables != 1 or self.in_row:
                raise Refused("ING_MISREAD", "有行不在表格里")
            self.in_row, self.column, self.formulas, self.filled = True, 0, 0, []
        elif name in _CELLS:
            if not self.in_row:
                raise Refused("ING_MISREAD", "有格子不在行里")
            self.cells += 1
        elif name in _PARAGRAPHS and not self.tables:
            raise Refused("ING_MISREAD", "有文字不在表格里")

    def _is_aside(self, name: str, node: ET.Element) -> bool:
        is_drawing = node.tag.startswith(_DRAWING)
        if not self.tables:
            return name in _OF_BOOKS or is_drawing
        if self.cells:
            return name in _OF_CELLS or is_drawing
        if name in _OF_TABLES and not self.in_row:
            return True
        if name in _OF_CELLS | _OF_TABLES | _OF_BOOKS or is_drawing:
            raise Refused("ING_MISREAD", "有文字不在格子里")
        return False

    def end(self, name: str, node: ET.Element) -> None:
        if self.aside:
            self.aside -= 1
            if not self.aside:
                node.clear()
        elif name in _CELLS:
            self.cells -= 1
            self._end_cell(node)
        elif name == "table-row":
            self._end_row(node)
        elif name == "table-column":
            self._end_column(node)
        elif name == "table":
            self.tables -= 1
            if not self.tables:
                self._end_table(node)
        elif name in ("spreadsheet", "body"):
            refuse_text(node)

    def _end_cell(self, cell: ET.Element) -> None:
        about = given(cell)
        often = times(about.get("number-columns-repeated"))
        lines = _lines(cell)
        has_value = any(about.get(name) for name in _VALUES)
        if lines > 1 and any(about.get(name) for name in _ONE_LINE):
            raise Refused("ING_MISREAD", "格子里有读不出的文字")
        is_filled = has_value or lines > 0 or _is_error(cell)
        last = self.column + often - 1
        if not is_inside(0, last if is_filled else self.column):
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")
        if is_filled:
            self.filled.append((self.column, often))
        if "formula" in about:
            self.formulas += often
        self.column = last + 1
        cell.clear()

    def _end_row(self, row: ET.Element) -> None:
        refuse_text(row)
        about = given(row)
        often = times(about.get("number-rows-repeated"))
        last = self.row + often - 1
        shown = about.get("visibility", "visible")
        if shown != "visible":
            self.hidden_rows.append((self.row, last))
            self.count.facts.is_filtered |= shown == "filter"
        if not is_inside(last if self.filled else self.row, 0):
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")
        if self.filled:
            for at in range(self.row, last + 1):
                for column, cells in self.filled:
                    self.count.add(at, column, cells)
        self.count.facts.formulas += self.formulas * often
        self.row, self.in_row = last + 1, False
        row.clear()

    def _end_column(self, column: ET.Element) -> None:
        about = given(column)
        first = self.next_column
        self.next_column += times(about.get("number-columns-repeated"))
        if about.get("visibility", "visible") != "visible":
            self.hidden_columns.append((first, self.next_column - 1))

    def _end_table(self, table: ET.Element) -> None:
        if not self.is_copy:
            refuse_text(table)
            facts, (height, width) = self.count.facts, self.count.reach
            facts.hidden_rows = within(self.hidden_rows, height)
            facts.hidden_columns = within(self.hidden_columns, width)
            self.found.append(self.count)
        table.clear()


def _is_error(cell: ET.Element) -> bool:
    return any(
        value == "error" and name.endswith("}value-type")
        for name, value in cell.attrib.items()
    )


def _lines(cell: ET.Element) -> int:
    """How many lines its paragraphs are, none when they say nothing; raises Refused
    when anything else says something."""
    paragraphs = [node for node in cell.iter() if _name(node) in _PARAGRAPHS]
    inside = "".join(text for node in paragraphs for text in node.itertext())
    around = "".join(cell.itertext())
    is_nested = len(paragraphs) > 1 and any(
        node is not paragraph and _name(node) in _PARAGRAPHS
        for paragraph in paragraphs
        for node in paragraph.iter()
    )
    if is_nested or (inside != around and inside.split() != around.split()):
        raise Refused("ING_MISREAD", "格子里有读不出的文字")
    letters = (_name(node) in _LETTERS for one in paragraphs for node in one.iter())
    # Two paragraphs with nothing in them are a line end.
    return len(paragraphs) if inside or len(paragraphs) > 1 or any(letters) else 0


def _name(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]
