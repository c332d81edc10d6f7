"""Worksheets of an XML Spreadsheet 2003, counted as their elements end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.elements import Given, walk
from pipelines.ingest.counts.record import Count, Counted, is_inside, within

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_AROUND = {"Table": "Worksheet", "Row": "Table", "Cell": "Row", "Data": "Cell"}
_ASIDE = frozenset({"Comment", "PhoneticText"})
_ONLY_CELLS = frozenset({"Table", "Row", "Cell"})


def count_tables(chunks: Iterable[str]) -> tuple[Counted, ...]:
    """Every worksheet; raises Refused when something stands where it cannot be told
    from a lost cell."""
    book = _Book()
    walk(chunks, book.start, book.end, book.text)
    return tuple(Counted("", count) for count in book.found)


@dataclass
class _Book:
    """Where in the file we stand; rows and columns from 0."""

    found: list[Count] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # of worksheet, table, row, cell
    path: list[bool] = field(default_factory=list)  # whether ``open`` holds it
    aside: int = 0
    row: int = -1
    rows: int = 0  # beyond this one that look like it and are not written
    column: int = -1
    columns: int = 0
    has_words: bool = False
    filled: int = 0  # data in this cell
    next_column: int = 0  # to be described
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def start(self, name: str, space: str, about: Given) -> None:
        around = self.open[-1] if self.open else ""
        if self.aside or (name in _ASIDE and around == "Cell"):
            self.aside += 1
            return
        is_ours = name == "Worksheet" or (
            name in _AROUND and (space == _SS or "Table" in self.open)
        )
        self.path.append(is_ours)
        if is_ours:
            if around != _AROUND.get(name, ""):
                raise Refused("ING_MISREAD", "有格子不在表格里")
            self.open.append(name)
            self._begin(name, about)
        elif name == "Column" and around == "Table":
            self._column(about)
        elif name == "AutoFilterColumn" and self.open:
            is_all = about.get("Type", "All") == "All"
            self.found[-1].facts.is_filtered |= not is_all

    def _begin(self, name: str, about: Given) -> None:
        match name:
            case "Data":
                self.has_words = False
            case "Cell":
                self.column, self.filled = _place(about, self.column + 1), 0
                self.columns = _number(about.get("MergeAcross"))
                self.found[-1].facts.formulas += "Formula" in about
            case "Row":
                self.row, self.column = _place(about, self.row + 1), -1
                self.rows = _number(about.get("Span"))
                if about.get("Hidden") == "1":
                    self.hidden_rows.append((self.row, self.row + self.rows))
            case "Worksheet":
                self.found.append(Count())
                self.row, self.next_column = -1, 0
                self.hidden_rows, self.hidden_columns = [], []
        if not is_inside(max(0, self.row), max(0, self.column)):
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")

    def text(self, text: str) -> None:
        if self.aside or not self.open:
            return
        if self.open[-1] == "Data":
            self.has_words = True
        elif self.open[-1] in _ONLY_CELLS and not text.isspace():
            raise Refused("ING_MISREAD", "有文字不在格子里")

    def end(self, _: str) -> None:
        if self.aside:
            self.aside -= 1
            return
        if not self.path.pop():
            return
        match self.open.pop():
            case "Data":
                self.filled += self.has_words
            case "Cell":
                if self.filled:
                    self.found[-1].add(self.row, self.column)
                    # Two data in a cell are more than a cell.
                    self.found[-1].filled[self.row] += self.filled - 1
                self.column += self.columns
            case "Row":
                self.row += self.rows
            case "Worksheet":
                facts, (height, width) = self.found[-1].facts, self.found[-1].reach
                facts.hidden_rows = within(self.hidden_rows, height)
                facts.hidden_columns = within(self.hidden_columns, width)

    def _column(self, about: Given) -> None:
        first = _place(about, self.next_column)
        self.next_column = first + 1 + _number(about.get("Span"))
        if about.get("Hidden") == "1":
            self.hidden_columns.append((first, self.next_column - 1))


def _place(about: Given, following: int) -> int:
    """From 0; the one that follows unless another one is stated."""
    stated = about.get("Index")
    return following if stated is None else _number(stated) - 1


def _number(stated: str | None) -> int:
    return int(stated[:9]) if stated and stated.isascii() and stated.isdigit() else 0
